"""Which councils stood where this one stands, and rose at their next full inspection?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

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
    second a grade that can be compared with it), those that rose, newest first. Not among them:
    `not_comparable` pairs, and the `waiting` councils that hold the grade and have not been
    inspected again by the day. The council asked about is left out; another may have several
    waits."""

    lane: Lane
    grade: Grade
    waits: int
    not_comparable: int
    waiting: int
    rises: tuple[Rise, ...]


Followed = tuple[int, ChangeKind | None, Rise | None]
"""A council's id, what became of the grade (None: nothing yet), and both grades where there are."""


def risen(record: Record, council: Council, lane: Lane, grade: Grade, day: date) -> Risen:
    """What other councils did next from the same grade in the same lane, as public by the day."""
    key = ("followed", lane.code, grade.key, day)
    found = record.remember(key, lambda: tuple(_followed(record, lane, grade, day)))
    others = [(kind, row) for pk, kind, row in found if pk != council.id]
    kinds = [kind for kind, _ in others]
    not_comparable, waiting = kinds.count(ChangeKind.NOT_COMPARABLE), kinds.count(None)
    rises = [row for kind, row in others if row and kind is ChangeKind.UP]
    rises.sort(key=lambda row: row.after.publication_date, reverse=True)
    waits = len(kinds) - not_comparable - waiting
    return Risen(lane, grade, waits, not_comparable, waiting, tuple(rises))


def _followed(record: Record, lane: Lane, grade: Grade, day: date) -> Iterator[Followed]:
    """Each judgement of the grade in the lane with the next full inspection."""
    # A graded part speaks for its lane; a judgement of several lanes for the first.
    standing = standing_areas(record.book, lane)
    areas = frozenset(
        area.key
        for area in record.book.areas.values()
        if area.key in standing and area.lanes[0] == lane
    )
    for council in record.councils:
        reports = record.full_inspections_of(council.id, day)
        for before, after in zip_longest(reports, reports[1:]):
            held = standing_in(before, areas)
            if held is None or held.grade.key != grade.key:
                continue
            if after is None:
                if not council.closed_by(day):
                    yield council.id, None, None
                continue
            given = standing_in(after, areas)
            if given is None:
                yield council.id, ChangeKind.NOT_COMPARABLE, None
                continue
            change = compare(held, given, record.book.links).kind
            yield council.id, change, Rise(council, before, after, held.grade, given.grade)
