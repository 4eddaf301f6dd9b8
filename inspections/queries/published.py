"""Which published figures answer the same question as a count of ours?"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from inspections.models import OfficialFigure
from inspections.queries.events import held
from inspections.queries.held import Among
from inspections.rows import Clock, LaneRow
from inspections.rules.position import OfstedRule, Reading
from inspections.vocabulary import FigureMeasure, FigureReading, FigureUnit, RegionScheme


@dataclass(frozen=True, slots=True)
class Published:
    """An official figure that answers the same question as one of our cells."""

    group: str
    grades: tuple[str, ...]
    value: Decimal
    unit: FigureUnit
    our_value: Decimal | None
    difference: str
    is_official: bool
    source_title: str
    source_url: str


def published_figures(
    lane: LaneRow, reading: Reading, among: Among, known: datetime | None, *, is_by_area: bool
) -> tuple[Published, ...]:
    """The published figures of the same day, clock and cut-off that our cells answer.

    `is_by_area`: of every lane for the councils asked about; else of `lane`, by region. None is
    on record by kind of council. `known`: as the site held them at that moment.
    """
    is_ofsteds = isinstance(reading, OfstedRule)
    figures = held(OfficialFigure, Clock(reading.as_at, known)).filter(
        measure=FigureMeasure.HELD,
        as_at_date=reading.as_at,
        reading=FigureReading.OFSTED if is_ofsteds else FigureReading.PUBLISHED,
        frameworks="",
    )
    if is_ofsteds:
        figures = figures.filter(cut_off_date=reading.cut_off)
    if among.kind:
        return ()
    found = []
    for figure in figures.select_related("lane", "source").order_by("key"):
        lane_code = figure.lane.code if figure.lane else ""
        if figure.region and figure.region_scheme != (among.scheme or RegionScheme.OFSTED):
            continue
        if is_by_area:
            fits, group = figure.region == among.region, lane_code
        else:
            fits = lane_code == lane.code and among.region in {"", figure.region}
            group = figure.region
        if fits:
            found.append(
                Published(
                    group=group,
                    grades=tuple(filter(None, figure.grades.split("|"))),
                    value=figure.value,
                    unit=FigureUnit(figure.unit),
                    our_value=figure.our_value,
                    difference=figure.difference,
                    is_official=figure.is_official,
                    source_title=figure.source.title,
                    source_url=figure.source.url,
                )
            )
    return tuple(found)


def releases(known: datetime | None = None) -> dict[date, date]:
    """The cut-off by day of Ofsted's releases that figures are on record of, newest day first;
    `known`: as the site held them at that moment."""
    found = held(OfficialFigure, Clock(date.max, known)).filter(
        measure=FigureMeasure.HELD, reading=FigureReading.OFSTED, cut_off_date__isnull=False
    )
    rows = found.order_by("-as_at_date", "-cut_off_date").values_list("as_at_date", "cut_off_date")
    return dict(rows)


def cut_off_on_record(day: date, known: datetime | None = None) -> date | None:
    """The cut-off of Ofsted's release as at a day, where one is on record."""
    return releases(known).get(day)
