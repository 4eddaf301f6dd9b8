"""The plain lists of a workbook: as-at, in-year, and the long history since 2018. Pure.

All three have a row an inspection (or visit) and the same columns, in other orders and words;
which list it is follows from its columns.
"""

from collections.abc import Callable
from datetime import date

from ...framework_rows import Framework
from ...records import InspectionRecord, JudgementRecord, Problems, VisitRecord
from ..readers.pages import SheetCell
from ..rules import ReadingRules
from ..wording.grades import Wordings
from ..wording.topics import read_theme
from .workbook_columns import SheetTable, without_note_mark
from .workbook_rows import VISITS, SheetRow

EARLIEST = date(2009, 1, 1)
LONGEST_WAIT_DAYS = 400
_SINGLE_FRAMEWORK_COLUMNS = {
    # As-at lists to 2023 show the last single-framework inspection under ILACS's headers.
    "overall": ("overall",),
    "help_and_protection": ("help_and_protection",),
    "leadership": ("leaders",),
    "looked_after": ("in_care_and_care_leavers", "in_care"),
}
Resolve = Callable[[str, date], str | None]
"""Council's printed name and first day → framework code where the day leaves two."""


def list_kind(table: SheetTable) -> str | None:
    """``in_year``, ``history`` or ``as_at``; ``None`` where the columns fit none."""
    meanings = set(table.columns.values())
    if not {"name", "start"} <= meanings:
        return None
    if "type" in meanings and "theme" in meanings:
        return "in_year"
    if "type" in meanings:
        return "history"
    return "as_at" if any(m.startswith("area:") for m in meanings) else None


def read_list(
    table: SheetTable, rules: ReadingRules, resolve: Resolve, problems: Problems
) -> tuple[list[InspectionRecord], list[VisitRecord]]:
    """Every row's record; rows with a problem are left out whole."""
    inspections: list[InspectionRecord] = []
    visits: list[VisitRecord] = []
    for number, cells in table.rows:
        if not any(cell.text for cell in cells) or _is_remark(cells, table):
            continue
        row = SheetRow(problems.file, table.place(number), cells, table.columns)
        record = _read_row(row, rules, resolve, has_type="type" in table.columns.values())
        problems += row.problems
        if not row.is_readable:
            continue
        if isinstance(record, InspectionRecord):
            inspections.append(record)
        elif isinstance(record, VisitRecord):
            visits.append(record)
    return inspections, visits


def _is_remark(cells: tuple[SheetCell, ...], table: SheetTable) -> bool:
    """A note under the table: text in the first column alone."""
    filled = [index for index, cell in enumerate(cells) if cell.text]
    return filled == [0] and table.columns.get(0) != "name"


def _read_row(
    row: SheetRow, rules: ReadingRules, resolve: Resolve, *, has_type: bool
) -> InspectionRecord | VisitRecord | None:
    council = without_note_mark(row.text("name"))
    if not council:
        row.problem("council", "no name", "a council's name")
        return None
    if row.awaits_its_first_inspection:
        return None
    start = row.day("start", earliest=EARLIEST, latest=rules.today)
    published = row.day("published", earliest=EARLIEST, latest=rules.today)
    end = row.day("end", earliest=EARLIEST, latest=rules.today)
    region = row.region()
    kind = row.kind() if has_type else None
    if start is None:
        row.problem("start date", "no date", "the first day")
        return None
    if published and not 0 <= (published - start).days <= LONGEST_WAIT_DAYS:
        row.problem("publication date", str(published), f"a day within a year after {start}")
    if end and not 0 <= (end - start).days <= LONGEST_WAIT_DAYS:
        row.problem("end date", str(end), f"a day within a year after {start}")
    if has_type and kind is None:
        row.problem("type", "no kind", "a kind of inspection or visit")
        return None
    if kind in VISITS:
        return _visit(row, council, str(kind), (start, end), published)
    framework = _framework(row, rules, council, start, resolve, is_ilacs=has_type)
    if framework is None:
        return None
    judgements = _judgements(row, framework, rules.wordings(framework))
    return InspectionRecord(
        council=council,
        council_code=row.text("code"),
        council_status=row.text("status"),
        region=region,
        framework=framework.code,
        kind=kind,
        place=row.place,
        start_date=start,
        end_date=end,
        publication_date=published,
        publication_source="cell" if published else "",
        judgements=judgements,
    )


