"""Figures beside a council's inspections: the chart, its own page, and a block for the council's.

The finding stands first: which measures lie outside the band of the council's statistical
neighbours, and on how many that is usual.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from dashboard import words
from dashboard.charted.entry import Entry, in_sheets
from dashboard.charted.kind import Answer, ChartKind, Shown
from dashboard.charts import multiples as drawing
from dashboard.data.columns import IDS, of
from dashboard.data.document import STATISTICS, Table
from dashboard.data.figures import shown
from dashboard.data.html import PageTable
from dashboard.state import lists
from dashboard.state.address import MEASURE, ViewState, listed, param, read_year, to_slug
from dashboard.state.controls import Field
from dashboard.state.opening import Opening
from dashboard.words.beside import (
    band_words,
    figure_words,
    newest,
    outside_words,
    short,
    usual_words,
    where,
)
from inspections.diff import MEASURES, NEIGHBOURS
from inspections.figure_rows import Multiples, Panel, PanelPoint, VisitMark
from inspections.measure_rows import Measure
from inspections.questions.context import (
    Beside,
    Measured,
    Outside,
    Usual,
    context,
    outside,
    usual,
)
from inspections.rows import Council
from inspections.rules.band import BandStanding
from inspections.vocabulary import DatePrecision, MeasureGroup, VisitKind

PUBLISHERS = f"{STATISTICS}; inspections: Ofsted (Open Government Licence v3.0)"
NOT_CAUSE = (
    "Association, not cause: a figure that stands beside an inspection does not explain what "
    "inspectors judged."
)
IN_BLOCK = 4  # measures named in the block of the council's page


@dataclass(frozen=True, kw_only=True)
class ContextState(ViewState):
    """Figures beside inspections: every charted measure unless some are named, from a year on."""

    measures: tuple[str, ...] = param(listed(MEASURE, most=40), default=(), longest=1000)
    start: int | None = param(read_year, name="from")


@dataclass(frozen=True)
class ContextRows:
    """What the chart is drawn from and told by. `outside` and `usual`: of all charted measures."""

    council: Council
    measured: tuple[Measured, ...]
    drawn: Multiples
    outside: Outside
    usual: Usual | None
    is_narrowed: bool


def title(rows: ContextRows) -> str:
    """On how many of all measures the council stands outside its neighbours' band."""
    found = rows.outside
    if rows.is_narrowed or not found.compared:
        return "Figures beside the inspections"
    figures = words.count(found.compared, "figure")
    return f"{len(found.stand_out)} of {figures} outside its neighbours’ band"


def sentence(rows: ContextRows) -> str:
    """The finding: of a single measure where it stands, else which of all stand outside."""
    name = rows.council.short_name
    if not rows.measured:
        return f"No figure about {name} is on record by this day."
    if rows.is_narrowed and len(rows.measured) == 1:
        return _of_one(rows.measured[0], name)
    if rows.is_narrowed:
        said = [f"{short(row.measure)} {newest(row)}" for row in rows.measured]
        return f"{name}, newest figures: {words.listing(said)}."
    return f"{outside_words(rows.outside, name)} {usual_words(rows.usual)}".strip()


def _of_one(row: Measured, name: str) -> str:
    measure, latest = row.measure, row.latest
    said = f"{measure.name} in {name}: {newest(row)} {measure.period_of(latest.year)}"
    if latest.band:
        said += f", {where(row)} ({band_words(latest, measure)})" if where(row) else ""
    if latest.england is not None:
        said += f"; England {words.amount(latest.england, measure)}"
    return f"{said}."


def note(rows: ContextRows) -> str:
    return (
        "The band runs from the 10th to the 90th percentile of the council's ten statistical "
        "neighbours (DfE's model of 2025), where at least five have a figure; by chance alone "
        "one council of eleven alike lies outside about one time in three. A line is broken where "
        "figures cannot be set beside those before. A figure counts from the end of the period "
        f"that it is about; when it was published is not on record. {NOT_CAUSE}"
    )


def panel(row: Measured) -> Panel:
    measure, latest = row.measure, row.latest
    stands = where(row)
    return Panel(
        measure.short_name,
        "percent" if measure.is_percent else "pounds" if measure.is_money else "",
        f"{newest(row)} ({measure.year_name(latest.year)}){f', {stands}' if stands else ''}",
        tuple(_point(one, measure) for one in row.periods),
    )


