"""Figures about children's services as tables: what is measured, and one figure a line."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from dashboard.data.columns import IDS, of
from inspections.measure_rows import Figure, Measure, Where
from inspections.record import Record
from inspections.rows import Council

MEASURE = of(
    "", "measure", "measure_name", "measure_group", "measure_unit", "decimals", "period_kind",
    "is_comparable", "measure_definition", "numerator", "denominator", "measure_source",
    "publisher", "source_url",
)  # fmt: skip


class Counted(NamedTuple):
    """One figure of a council or, where there is none, of a place."""

    council: Council | None
    place: str
    measure: Measure
    row: Figure
    is_break: bool
    note: str

    @property
    def period(self) -> str:
        return self.measure.period_of(self.row.year)

    @property
    def figure(self) -> float | None:
        return shown(self.row.value, self.measure)


FIGURE = (
    *of("council", *IDS),
    *of("measure", "measure"),
    *of("", "place", "period", "figure", "is_break"),
    *of("row", "year", "symbol"),
    *of("", notes="note"),
)


def shown(value: float | None, measure: Measure, *, more: int = 0) -> float | None:
    """The value with as many decimals as are published, `more` of what is worked out from them."""
    return None if value is None else round(value, measure.decimals + more)


def counted(
    record: Record,
    day: date,
    *,
    measures: Iterable[Measure] | None = None,
    wheres: frozenset[Where] | None = None,
) -> Iterator[Counted]:
    """The figures of periods that were over by the day; all, or of some measures or places."""
    book = record.measures
    for measure in book.measures if measures is None else measures:
        for where in sorted(book.places(measure), key=_councils_first):
            if wheres is not None and where not in wheres:
                continue
            council = record.council_by_id.get(where) if isinstance(where, int) else None
            place = where if isinstance(where, str) else ""
            note = book.notes.get((measure.code, where), "")
            for row in book.figures(measure, where) if council or place else ():
                if measure.day_of(row.year) <= day:
                    is_break = book.is_break(measure, row.year)
                    yield Counted(council, place, measure, row, is_break, note)


def _councils_first(where: Where) -> tuple[bool, Where]:
    return isinstance(where, str), where
