"""The read-only JSON API, version 1: the same tables as the downloads, page by page.

Every answer names the two clocks, the source and the licence. What cannot be read is
refused with what was found and what was expected.
"""

from collections.abc import Iterable
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Path, Query, Router
from ninja.errors import ValidationError as RequestError
from ninja.operation import Operation
from pydantic import create_model

from dashboard.api import england, figures
from dashboard.api.request import (
    COUNCIL,
    ERRORS,
    SLUG,
    AnswerBasis,
    Clocks,
    CodeText,
    CouncilText,
    DayText,
    Paged,
    RequestRefusedError,
    all_named,
    listing,
    named,
    row_model,
)
from dashboard.data import tables
from dashboard.data.tables import EventFact, Judged
from inspections.questions.among import Among
from inspections.questions.corrections import Logged
from inspections.questions.corrections import corrections as log
from inspections.questions.visits import WhichVisits
from inspections.questions.visits import visits as visits_found
from inspections.rows import Council, Event, Inspection, Visit
from inspections.vocabulary import CouncilKind, Region, VisitKind, VisitTopic


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
CouncilNamed = Annotated[str, Path(pattern=COUNCIL, description="Its address, code or name.")]
Reference = Annotated[str, Path(pattern=SLUG)]


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
    topic: VisitTopic | None = None
    theme: CodeText
    region: Region | None = None
    council_kind: CouncilKind | None = None
    visited_from: DayText
    visited_to: DayText
    only_priority_actions: bool = False


class CorrectionFilter(Paged):
    council: CouncilText


CouncilOut = row_model("Council", tables.COUNCIL)
InspectionOut = row_model("InspectionRow", tables.INSPECTION)
JudgementOut = row_model("Judgement", tables.JUDGEMENT)
VisitOut = row_model("Visit", tables.VISIT)
JudgedOut = create_model(
    "Inspection",
    __base__=InspectionOut,
    judgements=(list[JudgementOut], ...),  # type: ignore[valid-type]  # made as the site starts
)


@api.exception_handler(RequestRefusedError)
def refused(request: HttpRequest, error: RequestRefusedError) -> HttpResponse:
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


def inspections_asked(
    asked: AnswerBasis[InspectionFilter] | AnswerBasis[JudgementFilter],
) -> Iterable[EventFact]:
    """The inspections that the filters leave."""
    councils = asked.councils()
    framework = asked.code("framework", [row.code for row in asked.book.in_order])
    first, last = asked.day_of("published_from"), asked.day_of("published_to")
    return (
        EventFact(councils[row.council_id], row)
        for row in asked.record.inspections
        if row.council_id in councils
        and row.publication_date <= asked.day
        and (not framework or row.framework.code == framework)
        and (not first or row.publication_date >= first)
        and (not last or row.publication_date <= last)
    )


def referred(asked: AnswerBasis[Clocks], slug: str, reference: str, kind: type[Event]) -> EventFact:
    """The event of one council that has the reference; RefusedError where none has."""
    council = asked.council(slug)
    for row in asked.record.events_of(council.id, asked.day):
        if isinstance(row, kind) and row.reference == reference:
            return EventFact(council, row)
    what = "an inspection" if kind is Inspection else "a visit"
    raise RequestRefusedError("reference", reference, f"{what} published by then")


@listing(router, "/councils", CouncilFilter, CouncilOut, tables.COUNCIL)
def councils(asked: AnswerBasis[CouncilFilter]) -> Iterable[Council]:
    """Councils, past and present, by short name."""
    given = asked.given
    return (
        row
        for row in asked.councils().values()
        if (not given.region or given.region in {row.ons_region, row.ofsted_region})
        and (not given.kind or row.kind == given.kind)
    )


@router.get("/councils/{slug}", response={200: CouncilOut, **ERRORS})
def council(request: HttpRequest, slug: CouncilNamed, given: Query[Clocks]) -> Any:
    """One council, by its address, ONS code, DfE code or Ofsted number."""
    return named(tables.COUNCIL, AnswerBasis(request, given).council(slug))


@listing(router, "/inspections", InspectionFilter, InspectionOut, tables.INSPECTION)
def inspections(asked: AnswerBasis[InspectionFilter]) -> Iterable[EventFact]:
    """Full graded inspections, oldest first."""
    return inspections_asked(asked)


