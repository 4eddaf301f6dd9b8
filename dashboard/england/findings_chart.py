"""What inspectors ask for in England: what is asked and drawn, theme by group of documents."""

from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from dashboard import words
from dashboard.charted.kind import Answer, ChartKind, Shown
from dashboard.charts import theme_grid as drawing
from dashboard.data.columns import of
from dashboard.data.document import Table
from dashboard.data.html import PageTable
from dashboard.findings.grid import entry_of
from dashboard.state import lists
from dashboard.state.address import (
    GRADE,
    HELP,
    KIND,
    LANE,
    REGION,
    THEME,
    ViewState,
    one_of,
    page_param,
    param,
    read_council,
    read_day,
    read_text,
    to_slug,
)
from dashboard.state.controls import Field
from dashboard.state.opening import Opening
from dashboard.words import presenters
from inspections.diff import POINTS
from inspections.figure_rows import GridCell, GridColumn, ThemeGrid
from inspections.questions.findings import (
    INSPECTION,
    Asked,
    By,
    Narrowed,
    ThemeGroup,
    by_frequency,
    documents,
    groups,
    whole,
)
from inspections.rows import Theme
from inspections.vocabulary import Region, VisitKind

DOCUMENTS = (INSPECTION, VisitKind.FOCUSED.value, VisitKind.ASSURANCE.value)
LEVELS = ("under 10%", "10 to 24%", "25 to 49%", "50% and more")
BOUNDS = (0.1, 0.25, 0.5)
FEW = 10  # documents: with fewer, counts stand instead of shares
ON_A_PHONE = 6  # columns


@dataclass(frozen=True, kw_only=True)
class FindingsState(ViewState):
    """Findings: which documents (all but `by`, `asked`, `q`, `priority`), and which points."""

    by: str = param(one_of(*By, what="grouping"), default=By.YEAR.value)
    asked: str | None = param(THEME, write=to_slug)
    q: str = param(read_text, default="")
    region: str | None = param(REGION, write=to_slug)
    kind: str | None = param(KIND, write=to_slug)
    document: str | None = param(one_of(*DOCUMENTS, what="kind of document"), write=to_slug)
    area: str = param(LANE, default=HELP, write=to_slug)
    grade: str | None = param(GRADE, write=to_slug)
    council: str | None = param(read_council)
    start: date | None = param(read_day, name="from")
    end: date | None = param(read_day, name="to")
    priority: str | None = param(one_of("some", what="choice"))
    page: int = page_param()


def narrowed(state: FindingsState) -> Narrowed:
    return Narrowed(
        among=lists.among_of(state.region, state.kind),
        council=state.council or "",
        kind=state.document or "",
        lane=state.area,
        grade=state.grade or "",
        first=state.start,
        last=state.end,
    )


def asked_documents(start: Opening) -> list[Asked]:
    which = narrowed(start.state)
    return [row for row in documents(start.record, start.day) if which.has(row)]


def document_name(kind: str) -> str:
    return "Inspection report" if kind == INSPECTION else f"{VisitKind.label_of(kind)} letter"


def group_name(start: Opening, key: str) -> str:
    by, book = start.state.by, start.book
    if by == By.GRADE:
        return next((row.title for row in book.grades.values() if row.key == key), key)
    if by == By.AREA:
        return book.lane(key).short_name
    if by == By.REGION:
        return Region.label_of(key)
    return document_name(key) if by == By.KIND else key


def share_words(group: ThemeGroup, theme: str) -> str:
    """A whole percentage, or a count where there are few documents."""
    number = group.raised.get(theme, 0)
    if group.documents < FEW:
        return f"{number} of {group.documents}"
    return lists.percent(group.share(theme))


def level_of(share: float) -> int:
    return sum(share >= bound for bound in BOUNDS)


def grid_of(start: Opening, rows: list[Asked]) -> ThemeGrid:
    """A cell for each theme that a group raises; themes the most frequent first."""
    found = groups(start.record, rows, start.state.by, start.book.lane(start.state.area))
    is_of_years = start.state.by == By.YEAR
    if is_of_years:
        found = found[::-1]  # the newest stands right, as in every chart of years
    themes = by_frequency(start.record, whole(rows))
    columns = tuple(
        GridColumn(
            f"{group_name(start, group.key)} (n = {group.documents})",
            (*_head(group_name(start, group.key)), f"n {group.documents}"),
        )
        for group in found
    )
    cells = tuple(
        GridCell(
            row,
            column,
            level_of(group.share(theme.code) or 0),
            str(group.raised[theme.code])
            if group.documents < FEW
            else share_words(group, theme.code),
            f"{group.raised[theme.code]} of {group.documents} reports and letters",
        )
        for row, theme in enumerate(themes)
        for column, group in enumerate(found)
        if group.raised.get(theme.code)
    )
    names = tuple(theme.name for theme in themes)
    return ThemeGrid(names, columns, cells, LEVELS, sentence(start, rows, themes), is_of_years)


