"""Which figures are published about a council, and which stand outside its neighbours' band?

Neighbours are the council's ten statistical neighbours of DfE's model. A figure belongs to the
period that it is about, and is shown on any day once that is over: when it was published is not
on record. A figure beside an inspection is no cause of what inspectors judged.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from statistics import median

from inspections.measure_rows import Measure, MeasureBook, Where
from inspections.questions.among import EVERY, Among
from inspections.record import Record
from inspections.rows import Council
from inspections.rules.band import Band, BandStanding, band, standing
from inspections.vocabulary import Place


@dataclass(frozen=True, slots=True)
class Beside:
    """One period: the council's figure, its neighbours' band, and England's.

    `value` None: the council has none, and `symbol` says why where the publisher does.
    `is_break`: not to be set beside the periods before.
    """

    year: int
    value: float | None
    symbol: str
    band: Band | None
    england: float | None
    is_break: bool

    @property
    def standing(self) -> BandStanding:
        return standing(self.value, self.band)


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure of one council: its periods, oldest first, at least one. `note`: of its series,
    as that two councils report jointly. `out_of`: how many were ranked in the last period."""

    measure: Measure
    periods: tuple[Beside, ...]
    note: str
    out_of: int | None

    @property
    def latest(self) -> Beside:
        """The newest period of which anybody's figure is on record; the council may have none."""
        return self.periods[-1]

    @property
    def standing(self) -> BandStanding:
        return self.latest.standing


@dataclass(frozen=True, slots=True)
class Outside:
    """The charted measures of a council by where its newest figure stands; those that grow with
    a council's size are left out.

    `unknown`: the council has no figure for the newest period, or fewer than five neighbours do.
    """

    above: tuple[Measured, ...]
    below: tuple[Measured, ...]
    within: tuple[Measured, ...]
    unknown: tuple[Measured, ...]

    @property
    def stand_out(self) -> tuple[Measured, ...]:
        """Those outside the band, in the order in which measures are charted."""
        return tuple(sorted((*self.above, *self.below), key=lambda row: row.measure.charted or 0))

    @property
    def compared(self) -> int:
        return len(self.above) + len(self.below) + len(self.within)


def context(
    record: Record, council: Council, day: date, codes: Iterable[str] = ()
) -> tuple[Measured, ...]:
    """The charted measures of a council, or those of `codes`, up to the day; none without any
    figure of the council or of those beside it."""
    book = record.measures
    chosen = [row for code in codes if (row := book.measure(code))] or list(book.charted)

    def measured(row: Measure) -> Measured:
        key = ("measured", row.code, council.id, row.last_over(day))
        return record.compare(key, lambda: _measured(book, row, council, day))

    return tuple(row for row in map(measured, chosen) if row.periods)


def outside(record: Record, council: Council, day: date) -> Outside:
    """Which charted measures of a council stand outside its neighbours' band, and which do not."""

    def made() -> Outside:
        found = [row for row in context(record, council, day) if row.measure.is_comparable]
        parts = {kind: tuple(row for row in found if row.standing is kind) for kind in BandStanding}
        return Outside(
            parts[BandStanding.ABOVE],
            parts[BandStanding.BELOW],
            parts[BandStanding.WITHIN],
            parts[BandStanding.UNKNOWN],
        )

    return record.remember(("outside", council.id, day), made)


def _measured(book: MeasureBook, measure: Measure, council: Council, day: date) -> Measured:
    def figures(where: Where) -> dict[int, tuple[float | None, str]]:
        return {
            row.year: (row.value, row.symbol)
            for row in book.figures(measure, where)
            if measure.day_of(row.year) <= day
        }

    own, is_alone = figures(council.id), not measure.is_comparable
    england = {} if is_alone else figures(Place.ENGLAND)
    near = [] if is_alone else [figures(pk) for pk in council.neighbours]
    none = (None, "")
    periods = []
    for year in sorted({*own, *england, *(year for row in near for year in row)}):
        value, symbol = own.get(year, none)
        others = [row.get(year, none)[0] for row in near]
        average = england.get(year, none)[0]
        if any(one is not None for one in (value, average, *others)):
            is_break = book.is_break(measure, year)
            among = band(others, decimals=measure.decimals)
            periods.append(Beside(year, value, symbol, among, average, is_break))
    last = periods[-1].year if periods else 0
    note = book.notes.get((measure.code, council.id), "")
    return Measured(measure, tuple(periods), note, book.out_of(measure, last))


