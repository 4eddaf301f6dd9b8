"""What changed between two days, council by council, in one area?"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from inspections.framework_rows import Grade, Lane
from inspections.questions.among import EVERY, Among
from inspections.record import Record
from inspections.rows import Council, Inspection, Judgement
from inspections.rules.comparison import Change, ChangeKind, compare
from inspections.rules.lanes import standing_areas, standing_in
from inspections.rules.position import PublishedBy, in_force


class Direction(StrEnum):
    """What became of a council's grade between the days; the kinds of change and two more."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    FIRST = "first"
    NOT_COMPARABLE = "not_comparable"
    NOT_AGAIN = "not_again"
    """No full inspection was published in between."""
    NOT_INSPECTED = "not_inspected"
    """Not inspected by the later day at all."""


MOVED = frozenset({Direction.UP, Direction.DOWN})
COMPARED = MOVED | {Direction.SAME}
NEW = frozenset(Direction) - {Direction.NOT_AGAIN, Direction.NOT_INSPECTED}

NEWEST, NAME, BY_CHANGE = ORDERS = ("newest", "name", "change")
"""`newest`: what went up or down before the rest, each by the day its report was published."""


@dataclass(frozen=True, slots=True)
class Held:
    """A council's inspection in force and its judgement in the area; None: not judged there."""

    inspection: Inspection
    judgement: Judgement | None

    @property
    def grade(self) -> Grade | None:
        return self.judgement.grade if self.judgement else None


