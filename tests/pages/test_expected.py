"""What came of what was expected: told to the day that is known, of the kind that was meant."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.test import Client

from dashboard.england.expected import happened
from dashboard.england.expected_words import came_words, verdict
from dashboard.state.address import write_moment
from inspections.country_rows import Coverage
from inspections.questions.expectations import Came, expectations
from inspections.rows import UnreadReport
from inspections.store import current_record
from tests.invented_rows import inspection, record, statement, visit

DAY = date(2026, 11, 28)
COVERED = {
    "full_inspections": Coverage("full_inspections", None, date(2026, 8, 22), "", "Reports"),
    **{
        kind: Coverage(kind, date(2021, 4, 1), date(2025, 3, 31), "", "Lists")
        for kind in ("monitoring_visit", "assurance_visit")
    },
}


def expecting(event: str, first: date, last: date, *events: Any, **more: Any) -> Any:
    said = statement(
        date(2024, 1, 10), expected_event=event, expected_from_date=first, expected_to_date=last
    )
    held = record(*events, statements=(said,), coverage=COVERED, **more)
    (found,) = expectations(held, DAY).rows
    return found


def month_only(day: date) -> Any:
    return visit(day, kind="monitoring_visit", start_precision="month", publication_date=None)


@pytest.mark.parametrize(
    ("month", "came", "said"),
    [
        (date(2024, 3, 1), Came.INSIDE, "In March 2024 the first visit on record took place, "
         "within that time."),
        (date(2024, 6, 1), Came.AT_THE_EDGE, "In June 2024 the first visit on record took place, "
         "at the edge of that time: its day is not recorded."),
        (date(2024, 9, 1), Came.LATER, "In September 2024 the first visit on record took place, "
         "about 3 months after that time."),
    ],
)  # fmt: skip
def test_a_visit_known_to_the_month_is_told_by_its_month(
    month: date, came: Came, said: str
) -> None:
    found = expecting("first_visit", date(2024, 2, 1), date(2024, 6, 15), month_only(month))
    assert found.happened.came is came
    assert happened(found) == said


def test_a_visit_known_to_the_day_is_told_by_its_day() -> None:
    seen = visit(date(2024, 3, 5), kind="monitoring_visit")
    found = expecting("first_visit", date(2024, 2, 1), date(2024, 6, 15), seen)
    assert happened(found).startswith("On 5 March 2024 the first visit on record took place")


@pytest.mark.parametrize(
    ("event", "first", "said"),
    [
        ("first_visit", date(2024, 2, 1),
         "By 31 March 2025, to which monitoring visits are complete, the record shows none."),
        ("first_visit", date(2026, 2, 1),
         "Not known: monitoring visits are complete to 31 March 2025, before that time."),
        ("full_inspection", date(2026, 2, 1),
         "By 22 August 2026, to which full inspections are complete, the record shows none."),
        ("full_inspection", date(2026, 9, 1),
         "Not known: full inspections are complete to 22 August 2026, before that time."),
    ],
)  # fmt: skip
def test_what_has_not_come_is_told_to_the_day_of_its_kind(
    event: str, first: date, said: str
) -> None:
    assert happened(expecting(event, first, date(2026, 12, 31))) == said


def test_an_inspection_that_is_not_read_yet_took_place() -> None:
    unread = UnreadReport(1, 1, date(2026, 7, 6), "standard", date(2026, 8, 25), "https://e.org/")
    found = expecting("full_inspection", date(2026, 6, 1), date(2026, 7, 31), unread=(unread,))
    assert happened(found) == "On 6 July 2026 the next full inspection began, within that time."


def test_an_inspection_that_came_is_told_against_the_span() -> None:
    found = expecting(
        "full_inspection", date(2025, 6, 1), date(2025, 7, 31), inspection(date(2025, 9, 1))
    )
    assert happened(found) == (
        "On 1 September 2025 the next full inspection began, 32 days after that time."
    )


def test_a_first_visit_is_never_said_not_to_have_come() -> None:
    """Ofsted does not publish it."""
    found = expecting("first_visit", date(2024, 2, 1), date(2024, 6, 15))
    assert verdict(found) == ("Not known", "none on record to 31 March 2025")
    missed = expecting("full_inspection", date(2024, 2, 1), date(2024, 6, 15))
    assert verdict(missed) == ("None published", "no report on one by 22 August 2026")
    ahead = expecting("full_inspection", date(2026, 6, 1), date(2026, 12, 31))
    assert verdict(ahead)[0] == "Not known"


@pytest.mark.django_db
@pytest.mark.once
def test_a_number_that_was_stated_is_not_called_expected(client: Client) -> None:
    page = client.get("/england/expected/?council=luton&everything=1").content.decode()
    assert '<td data-label="Stated"> 70th of 317</td>' in " ".join(page.split())
    assert "Expected or stated" in page


@pytest.mark.django_db
def test_the_first_sentence_counts_what_became_of_what_was_expected(client: Client) -> None:
    page = " ".join(client.get("/england/expected/?as_at=2026-08-22").content.decode().split())
    assert (
        "Of 6 things said to come in Luton and Nottingham by a time now past, none is known to "
        "have come in time: 4 came later, 1 had no published report and 1 cannot be told from the "
        "record."
    ) in page
    assert "<h1>Expected and actual: Luton and Nottingham</h1>" in page
    assert "Routine inspection was paused from 17 March 2020 to " in page
    assert "15 statements in all, about Luton (14) and Nottingham (1), as found in" in page
    early = client.get("/england/expected/?as_at=2020-06-01").content.decode()
    assert "The one thing said to come in Luton by a time now past cannot be told from" in early
    table = page.partition('<table class="rows stack run said">')[2]
    assert table.index("Nottingham City Council") < table.index("Luton Council")


@pytest.mark.parametrize(
    ("became", "said"),
    [
        ({"Met": 2, "Later": 1}, "Of 3 things said to come by a time now past, 2 came in time: 1 "
         "came later."),
        ({"Met": 1}, "The one thing said to come by a time now past came in time."),
        ({"Not met": 1}, "The one thing said to come by a time now past had not come."),
        ({"None published": 1}, "The one thing said to come by a time now past had no published "
         "report."),
        ({"Not known": 1, "Earlier": 2}, "Of 3 things said to come by a time now past, none is "
         "known to have come in time: 2 came earlier and 1 cannot be told yet."),
        ({"Later": 2}, "Of 2 things said to come by a time now past, none came in time: 2 came "
         "later."),
    ],
)  # fmt: skip
def test_what_became_of_expectations_is_counted_by_outcome(
    became: dict[str, int], said: str
) -> None:
    assert came_words(Counter(became)) == said


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.parametrize(
    ("query", "said"),
    [
        # Luton's inspection had begun on 11 July 2022; its report came out in September.
        ("as_at=2022-07-31", "2 had no published report, 1 had not come,"),
        ("as_at=2022-12-31", "3 came later, 1 had not come and"),
    ],
)
def test_an_inspection_not_yet_published_is_not_said_not_to_have_begun(
    client: Client, query: str, said: str
) -> None:
    page = " ".join(client.get(f"/england/expected/?{query}").content.decode().split())
    assert said in page
    assert "<h1>Expected and actual: Luton</h1>" in page


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.parametrize(
    ("clock", "order", "way"),
    [
        ("", ["Nottingham City Council", "Luton Council"], "descending"),
        ("known", ["Luton Council", "Nottingham City Council"], "ascending"),
    ],
)
def test_a_link_pinned_before_the_order_changed_shows_its_order(
    client: Client, clock: str, order: list[str], way: str
) -> None:
    query = f"?known={write_moment(current_record().changed_at)}" if clock else ""
    page = client.get(f"/england/expected/{query}").content.decode()
    table = page.partition('<table class="rows stack run said">')[2]
    assert f'aria-sort="{way}"' in table
    assert table.index(order[0]) < table.index(order[1])


@pytest.mark.django_db
@pytest.mark.once
def test_the_chart_draws_what_gave_a_time_and_what_came(client: Client) -> None:
    page = client.get("/england/expected/?council=luton").content.decode()
    assert page.count('"/england/expected-when/?council=luton"') == 2
    shown = client.get("/england/expected-when/?council=luton").content.decode()
    assert "Luton: next full inspection" in shown
    figure = client.get("/england/expected-when.figure.json?council=luton").json()
    spans, lines, came = figure["data"]
    assert (len(spans["x"]), len(lines["x"]), len(came["x"])) == (5, 4, 4)  # a plan leaves no trace
    assert "2022-07-11" in came["x"]
    assert all(text.startswith("Later: ") for text in came["hovertext"])


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.parametrize("asked", ["council=leeds", "as_at=2019-01-01"])
def test_without_a_time_there_is_no_chart(client: Client, asked: str) -> None:
    assert "expected-when" not in client.get(f"/england/expected/?{asked}").content.decode()
    shown = client.get(f"/england/expected-when/?{asked}").content.decode()
    assert "England: no expectation with a time on record" in shown
