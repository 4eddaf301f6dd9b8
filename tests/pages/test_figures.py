"""Figures of all councils and of councils side by side: the spread, n, what is not published."""

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

pytestmark = pytest.mark.django_db
COMPARE = "/compare/?councils=exampleshire~near-1"


@pytest.fixture
def invented(empty_record: None) -> Iterator[Council]:
    """Eleven councils: agency staff 11% to 20% in ten, 28.9% in the eleventh; one figure is not
    published."""
    council = make.make_council("Exampleshire")
    make.make_inspection(council, grades=dict.fromkeys(make.FIVE_AREAS, "good"))
    agency = make.make_measure("agency_rate", name="Agency social workers", short_name="Agency")
    plans = make.make_measure("repeat_plans", name="Repeat plans", short_name="Repeat plans")
    make.make_series(agency, council, "2021:31.5 2022:28.9")
    make.make_series(plans, council, "2022:-")
    make.make_series(agency, None, "2022:17")
    for number in range(1, 11):
        other = make.make_council(f"Near {number}")
        make.make_inspection(other, grades=dict.fromkeys(make.FIVE_AREAS, "good"))
        StatisticalNeighbour.objects.create(
            council=council, neighbour=other, rank=number, model_year=2025
        )
        make.make_series(agency, other, f"2022:{10 + number}")
        make.make_series(plans, other, f"2022:{10 + number}")
    actions.raise_version()
    yield council


def page(client: Client, path: str) -> str:
    said = re.sub(r' data-label="[^"]*"', "", unescape(client.get(path).content.decode()))
    return re.sub(r"\s+", " ", said)


def rows(client: Client, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(path).content.decode())))


def test_england_tells_the_spread_of_each_year_with_n_and_no_list_of_councils(
    client: Client, invented: Council
) -> None:
    said = page(client, "/england/figures/")
    row = '<tr><th scope="row">Agency</th><td>2022</td><td>11</td><td>12.0%</td>'
    assert f"{row}<td>16.0%</td><td>20.0%</td><td>17.0%</td></tr>" in said
    assert "<td>2021</td><td>1</td><td>31.5%</td>" in said
    assert (
        "In the median council (half have more, half less), newest figures: agency social workers "
        "16.0% and repeat plans 15.5%."
    ) in said
    assert "Line: the median council. Band: eight in ten councils." in said
    assert "Exampleshire" not in said.split("<main")[1]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("exampleshire", "Exampleshire: agency social workers 28.9% (median council 16.0%)."),
        ("Near 1", "Near 1: agency social workers 11.0% (median council 16.0%) and repeat plans "
         "11.0% (median council 15.5%)."),
    ],
)  # fmt: skip
def test_a_council_stands_beside_the_median_one_by_its_name(
    client: Client, invented: Council, asked: str, said: str
) -> None:
    shown = page(client, f"/england/figures/?council={asked}")
    assert f'<p class="sentence first">{said}</p>' in shown
    unknown = page(client, "/england/figures/?council=nowhere")
    assert "there is no council of this name" in unknown and "sentence first" not in unknown


def test_one_measure_of_a_region_is_told_in_a_sentence(client: Client, invented: Council) -> None:
    said = page(client, "/england/figures/?measures=agency-rate")
    assert (
        "Agency social workers, on 30 September 2022: median of 11 councils 16.0%, from the 10th "
        "percentile to the 90th 12.0% to 20.0%; England 17.0%."
    ) in said
    assert "No figure is on record" in page(client, "/england/figures/?region=london")


def test_a_figure_that_is_not_published_is_left_out_of_the_spread_and_never_zero(
    client: Client, invented: Council
) -> None:
    found = rows(client, "/england/figures.csv")
    plans = next(row for row in found if row["measure"] == "repeat_plans")
    assert (plans["councils_measured"], plans["lowest"]) == ("10", "11.0")
    own = rows(client, "/compare/figures.csv?councils=exampleshire")
    last = next(row for row in own if row["measure"] == "repeat_plans")
    assert (last["figure"], last["symbol"], last["stands"]) == ("", "-", "unknown")
    assert "<strong>not published</strong>" in page(client, COMPARE)


def test_compare_sets_each_council_beside_its_neighbours_and_all_councils(
    client: Client, invented: Council
) -> None:
    said = page(client, COMPARE)
    assert '<strong>28.9%</strong> <span class="quiet">neighbours 11.9% to 19.1%, n 10' in said
    assert "<strong>11.0%</strong></span>" in said  # Near 1 has no neighbours on record
    assert '12.0% to 20.0% <span class="quiet">median 16.0%, n 11' in said
    assert said.count("Association, not cause") == 1
    assert "on 30 September 2022" in said
    assert "Figures beside one another" not in page(client, "/compare/")


def test_files_of_compare_have_every_year_of_each_council(
    client: Client, invented: Council
) -> None:
    found = rows(client, "/compare/figures.csv?councils=exampleshire~near-1")
    agency = [row for row in found if row["measure"] == "agency_rate"]
    assert [(row["council_slug"], row["year"], row["figure"]) for row in agency] == [
        ("exampleshire", "2021", "31.5"),
        ("exampleshire", "2022", "28.9"),
        ("near-1", "2022", "11.0"),
    ]
    last = agency[1]
    assert (last["neighbours"], last["percentile_90"], last["england_figure"]) == (
        "10", "20.0", "17.0",
    )  # fmt: skip
    json = client.get("/england/side-by-side.json?councils=exampleshire").json()
    assert json["figures"][-1]["symbol"] == "-"


def test_a_pinned_comparison_tells_that_a_figure_was_corrected(
    client: Client, invented: Council
) -> None:
    pinned = f"{COMPARE}&{pin_now()}"
    assert "Nothing shown here has changed since." in page(client, pinned)
    series = MeasureSeries.objects.get(measure__code="agency_rate", council=invented)
    actions.correct(series, changes={"cells": "2022:30.1"}, reason="Misread", by=None)
    said = page(client, pinned)
    assert "28.9%" in said and "30.1%" not in said
    assert "not shown here: figures beside the inspections" in said


def test_both_pages_ask_the_database_once(
    client: Client, invented: Council, django_assert_num_queries: object
) -> None:
    client.get("/")
    for path in ("/england/figures/", COMPARE):
        with django_assert_num_queries(1):  # type: ignore[operator]
            client.get(path)


def test_page_and_api_tell_the_same_spread_of_the_same_councils(
    client: Client, invented: Council
) -> None:
    asked = "measure=agency_rate&year=2022"
    (told,) = client.get(f"/api/v1/spreads?{asked}").json()["results"]
    on_page = [row for row in rows(client, "/england/figures.csv") if row["year"] == "2022"]
    own = next(row for row in on_page if row["measure"] == "agency_rate")
    names = ("councils_measured", "percentile_10", "median_figure", "percentile_90")
    assert [str(told[name]) for name in names] == [own[name] for name in names]
    assert client.get(f"/api/v1/spreads?{asked}&region=london").json()["results"] == []
