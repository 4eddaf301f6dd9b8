"""How figures are spread over the councils of England, year by year: chart, table and file.

A distribution and no league table: the 10th percentile, the median and the 90th, with how many
councils have a figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from dashboard import words
from dashboard.charted.entry import Entry, in_sheets
from dashboard.charted.kind import Answer, ChartKind, Shown
from dashboard.charts import multiples as drawing
from dashboard.data.columns import of
from dashboard.data.document import STATISTICS, Table
from dashboard.data.figures import shown
from dashboard.data.html import PageTable
from dashboard.state import lists
from dashboard.state.address import (
    KIND,
    MEASURE,
    REGION,
    ViewState,
    listed,
    param,
    read_council,
    read_year,
    to_slug,
)
from dashboard.state.controls import Field
from dashboard.state.opening import Opening
from dashboard.words.beside import band_words
from inspections.diff import MEASURES
from inspections.figure_rows import Multiples, Panel, PanelPoint
from inspections.measure_rows import Measure
from inspections.questions.context import Spread, spreads
from inspections.rows import Council
from inspections.vocabulary import MeasureGroup

SAID_FIRST = 4  # measures named in the sentence
LONGEST_NAME = 35  # letters above a panel


@dataclass(frozen=True, kw_only=True)
class SpreadsState(ViewState):
    """Figures of all councils, or of those of a region or kind; `council`: whose stand beside."""

    measures: tuple[str, ...] = param(listed(MEASURE, most=40), default=(), longest=1000)
    start: int | None = param(read_year, name="from")
    region: str | None = param(REGION, write=to_slug)
    kind: str | None = param(KIND, write=to_slug)
    council: str | None = param(read_council)


@dataclass(frozen=True)
class SpreadRows:
    """The periods of each measure, oldest first, at least one each. `among`: which councils, in
    words, for the end of a sentence."""

    measured: tuple[tuple[Spread, ...], ...]
    today: date
    today_name: str
    among: str

    @property
    def drawn(self) -> Multiples:
        panels = tuple(panel(row) for row in self.measured)
        name, band = "median council", f"councils{self.among}, 10th to 90th percentile"
        return Multiples(name, panels, (), (), self.today, self.today_name, band)


def rows_of(start: Opening) -> SpreadRows:
    state: SpreadsState = start.state
    book, among = start.record.measures, lists.among_in(state)
    chosen = [row for code in state.measures if (row := book.measure(code))] or book.charted
    since = date(state.start or 1, 1, 1)
    found = (
        tuple(
            one
            for one in spreads(start.record, row, start.day, among)
            if row.day_of(one.year) >= since
        )
        for row in chosen
    )
    return SpreadRows(
        tuple(row for row in found if row),
        start.day,
        start.today_name,
        lists.among_words(state.region, state.kind),
    )


def middle_words(row: Spread) -> str:
    return words.amount(row.band.middle, row.measure) if row.band else ""


def england_words(row: Spread) -> str:
    return "" if row.england is None else words.amount(row.england, row.measure)


def unit_words(measure: Measure) -> str:
    """What a figure counts, after it: ` of social workers`, ` per 10,000 children`; or empty."""
    unit = measure.unit.removeprefix("percent").removeprefix("pounds").strip()
    return "" if measure.is_rank or not unit else f" {unit}"


def name_in_sentence(measure: Measure) -> str:
    return measure.name[:1].lower() + measure.name[1:]


def panel(periods: Sequence[Spread]) -> Panel:
    measure, latest = periods[-1].measure, periods[-1]
    return Panel(
        measure.name if len(measure.name) <= LONGEST_NAME else measure.short_name,
        "percent" if measure.is_percent else "pounds" if measure.is_money else "",
        f"{middle_words(latest)}{unit_words(measure)} ({measure.year_name(latest.year)}), "
        f"n {len(latest.figures)}",
        tuple(_point(row, measure) for row in periods),
    )


def _point(row: Spread, measure: Measure) -> PanelPoint:
    england = f"; England {england_words(row)}" if england_words(row) else ""
    return PanelPoint(
        day=measure.day_of(row.year),
        period=measure.year_name(row.year),
        value=row.band.middle if row.band else None,
        said=f"median {middle_words(row)}",
        low=row.band.low if row.band else None,
        high=row.band.high if row.band else None,
        # England's own number of children or pounds is no council's, and would leave no room.
        england=row.england if measure.is_comparable else None,
        beside=f" (councils {band_words(row, row.measure)}, n {len(row.figures)}{england})",
        is_break=row.is_break,
    )


def title(rows: SpreadRows) -> str:
    """Between which figures most councils lie, by the newest of the first measure."""
    latest = next((row[-1] for row in rows.measured if row[-1].band), None)
    if latest is None:
        return "Figures of councils"
    band = band_words(latest, latest.measure)
    return f"{latest.measure.name}: {band} in eight of ten councils{rows.among}"


def sentence(rows: SpreadRows) -> str:
    """Of a single measure its newest distribution, else the median of the first few."""
    if not rows.measured:
        return "No figure is on record by this day."
    latest = [row[-1] for row in rows.measured]
    if len(latest) == 1:
        return _of_one(latest[0], rows.among)
    said = [f"{name_in_sentence(row.measure)} {middle_words(row)}" for row in latest[:SAID_FIRST]]
    rest = len(latest) - len(said)
    more = f" {words.count(rest, 'more measure')} below." if rest else ""
    return (
        f"In the median council{rows.among} (half have more, half less), newest figures: "
        f"{words.listing(said)}.{more}"
    )


def own_sentence(council: Council, rows: SpreadRows) -> str:
    """The newest figures of one council beside those of the median one."""
    latest = [row[-1] for row in rows.measured][:SAID_FIRST]
    told = [
        f"{name_in_sentence(row.measure)} {own} (median council {middle_words(row)})"
        for row in latest
        if row.band and (own := own_words(row, council))
    ]
    return f"{council.short_name}: {words.listing(told)}." if told else ""


def own_words(row: Spread, council: Council) -> str:
    """The council's figure in words; empty where none is published for the period."""
    value = dict(row.figures).get(council)
    return "" if value is None else words.amount(value, row.measure)


