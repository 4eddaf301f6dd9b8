"""A whole workbook: which sheets hold inspections, and everything they tell. Pure."""

from __future__ import annotations

import re
from datetime import date
from functools import partial

from ...records import NOTE, DocumentReading, InspectionRecord, Problem, VisitRecord
from ..readers.pages import Sheet, Workbook
from ..rules import ReadingRules
from ..wording.dates import read_day
from ..wording.text import folded, plain
from .workbook_columns import Table, find_tables, is_header
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
    problems: list[Problem] = []
    lists: list[tuple[str, Table]] = []
    history: list[InspectionRecord] = []
    for sheet in workbook.sheets:
        if is_wide(sheet):
            records, found = read_wide(workbook.file, sheet, rules)
            history += records
            problems += found
        elif _has_councils(sheet):
            tables, found = find_tables(workbook.file, sheet, rules)
            problems += found
            for table in tables:
                kind = list_kind(table)
                if kind is None:
                    problems.append(_no_list(workbook.file, table))
                elif not found:
                    lists.append((kind, table))
    inspections: list[InspectionRecord] = list(history)
    visits: list[VisitRecord] = []
    # The long history first: it tells which framework a doubtful day belongs to.
    lists.sort(key=lambda item: ("history", "in_year", "as_at").index(item[0]))
    for _, table in lists:
        resolve = partial(_resolve, tuple(inspections))
        more, more_visits, found = read_list(workbook.file, table, rules, resolve)
        inspections += more
        visits += more_visits
        problems += found
    if workbook.external_links:
        problems.append(_links(workbook))
    if not inspections and not visits:
        problems.append(_nothing(workbook))
    return DocumentReading(
        file=workbook.file,
        layout="workbook",
        as_at=_as_at(workbook),
        inspections=tuple(inspections),
        visits=tuple(visits),
        problems=tuple(problems),
    )


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


def _no_list(file: str, table: Table) -> Problem:
    return Problem(
        file=file,
        place=table.place(table.header_row),
        fact="columns",
        found="a table of councils without dates or grades",
        expected="an as-at list, an in-year list or a history",
        advice="Check that this is one of Ofsted's workbooks of inspection outcomes.",
    )


def _links(workbook: Workbook) -> Problem:
    return Problem(
        file=workbook.file,
        place="file",
        fact="external links",
        found=f"{workbook.external_links} links to other workbooks",
        expected="values only",
        advice="The links were not followed; the values saved in the workbook were read.",
        severity=NOTE,
    )


def _nothing(workbook: Workbook) -> Problem:
    return Problem(
        file=workbook.file,
        place="file",
        fact="sheets",
        found="no sheet of councils' inspections",
        expected="an as-at list, an in-year list or a history",
        advice="Check that this is one of Ofsted's workbooks of inspection outcomes.",
    )
