"""The chart of a council's grades over time: what is asked, drawn and told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard import words
from dashboard.address import LANE, ViewState, listed, param, read_year
from dashboard.charted.entry import Entry
from dashboard.charted.kind import Answer, ChartKind, Shown
from dashboard.charts import grades_by_inspection
from dashboard.charts import grades_over_time as drawing
from dashboard.data.document import Table
from dashboard.data.tables import JUDGEMENT, VISIT, Fact, judgements_in
from dashboard.opening import Opening
from inspections.figure_rows import GradesOverTime, Window
from inspections.questions.timeline import grades_over_time
from inspections.questions.waits import Upcoming, windows
from inspections.rows import Council, Inspection, Visit
from inspections.rules.windows import WindowStatus


@dataclass(frozen=True, kw_only=True)
class CouncilGradesState(ViewState):
    """Grades over time: all core areas unless some are named, from the first inspection on."""

    areas: tuple[str, ...] = param(listed(LANE), default=())
    start: int | None = param(read_year, name="from")


def _timeline_sentence(rows: GradesOverTime) -> str:
    starts = sorted({span.start for span in rows.spans})
    if not starts:
        return "No full inspection had been published by this day."
    years = f"in {starts[0].year}"
    if starts[-1].year > starts[0].year:
        years = f"from {starts[0].year} to {starts[-1].year}"
    return (
        f"{words.count(len(starts), 'full inspection')} of {rows.council_name} {years}, and "
        f"{words.count(len(rows.visits), 'visit')} in the record."
    )


def _timeline_cells(rows: GradesOverTime) -> list[tuple[Any, ...]]:
    return [
        (
            span.lane_name,
            span.grade.name if span.grade else "not graded",
            words.day(span.start),
            words.day(span.end) if span.end else f"held on {words.day(rows.today)}",
            span.framework_name,
            span.note,
        )
        for span in rows.spans
    ]


GRADES_OVER_TIME = Entry(
    slug="grades",
    title=lambda rows: "Grades over time",
    sentence=_timeline_sentence,
    figure=drawing.figure,
    narrow=grades_by_inspection.figure,
    slide=drawing.slide,
    columns=lambda rows: ("Area", "Grade", "From", "To", "Framework", "Note"),
    cells=_timeline_cells,
    note=lambda rows: (
        "A bar runs from one inspection to the next; on a phone a row is one inspection, newest "
        "first. ◇ focused visit ▲ monitoring visit ■ joint inspection ○ assurance visit: visits "
        "have no grade. Hatched: judged together with another area. Dashed: not graded."
    ),
)


def timeline_rows(start: Opening, council: Council, answer: Any) -> GradesOverTime:
    """`answer` has the council's `inspections` and `visits`, and `upcoming`, its window."""
    rows = grades_over_time(
        start.book,
        council_name=council.short_name,
        inspections=answer.inspections,
        visits=answer.visits,
        as_at=start.drawn_to((*answer.inspections, *answer.visits)),
        lanes=start.state.areas,
        first_year=start.state.start,
        as_at_name=start.today_name,
        closed=council.closed_date,
    )
    return replace(rows, window=drawn_window(answer.upcoming))


def drawn_window(upcoming: Upcoming | None) -> Window | None:
    """The window as the chart draws it; None where it is over or has no two ends."""
    window = upcoming.window if upcoming else None
    if window is None or window.status != WindowStatus.ESTIMATED:
        return None
    if not (window.earliest_date and window.median_date and window.latest_date):
        return None
    return Window(window.earliest_date, window.median_date, window.latest_date)


@dataclass(frozen=True)
class CouncilEvents:
    inspections: Sequence[Inspection]
    visits: Sequence[Visit]
    upcoming: Upcoming | None


def ask_grades(start: Opening, council: Council) -> Answer:
    inspections = start.record.inspections_of(council.id, start.day)
    visits = start.record.visits_of(council.id, start.day)
    upcoming = windows(start.record, start.day).get(council.id)
    rows = timeline_rows(start, council, CouncilEvents(inspections, visits, upcoming))
    shown = {span.inspection_ref for span in rows.spans}
    lanes = [code for code, _ in rows.lanes]

    def tables() -> tuple[Table, ...]:
        return (
            Table("judgements", JUDGEMENT, judgements_in(lanes, council, reports)),
            Table("visits", VISIT, [Fact(council, row) for row in visits]),
        )

    reports = tuple(row for row in inspections if row.reference in shown)
    return Answer(rows, tables, is_empty=not rows.spans, reports=reports)


def on_council_page(start: Opening, answer: Any) -> Shown:
    """The chart of grades over time on the council's page, from rows that it has asked for."""
    state = CouncilGradesState(as_at=start.state.as_at, known=start.state.known)
    rows = timeline_rows(replace(start, state=state), answer.council, answer)
    reports = tuple(row for row in answer.inspections if row.framework.is_whole_service)
    found = Answer(rows, tuple, is_empty=not rows.spans, reports=reports)
    return Shown(OF_A_COUNCIL, replace(start, state=state), answer.council, found)


OF_A_COUNCIL = ChartKind(GRADES_OVER_TIME, CouncilGradesState, True, ask_grades)
