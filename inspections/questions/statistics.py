"""Grades held on any day, by area, region, kind of council or framework, by either clock."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from inspections.framework_rows import Grade, Lane
from inspections.questions.among import Among, region_of
from inspections.questions.published import Published, published_figures
from inspections.record import Record
from inspections.rows import Council, Inspection
from inspections.rules.lanes import counted_in_lane, counted_lanes, shown_apart
from inspections.rules.position import Reading, position

AREA, REGION, KIND, FRAMEWORK = "area", "region", "kind", "framework"
BY = (AREA, REGION, KIND, FRAMEWORK)


@dataclass(slots=True)
class CouncilGroup:
    """Councils of one row: by grade key, and those without a grade, told apart.

    `not_judged`: inspected, but not graded in this area (`combined`: judged there together
    with another area or as a part of one, which is what counts).
    """

    key: str
    by_grade: Counter[str] = field(default_factory=Counter)
    combined: int = 0
    not_judged: int = 0
    not_inspected: int = 0

    @property
    def graded(self) -> int:
        """The denominator of every share."""
        return self.by_grade.total()

    @property
    def councils(self) -> int:
        return self.graded + self.combined + self.not_judged + self.not_inspected

    def count(self, codes: frozenset[str]) -> int:
        return sum(self.by_grade[code] for code in codes)

    def share(self, codes: frozenset[str]) -> float | None:
        return self.count(codes) / self.graded if self.graded else None


@dataclass(frozen=True, slots=True)
class Statistics:
    """Grades held on a day. `grades` best first; `good` the keys of good or better.

    `released`: the days of Ofsted's releases, newest first, where they have been asked for.
    """

    by: str
    lane: Lane
    reading: Reading
    groups: tuple[CouncilGroup, ...]
    total: CouncilGroup
    grades: tuple[Grade, ...]
    good: frozenset[str]
    published: tuple[Published, ...]
    released: tuple[date, ...] = ()


def statistics(
    record: Record, *, by: str, lane: Lane, reading: Reading, among: Among
) -> Statistics:
    """Counts councils by grade.

    `by` area counts every area that a page can be switched to; the others count `lane`.
    """
    counting = Counting(record)
    held = [
        (record.council(pk), row)
        for pk, row in position(record.councils, record.full_inspections_of, reading).items()
        if among.has(record.council(pk))
    ]
    lanes = record.book.choosable_lanes if by == AREA else (lane,)
    groups: dict[str, CouncilGroup] = {}
    total = CouncilGroup("")
    for council, row in sorted(held, key=lambda pair: pair[1] is None):
        for one in lanes:
            key = one.code if by == AREA else _group_of(council, row, by, among)
            counting.add(groups.setdefault(key, CouncilGroup(key)), one.code, row)
        counting.add(total, lane.code, row)
    grades = record.book.scales({mark.scale for mark in counting.marks})
    return Statistics(
        by=by,
        lane=lane,
        reading=reading,
        groups=tuple(groups.values()) or _empty(lanes, by),
        total=total,
        grades=grades,
        good=frozenset(grade.key for grade in grades if grade.is_good_or_better),
        published=()
        if by in {KIND, FRAMEWORK}
        else published_figures(record, lane, reading, among, is_by_area=by == AREA),
    )


def _empty(lanes: Iterable[Lane], by: str) -> tuple[CouncilGroup, ...]:
    return tuple(CouncilGroup(lane.code) for lane in lanes) if by == AREA else ()


class Counting:
    """Puts councils into groups; `marks`: the grades that were counted."""

    def __init__(self, record: Record) -> None:
        self.counted_as = counted_lanes(record.book)
        self.apart = shown_apart(record.book)
        self.marks: set[Grade] = set()

    def add(self, group: CouncilGroup, lane: str, row: Inspection | None) -> None:
        if row is None:
            group.not_inspected += 1
        elif judged := counted_in_lane(row, lane, self.counted_as):
            group.by_grade[judged.grade.key] += 1
            self.marks.add(judged.grade)
        elif any((given.area.key, lane) in self.apart for given in row.judgements):
            group.combined += 1
        else:
            group.not_judged += 1


def _group_of(council: Council, row: Inspection | None, by: str, among: Among) -> str:
    if by == REGION:
        return region_of(council, among.scheme)
    if by == KIND:
        return council.kind
    return row.framework.code if row and by == FRAMEWORK else ""
