"""A strip of dots: how many months past cases took, and where one stands among them.

Small enough for a cell of a table: the dots are written once, each strip refers to them. Marks
take the colour of the text around them, so that every scheme and forced colours show them.
"""

from collections import Counter
from collections.abc import Iterable
from html import escape

from inspections.rules.clock import DAYS_PER_MONTH

YEAR = 12  # months
MONTH, DOT, STEP = 3, 1.4, 3.6  # px: a month's room, a dot's radius, from dot to dot above it
HEIGHT = 26  # px


def last_month(days: Iterable[int]) -> int:
    """The end of the axis that has room for all of these, a whole year."""
    return (round(max(days, default=0) / DAYS_PER_MONTH) // YEAR + 1) * YEAR


def dots(past: Counter[int], last: int) -> str:
    """The symbol that every strip of a page uses: a dot a case, stacked by whole months."""
    by_month = Counter(round(days / DAYS_PER_MONTH) for days in past.elements())
    years = "".join(
        f'<path d="M{year * MONTH} 0V{HEIGHT}" class="s-line"/>' for year in range(YEAR, last, YEAR)
    )
    drawn = "".join(
        f'<circle cx="{month * MONTH}" cy="{HEIGHT - 2 - place * STEP:g}" r="{DOT}"/>'
        for month, number in sorted(by_month.items())
        for place in range(number)
    )
    return (
        f'<svg class="vh" aria-hidden="true"><symbol id="past-cases" viewBox="{_box(last)}">'
        f'{years}<g fill="currentColor">{drawn}</g></symbol></svg>'
    )


def strip(days: int, last: int, said: str) -> str:
    """One case among the past ones: a line at its month. ``said``: the same in words."""
    month = days / DAYS_PER_MONTH * MONTH
    return (
        f'<svg class="strip" viewBox="{_box(last)}" width="{last * MONTH}" height="{HEIGHT}" '
        f'role="img" aria-label="{escape(said)}"><use href="#past-cases"/>'
        f'<path d="M{month:.0f} 0V{HEIGHT}" stroke="currentColor" stroke-width="3"/></svg>'
    )


def axis(last: int) -> str:
    """The years above the strips."""
    marks = "".join(
        f'<text x="{year * MONTH}" y="12" text-anchor="middle">{year // YEAR}</text>'
        for year in range(YEAR, last, YEAR)
    )
    return (
        f'<svg class="strip" viewBox="0 0 {last * MONTH} 16" width="{last * MONTH}" height="16" '
        f'aria-hidden="true">{marks}</svg>'
    )


def _box(last: int) -> str:
    return f"0 0 {last * MONTH} {HEIGHT}"
