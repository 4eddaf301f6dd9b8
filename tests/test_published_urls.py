"""Links never die: every published address is replayed, and every route is among them."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

LINES = (Path(__file__).parent / "published_urls.txt").read_text().splitlines()
PUBLISHED = [line.split(" ", 1) for line in LINES if line and not line.startswith("#")]


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(("status", "address"), PUBLISHED, ids=[line[1] for line in PUBLISHED])
def test_a_published_address_still_answers(client: Client, status: str, address: str) -> None:
    response = client.get(address)
    assert response.status_code == int(status)
    if response.status_code in {301, 302}:
        assert client.get(response.headers["Location"], follow=True).status_code == 200
    assert b"was ignored" not in response.content
    look = re.match(rb"<!doctype html>\s*<html[^>]* data-theme=\"([^\"]*)", response.content)
    assert look is None or look[1] in {b"dark", b"light"}


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for item in resolver.url_patterns:
        where = before + str(item.pattern)
        if isinstance(item, URLPattern):
            yield where
        elif not where.startswith(("admin/", "entry/")):
            yield from routes(item, where)


def test_every_public_route_has_been_published() -> None:
    """A new route is added to tests/published_urls.txt with the release that brings it."""
    replayed = {resolve(urlsplit(address).path).route for _, address in PUBLISHED
                if not urlsplit(address).path.endswith("E06000032")}  # fmt: skip
    # ninja's own root answers only where no page does.
    missing = {route for route in routes(get_resolver()) if route != "api/v1/"} - replayed
    assert not missing, "\n".join(["add:", *(f"200 /{route}" for route in sorted(missing))])


def test_no_address_is_listed_twice() -> None:
    assert len({address for _, address in PUBLISHED}) == len(PUBLISHED)
