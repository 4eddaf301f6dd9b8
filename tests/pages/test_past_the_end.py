"""A number of a page past the end: the last page is shown, and said so; never an empty list."""

import re

import pytest
from django.test import Client

from inspections.store import current_record

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LISTS = {
    "changes": "",
    "journeys": "grade=good",
    "upcoming": "",
    "inadequate": "",
    "expected": "",
}


def councils_on(client: Client, path: str) -> list[str]:
    """The councils that a list links to, in its order."""
    page = client.get(path).content.decode()
    assert 'class="notice"' not in page
    return re.findall(r'href="/councils/([a-z-]+)/', page)


@pytest.mark.parametrize("name", LISTS)
def test_past_the_end_is_the_last_page_and_a_notice(
    client: Client, name: str, django_assert_max_num_queries
) -> None:
    path = f"/england/{name}/?{LISTS[name]}"
    current_record()
    with django_assert_max_num_queries(1):
        answer = client.get(f"{path}&page=9999")
    page = answer.content.decode()
    said = re.search(r"“page=9999” was ignored: the list ([^.<]+)\.", page)
    assert said
    number = re.search(r"page ([0-9]+), which is shown", said[1])
    assert number or said[1] == "has only one page"
    last = f"{path}&page={number[1]}" if number else path
    listed = re.findall(r'href="/councils/([a-z-]+)/', page)
    assert listed == councils_on(client, last)
    assert listed
    if name == "journeys":
        assert int(number[1]) > 1


def test_a_list_without_rows_says_so_too(client: Client) -> None:
    """No council was inspected by then."""
    page = client.get("/england/upcoming/?as_at=2001-01-01&page=3").content.decode()
    assert "“page=3” was ignored: the list has only one page." in page


def test_a_chart_of_windows_past_the_end_is_that_of_the_last_page_and_its_file_is_refused(
    client: Client,
) -> None:
    page = client.get("/england/windows/?page=9999").content.decode()
    assert "“page=9999” was ignored: the list" in page
    assert "No council" not in page
    refused = client.get("/england/windows.csv?page=9999")
    assert refused.status_code == 400
    assert "“page=9999” cannot be read: the list" in refused.content.decode()