@dataclass(frozen=True, slots=True)
class Usual:
    """On how many measures the councils of a day stand outside their neighbours' bands: on
    `middle` or more in half of the `councils`. Chance alone puts one council of eleven alike
    outside the band of the other ten about one time in three."""

    middle: float
    councils: int


def usual(record: Record, day: date) -> Usual | None:
    """What is usual among all councils of the day; None where none can be compared."""
    book, councils = record.measures, record.councils_on(day)
    measures = [row for row in book.charted if row.is_comparable]

    def made() -> Usual | None:
        counts, compared = Counter[int](), set[int]()
        for measure in measures:
            held = _newest(book, measure, day)
            for council in councils:
                near = (held.get(pk) for pk in council.neighbours)
                among = band(near, decimals=measure.decimals)
                found = standing(held.get(council.id), among)
                if found is not BandStanding.UNKNOWN:
                    compared.add(council.id)
                    counts[council.id] += found is not BandStanding.WITHIN
        if not compared:
            return None
        return Usual(median(counts[pk] for pk in compared), len(compared))

    # The same on every day until a period is over or a council comes or goes.
    periods = tuple(row.last_over(day) for row in measures)
    return record.compare(("usual outside", tuple(row.id for row in councils), periods), made)


def _newest(book: MeasureBook, measure: Measure, day: date) -> dict[int, float]:
    """By council: the figures of the newest period of which there is any."""
    years: dict[int, dict[int, float]] = defaultdict(dict)
    for where in book.places(measure):
        if isinstance(where, int):
            for row in book.figures(measure, where):
                if row.value is not None and measure.day_of(row.year) <= day:
                    years[row.year][where] = row.value
    return years[max(years)] if years else {}


@dataclass(frozen=True, slots=True)
class Spread:
    """How one measure's figures of one period are spread over the councils that have one.

    `figures`: (council, figure), by the council's short name; `band` of them, `england` beside.
    `is_break`: not to be set beside the periods before.
    """

    measure: Measure
    year: int
    figures: tuple[tuple[Council, float], ...]
    band: Band | None
    england: float | None
    is_break: bool

    def __len__(self) -> int:
        """By which it counts where it is remembered."""
        return len(self.figures)

    def share_between(self, low: float, high: float) -> int:
        """How many councils have a figure from `low` to `high`, both ends among them."""
        return sum(low <= value <= high for _, value in self.figures)


def spreads(
    record: Record, measure: Measure, day: date, among: Among = EVERY
) -> tuple[Spread, ...]:
    """The figures of every council, or of some, a period each, oldest first, of periods over by
    the day. No order but by name: councils are not ranked."""
    figures = cache(lambda: tuple(_figures_of_all(record, measure)))
    years = record.compare(("years", measure.code), lambda: sorted({row[0] for row in figures()}))

    def made(year: int) -> Spread:
        found = tuple(row[1:] for row in figures() if row[0] == year and among.has(row[1]))
        england = {row.year: row.value for row in book.figures(measure, Place.ENGLAND)}
        return Spread(
            measure,
            year,
            found,
            band((value for _, value in found), least=1),
            england.get(year),
            book.is_break(measure, year),
        )

    book = record.measures
    rows = (
        record.compare(("spread", measure.code, year, among), partial(made, year))
        for year in years
        if measure.day_of(year) <= day
    )
    return tuple(row for row in rows if row.figures)


def _figures_of_all(record: Record, measure: Measure) -> Iterator[tuple[int, Council, float]]:
    for council in record.councils:
        for row in record.measures.figures(measure, council.id):
            if row.value is not None:
                yield row.year, council, row.value
