"""Where a figure stands among others: percentiles, the band of neighbours, above or below it.

The band is the 10th to the 90th percentile, with straight lines between the ordered values (what
spreadsheets call PERCENTILE.INC). It describes; it is no target, and neither end is the better.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9
LEAST = 5
"""Figures that a band needs: the ends of one made of fewer are single councils."""


class BandStanding(StrEnum):
    """Where a figure stands; UNKNOWN where it or the band is not there."""

    ABOVE = "above"
    BELOW = "below"
    WITHIN = "within"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Band:
    """10th percentile, median and 90th percentile of `n` figures."""

    low: float
    middle: float
    high: float
    n: int


def percentile(ordered: Sequence[float], share: float) -> float:
    """The value below which the share (0 to 1) of the ordered values lies; one at least."""
    place = (len(ordered) - 1) * share
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def band(
    values: Iterable[float | None], *, least: int = LEAST, decimals: int | None = None
) -> Band | None:
    """The band of the figures that there are; None with fewer than `least`. `decimals`: its ends
    are no finer than the figures are published, so that one that is told as an end is within."""
    ordered = sorted(value for value in values if value is not None)
    if len(ordered) < max(least, 1):
        return None
    low, middle, high = (percentile(ordered, share) for share in (LOW, MIDDLE, HIGH))
    if decimals is not None:
        low, middle, high = (round(value, decimals) for value in (low, middle, high))
    return Band(low, middle, high, len(ordered))


def standing(value: float | None, among: Band | None) -> BandStanding:
    """Outside the band or within it; an end of the band is within."""
    if value is None or among is None:
        return BandStanding.UNKNOWN
    if value > among.high:
        return BandStanding.ABOVE
    return BandStanding.BELOW if value < among.low else BandStanding.WITHIN
