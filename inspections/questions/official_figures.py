"""Do our statistics give the figures that Ofsted published?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from inspections.country_rows import OfficialFigure
from inspections.questions.among import region_of
from inspections.questions.positions import ofsteds_rule
from inspections.record import Record, event_key
from inspections.rows import Council, Event, Inspection, Judgement, Visit
from inspections.rules.lanes import counted_in_lane, counted_lanes
from inspections.rules.position import (
    PublishedBy,
    Reading,
    Tally,
    counted,
    movement,
    position,
    tally,
)
from inspections.vocabulary import (
    Confidence,
    FigureMeasure,
    FigureReading,
    FigureUnit,
    Movement,
    SourceKind,
)

ROUNDING = {
    FigureUnit.COUNT: Decimal(1),
    FigureUnit.PERCENT: Decimal(1),
    FigureUnit.PERCENT_1: Decimal("0.1"),
}


@dataclass(frozen=True, slots=True)
class Verified:
    """An official figure beside ours, rounded alike; ours None where nothing can be counted."""

    figure: OfficialFigure
    ours: Decimal | None

    @property
    def matches(self) -> bool:
        return self.ours == self.figure.value

    @property
    def is_explained(self) -> bool:
        """Different from the published figure exactly as the record says, with its reason."""
        return not self.matches and self.ours is not None and self.ours == self.figure.our_value

    @property
    def is_good(self) -> bool:
        return (self.matches and self.figure.our_value is None) or self.is_explained


class UnanswerableError(ValueError):
    """A figure whose question cannot be asked of the record; says which and why."""


def verify(record: Record) -> list[Verified]:
    """Every official figure worked out anew from the record."""
    return [Verified(figure, ours(figure, record)) for figure in record.figures]


def reading_of(figure: OfficialFigure, record: Record) -> Reading:
    """The clock by which a figure is read."""
    if figure.reading == FigureReading.PUBLISHED:
        return PublishedBy(figure.as_at_date)
    return ofsteds_rule(record, figure.as_at_date, figure.cut_off_date)


def ours(figure: OfficialFigure, record: Record) -> Decimal | None:
    """Our answer to a figure's question, rounded as the figure is.

    Raises UnanswerableError for a measure that is not known.
    """
    asked = _Asked(figure, record)
    if figure.measure == FigureMeasure.HELD:
        held = position(asked.councils, asked.inspections_of, asked.reading)
        return _of_tally(figure, tally(held.values(), asked.judged))
    if figure.measure == FigureMeasure.FIRST_ROUND:
        first = [own[0] for council in asked.councils if (own := asked.counted_of(council))]
        return _of_tally(figure, tally(first, asked.judged))
    if figure.measure == FigureMeasure.MOVED:
        return _moved(asked)
    if figure.measure == FigureMeasure.BEGUN:
        return Decimal(sum(_begun(asked)))
    if figure.measure == FigureMeasure.IN_YEAR:
        return Decimal(sum(_in_year(asked)))
    if figure.measure == FigureMeasure.LETTERS:
        return Decimal(
            sum(
                row.publication_date is not None and row.publication_date <= figure.as_at_date
                for row in asked.events()
            )
        )
    raise UnanswerableError(
        f"{figure.key}: found measure {figure.measure!r}, which no rule answers"
    )


class _Asked:
    """A figure's question put to the record: its councils, inspections, events and reading."""

    def __init__(self, figure: OfficialFigure, record: Record) -> None:
        self.figure, self.record = figure, record
        self.reading = reading_of(figure, record)
        self.counted_as = counted_lanes(record.book)
        self.councils = [
            row
            for row in record.councils
            if row.existed_on(figure.as_at_date)
            and figure.region in {"", region_of(row, figure.region_scheme)}
        ]

    def inspections_of(self, council_id: int) -> list[Inspection]:
        """Full inspections under the figure's frameworks; all without any."""
        wanted = self.figure.frameworks
        own = self.record.full_inspections_of(council_id)
        return [row for row in own if not wanted or row.framework.code in wanted]

    def counted_of(self, council: Council) -> list[Inspection]:
        return counted(self.inspections_of(council.id), self.reading)

    def judged(self, row: Inspection) -> Judgement | None:
        return counted_in_lane(row, self.figure.lane, self.counted_as)

    def events(self) -> list[Event]:
        """Inspections and visits of the figure's kinds and frameworks."""
        kinds, frameworks = self.figure.kinds, self.figure.frameworks
        rows: list[Event] = [*self.record.inspections, *self.record.visits]
        return [
            row
            for row in rows
            if (not kinds or row.kind in kinds)
            and (
                not frameworks or (isinstance(row, Inspection) and row.framework.code in frameworks)
            )
        ]


