"""The invented world of the readers' tests: frameworks as in the record, councils that are not."""

from __future__ import annotations

from datetime import date

from inspections.importers.rules import ReadingRules
from inspections.rules.matching import CouncilEntry, Directory
from tools.reading import shipped_rules

TODAY = date(2026, 11, 22)


def rules(today: date = TODAY) -> ReadingRules:
    """The shipped frameworks and areas."""
    return shipped_rules(today)


DIRECTORY = Directory(
    [
        CouncilEntry(
            slug="exampleshire",
            name="Exampleshire County Council",
            short_name="Exampleshire",
            aliases=("County of Exampleshire",),
            codes=("E99000001",),
            opened=date(1974, 4, 1),
        ),
        CouncilEntry(
            slug="northbridge",
            name="Northbridge City Council",
            short_name="Northbridge",
            codes=("E99000002", "E99000009"),
        ),
        CouncilEntry(
            slug="oldtown",
            name="Borough of Oldtown",
            short_name="Oldtown",
            closed=date(2019, 3, 31),
            successors=("newvale",),
        ),
        CouncilEntry(
            slug="newvale",
            name="Newvale Council",
            short_name="Newvale",
            opened=date(2019, 4, 1),
            predecessors=("oldtown",),
        ),
        CouncilEntry(
            slug="westmark",
            name="Westmark Council",
            short_name="Westmark",
            opened=date(2020, 4, 1),
        ),
        CouncilEntry(
            slug="seton-old",
            name="Seton County Council",
            short_name="Seton County",
            aliases=("Seton",),
            closed=date(2019, 3, 31),
            successors=("seton",),
        ),
        CouncilEntry(
            slug="seton",
            name="Seton Council",
            short_name="Seton",
            opened=date(2019, 4, 1),
            predecessors=("seton-old",),
        ),
    ]
)