@dataclass(frozen=True, slots=True)
class Moved:
    """One council between two days. `change` None where nothing was published in between."""

    council: Council
    earlier: Held | None
    later: Held | None
    direction: Direction
    change: Change | None

    @property
    def has_moved(self) -> bool:
        return self.direction in MOVED

    @property
    def published(self) -> date:
        """When the report was published with what the council holds on the later day."""
        return self.later.inspection.publication_date if self.later else date.min

    @property
    def cell(self) -> tuple[str, str]:
        """The keys of the grades from and to, empty where there is none."""
        return (_key(self.earlier), _key(self.later))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which councils are listed: by direction, number of grades, grades from and to (keys).

    Without a direction those without a new inspection are left out; a pair of grades means
    those that were compared, as in the matrix.
    """

    direction: str = ""
    steps: int = 0
    was: str = ""
    now: str = ""

    def fits(self, row: Moved) -> bool:
        is_wanted = row.direction == self.direction if self.direction else row.direction in NEW
        if self.steps:
            is_wanted &= bool(row.change and abs(row.change.steps or 0) == self.steps)
        if self.was:
            is_wanted &= row.cell[0] == self.was
        if self.now:
            is_wanted &= row.cell[1] == self.now
        return is_wanted and not (self.was and self.now and row.direction not in COMPARED)


ANY = Wanted()


@dataclass(frozen=True, slots=True)
class Changes:
    """The sums over every council asked about, and the wanted ones, some or all of them.

    `matrix`: councils by grade from and to, of those compared; `not_comparable` by the grade
    from. Both by grade key. `total`: how many councils are wanted. `newest`: who of every council
    asked about went up or down, newest report first. `reason`: why some were
    not compared, where it is one for all.
    """

    lane: Lane
    earlier: date
    later: date
    directions: Mapping[Direction, int]
    matrix: Mapping[tuple[str, str], int]
    not_comparable: Mapping[str, int]
    grades: tuple[Grade, ...]
    rows: tuple[Moved, ...]
    total: int
    newest: tuple[Moved, ...]
    reason: str

    @property
    def councils(self) -> int:
        return sum(self.directions.values())

    @property
    def inspected_again(self) -> int:
        return sum(self.directions[direction] for direction in NEW)


def changes(
    record: Record,
    *,
    lane: Lane,
    earlier: date,
    later: date,
    among: Among,
    wanted: Wanted = ANY,
    order: str = NAME,
    first: int = 0,
    most: int | None = None,
) -> Changes:
    """Compares what councils of the later day held on two days, by what had been published.

    A council that did not exist on the earlier day has nothing there: a successor inherits no
    grade. `most` are listed in their order, from `first` on.
    """
    moved = every_council(record, lane, earlier, later)
    if among != EVERY:
        moved = [row for row in moved if among.has(row.council)]
    listed = [row for row in moved if wanted.fits(row)]
    if order == BY_CHANGE:
        listed.sort(key=lambda row: list(Direction).index(row.direction))
    elif order == NEWEST:
        listed = newest_first(listed)
    last = None if most is None else first + most
    return _summed(record, lane, earlier, later, moved, listed[first:last], len(listed))


def every_council(record: Record, lane: Lane, earlier: date, later: date) -> list[Moved]:
    """Every council of the later day by name, also those without a new inspection."""
    areas = standing_areas(record.book, lane)

    def held(council: Council, day: date) -> Held | None:
        if not council.existed_on(day):
            return None
        found = in_force(record.full_inspections_of(council.id), PublishedBy(day))
        return Held(found, standing_in(found, areas)) if found else None

    return record.remember(
        ("changes", lane.code, earlier, later),
        lambda: [
            _compared(record, row, held(row, earlier), held(row, later))
            for row in record.councils_on(later)
        ],
    )


@dataclass(frozen=True, slots=True)
class MovedAnywhere:
    """One council between two days in every area; the same inspections stand behind each."""

    council: Council
    moves: Mapping[Lane, Moved]

    @property
    def directions(self) -> frozenset[Direction]:
        """Up and down where an area went so; else the same where one stayed; else why not."""
        found = {row.direction for row in self.moves.values()}
        told = found & {Direction.UP, Direction.DOWN} or found & {Direction.SAME}
        return frozenset(told or found)

    @property
    def any(self) -> Moved:
        return next(iter(self.moves.values()))

    @property
    def has_moved(self) -> bool:
        return bool(MOVED & self.directions)

    @property
    def published(self) -> date:
        return self.any.published


Row = TypeVar("Row", Moved, MovedAnywhere)


def newest_first(rows: Iterable[Row]) -> list[Row]:
    """Those that went up or down, then the rest; newest report first, by name on one day."""
    rows = sorted(rows, key=lambda row: row.published, reverse=True)
    return sorted(rows, key=lambda row: not row.has_moved)


def in_any_area(
    record: Record, *, lanes: Sequence[Lane], earlier: date, later: date, among: Among
) -> list[MovedAnywhere]:
    """Every council asked about, by name, with what became of each of these areas."""
    by_lane = [every_council(record, lane, earlier, later) for lane in lanes]
    return [
        MovedAnywhere(rows[0].council, dict(zip(lanes, rows, strict=True)))
        for rows in zip(*by_lane, strict=True)
        if among.has(rows[0].council)
    ]


def _compared(record: Record, council: Council, old: Held | None, new: Held | None) -> Moved:
    if new is None:
        return Moved(council, old, None, Direction.NOT_INSPECTED, None)
    if old is not None and old.inspection.id == new.inspection.id:
        return Moved(council, old, new, Direction.NOT_AGAIN, None)
    before = old.judgement if old else None
    if new.judgement is None and before is None:
        change = Change(ChangeKind.NOT_COMPARABLE, None, "not judged in either inspection")
    else:
        change = compare(before, new.judgement, record.book.links)
    return Moved(council, old, new, Direction(change.kind.value), change)


def _summed(
    record: Record,
    lane: Lane,
    earlier: date,
    later: date,
    moved: Sequence[Moved],
    rows: Iterable[Moved],
    total: int,
) -> Changes:
    directions: Counter[Direction] = Counter()
    matrix: Counter[tuple[str, str]] = Counter()
    not_comparable: Counter[str] = Counter()
    scales: set[str] = set()
    reasons: set[str] = set()
    for row in moved:
        directions[row.direction] += 1
        if row.direction in COMPARED:
            matrix[row.cell] += 1
            scales |= {held.grade.scale for held in (row.earlier, row.later) if held and held.grade}
        elif row.direction is Direction.NOT_COMPARABLE:
            reasons.add(row.change.reason if row.change else "")
            if row.cell[0]:
                not_comparable[row.cell[0]] += 1
    return Changes(
        lane, earlier, later, directions, matrix, not_comparable, record.book.scales(scales),
        tuple(rows), total, tuple(newest_first(row for row in moved if row.has_moved)),
        reasons.pop() if len(reasons) == 1 else "",
    )  # fmt: skip


def _key(row: Held | None) -> str:
    return row.grade.key if row and row.grade else ""
