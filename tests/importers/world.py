"""The invented world of the readers' tests: frameworks as in the record, councils that are not."""

from datetime import date

from inspections.importers.rules import ReadingRules
from inspections.rules.matching import Directory
from tests.invented_rows import council
from tools.reading import shipped_rules

TODAY = date(2026, 11, 22)


def rules(today: date = TODAY) -> ReadingRules:
    """The shipped frameworks and areas."""
    return shipped_rules(today)


DIRECTORY = Directory(
    [
        council(
            slug="exampleshire",
            name="Exampleshire County Council",
            short_name="Exampleshire",
            aliases=(("name", "County of Exampleshire"),),
            ons_code="E99000001",
            opened_date=date(1974, 4, 1),
        ),
        council(
            slug="northbridge",
            name="Northbridge City Council",
            short_name="Northbridge",
            ons_code="E99000002",
            aliases=(("ons_code", "E99000009"),),
        ),
        council(
            slug="oldtown",
            name="Borough of Oldtown",
            short_name="Oldtown",
            closed_date=date(2019, 3, 31),
        ),
        council(
            slug="newvale",
            name="Newvale Council",
            short_name="Newvale",
            opened_date=date(2019, 4, 1),
        ),
        council(
            slug="westmark",
            name="Westmark Council",
            short_name="Westmark",
            opened_date=date(2020, 4, 1),
            is_continuing_record=True,
        ),
        council(
            slug="seton-old",
            name="Seton County Council",
            short_name="Seton County",
            aliases=(("name", "Seton"),),
            closed_date=date(2019, 3, 31),
        ),
        council(
            slug="seton",
            name="Seton Council",
            short_name="Seton",
            opened_date=date(2019, 4, 1),
        ),
    ]
)
