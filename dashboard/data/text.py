"""CSV and JSON."""

import csv
import io
import json
from datetime import date
from typing import Any

from dashboard.data.cells import safe_cell
from dashboard.data.document import Cell, Document, Table


def csv_table(table: Table) -> str:
    """RFC 4180 with a line of column names; no cell that a spreadsheet takes for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.names)
    writer.writerows([safe_cell(_plain(cell)) for cell in row] for row in table.cells())
    return out.getvalue()


def as_csv(document: Document) -> bytes:
    """The first table and nothing else, in UTF-8; what it is stands beside it (`described`)."""
    return csv_table(document.tables[0]).encode()


def as_json(document: Document) -> bytes:
    """The head, and each table as a list of objects."""
    found: dict[str, Any] = {"title": document.title, **head_names(document)}
    for table in document.tables:
        found[table.name] = [
            dict(zip(table.names, map(_json, row), strict=True)) for row in table.cells()
        ]
    return json.dumps(found, ensure_ascii=False, indent=1).encode() + b"\n"


def head_names(document: Document) -> dict[str, str]:
    """The head with names for programs: `As at` is `as_at`."""
    return {label.lower().replace(" ", "_"): value for label, value in document.head}


def _plain(cell: Cell) -> Any:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return "" if cell is None else cell


def _json(cell: Cell) -> Any:
    return cell.isoformat() if isinstance(cell, date) else cell