def _point(one: Beside, measure: Measure) -> PanelPoint:
    said = figure_words(one.value, one.symbol, measure)
    beside = []
    if one.band:
        beside.append(f"neighbours {band_words(one, measure)}, n {one.band.n}")
    if one.england is not None:
        beside.append(f"England {words.amount(one.england, measure)}")
    return PanelPoint(
        day=measure.day_of(one.year),
        period=measure.year_name(one.year),
        value=one.value,
        said=said,
        low=one.band.low if one.band else None,
        high=one.band.high if one.band else None,
        england=one.england,
        beside=f" ({'; '.join(beside)})" if beside else "",
        is_break=one.is_break,
    )


def glance(rows: ContextRows) -> tuple[ContextRows, str]:
    """The measures that stand out first, as many as a preview can show."""
    if len(rows.measured) <= drawing.ON_A_SLIDE:
        return rows, ""
    out = [row for row in rows.measured if row.standing in (BandStanding.ABOVE, BandStanding.BELOW)]
    rest = [row for row in rows.measured if row not in out]
    shown = tuple([*out, *rest][: drawing.ON_A_SLIDE])
    return _only(rows, shown), f"Here: {len(shown)} of {len(rows.measured)} measures."


def _only(rows: ContextRows, part: Sequence[Measured]) -> ContextRows:
    drawn = Multiples(
        rows.drawn.council_name,
        tuple(panel(row) for row in part),
        rows.drawn.inspections,
        rows.drawn.visits,
        rows.drawn.today,
        rows.drawn.today_name,
    )
    return ContextRows(rows.council, tuple(part), drawn, rows.outside, rows.usual, rows.is_narrowed)


ENTRY = Entry(
    slug="context",
    title=title,
    sentence=sentence,
    figure=lambda rows: drawing.figure(rows.drawn),
    narrow=lambda rows: drawing.figure(rows.drawn, narrow=True),
    slide=lambda rows, height: drawing.slide(rows.drawn, height),
    sheets=lambda rows: in_sheets(rows, rows.measured, drawing.ON_A_SLIDE, _only),
    glance=glance,
    note=note,
    source=PUBLISHERS,
    file_source=STATISTICS,
    cites="Department for Education and others, published figures on children's services "
    "(the source of each measure stands with it)",
)  # fmt: skip


def drawn_rows(start: Opening, council: Council, measured: Sequence[Measured]) -> Multiples:
    record, day = start.record, start.day
    inspections = record.full_inspections_of(council.id, day)
    visits = record.visits_of(council.id, day)
    return Multiples(
        council.short_name,
        tuple(panel(row) for row in measured),
        tuple(row.event_date for row in inspections),
        tuple(
            VisitMark(
                row.kind, VisitKind.label_of(row.kind), row.start_date, row.start_precision,
                row.topic,
            )
            for row in visits
            if row.start_date and row.start_precision != DatePrecision.UNKNOWN
        ),
        start.drawn_to((*inspections, *visits)),
        start.today_name,
    )  # fmt: skip


def rows_of(start: Opening, council: Council) -> ContextRows:
    state: ContextState = start.state
    found = context(start.record, council, start.day, state.measures)
    if state.start:
        since = date(state.start, 1, 1)
        found = tuple(row for one in found if (row := _since(one, since)))
    return ContextRows(
        council,
        found,
        drawn_rows(start, council, found),
        outside(start.record, council, start.day),
        usual(start.record, start.day),
        is_narrowed=bool(state.measures),
    )


def _since(row: Measured, day: date) -> Measured | None:
    """The periods that end on the day or after it; None without any."""
    kept = tuple(one for one in row.periods if row.measure.day_of(one.year) >= day)
    return Measured(row.measure, kept, row.note, row.out_of) if kept else None


class MeasureLine(NamedTuple):
    """One period of one measure of a council, for files."""

    council: Council
    measure: Measure
    beside: Beside

    def _figure(self, value: float | None, *, more: int = 0) -> float | None:
        return shown(value, self.measure, more=more)

    @property
    def period(self) -> str:
        return self.measure.period_of(self.beside.year)

    @property
    def figure(self) -> float | None:
        return self._figure(self.beside.value)

    @property
    def neighbours_10th(self) -> float | None:
        return self._figure(self.beside.band.low if self.beside.band else None, more=1)

    @property
    def neighbours_90th(self) -> float | None:
        return self._figure(self.beside.band.high if self.beside.band else None, more=1)

    @property
    def england_figure(self) -> float | None:
        return self._figure(self.beside.england)


