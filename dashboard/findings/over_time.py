"""The chart of what was asked of a council, and when: themes as rows, events as columns."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import NamedTuple

from dashboard import words
from dashboard.charted.kind import Answer, ChartKind, Shown
from dashboard.data.columns import IDS, of
from dashboard.data.document import Table
from dashboard.data.html import PageTable
from dashboard.data.tables import reference_of
from dashboard.findings.asked_for import document_of
from dashboard.findings.grid import entry_of
from dashboard.state import lists
from dashboard.state.address import ViewState, param, read_year
from dashboard.state.opening import Opening
from dashboard.words import presenters
from inspections.diff import POINTS
from inspections.figure_rows import GridCell, GridColumn, ThemeGrid
from inspections.questions.asked_for import History, history
from inspections.record import Record, event_key
from inspections.rows import Council, Event, Inspection, Point, Theme, Visit

LEVELS = ("raised, not before on record", "raised before too")
ASKED = (
    *of("council", *IDS),
    *of("event", inspection=reference_of(Inspection), visit=reference_of(Visit)),
    *of("event", "start_date", "publication_date"),
    *of("theme", "theme", "theme_name"),
    *of("", "points_raising", "point_numbers", "pages", "raised_before"),
    *of("event", document_url=document_of),
)


class AskedWhen(NamedTuple):
    """A theme that one event of a council raises, with the points that do."""

    council: Council
    event: Event
    theme: Theme
    points: tuple[Point, ...]
    raised_before: bool


@dataclass(frozen=True, kw_only=True)
class AskedForState(ViewState):
    """Every event whose points are on record, or those from a year on."""

    start: int | None = param(read_year, name="from")


def grid_of(record: Record, found: History, council: Council, first_year: int | None) -> ThemeGrid:
    """The council's grid; themes in their order. What was raised before counts from the first
    event on record, also where the picture begins later."""
    shown = [
        row
        for row in found.events
        if first_year is None or (row.event_date and row.event_date.year >= first_year)
    ]
    themes = [
        theme
        for theme in record.themes
        if any(event_key(row) in found.raised.get(theme.code, {}) for row in shown)
    ]
    cells = []
    for place, theme in enumerate(themes):
        raised = found.raised[theme.code]
        first = next(iter(raised))
        for column, event in enumerate(shown):
            if points := raised.get(event_key(event)):
                is_again = event_key(event) != first
                said = words.count(len(points), "point")
                said += ", raised before too" if is_again else ""
                cells.append(GridCell(place, column, int(is_again), str(len(points)), said))
    return ThemeGrid(
        rows=tuple(theme.name for theme in themes),
        columns=tuple(map(_column, shown)),
        cells=tuple(cells),
        levels=LEVELS,
        said=_sentence(shown, cells),
    )


def _column(event: Event) -> GridColumn:
    name = f"{presenters.event_month(event)}, {presenters.event_name(event).lower()}"
    day = event.event_date
    head = (f"{day:%b}", str(day.year)) if day else ("no", "date")
    if isinstance(event, Inspection):
        return GridColumn(name, head)
    return GridColumn(name, head, event.kind, presenters.event_name(event))


def _sentence(shown: list[Event], cells: list[GridCell]) -> str:
    if not shown:
        return "No report or letter whose points are on record had been published by this day."
    themes = {cell.row for cell in cells}
    again = {cell.row for cell in cells if cell.level}
    years = sorted({row.event_date.year for row in shown if row.event_date})
    span = f"in {years[0]}" if years[0] == years[-1] else f"from {years[0]} to {years[-1]}"
    return (
        f"{words.count(len(shown), 'report or letter', 'reports and letters')} {span} raised "
        f"{words.count(len(themes), 'theme')}, {len(again)} of them more than once."
    )


def title(grid: ThemeGrid) -> str:
    """The theme that most of the reports and letters raise, of several the first."""
    raised = Counter(cell.row for cell in grid.cells)
    if not raised:
        return "What inspectors asked for"
    often = max(raised.values())
    names = [name for row, name in enumerate(grid.rows) if raised[row] == often]
    more = f" and {words.count(len(names) - 1, 'more theme')}" if len(names) > 1 else ""
    events = words.count(len(grid.columns), "report or letter", "reports and letters")
    return f"{names[0]}{more} raised by {often} of {events}"


ENTRY = entry_of(
    slug="asked-for",
    title=title,
    note=(
        "A number is how many points raise the theme. The same theme is not the same fault, and "
        "not raised does not mean put right. Visits look at a part of the service. Monitoring "
        "visits and joint inspections have no points on record."
    ),
)


def ask(start: Opening, council: Council) -> Answer:
    found = history(start.record, council.id, start.day)
    first_year = getattr(start.state, "start", None)
    grid = start.record.remember(
        ("grid of what was asked for", council.id, start.day, first_year),
        lambda: grid_of(start.record, found, council, first_year),
    )
    reports = tuple(
        row
        for row in found.events
        if isinstance(row, Inspection) and row.framework.is_whole_service
    )

    return Answer(
        grid,
        lambda: table(start.record, found, council),
        is_empty=not grid.rows,
        reports=reports,
    )


def table(record: Record, found: History, council: Council) -> PageTable:
    """Each theme with each event that raises it, oldest first."""
    rows = [
        AskedWhen(
            council,
            event,
            record.theme_by_code[code],
            points,
            event_key(event) != next(iter(raised)),
        )
        for code, raised in found.raised.items()
        for event in found.events
        if (points := raised.get(event_key(event)))
    ]
    return PageTable(
        Table("asked_for", ASKED, rows),
        ("theme_name", "start_date", "points_raising", "pages", "raised_before"),
        {"start_date": "Raised by"},
        {"start_date": lambda row: _column(row.event).name},
    )


OF_A_COUNCIL = ChartKind(
    ENTRY,
    AskedForState,
    True,
    ask,
    choices=lambda shown: (lists.year_fields(shown.start)[:1],),
    reference_data=frozenset({POINTS}),
)


def on_council_page(start: Opening, council: Council) -> Shown:
    """The chart on the council's page."""
    state = AskedForState(as_at=start.state.as_at, known=start.state.known)
    return OF_A_COUNCIL.show(replace(start, state=state), council)
