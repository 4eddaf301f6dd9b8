"""The questions of the England page."""

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from inspections.framework_rows import FrameworkBook, Grade, Lane
from inspections.questions.among import EVERY, Among
from inspections.questions.positions import Position
from inspections.record import Record
from inspections.rows import Council, Inspection
from inspections.rules.comparison import Change, ChangeKind, compare
from inspections.rules.lanes import counted_in_lane, counted_lanes
from inspections.rules.position import PublishedBy, place_in_time, position, tally


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
    def graded(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class HeldSeries:
    """Grades held at each half-year's end. `ends` is the last day on which the area existed.

    `latest` is the record's last day, where that comes after the last half-year's end and the
    area is still graded; `since` is how many full reports were published in between.
    """

    lane: Lane
    grades: tuple[Grade, ...]
    periods: tuple[HeldPeriod, ...]
    ends: date | None
    latest: HeldPeriod | None = None
    since: int = 0


def half_years(first: date, last: date) -> list[date]:
    """31 March and 30 September of each year from `first` to `last`."""
    ends = [
        day
        for year in range(first.year, last.year + 1)
        for day in (date(year, 3, 31), date(year, 9, 30))
    ]
    return [day for day in ends if first <= day <= last]


def lane_ends(book: FrameworkBook, lane: Lane) -> date | None:
    """The last day of the last framework with an area in the lane; None while one is in force."""
    holding = [row for row in book.in_order if any(lane in area.lanes for area in row.areas)]
    return holding[-1].in_force_to if holding else None


def held_series(record: Record, day: date, lane: Lane, among: Among = EVERY) -> HeldSeries:
    """Grades held in a lane by existing councils at each half-year's end up to the day."""

    def made() -> HeldSeries:
        ends = lane_ends(record.book, lane)
        counted_as = counted_lanes(record.book)
        councils = [row for row in record.councils if among.has(row)]
        ids = {row.id for row in councils}
        scales: set[str] = set()
        whole = [row for row in record.full_inspections(day) if row.council_id in ids]
        seen_to = record.seen_to(day)

        def held_on(end: date) -> HeldPeriod:
            if ends and end > ends:
                return HeldPeriod(end, {}, 0, 0, is_over=True)
            held = position(councils, record.full_inspections_of, PublishedBy(end)).values()
            counted = tally(held, lambda row: counted_in_lane(row, lane.code, counted_as))
            scales.update(
                grade.scale
                for grade in record.book.grades.values()
                if grade.key in counted.by_grade
            )
            return HeldPeriod(
                end, dict(counted.by_grade), counted.not_judged, counted.not_inspected
            )

        first = min((row.publication_date for row in whole), default=day)
        periods = tuple(held_on(end) for end in half_years(first, seen_to))
        latest, since = None, 0
        if periods and periods[-1].day < seen_to and not (ends and seen_to > ends):
            latest = held_on(seen_to)
            since = sum(periods[-1].day < row.publication_date <= seen_to for row in whole)
        return HeldSeries(lane, record.book.scales(scales), periods, ends, latest, since)

    return record.remember(("held", day, lane.code, among), made)


def held_by(record: Record, council: Council, lane: Lane, days: Iterable[date]) -> list[str]:
    """The key of the grade with which a council was counted on each day, as in the series; empty
    where it was not."""
    counted_as = counted_lanes(record.book)
    found = []
    for day in days:
        held = position([council], record.full_inspections_of, PublishedBy(day)).get(council.id)
        judged = counted_in_lane(held, lane.code, counted_as)
        found.append(judged.grade.key if judged else "")
    return found


@dataclass(slots=True)
class NextOutcomes:
    """What the next inspection gave, by the grade held before it."""

    grade: Grade
    counts: Counter[str] = field(default_factory=Counter)
    not_comparable: int = 0

    @property
    def n(self) -> int:
        return sum(self.counts.values())


def next_outcomes(record: Record, day: date, lane: Lane) -> tuple[NextOutcomes, ...]:
    """For each grade of a lane: what the council's next full inspection gave, with n.

    Pairs whose judgements are not comparable are counted apart. Best grade first.
    """

    def made() -> tuple[NextOutcomes, ...]:
        found: dict[str, NextOutcomes] = {}
        for council in record.councils:
            held = sorted(record.full_inspections_of(council.id, day), key=place_in_time)
            for before, after in itertools.pairwise(held):
                old = before.in_lane(lane.code)
                if old is None:
                    continue
                new = after.in_lane(lane.code)
                change = compare(old, new, record.book.links)
                row = found.setdefault(old.grade.key, NextOutcomes(old.grade))
                if new is None or change.kind is ChangeKind.NOT_COMPARABLE:
                    row.not_comparable += 1
                else:
                    row.counts[new.grade.key] += 1
        return tuple(sorted(found.values(), key=lambda row: (row.grade.scale, row.grade.order)))

    return record.remember(("outcomes", day, lane.code), made)


def longest_since_inspection(positions: Sequence[Position], count: int) -> list[Position]:
    """The councils whose last full inspection began longest ago."""
    inspected = [(row.last_begun, row) for row in positions if row.last_begun]
    longest = sorted(inspected, key=lambda pair: pair[0])[:count]
    return [row for _, row in longest if not row.unread]


def changes_in_lane(
    record: Record, lane: Lane, of: Sequence[Inspection], *, day: date
) -> list[tuple[Inspection, Change, date | None]]:
    """For each whole-service inspection `of` these: what became of the lane, and since when.

    Compared with the council's whole-service inspection before it, of those published by the
    day. Without a grade in the lane there is nothing to say, and the inspection is left out.
    """
    found = []
    for row in of:
        held = record.full_inspections_of(row.council_id, day)
        place = held.index(row)
        before = held[place - 1] if place else None
        new = row.in_lane(lane.code)
        if new:
            change = compare(before.in_lane(lane.code) if before else None, new, record.book.links)
            found.append((row, change, before.event_date if before else None))
    return found
