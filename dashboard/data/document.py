"""What leaves the site as a table, whatever its format: columns, rows, and the head of a file."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.conf import settings

from dashboard.state.opening import Opening

LICENCE = "Open Government Licence v3.0"
LICENCE_URL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
SOURCE = "Ofsted inspection reports, letters and workbooks"
STATISTICS = (
    "Department for Education, Department for Work and Pensions, Ministry of Housing, Communities "
    "and Local Government"
)
"""Who publishes the figures beside the inspections; each measure names its own."""
Cell = str | int | float | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Holds:
    """A kind of value: in words for the dictionary, its type for the API and databases."""

    words: str
    type: Any


TEXT = Holds("text", str)
DAY = Holds("day, as 2025-03-31", date | None)
MOMENT = Holds("moment", datetime | None)
COUNT = Holds("whole number", int | None)
DAYS = Holds("number of days", float | None)
NUMBER = Holds("number", float | None)
SHARE = Holds("share, 0 to 1", float | None)
FLAG = Holds("true or false", bool | None)


@dataclass(frozen=True)
class Column:
    """One fact: its name in every format, its head on a page, what it means and holds.

    `at` is where a row has it, as a path of attributes (None: its name; empty: the row itself);
    `then` works the value out from what stands there. Where there is nothing, the cell is
    empty.
    """

    name: str
    label: str
    meaning: str
    holds: Holds = TEXT
    at: str | None = None
    then: Callable[[Any], Cell] | None = None

    @cached_property
    def steps(self) -> tuple[str, ...]:
        path = self.name if self.at is None else self.at
        return tuple(path.split(".")) if path else ()

    def values(self, rows: Iterable[Any]) -> list[Cell]:
        """The value in each row. A text that is not there is empty, anything else None."""
        found = list(rows)
        for step in self.steps:
            found = [None if value is None else getattr(value, step) for value in found]
        if self.then:
            found = [None if value is None else self.then(value) for value in found]
        return ["" if value is None else value for value in found] if self.holds is TEXT else found


@dataclass(frozen=True)
class Table:
    """Rows of anything under columns that know how to read them.

    `name` is a word that can be a sheet or a file.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Any]

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    def cells(self) -> Iterable[tuple[Cell, ...]]:
        return zip(*(column.values(self.rows) for column in self.columns), strict=True)


@dataclass(frozen=True, slots=True)
class Document:
    """Tables with their head: title, as-at date, source, licence, address.

    `stem` is the file's name without suffix. The first table is the one that a CSV holds.
    """

    title: str
    stem: str
    head: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]

    def file_name(self, suffix: str) -> str:
        return f"{self.stem}.{suffix}"


def head_of(
    start: Opening, address: str, *says: tuple[str, str], source: str = SOURCE
) -> tuple[tuple[str, str], ...]:
    """A file's head: the clocks, what it `says`, source, licence, and the address of its page."""
    return (
        *start.clock_lines,
        *says,
        ("Source", source),
        ("Licence", LICENCE),
        ("Address", settings.SITE_URL + start.state.url(address)),
    )
