"""How well the words do: `measured.csv` beside this file, written by `python -m tools.themes`.

Points were labelled by hand. Words were chosen on the first set; the other is held out, and is
told twice more: by the sure words alone, and with a person who decides what the words leave open.
A row is one theme in one set: how many of its points a person gave the theme, the words proposed
it for, and both did.
"""

import csv
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_name("measured.csv")
HEADER: Final = ("set", "points", "theme", "labelled", "proposed", "right")
PRECISION_GOAL: Final = 0.90
RECALL_GOAL: Final = 0.85


def interval(part: int, whole: int) -> tuple[float, float] | None:
    """Between which two shares (0-1) the true one lies, 95 times of 100 (Wilson); None of none."""
    if not whole:
        return None
    z, share = 1.96, part / whole
    middle = share + z * z / (2 * whole)
    reach = z * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    width = 1 + z * z / whole
    return max(0.0, (middle - reach) / width), min(1.0, (middle + reach) / width)


@dataclass(frozen=True, slots=True)
class ThemeTally:
    """How proposals of one theme, or of all, compare with a person's labels, in points."""

    right: int
    proposed: int
    labelled: int

    @property
    def precision(self) -> float | None:
        """Share (0-1) of proposals that a person gave too; None without a proposal."""
        return self.right / self.proposed if self.proposed else None

    @property
    def recall(self) -> float | None:
        """Share (0-1) of a person's labels that were proposed; None without a label."""
        return self.right / self.labelled if self.labelled else None

    @property
    def misses_goal(self) -> bool:
        """Whether precision or recall, where it is known, lies below the goal."""
        precision, recall = self.precision, self.recall
        return (precision is not None and precision < PRECISION_GOAL) or (
            recall is not None and recall < RECALL_GOAL
        )


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """One set of labelled points, or all of them: how many, and the tally of each theme's code."""

    points: int
    themes: dict[str, ThemeTally]

    @property
    def every(self) -> ThemeTally:
        return sum_of(self.themes.values())

    @property
    def reached(self) -> int:
        """Of how many themes the goal is not missed."""
        return sum(not tally.misses_goal for tally in self.themes.values())


def sum_of(tallies: Iterable[ThemeTally]) -> ThemeTally:
    """All together: every pair of a point and a theme counts once."""
    kept = list(tallies)
    return ThemeTally(
        sum(one.right for one in kept),
        sum(one.proposed for one in kept),
        sum(one.labelled for one in kept),
    )


@cache
def measured() -> dict[str, LabelledSet]:
    """The name of each set, in the order of the file → what was measured on it."""
    points: dict[str, int] = {}
    themes: dict[str, dict[str, ThemeTally]] = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            points[row["set"]] = int(row["points"])
            tally = ThemeTally(int(row["right"]), int(row["proposed"]), int(row["labelled"]))
            themes.setdefault(row["set"], {})[row["theme"]] = tally
    return {name: LabelledSet(points[name], themes[name]) for name in points}
