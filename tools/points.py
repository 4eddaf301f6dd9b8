"""Points as Ofsted printed them, from the folder beside the project; and labels by hand.

The sentences stay in that folder. `SHARED_DIR` names another one.
"""

import csv
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
RECORD = BASE_DIR / "inspections" / "data" / "england"
LABELS = BASE_DIR / "tests" / "rules" / "theme_labels.csv"
SHARED = Path(os.environ.get("SHARED_DIR", BASE_DIR.parent / "shared"))
PRINTED = SHARED / "points" / "points.csv"

# Council, "inspection" or "visit", reference of the event, number of the point.
Key = tuple[str, str, str, int]


@dataclass(frozen=True, slots=True)
class Point:
    """One printed point. `start_date` None where the record knows no day."""

    key: Key
    start_date: date | None
    publication_date: date
    page: int
    is_priority_action: bool
    text: str


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file of ours."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def printed_points(path: Path = PRINTED) -> list[Point]:
    """Every printed point, in the order of the file."""
    return [
        Point(
            (row["council"], row["event"], row["reference"], int(row["order"])),
            date.fromisoformat(row["start_date"]) if row["start_date"] else None,
            date.fromisoformat(row["publication_date"]),
            int(row["page"]),
            row["is_priority_action"] == "true",
            row["text"],
        )
        for row in rows_of(path)
    ]


def labels(name: str = "", path: Path = LABELS) -> dict[Key, frozenset[str]]:
    """Themes given by hand, by point: one set of them, or all where none is named."""
    return {
        (row["council"], row["event"], row["reference"], int(row["number"])): frozenset(
            theme for theme in row["themes"].split("|") if theme
        )
        for row in rows_of(path)
        if name in ("", row["set"])
    }


def theme_codes() -> list[str]:
    """The themes in their order."""
    return [row["code"] for row in rows_of(RECORD / "themes.csv")]
