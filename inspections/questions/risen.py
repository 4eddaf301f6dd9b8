"""Which councils stood where this one stands, and rose at their next full inspection?"""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from inspections.framework_rows import Grade, Lane
from inspections.record import Record
from inspections.rows import Council, Inspection
from inspections.rules.comparison import ChangeKind, compare
from inspections.rules.lanes import counted_in_lane, counted_lanes


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
    second judged it), those that rose, newest first. The council asked about is left out."""

    lane: Lane
    grade: Grade
    waits: int
    rises: tuple[Rise, ...]


def risen(record: Record, council: Council, lane: Lane, grade: Grade, day: date) -> Risen:
    """What other councils did next from the same grade in the same lane, as public by the day."""
    waits, rises, counted_as = 0, [], counted_lanes(record.book)
    for other in record.councils:
        if other.id == council.id:
            continue
        for before, after in pairwise(record.full_inspections_of(other.id, day)):
            held = counted_in_lane(before, lane.code, counted_as)
            given = counted_in_lane(after, lane.code, counted_as)
            if held is None or given is None or held.grade.key != grade.key:
                continue
            waits += 1
            if compare(held, given, record.book.links).kind is ChangeKind.UP:
                rises.append(Rise(other, before, after, held.grade, given.grade))
    rises.sort(key=lambda row: row.after.publication_date, reverse=True)
    return Risen(lane, grade, waits, tuple(rises))
