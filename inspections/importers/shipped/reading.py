"""Reads the shipped record's files into checked rows, or says what is wrong and where."""

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from inspections.importers.shipped.cells import CellError
from inspections.importers.shipped.schema import TABLES
from inspections.importers.shipped.table import ShippedTable
from inspections.rules import consistency

SHIPPED = Path(__file__).resolve().parents[2] / "data" / "england"
MOST_BYTES = 200 * 1024 * 1024
Key = tuple[str, ...]


class MalformedRecordError(ValueError):
    """The record cannot be loaded. The message names file, line, column, found and expected."""


def complain(file: str, line: int, column: str, found: str, expected: str) -> NoReturn:
    """Stops the load. `expected` completes the sentence "found …, expected …"."""
    shown = found if len(found) <= 80 else found[:77] + "…"
    raise MalformedRecordError(
        f"{file}.csv, line {line}, column {column}: found {shown!r}, expected {expected}"
    )


@dataclass
class ShippedRow:
    """One line: its key (cells), its values by field, and the keys it refers to by field: one
    each in `refs`, several in `lists`."""

    line: int
    key: Key
    values: dict[str, Any]
    refs: dict[str, Key] = field(default_factory=dict)
    lists: dict[str, list[Key]] = field(default_factory=dict)


Tables = dict[str, dict[Key, ShippedRow]]


@dataclass(frozen=True)
class ShippedRecord:
    """Everything in the folder: rows by file and key, the as-at date, the digest."""

    tables: Tables
    as_at: date
    compiled: date
    digest: str


def digest_of(folder: Path) -> str:
    """SHA-256 over the names and bytes of the record's files; a missing one adds nothing."""
    summed = hashlib.sha256()
    for path in sorted([*folder.glob("*.csv"), *folder.glob("record.json")]):
        summed.update(path.name.encode() + b"\0" + path.read_bytes())
    return summed.hexdigest()


def read_text(path: Path) -> str:
    if not path.is_file():
        raise MalformedRecordError(f"{path.name}: not found in {path.parent}, expected this file")
    if path.stat().st_size > MOST_BYTES:
        raise MalformedRecordError(f"{path.name}: found over 200 MB, expected less")
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MalformedRecordError(
            f"{path.name}: found a byte at {error.start} that is not UTF-8, expected UTF-8"
        ) from None


def read_table(table: ShippedTable, content: str) -> dict[Key, ShippedRow]:
    """The file's rows by key. Every cell is read; the first bad one stops the load."""
    if "\0" in content:
        raise MalformedRecordError(f"{table.file}.csv: found a NUL character, expected text")
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    rows: dict[Key, ShippedRow] = {}
    try:
        header = next(reader, [])
        if sorted(header) != table.header:
            missing = sorted(set(table.header) - set(header))
            extra = sorted(set(header) - set(table.header))
            raise MalformedRecordError(
                f"{table.file}.csv, line 1: found columns {', '.join(header)[:200] or 'none'}; "
                f"expected {', '.join(table.header)}"
                + (f"; missing {', '.join(missing)}" if missing else "")
                + (f"; not known {', '.join(extra)[:200]}" if extra else "")
            )
        for cells in reader:
            row = read_row(table, dict(zip(header, cells, strict=False)), cells, reader.line_num)
            if row.key in rows:
                complain(
                    table.file, row.line, "+".join(table.key), " ".join(row.key),
                    f"a key not used before (line {rows[row.key].line} has it)",
                )  # fmt: skip
            rows[row.key] = row
    except csv.Error as error:
        raise MalformedRecordError(
            f"{table.file}.csv, line {reader.line_num}: {error}, expected quoted CSV"
        ) from None
    return rows


def read_row(table: ShippedTable, cells: dict[str, str], found: list[str], line: int) -> ShippedRow:
    if len(found) != len(table.header):
        complain(
            table.file, line, "(all)", f"{len(found)} cells", f"{len(table.header)} cells"
        )  # fmt: skip
    values = {}
    for name, read in table.columns.items():
        try:
            values[name] = read(cells[name])
        except CellError as error:
            complain(table.file, line, name, cells[name], str(error))
        longest = table.longest.get(name)
        if longest and len(cells[name]) > longest:
            complain(table.file, line, name, cells[name], f"at most {longest} characters")
    row = ShippedRow(line, tuple(cells[name] for name in table.key), values)
    for ref in table.refs:
        if ref.many:
            parts = cells[ref.columns[0]].split("|")
            row.lists[ref.field] = [(part,) for part in parts if part]
        else:
            named = tuple(cells[column] for column in ref.columns)
            is_none = ref.optional and not named[-1]
            row.refs[ref.field] = ("",) * len(named) if is_none else named
    return row


