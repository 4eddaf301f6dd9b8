"""What the tools that read documents need: the shipped rules and the files; no database."""

import csv
from collections import defaultdict
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from inspections.framework_rows import Area, Framework
from inspections.importers.rules import ReadingRules
from inspections.rows import OF_BODIES, Council
from inspections.rules.matching import Directory
from tools.server import BASE_DIR

SHIPPED = BASE_DIR / "inspections" / "data" / "england"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one table of the shipped record."""
    with (SHIPPED / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def shipped_rules(today: date) -> ReadingRules:
    """The shipped frameworks and areas, as the parsers know them on a day."""
    areas: dict[str, list[Area]] = defaultdict(list)
    for row in rows("judgement_areas.csv"):
        names = (row["framework"], row["code"], row["official_name"], row["short_name"])
        flags = (row["is_overall"] == "true", row["is_part"] == "true")
        areas[row["framework"]].append(Area(*names, int(row["order"]), *flags, lanes=()))
    frameworks = [
        Framework(
            row["code"], row["name"], row["short_name"], row["scale"],
            _day(row["in_force_from"]), _day(row["in_force_to"]),
            row["is_whole_service"] == "true", row["notes"], tuple(areas[row["code"]]),
        )
        for row in rows("frameworks.csv")
    ]  # fmt: skip
    return ReadingRules(tuple(frameworks), (), today)


def shipped_directory() -> Directory:
    """The shipped councils by their names and codes."""
    aliases: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows("council_aliases.csv"):
        if row["scheme"] not in OF_BODIES:
            aliases[row["council"]].append((row["scheme"], row["value"]))
    kept = {field.name for field in fields(Council)} - {"id", "predecessors"}
    return Directory(
        Council(
            id=number,
            **{name: cell for name, cell in row.items() if name in kept}
            | {"opened_date": _day(row["opened_date"]), "closed_date": _day(row["closed_date"])}
            | {"is_continuing_record": row["is_continuing_record"] == "true"},
            aliases=tuple(aliases[row["slug"]]),
        )
        for number, row in enumerate(rows("councils.csv"), start=1)
    )


def _day(cell: str) -> Any:
    return date.fromisoformat(cell) if cell else None


def documents(paths: list[Path]) -> list[Path]:
    """Files named, and PDFs and workbooks in folders named; ends the program where none is."""
    kinds = {".pdf", ".ods", ".xlsx"}
    found = [
        file
        for path in paths
        for file in (sorted(path.rglob("*")) if path.is_dir() else [path])
        if file.is_file() and (file == path or file.suffix.lower() in kinds)
    ]
    if not found:
        raise SystemExit(f"{paths[0]}: found no .pdf, .ods or .xlsx file")
    return found