@router.get("/inspections/{slug}/{reference}", response={200: JudgedOut, **ERRORS})
def inspection(
    request: HttpRequest, slug: CouncilNamed, reference: Reference, given: Query[Clocks]
) -> Any:
    """One inspection with its judgements."""
    found = referred(AnswerBasis(request, given), slug, reference, Inspection)
    judged = all_named(tables.JUDGEMENT, list(tables.judged([found])))
    return named(tables.INSPECTION, found) | {"judgements": judged}


@listing(router, "/judgements", JudgementFilter, JudgementOut, tables.JUDGEMENT)
def judgements(asked: AnswerBasis[JudgementFilter]) -> Iterable[Judged]:
    """Judgements: the grade given to one area in one inspection."""
    lane = asked.code("lane", [row.code for row in asked.book.lanes])
    keys = dict.fromkeys(grade.key for grade in asked.book.grades.values())
    grade = asked.code("grade", list(keys))
    return (
        row
        for row in tables.judged(inspections_asked(asked))
        if (not lane or lane in row.judged.area.lane_codes)
        and (not grade or row.judged.grade.key == grade)
    )


@listing(router, "/visits", VisitFilter, VisitOut, tables.VISIT)
def visits(asked: AnswerBasis[VisitFilter]) -> Iterable[EventFact]:
    """Visits, oldest first. A visit has no grade."""
    held, given = asked.councils(), asked.given
    which = WhichVisits(
        among=Among("", given.region or "", given.council_kind or ""),
        kind=given.kind or "",
        topic=given.topic or "",
        theme=asked.code("theme", [row.code for row in asked.record.themes]),
        first=asked.day_of("visited_from"),
        last=asked.day_of("visited_to"),
        has_priority=given.only_priority_actions,
    )
    kept = {id(row.visit) for row in visits_found(asked.record, asked.day, which)}
    rows = (row for row in asked.record.visits if row.council_id in held and id(row) in kept)
    return tables.visited(rows, asked.record)


@router.get("/visits/{slug}/{reference}", response={200: VisitOut, **ERRORS})
def visit(
    request: HttpRequest, slug: CouncilNamed, reference: Reference, given: Query[Clocks]
) -> Any:
    """One visit."""
    asked = AnswerBasis(request, given)
    found = referred(asked, slug, reference, Visit)
    return named(tables.VISIT, next(tables.visited([found.event], asked.record)))


CorrectionOut = row_model("Correction", tables.CORRECTION)
AreaOut = row_model("JudgementArea", tables.FRAMEWORK_AREA)
CoverageOut = row_model("CoverageDay", tables.COVERAGE)
UnreadOut = row_model("UnreadReport", tables.UNREAD)
InterventionOut = row_model("Intervention", tables.INTERVENTION)


@listing(router, "/corrections", CorrectionFilter, CorrectionOut, tables.CORRECTION)
def corrections(asked: AnswerBasis[CorrectionFilter]) -> Iterable[Logged]:
    """The corrections log, newest first."""
    ids = list(asked.councils()) if asked.given.council else None
    return log(asked.record, ids, names=asked.now)


@listing(router, "/judgement-areas", Paged, AreaOut, tables.FRAMEWORK_AREA)
def judgement_areas(asked: AnswerBasis[Paged]) -> Iterable[Any]:
    """Frameworks with their judgement areas and grades."""
    return tables.graded_areas(asked.book)


@listing(router, "/coverage", Paged, CoverageOut, tables.COVERAGE)
def coverage(asked: AnswerBasis[Paged]) -> Iterable[Any]:
    """To which day the record is complete, by kind of fact. What came later may be missing."""
    return tables.covered(asked.record)


@listing(router, "/unread-reports", CorrectionFilter, UnreadOut, tables.UNREAD)
def unread_reports(asked: AnswerBasis[CorrectionFilter]) -> Iterable[EventFact]:
    """Newer reports that are published and not read here yet, with the duties that they start."""
    held, found = asked.councils(), asked.record.unread_by(asked.day)
    return (EventFact(held[pk], row) for pk, row in found.items() if pk in held)


@listing(router, "/interventions", CorrectionFilter, InterventionOut, tables.INTERVENTION)
def interventions(asked: AnswerBasis[CorrectionFilter]) -> Iterable[EventFact]:
    """Steps of the Department for Education, oldest first. They are not collected: the record has
    those that a source at hand names."""
    held = asked.councils()
    return (
        EventFact(held[row.council_id], row)
        for row in asked.record.interventions
        if row.council_id in held and row.is_public_by(asked.day)
    )


api.add_router("", router)
api.add_router("", england.router)
api.add_router("", figures.router)
