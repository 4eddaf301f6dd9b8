"""Do our statistics give the figures that Ofsted published?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from inspections.models import Grade, OfficialFigure
from inspections.queries.facts import EventFact, Facts, all_facts
from inspections.rules.position import (
    InspectionRow,
    OfstedRule,
    PublishedBy,
    Reading,
    Tally,
    first_and_latest,
    movement,
    position,
    tally,
    usual_cut_off,
)
from inspections.vocabulary import FigureMeasure, FigureReading, FigureUnit, Movement

ROUNDING = {
    FigureUnit.COUNT: Decimal(1),
    FigureUnit.PERCENT: Decimal(1),
    FigureUnit.PERCENT_1: Decimal("0.1"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """An official figure as plain values; codes as tuples."""

    key: str
    measure: str
    as_at: date
    from_date: date | None
    cut_off: date | None
    earlier_cut_off: date | None
    reading: str
    lane: str
    region_scheme: str
    region: str
    frameworks: frozenset[str]
    kinds: frozenset[str]
    grades: tuple[str, ...]
    movement: str
    value: Decimal
    unit: str
    origin: str
    source_key: str
    source_title: str
    source_url: str
    our_value: Decimal | None
    difference: str


@dataclass(frozen=True, slots=True)
class Verified:
    """An official figure beside ours, rounded alike; ours None where nothing can be counted."""

    figure: Figure
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


def figures() -> list[Figure]:
    """Every official figure on record, oldest first, in one query."""
    return [
        Figure(
            *plain[:7],
            lane or "",
            *plain[7:9],
            frozenset(filter(None, frameworks.split("|"))),
            frozenset(filter(None, kinds.split("|"))),
            tuple(filter(None, grades.split("|"))),
            *rest,
        )
        for *plain, lane, frameworks, kinds, grades, rest in (
            (*row[:9], row[9], row[10], row[11], row[12], row[13:])
            for row in OfficialFigure.objects.order_by("as_at_date", "key").values_list(
                "key", "measure", "as_at_date", "from_date", "cut_off_date",
                "earlier_cut_off_date", "reading", "region_scheme", "region", "lane__code",
                "frameworks", "kinds", "grades", "movement", "value", "unit", "origin",
                "source__key", "source__title", "source__url", "our_value", "difference",
            )
        )
    ]  # fmt: skip


def verify(facts: Facts | None = None) -> list[Verified]:
    """Every official figure worked out anew from the record."""
    facts = facts or all_facts()
    places = dict(Grade.objects.values_list("code", "order"))
    good = frozenset(Grade.objects.filter(is_good_or_better=True).values_list("code", flat=True))
    return [Verified(figure, ours(figure, facts, places, good)) for figure in figures()]


def reading_of(figure: Figure, facts: Facts) -> Reading:
    """The clock by which a figure is read."""
    if figure.reading == FigureReading.PUBLISHED:
        return PublishedBy(figure.as_at)
    return OfstedRule(
        as_at=figure.as_at,
        cut_off=figure.cut_off or usual_cut_off(figure.as_at),
        counted_late=facts.counted_late.get(figure.as_at, frozenset()),
    )


def ours(
    figure: Figure, facts: Facts, places: dict[str, int], good: frozenset[str]
) -> Decimal | None:
    """Our answer to a figure's question, rounded as the figure is.

    Raises UnanswerableError for a measure that is not known.
    """
    if figure.measure == FigureMeasure.HELD:
        councils = facts.councils_of(figure.region_scheme, figure.region)
        held = position(
            councils, facts.inspections_under(figure.frameworks), reading_of(figure, facts)
        )
        return _of_tally(figure, tally(held, figure.lane))
    if figure.measure == FigureMeasure.FIRST_ROUND:
        return _of_tally(figure, tally(_first_round(figure, facts), figure.lane))
    if figure.measure == FigureMeasure.MOVED:
        return _moved(figure, facts, places, good)
    if figure.measure == FigureMeasure.BEGUN:
        return Decimal(sum(_begun(figure, facts)))
    if figure.measure == FigureMeasure.IN_YEAR:
        return Decimal(sum(_in_year(figure, facts)))
    if figure.measure == FigureMeasure.LETTERS:
        return Decimal(
            sum(
                _fits(figure, event)
                and event.publication_date is not None
                and event.publication_date <= figure.as_at
                for event in facts.events
            )
        )
    raise UnanswerableError(
        f"{figure.key}: found measure {figure.measure!r}, which no rule answers"
    )


def rounded(share: float | None, unit: str) -> Decimal | None:
    """A share (0-1) as a percentage rounded as published, halves up; None stays None."""
    if share is None:
        return None
    return (Decimal(repr(share)) * 100).quantize(ROUNDING[FigureUnit(unit)], rounding=ROUND_HALF_UP)


def _of_tally(figure: Figure, counted: Tally) -> Decimal | None:
    number = counted.count(*figure.grades) if figure.grades else counted.graded
    if figure.unit == FigureUnit.COUNT:
        return Decimal(number)
    return rounded(number / counted.graded if counted.graded else None, figure.unit)


def _first_round(figure: Figure, facts: Facts) -> dict[str, InspectionRow | None]:
    """Each council's first inspection under the figure's frameworks, published by the cut-off.

    Councils of the day, and those that closed by then are left out as in any position.
    """
    reading = reading_of(figure, facts)
    first: dict[str, InspectionRow | None] = {}
    existing = {row.slug for row in facts.councils if row.exists_on(figure.as_at)}
    for row in facts.inspections_under(figure.frameworks):
        if row.council not in existing or not reading.counts(row):
            continue
        present = first.get(row.council)
        if present is None or row.order_date < present.order_date:
            first[row.council] = row
    return first


def _moved(
    figure: Figure, facts: Facts, places: dict[str, int], good: frozenset[str]
) -> Decimal | None:
    ends = first_and_latest(
        facts.councils, facts.inspections_under(figure.frameworks), reading_of(figure, facts)
    )
    pairs = [
        (first.grades[figure.lane], latest.grades[figure.lane])
        for first, latest in ends.values()
        if figure.lane in first.grades and figure.lane in latest.grades
    ]
    found = movement(pairs, order=places, good=good)
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


def _begun(figure: Figure, facts: Facts) -> Iterable[bool]:
    """Inspections begun in the span and published by the cut-off, abolished councils too."""
    for event in facts.events:
        yield bool(
            event.start_date
            and event.framework
            and figure.from_date
            and figure.from_date <= event.start_date <= figure.as_at
            and _fits(figure, event)
            and event.publication_date
            and (figure.cut_off is None or event.publication_date <= figure.cut_off)
        )


def _fits(figure: Figure, event: EventFact) -> bool:
    return (not figure.kinds or event.kind in figure.kinds) and (
        not figure.frameworks or event.framework in figure.frameworks
    )


def _in_year(figure: Figure, facts: Facts) -> Iterable[bool]:
    """Ofsted's in-year list: begun by the year's end, out by the cut-off, not listed before.

    An event begun in an earlier year counts if its report came after that year's cut-off.
    Only visits in Ofsted's own lists count, since the record holds others besides; one whose
    publication date is not recorded counts where the figure's workbook is cited for it. An
    inspection that Ofsted counted late belongs to the year in which it was counted.
    """
    late = facts.counted_late.get(figure.as_at, frozenset())
    late_before = {
        key for day, keys in facts.counted_late.items() if day < figure.as_at for key in keys
    }
    for event in facts.events:
        key = (event.council, event.reference)
        is_ours = event.is_official and _fits(figure, event) and event.start_date is not None
        if not is_ours or event.start_date > figure.as_at or key in late_before:
            yield False
        elif key in late:
            yield True
        elif event.publication_date is None:
            yield figure.source_key in event.listed_in
        else:
            yield _is_new_in_year(figure, event.start_date, event.publication_date)


def _is_new_in_year(figure: Figure, start_date: date, publication_date: date) -> bool:
    if figure.cut_off is not None and publication_date > figure.cut_off:
        return False
    begun_in_year = figure.from_date is None or start_date >= figure.from_date
    carried_in = figure.earlier_cut_off is not None and publication_date > figure.earlier_cut_off
    return begun_in_year or carried_in
