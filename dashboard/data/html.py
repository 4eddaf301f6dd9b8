"""A table on a page: some columns of a file's table, their heads and cells in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from dashboard import words
from dashboard.data.document import DAYS, SHARE, Cell, Column, Table

Tell = Callable[[Any], object]


@dataclass(frozen=True)
class PageTable:
    """What a page shows of a table, by the names of its columns, in this order.

    `labels` are heads that say more than the columns' own, `tells` what a cell shows of its row
    where it is more than the value in words. `rows`: where the page shows other rows than the
    file. Raises KeyError for a column that the table does not have.
    """

    table: Table
    names: Sequence[str]
    labels: Mapping[str, str] = field(default_factory=dict)
    tells: Mapping[str, Tell] = field(default_factory=dict)
    rows: Sequence[Any] | None = None

    @property
    def columns(self) -> list[Column]:
        by_name = {column.name: column for column in self.table.columns}
        return [by_name[name] for name in self.names]

    @property
    def heads(self) -> list[str]:
        return [self.labels.get(row.name) or capital(row.label) for row in self.columns]

    def body(self) -> SafeString:
        """The rows; the first cell heads its row."""
        line = f'<tr><th scope="row">{{}}</th>{"<td>{}</td>" * (len(self.names) - 1)}</tr>'
        rows = self.table.rows if self.rows is None else self.rows
        cells = (self._told(column, rows) for column in self.columns)
        return format_html_join("", line, zip(*cells, strict=True))

    def _told(self, column: Column, rows: Sequence[Any]) -> list[object]:
        if tell := self.tells.get(column.name):
            return [tell(row) for row in rows]
        return [said(cell, column) for cell in column.values(rows)]


def said(cell: Cell, column: Column) -> str:
    """A value as a reader would write it; a dash for none."""
    if cell is None or cell == "":
        return "–"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, date):
        return words.day(cell)
    if column.holds is SHARE and isinstance(cell, float):
        return f"{cell:.0%}"
    if column.holds is DAYS and isinstance(cell, float):
        return f"{cell:.0f}"
    return str(cell)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
