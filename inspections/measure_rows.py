"""Figures about children's services as frozen rows: what is measured, and each place's series.

A series is kept as it ships, one short text, and read when it is asked for: 5,000 series of ten
years each would be 45,000 objects, of which a page needs a few hundred.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from inspections.vocabulary import FigureSymbol, PeriodKind

Where = int | str
"""A council's id, or the code of a `Place`."""
CELL = re.compile(r"(?P<year>[0-9]{4}):(?:(?P<value>-?[0-9]{1,12}(?:\.[0-9]{1,3})?)|(?P<sign>.+))")
YEARS = range(1990, 2100)
SIGNS = tuple(FigureSymbol)
END_OF = {PeriodKind.SEPTEMBER: (9, 30), PeriodKind.INDEX: (12, 31)}


@dataclass(frozen=True, slots=True)
class Figure:
    """One place's figure of one year. `value` None: none was published, and `symbol` says why."""

    year: int
    value: float | None
    symbol: str = ""


def read_figures(cells: str) -> tuple[Figure, ...]:
    """The figures of a series such as `2017:31.1 2018:31.3 2019:c`, oldest first.

    Raises ValueError, with what was found and expected, for what is no such series.
    """
    found = []
    for cell in cells.split():
        match = CELL.fullmatch(cell)
        if match is None or int(match["year"]) not in YEARS:
            raise ValueError(f"found {cell!r}, expected a year and a number, as 2019:36.6")
        sign = match["sign"] or ""
        if sign and sign not in SIGNS:
            expected = f"a number or one of {', '.join(SIGNS)} after the year"
            raise ValueError(f"found {cell!r}, expected {expected}")
        value = None if match["value"] is None else float(match["value"])
        found.append(Figure(int(match["year"]), value, sign))
    years = [row.year for row in found]
    if not years or years != sorted(set(years)):
        raise ValueError(f"found the years {years}, expected each once, the oldest first")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure measures. `numerator` and `denominator` are codes of two other measures of
    which it is the ratio; it has no series of its own then. `is_comparable`: not so where it grows
    with the number of children who live there. `charted`: its place among the small multiples,
    from 1; None where it is in files and comparisons only."""

    code: str
    name: str
    short_name: str
    group: str
    unit: str
    decimals: int
    period: str
    is_comparable: bool
    definition: str
    numerator: str
    denominator: str
    charted: int | None
    order: int
    source: str
    publisher: str
    source_url: str

    @property
    def is_ratio(self) -> bool:
        return bool(self.numerator)

    @property
    def is_percent(self) -> bool:
        return self.unit.startswith("percent")

    @property
    def is_money(self) -> bool:
        return self.unit.startswith("pounds")

    @property
    def is_rank(self) -> bool:
        return self.unit.startswith("rank")

    def day_of(self, year: int) -> date:
        """The last day of a period: where it stands on an axis, and when it was over."""
        month, day = END_OF.get(PeriodKind(self.period), (3, 31))
        return date(year, month, day)

    def last_over(self, day: date) -> int:
        """The year of the last period that is over by the day, whether or not it has figures."""
        return day.year if self.day_of(day.year) <= day else day.year - 1

    @property
    def period_words(self) -> str:
        """What a year stands for: `on 31 March`."""
        return PeriodKind.label_of(self.period)

    def period_of(self, year: int) -> str:
        """`on 31 March 2025`, `in the financial year 2024-25`."""
        return f"{self.period_words} {self.year_name(year)}"

    def year_name(self, year: int) -> str:
        """A period for a table's head: `2025`, `2024-25`."""
        if self.period == PeriodKind.FINANCIAL:
            return f"{year - 1}-{year % 100:02}"
        return str(year)


@dataclass(frozen=True, slots=True)
class MeasureYear:
    """What is to be known of one year of a measure. `is_break`: its figures and those of the
    year before rest on different grounds. `out_of`: how many places were ranked."""

    is_break: bool
    out_of: int | None
    note: str
    source_text: str


@dataclass(frozen=True)
class MeasureBook:
    """Every measure in its order, and the series by measure and place."""

    measures: tuple[Measure, ...] = ()
    years: Mapping[tuple[str, int], MeasureYear] = field(default_factory=dict)
    series: Mapping[str, Mapping[Where, str]] = field(default_factory=dict)
    notes: Mapping[tuple[str, Where], str] = field(default_factory=dict)

    def measure(self, code: str) -> Measure | None:
        return next((row for row in self.measures if row.code == code), None)

    @property
    def charted(self) -> tuple[Measure, ...]:
        """Those drawn beside the inspections, in their order."""
        found = [row for row in self.measures if row.charted is not None]
        return tuple(sorted(found, key=lambda row: row.charted or 0))

    def figures(self, measure: Measure, where: Where) -> tuple[Figure, ...]:
        """A place's figures, oldest first; none where the record has no series of it."""
        if measure.is_ratio:
            return self._ratio(measure, where)
        cells = self.series.get(measure.code, {}).get(where)
        return read_figures(cells) if cells else ()

    def _ratio(self, measure: Measure, where: Where) -> tuple[Figure, ...]:
        """Year by year the one figure over the other; none where either was not published."""
        parts = self.measure(measure.numerator), self.measure(measure.denominator)
        if parts[0] is None or parts[1] is None:
            return ()
        below = {row.year: row for row in self.figures(parts[1], where)}
        return tuple(
            Figure(row.year, _over(row.value, below[row.year].value), row.symbol)
            for row in self.figures(parts[0], where)
            if row.year in below
        )

    def places(self, measure: Measure) -> tuple[Where, ...]:
        """Every place of which the record has a series."""
        code = measure.numerator if measure.is_ratio else measure.code
        return tuple(self.series.get(code, {}))

    def is_break(self, measure: Measure, year: int) -> bool:
        """Does the series begin anew with this year?"""
        found = self.years.get((measure.code, year))
        return found is not None and found.is_break

    def out_of(self, measure: Measure, year: int) -> int | None:
        found = self.years.get((measure.code, year))
        return found.out_of if found else None


def _over(value: float | None, below: float | None) -> float | None:
    return None if value is None or not below else value / below