def _of_one(row: Spread, among: str) -> str:
    measure, number = row.measure, words.count(len(row.figures), "council")
    england = f"; England {england_words(row)}" if england_words(row) else ""
    return (
        f"{measure.name}, {measure.period_of(row.year)}: median of {number}{among} "
        f"{middle_words(row)}, from the 10th percentile to the 90th {band_words(row, measure)}"
        f"{england}."
    )


def sheets(rows: SpreadRows) -> list[tuple[Any, str]]:
    return in_sheets(rows, rows.measured, drawing.ON_A_SLIDE, _only)


ENTRY = Entry(
    slug="spreads",
    title=title,
    sentence=sentence,
    figure=lambda rows: drawing.figure(rows.drawn),
    narrow=lambda rows: drawing.figure(rows.drawn, narrow=True),
    slide=lambda rows, height: drawing.slide(rows.drawn, height),
    sheets=sheets,
    glance=lambda rows: sheets(rows)[0] if rows.measured else (rows, ""),
    note=lambda rows: (
        "A distribution, no league table: half of the councils with a figure lie below the "
        "median, a tenth below the band and a tenth above it. Dashed: England’s own published "
        "figure. A line is broken where figures cannot be set beside those before."
    ),
    source=f"{STATISTICS} (Open Government Licence v3.0)",
    file_source=STATISTICS,
    cites="Department for Education and others, published figures on children's services "
    "(the source of each measure stands with it)",
)


def _only(rows: SpreadRows, part: Sequence[Any]) -> SpreadRows:
    return replace(rows, measured=tuple(part))


