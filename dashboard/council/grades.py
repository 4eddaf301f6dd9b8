"""The chart of a council's grades over time: what is asked, drawn and told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from dashboard import words
from dashboard.charted.entry import Entry
from dashboard.charted.kind import MEANINGS, Answer, ChartKind, Shown
from dashboard.charts import grades_by_inspection
from dashboard.charts import grades_over_time as drawing
from dashboard.council.finding import finding
from dashboard.council.slides import word_slides
from dashboard.data.columns import IDS, of
from dashboard.data.document import Table
from dashboard.data.html import PageTable
from dashboard.data.tables import VISIT, EventFact
from dashboard.state import lists
from dashboard.state.address import LANE, ViewState, listed, param, read_year, to_slug
from dashboard.state.controls import Field
from dashboard.state.opening import Opening
from dashboard.words.coverage import complete, existed_to
from inspections.diff import INTERVENTIONS
from inspections.figure_rows import GradesOverTime, GradeSpan, MeasuredWindow
from inspections.questions.timeline import grades_over_time
from inspections.questions.waits import Upcoming, windows
from inspections.rows import Council, Inspection, Judgement
from inspections.rules.windows import WindowStatus


@dataclass(frozen=True, kw_only=True)
class CouncilGradesState(ViewState):
    """Grades over time: all core areas unless some are named, from the first inspection on."""

    areas: tuple[str, ...] = param(listed(LANE), default=())
    start: int | None = param(read_year, name="from")
    end: int | None = param(read_year, name="to")


def told(rows: GradesOverTime) -> str:
    """A newer report, the finding, and what of the record the picture leaves out after its end."""
    said = [words.newer_report(rows.unread)] if rows.unread else []
    said.append(finding(rows))
    if rows.later:
        said.append(f"Not shown: {words.count(rows.later, 'later inspection')}.")
    return " ".join(said)


GRADES_OVER_TIME = Entry(
    slug="grades",
    title=lambda rows: "Grades over time",
    sentence=told,
    figure=drawing.figure,
    narrow=grades_by_inspection.figure,
    slide=drawing.slide,
    note=lambda rows: (
        "A bar runs from one inspection to the next; on a phone a row is one inspection, newest "
        "first. Visits have no grade"
        + (f"; {rows.visits_known}" if rows.visits_known else "")
        + ". Dashed: not graded. Shaded, as Ofsted's rules changed: "
        + f"{'; '.join(band.name.removeprefix('Rules of ') for band in rows.bands)}."
    ),
)


def drawn_window(upcoming: Upcoming | None) -> MeasuredWindow | None:
    """The window as the chart draws it; None where it is over or has no two ends."""
    window = upcoming.window if upcoming else None
    if window is None or window.status != WindowStatus.ESTIMATED:
        return None
    if not (window.earliest_date and window.median_date and window.latest_date):
        return None
    return MeasuredWindow(window.earliest_date, window.median_date, window.latest_date)


class LaneSpell(NamedTuple):
    """What one lane held from one inspection to the next; `judged` None: it was not graded."""

    council: Council
    span: GradeSpan
    event: Inspection
    judged: Judgement | None


HELD = (
    *of("council", *IDS),
    *of("span", "lane_name", lane="lane"),
    *of("judged", "grade", "grade_name"),
    *of("event", "inspection", "framework", "start_date", "end_date", "publication_date"),
    *of("span", "held_to_date", "lane_note"),
    *of("judged", "area", "area_name", "lanes", "is_overall", "scale"),
    *of("event", "notes", "report_url"),
)


def held_table(shown: Mapping[Council, GradesOverTime], events: Iterable[Inspection]) -> PageTable:
    """A row for each bar of each council's chart."""
    by_reference = {(row.council_id, row.reference): row for row in events}
    rows = [
        LaneSpell(council, span, event, event.in_lane(span.lane))
        for council, chart in shown.items()
        for span in chart.spans
        for event in (by_reference[council.id, span.inspection_ref],)
    ]
    ends = {council: f"held on {words.day(chart.today)}" for council, chart in shown.items()}
    return PageTable(
        Table("judgements", HELD, rows),
        ("lane_name", "grade_name", "start_date", "held_to_date", "framework", "lane_note"),
        {"start_date": "From"},
        {
            "grade_name": lambda row: row.judged.grade.name if row.judged else "not graded",
            "start_date": lambda row: (
                words.day(row.span.start) + ("" if row.event.start_date else " (published)")
            ),
            "held_to_date": lambda row: (
                words.day(row.span.end) if row.span.end else ends[row.council]
            ),
            "framework": lambda row: row.span.framework_name,
            "lane_note": lambda row: row.span.note,
        },
    )


def ask_grades(start: Opening, council: Council) -> Answer:
    inspections = start.record.inspections_of(council.id, start.day)
    visits = start.record.visits_of(council.id, start.day)
    state, ends = start.state, start.today_name
    areas, first_year, last_year = state.areas, state.start, state.end
    rows = start.record.remember(
        ("grades over time", council.id, start.day, areas, first_year, last_year, ends),
        lambda: grades_over_time(
            start.book,
            council_name=council.short_name,
            inspections=inspections,
            visits=visits,
            as_at=start.drawn_to((*inspections, *visits)),
            lanes=areas,
            first_year=first_year,
            last_year=last_year,
            as_at_name=ends,
            closed=council.closed_date,
            interventions=start.record.interventions_of(council.id, start.day),
        ),
    )
    is_cut = bool(last_year and last_year < start.day.year)
    shown = {span.inspection_ref for span in rows.spans}
    first = min((span.start for span in rows.spans), default=rows.today)
    window = windows(start.record, start.day).get(council.id)
    newer = start.record.unread_by(start.day).get(council.id)
    return Answer(
        replace(
            rows,
            window=None if is_cut else drawn_window(window),
            visits_known=complete(start.record.coverage, first, existed_to(council, rows.today)),
            unread=newer.publication_date if newer and not is_cut else None,
        ),
        lambda: held_table({council: rows}, inspections),
        is_empty=not rows.spans,
        more=lambda: (Table("visits", VISIT, [EventFact(council, row) for row in visits]),),
        reports=tuple(row for row in inspections if row.reference in shown),
    )


def beside(start: Opening, council: Council) -> Shown:
    """The chart on the council's page: every area, from the first inspection on."""
    state = CouncilGradesState(as_at=start.state.as_at, known=start.state.known)
    return OF_A_COUNCIL.show(replace(start, state=state), council)


def choices(shown: Shown) -> tuple[tuple[Field, ...], ...]:
    drawn = tuple(to_slug(code) for code, _name in shown.answer.rows.lanes)
    return (
        (
            Field(
                "areas",
                "Areas",
                lists.area_choices(shown.start.book),
                kind="several",
                current=drawn,
            ),
            *lists.year_fields(shown.start),
        ),
    )


OF_A_COUNCIL = ChartKind(
    GRADES_OVER_TIME,
    CouncilGradesState,
    True,
    ask_grades,
    reference_data=frozenset({INTERVENTIONS}),
    choices=choices,
    word_slides=word_slides,
    below=MEANINGS,
)
