"""Pictures within the rows of a table: a strip of past cases, a bar on an axis of years.

What every row shares is written once and referred to. Marks take the colour of the text around
them, so that every scheme, paper and forced colours show them. Words are escaped here.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import escape

from inspections.figure_rows import WindowRow
from inspections.rules.clock import DAYS_PER_MONTH

YEAR = 12  # months
MONTH, DOT, STEP = 4, 1.8, 4.2  # px: a month's room, a dot's radius, from dot to dot above it
HEIGHT = 30  # px
YEAR_UNITS, BAR_UNITS = 365, 10  # a year's and a row's size on the bars' own scale


def last_month(days: Iterable[int]) -> int:
    """The end of the axis that has room for all of these, a whole year."""
    return (round(max(days, default=0) / DAYS_PER_MONTH) // YEAR + 1) * YEAR


def dots(past: Counter[int], last: int) -> str:
    """What every strip of a page uses: a dot a case, stacked by whole months."""
    by_month = Counter(round(days / DAYS_PER_MONTH) for days in past.elements())
    years = "".join(f"M{year * MONTH} 0V{HEIGHT}" for year in range(YEAR, last, YEAR))
    drawn = "".join(
        f'<circle cx="{month * MONTH}" cy="{HEIGHT - 2 - place * STEP:g}" r="{DOT}"/>'
        for month, number in sorted(by_month.items())
        for place in range(number)
    )
    return _shared("past-cases", f'<path d="{years}" class="s-line"/>{drawn}')


def strip(days: int, last: int, said: str) -> str:
    """One case among the past ones: a line at its month. ``said``: the same in words."""
    month = round(days / DAYS_PER_MONTH * MONTH)
    return (
        f'<svg class="strip" viewBox="0 0 {last * MONTH} {HEIGHT}" width="{last * MONTH}" '
        f'height="{HEIGHT}" role="img" aria-label="{escape(said)}"><use href="#past-cases"/>'
        f'<path d="M{month} 0V{HEIGHT}" class="own"/></svg>'
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


@dataclass(frozen=True)
class Years:
    """An axis of whole years, as wide as its cell; ``today`` is the day that a line marks."""

    first: int
    last: int
    today: date

    @classmethod
    def of(cls, rows: Iterable[WindowRow], today: date) -> "Years":
        days = [day for row in rows for day in (row.earliest, row.latest or row.likeliest)]
        years = [day.year for day in (*days, today)]
        return cls(min(years), max(years), today)

    def place(self, day: date) -> int:
        days_before = (day - date(day.year, 1, 1)).days
        return (day.year - self.first) * YEAR_UNITS + min(days_before, YEAR_UNITS - 1)

    @property
    def length(self) -> int:
        return (self.last - self.first + 1) * YEAR_UNITS

    def heads(self) -> str:
        """The years in equal parts, as the head of a column."""
        years = "".join(f"<span>{year}</span>" for year in range(self.first, self.last + 1))
        said = '<span class="vh">The window on an axis of years</span>'
        return f'{said}<span class="years" aria-hidden="true">{years}</span>'

    def grid(self) -> str:
        """What every bar of a page uses: a line where each year begins, and the marked day."""
        years = range(self.first + 1, self.last + 1)
        lines = "".join(f"M{(year - self.first) * YEAR_UNITS} 0v{BAR_UNITS}" for year in years)
        day = f"M{self.place(self.today)} 0v{BAR_UNITS}"
        return _shared("years", f'<path d="{lines}" class="s-line"/><path d="{day}" class="day"/>')

    def bar(self, row: WindowRow, group: str) -> str:
        """A window from its first day to its last, or to the axis's end, its median marked."""
        begin = self.place(row.earliest)
        end = self.place(row.latest) if row.latest else self.length
        median = f'<path d="M{self.place(row.likeliest)} 1v8" class="own"/>'
        return (
            f'<svg class="bar is-{group}" viewBox="0 0 {self.length} {BAR_UNITS}" '
            f'preserveAspectRatio="none" aria-hidden="true"><use href="#years"/>'
            f'<rect x="{begin}" y="2" width="{max(end - begin, 1)}" height="6"/>'
            f"{'' if row.is_past else median}</svg>"
        )


def _shared(name: str, drawn: str) -> str:
    return f'<svg class="vh" aria-hidden="true"><g id="{name}">{drawn}</g></svg>'
