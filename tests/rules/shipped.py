"""The shipped record as plain values, read straight from its files, for tests of the rules."""

import csv
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path

from inspections.rules.estimates import Spell
from inspections.rules.outcomes import Standing, outcome

FOLDER = Path(__file__).resolve().parents[2] / "inspections" / "data" / "england"
RECORD_ENDS = date(2026, 8, 22)
STANDINGS = {
    "outstanding": Standing.GOOD_OR_BETTER,
    "good": Standing.GOOD_OR_BETTER,
    "requires_improvement": Standing.BELOW_GOOD,
    "inadequate": Standing.INADEQUATE,
}


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


@cache
def grades() -> dict[tuple[str, str], dict[str, str]]:
    """Grades by area, by (council, inspection)."""
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in rows("judgements"):
        found[row["council"], row["inspection"]][row["area"]] = row["grade"]
    return found


@cache
def full_inspections() -> list[dict[str, str]]:
    whole = {row["code"] for row in rows("frameworks") if row["is_whole_service"] == "true"}
    return [row for row in rows("inspections") if row["framework"] in whole]


LEADERS = {"leaders", "leadership"}
PRACTICE = {
    "help_and_protection",
    "in_care",
    "care_leavers",
    "in_care_and_care_leavers",
    "looked_after",
}


def standing_of(inspection: dict[str, str]) -> Standing | None:
    judged = grades()[inspection["council"], inspection["reference"]]
    found = outcome(
        overall=STANDINGS.get(judged.get("overall", "")),
        leaders=next((STANDINGS[judged[area]] for area in LEADERS if area in judged), None),
        practice=[STANDINGS[judged[area]] for area in PRACTICE if area in judged],
    )
    return found.standing if found else None


@cache
def spells() -> tuple[Spell, ...]:
    """Every wait after a full inspection whose first day, and the next one's, is known."""
    closed = {row["slug"]: day(row["closed_date"]) for row in rows("councils")}
    by_council: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in full_inspections():
        by_council[row["council"]].append(row)
    found = []
    for council, listed in by_council.items():
        listed.sort(key=lambda row: row["publication_date"])
        for this, following in zip(listed, [*listed[1:], None], strict=True):
            if not this["start_date"] or (following and not following["start_date"]):
                continue
            found.append(
                Spell(
                    council=council,
                    start_date=date.fromisoformat(this["start_date"]),
                    publication_date=date.fromisoformat(this["publication_date"]),
                    standing=standing_of(this),
                    next_start_date=day(following["start_date"]) if following else None,
                    next_publication_date=day(following["publication_date"]) if following else None,
                    closed_date=closed[council],
                )
            )
    return tuple(found)
