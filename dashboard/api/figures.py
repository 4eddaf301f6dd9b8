"""The API's answers about figures beside the inspections: measures, figures, how they spread."""

from collections.abc import Iterable
from typing import Annotated

from ninja import Router
from pydantic import Field

from dashboard.api.request import (
    AnswerBasis,
    CodeText,
    CouncilText,
    Paged,
    listing,
    row_model,
)
from dashboard.data import figures as files
from dashboard.data.document import STATISTICS
from dashboard.england.spreads import SPREAD, SpreadLine
from inspections.measure_rows import Measure, Where
from inspections.questions.among import Among
from inspections.questions.context import spreads as spreads_of
from inspections.vocabulary import CouncilKind, Place, Region

router = Router()
YEAR = Annotated[
    int | None,
    Field(None, ge=1990, le=2099, description="The year in which the period ends."),
]


class MeasureFilter(Paged):
    measure: Annotated[CodeText, Field(None, description="Code of a measure.")]
    year: YEAR


class SpreadFilter(MeasureFilter):
    region: Region | None = None
    kind: CouncilKind | None = None


class FigureFilter(MeasureFilter):
    council: CouncilText
    place: Annotated[Place | None, Field(None, description="England or a region.")]


def asked_measures(asked: AnswerBasis[SpreadFilter] | AnswerBasis[FigureFilter]) -> list[Measure]:
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
def measures(asked: AnswerBasis[Paged]) -> Iterable[Measure]:
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
def figures(asked: AnswerBasis[FigureFilter]) -> Iterable[files.Counted]:
    """Figures of councils, England and regions, one period a row. Absent is empty, never zero."""
    given = asked.given
    wheres: frozenset[Where] | None = None
    if given.council:
        wheres = frozenset({asked.council(given.council).id})
    elif given.place:
        wheres = frozenset({given.place.value})
    found = files.counted(asked.record, asked.day, measures=asked_measures(asked), wheres=wheres)
    return (row for row in found if given.year in {None, row.row.year})


@listing(router, "/spreads", SpreadFilter, row_model("Spread", SPREAD), SPREAD, source=STATISTICS)
def spreads(asked: AnswerBasis[SpreadFilter]) -> Iterable[SpreadLine]:
    """How a measure's figures are spread over all councils, or those of a region or kind, by
    period. Councils are not ranked."""
    among = Among("", asked.given.region or "", asked.given.kind or "")
    return (
        SpreadLine(found)
        for measure in asked_measures(asked)
        for found in spreads_of(asked.record, measure, asked.day, among)
        if asked.given.year in {None, found.year}
    )
