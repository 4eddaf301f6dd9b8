"""The shipped record read plainly from its CSV files, to recompute answers slowly.

Nothing here uses the code under test: no model, no query, no rule. What it must get right
is written out by hand, as a reader of Ofsted's frameworks would: which areas can be compared.
"""

import csv
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "inspections" / "data" / "england"
LANES = ("overall", "leaders", "help_and_protection", "in_care", "care_leavers")
WHOLE_SERVICE = ("sif", "ilacs_2018", "ilacs_2023", "ilacs_2026")
ORDER = ("outstanding", "good", "requires_improvement", "inadequate")

# Framework → lane → the area that is shown there.
AREAS = {
    "sif": {
        "overall": "overall", "leaders": "leadership",
        "help_and_protection": "help_and_protection",
        "in_care": "looked_after", "care_leavers": "care_leavers",
    },
    "ilacs_2018": {
        "overall": "overall", "leaders": "leaders",
        "help_and_protection": "help_and_protection",
        "in_care": "in_care_and_care_leavers", "care_leavers": "in_care_and_care_leavers",
    },
    "ilacs_2023": {
        "overall": "overall", "leaders": "leaders",
        "help_and_protection": "help_and_protection",
        "in_care": "in_care", "care_leavers": "care_leavers",
    },
    "ilacs_2026": {
        "leaders": "leaders", "help_and_protection": "help_and_protection",
        "in_care": "in_care", "care_leavers": "care_leavers",
    },
}  # fmt: skip

# Lane → sets of frameworks within which its judgements are about the same thing.
COMPARABLE = {
    "overall": [{"sif", "ilacs_2018", "ilacs_2023"}],
    "leaders": [{"sif", "ilacs_2018", "ilacs_2023", "ilacs_2026"}],
    "help_and_protection": [{"sif", "ilacs_2018", "ilacs_2023", "ilacs_2026"}],
    "in_care": [{"sif", "ilacs_2018"}, {"ilacs_2023", "ilacs_2026"}],
    "care_leavers": [{"sif"}, {"ilacs_2018"}, {"ilacs_2023", "ilacs_2026"}],
}


def day_of(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def any_days(number: int, *, seed: int) -> list[date]:
    """Days between the first reports and the end of the record, drawn by chance, the same ever."""
    drawn = random.Random(seed)
    return [date(2013, 12, 1) + timedelta(drawn.randrange(4600)) for _ in range(number)]


def any_spans(number: int) -> list[tuple[date, date]]:
    days = any_days(2 * number, seed=number)
    return [tuple(sorted(pair)) for pair in zip(days[::2], days[1::2], strict=True)]


def lines(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass
class PlainInspection:
    council: str
    reference: str
    framework: str
    kind: str
    start: date | None
    end: date | None
    published: date
    grades: dict[str, str] = field(default_factory=dict)

    @property
    def begun(self) -> date:
        return self.start or self.published

    def shown(self, lane: str) -> str | None:
        """The grade shown in a lane; a combined judgement is shown in both."""
        return self.grades.get(AREAS[self.framework].get(lane, ""))

    def counted(self, lane: str) -> str | None:
        """The grade counted in a lane: care leavers have one of their own since 2023 only."""
        is_within = self.framework in {"sif", "ilacs_2018"} and lane == "care_leavers"
        return None if is_within else self.shown(lane)

    def comparable(self, other: "PlainInspection", lane: str) -> bool:
        return any({self.framework, other.framework} <= held for held in COMPARABLE[lane])


@dataclass
class PlainRecord:
    councils: dict[str, dict[str, str]]
    inspections: list[PlainInspection]
    visits: list[dict[str, str]]

    def existing(self, day: date) -> list[str]:
        found = []
        for slug, row in self.councils.items():
            opened, closed = day_of(row["opened_date"]), day_of(row["closed_date"])
            continues = row["is_continuing_record"] == "true"
            if (continues or opened is None or opened <= day) and (closed is None or day <= closed):
                found.append(slug)
        return found

    def full_inspections(self, council: str, day: date) -> list[PlainInspection]:
        """A council's whole-service inspections published by the day, oldest first."""
        return sorted(
            (
                row
                for row in self.inspections
                if row.council == council
                and row.framework in WHOLE_SERVICE
                and row.published <= day
            ),
            key=lambda row: (row.begun, row.published),
        )

    def latest(self, council: str, day: date) -> PlainInspection | None:
        found = self.full_inspections(council, day)
        return found[-1] if found else None

    def last_begun(self, council: str, day: date) -> date | None:
        """The first day of the last full inspection, read or not."""
        if council in (out := unread(day)):
            return date.fromisoformat(out[council]["start_date"])
        latest = self.latest(council, day)
        return latest.begun if latest else None


def unread(day: date) -> dict[str, dict[str, str]]:
    """By council: the report that is out by the day and that nobody has read here."""
    out = [
        row for row in lines("unread_reports") if date.fromisoformat(row["publication_date"]) <= day
    ]
    return {row["council"]: row for row in out}


def ends() -> date:
    """The day to which full inspections are complete."""
    (row,) = [row for row in lines("coverage") if row["kind"] == "full_inspections"]
    return date.fromisoformat(row["complete_to_date"])


def outcome_of(row: PlainInspection) -> str:
    """The kind of outcome, as the method page says: by the overall grade where there is one."""
    kinds = {"outstanding": "good_or_better", "good": "good_or_better", "inadequate": "inadequate"}
    if "overall" in row.grades:
        return kinds.get(row.grades["overall"], "below_good")
    practice = [row.grades[area] for area in ("help_and_protection", "in_care", "care_leavers")]
    if "inadequate" in practice:
        return "inadequate"
    good = [kinds.get(grade) == "good_or_better" for grade in practice]
    is_led_well = kinds.get(row.grades["leaders"]) == "good_or_better"
    return "good_or_better" if is_led_well and sum(good) >= 2 else "below_good"


@cache
def plain_record() -> PlainRecord:
    inspections = {
        (row["council"], row["reference"]): PlainInspection(
            row["council"], row["reference"], row["framework"], row["kind"],
            day_of(row["start_date"]), day_of(row["end_date"]), day_of(row["publication_date"]),
        )
        for row in lines("inspections")
    }  # fmt: skip
    for row in lines("judgements"):
        inspections[row["council"], row["inspection"]].grades[row["area"]] = row["grade"]
    return PlainRecord(
        {row["slug"]: row for row in lines("councils")},
        list(inspections.values()),
        lines("visits"),
    )
