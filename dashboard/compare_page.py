"""Councils side by side: judgements now, grades over time on one axis, time since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from dashboard import presenters, words
from dashboard.catalogue import table_body
from dashboard.charts import grades_over_time as drawing
from dashboard.charts.svg import inline_svg
from dashboard.state import MOST_IN_A_LIST
from inspections.queries import events
from inspections.queries.positions import positions
from inspections.queries.timeline import grades_over_time
from inspections.rows import (
    Clock,
    CouncilRow,
    GradesOverTime,
    GradeSpan,
    InspectionRow,
    LaneRow,
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
class Multiple:
    """One judgement area: a row a council, all on the same axis."""

    lane: LaneRow
    svg: SafeString
    letters: SafeString
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


def multiples(
    held: Sequence[Position], inspections: Sequence[InspectionRow], start: Any
) -> list[Multiple]:
    """A small chart for each core area, from the first inspection of any of the councils."""
    lanes = [lane for lane in start.book.lanes if lane.is_core]
    by_council: dict[int, GradesOverTime] = {
        row.council.id: grades_over_time(
            start.book,
            council_name=row.council.short_name,
            inspections=[x for x in inspections if x.council_id == row.council.id],
            visits=(),
            as_at=start.clock.as_at,
            lanes=[lane.code for lane in lanes],
        )
        for row in held
    }
    return [multiple(lane, held, by_council, start) for lane in lanes]


def multiple(
    lane: LaneRow,
    held: Sequence[Position],
    by_council: dict[int, GradesOverTime],
    start: Any,
) -> Multiple:
    spans = [
        GradeSpan(
            lane=row.council.slug,
            lane_name=row.council.short_name,
            grade=span.grade,
            start=span.start,
            end=span.end,
            area_name=span.area_name,
            is_combined=span.is_combined,
            framework_name=span.framework_name,
            inspection_ref=span.inspection_ref,
            note=span.note,
        )
        for row in held
        for span in by_council[row.council.id].spans
        if span.lane == lane.code
    ]
    bands = next(iter(by_council.values())).bands if by_council else ()
    rows = GradesOverTime(
        council_name="",
        lanes=tuple((row.council.slug, row.council.short_name) for row in held),
        spans=tuple(spans),
        bands=bands,
        visits=(),
        today=start.clock.as_at,
    )
    svg = inline_svg(
        drawing.figure(rows),
        id_prefix=f"m-{lane.code}",
        title=lane.name,
        description=f"Grades of {len(held)} councils over time; the table has the same.",
    )
    cells = [
        (
            span.lane_name,
            span.grade.name if span.grade else "not graded",
            words.day(span.start),
            words.day(span.end) if span.end else "held now",
        )
        for span in spans
    ]
    # The renderer escapes every text that it writes.
    return Multiple(lane, SafeString(svg), letters(held, spans), table_body(cells))


def letters(held: Sequence[Position], spans: Sequence[GradeSpan]) -> SafeString:
    """For a phone: each council's grades as letters, newest first, with the year."""
    return format_html_join(
        "",
        "<li><strong>{}</strong> {}</li>",
        (
            (
                row.council.short_name,
                format_html_join(
                    " ",
                    '<span class="mark g-{}">{}</span>{}',
                    (
                        (span.grade.colour, span.grade.letter, span.start.year)
                        for span in reversed(spans)
                        if span.lane == row.council.slug and span.grade
                    ),
                ),
            )
            for row in held
        ),
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


__all__ = ["alike", "multiples", "sides"]
