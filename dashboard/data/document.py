"""What a downloaded file holds, whatever its format."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

LICENCE = "Open Government Licence v3.0"
LICENCE_URL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
SOURCE = "Ofsted inspection reports, letters and workbooks"
Cell = str | int | float | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name in files, what it means, and the type of its values."""

    name: str
    meaning: str
    holds: Any = str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; `name` is a word that can be a sheet or a file."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


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
