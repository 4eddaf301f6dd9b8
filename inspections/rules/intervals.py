"""How long it took from one full inspection to the next: plain, measured, no model."""

from collections.abc import Sequence
from dataclasses import dataclass

DAYS_PER_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class Spread:
    """Months between inspections: the middle 80 per cent, the median, and how many cases."""

    n: int
    lower_months: float
    median_months: float
    upper_months: float


def percentile(ordered: Sequence[float], share: float) -> float:
    """The value below which the share (0–1) of the ordered values lies, interpolated.

    Raises ValueError without values.
    """
    if not ordered:
        raise ValueError("no values: found none, expected at least one")
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def spread(days: Sequence[int]) -> Spread | None:
    """The spread of intervals given in days; None without any."""
    if not days:
        return None
    months = sorted(value / DAYS_PER_MONTH for value in days)
    return Spread(
        n=len(months),
        lower_months=percentile(months, 0.1),
        median_months=percentile(months, 0.5),
        upper_months=percentile(months, 0.9),
    )
