"""An SQLite file with a table each, and the data dictionary as a table of its own."""

import sqlite3
from datetime import date, datetime
from typing import Any

from dashboard.data.document import Cell, Document

KINDS = {bool: "INTEGER", int: "INTEGER", float: "REAL"}


def as_sqlite(document: Document) -> bytes:
    """Dates and moments are ISO texts; true and false are 1 and 0. Made in memory."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT)")
        connection.executemany(
            "INSERT INTO about VALUES (?, ?)", [("Title", document.title), *document.head]
        )
        connection.execute("CREATE TABLE dictionary (in_table TEXT, in_column TEXT, meaning TEXT)")
        for table in document.tables:
            names = ", ".join(f'"{c.name}" {_kind(c.holds.type)}' for c in table.columns)
            # Names of tables and columns come from this code, never from a request.
            connection.execute(f'CREATE TABLE "{table.name}" ({names})')
            marks = ", ".join("?" for _ in table.columns)
            connection.executemany(
                f'INSERT INTO "{table.name}" VALUES ({marks})',  # noqa: S608
                [[_value(cell) for cell in row] for row in table.cells()],
            )
            connection.executemany(
                "INSERT INTO dictionary VALUES (?, ?, ?)",
                [(table.name, column.name, column.meaning) for column in table.columns],
            )
        connection.commit()
        return connection.serialize()
    finally:
        connection.close()


def _kind(holds: Any) -> str:
    return next((word for kind, word in KINDS.items() if holds in (kind, kind | None)), "TEXT")


def _value(cell: Cell) -> Any:
    return cell.isoformat() if isinstance(cell, date | datetime) else cell
