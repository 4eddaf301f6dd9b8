"""The read-only JSON API, version 1: the same tables as the downloads, page by page.

Every answer names the two clocks, the source and the licence. What cannot be read is
refused with what was found and what was expected.
"""

from collections.abc import Callable, Sequence
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI, Path, Query, Router, Schema
from ninja.errors import ValidationError as RequestError
from pydantic import Field, create_model

from dashboard import record_tables as tables
from dashboard.formats import Column
from dashboard.state import Choices, InvalidError, read_day, read_moment, write_moment
from dashboard.versioned import record_of
from inspections.queries import events
from inspections.queries.corrections import corrections as log
from inspections.queries.council import find_council
from inspections.queries.frameworks import framework_book
from inspections.rows import Clock, CouncilRow, FrameworkBook
from inspections.vocabulary import CouncilKind, Region, VisitKind

LARGEST_PAGE = 200
SLUG = r"^[A-Za-z0-9-]{1,80}$"
CODE = r"^[a-z0-9_]{1,40}$"
DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
MOMENT = r"^[0-9]{8}T[0-9]{6}(\.[0-9]{6})?Z$"

api = NinjaAPI(
    title="Children's services inspections",
    version="1.0.0",
    description="What Ofsted's inspectors have judged in every council's children's services in "
    "England. Read only, open to every origin. Grades are ordinal: never average them.",
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api-1",
)
router = Router()


class Problem(Schema):
    """What is wrong with a request: where, what was found and what was expected."""

    where: str
    found: str
    expected: str


class Refused(Schema):
    errors: list[Problem]


class Clocks(Schema):
    as_at: Annotated[
        str | None,
        Field(None, pattern=DAY, description="Only what had been published by this day.",
              examples=["2025-03-31"]),
    ]  # fmt: skip
    known: Annotated[
        str | None,
        Field(None, pattern=MOMENT, description="The record as this site held it at this moment.",
              examples=["20261122T101500Z"]),
    ]  # fmt: skip


class Paged(Clocks):
    page: Annotated[int, Field(1, ge=1, le=100_000, description="From 1.")]
    page_size: Annotated[int, Field(50, ge=1, le=LARGEST_PAGE, description="Rows a page.")]


SlugText = Annotated[str | None, Field(None, pattern=SLUG, description="A council's address.")]
CodeText = Annotated[str | None, Field(None, pattern=CODE)]
DayText = Annotated[str | None, Field(None, pattern=DAY)]


class CouncilFilter(Paged):
    region: Region | None = None
    kind: CouncilKind | None = None


class InspectionFilter(Paged):
    council: SlugText
    framework: CodeText
    published_from: DayText
    published_to: DayText


class JudgementFilter(InspectionFilter):
    lane: CodeText
    grade: CodeText


class VisitFilter(Paged):
    council: SlugText
    kind: VisitKind | None = None


class CorrectionFilter(Paged):
    council: SlugText


def row_model(name: str, columns: Sequence[Column]) -> type[Schema]:
    given = {column.name: (column.holds, Field(description=column.meaning)) for column in columns}
    return create_model(name, __base__=Schema, **given)


def page_model(name: str, row: type[Schema]) -> type[Schema]:
    text = (str, ...)
    return create_model(
        name, __base__=Schema, count=(int, ...), page=(int, ...), page_size=(int, ...),
        next=(str | None, ...), previous=(str | None, ...), as_at=text, known=(str | None, ...),
        record_version=(int, ...), source=text, licence=text, results=(list[row], ...),
    )  # fmt: skip


CouncilOut = row_model("Council", tables.COUNCIL)
JudgementOut = row_model("Judgement", tables.JUDGEMENT)
VisitOut = row_model("Visit", tables.VISIT)
CorrectionOut = row_model("Correction", tables.CORRECTION)
AreaOut = row_model("JudgementArea", tables.FRAMEWORK_AREA)
InspectionRowOut = row_model("InspectionRow", tables.INSPECTION)
InspectionOut = create_model(
    "Inspection", __base__=InspectionRowOut, judgements=(list[JudgementOut], ...)
)
ERRORS = {404: Refused, 422: Refused}


class RefusedError(Exception):
    """A request that cannot be answered; `status` is 404 or 422."""

    def __init__(self, where: str, found: str, expected: str, *, status: int = 422) -> None:
        super().__init__(where)
        self.status = status
        self.problem = {"where": where, "found": found[:100], "expected": expected}


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