COLUMNS = (
    *of("council", *IDS),
    *of("measure", "measure", "measure_name", "measure_unit"),
    *of("beside", "year"),
    *of("", "period", "figure"),
    *of("beside", "symbol"),
    *of("", "neighbours_10th", "neighbours_90th"),
    *of("beside", neighbours="band.n"),
    *of("", "england_figure"),
    *of("beside", "is_break", stands="standing"),
    *of("measure", "measure_definition", "measure_source", "publisher", "source_url"),
)


def table(rows: ContextRows) -> PageTable:
    """A line a period; on the page the newest of each measure first."""
    council = rows.council
    lines = [MeasureLine(council, row.measure, one) for row in rows.measured for one in row.periods]
    newest_first = [
        MeasureLine(council, row.measure, one)
        for row in rows.measured
        for one in reversed(row.periods)
    ]
    return PageTable(
        Table("figures", COLUMNS, lines),
        ("measure", "period", "figure", "neighbours_10th", "england_figure"),
        {"figure": council.short_name, "neighbours_10th": "Neighbours, 10th to 90th"},
        {
            "measure": lambda row: row.measure.short_name,
            "period": lambda row: row.measure.year_name(row.beside.year),
            "figure": lambda row: figure_words(row.beside.value, row.beside.symbol, row.measure),
            "neighbours_10th": lambda row: (
                f"{band_words(row.beside, row.measure)} (n {row.beside.band.n})"
                if row.beside.band
                else "–"
            ),
            "england_figure": lambda row: (
                "–" if row.beside.england is None else words.amount(row.beside.england, row.measure)
            ),
        },
        newest_first,
    )


def ask(start: Opening, council: Council) -> Answer:
    rows = rows_of(start, council)
    reports = start.record.full_inspections_of(council.id, start.day)
    return Answer(rows, lambda: table(rows), is_empty=not rows.measured, reports=reports)


def choices(shown: Shown) -> tuple[tuple[Field, ...], ...]:
    measures = shown.start.record.measures.charted
    ticked = tuple(map(to_slug, shown.start.state.measures))
    named = [(to_slug(row.code), row.short_name) for row in measures]
    return (
        (Field("measures", "Measures (all where none is ticked)", named, "", "several", ticked),),
        lists.year_fields(shown.start)[:1],
    )


OF_A_COUNCIL = ChartKind(
    ENTRY,
    ContextState,
    True,
    ask,
    choices=choices,
    below="dashboard/partials/_context_measures.html",
    more=lambda shown: by_group(shown),
    reference_data=frozenset({MEASURES, NEIGHBOURS}),
)


@dataclass(frozen=True)
class MeasureTold:
    """One measure in words, for the list under the chart and the block of a council's page."""

    row: Measured
    newest: str
    period: str
    band: str
    england: str
    where: str
    href: str


def told(row: Measured, council: Council, start: Opening) -> MeasureTold:
    measure, latest = row.measure, row.latest
    one = ContextState(as_at=start.state.as_at, known=start.state.known, measures=(measure.code,))
    return MeasureTold(
        row,
        newest(row),
        measure.period_of(latest.year),
        band_words(latest, measure),
        "" if latest.england is None else words.amount(latest.england, measure),
        where(row),
        one.url(f"/councils/{council.slug}/context/"),
    )


def by_group(shown: Shown) -> list[tuple[str, list[MeasureTold]]]:
    """The measures of a chart in words, group by group in the order of their codes."""
    if shown.council is None:
        return []
    rows = [told(row, shown.council, shown.start) for row in shown.answer.rows.measured]
    groups = [(group, [row for row in rows if row.row.measure.group == group])
              for group in MeasureGroup]  # fmt: skip
    return [(group.label, found) for group, found in groups if found]


def block(start: Opening, council: Council) -> dict[str, Any] | None:
    """What a council's page says of its figures; None where none is on record by the day, or the
    council had not begun: its figures were reckoned back later."""
    if council.opens_after(start.day):
        return None
    found = outside(start.record, council, start.day)
    chosen = found.stand_out[:IN_BLOCK] or found.within[:IN_BLOCK]
    if not chosen:
        return None
    return {
        "sentence": outside_words(found, council.short_name),
        "usual": usual_words(usual(start.record, start.day)),
        "told": [told(row, council, start) for row in chosen],
        "unknown": [short(row.measure) for row in found.unknown],
        "number": len(start.record.measures.charted),
        "href": start.clocks.url(f"/councils/{council.slug}/context/"),
        "not_cause": NOT_CAUSE,
    }
