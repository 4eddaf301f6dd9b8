"""What the tools that read documents need: the shipped rules and the files; no database."""

import csv
from datetime import date
from pathlib import Path

from inspections.importers.rules import ReadingRules, rules_from_rows
from tools.server import BASE_DIR

SHIPPED = BASE_DIR / "inspections" / "data" / "england"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one table of the shipped record."""
    with (SHIPPED / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def shipped_rules(today: date) -> ReadingRules:
    """The shipped frameworks and areas, as the parsers know them on a day."""
    return rules_from_rows(rows("frameworks.csv"), rows("judgement_areas.csv"), today)


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
