"""Which council a printed name means."""

from datetime import date

import pytest

from tests.importers.world import DIRECTORY

DAY = date(2024, 6, 10)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Exampleshire", "exampleshire"),
        ("EXAMPLESHIRE COUNTY COUNCIL", "exampleshire"),
        ("Exampleshire local authority", "exampleshire"),
        ("the County of Exampleshire", "exampleshire"),
        ("Exampleshire Children’s Services", "exampleshire"),
        ("Exampleshire Children and Families Trust", "exampleshire"),
        ("City of Northbridge Council", "northbridge"),
        ("Northbridge City", "northbridge"),
        ("Northbrige", ""),
        ("Example", ""),
        ("Exampleshire and Northbridge", ""),
        ("", ""),
    ],
)
def test_a_name_matches_by_equality_alone(name: str, slug: str) -> None:
    assert DIRECTORY.find(name, DAY).slug == slug


def test_a_council_must_have_existed_on_the_day() -> None:
    assert DIRECTORY.find("Oldtown", date(2018, 5, 1)).slug == "oldtown"
    late = DIRECTORY.find("Oldtown", DAY)
    assert late.slug == ""
    assert "did not exist" in late.reason
    assert "did not exist" in DIRECTORY.find("Newvale", date(2018, 5, 1)).reason


def test_a_name_shared_with_a_predecessor_means_the_one_of_that_day() -> None:
    assert DIRECTORY.find("Seton", date(2018, 5, 1)).slug == "seton-old"
    assert DIRECTORY.find("Seton", DAY).slug == "seton"


def test_a_continuing_record_matches_before_its_opening() -> None:
    assert DIRECTORY.find("Westmark", date(2016, 1, 1)).slug == "westmark"


def test_a_code_of_another_council_stops_the_match() -> None:
    assert DIRECTORY.find("Northbridge", DAY, "E99000009").slug == "northbridge"
    match = DIRECTORY.find("Northbridge", DAY, "E99000001")
    assert match.slug == ""
    assert "different councils" in match.reason
