"""What inspectors asked for, read plainly from the CSV files, to recompute answers slowly.

Nothing here uses the code under test: no model, no question, no rule.
"""

import csv
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache

from tests.questions.plain import FOLDER, WHOLE_SERVICE, day_of


@dataclass(frozen=True)
class PlainEvent:
    """An inspection or visit. `points`: the themes of each; None where they are not on record.
    `urgent`: how many of them are areas for priority action."""

    council: str
    kind: str
    reference: str
    framework: str
    begun: date | None
    published: date | None
    points: tuple[frozenset[str], ...] | None
    urgent: int

    @property
    def is_full(self) -> bool:
        return self.framework in WHOLE_SERVICE

    @property
    def themes(self) -> set[str]:
        return {theme for point in self.points or () for theme in point}


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def plain_events() -> tuple[PlainEvent, ...]:
    """Every inspection and visit of the shipped files."""
    points: dict[tuple[str, str, str], list[frozenset[str]]] = {}
    urgent: Counter[tuple[str, str, str]] = Counter()
    for row in rows("improvement_points"):
        kind = "inspection" if row["inspection"] else "visit"
        themes = frozenset(filter(None, row["themes"].split("|")))
        points.setdefault((row["council"], kind, row[kind]), []).append(themes)
        urgent[row["council"], kind, row[kind]] += row["kind"] == "priority_action"
    found = []
    for kind in ("inspection", "visit"):
        for row in rows(f"{kind}s"):
            key = (row["council"], kind, row["reference"])
            is_none = row["improvement_points"] == "0"
            asked = tuple(points[key]) if key in points else () if is_none else None
            begun, published = day_of(row["start_date"]), day_of(row["publication_date"])
            label = "inspection" if kind == "inspection" else row["kind"]
            found.append(
                PlainEvent(row["council"], label, row["reference"], row.get("framework", ""),
                           begun, published, asked, urgent[key])
            )  # fmt: skip
    return tuple(found)


def events_of(council: str) -> list[PlainEvent]:
    """A council's events in the order of their first days; those without any day first."""
    own = [row for row in plain_events() if row.council == council]
    return sorted(own, key=lambda row: (row.begun or row.published or date.min, row.reference))


def councils() -> list[str]:
    return sorted({row.council for row in plain_events()})