class Asked:
    """What every answer begins with: frameworks, clocks, councils; five queries."""

    def __init__(self, request: HttpRequest, given: Clocks) -> None:
        self.request = request
        self.given = given
        today = timezone.localdate()
        self.book: FrameworkBook = framework_book()
        choices = Choices.of(self.book, today)
        as_at = self.read("as_at", given.as_at, read_day, choices)
        known = self.read("known", given.known, read_moment, choices)
        self.choices = choices
        self.clock = Clock(as_at or today, known)

    @staticmethod
    def read(name: str, cell: str | None, reader: Callable, choices: Choices) -> Any:
        if cell is None:
            return None
        try:
            return reader(cell, choices)
        except InvalidError as error:
            raise RefusedError(name, cell, str(error)) from None

    def day(self, name: str) -> Any:
        return self.read(name, getattr(self.given, name), read_day, self.choices)

    def council(self, slug: str) -> CouncilRow:
        found, _ = find_council(slug)
        if found is None:
            expected = "a council's address, code or name"
            raise RefusedError("council", slug, expected, status=404)
        return found

    def councils(self) -> dict[int, CouncilRow]:
        """The councils that a filter leaves, by id."""
        slug = getattr(self.given, "council", None)
        if slug:
            row = self.council(slug)
            return {row.id: row}
        return {row.id: row for row in events.councils(self.clock)}

    def page(self, columns: Sequence[Column], lines: Sequence[tuple]) -> dict[str, Any]:
        """One page of lines; a page past the last is empty."""
        given = self.given
        first = (given.page - 1) * given.page_size
        shown = lines[first : first + given.page_size]
        names = [column.name for column in columns]
        return {
            "count": len(lines),
            "page": given.page,
            "page_size": given.page_size,
            "next": self.at(given.page + 1) if first + given.page_size < len(lines) else None,
            "previous": self.at(given.page - 1) if given.page > 1 else None,
            "as_at": self.clock.as_at.isoformat(),
            "known": write_moment(self.clock.known) if self.clock.known else None,
            "record_version": record_of(self.request).version,
            "source": tables.SOURCE,
            "licence": tables.LICENCE,
            "results": [dict(zip(names, line, strict=True)) for line in shown],
        }

    def at(self, page: int) -> str:
        query = self.request.GET.copy()
        query["page"] = str(page)
        return f"{settings.SITE_URL}{self.request.path}?{query.urlencode()}"

    def inspections(self) -> tuple[list, dict[int, CouncilRow]]:
        councils, given = self.councils(), self.given
        first, last = self.day("published_from"), self.day("published_to")
        found = [
            row
            for row in events.inspections(
                self.book, self.clock, council_ids=list(councils) if given.council else None
            )
            if row.council_id in councils
            and (not given.framework or row.framework.code == given.framework)
            and (not first or row.publication_date >= first)
            and (not last or row.publication_date <= last)
        ]
        return found, councils


def named(columns: Sequence[Column], line: tuple) -> dict[str, Any]:
    return dict(zip([column.name for column in columns], line, strict=True))


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
    found, held = asked.inspections()
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
    for found in events.inspections(asked.book, asked.clock, council_ids=[row.id]):
        if found.reference == reference:
            judged = [named(tables.JUDGEMENT, x) for x in tables.judgement_lines(found, row)]
            line = named(tables.INSPECTION, tables.inspection_line(found, row))
            return line | {"judgements": judged}
    raise RefusedError("reference", reference, "an inspection published by then", status=404)


@router.get("/judgements", response={200: page_model("Judgements", JudgementOut), **ERRORS})
def judgements(request: HttpRequest, given: Query[JudgementFilter]) -> Any:
    """Judgements: the grade given to one area in one inspection."""
    asked = Asked(request, given)
    found, held = asked.inspections()
    place = {column.name: at for at, column in enumerate(tables.JUDGEMENT)}
    lines = [
        line
        for row in found
        for line in tables.judgement_lines(row, held[row.council_id])
        if (not given.lane or given.lane in line[place["lanes"]].split("~"))
        and (not given.grade or line[place["grade"]] == given.grade)
    ]
    return asked.page(tables.JUDGEMENT, lines)


@router.get("/visits", response={200: page_model("Visits", VisitOut), **ERRORS})
def visits(request: HttpRequest, given: Query[VisitFilter]) -> Any:
    """Visits, oldest first. A visit has no grade."""
    asked = Asked(request, given)
    held = asked.councils()
    lines = [
        tables.visit_line(row, held[row.council_id])
        for row in events.visits(asked.clock, council_ids=list(held) if given.council else None)
        if row.council_id in held and (not given.kind or row.kind == given.kind)
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
    for found in events.visits(asked.clock, council_ids=[row.id]):
        if found.reference == reference:
            return named(tables.VISIT, tables.visit_line(found, row))
    raise RefusedError("reference", reference, "a visit published by then", status=404)


@router.get("/corrections", response={200: page_model("Corrections", CorrectionOut), **ERRORS})
def corrections(request: HttpRequest, given: Query[CorrectionFilter]) -> Any:
    """The corrections log, newest first."""
    asked = Asked(request, given)
    ids = list(asked.councils()) if given.council else None
    lines = [tables.correction_line(row) for row in log(council_ids=ids, known=asked.clock.known)]
    return asked.page(tables.CORRECTION, lines)


@router.get("/judgement-areas", response={200: page_model("JudgementAreas", AreaOut), 422: Refused})
def judgement_areas(request: HttpRequest, given: Query[Paged]) -> Any:
    """Frameworks with their judgement areas and grades."""
    asked = Asked(request, given)
    return asked.page(tables.FRAMEWORK_AREA, tables.area_lines(asked.book))


api.add_router("", router)
