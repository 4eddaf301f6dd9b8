"""Councils side by side: judgements now, grades over time on one axis, time since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from dashboard import presenters, words
from dashboard.catalogue import Entry
from dashboard.chart_pages import JUDGED, Answer, ChartKind, judgement_rows
from dashboard.charts import compare as drawing
from dashboard.formats import Table
from dashboard.state import MOST_IN_A_LIST, CompareState, Notice
from inspections.figure_rows import CompareChart
from inspections.queries import events
from inspections.queries.positions import positions
from inspections.queries.timeline import grades_over_time
from inspections.rows import (
    Clock,
    CouncilRow,
    InspectionRow,
    Position,
)

MOST_IN_A_NAME = 3


@dataclass(frozen=True)
class Side:
    """One council of the comparison."""

    council: CouncilRow
    letters: SafeString
    waited: str
    without: str


def sides(held: Sequence[Position], start: Any, slugs: Sequence[str]) -> list[Side]:
    """Sorted by name; `without` is the address of the view without this council."""
    lanes = [lane for lane in start.book.lanes if lane.is_core]
    return [
        Side(
            row.council,
            presenters.lane_letters(row.latest, lanes),
            f"{words.span(row.latest.event_date, start.clock.as_at)} "
            f"({words.month(row.latest.event_date)})"
            if row.latest
            else "not yet inspected",
            start.state.but(councils=tuple(slug for slug in slugs if slug != row.council.slug)).url(
                "/compare/"
            ),
        )
        for row in held
    ]


def side_by_side(
    held: Sequence[Position], inspections: Sequence[InspectionRow], start: Any
) -> CompareChart:
    """The core areas of each council, all on one axis of time; a council without is left out."""
    lanes = [lane.code for lane in start.book.lanes if lane.is_core]
    councils = tuple(
        grades_over_time(
            start.book,
            council_name=row.council.short_name,
            inspections=[x for x in inspections if x.council_id == row.council.id],
            visits=(),
            as_at=start.clock.as_at,
            lanes=lanes,
            closed=row.council.closed_date,
        )
        for row in held
    )
    return CompareChart(
        tuple(row for row in councils if row.spans), start.clock.as_at, today_name=start.today_name
    )


def _sentence(rows: CompareChart) -> str:
    if not rows.councils:
        return "No full inspection of these councils had been published by this day."
    names = words.listing([row.council_name for row in rows.councils])
    return f"{names}, sorted by name, on one axis. Grades describe; they do not rank."


def _sheets(rows: CompareChart) -> list[tuple[CompareChart, str]]:
    """Each slide says which councils of all it shows."""
    parts = drawing.sheets(rows)
    found, first = [], 1
    for part in parts:
        last = first + len(part.councils) - 1
        shown = f"{first}" if first == last else f"{first} to {last}"
        found.append((part, f"Here: {shown} of {len(rows.councils)} councils."))
        first = last + 1
    return found if len(found) > 1 else [(rows, "")]


ENTRY = Entry(
    slug="side-by-side",
    title=lambda rows: "Grades over time, side by side",
    sentence=_sentence,
    figure=drawing.figure,
    narrow=lambda rows: drawing.figure(rows, narrow=True),
    slide=drawing.slide,
    sheets=_sheets,
    columns=lambda rows: ("Council", "Area", "Grade", "From", "To"),
    cells=lambda rows: [
        (
            row.council_name,
            span.lane_name,
            span.grade.name if span.grade else "not graded",
            words.day(span.start),
            words.day(span.end) if span.end else f"held on {words.day(row.today)}",
        )
        for row in rows.councils
        for span in row.spans
    ],
    note=lambda rows: "Each bar runs from one full inspection to the next.",
)


@dataclass(frozen=True)
class Compared:
    """The councils of an address, those of the day with what they hold, and their events."""

    chosen: tuple[CouncilRow, ...]
    held: tuple[Position, ...]
    inspections: tuple[InspectionRow, ...]
    notices: tuple[Notice, ...]


def ask(start: Any) -> Compared:
    """Three queries: councils, inspections, and what positions ask."""
    slugs = start.state.councils
    chosen = [row for row in events.councils(start.clock) if row.slug in slugs]
    known = {row.slug for row in chosen}
    ids = [row.id for row in chosen]
    inspections = events.inspections(start.book, start.clock, council_ids=ids) if ids else []
    held = positions(start.book, start.clock, councils=chosen, inspections=inspections)
    notices = tuple(
        Notice("councils", slug, "no council has this address")
        for slug in slugs
        if slug not in known
    )
    return Compared(tuple(chosen), tuple(held), tuple(inspections), notices)


def answer(found: Compared, start: Any) -> Answer:
    rows = side_by_side(found.held, found.inspections, start)
    lanes = [lane.code for lane in start.book.lanes if lane.is_core]

    def tables() -> tuple[Table, ...]:
        lines = (
            line
            for row in found.held
            for line in judgement_rows(
                row.council,
                [
                    x
                    for x in found.inspections
                    if x.council_id == row.council.id and x.framework.is_whole_service
                ],
                lanes=lanes,
            )
        )
        return (Table("judgements", JUDGED, tuple(lines)),)

    return Answer(
        rows,
        tables,
        is_empty=not rows.councils,
        events=found.inspections,
        council_ids=tuple(row.id for row in found.chosen),
        notices=found.notices,
    )


def place(state: CompareState, rows: CompareChart) -> str:
    """The councils, for titles and names of files: three at most, else how many."""
    names = [row.council_name for row in rows.councils]
    return words.listing(names) if 0 < len(names) <= MOST_IN_A_NAME else f"{len(names)} councils"


SIDE_BY_SIDE = ChartKind(
    ENTRY, CompareState, False, lambda start, council: answer(ask(start), start), place=place
)


def alike(start: Any, council: CouncilRow) -> list[tuple[str, str]]:
    """Ready-made comparisons with a council: neighbours, region, same grade two years ago."""
    neighbours = events.neighbours(start.clock, council.id)
    councils = [row for row in events.councils(start.clock) if row.existed_on(start.clock.as_at)]
    region = [row for row in councils if row.ons_region == council.ons_region]
    found = [
        (
            "Nearest statistical neighbours",
            [council.slug, *(row.slug for row in neighbours)][:MOST_IN_A_LIST],
        ),
        ("Same region", [council.slug, *(row.slug for row in region)]),
        *same_grades(start, council, councils),
    ]
    return [
        (
            f"{label}: {council.short_name}" + cut(slugs),
            start.state.but(councils=tuple(dict.fromkeys(slugs))[:MOST_IN_A_LIST]).url("/compare/"),
        )
        for label, slugs in found
        if len(set(slugs)) > 1
    ]


def cut(slugs: list[str]) -> str:
    """Said where more councils fit than can stand side by side."""
    total = len(set(slugs))
    return f" (first {MOST_IN_A_LIST} of {total} by name)" if total > MOST_IN_A_LIST else ""


def same_grades(
    start: Any, council: CouncilRow, councils: list[CouncilRow]
) -> list[tuple[str, list[str]]]:
    """Councils that two years ago held the same grade for help and protection, or for the
    first core area that the record has."""
    day = start.clock.as_at
    before = Clock(date(day.year - 2, day.month, min(day.day, 28)), start.clock.known)
    inspections = events.inspections(start.book, before, whole_service_only=True)
    held = positions(start.book, before, councils=councils, inspections=inspections)
    lane = next((row for row in start.book.lanes if row.is_core and row.order == 3), None)
    if lane is None:
        return []
    grades = {
        row.council.id: judged.grade
        for row in held
        if row.latest and (judged := row.latest.in_lane(lane.code))
    }
    own = grades.get(council.id)
    if own is None:
        return []
    slugs = [row.slug for row in councils if grades.get(row.id) == own]
    label = f"{own.name} for {lane.name.lower()} two years ago"
    return [(label, [council.slug, *slugs])]
