"""Every chart that has an address of its own: its settings, its question, its files.

A page, an embed, a picture, a download and a preview of one chart all begin with `show`,
so that the same query means the same everywhere.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import plotly.graph_objects as go
from django.conf import settings
from django.utils.text import slugify

from dashboard import england_parts, words
from dashboard.catalogue import GRADES_HELD, GRADES_OVER_TIME, SOURCE, Chart, Entry, held_rows
from dashboard.formats import LICENCE, Column, Document, Table
from dashboard.state import CouncilGradesState, GradesHeldState, Notice, ViewState
from inspections.queries import events, overview
from inspections.queries.council import upcoming_of
from inspections.queries.held import Among
from inspections.queries.timeline import grades_over_time
from inspections.queries.upcoming import Upcoming
from inspections.rows import (
    CouncilRow,
    GradesHeld,
    GradesOverTime,
    InspectionRow,
    VisitRow,
    Window,
)
from inspections.rules.windows import WindowStatus


@dataclass(frozen=True)
class Answer:
    """A chart's rows, and its tables for files, made only when they are wanted."""

    rows: Any
    tables: Callable[[], tuple[Table, ...]]
    is_empty: bool
    reports: tuple[InspectionRow, ...] = ()
    events: tuple[InspectionRow | VisitRow, ...] = ()
    council_ids: tuple[int, ...] | None = None  # where it shows some councils and no others
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class ChartKind:
    """A chart with an address of its own: below each council, or below England."""

    entry: Entry
    state: type[ViewState]
    is_of_council: bool
    ask: Callable[[Any, CouncilRow | None], Answer]
    rests_on: Callable[[Any], Among] = england_parts.among_in
    place: Callable[[Any, Any], str] = england_parts.place  # of the state and the rows

    @property
    def slug(self) -> str:
        return self.entry.slug

    def stem(self, council: CouncilRow | None) -> str:
        """The address without its suffix."""
        return f"/councils/{council.slug}/{self.slug}" if council else f"/england/{self.slug}"

    def show(self, start: Any, council: CouncilRow | None) -> "Shown":
        return Shown(self, start, council, self.ask(start, council))


@dataclass(frozen=True)
class Shown:
    """One chart as one address shows it. `start` is the page's opening."""

    kind: ChartKind
    start: Any
    council: CouncilRow | None
    answer: Answer

    @property
    def place(self) -> str:
        return (
            self.council.short_name
            if self.council
            else self.kind.place(self.start.state, self.answer.rows)
        )

    @property
    def title(self) -> str:
        title = self.kind.entry.title(self.answer.rows)
        return f"{self.place}: {title[0].lower()}{title[1:]}"

    @property
    def sentence(self) -> str:
        return self.kind.entry.sentence(self.answer.rows)

    @property
    def as_at(self) -> str:
        return f"As at {words.day(self.start.clock.as_at)}"

    def path(self, suffix: str = "/") -> str:
        return self.start.state.url(self.kind.stem(self.council) + suffix)

    @property
    def address(self) -> str:
        return settings.SITE_URL + self.path()

    @cached_property
    def figure(self) -> go.Figure:
        return self.kind.entry.figure(self.answer.rows)

    @cached_property
    def glance(self) -> tuple[go.Figure, str]:
        """The figure for a preview, and its sentence, which says what is left out."""
        rows, left_out = self.kind.entry.at_a_glance(self.answer.rows)
        figure = self.kind.entry.figure(rows) if left_out else self.figure
        return figure, f"{self.sentence} {left_out}".strip()

    @cached_property
    def slides(self) -> list[tuple[Chart, str]]:
        """The chart for meeting mode, each slide with what it shows of all."""
        return [] if self.answer.is_empty else self.kind.entry.slides(self.answer.rows)

    @cached_property
    def chart(self) -> Chart:
        return self.kind.entry.chart(self.answer.rows, figure_url=self.path(".figure.json"))

    @property
    def stem(self) -> str:
        """The name of files: council, chart and day."""
        place = slugify(self.council.slug if self.council else self.place)
        return f"{place}-{self.kind.slug}-as-at-{self.start.clock.as_at}"

    def document(self, *, since: str = "") -> Document:
        """The chart's data with its head; `since` says what has been corrected since."""
        head = [
            ("As at", self.start.clock.as_at.isoformat()),
            ("Known", self.start.clock.known.isoformat() if self.start.clock.known else "now"),
            ("Says", self.sentence),
            ("Source", SOURCE),
            ("Licence", LICENCE),
            ("Address", self.address),
        ]
        if self.council:
            head.insert(0, ("ONS code", self.council.ons_code))
            head.insert(0, ("Council", self.council.short_name))
        if since:
            head.append(("Since then", since))
        return Document(self.title, self.stem, tuple(head), self.answer.tables())


