"""The API's answers about figures beside the inspections: measures, figures, how they spread."""

from collections.abc import Iterable
from typing import Annotated, NamedTuple

from ninja import Router
from pydantic import Field

from dashboard.api.request import (
    Asked,
    CodeText,
    CouncilText,
    Paged,
    listing,
    row_model,
)
from dashboard.data import figures as files
from dashboard.data.columns import of
from dashboard.data.document import STATISTICS
from inspections.measure_rows import Measure, Where
from inspections.questions.context import Spread
from inspections.questions.context import spreads as spreads_of
from inspections.vocabulary import Place

router = Router()
YEAR = Annotated[
    int | None,
    Field(None, ge=1990, le=2099, description="The year in which the period ends."),
]


class Spreading(NamedTuple):
    """One period of one measure, as all councils' figures are spread."""

    measure: Measure
    year: int
    period: str
    councils_measured: int
    lowest: float | None
    percentile_10: float | None
    median_figure: float | None
    percentile_90: float | None
    highest: float | None
    england_figure: float | None


SPREAD = (
    *of("measure", "measure"),
    *of("", "year", "period", "councils_measured", "lowest", "percentile_10", "median_figure",
        "percentile_90", "highest", "england_figure"),
)  # fmt: skip


class MeasureFilter(Paged):
    measure: Annotated[CodeText, Field(None, description="Code of a measure.")]
    year: YEAR


class FigureFilter(MeasureFilter):
    council: CouncilText
    place: Annotated[Place | None, Field(None, description="England or a region.")]


def asked_measures(asked: Asked[MeasureFilter] | Asked[FigureFilter]) -> list[Measure]:
    """All, or the one of the filter; refuses an unknown code."""
    held = asked.record.measures.measures
    code = asked.code("measure", [row.code for row in held])
    return [row for row in held if not code or row.code == code]


@listing(
    router,
    "/measures",
    Paged,
    row_model("Measure", files.MEASURE),
    files.MEASURE,
    source=STATISTICS,
)
def measures(asked: Asked[Paged]) -> Iterable[Measure]:
    """What the figures beside the inspections measure, with unit, definition and source."""
    return asked.record.measures.measures


@listing(
    router,
    "/figures",
    FigureFilter,
    row_model("Figure", files.FIGURE),
    files.FIGURE,
    source=STATISTICS,
)
def figures(asked: Asked[FigureFilter]) -> Iterable[files.Counted]:
    """Figures of councils, England and regions, one period a row. Absent is empty, never zero."""
    given = asked.given
    wheres: frozenset[Where] | None = None
    if given.council:
        wheres = frozenset({asked.council(given.council).id})
    elif given.place:
        wheres = frozenset({given.place.value})
    found = files.counted(asked.record, asked.day, measures=asked_measures(asked), wheres=wheres)
    return (row for row in found if given.year in {None, row.row.year})


@listing(router, "/spreads", MeasureFilter, row_model("Spread", SPREAD), SPREAD, source=STATISTICS)
def spreads(asked: Asked[MeasureFilter]) -> Iterable[Spreading]:
    """How a measure's figures are spread over all councils, by period. Councils are not ranked."""
    return (
        spreading(found)
        for measure in asked_measures(asked)
        for found in spreads_of(asked.record, measure, asked.day)
        if asked.given.year in {None, found.year}
    )


def spreading(found: Spread) -> Spreading:
    measure, band = found.measure, found.band
    values = [value for _, value in found.figures]
    ends = (band.low, band.middle, band.high) if band else (None, None, None)
    low, middle, high = (files.shown(value, measure, more=1) for value in ends)
    return Spreading(
        measure, found.year, measure.period_of(found.year), len(values),
        files.shown(min(values), measure), low, middle, high,
        files.shown(max(values), measure), files.shown(found.england, measure),
    )  # fmt: skip
