"""A council's grades from inspection to inspection, lane by lane."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import zip_longest

from inspections.figure_rows import (
    FrameworkBand,
    GradesOverTime,
    GradeSpan,
    VisitMark,
)
from inspections.framework_rows import FrameworkBook, Lane
from inspections.rows import Inspection, Intervention, Judgement, Visit
from inspections.rules.comparison import Pair, pair
from inspections.vocabulary import DatePrecision, VisitKind

INTERVENTION = "Step by the Department for Education"


def grades_over_time(
    book: FrameworkBook,
    *,
    council_name: str,
    inspections: Sequence[Inspection],
    visits: Sequence[Visit],
    as_at: date,
    as_at_name: str = "today",
    closed: date | None = None,
    lanes: Sequence[str] = (),
    first_year: int | None = None,
    last_year: int | None = None,
    interventions: Sequence[Intervention] = (),
) -> GradesOverTime:
    """The rows of the chart: a span per lane and whole-service inspection.

    A lane is shown where it is core or overall, or was ever graded here. A span ends where
    the council's next whole-service inspection began, or with the council: one that `closed`
    by the day holds nothing afterwards. `lanes` and the two years narrow it. `interventions`
    are marked among the visits, from the first inspection on.
    """
    first = date(first_year, 1, 1) if first_year else None
    inspected = [row for row in inspections if row.framework.is_whole_service]
    if closed and closed < as_at:
        as_at, as_at_name = closed, "closed"
    else:
        closed = None
    until = date(last_year, 12, 31) if last_year and last_year < as_at.year else None
    if until:
        as_at, as_at_name, closed = until, f"end of {last_year}", None
    begun = [row for row in inspected if until is None or row.event_date <= until]
    whole = [
        row
        for row, after in _with_next(begun)
        if first is None or after is None or after.event_date >= first
    ]
    shown = [lane for lane in book.lanes if _is_shown(lane, whole, lanes)]
    pairs = {
        row.reference: {found.current: found for found in _pairs(row, inspections, book)}
        for row in whole
    }
    spans = [
        _span(lane, row, after.event_date if after else closed, pairs[row.reference])
        for lane in shown
        for row, after in _with_next(whole)
    ]
    start = min((row.event_date for row in whole), default=as_at)
    start = max(start, first) if first else start

    def is_within(day: date) -> bool:
        return (first is None or day >= first) and (until is None or day <= until)

    return GradesOverTime(
        council_name=council_name,
        lanes=tuple((lane.code, lane.short_name) for lane in shown),
        spans=tuple(spans),
        bands=tuple(
            FrameworkBand(row.title, row.in_force_from, row.in_force_to)
            for row in book.in_order
            if row.is_whole_service
            and row.in_force_from <= as_at
            and (row.in_force_to is None or row.in_force_to >= start)
        ),
        visits=(
            *(
                VisitMark(
                    row.kind,
                    VisitKind.label_of(row.kind),
                    row.start_date,
                    row.start_precision,
                    row.topic,
                )
                for row in visits
                if row.start_date
                and row.start_precision != DatePrecision.UNKNOWN
                and is_within(row.start_date)
            ),
            *(
                VisitMark(
                    "intervention", INTERVENTION, row.taken_date, row.taken_precision, row.what
                )
                for row in interventions
                if row.taken_date >= start and is_within(row.taken_date)
            ),
        ),
        today=as_at,
        today_name=as_at_name,
        begins=first,
        later=len(inspected) - len(begun),
    )


def _with_next(rows: list[Inspection]) -> Iterable[tuple[Inspection, Inspection | None]]:
    return zip_longest(rows, rows[1:])


def _pairs(row: Inspection, own: Sequence[Inspection], book: FrameworkBook) -> Sequence[Pair]:
    return pair(row, own[: own.index(row)], book.links, book.area_lanes)


def _is_shown(lane: Lane, whole: Sequence[Inspection], chosen: Sequence[str]) -> bool:
    if chosen:
        return lane.code in chosen
    if lane.is_core or lane.is_overall:
        return any(lane in area.lanes for row in whole for area in row.framework.areas) or not whole
    return False


def _span(
    lane: Lane, row: Inspection, end: date | None, pairs: Mapping[Judgement | None, Pair]
) -> GradeSpan:
    judged = row.in_lane(lane.code)
    found = pairs.get(judged) if judged else None
    steps = found.change.steps if found else None
    if judged is None and not any(area for area in row.framework.areas if lane in area.lanes):
        # The framework has no such area: an empty span says that it was not graded.
        note = "not graded under this framework"
    else:
        note = "not judged" if judged is None else ""
    is_combined = bool(judged and judged.area.is_combined)
    if judged and is_combined:
        others = [other.name.lower() for other in judged.area.lanes if other != lane]
        note = f"judged together with {' and '.join(others)}"
    return GradeSpan(
        lane=lane.code,
        lane_name=lane.name,
        grade=judged.grade if judged else None,
        start=row.event_date,
        end=end,
        area_name=judged.area.short_name if judged else "",
        is_combined=is_combined,
        framework_name=row.framework.title,
        inspection_ref=row.reference,
        note=note,
        before=found.previous.grade if found and found.previous and steps is not None else None,
        steps=steps or 0,
        is_overall=lane.is_overall,
    )