class SpreadLine(NamedTuple):
    """One period of one measure, as councils' figures are spread."""

    spread: Spread

    @property
    def measure(self) -> Measure:
        return self.spread.measure

    @property
    def period(self) -> str:
        return self.measure.period_of(self.spread.year)

    @property
    def councils_measured(self) -> int:
        return len(self.spread.figures)

    def _of_band(self, name: str) -> float | None:
        band = self.spread.band
        return shown(getattr(band, name), self.measure, more=1) if band else None

    @property
    def percentile_10(self) -> float | None:
        return self._of_band("low")

    @property
    def median_figure(self) -> float | None:
        return self._of_band("middle")

    @property
    def percentile_90(self) -> float | None:
        return self._of_band("high")

    @property
    def lowest(self) -> float | None:
        return shown(min(value for _, value in self.spread.figures), self.measure)

    @property
    def highest(self) -> float | None:
        return shown(max(value for _, value in self.spread.figures), self.measure)

    @property
    def england_figure(self) -> float | None:
        return shown(self.spread.england, self.measure)


SPREAD = (
    *of("measure", "measure", "measure_name", "measure_unit"),
    *of("spread", "year"),
    *of("", "period", "councils_measured", "lowest", "percentile_10", "median_figure",
        "percentile_90", "highest", "england_figure"),
    *of("spread", "is_break"),
    *of("measure", "measure_definition", "measure_source", "publisher", "source_url"),
)  # fmt: skip


def table(rows: SpreadRows) -> PageTable:
    """A line a period; on the page the newest of each measure first."""
    lines = [SpreadLine(one) for row in rows.measured for one in row]

    def told(value: Any) -> Any:
        return lambda row: words.amount(value(row), row.measure) if row.spread.band else "–"

    return PageTable(
        Table("spreads", SPREAD, lines),
        ("measure", "period", "councils_measured", "percentile_10", "median_figure",
         "percentile_90", "england_figure"),
        {"councils_measured": "n"},
        {
            "measure": lambda row: row.measure.short_name,
            "period": lambda row: row.measure.year_name(row.spread.year),
            "percentile_10": told(lambda row: row.spread.band.low),
            "median_figure": told(lambda row: row.spread.band.middle),
            "percentile_90": told(lambda row: row.spread.band.high),
            "england_figure": lambda row: england_words(row.spread) or "–",
        },
        [SpreadLine(one) for row in rows.measured for one in reversed(row)],
    )  # fmt: skip


def answer_spreads(start: Opening) -> Answer:
    rows = rows_of(start)
    return Answer(rows, lambda: table(rows), is_empty=not rows.measured)


def choices(shown: Shown) -> tuple[tuple[Field, ...], ...]:
    ticked = tuple(map(to_slug, shown.start.state.measures))
    named = [(to_slug(row.code), row.short_name) for row in shown.start.record.measures.measures]
    label = "Measures (the most asked for where none is ticked)"
    return (
        (lists.council_field(shown.start, "Your council"), lists.region_field()),
        (
            lists.kind_field(),
            lists.year_fields(shown.start)[0],
            Field("measures", label, named, "", "several", ticked),
        ),
    )


KIND_OF_CHART = ChartKind(
    ENTRY,
    SpreadsState,
    False,
    lambda start, council: answer_spreads(start),
    choices=choices,
    reference_data=frozenset({MEASURES}),
)


class SpreadTold(NamedTuple):
    """The newest period of a measure in words, for the table under the chart."""

    measure: Measure
    period: str
    n: int
    band: str
    middle: str
    england: str
    href: str
    own: str = ""


def by_group(
    start: Opening, rows: SpreadRows, council: Council | None = None
) -> list[tuple[str, list[SpreadTold]]]:
    """The measures in words, group by group in the order of their codes."""
    told = [
        SpreadTold(
            row.measure,
            row.measure.period_of(row.year),
            len(row.figures),
            band_words(row, row.measure),
            middle_words(row),
            england_words(row),
            start.state.but(measures=(row.measure.code,)).url("/england/figures/"),
            own_words(row, council) if council else "",
        )
        for row in (periods[-1] for periods in rows.measured)
    ]
    groups = [(group.label, [row for row in told if row.measure.group == group])
              for group in MeasureGroup]  # fmt: skip
    return [(label, found) for label, found in groups if found]
