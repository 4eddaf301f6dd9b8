"""How many points of a report raise a theme that the report before had raised.

The same theme is not the same fault: two reports can ask for better plans for different
reasons and of different teams.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class ReportThemes(Generic[Key]):
    """An inspection or visit with the themes of each of its points, in the points' order.

    `key` is whatever names it; a point that raises no theme is an empty set.
    """

    key: Key
    points: tuple[frozenset[str], ...]

    @property
    def themes(self) -> frozenset[str]:
        """Every theme that some point raises."""
        return frozenset().union(*self.points)


@dataclass(frozen=True, slots=True)
class Repeated:
    """How many of `points` raise a theme that a report before had raised: `repeated` of them."""

    repeated: int
    points: int

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None without a point."""
        return self.repeated / self.points if self.points else None


def repeated_points(report: ReportThemes[Any], before: ReportThemes[Any]) -> Repeated:
    """The points of a report that share at least one theme with the report before.

    A point without a theme counts as one that repeats nothing.
    """
    raised = before.themes
    return Repeated(sum(bool(themes & raised) for themes in report.points), len(report.points))


def total(parts: Iterable[Repeated]) -> Repeated:
    """Points of several reports together, each point once."""
    kept = list(parts)
    return Repeated(sum(one.repeated for one in kept), sum(one.points for one in kept))


def by_chance(pairs: Sequence[tuple[Hashable, ReportThemes[Any], ReportThemes[Any]]]) -> Repeated:
    """What would repeat by chance: each report beside the reports before of all others.

    A pair is whose the reports are, a report, and the report before. Themes that many reports
    raise repeat often in any two reports, so the share of `repeated_points` says little without
    this one beside it.
    """
    befores = [(owner, before.themes) for owner, _, before in pairs]
    owned = Counter(owner for owner, _ in befores)
    known: dict[frozenset[str], Counter[Hashable]] = {}
    repeated = points = 0
    for owner, after, _ in pairs:
        others = len(pairs) - owned[owner]
        for themes in after.points:
            if themes not in known:
                known[themes] = Counter(whose for whose, raised in befores if themes & raised)
            repeated += known[themes].total() - known[themes][owner]
            points += others
    return Repeated(repeated, points)
