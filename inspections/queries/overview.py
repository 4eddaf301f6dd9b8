"""The questions of the England page."""

import itertools
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from inspections.queries.held import counted_lanes
from inspections.queries.positions import by_council, counted_in_lane
from inspections.rows import (
    Clock,
    CouncilRow,
    FrameworkBook,
    GradeMark,
    InspectionRow,
    LaneRow,
    Position,
)
from inspections.rules.comparison import Change, ChangeKind, compare


@dataclass(frozen=True, slots=True)
class HeldPeriod:
    """How many existing councils held each grade on a day. `counts` by grade key.

    `ungraded`: inspected, but without a grade of its own in the area (judged together with
    another, as a part of one, or not judged). `is_over`: inspections no longer grade the area,
    so nothing is counted.
    """

    day: date
    counts: dict[str, int]
    ungraded: int
    not_inspected: int
    is_over: bool = False

    @property
    def total(self) -> int:
        return sum(self.counts.values()) + self.ungraded + self.not_inspected


@dataclass(frozen=True, slots=True)
class HeldSeries:
    """Grades held at each half-year's end. `ends` is the last day on which the area existed."""

    lane: LaneRow
    grades: tuple[GradeMark, ...]
    periods: tuple[HeldPeriod, ...]
    ends: date | None


def half_years(first: date, last: date) -> list[date]:
    """31 March and 30 September of each year from `first` to `last`."""
    ends = [
        day
        for year in range(first.year, last.year + 1)
        for day in (date(year, 3, 31), date(year, 9, 30))
    ]
    return [day for day in ends if first <= day <= last]


def lane_ends(book: FrameworkBook, lane: LaneRow) -> date | None:
    """The last day of the last framework with an area in the lane; None while one is in force."""
    holding = [
        row for row in book.in_order if any(lane in area.lanes for area in row.areas)
    ]  # fmt: skip
    return holding[-1].in_force_to if holding else None


NEVER: tuple[list[date], list[InspectionRow]] = ([], [])


def _latest_by(
    inspections: Sequence[InspectionRow],
) -> dict[int, tuple[list[date], list[InspectionRow]]]:
    """By council: the days of publication, and from each on the latest inspection published."""
    found: dict[int, tuple[list[date], list[InspectionRow]]] = {}
    for row in sorted(inspections, key=lambda row: row.publication_date):
        days, latest = found.setdefault(row.council_id, ([], []))
        days.append(row.publication_date)
        is_later = not latest or row.event_date > latest[-1].event_date
        latest.append(row if is_later else latest[-1])
    return found


def held_series(
    book: FrameworkBook,
    clock: Clock,
    *,
    lane: LaneRow,
    councils: Sequence[CouncilRow],
    inspections: Sequence[InspectionRow],
) -> HeldSeries:
    """Grades held in a lane by existing councils at each half-year's end up to `as_at`.

    Published by that day; the latest whole-service inspection of each council counts.
    """
    whole = [row for row in inspections if row.framework.is_whole_service]
    ends = lane_ends(book, lane)
    last = clock.as_at
    first = min((row.publication_date for row in whole), default=last)
    latest_by = _latest_by(whole)
    counted_as = counted_lanes(book)
    counted = {row.id: counted_in_lane(row, lane.code, counted_as) for row in whole}
    marks: dict[str, GradeMark] = {}
    periods = []
    for day in half_years(first, last):
        if ends and day > ends:
            periods.append(HeldPeriod(day, {}, 0, 0, is_over=True))
            continue
        counts: Counter[str] = Counter()
        ungraded = not_inspected = 0
        for council in councils:
            if not council.existed_on(day):
                continue
            days, latest = latest_by.get(council.id, NEVER)
            place = bisect_right(days, day)
            if not place:
                not_inspected += 1
                continue
            judged = counted[latest[place - 1].id]
            if judged:
                marks[judged.grade.key] = judged.grade
                counts[judged.grade.key] += 1
            else:
                ungraded += 1
        periods.append(HeldPeriod(day, dict(counts), ungraded, not_inspected))
    scales = {grade.scale for grade in marks.values()}
    return HeldSeries(lane, book.scales(scales), tuple(periods), ends)


@dataclass(slots=True)
class NextOutcomes:
    """What the next inspection gave, by the grade held before it."""

    grade: GradeMark
    counts: Counter[str] = field(default_factory=Counter)
    not_comparable: int = 0

    @property
    def n(self) -> int:
        return sum(self.counts.values())


def next_outcomes(
    book: FrameworkBook, *, lane: LaneRow, inspections: Sequence[InspectionRow]
) -> tuple[NextOutcomes, ...]:
    """For each grade of a lane: what the council's next full inspection gave, with n.

    Pairs whose judgements are not comparable are counted apart. Best grade first.
    """
    found: dict[str, NextOutcomes] = {}
    grouped = by_council(row for row in inspections if row.framework.is_whole_service)
    for held in grouped.values():
        for before, after in itertools.pairwise(held):
            old = before.in_lane(lane.code)
            if old is None:
                continue
            new = after.in_lane(lane.code)
            change = compare(old.judged, new.judged if new else None, book.links)
            row = found.setdefault(old.grade.key, NextOutcomes(old.grade))
            if new is None or change.kind is ChangeKind.NOT_COMPARABLE:
                row.not_comparable += 1
            else:
                row.counts[new.grade.key] += 1
    return tuple(sorted(found.values(), key=lambda row: (row.grade.scale, row.grade.order)))


def longest_since_inspection(positions: Sequence[Position], count: int) -> list[Position]:
    """The councils whose last full inspection began longest ago."""
    inspected = [row for row in positions if row.latest]
    return sorted(inspected, key=lambda row: row.latest.event_date)[:count]


def changes_in_lane(
    book: FrameworkBook,
    *,
    lane: LaneRow,
    inspections: Sequence[InspectionRow],
    of: Sequence[InspectionRow],
) -> list[tuple[InspectionRow, Change, date | None]]:
    """For each whole-service inspection `of` these: what became of the lane, and since when.

    Compared with the council's whole-service inspection before it. Without a grade in the
    lane now there is nothing to say, and the inspection is left out.
    """
    grouped = by_council(row for row in inspections if row.framework.is_whole_service)
    found = []
    for row in of:
        held = grouped[row.council_id]
        place = held.index(row)
        before = held[place - 1] if place else None
        old = before.in_lane(lane.code) if before else None
        new = row.in_lane(lane.code)
        if new:
            change = compare(old.judged if old else None, new.judged, book.links)
            found.append((row, change, before.event_date if before else None))
    return found
