"""A whole workbook: which sheets hold inspections, and everything they tell. Pure."""

import re
from datetime import date
from functools import partial

from ...records import DocumentReading, InspectionRecord, Problems, VisitRecord
from ..readers.pages import Sheet, Workbook
from ..rules import ReadingRules
from ..wording.dates import read_day
from ..wording.text import folded, plain
from .workbook_columns import SheetTable, find_tables, is_header
from .workbook_history import is_wide, read_wide
from .workbook_list import LONGEST_WAIT_DAYS, list_kind, read_list

_OTHER_SHEETS = re.compile(
    r"(?i)provider|places|leavers|joiners|time.?series|cover|contents|notes|guidance|"
    r"accessibility|meta"
)

_AS_AT = re.compile(
    r"(?i)\bat (\d{1,2}(?:st|nd|rd|th)? (?:mar(?:ch)?|aug(?:ust)?|sept?(?:ember)?) 20\d\d)\b"
)


def read_workbook(workbook: Workbook, rules: ReadingRules) -> DocumentReading:
    """As-at, in-year and history sheets; sheets about providers and notes are passed over."""
    problems = Problems(workbook.file)
    lists: list[tuple[str, SheetTable]] = []
    inspections: list[InspectionRecord] = []
    visits: list[VisitRecord] = []
    for sheet in workbook.sheets:
        if is_wide(sheet):
            inspections += read_wide(sheet, rules, problems)
        elif _has_councils(sheet):
            held = len(problems)
            tables = find_tables(sheet, rules, problems)
            is_known = len(problems) == held
            for table in tables:
                kind = list_kind(table)
                if kind is None:
                    found = "a table of councils without dates or grades"
                    _refuse(problems, table.place(table.header_row), "columns", found)
                elif is_known:
                    lists.append((kind, table))
    # The long history first: it tells which framework a doubtful day belongs to.
    lists.sort(key=lambda item: ("history", "in_year", "as_at").index(item[0]))
    for _, table in lists:
        resolve = partial(_resolve, tuple(inspections))
        more, more_visits = read_list(table, rules, resolve, problems)
        inspections += more
        visits += more_visits
    if workbook.external_links:
        problems.note(
            "file", "external links", f"{workbook.external_links} links to other workbooks",
            "values only",
            "The links were not followed; the values saved in the workbook were read.",
        )  # fmt: skip
    if not inspections and not visits:
        _refuse(problems, "file", "sheets", "no sheet of councils' inspections")
    return DocumentReading(
        file=workbook.file,
        layout="workbook",
        as_at=_as_at(workbook),
        inspections=tuple(inspections),
        visits=tuple(visits),
        problems=tuple(problems),
    )


def _refuse(problems: Problems, place: str, fact: str, found: str) -> None:
    expected = "an as-at list, an in-year list or a history"
    advice = "Check that this is one of Ofsted's workbooks of inspection outcomes."
    problems.refuse(place, fact, found, expected, advice)


def _has_councils(sheet: Sheet) -> bool:
    """A table with a column for the council's name and none for a provider's."""
    if _OTHER_SHEETS.search(sheet.name):
        return False
    for _, cells in sheet.rows[:20]:
        if is_header(cells):
            words = " ".join(folded(cell.text) for cell in cells)
            return not re.search(r"\b(?:provider|provision|setting|places|sector)\b", words)
    return False


def _resolve(told: tuple[InspectionRecord, ...], name: str, day: date) -> str | None:
    """The framework of the one inspection of this council that began or was published then."""
    codes = set()
    for record in told:
        if folded(record.council) != folded(name):
            continue
        if record.start_date == day:
            return record.framework
        published = record.publication_date if record.start_date is None else None
        if published and 0 <= (published - day).days <= LONGEST_WAIT_DAYS // 2:
            codes.add(record.framework)
    return codes.pop() if len(codes) == 1 else None


def _as_at(workbook: Workbook) -> date | None:
    """The day of the as-at list, from titles and sheets' names; the newest of those named.

    Notes on changes name the day of the year before, too.
    """
    days = []
    for sheet in workbook.sheets:
        titles = [sheet.name.replace("_", " ")]
        titles += [cell.text for _, cells in sheet.rows[:8] for cell in cells[:2]]
        for title in titles:
            for match in _AS_AT.finditer(plain(title)):
                day = read_day(match.group(1))
                if day:
                    days.append(day)
    return max(days, default=None)