def _visit(
    row: SheetRow, council: str, kind: str, days: tuple[date, date | None], published: date | None
) -> VisitRecord:
    theme = row.text("theme")
    topics = read_theme(theme) if theme else ()
    if topics is None:
        # The visit stands without its topic, as it does where a letter's words are unknown.
        row.problems.note(
            row.place, "theme", f'"{theme[:60]}"', "a theme of Ofsted's lists",
            "The topic is left out: choose it by hand.",
        )  # fmt: skip
        topics = ()
    graded = [m for m in ("overall", "leaders", "help_and_protection") if row.text(f"area:{m}")]
    if graded:
        row.problem(f"area:{graded[0]}", "a grade for a visit", "none: visits have no grades")
    is_assurance = topics == ("assurance",) and kind == "focused_visit"
    if kind == "assurance_visit" and not theme:
        topics = ("assurance",)
    return VisitRecord(
        council=council,
        council_code=row.text("code"),
        kind="assurance_visit" if is_assurance else kind,
        place=row.place,
        start_date=days[0],
        end_date=days[1],
        publication_date=published,
        publication_source="cell" if published else "",
        topics=topics,
        topic_text=theme,
        region=row.text("region"),
    )


def _framework(
    row: SheetRow,
    rules: ReadingRules,
    council: str,
    start: date,
    resolve: Resolve,
    *,
    is_ilacs: bool,
) -> Framework | None:
    """The framework in force on the first day; where two were, the one the history tells."""
    candidates = [rule for rule in rules.in_force(start) if _fits(rule, is_ilacs=is_ilacs)]
    if len(candidates) > 1:
        code = resolve(council, start)
        candidates = [rule for rule in candidates if rule.code == code]
    if len(candidates) == 1:
        return candidates[0]
    told = ", ".join(rule.code for rule in rules.in_force(start)) or "none"
    row.problem(
        "framework",
        f"a first day ({start}) on which the framework is not certain ({told})",
        "a day under one framework, or a history sheet that tells which",
    )
    return None


def _fits(rule: Framework, *, is_ilacs: bool) -> bool:
    """Could an inspection in these lists belong to it? The partial ones of before 2013 never."""
    codes = {area.code for area in rule.areas}
    if is_ilacs:
        return "leadership" not in codes
    return bool(codes & {"leaders", "leadership"})


def _judgements(
    row: SheetRow, framework: Framework, wordings: Wordings
) -> tuple[JudgementRecord, ...]:
    """A grade for every area of the framework that this list has a column for."""
    codes = {area.code for area in framework.areas}
    found: list[JudgementRecord] = []
    used: set[str] = set()
    for area in framework.areas:
        names: tuple[str, ...] = (area.code,)
        if "leadership" in codes:
            names = _SINGLE_FRAMEWORK_COLUMNS.get(area.code, ())
        elif area.code == "in_care_and_care_leavers" and not row.has(f"area:{area.code}"):
            # From 2023 on, the combined grade of earlier inspections stands under "in care".
            names = ("in_care",)
        name = next((n for n in names if row.has(f"area:{n}")), None)
        if name is None:
            if "leadership" not in codes:
                row.problem(f"grade of {area.code}", "no column for it", area.official_name)
            continue
        used.add(name)
        judgement = row.judgement(f"area:{name}", area.code, wordings)
        if judgement:
            found.append(judgement)
        elif "leadership" not in codes and not row.text(f"area:{name}"):
            row.problem(f"grade of {area.code}", "an empty cell", "a grade")
    for name in ("overall", "leaders", "help_and_protection", "in_care", "care_leavers"):
        if name not in used and row.text(f"area:{name}"):
            row.problem(
                f"area:{name}",
                f'"{row.text(f"area:{name}")[:40]}"',
                f"an empty cell: {framework.code} has no such area",
            )
    return tuple(found)
