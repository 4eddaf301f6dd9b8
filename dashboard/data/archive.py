"""The ZIP for a committee's papers: data, definitions, a readme and the picture."""

import io
import json
import zipfile
from datetime import date
from typing import Any

from dashboard.data.document import Document
from dashboard.data.text import csv_table, head_names
from inspections.framework_rows import FrameworkBook

DEFINITIONS = {
    "as_at": "Only what had been published by this day.",
    "known": "The record as this site held it at this moment; now where it is not pinned.",
    "judgement": "The grade given to one area in one inspection. Grades are never averaged.",
    "visit": "An ungraded visit that ended in a published letter.",
}


def metadata(
    document: Document,
    *,
    definitions: dict[str, str],
    frameworks: dict[str, dict[str, Any]],
    version: int,
) -> bytes:
    """Definitions, frameworks, columns, licence and versions for programs."""
    found = {
        "title": document.title,
        **head_names(document),
        "record_version": version,
        "definitions": definitions,
        "frameworks": frameworks,
        "tables": {
            table.name: {column.name: column.meaning for column in table.columns}
            for table in document.tables
        },
    }
    return json.dumps(found, ensure_ascii=False, indent=1).encode() + b"\n"


def frameworks_of(book: FrameworkBook, day: date) -> dict[str, dict[str, Any]]:
    """By code: the frameworks of full inspections in force by the day, with what they grade."""
    return {
        row.code: {
            "name": row.name,
            "in_force_from": row.in_force_from.isoformat(),
            "in_force_to": row.in_force_to.isoformat() if row.in_force_to else None,
            "areas": {area.code: area.official_name for area in row.areas},
            "notes": row.notes,
        }
        for row in book.in_order
        if row.is_whole_service and row.in_force_from <= day
    }


def readme(document: Document, files: list[str]) -> bytes:
    """What the archive holds, for a reader who finds it in a year."""
    lines = [document.title, "=" * len(document.title), ""]
    lines += [f"{label}: {value}" for label, value in document.head]
    lines += ["", "Files:", *(f"- {name}" for name in files), ""]
    for table in document.tables:
        lines += [f"Columns of {table.name}:"]
        lines += [f"- {column.name}: {column.meaning}" for column in table.columns] + [""]
    return "\n".join(lines).encode()


def as_zip(
    document: Document,
    *,
    definitions: dict[str, str],
    frameworks: dict[str, dict[str, Any]],
    version: int,
    picture: bytes,
) -> bytes:
    """A CSV for each table, `metadata.json`, `readme.txt` and the picture as PNG."""
    files = {
        (
            document.file_name("csv") if place == 0 else f"{document.stem}-{table.name}.csv"
        ): csv_table(table).encode()
        for place, table in enumerate(document.tables)
    }
    files[document.file_name("png")] = picture
    files["metadata.json"] = metadata(
        document, definitions=definitions, frameworks=frameworks, version=version
    )
    files["readme.txt"] = readme(document, [*files, "readme.txt"])
    return zipped(files)


def zipped(files: dict[str, bytes]) -> bytes:
    """The files in one archive, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
