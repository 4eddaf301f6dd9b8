"""Figures of councils side by side, each beside its neighbours' band and that of all councils."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dashboard.council.context import MeasureLine
from dashboard.data.columns import IDS, of
from dashboard.data.document import Table
from dashboard.england import spreads as spread
from dashboard.state.opening import Opening
from dashboard.words.beside import band_words, figure_words
from inspections.measure_rows import Measure
from inspections.questions.context import Spread, context, spreads
from inspections.rows import Council
from inspections.vocabulary import MeasureGroup


class BesideLine(NamedTuple):
    """One period of one measure of one council, and how all councils' figures are spread."""

    own: MeasureLine
    all: spread.SpreadLine


BESIDE = (
    *of("own.council", *IDS),
    *of("own.measure", "measure", "measure_name", "measure_unit"),
    *of("own.beside", "year"),
    *of("own", "period", "figure"),
    *of("own.beside", "symbol"),
    *of("own", "neighbours_10th", "neighbours_90th"),
    *of("own.beside", neighbours="band.n"),
    *of("all", "councils_measured", "percentile_10", "median_figure", "percentile_90",
        "england_figure"),
    *of("own.beside", "is_break", stands="standing"),
    *of("own.measure", "measure_definition", "measure_source", "publisher", "source_url"),
)  # fmt: skip


def lines(
    start: Opening, councils: Sequence[Council], measures: Iterable[Measure]
) -> Iterator[BesideLine]:
    """Measure by measure, council by council, each period of which any council has a figure."""
    for measure in measures:
        years = {row.year: row for row in spreads(start.record, measure, start.day)}
        for council in councils:
            for row in context(start.record, council, start.day, [measure.code]):
                for one in row.periods:
                    if one.year in years:
                        yield BesideLine(
                            MeasureLine(council, measure, one), spread.SpreadLine(years[one.year])
                        )


def figures_tables(start: Opening, councils: Sequence[Council]) -> tuple[Table, ...]:
    """The same for the files of the chart side by side."""
    rows = tuple(lines(start, councils, start.record.measures.measures))
    return (Table("figures", BESIDE, rows),)


class Cell(NamedTuple):
    """A council's figure of a period in words; `band`: its neighbours', empty without."""

    name: str
    figure: str
    band: str
    n: int


class FigureRow(NamedTuple):
    """The newest period of one measure: each council's figure, and the spread over all."""

    measure: Measure
    period: str
    cells: tuple[Cell, ...]
    spread: str
    middle: str
    n: int
    england: str
    href: str


def by_group(start: Opening, councils: Sequence[Council]) -> list[tuple[str, list[FigureRow]]]:
    """The charted measures, group by group; none without a council."""
    if not councils:
        return []
    rows = [row for one in start.record.measures.charted if (row := _row(start, councils, one))]
    groups = [(group.label, [row for row in rows if row.measure.group == group])
              for group in MeasureGroup]  # fmt: skip
    return [(label, found) for label, found in groups if found]


def _row(start: Opening, councils: Sequence[Council], measure: Measure) -> FigureRow | None:
    found = spreads(start.record, measure, start.day)
    if not found:
        return None
    latest = found[-1]
    state = spread.SpreadsState(
        as_at=start.state.as_at, known=start.state.known, measures=(measure.code,)
    )
    return FigureRow(
        measure,
        measure.period_of(latest.year),
        tuple(_cell(start, council, latest) for council in councils),
        band_words(latest, measure),
        spread.middle_words(latest),
        len(latest.figures),
        spread.england_words(latest),
        state.url("/england/figures/"),
    )


def _cell(start: Opening, council: Council, latest: Spread) -> Cell:
    """The council's figure of the period; that none is on record where it has no series."""
    measure, name = latest.measure, council.short_name
    measured = context(start.record, council, start.day, [measure.code])
    for one in measured[0].periods if measured else ():
        if one.year == latest.year:
            said = figure_words(one.value, one.symbol, measure)
            return Cell(name, said, band_words(one, measure), one.band.n if one.band else 0)
    return Cell(name, figure_words(None, "", measure), "", 0)