IDS = (
    Column("council", "The council's short name"),
    Column("ons_code", "The council's ONS code"),
    Column("council_slug", "The last part of the council's address on this site"),
)
JUDGED = (
    *IDS,
    Column("inspection", "The inspection's permanent reference within the council's address"),
    Column("first_day_on_site", "First day on site; empty where it is not recorded"),
    Column("last_day_on_site", "Last day on site; empty where it is not recorded"),
    Column("publication_date", "Day on which Ofsted published the report"),
    Column("framework", "Code of the framework that the inspection followed"),
    Column("area", "Code of the judgement area under that framework"),
    Column("area_name", "The judgement area's name as printed in the reports"),
    Column("lanes", "The chart's lanes in which it is shown, joined by ~"),
    Column("grade", "Code of the grade given"),
    Column("grade_name", "The grade's name"),
    Column("note", "What the record notes on this inspection"),
    Column("report", "Address of Ofsted's report"),
)
VISITED = (
    *IDS,
    Column("visit", "The visit's permanent reference within the council's address"),
    Column("kind", "Kind of visit; a visit has no grade"),
    Column("first_day", "First day; the month's first day where only the month is known"),
    Column("first_day_known_to", "day, month or unknown"),
    Column("publication_date", "Day on which the letter was published; empty: not recorded"),
    Column("topic", "What the visit looked at"),
    Column("letter", "Address of Ofsted's letter"),
)


def ids(council: CouncilRow) -> tuple[str, str, str]:
    return council.short_name, council.ons_code, council.slug


def judgement_rows(
    council: CouncilRow, inspections: Sequence[InspectionRow], *, lanes: Sequence[str] = ()
) -> tuple[tuple[Any, ...], ...]:
    """A row a judgement, in the order of JUDGED; `lanes` narrows them."""
    return tuple(
        (
            *ids(council), row.reference, row.start_date, row.end_date, row.publication_date,
            row.framework.code, judged.area.code, judged.area.official_name,
            "~".join(lane.code for lane in judged.area.lanes),
            judged.grade.code, judged.grade.name, row.notes, row.report_url,
        )
        for row in inspections
        for judged in row.judgements
        if not lanes or any(lane.code in lanes for lane in judged.area.lanes)
    )  # fmt: skip


def visit_rows(council: CouncilRow, visits: Sequence[VisitRow]) -> tuple[tuple[Any, ...], ...]:
    return tuple(
        (
            *ids(council), row.reference, row.kind, row.start_date, row.start_precision,
            row.publication_date, row.topic, row.letter_url,
        )
        for row in visits
    )  # fmt: skip


def timeline_rows(start: Any, council: CouncilRow, answer: Any) -> GradesOverTime:
    """`answer` has the council's `inspections` and `visits`, and `upcoming`, its window."""
    rows = grades_over_time(
        start.book,
        council_name=council.short_name,
        inspections=answer.inspections,
        visits=answer.visits,
        as_at=start.clock.as_at,
        lanes=start.state.areas,
        first_year=start.state.start,
        as_at_name=start.today_name,
        closed=council.closed_date,
    )
    return replace(rows, window=drawn_window(answer.upcoming))


def drawn_window(upcoming: Upcoming | None) -> Window | None:
    """The window as the chart draws it; None where it is over or has no two ends."""
    window = upcoming.window if upcoming else None
    if window is None or window.window_status != WindowStatus.ESTIMATED:
        return None
    if not (window.earliest_date and window.likeliest_date and window.latest_date):
        return None
    return Window(window.earliest_date, window.likeliest_date, window.latest_date)


