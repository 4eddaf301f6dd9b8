"""One address, two renderings: the whole page, or the part that htmx swaps."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from dashboard import words

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PATHS = ["/?area=leaders", "/councils/?region=london"]
HTMX = {"HX-Request": "true"}
NAMES = {"hx-request", "hx-boosted", "hx-history-restore-request"}


@pytest.mark.parametrize("path", PATHS)
def test_htmx_gets_the_part_and_everyone_else_the_page(client: Client, path: str) -> None:
    page = client.get(path).content.decode()
    part = client.get(path, headers=HTMX).content.decode()
    assert "<html" in page and "<html" not in part
    assert part.strip() and part.strip() in page


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_a_boosted_or_restored_page_is_whole(client: Client, path: str, header: str) -> None:
    answer = client.get(path, headers=HTMX | {header: "true"})
    assert "<html" in answer.content.decode()
    assert "HX-Push-Url" not in answer.headers


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "part"])
def test_a_cache_is_told_what_the_answer_depends_on(
    client: Client, path: str, headers: dict[str, str]
) -> None:
    answer = client.get(path, headers=headers)
    assert {name.strip().lower() for name in answer.headers["Vary"].split(",")} >= NAMES
    assert "must-revalidate" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("asked", "pushed"),
    [
        ("/councils/?q=&region=&kind=&area=help-and-protection&sort=name", "/councils/"),
        ("/councils/?sort=grade&q=++lut+&region=", "/councils/?q=lut&sort=grade"),
        ("/councils/?q=a%26b%3Dc", "/councils/?q=a%26b%3Dc"),
        ("/councils/?q=%0d%0aX-Evil:1", "/councils/?q=X-Evil%3A1"),
        ("/councils/?q=caf%C3%A9", "/councils/?q=caf%C3%A9"),
        ("/councils/?grade=splendid&utm=1", "/councils/"),
        ("/?area=help-and-protection", "/"),
        ("/?as_at=2020-01-01&area=leaders", "/?as_at=2020-01-01&area=leaders"),
    ],
)
def test_a_part_pushes_the_canonical_address(client: Client, asked: str, pushed: str) -> None:
    assert client.get(asked, headers=HTMX).headers["HX-Push-Url"] == pushed


def test_a_whole_page_pushes_nothing(client: Client) -> None:
    assert "HX-Push-Url" not in client.get("/councils/").headers


@pytest.mark.parametrize("path", PATHS)
def test_what_was_ignored_is_said_in_the_part_too(client: Client, path: str) -> None:
    part = client.get(f"{path}&as_at=soon", headers=HTMX).content.decode()
    assert "“as_at=soon” was ignored" in part
    page = client.get(f"{path}&as_at=soon").content.decode()
    assert page.count("“as_at=soon” was ignored") == 1


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/councils/luton/?as_at=2025-13-45", "today"),
        ("/england/changes/?as_at=2026-03-31&from=2025-13-45", "31 March 2025"),
    ],
)
def test_an_unreadable_day_is_told_with_the_day_shown_instead(
    client: Client, address: str, shown: str
) -> None:
    page = client.get(address).content.decode()
    name = address.split("?")[1].split("&")[-1]
    assert f"“{name}” was ignored: it is not a date" in page
    day = words.day(timezone.localdate()) if shown == "today" else shown
    assert f" Showing {day} instead." in page


def test_the_search_form_works_without_javascript(client: Client) -> None:
    page = client.get("/councils/").content.decode()
    form = re.search(r'<form class="filters"[^>]*action="/councils/"[^>]*>(.*?)</form>', page, re.S)
    assert "<button" in form[1]
    # A form's empty selects are submitted too, and mean nothing.
    names = re.findall(r'name="([^"]*)"', form[1])
    query = "&".join(f"{name}=" for name in names)
    answer = client.get(f"/councils/?{query}")
    assert (
        "Part of this address could not be read, so it is left out" not in answer.content.decode()
    )


@pytest.mark.parametrize("path", ["/", "/councils/"])
def test_search_forms_carry_both_clocks(client: Client, path: str) -> None:
    page = client.get(f"{path}?as_at=2020-02-23&known=20261101T000000Z").content.decode()
    forms = re.findall(r"<form.*?</form>", page, re.S)
    form = next(form for form in forms if 'name="q"' in form)
    assert '<input type="hidden" name="as_at" value="2020-02-23">' in form
    assert '<input type="hidden" name="known" value="20261101T000000Z">' in form


SWAPPED = (
    "/", "/councils/", "/england/changes/", "/england/statistics/", "/england/journeys/",
    "/england/timing/", "/england/upcoming/", "/england/inadequate/", "/england/expected/",
)  # fmt: skip


@pytest.mark.parametrize("path", SWAPPED)
def test_a_notice_of_the_page_stands_in_its_part_too_and_once(client: Client, path: str) -> None:
    for headers in ({}, HTMX):
        shown = client.get(f"{path}?region=mars&as_at=soon", headers=headers).content.decode()
        assert shown.count("Part of this address could not be read, so it is left out") == 1
        assert "“as_at=soon” was ignored" in shown
    page = client.get(f"{path}?as_at=soon").content.decode()
    assert "was ignored" not in page.split('<div id="results">')[0]
