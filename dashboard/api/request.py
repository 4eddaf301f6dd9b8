"""What every answer of the API begins with: clocks, pages of rows, refusals."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field, create_model

from dashboard.data.document import LICENCE, SOURCE, Column, Table
from dashboard.state.address import Choices, InvalidError, read_day, read_moment, write_moment
from dashboard.state.opening import today_of
from inspections import store
from inspections.framework_rows import FrameworkBook
from inspections.questions.council import as_held, find_council
from inspections.rows import Council

LARGEST_PAGE = 200
SLUG = r"^[A-Za-z0-9-]{1,80}$"
CODE = r"^[a-z0-9_]{1,40}$"
YEARS, LEAP_YEARS = "(?:199[0-9]|20[0-9]{2})", "(?:199[26]|20(?:[02468][048]|[13579][26]))"


def calendar(dash: str) -> str:
    """A pattern of every day from 1990 to 2099 and of nothing that is none, as 30 February."""
    parts = (
        f"{YEARS}{dash}(?:0[13578]|1[02]){dash}(?:0[1-9]|[12][0-9]|3[01])",
        f"{YEARS}{dash}(?:0[469]|11){dash}(?:0[1-9]|[12][0-9]|30)",
        f"{YEARS}{dash}02{dash}(?:0[1-9]|1[0-9]|2[0-8])",
        f"{LEAP_YEARS}{dash}02{dash}29",
    )
    return f"(?:{'|'.join(parts)})"


DAY = f"^{calendar('-')}$"
MOMENT = f"^{calendar('')}T(?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9](?:\\.[0-9]{{6}})?Z$"


class RequestProblem(Schema):
    """What is wrong with a request: where, what was found and what was expected."""

    where: str
    found: str
    expected: str


class Refused(Schema):
    errors: list[RequestProblem]


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


COUNCIL = r"^[A-Za-z0-9][A-Za-z0-9 ,.'&()-]{0,149}$"
CouncilText = Annotated[
    str | None, Field(None, pattern=COUNCIL, description="A council's address, code or name.")
]
CodeText = Annotated[str | None, Field(None, pattern=CODE)]
DayText = Annotated[str | None, Field(None, pattern=DAY)]


def row_model(name: str, columns: Sequence[Column]) -> type[Schema]:
    fields: dict[str, Any] = {
        row.name: (row.holds.type, Field(description=row.meaning)) for row in columns
    }
    return create_model(name, __base__=Schema, **fields)


def page_model(name: str, row: type[Schema]) -> type[Schema]:
    text = (str, ...)
    complete = Field(description="Full inspections are complete to this day; /coverage tells of "
                     "visits and letters")  # fmt: skip
    return create_model(
        name, __base__=Schema, count=(int, ...), page=(int, ...), page_size=(int, ...),
        next=(str | None, ...), previous=(str | None, ...), as_at=text, complete_to=(str, complete),
        known=(str | None, ...), record_version=(int, ...), source=text, licence=text,
        results=(list[row], ...),  # type: ignore[valid-type]  # made as the site starts
    )  # fmt: skip


ERRORS = {301: None, 404: Refused, 422: Refused}


class RequestRefusedError(Exception):
    """A request for what does not exist: a council, a lane, a record yet to come.

    What is not written as the description says is refused before, with status 422.
    """

    status = 404

    def __init__(self, where: str, found: str, expected: str) -> None:
        super().__init__(where)
        self.problem = {"where": where, "found": found[:100], "expected": expected}


GivenT = TypeVar("GivenT", bound=Clocks)
PagedT = TypeVar("PagedT", bound=Paged)


class AnswerBasis(Generic[GivenT]):
    """What every answer begins with: frameworks, clocks, councils; one query."""

    def __init__(self, request: HttpRequest, given: GivenT) -> None:
        self.request = request
        self.given = given
        self.refuse_unknown()
        self.now = getattr(request, "record_now", None) or store.current_record()
        today = today_of(self.now)
        self.record = self.now
        choices = Choices.of(self.now, today)
        as_at = self.read("as_at", given.as_at, read_day, choices)
        self.known = self.read("known", given.known, read_moment, choices)
        if self.known is not None:
            self.record = store.record_known_at(self.known, self.now)
            choices = Choices.of(self.record, today)
        self.choices = choices
        self.day: date = as_at or today

    @property
    def book(self) -> FrameworkBook:
        return self.record.book

    def refuse_unknown(self) -> None:
        """A misspelt filter must not give every row, nor a repeated one the last alone."""
        names = type(self.given).model_fields
        for name, cells in self.request.GET.lists():
            if name not in names:
                raise RequestRefusedError(name[:40], cells[-1], f"one of {', '.join(names)}")
            if len(cells) > 1:
                raise RequestRefusedError(name, "~".join(cells), "to be given once")

    @staticmethod
    def read(name: str, cell: str | None, reader: Callable, choices: Choices) -> Any:
        if cell is None:
            return None
        try:
            return reader(cell, choices)
        except InvalidError as error:
            # The patterns let nothing else through than a day or a moment yet to come.
            raise RequestRefusedError(name, cell, str(error)) from None

    def day_of(self, name: str) -> Any:
        return self.read(name, getattr(self.given, name), read_day, self.choices)

    def council(self, slug: str) -> Council:
        found, _ = find_council(self.now, slug)
        if found is None:
            expected = "a council's address, code or name"
            raise RequestRefusedError("council", slug, expected)
        return as_held(self.record, found)

    def code(self, name: str, codes: Sequence[str]) -> str:
        """A filter's code of the record, empty where it is not given."""
        found = getattr(self.given, name) or ""
        if found and found not in codes:
            raise RequestRefusedError(name, found, f"one of {', '.join(codes)}")
        return found

    def councils(self) -> dict[int, Council]:
        """The councils that a filter leaves, by id."""
        slug = getattr(self.given, "council", None)
        if slug:
            row = self.council(slug)
            return {row.id: row}
        return {row.id: row for row in self.record.councils}

    def page(
        self: "AnswerBasis[PagedT]", columns: Sequence[Column], found: Iterable[Any], source: str
    ) -> dict[str, Any]:
        """One page of rows; a page past the last is empty."""
        given, rows = self.given, list(found)
        first = (given.page - 1) * given.page_size
        return {
            "count": len(rows),
            "page": given.page,
            "page_size": given.page_size,
            "next": self.at(given.page + 1) if first + given.page_size < len(rows) else None,
            "previous": self.at(given.page - 1) if given.page > 1 else None,
            "as_at": self.day.isoformat(),
            "complete_to": self.record.seen_to(self.day).isoformat(),
            "known": write_moment(self.known) if self.known else None,
            "record_version": self.now.version,
            "source": source,
            "licence": LICENCE,
            "results": all_named(columns, rows[first : first + given.page_size]),
        }

    def at(self, page: int) -> str:
        """The same question's other page; its filters by name, however they were given."""
        query = self.request.GET.dict() | {"page": str(page)}
        return f"{settings.SITE_URL}{self.request.path}?{urlencode(sorted(query.items()))}"


def all_named(columns: Sequence[Column], rows: Sequence[Any]) -> list[dict[str, Any]]:
    table = Table("results", tuple(columns), rows)
    return [dict(zip(table.names, cells, strict=True)) for cells in table.cells()]


def named(columns: Sequence[Column], row: Any) -> dict[str, Any]:
    return all_named(columns, [row])[0]


def listing(
    router: Router,
    path: str,
    filters: type[PagedT],
    row: type[Schema],
    columns: Sequence[Column],
    *,
    source: str = SOURCE,
) -> Callable[[Callable[[AnswerBasis[PagedT]], Iterable[Any]]], object]:
    """Answers a path with pages of the rows that a function finds, under the function's name and
    with its docstring."""

    def mark(found: Callable[[AnswerBasis[PagedT]], Iterable[Any]]) -> object:
        def view(request: HttpRequest, given: Query[filters]) -> Any:  # type: ignore[valid-type]
            asked = AnswerBasis(request, given)
            return asked.page(columns, found(asked), source)

        for name in ("__name__", "__module__", "__doc__"):
            setattr(view, name, getattr(found, name))
        answers = {200: page_model(f"{row.__name__}s", row), **ERRORS}
        return router.get(path, response=answers)(view)

    return mark