def rounded(share: float | None, unit: str) -> Decimal | None:
    """A share (0-1) as a percentage rounded as published, halves up; None stays None."""
    if share is None:
        return None
    return (Decimal(repr(share)) * 100).quantize(ROUNDING[FigureUnit(unit)], rounding=ROUND_HALF_UP)


def _of_tally(figure: OfficialFigure, found: Tally) -> Decimal | None:
    number = found.count(*figure.grades) if figure.grades else found.graded
    if figure.unit == FigureUnit.COUNT:
        return Decimal(number)
    return rounded(number / found.graded if found.graded else None, figure.unit)


def _moved(asked: _Asked) -> Decimal | None:
    figure = asked.figure
    ends = [own for council in asked.councils if len(own := asked.counted_of(council)) > 1]
    pairs = [
        (first, latest)
        for own in ends
        if (first := asked.judged(own[0])) and (latest := asked.judged(own[-1]))
    ]
    found = movement(pairs)
    number = {
        Movement.ALL: found.councils,
        Movement.IMPROVED: found.improved,
        Movement.KEPT_GOOD: found.kept_good,
        Movement.DECLINED: found.declined,
        Movement.KEPT_OTHER: found.kept_other,
    }[Movement(figure.movement)]
    if figure.unit == FigureUnit.COUNT:
        return Decimal(number)
    return rounded(number / found.councils if found.councils else None, figure.unit)


def _begun(asked: _Asked) -> Iterable[bool]:
    """Inspections begun in the span and published by the cut-off, abolished councils too."""
    figure = asked.figure
    for row in asked.events():
        yield bool(
            isinstance(row, Inspection)
            and row.start_date
            and figure.from_date
            and figure.from_date <= row.start_date <= figure.as_at_date
            and (figure.cut_off_date is None or row.publication_date <= figure.cut_off_date)
        )


def _in_year(asked: _Asked) -> Iterable[bool]:
    """Ofsted's in-year list: begun by the year's end, out by the cut-off, not listed before.

    An event begun in an earlier year counts if its report came after that year's cut-off.
    Only visits in Ofsted's own lists count, since the record holds others besides; one whose
    publication date is not recorded counts where the figure's workbook is cited for it. An
    inspection that Ofsted counted late belongs to the year in which it was counted.
    """
    figure, record = asked.figure, asked.record
    late = record.counted_late.get(figure.as_at_date, frozenset())
    late_before = {
        pk for day, pks in record.counted_late.items() if day < figure.as_at_date for pk in pks
    }
    for row in asked.events():
        is_inspection = isinstance(row, Inspection)
        if (
            row.start_date is None
            or row.start_date > figure.as_at_date
            or (is_inspection and row.id in late_before)
        ):
            yield False
        elif is_inspection and row.id in late:
            yield True
        elif isinstance(row, Visit) and row.confidence != Confidence.OFFICIAL:
            yield False
        elif row.publication_date is None:
            cited = record.citations.get(event_key(row), ())
            yield any(
                one.source.kind == SourceKind.WORKBOOK and one.source.key == figure.source.key
                for one in cited
            )
        else:
            yield _is_new_in_year(figure, row.start_date, row.publication_date)


def _is_new_in_year(figure: OfficialFigure, start_date: date, publication_date: date) -> bool:
    if figure.cut_off_date is not None and publication_date > figure.cut_off_date:
        return False
    begun_in_year = figure.from_date is None or start_date >= figure.from_date
    earlier = figure.earlier_cut_off_date
    return begun_in_year or (earlier is not None and publication_date > earlier)
