"""Figures beside inspections, as a reader sees them: the finding first, what is missing, pins."""

import csv
import io
import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.test import Client

from inspections import actions
from inspections.models import Council, MeasureSeries, StatisticalNeighbour
from tests import factories as make
from tests.share.conftest import pin_now

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PAGE = "/councils/exampleshire/context/"


@pytest.fixture
def invented(empty_record: None) -> Iterator[Council]:
    """Exampleshire with ten neighbours: agency staff above them, caseload within, one hidden."""
    council = make.make_council("Exampleshire")
    make.make_inspection(council, grades=dict.fromkeys(make.FIVE_AREAS, "good"))
    agency = make.make_measure("agency_rate", name="Agency social workers", short_name="Agency")
    caseload = make.make_measure("caseload", short_name="Caseload", unit="cases")
    hidden = make.make_measure("repeat_plans", short_name="Repeat plans")
    make.make_series(agency, council, "2020:20 2021:31.5 2022:28.9")
    make.make_series(caseload, council, "2022:15")
    make.make_series(hidden, council, "2022:c")
    make.make_series(agency, None, "2020:15 2021:16 2022:17")
    for number in range(1, 11):
        other = make.make_council(f"Near {number}")
        StatisticalNeighbour.objects.create(
            council=council, neighbour=other, rank=number, model_year=2025
        )
        for measure in (agency, caseload, hidden):
            make.make_series(measure, other, f"2022:{10 + number}")
    actions.raise_version()
    yield council


def page(client: Client, path: str) -> str:
    """What the page says, without the heads that cells repeat for phones."""
    said = unescape(client.get(path).content.decode())
    return re.sub(r' data-label="[^"]*"', "", said)


def test_the_finding_stands_first_and_what_is_usual_beside_it(
    client: Client, invented: Council
) -> None:
    said = page(client, PAGE)
    assert (
        "Exampleshire stands outside the band of its ten statistical neighbours on 1 of 2 "
        "measures: above it on agency (28.9%). Half of all councils stand outside on 1 or more."
    ) in said
    assert said.count("Association, not cause") == 1
    assert "held back to protect confidentiality" in said
    assert "28.9% (2022), above its neighbours" in said


def test_the_table_has_every_period_with_neighbours_n_and_england(
    client: Client, invented: Council
) -> None:
    said = page(client, PAGE)
    row = '<tr><th scope="row">Agency</th><td>2022</td><td>28.9%</td>'
    assert f"{row}<td>11.9% to 19.1% (n 10)</td><td>17.0%</td></tr>" in said
    assert "<td>2020</td><td>20.0%</td><td>–</td><td>15.0%</td>" in said


def test_one_measure_has_a_link_of_its_own(client: Client, invented: Council) -> None:
    assert f'href="{PAGE}?measures=agency-rate"' in page(client, PAGE)
    said = page(client, f"{PAGE}?measures=agency-rate&from=2022")
    assert (
        "Agency social workers in Exampleshire: 28.9% on 30 September 2022, above its neighbours "
        "(11.9% to 19.1%); England 17.0%."
    ) in said
    assert "<td>2021</td>" not in said
    assert "“measures=nothing” was ignored" in page(client, f"{PAGE}?measures=nothing")


def test_a_period_that_was_not_over_is_not_shown(client: Client, invented: Council) -> None:
    said = page(client, f"{PAGE}?as_at=2022-09-29")
    assert "<td>2021</td><td>31.5%</td>" in said
    assert "<td>2022</td>" not in said


def test_the_councils_page_names_what_stands_out_and_leads_to_the_rest(
    client: Client, invented: Council
) -> None:
    said = page(client, "/councils/exampleshire/")
    assert "on 1 of 2 measures: above it on agency (28.9%)" in said
    assert f'<a href="{PAGE}">All 3 measures beside the inspections</a>' in said
    assert "no figure is published: repeat plans" in said
    assert "In context" not in page(client, "/councils/near-1/?as_at=2022-09-29")


def test_a_council_without_figures_says_so(client: Client, invented: Council) -> None:
    said = page(client, f"{PAGE}?as_at=2019-12-31")
    assert "No figure about Exampleshire is on record by this day." in said


def test_a_pinned_page_shows_the_figure_of_then_and_says_what_came_since(
    client: Client, invented: Council
) -> None:
    pinned = f"{PAGE}?{pin_now()}"
    assert "Nothing shown here has changed since." in page(client, pinned)
    series = MeasureSeries.objects.get(measure__code="agency_rate", council=invented)
    changes = {"cells": "2020:20 2021:31.5 2022:30.1"}
    actions.correct(series, changes=changes, reason="Misread", by=None)
    said = page(client, pinned)
    assert "28.9%" in said and "30.1%" not in said
    assert "Recorded or corrected since, and not shown here: figures beside the inspections" in said
    assert "30.1%" in page(client, PAGE)
    log = page(client, "/corrections/?council=exampleshire")
    assert "Figures of a measure" in log and "2022: 28.9" in log


def test_the_file_names_measure_period_source_and_where_it_stands(
    client: Client, invented: Council
) -> None:
    answer = client.get("/councils/exampleshire/context.csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(answer)))
    last = [row for row in rows if row["measure"] == "agency_rate"][-1]
    assert (last["year"], last["figure"], last["stands"]) == ("2022", "28.9", "above")
    assert (last["neighbours_10th"], last["neighbours"]) == ("11.9", "10")
    hidden = [row for row in rows if row["measure"] == "repeat_plans"][-1]
    assert (hidden["figure"], hidden["symbol"], hidden["stands"]) == ("", "c", "unknown")
    about = client.get("/councils/exampleshire/context.csv-metadata.json").json()
    assert "Department for Education" in about["dc:source"]


def test_meeting_mode_steps_through_the_figures_and_the_inspections(
    client: Client, invented: Council
) -> None:
    said = page(client, f"{PAGE}?present=1")
    assert "Exampleshire stands outside the band" in said
    assert "Exampleshire, inspected in March 2021" in said


def test_a_page_of_figures_asks_the_database_once(
    client: Client, invented: Council, django_assert_num_queries: object
) -> None:
    client.get("/councils/exampleshire/")
    with django_assert_num_queries(1):  # type: ignore[operator]
        client.get(PAGE)


# The shipped record


@pytest.mark.parametrize("slug", ["luton", "kent", "isles-of-scilly", "poole", "cumberland"])
def test_every_council_has_its_page_of_figures(client: Client, slug: str) -> None:
    answer = client.get(f"/councils/{slug}/context/")
    assert answer.status_code == 200
    assert not re.search(r"\b(nan|None|inf)\b", answer.content.decode())


def test_a_figure_before_the_days_of_a_pin_has_no_later_ones(client: Client) -> None:
    rows = client.get("/councils/luton/context.json?as_at=2020-02-24").json()["figures"]
    assert max(row["year"] for row in rows) == 2019
