"""Three boxes of a day and several ticks lead to the one address of their view."""

import re
from datetime import date

import pytest
from django.test import Client

from dashboard.http.forms import day_of
from tests.pages.reading import text_of

TODAY = date(2026, 11, 28)
TYPED = [
    (("31", "3", "2025"), date(2025, 3, 31)),
    (("01", "03", "25"), date(2025, 3, 1)),
    (("31st", "March", "2025"), date(2025, 3, 31)),
    (("2", "Sept", "2024"), date(2024, 9, 2)),
    (("", "2", "2024"), date(2024, 2, 29)),
    (("", "", "2024"), date(2024, 12, 31)),
    (("", "11", "2026"), TODAY),  # the month is not over
    (("", "", "2026"), TODAY),
    (("", "12", "2026"), date(2026, 12, 31)),  # the page says that it is in the future
    (("30", "2", "2025"), None),
    (("31", "13", "2025"), None),
    (("31", "", "2025"), None),
    (("31", "3", ""), None),
    (("٣", "3", "2025"), None),
    (("x", "3", "2025"), None),
    (("1", "0", "2025"), None),
    (("1", "1", "0000"), None),
]


@pytest.mark.parametrize(("typed", "day"), TYPED)
def test_what_is_typed_into_three_boxes_is_understood(
    typed: tuple[str, str, str], day: date | None
) -> None:
    assert day_of(*typed, today=TODAY) == day


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.parametrize(
    ("path", "asked", "leads_to"),
    [
        ("/", "as_at-day=31&as_at-month=3&as_at-year=2025", "/?as_at=2025-03-31"),
        ("/?area=leaders", "as_at-month=March&as_at-year=25", "/?area=leaders&as_at=2025-03-31"),
        ("/councils/luton/", "as_at-day=&as_at-month=&as_at-year=", "/councils/luton/"),
        (
            "/england/statistics/",
            "as_at-day=22&as_at-month=8&as_at-year=2026&as_at-usual=2026-08-22&region=london",
            "/england/statistics/?region=london",
        ),
        (
            "/england/statistics/",
            "as_at-day=21&as_at-month=8&as_at-year=2026&as_at-usual=2026-08-22",
            "/england/statistics/?as_at=2026-08-21",
        ),
        (
            "/england/changes/",
            "from-day=1&from-month=1&from-year=2024&as_at-day=1&as_at-month=1&as_at-year=2025",
            "/england/changes/?as_at=2025-01-01&from=2024-01-01",
        ),
    ],
)
def test_three_boxes_lead_to_the_address_of_the_day(
    client: Client, path: str, asked: str, leads_to: str
) -> None:
    answer = client.get(f"{path}{'&' if '?' in path else '?'}{asked}")
    assert (answer.status_code, answer.headers["Location"]) == (302, leads_to)


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.parametrize(
    ("query", "boxes", "usual"),
    [("", ("22", "8", "2026"), True), ("?as_at=2025-03-31", ("31", "3", "2025"), False)],
)
def test_the_boxes_of_a_day_hold_the_day_that_is_shown(
    client: Client, query: str, boxes: tuple[str, str, str], usual: bool
) -> None:
    page = client.get(f"/england/statistics/{query}").content.decode()
    form = page.split('class="filters"')[1].split("</form>")[0]
    assert tuple(re.findall(r'maxlength="10" autocomplete="off" value="([0-9]*)"', form)) == boxes
    assert ("as_at-usual" in form) is usual


@pytest.mark.django_db
@pytest.mark.once
def test_ticked_councils_lead_to_their_comparison(client: Client) -> None:
    answer = client.get("/compare/?councils-any=luton&councils-any=bedford&as_at=2025-01-01")
    assert answer.headers["Location"] == "/compare/?as_at=2025-01-01&councils=luton~bedford"


@pytest.mark.django_db
@pytest.mark.once
def test_ticked_councils_can_be_followed(client: Client) -> None:
    page = client.get("/councils/").content.decode()
    assert 'formaction="/subscribe/">Follow' in page.split('id="to-compare"')[1]
    followed = client.get("/subscribe/?councils-any=luton&councils-any=bedford", follow=True)
    said = followed.content.decode()
    assert 'value="Luton, Bedford"' in said or "councils=luton~bedford" in said


@pytest.mark.django_db
@pytest.mark.once
def test_what_is_no_day_is_said_as_it_was_typed(client: Client) -> None:
    typed = "as_at-day=31&as_at-month=13&as_at-year=2025"
    page = client.get(f"/councils/luton/?{typed}", follow=True)
    assert page.status_code == 200 and "31 13 2025" in text_of(page.content.decode())