def complete_keys(tables: Tables) -> None:
    """A judgement names area and grade by code alone; its inspection gives the framework."""
    inspections, frameworks = tables["inspections"], tables["frameworks"]
    for row in tables["judgements"].values():
        inspection = inspections.get(row.refs["inspection"])
        framework: Key = inspection.refs["framework"] if inspection else ("",)
        scale: Key = frameworks[framework].refs["scale"] if framework in frameworks else ("",)
        row.refs["area"] = (*framework, *row.refs["area"])
        row.refs["grade"] = (*scale, *row.refs["grade"])


def check_refs(tables: Tables) -> None:
    for table in TABLES:
        for row in tables[table.file].values():
            for ref in table.refs:
                for key in row.lists[ref.field] if ref.many else [row.refs[ref.field]]:
                    if key not in tables[ref.file] and not (ref.optional and not any(key)):
                        complain(
                            table.file, row.line, "+".join(ref.columns), " ".join(key),
                            f"a row of {ref.file}.csv",
                        )  # fmt: skip


def check_facts(tables: Tables, today: date) -> None:
    """The rules of single facts, with file and line; see rules/consistency.py."""
    for file, line, column, found, sentence in broken_rules(tables, today):
        complain(file, line, column, found, f"otherwise: {sentence}")


def broken_rules(tables: Tables, today: date) -> Iterator[tuple[str, int, str, str, str]]:
    """File, line, column, what was found there, and the sentence of the rule it breaks."""
    for file, rows in tables.items():
        oldest = (
            consistency.FIRST_YEAR_OF_COUNCILS if file == "councils" else consistency.FIRST_YEAR
        )
        for row in rows.values():
            for column, value in row.values.items():
                if isinstance(value, date):
                    sentence = consistency.year_complaint(value, today=today, first_year=oldest)
                    if sentence:
                        yield file, row.line, column, str(value), sentence
    for row in tables["councils"].values():
        for column, sentence in consistency.region_complaints(
            ons_region=row.values["ons_region"], ofsted_region=row.values["ofsted_region"]
        ):
            yield "councils", row.line, column, row.values[column], sentence
    for file in ("inspections", "visits"):
        for row in tables[file].values():
            for column, sentence in consistency.date_complaints(
                start_date=row.values["start_date"],
                end_date=row.values["end_date"],
                publication_date=row.values["publication_date"],
                today=today,
            ):
                yield file, row.line, column, str(row.values[column] or ""), sentence
    for row in tables["inspections"].values():
        framework = row.refs["framework"]
        rules = tables["frameworks"][framework].values
        for column, sentence in consistency.framework_complaints(
            start_date=row.values["start_date"],
            in_force_from=rules["in_force_from"],
            in_force_to=rules["in_force_to"],
            name=rules["short_name"],
        ):
            yield "inspections", row.line, column, " ".join(framework), sentence
    themes = [code for (code,) in tables["themes"]]
    for row in tables["improvement_points"].values():
        given = row.values["themes"]
        for column, sentence in consistency.theme_complaints(given.split("|"), known=themes):
            yield "improvement_points", row.line, column, given, sentence
    for key, row in tables["visits"].items():
        for column, sentence in consistency.reference_complaints(
            reference=key[1], other_kind="an inspection", is_taken=key in tables["inspections"]
        ):
            yield "visits", row.line, column, key[1], sentence


def read_record(folder: Path, *, today: date) -> ShippedRecord:
    """Reads and checks every file of the folder.

    Raises MalformedRecordError at the first thing that is wrong.
    """
    try:
        about = json.loads(read_text(folder / "record.json"))
        as_at = date.fromisoformat(about["as_at"])
        compiled = date.fromisoformat(about["compiled"])
        for named in (as_at, compiled):
            if complaint := consistency.year_complaint(named, today=today):
                raise ValueError(complaint)
    except (ValueError, KeyError, TypeError) as error:
        if isinstance(error, MalformedRecordError):
            raise
        raise MalformedRecordError(
            f"record.json: {error}, expected as_at and compiled as YYYY-MM-DD"
        ) from None
    tables = {
        table.file: read_table(table, read_text(folder / f"{table.file}.csv")) for table in TABLES
    }
    complete_keys(tables)
    check_refs(tables)
    check_facts(tables, today)
    return ShippedRecord(tables, as_at, compiled, digest_of(folder))
