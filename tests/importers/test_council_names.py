"""Every council of the record is found by every form in which Ofsted prints its name."""

from collections.abc import Iterator
from datetime import date

import pytest

from inspections.importers.known import directory_from_database
from inspections.models import Council
from inspections.rows import Council as CouncilRow

pytestmark = pytest.mark.django_db
DAY = date(2025, 6, 30)
FORMS = (
    "{}", "the {}", "{} Council", "{} local authority", "{} children’s services",
    "{} children’s social care services", "{} local authority children’s services",
    "{} Borough Council", "{} City Council", "{} Metropolitan Borough Council",
    "{} Metropolitan District Council", "{} MBC", "{} London Borough Council",
    "London Borough of {}", "Royal Borough of {}", "Metropolitan Borough of {}",
    "Borough of {}", "City of {}", "Council of the {}", "{}, City of", "{}, London Borough of",
    "{} Unitary Authority", "{} Children’s Trust", "{} Children’s Services Trust",
    "{} Children First", "{} Children and Families Trust",
)  # fmt: skip
PRINTED = {
    # As workbooks, titles and letters of several years print them.
    "Bournemouth, Christchurch & Poole": "bournemouth-christchurch-and-poole",
    "BCP Council": "bournemouth-christchurch-and-poole",
    "Bristol, City of": "bristol",
    "Herefordshire, County of": "herefordshire",
    "County of Herefordshire": "herefordshire",
    "Kingston upon Hull, City of": "kingston-upon-hull",
    "Kingston-Upon-Hull": "kingston-upon-hull",
    "Hull City Council": "kingston-upon-hull",
    "Royal Borough of Kingston upon Thames": "kingston-upon-thames",
    "County Durham": "durham",
    "Durham County": "durham",
    "London Corporation": "city-of-london",
    "Corporation of London": "city-of-london",
    "the City of London Corporation": "city-of-london",
    "Isles of Scilly": "isles-of-scilly",
    "Council of the Isles of Scilly": "isles-of-scilly",
    "St. Helens": "st-helens",
    "St Helens Metropolitan Borough Council": "st-helens",
    "Telford & Wrekin": "telford-and-wrekin",
    "Borough of Telford and Wrekin": "telford-and-wrekin",
    "Royal Borough of Windsor & Maidenhead": "windsor-and-maidenhead",
    "Southend on Sea Borough Council": "southend-on-sea",
    "Stockton On Tees": "stockton-on-tees",
    "Brighton & Hove": "brighton-and-hove",
    "Bath & North East Somerset Council": "bath-and-north-east-somerset",
    "City of Bradford Metropolitan District Council": "bradford",
    "City of Newcastle upon Tyne": "newcastle-upon-tyne",
    "Rutland County Council": "rutland",
    "North Yorkshire County Council": "north-yorkshire",
    "Westmorland & Furness": "westmorland-and-furness",
    "West Northamptonshire Council": "west-northamptonshire",
    "Sunderland City Council and Together for Children": "sunderland",
    "Sunderland City Council (Together for Children)": "sunderland",
    "Worcestershire County Council & Worcestershire Children First": "worcestershire",
}
NOBODY = (
    "Nottingham County Council", "Derby County", "Leicester County Council",
    "Northampton", "Bedfordshire", "Cheshire", "Berkshire", "Yorkshire", "Sussex", "Humberside",
    "Dover District Council", "Cardiff", "Newport City Council", "London", "England", "Kingstone",
    "Kent County Council and Medway Council", "Bournemouth Borough Council and Poole",
    "Cornwall and Isles of Scilly", "Together for Children", "Council and Together for Children",
    "Exampleshire County Council and Exampleshire Children First",
    "Borough Council", "City", "County Council", "Council", "Trust",
)  # fmt: skip


def forms(council: CouncilRow) -> Iterator[str]:
    aliases = [value for scheme, value in council.aliases if scheme == "name"]
    for name in {council.name, council.short_name, *aliases}:
        yield from (name, name.upper(), name.replace(" and ", " & "), name.replace("-", " "))
    if council.short_name.startswith("City of "):
        return  # the words of kind are its name
    for form in FORMS:
        yield form.format(council.short_name)
        yield form.format(council.short_name.replace(" and ", " & "))


def test_every_council_is_found_by_every_printed_form_and_no_other(record: None) -> None:
    directory = directory_from_database()
    assert len(directory.councils) == Council.objects.count() >= 158
    missed = [
        (form, directory.find(form, day))
        for council in directory.councils.values()
        for day in [max(council.opened_date or DAY, min(council.closed_date or DAY, DAY))]
        for form in forms(council)
        if directory.find(form, day).slug != council.slug
    ]
    assert missed == []


def test_names_as_printed(record: None) -> None:
    directory = directory_from_database()
    assert {name: directory.find(name, DAY).slug for name in PRINTED} == PRINTED


def test_names_that_are_no_council_or_could_be_two_match_none(record: None) -> None:
    directory = directory_from_database()
    assert {name: directory.find(name, DAY).slug for name in NOBODY} == dict.fromkeys(NOBODY, "")


@pytest.mark.parametrize(
    ("name", "before", "changed", "after"),
    [
        ("Dorset", "dorset-county", date(2019, 4, 1), "dorset"),
        ("Poole", "poole", date(2019, 4, 1), ""),
        ("Bournemouth", "bournemouth", date(2019, 4, 1), ""),
        ("Northamptonshire", "northamptonshire", date(2021, 4, 1), ""),
        ("North Northamptonshire", "", date(2021, 4, 1), "north-northamptonshire"),
        ("Cumbria", "cumbria", date(2023, 4, 1), ""),
        ("Cumberland", "", date(2023, 4, 1), "cumberland"),
        ("Buckinghamshire", "buckinghamshire", date(2020, 4, 1), "buckinghamshire"),
        ("Somerset", "somerset", date(2023, 4, 1), "somerset"),
    ],
)
def test_a_reorganised_name_means_the_council_of_that_day(
    record: None, name: str, before: str, changed: date, after: str
) -> None:
    directory = directory_from_database()
    assert directory.find(name, date.fromordinal(changed.toordinal() - 1)).slug == before
    assert directory.find(name, changed).slug == after
