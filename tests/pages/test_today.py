"""Today is never written into an address: a link followed tomorrow shows tomorrow."""

import re

import pytest
from django.test import Client
from django.utils import timezone

pytestmark = [pytest.mark.django_db, pytest.mark.once]
HTMX = {"HX-Request": "true"}
PATHS = (
    "/", "/councils/", "/councils/luton/", "/england/changes/", "/england/statistics/",
    "/england/journeys/", "/england/upcoming/", "/compare/", "/england/grades-held/",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_today_asked_for_is_written_nowhere(client: Client, path: str) -> None:
    today = timezone.localdate().isoformat()
    page = client.get(f"{path}?as_at={today}").content.decode()
    links = re.findall(r'(?:href|action|hx-get)="([^"]*)"', page)
    assert links
    assert not [link for link in links if f"as_at={today}" in link and "known=" not in link]
    assert not re.search(rf'name="as_at"[^>]* value="{today}"', page)


@pytest.mark.parametrize("path", ["/england/changes/", "/england/statistics/"])
def test_an_area_chosen_today_pushes_no_day(client: Client, path: str) -> None:
    today = timezone.localdate().isoformat()
    pushed = client.get(f"{path}?as_at={today}&area=leaders", headers=HTMX).headers["HX-Push-Url"]
    assert pushed == f"{path}?area=leaders"
    earlier = client.get(f"{path}?as_at=2024-03-31&area=leaders", headers=HTMX)
    assert "as_at=2024-03-31" in earlier.headers["HX-Push-Url"]


def test_a_link_that_pins_both_clocks_keeps_today(client: Client) -> None:
    today = timezone.localdate()
    known = f"{today:%Y%m%d}T000000Z"
    pinned = f"as_at={today}&known={known}"
    page = client.get(f"/councils/luton/?{pinned}").content.decode()
    assert pinned.replace("&", "&amp;") in page
