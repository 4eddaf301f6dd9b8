"""The URL is the state: one place reads a page's query, checks it and writes it.

Each kind of view has one frozen class. Reading is lenient: a parameter is valid, missing
or invalid, and an invalid one falls back to the default with a notice that the page
shows. Writing is sparse and canonical: only what differs from the default, always in the
order of declaration, so that equal views have equal addresses.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import Field, dataclass, field, fields, replace
from datetime import UTC, date, datetime
from typing import Any, ClassVar, Literal, Self
from urllib.parse import quote

from inspections.record import Record
from inspections.vocabulary import CouncilKind, Region

LONGEST = 200

MOST_IN_A_LIST = 10

EARLIEST = date(1990, 1, 1)  # before any inspection on record; pages reckon years back from a day

OVERALL, HELP = "overall", "help_and_protection"
WIDTHS = (200, 300, 400, 640, 800, 1000, 1200, 1600, 2000, 2400)  # px of a picture


def is_download(path: str) -> bool:
    """Is it a picture or another file, which has no place for words?"""
    return "." in path.rpartition("/")[2]


def is_file(path: str) -> bool:
    """Is it a file, an embed or a picture, in which nobody reads a notice?"""
    return path.startswith("/embed/") or is_download(path)


class RefusedError(Exception):
    """A file, an embed or a picture whose address holds what it cannot honour."""

    def __init__(self, notices: "Sequence[Notice]") -> None:
        self.notices = tuple(notices)


class InvalidError(ValueError):
    """Why a parameter cannot be read, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A parameter that was ignored, and why; `instead`: the day that is shown for it."""

    name: str
    found: str
    reason: str
    instead: str = ""

    def __str__(self) -> str:
        showing = f" Showing {self.instead} instead." if self.instead else ""
        return f"“{self.name}={self.found}” was ignored: {self.reason}.{showing}"

    @property
    def refusal(self) -> str:
        """The same where nobody would read that it was ignored."""
        return f"“{self.name}={self.found}” cannot be read: {self.reason}."


@dataclass(frozen=True, slots=True)
class Choices:
    """What a parameter may name: taken from the record, never from code."""

    today: date
    lanes: Sequence[str] = ()
    grades: Sequence[str] = ()
    frameworks: Sequence[str] = ()
    measures: Sequence[str] = ()
    themes: Sequence[str] = ()

    @classmethod
    def of(cls, record: Record, today: date) -> "Choices":
        book = record.book
        return cls(
            today,
            tuple(lane.code for lane in book.lanes),
            tuple(dict.fromkeys(grade.key for grade in book.grades.values())),
            tuple(row.code for row in book.in_order),
            tuple(row.code for row in record.measures.measures),
            tuple(row.code for row in record.themes),
        )


Reader = Callable[[str, Choices], Any]

Writer = Callable[[Any], str]


def to_slug(code: str) -> str:
    """The record's codes use underscores, addresses use hyphens."""
    return code.replace("_", "-")


def from_choices(of: Callable[[Choices], Collection[str]], what: str) -> Reader:
    def read(cell: str, choices: Choices) -> str:
        allowed = of(choices)
        for code in allowed:
            if cell == to_slug(code):
                return code
        shown = ", ".join(to_slug(code) for code in allowed)
        raise InvalidError(f"there is no such {what}; expected one of {shown}")

    return read


def read_day(cell: str, choices: Choices) -> date:
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
            raise ValueError
        day = date.fromisoformat(cell)
    except ValueError:
        raise InvalidError("it is not a date; expected year-month-day, as 2025-03-31") from None
    if day > choices.today:
        raise InvalidError("the day is in the future")
    if day < EARLIEST:
        raise InvalidError(f"expected a day from {EARLIEST} on")
    return day


