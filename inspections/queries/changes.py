"""What changed between two days, council by council, in one area?"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inspections.queries.held import Among, HeldRow, existing, held_in_lane
from inspections.rows import AreaRow, Clock, FrameworkBook, GradeMark, JudgementRow, LaneRow
from inspections.rules.comparison import Change, ChangeKind, compare
from inspections.rules.position import PublishedBy

NOT_AGAIN = "not_again"


class Direction(StrEnum):
    """What became of a council's grade between the days; the kinds of change and one more."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    FIRST = "first"
    NOT_COMPARABLE = "not_comparable"
    NOT_AGAIN = NOT_AGAIN
    """No full inspection was published in between."""
    NOT_INSPECTED = "not_inspected"
    """Not inspected by the later day at all."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One council between two days. `change` None where nothing was published in between."""

    council_id: int
    earlier: HeldRow | None
    later: HeldRow | None
    direction: Direction
    change: Change | None

    @property
    def cell(self) -> tuple[str, str]:
        """The keys of the grades from and to, empty where there is none."""
        return (_key(self.earlier), _key(self.later))


@dataclass(frozen=True, slots=True)
class Changes:
    """Every council asked about, and the sums over all of them."""

    lane: LaneRow
    earlier: date
    later: date
    moved: tuple[Moved, ...]
    directions: Counter[Direction]
    matrix: Counter[tuple[str, str]]
    grades: tuple[GradeMark, ...]

    @property
    def inspected_again(self) -> int:
        return len(self.moved) - self.directions[Direction.NOT_AGAIN] - self.not_inspected

    @property
    def not_inspected(self) -> int:
        return self.directions[Direction.NOT_INSPECTED]


def changes(
    book: FrameworkBook, clock: Clock, *, lane: LaneRow, earlier: date, later: date, among: Among
) -> Changes:
    """Compares what councils of the later day held on two days, in three queries.

    By what had been published by each day. A council that did not exist on the earlier day
    has nothing there: a successor inherits no grade.
    """
    before = held_in_lane(book, clock, lane, PublishedBy(earlier), among)
    after = held_in_lane(book, clock, lane, PublishedBy(later), among)
    compared: dict[
        tuple[AreaRow | None, GradeMark | None, AreaRow | None, GradeMark | None], Change
    ]
    compared = {}
    moved = []
    for council_id in existing(later, among).order_by("short_name").values_list("pk", flat=True):
        old, new = before.get(council_id), after.get(council_id)
        moved.append(_moved(council_id, old, new, book, compared))
    rows = tuple(moved)
    return Changes(
        lane=lane,
        earlier=earlier,
        later=later,
        moved=rows,
        directions=Counter(row.direction for row in rows),
        matrix=Counter(row.cell for row in rows if row.direction in COMPARED),
        grades=_grades(book, rows),
    )


COMPARED = frozenset({Direction.UP, Direction.DOWN, Direction.SAME})


def _moved(
    council_id: int,
    old: HeldRow | None,
    new: HeldRow | None,
    book: FrameworkBook,
    compared: dict,
) -> Moved:
    if new is None:
        return Moved(council_id, old, None, Direction.NOT_INSPECTED, None)
    if old is not None and old.inspection_id == new.inspection_id:
        return Moved(council_id, old, new, Direction.NOT_AGAIN, None)
    if new.area is None and (old is None or old.area is None):
        change = Change(ChangeKind.NOT_COMPARABLE, None, "not judged in either inspection")
        return Moved(council_id, old, new, Direction.NOT_COMPARABLE, change)
    key = (old and old.area, old and old.grade, new.area, new.grade)
    if key not in compared:
        compared[key] = compare(_judged(old), _judged(new), book.links)
    change = compared[key]
    return Moved(council_id, old, new, Direction(change.kind.value), change)


def _judged(row: HeldRow | None):
    if row is None or row.area is None or row.grade is None:
        return None
    return JudgementRow(row.area, row.grade).judged


def _key(row: HeldRow | None) -> str:
    return row.grade.key if row and row.grade else ""


def _grades(book: FrameworkBook, rows: Iterable[Moved]) -> tuple[GradeMark, ...]:
    """Every grade of the scales that occur in a comparison, best first."""
    scales = {
        held.grade.scale
        for row in rows
        if row.direction in COMPARED
        for held in (row.earlier, row.later)
        if held and held.grade
    }
    return book.scales(scales)
