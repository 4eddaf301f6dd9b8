"""How long it has been: in whole months of the calendar, the same everywhere."""

from datetime import date

import pytest
from django.test import Client

from dashboard import words
from tests.pages.reading import main_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def page(client: Client, path: str) -> str:
    return main_of(client.get(path).content.decode())


@pytest.mark.parametrize(
    ("start", "end", "months", "said"),
    [
        (date(2022, 7, 11), date(2024, 7, 11), 24, "2 years"),
        (date(2022, 7, 11), date(2024, 7, 10), 23, "23 months"),
        (date(2021, 3, 1), date(2024, 3, 1), 36, "3 years"),
        (date(2026, 1, 16), date(2026, 11, 16), 10, "10 months"),
        (date(2026, 1, 1), date(2026, 3, 1), 2, "2 months"),
        (date(2026, 7, 1), date(2026, 8, 31), 1, "61 days"),
        (date(2024, 9, 30), date(2026, 8, 22), 22, "22 months"),
        (date(2026, 8, 22), date(2026, 8, 22), 0, "0 days"),
    ],
)
def test_a_span_is_of_whole_months_of_the_calendar(
    start: date, end: date, months: int, said: str
) -> None:
    assert words.whole_months(start, end) == months
    assert words.span(start, end) == said


@pytest.mark.parametrize(
    ("name", "months", "said"),
    [
        ("Devon", 22, "22 months"),
        ("Peterborough", 32, "2 years 8 months"),
        ("Tameside", 32, "2 years 8 months"),
        ("Cheshire East", 29, "2 years 5 months"),
        ("Nottingham", 49, "4 years 1 month"),
    ],
)
def test_months_so_far_are_the_same_in_the_list_the_chart_and_in_words(
    client: Client, name: str, months: int, said: str
) -> None:
    text = page(client, "/england/inadequate/")
    listed = text.split("Months so far")[1].split(f" {name} ")[1]
    assert f" {months} " in listed[:24]
    assert (
        f"Since the inspection began {said}, "
        in text.split("council by council")[1].split(f" {name} ")[1]
    )
    chart = page(client, "/england/after-inadequate/")
    assert f" {months} " in chart.split(f" {name} ")[-1][:40]
    waits = page(client, "/england/journeys/")
    assert f" {months} so far" in waits.split(f" {name} ")[1][:40]