def read_moment(cell: str, choices: Choices) -> datetime:
    """A moment in UTC, written 20261122T101500Z or, to the microsecond, 20261122T101500.120000Z."""
    try:
        if not re.fullmatch(r"[0-9]{8}T[0-9]{6}(\.[0-9]{6})?Z", cell):
            raise ValueError
        form = "%Y%m%dT%H%M%S.%fZ" if "." in cell else "%Y%m%dT%H%M%SZ"
        moment = datetime.strptime(cell, form).replace(tzinfo=UTC)
    except ValueError:
        raise InvalidError("it is not a moment; expected one as 20261122T101500Z") from None
    if moment.date() > choices.today:
        raise InvalidError("the moment is in the future")
    if moment.date() < EARLIEST:
        raise InvalidError(f"expected a moment from {EARLIEST} on")
    return moment


def write_moment(moment: datetime) -> str:
    """The exact moment: a shortened one would leave out a change made in the same second."""
    form = "%Y%m%dT%H%M%S.%fZ" if moment.microsecond else "%Y%m%dT%H%M%SZ"
    return moment.astimezone(UTC).strftime(form)


def read_text(cell: str, choices: Choices) -> str:
    return " ".join(cell.split())


def read_flag(cell: str, choices: Choices) -> bool:
    if cell != "1":
        raise InvalidError("expected 1")
    return True


def read_year(cell: str, choices: Choices) -> int:
    if not re.fullmatch(r"(19|20)[0-9]{2}", cell):
        raise InvalidError("it is not a year; expected four digits")
    return int(cell)


def read_council(cell: str, choices: Choices) -> str:
    """A council's address, code or name; whether there is such a council is asked later."""
    if not re.search(r"[A-Za-z0-9]", cell):
        raise InvalidError("it is not a council; expected its address, code or name")
    return " ".join(cell.split())


def read_width(cell: str, choices: Choices) -> int:
    """A width in px, brought to the next of those in which pictures are drawn."""
    if not re.fullmatch(r"[0-9]{1,6}", cell):
        raise InvalidError("it is not a width; expected a number of px, as 1200")
    return next((width for width in WIDTHS if width >= int(cell)), WIDTHS[-1])


def listed(read: Reader, *, most: int = MOST_IN_A_LIST) -> Reader:
    """Several values joined by ~; their order is kept, at most ten unless told."""

    def read_all(cell: str, choices: Choices) -> tuple[Any, ...]:
        parts = cell.split("~")
        if len(parts) > most:
            raise InvalidError(f"at most {most} can be named")
        values = tuple(read(part, choices) for part in parts)
        return tuple(dict.fromkeys(values))

    return read_all


def param(
    read: Reader,
    *,
    default: Any = None,
    write: Writer = str,
    name: str | None = None,
    longest: int = LONGEST,
) -> Any:
    """A field of a view's state: how it is read from the address and written to it."""
    given = {"read": read, "write": write, "name": name, "longest": longest}
    return field(default=default, metadata=given)


LANE = from_choices(lambda choices: choices.lanes, "judgement area")

GRADE = from_choices(lambda choices: choices.grades, "grade")

FRAMEWORK = from_choices(lambda choices: choices.frameworks, "framework")

MEASURE = from_choices(lambda choices: choices.measures, "measure")

THEME = from_choices(lambda choices: choices.themes, "theme")

REGION = from_choices(lambda choices: tuple(Region), "region")

KIND = from_choices(lambda choices: tuple(CouncilKind), "kind of council")


def one_of(*words: str, what: str) -> Reader:
    return from_choices(lambda choices: words, what)


def shown(cell: str) -> str:
    """What was found, short and printable, for a notice."""
    plain = "".join(letter if letter.isprintable() else "�" for letter in cell)
    return plain if len(plain) <= 40 else plain[:39] + "…"


_FIELDS: dict[type[Any], tuple[Field[Any], ...]] = {}


def fields_of(kind: type[Any]) -> tuple[Field[Any], ...]:
    """A state's fields, kept: a page with its links asks some fifty times."""
    if kind not in _FIELDS:
        _FIELDS[kind] = fields(kind)
    return _FIELDS[kind]


