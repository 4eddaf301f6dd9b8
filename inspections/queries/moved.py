"""What became of councils between two days: the rows and sums of the question of changes."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inspections.queries.held import HeldRow
from inspections.rows import GradeMark, LaneRow
from inspections.rules.comparison import Change


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


COMPARED = frozenset({Direction.UP, Direction.DOWN, Direction.SAME})
NEW = frozenset(Direction) - {Direction.NOT_AGAIN, Direction.NOT_INSPECTED}


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
    from. Both by grade key. `total`: how many councils are wanted.
    """

    lane: LaneRow
    earlier: date
    later: date
    directions: Counter[Direction]
    matrix: Counter[tuple[str, str]]
    not_comparable: Counter[str]
    grades: tuple[GradeMark, ...]
    rows: tuple[Moved, ...]
    total: int

    @property
    def councils(self) -> int:
        return self.directions.total()

    @property
    def inspected_again(self) -> int:
        return sum(self.directions[direction] for direction in NEW)


def _key(row: HeldRow | None) -> str:
    return row.grade.key if row and row.grade else ""
