"""Councils side by side: judgements now, grades over time on one axis, time since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from dashboard import presenters, words
from dashboard.catalogue import table_body
from dashboard.charts import compare as drawing
from dashboard.charts.svg import inline_svg
from dashboard.state import MOST_IN_A_LIST
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


@dataclass(frozen=True)
class Side:
    """One council of the comparison."""

    council: CouncilRow
    letters: SafeString
    waited: str
    without: str


@dataclass(frozen=True)
class Picture:
    """The councils' grades over time, wide and for a phone, with the table of the same."""

    title: str
    sentence: str
    svg: SafeString
    narrow: SafeString
    table: SafeString


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


def picture(held: Sequence[Position], inspections: Sequence[InspectionRow], start: Any) -> Picture:
    """The core areas of each council, all on one axis of time."""
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
    rows = CompareChart(tuple(row for row in councils if row.spans), start.clock.as_at)
    said = f"Grades of {words.count(len(rows.councils), 'council')} over time, on one axis."
    title = "Grades over time, side by side"

    def svg(*, narrow: bool) -> SafeString:
        name = "compare-narrow" if narrow else "compare"
        drawn = inline_svg(
            drawing.figure(rows, narrow=narrow),
            id_prefix=name,
            title=title,
            description=f"{said} The table below has the same.",
            css_class="chart-narrow" if narrow else "chart-wide",
        )
        # The renderer escapes every text that it writes.
        return SafeString(drawn)

    cells = [
        (
            row.council_name,
            span.lane_name,
            span.grade.name if span.grade else "not graded",
            words.day(span.start),
            words.day(span.end) if span.end else "held now",
        )
        for row in rows.councils
        for span in row.spans
    ]
    return Picture(title, said, svg(narrow=False), svg(narrow=True), table_body(cells))


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


__all__ = ["alike", "picture", "sides"]