@dataclass(frozen=True, kw_only=True)
class ViewState:
    """The parameters that every view has. Subclasses add their own."""

    as_at: date | None = param(read_day)
    known: datetime | None = param(read_moment, write=write_moment)

    ignored: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def read(
        cls, query: Mapping[str, Sequence[str]], choices: Choices
    ) -> tuple[Self, tuple[Notice, ...]]:
        """The state, and a notice for each parameter that was ignored.

        `query` maps a name to all its values, as `QueryDict.lists()` gives them.
        """
        known = {spec.metadata["name"] or spec.name: spec for spec in fields_of(cls)}
        values: dict[str, Any] = {}
        notices: list[Notice] = []
        for name, cells in query.items():
            if name in cls.ignored:
                continue
            spec = known.get(name)
            cell = cells[-1] if cells else ""
            if spec is None:
                if len(notices) < MOST_IN_A_LIST:
                    notices.append(
                        Notice(shown(name), shown(cell), "this page has no such setting")
                    )
                continue
            try:
                if len(cells) > 1:
                    raise InvalidError("it is given more than once")
                if cell == "":
                    continue
                longest = spec.metadata["longest"]
                if len(cell) > longest:
                    raise InvalidError(f"it is longer than {longest} characters")
                # A name pasted from a page brings no-break spaces and tabs along.
                if not "".join(cell.split()).isprintable():
                    raise InvalidError("it holds characters that cannot be printed")
                values[spec.name] = spec.metadata["read"](cell, choices)
            except InvalidError as error:
                notices.append(Notice(name, shown(cell), str(error)))
        state = cls(**values)
        if state.as_at == choices.today and state.known is None:
            state = state.but(as_at=None)  # today moves; a pinned link names both clocks
        return state, tuple(notices)

    def query(self) -> str:
        """The canonical query string without its question mark; empty for the default view."""
        parts = []
        for spec in fields_of(type(self)):
            value = getattr(self, spec.name)
            if value is None or value == spec.default:
                continue
            write = spec.metadata["write"]
            if isinstance(value, tuple):
                text = "~".join(to_slug(write(part)) for part in value)
            elif isinstance(value, bool):
                text = "1"
            elif isinstance(value, str):
                text = write(value)
            else:
                text = write(value)
            name = spec.metadata["name"] or spec.name
            parts.append(f"{name}={quote(text, safe='~')}")
        return "&".join(parts)

    def url(self, path: str) -> str:
        query = self.query()
        return f"{path}?{query}" if query else path

    def but(self, **changes: Any) -> Self:
        """The same view with some parameters changed."""
        return replace(self, **changes)

    def pinned(self, as_at: date, known: datetime | None) -> Self:
        """The view with both clocks, which goes on to show what it shows now."""
        return self.but(as_at=as_at, known=known)

    @property
    def is_pinned(self) -> bool:
        """Whether either clock stands still, so that the page may have been overtaken."""
        return self.as_at is not None or self.known is not None


@dataclass(frozen=True, kw_only=True)
class PlainState(ViewState):
    """A page whose only settings are the two clocks."""


@dataclass(frozen=True, kw_only=True)
class LookState(ViewState):
    """How a view is shown, not what it shows: the size and scheme of a picture or an embed,
    the figure for a phone, and meeting mode. Read beside the state of the view itself."""

    w: int | None = param(read_width)
    theme: Literal["light", "dark", "print"] | None = param(
        one_of("light", "dark", "print", what="scheme")
    )
    present: bool = param(read_flag, default=False)
    narrow: bool = param(read_flag, default=False)


LOOK = frozenset({"w", "theme", "present", "narrow"})


def read_page(cell: str, choices: Choices) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,3}", cell):
        raise InvalidError("it is not the number of a page")
    return int(cell)


def read_steps(cell: str, choices: Choices) -> int:
    if not re.fullmatch(r"[1-9]", cell):
        raise InvalidError("it is not a number of grades; expected 1 to 9")
    return int(cell)


def page_param() -> Any:
    return param(read_page, default=1)
