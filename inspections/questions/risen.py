"""Which councils stood where this one stands, and rose at their next full inspection?"""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from inspections.framework_rows import Grade, Lane
from inspections.record import Record
from inspections.rows import Council, Inspection
from inspections.rules.comparison import ChangeKind, compare
from inspections.rules.lanes import standing_areas, standing_in


@dataclass(frozen=True, slots=True)
class Rise:
    """A council that held `before_grade` in the lane, and the grade that its next full inspection
    gave there."""

    council: Council
    before: Inspection
    after: Inspection
    before_grade: Grade
    grade: Grade

    @property
    def days(self) -> int:
        """From the publication of the one report to that of the other."""
        return (self.after.publication_date - self.before.publication_date).days


@dataclass(frozen=True, slots=True)
class Risen:
    """Of `waits` (pairs of full inspections of which the first gave `grade` in the lane and the
    second a grade that can be compared with it), those that rose, newest first. The council asked
    about is left out; another may have several waits."""

    lane: Lane
    grade: Grade
    waits: int
    rises: tuple[Rise, ...]


def risen(record: Record, council: Council, lane: Lane, grade: Grade, day: date) -> Risen:
    """What other councils did next from the same grade in the same lane, as public by the day."""
    key = ("followed", lane.code, grade.key, day)
    pairs = record.remember(key, lambda: _followed(record, lane, grade, day))
    others = [(kind, row) for kind, row in pairs if row.council.id != council.id]
    waits = sum(kind is not ChangeKind.NOT_COMPARABLE for kind, _ in others)
    return Risen(lane, grade, waits, tuple(row for kind, row in others if kind is ChangeKind.UP))


def _followed(
    record: Record, lane: Lane, grade: Grade, day: date
) -> tuple[tuple[ChangeKind, Rise], ...]:
    """Each judgement of the grade in the lane with the next one there, newest first."""
    found = []
    # A graded part speaks for its lane; a judgement of several lanes for the first.
    standing = standing_areas(record.book, lane)
    areas = frozenset(
        area.key
        for area in record.book.areas.values()
        if area.key in standing and area.lanes[0] == lane
    )
    for council in record.councils:
        for before, after in pairwise(record.full_inspections_of(council.id, day)):
            held, given = standing_in(before, areas), standing_in(after, areas)
            if held is None or given is None or held.grade.key != grade.key:
                continue
            change = compare(held, given, record.book.links).kind
            found.append((change, Rise(council, before, after, held.grade, given.grade)))
    found.sort(key=lambda pair: pair[1].after.publication_date, reverse=True)
    return tuple(found)
