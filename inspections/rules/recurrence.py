"""What was raised before, and what was raised again: themes over a council's reports in order.

The same theme is not the same fault: two reports can ask for better plans for different
reasons and of different teams. That a theme is not raised since does not mean that it was put
right: a later report may have looked at something else, above all a visit, which looks at one
service. These rules say only which reports raised a theme, and in which order.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Report(Generic[Key]):
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
class Recurrence(Generic[Key]):
    """One theme of one report: which earlier and later reports raised it, oldest first.

    `has_later_report`: whether any report came after, so that silence since could be noticed.
    """

    theme: str
    earlier: tuple[Key, ...]
    later: tuple[Key, ...]
    has_later_report: bool

    @property
    def is_raised_before(self) -> bool:
        return bool(self.earlier)

    @property
    def is_raised_again(self) -> bool:
        return bool(self.later)

    @property
    def is_not_raised_since(self) -> bool:
        """Reports came after and none raised the theme; not that it was put right."""
        return self.has_later_report and not self.later


def recurrences(reports: Sequence[Report[Key]]) -> dict[Key, dict[str, Recurrence[Key]]]:
    """Recurrence by theme, by report, for a council's reports given oldest first.

    Every theme that a report raises is there and no other. Leave out reports whose points are
    not at hand: they would count as silent. ValueError where a key is given twice.
    """
    keys = [report.key for report in reports]
    if len(set(keys)) < len(keys):
        raise ValueError(f"reports: found a key twice in {keys}, expected each once")
    return {
        report.key: {
            theme: Recurrence(
                theme,
                tuple(other.key for other in reports[:place] if theme in other.themes),
                tuple(other.key for other in reports[place + 1 :] if theme in other.themes),
                has_later_report=place + 1 < len(reports),
            )
            for theme in sorted(report.themes)
        }
        for place, report in enumerate(reports)
    }


@dataclass(frozen=True, slots=True)
class Repeated:
    """How many of `points` raise a theme that a report before had raised: `repeated` of them."""

    repeated: int
    points: int

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None without a point."""
        return self.repeated / self.points if self.points else None


def repeated_points(report: Report[Any], before: Report[Any]) -> Repeated:
    """The points of a report that share at least one theme with the report before.

    A point without a theme counts as one that repeats nothing.
    """
    raised = before.themes
    return Repeated(sum(bool(themes & raised) for themes in report.points), len(report.points))


def total(parts: Iterable[Repeated]) -> Repeated:
    """Points of several reports together, each point once."""
    kept = list(parts)
    return Repeated(sum(one.repeated for one in kept), sum(one.points for one in kept))
