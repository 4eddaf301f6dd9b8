"""CSV and JSON."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from dashboard.data.cells import safe_cell
from dashboard.data.document import Cell, Document, Table

_encode = json.JSONEncoder(ensure_ascii=False, default=date.isoformat).encode


def csv_table(table: Table) -> str:
    """RFC 4180 with a line of column names; no cell that a spreadsheet takes for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.names)
    columns = (_plain(column.values(table.rows)) for column in table.columns)
    writer.writerows(zip(*columns, strict=True))
    return out.getvalue()


def as_csv(document: Document) -> bytes:
    """The first table and nothing else, in UTF-8; what it is stands beside it (`described`)."""
    return csv_table(document.tables[0]).encode()


def as_json(document: Document) -> bytes:
    """The head, and each table as a list of objects, one a line."""
    found = {"title": document.title, **head_names(document)}
    parts = [f"{_encode(name)}: {_encode(value)}" for name, value in found.items()]
    for table in document.tables:
        names = table.names
        rows = (_encode(dict(zip(names, row, strict=True))) for row in table.cells())
        parts.append(f"{_encode(table.name)}: [\n" + ",\n".join(rows) + "\n]")
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def head_names(document: Document) -> dict[str, str]:
    """The head with names for programs: `As at` is `as_at`."""
    return {label.lower().replace(" ", "_"): value for label, value in document.head}


def _plain(column: Sequence[Cell]) -> Sequence[Any]:
    """As a CSV has them. A column says the same again and again: each text is looked at once."""
    kinds = set(map(type, column))
    if bool in kinds:
        return [str(cell).lower() if isinstance(cell, bool) else safe_cell(cell) for cell in column]
    if str not in kinds:
        return column
    safe = {cell: safe_cell(cell) for cell in set(column) if isinstance(cell, str)}
    return [safe[cell] if isinstance(cell, str) else cell for cell in column]
