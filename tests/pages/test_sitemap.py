"""What machines are told: a site map of pages that answer, and robots.txt that leads to it."""

from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client

from dashboard.state.lists import PAGES

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NAME = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_robots_are_led_to_the_site_map_and_kept_from_what_is_not_for_them(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in lines
    assert {"Disallow: /admin/", "Disallow: /entry/", "Disallow: /embed/"} <= set(lines)


def test_the_site_map_lists_every_council_once_and_its_addresses_answer(client: Client) -> None:
    answer = client.get("/sitemap.xml")
    tree = ElementTree.fromstring(answer.content)
    found = [str(one.text) for one in tree.iter(f"{NAME}loc")]
    assert len(found) == len(set(found))
    assert all(one.startswith(f"{settings.SITE_URL}/") for one in found)
    paths = [urlsplit(one).path for one in found]
    assert sum(path.count("/") == 3 and path.startswith("/councils/") for path in paths) == 160
    assert {path for _, path, _, _ in PAGES} <= set(paths)
    assert sum("/inspections/" in path for path in paths) > 1_300
    for path in [path for path in paths if "/councils/" not in path or "/luton/" in path]:
        assert client.get(path).status_code == 200, path