@dataclass(frozen=True)
class CouncilEvents:
    inspections: list[InspectionRow]
    visits: list[VisitRow]
    upcoming: Upcoming | None


def ask_grades(start: Any, council: CouncilRow) -> Answer:
    """Three queries: the council's inspections, visits and window; five for an earlier day."""
    inspections = events.inspections(start.book, start.clock, council_ids=[council.id])
    visits = events.visits(start.clock, council_ids=[council.id])
    upcoming = upcoming_of(council, inspections, start.book, start.clock, start.record.as_at_date)
    rows = timeline_rows(start, council, CouncilEvents(inspections, visits, upcoming))
    shown = {span.inspection_ref for span in rows.spans}
    lanes = [code for code, _ in rows.lanes]

    def tables() -> tuple[Table, ...]:
        return (
            Table("judgements", JUDGED, judgement_rows(council, reports, lanes=lanes)),
            Table("visits", VISITED, visit_rows(council, visits)),
        )

    reports = tuple(row for row in inspections if row.reference in shown)
    return Answer(
        rows, tables, is_empty=not rows.spans, reports=reports, events=(*inspections, *visits)
    )


def ask_held(start: Any, council: None = None) -> Answer:
    """Two queries: councils and whole-service inspections."""
    among = england_parts.among_in(start.state)
    councils = [row for row in events.councils(start.clock) if among.has(row)]
    ids = {row.id for row in councils}
    inspections = [
        row
        for row in events.inspections(start.book, start.clock, whole_service_only=True)
        if row.council_id in ids
    ]
    series = overview.held_series(
        start.book,
        start.clock,
        lane=start.book.lane(start.state.area),
        councils=councils,
        inspections=inspections,
    )
    if start.state.start:
        kept = [row for row in series.periods if row.day.year >= start.state.start]
        series = overview.HeldSeries(series.lane, series.grades, tuple(kept), series.ends)
    rows: GradesHeld = held_rows(series)

    def tables() -> tuple[Table, ...]:
        columns = (
            Column("day", "The half-year's last day"),
            Column("area", "Code of the judgement area's lane"),
            *(
                Column(grade.key, f"Councils that held {grade.title} on that day")
                for grade in series.grades
            ),
            Column("no_grade", "Councils inspected without a grade of its own in the area"),
            Column("not_yet_inspected", "Councils without a full inspection"),
        )
        found = tuple(
            (
                row.day,
                series.lane.code,
                *(row.counts.get(grade.key, 0) for grade in series.grades),
                row.ungraded,
                row.not_inspected,
            )
            for row in series.periods
            if not row.is_over
        )
        return (Table("grades_held", columns, found),)

    return Answer(rows, tables, is_empty=not series.periods, events=tuple(inspections))


def on_council_page(start: Any, answer: Any) -> Shown:
    """The chart of grades over time on the council's page, from rows that it has asked for."""
    state = CouncilGradesState(as_at=start.state.as_at, known=start.state.known)
    rows = timeline_rows(replace(start, state=state), answer.council, answer)
    reports = tuple(row for row in answer.inspections if row.framework.is_whole_service)
    found = Answer(rows, tuple, is_empty=not rows.spans, reports=reports)
    return Shown(OF_A_COUNCIL, replace(start, state=state), answer.council, found)


def on_england_page(start: Any, series: overview.HeldSeries) -> Shown:
    """The chart of grades held on the England page, from rows that it has asked for."""
    given = start.state
    state = GradesHeldState(as_at=given.as_at, known=given.known, area=given.area)
    found = Answer(held_rows(series), tuple, is_empty=not series.periods)
    return Shown(OF_ENGLAND, replace(start, state=state), None, found)


OF_A_COUNCIL = ChartKind(GRADES_OVER_TIME, CouncilGradesState, True, ask_grades)
OF_ENGLAND = ChartKind(GRADES_HELD, GradesHeldState, False, ask_held)
