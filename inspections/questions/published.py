"""Which published figures answer the same question as a count of ours?"""

from datetime import date

from inspections.country_rows import OfficialFigure
from inspections.framework_rows import Lane
from inspections.questions.among import Among
from inspections.record import Record
from inspections.rules.position import OfstedRule, Reading
from inspections.vocabulary import FigureMeasure, FigureReading, RegionScheme

Published = tuple[str, OfficialFigure]
"""The key of our group that a figure answers for, and the figure."""


def published_figures(
    record: Record, lane: Lane, reading: Reading, among: Among, *, is_by_area: bool
) -> tuple[Published, ...]:
    """The published figures of the same day, clock and cut-off that our cells answer.

    `is_by_area`: of every lane for the councils asked about; else of `lane`, by region. None is
    on record by kind of council.
    """
    if among.kind:
        return ()
    return tuple(
        (figure.lane if is_by_area else figure.region, figure)
        for figure in record.figures
        if _answers(figure, reading)
        and (not figure.region or figure.region_scheme == (among.scheme or RegionScheme.OFSTED))
        and (
            figure.region == among.region
            if is_by_area
            else figure.lane == lane.code and among.region in {"", figure.region}
        )
    )


def _answers(figure: OfficialFigure, reading: Reading) -> bool:
    if figure.measure != FigureMeasure.HELD or figure.frameworks:
        return False
    if figure.as_at_date != reading.as_at:
        return False
    if isinstance(reading, OfstedRule):
        return figure.reading == FigureReading.OFSTED and figure.cut_off_date == reading.cut_off
    return figure.reading == FigureReading.PUBLISHED


def releases(record: Record) -> dict[date, date]:
    """The cut-off by day of Ofsted's releases that figures are on record of, newest first."""
    found = [
        (figure.as_at_date, figure.cut_off_date)
        for figure in record.figures
        if figure.measure == FigureMeasure.HELD
        and figure.reading == FigureReading.OFSTED
        and figure.cut_off_date is not None
    ]
    return dict(sorted(found, key=lambda pair: (-pair[0].toordinal(), -pair[1].toordinal())))
