"""The read-only JSON API, version 1: the same tables as the downloads, page by page.

Every answer names the two clocks, the source and the licence. What cannot be read is
refused with what was found and what was expected.
"""

from collections.abc import Iterable
from typing import Annotated, Any, TypeVar

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Path, Query, Router
from ninja.errors import ValidationError as RequestError
from ninja.operation import Operation
from pydantic import create_model

from dashboard.api import england
from dashboard.api.request import (
    ERRORS,
    SLUG,
    Asked,
    Clocks,
    CodeText,
    CouncilText,
    DayText,
    Paged,
    RefusedError,
    named,
    page_model,
    row_model,
)
from dashboard.data import tables
from inspections.questions.corrections import corrections as log
from inspections.rows import Council, Inspection, Visit
from inspections.vocabulary import CouncilKind, Region, VisitKind


class NamedAPI(NinjaAPI):
    """Names its operations as published, `dashboard_api_councils`, in whichever module they are."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return super().get_openapi_operation_id(operation).replace("_api_record_", "_api_")


api = NamedAPI(
    title="Children's services inspections",
    version="1.0.0",
    description="What Ofsted's inspectors have judged in every council's children's services in "
    "England. Read only, open to every origin. Grades are ordinal: never average them.",
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api-1",
)
router = Router()


class CouncilFilter(Paged):
    region: Region | None = None
    kind: CouncilKind | None = None


class InspectionFilter(Paged):
    council: CouncilText
    framework: CodeText
    published_from: DayText
    published_to: DayText


class JudgementFilter(InspectionFilter):
    lane: CodeText
    grade: CodeText


class VisitFilter(Paged):
    council: CouncilText
    kind: VisitKind | None = None


class CorrectionFilter(Paged):
    council: CouncilText


CouncilOut = row_model("Council", tables.COUNCIL)
JudgementOut = row_model("Judgement", tables.JUDGEMENT)
VisitOut = row_model("Visit", tables.VISIT)
CorrectionOut = row_model("Correction", tables.CORRECTION)
CoverageOut = row_model("Coverage", tables.COVERAGE)
AreaOut = row_model("JudgementArea", tables.FRAMEWORK_AREA)
InspectionRowOut = row_model("InspectionRow", tables.INSPECTION)
InspectionOut = create_model(
    "Inspection",
    __base__=InspectionRowOut,
    judgements=(list[JudgementOut], ...),  # type: ignore[valid-type]  # made as the site starts
)


@api.exception_handler(RefusedError)
def refused(request: HttpRequest, error: RefusedError) -> HttpResponse:
    return api.create_response(request, {"errors": [error.problem]}, status=error.status)


@api.exception_handler(RequestError)
def unreadable(request: HttpRequest, error: RequestError) -> HttpResponse:
    found = [
        {
            "where": str(row["loc"][-1]),
            "found": str(request.GET.get(str(row["loc"][-1]), ""))[:100],
            "expected": row["msg"],
        }
        for row in error.errors
    ]
    return api.create_response(request, {"errors": found}, status=422)


def inspections_asked(asked: Asked) -> tuple[list[Inspection], dict[int, Council]]:
    """The inspections that the filters leave, and their councils by id."""
    councils = asked.councils()
    framework = asked.code("framework", [row.code for row in asked.book.in_order])
    first, last = asked.day_of("published_from"), asked.day_of("published_to")
    found = [
        row
        for row in asked.record.inspections
        if row.council_id in councils
        and row.publication_date <= asked.day
        and (not framework or row.framework.code == framework)
        and (not first or row.publication_date >= first)
        and (not last or row.publication_date <= last)
    ]
    return found, councils


Event = TypeVar("Event", Inspection, Visit)


def referred(events: Iterable[Event], reference: str, *, expected: str) -> Event:
    """The event of one council that has the reference; RefusedError where none has."""
    for row in events:
        if row.reference == reference:
            return row
    raise RefusedError("reference", reference, expected)


@router.get("/councils", response={200: page_model("Councils", CouncilOut), **ERRORS})
def councils(request: HttpRequest, given: Query[CouncilFilter]) -> Any:
    """Councils, past and present, by short name."""
    asked = Asked(request, given)
    lines = [
        tables.council_line(row)
        for row in asked.councils().values()
        if (not given.region or given.region in {row.ons_region, row.ofsted_region})
        and (not given.kind or row.kind == given.kind)
    ]
    return asked.page(tables.COUNCIL, lines)


@router.get("/councils/{slug}", response={200: CouncilOut, **ERRORS})
def council(
    request: HttpRequest, slug: Annotated[str, Path(pattern=SLUG)], given: Query[Clocks]
) -> Any:
    """One council, by its address, ONS code, DfE code or Ofsted number."""
    return named(tables.COUNCIL, tables.council_line(Asked(request, given).council(slug)))


@router.get("/inspections", response={200: page_model("Inspections", InspectionRowOut), **ERRORS})
def inspections(request: HttpRequest, given: Query[InspectionFilter]) -> Any:
    """Full graded inspections, oldest first."""
    asked = Asked(request, given)
    found, held = inspections_asked(asked)
    lines = [tables.inspection_line(row, held[row.council_id]) for row in found]
    return asked.page(tables.INSPECTION, lines)


@router.get("/inspections/{slug}/{reference}", response={200: InspectionOut, **ERRORS})
def inspection(
    request: HttpRequest,
    slug: Annotated[str, Path(pattern=SLUG)],
    reference: Annotated[str, Path(pattern=SLUG)],
    given: Query[Clocks],
) -> Any:
    """One inspection with its judgements."""
    asked = Asked(request, given)
    row = asked.council(slug)
    held = asked.record.inspections_of(row.id, asked.day)
    found = referred(held, reference, expected="an inspection published by then")
    judged = [named(tables.JUDGEMENT, x) for x in tables.judgement_lines(found, row)]
    line = named(tables.INSPECTION, tables.inspection_line(found, row))
    return line | {"judgements": judged}


@router.get("/judgements", response={200: page_model("Judgements", JudgementOut), **ERRORS})
def judgements(request: HttpRequest, given: Query[JudgementFilter]) -> Any:
    """Judgements: the grade given to one area in one inspection."""
    asked = Asked(request, given)
    lane = asked.code("lane", [row.code for row in asked.book.lanes])
    codes = dict.fromkeys(grade.code for grade in asked.book.grades.values())
    grade = asked.code("grade", list(codes))
    found, held = inspections_asked(asked)
    place = {column.name: at for at, column in enumerate(tables.JUDGEMENT)}
    lines = [
        line
        for row in found
        for line in tables.judgement_lines(row, held[row.council_id])
        if (not lane or lane in line[place["lanes"]].split("~"))
        and (not grade or line[place["grade"]] == grade)
    ]
    return asked.page(tables.JUDGEMENT, lines)


@router.get("/visits", response={200: page_model("Visits", VisitOut), **ERRORS})
def visits(request: HttpRequest, given: Query[VisitFilter]) -> Any:
    """Visits, oldest first. A visit has no grade."""
    asked = Asked(request, given)
    held = asked.councils()
    lines = [
        tables.visit_line(row, held[row.council_id])
        for row in asked.record.visits
        if row.council_id in held
        and row.is_public_by(asked.day)
        and (not given.kind or row.kind == given.kind)
    ]
    return asked.page(tables.VISIT, lines)


@router.get("/visits/{slug}/{reference}", response={200: VisitOut, **ERRORS})
def visit(
    request: HttpRequest,
    slug: Annotated[str, Path(pattern=SLUG)],
    reference: Annotated[str, Path(pattern=SLUG)],
    given: Query[Clocks],
) -> Any:
    """One visit."""
    asked = Asked(request, given)
    row = asked.council(slug)
    held = asked.record.visits_of(row.id, asked.day)
    found = referred(held, reference, expected="a visit published by then")
    return named(tables.VISIT, tables.visit_line(found, row))


@router.get("/corrections", response={200: page_model("Corrections", CorrectionOut), **ERRORS})
def corrections(request: HttpRequest, given: Query[CorrectionFilter]) -> Any:
    """The corrections log, newest first."""
    asked = Asked(request, given)
    ids = list(asked.councils()) if given.council else None
    lines = [tables.correction_line(row) for row in log(asked.record, ids, names=asked.now)]
    return asked.page(tables.CORRECTION, lines)


@router.get("/judgement-areas", response={200: page_model("JudgementAreas", AreaOut), **ERRORS})
def judgement_areas(request: HttpRequest, given: Query[Paged]) -> Any:
    """Frameworks with their judgement areas and grades."""
    asked = Asked(request, given)
    return asked.page(tables.FRAMEWORK_AREA, tables.area_lines(asked.book))


@router.get("/coverage", response={200: page_model("CoverageDays", CoverageOut), **ERRORS})
def coverage(request: HttpRequest, given: Query[Paged]) -> Any:
    """To which day the record is complete, by kind of fact. After it, absence says nothing."""
    asked = Asked(request, given)
    return asked.page(tables.COVERAGE, tables.coverage_lines(asked.record))


api.add_router("", router)
api.add_router("", england.router)