def by_words(start: Opening) -> str:
    """What documents are grouped by; of grades, in which area they were given."""
    by = start.state.by
    area = f" for {start.book.lane(start.state.area).name.lower()}" if by == By.GRADE else ""
    return f"{By.label_of(by)}{area}"


def among_words(start: Opening) -> str:
    """Which documents are asked about, for the end of a sentence; empty for all."""
    state: FindingsState = start.state
    grades = start.book.grades.values()
    given = next((row.title for row in grades if row.key == state.grade), "")
    area = start.book.lane(state.area).name.lower()
    told = f" that gave {given} for {area}" if given else ""
    return f"{lists.among_words(state.region, state.kind)}{told}"


def _head(name: str) -> tuple[str, ...]:
    """A long name in two lines."""
    parts = name.split()
    half = -(-len(parts) // 2)
    return (
        (name,)
        if len(name) < 10
        else tuple(filter(None, (" ".join(parts[:half]), " ".join(parts[half:]))))
    )


def sentence(start: Opening, rows: list[Asked], themes: list[Theme]) -> str:
    """How many documents, and what most of them ask for."""
    total = whole(rows)
    among = among_words(start)
    number = words.count(total.documents, "report or letter", "reports and letters")
    if not themes:
        return f"No point of {number}{among} is on record by {words.day(start.day)}."
    said = [f"{row.name.lower()} ({share_words(total, row.code)})" for row in themes[:3]]
    grouped = f" By {by_words(start)}." if start.state.by == By.GRADE else ""
    return (
        f"Of {number}{among} whose points are on record, most often raised: "
        f"{words.listing(said)}.{grouped}"
    )


def title(grid: ThemeGrid) -> str:
    """What is raised most often, as the grid's rows are in that order."""
    return (
        f"Inspectors raise most often: {'; '.join(name.lower() for name in grid.rows[:2])}"
        if grid.rows
        else ("What inspectors ask for")
    )


ENTRY = replace(
    entry_of(
        slug="themes",
        title=title,
        note=(
            "The share of reports and letters that raise the theme at least once; n is how many "
            "have their points on record. A number without a percent sign is a count, where n is "
            "below 10. Letters of visits look at a part of the service. On a phone: the first "
            "six columns, of years the newest six."
        ),
    ),
    narrow=lambda grid: drawing.figure(_some(grid, ON_A_PHONE), narrow=True),
)


def _some(grid: ThemeGrid, most: int) -> ThemeGrid:
    """The first columns, or the newest years."""
    first = max(len(grid.columns) - most, 0) if grid.is_of_years else 0
    cells = tuple(
        replace(cell, column=cell.column - first)
        for cell in grid.cells
        if first <= cell.column < first + most
    )
    return replace(grid, columns=grid.columns[first : first + most], cells=cells)


class Raised(NamedTuple):
    """In how many documents of one group a theme is raised."""

    by: str
    group: ThemeGroup
    name: str
    theme: Theme
    documents_raising: int
    share_raising: float | None


RAISED = (
    *of("", "by"),
    *of("group", "group"),
    *of("", "group_name"),
    *of("theme", "theme", "theme_name"),
    *of("group", "documents"),
    *of("", "documents_raising", "share_raising"),
)


def answer_themes(start: Opening, rows: list[Asked]) -> Answer:
    grid = grid_of(start, rows)

    def table() -> PageTable:
        found = groups(start.record, rows, start.state.by, start.book.lane(start.state.area))
        lines = [
            Raised(
                start.state.by,
                group,
                group_name(start, group.key),
                theme,
                group.raised.get(theme.code, 0),
                group.share(theme.code),
            )
            for theme in by_frequency(start.record, whole(rows))
            for group in found
        ]
        return PageTable(
            Table("themes", RAISED, lines),
            ("theme_name", "group_name", "documents", "documents_raising", "share_raising"),
            {"group_name": words.begun(by_words(start)), "documents": "n"},
            {"theme_name": lambda row: row.theme.name},
        )

    return Answer(grid, table, is_empty=not grid.rows)


def choices(shown: Shown) -> tuple[tuple[Field, ...], ...]:
    book = shown.start.book
    kinds = [(to_slug(kind), document_name(kind)) for kind in DOCUMENTS]
    return (
        (
            Field("by", "Table by", [(by.value, by.label) for by in By]),
            lists.region_field(),
            lists.council_field(shown.start, "One council"),
        ),
        (
            Field("document", "Report or letter", kinds, any="all"),
            lists.kind_field(),
            lists.area_field(book),
            Field("grade", "Grade given there", lists.grade_choices(book), any="any grade"),
            Field("from", "Published from", kind="date"),
            Field("to", "Published to", kind="date"),
        ),
    )


KIND_OF_CHART = ChartKind(
    ENTRY,
    FindingsState,
    False,
    lambda start, council: answer_themes(start, asked_documents(start)),
    choices=choices,
    reference_data=frozenset({POINTS}),
)


def event_words(row: Asked) -> str:
    return f"{presenters.event_name(row.event)}, {presenters.event_month(row.event)}"
