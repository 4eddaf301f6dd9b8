"""Visits by quarter: each visit stands in its own, and what is not known whole is said."""

import csv
from collections import Counter
from datetime import date

import pytest
from django.test import Client

from dashboard.charts import visits_by_quarter as drawing
from dashboard.england.visits_chart import title
from inspections.figure_rows import VisitQuarter, VisitsByQuarter
from inspections.questions.visits import WhichVisits, visits
from inspections.questions.visits_by_quarter import quarter_of, quarters, visits_by_quarter
from inspections.store import current_record
from tests.charts.more_samples import visits_by_quarter as sample
from tests.questions.plain import lines

EMPTY = VisitsByQuarter((VisitQuarter(date(2020, 1, 1), {}),), (), (None, date(2020, 2, 1)))
CASES = [
    (sample(), "5 visits in the year to 28 February 2022, 3 in the year before"),
    (sample(year_before=None), "5 visits in the year to 28 February 2022"),
    (EMPTY, "No visit on record"),
]


@pytest.mark.parametrize(("rows", "said"), CASES)
def test_the_title_tells_the_last_year_that_is_known_whole(
    rows: VisitsByQuarter, said: str
) -> None:
    assert title(rows) == said


def test_quarters_have_no_gap() -> None:
    assert quarter_of(date(2021, 12, 31)) == date(2021, 10, 1)
    assert [day.month for day in quarters(date(2021, 2, 28), date(2022, 1, 1))] == [1, 4, 7, 10, 1]
    assert quarters(date(2021, 2, 28), date(2021, 3, 31)) == [date(2021, 1, 1)]


@pytest.mark.parametrize("narrow", [False, True])
def test_what_is_not_known_and_what_was_paused_is_marked(narrow: bool) -> None:
    figure = drawing.figure(sample(), narrow=narrow)
    grey = [(one.x0, one.x1) for one in figure.layout.shapes if one.fillcolor]
    dashed = [(one.x0, one.x1) for one in figure.layout.shapes if one.line.dash]
    assert grey == [(-0.5, 0.5), (4.17, 5.5)]
    assert dashed == [(0.5, 1.5)]
    assert len(figure.layout.annotations) == 3
    told = [text for trace in figure.data for text in trace.hovertext if text]
    assert "Focused visit, January to March 2021: 1<br>Ashford &lt;Vale&gt;" in told


@pytest.mark.django_db
@pytest.mark.once
def test_the_counts_are_those_of_the_files() -> None:
    record = current_record()
    day = record.as_at_date
    assert day
    found = visits_by_quarter(record, day, visits(record, day, WhichVisits()))
    told = Counter({
        (row.first.isoformat(), kind): len(names)
        for row in found.quarters for kind, names in row.councils.items()
    })  # fmt: skip
    wanted = Counter(
        (quarter_of(date.fromisoformat(begun)).isoformat(), row["kind"])
        for row in lines("visits")
        if (begun := row["start_date"] or row["publication_date"])
    )
    assert told == wanted
    assert found.undated == 0


@pytest.mark.django_db
@pytest.mark.once
def test_the_page_shows_the_chart_of_what_is_chosen(client: Client) -> None:
    page = client.get("/england/visits/?type=focused-visit&region=london").content.decode()
    address = "/england/visits-by-quarter.figure.json?type=focused-visit&amp;region=london"
    assert f'data-figure="{address}"' in page
    figure = client.get(address.replace("&amp;", "&")).json()
    rows = list(csv.DictReader(
        client.get("/england/visits.csv?type=focused-visit&region=london").content.decode().splitlines()
    ))  # fmt: skip
    assert [trace["name"] for trace in figure["data"]] == ["Focused visit"]
    assert sum(figure["data"][0]["y"]) == len(rows) > 10
