"""Embeds: frameable, without cookies, found by oEmbed; nothing else may be framed."""

import json
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client

from inspections.models import Council

pytestmark = [pytest.mark.django_db, pytest.mark.once]
EMBEDS = ("/embed/councils/exampleshire/grades/", "/embed/england/grades-held/")
PAGES = ("/", "/councils/", "/councils/exampleshire/", "/councils/exampleshire/grades/", "/data/")


@pytest.mark.parametrize("path", EMBEDS)
def test_every_site_may_frame_an_embed(client: Client, exampleshire: Council, path: str) -> None:
    response = client.get(path)
    policy = response.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "script-src 'self'" in policy
    assert "X-Frame-Options" not in response.headers
    assert not response.cookies


@pytest.mark.parametrize("path", PAGES)
def test_nothing_else_may_be_framed(client: Client, exampleshire: Council, path: str) -> None:
    response = client.get(path)
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Frame-Options"] == "DENY"
    assert not response.cookies


def test_the_host_chooses_the_scheme(client: Client, exampleshire: Council) -> None:
    assert 'data-theme="dark"' in client.get(f"{EMBEDS[0]}?theme=dark").content.decode()
    assert "data-theme" not in client.get(f"{EMBEDS[0]}?theme=x").content.decode()


def test_an_embed_has_no_way_into_the_admin(client: Client, exampleshire: Council) -> None:
    page = client.get(EMBEDS[0]).content.decode()
    assert "/admin/" not in page
    assert "<form" not in page
    assert "csrf" not in page


def test_oembed_gives_the_frame_of_a_chart(client: Client, exampleshire: Council) -> None:
    address = f"{settings.SITE_URL}/councils/exampleshire/grades/?from=2022"
    found = json.loads(client.get(f"/oembed?url={quote(address)}&maxwidth=400").content)
    assert (found["type"], found["version"], found["width"]) == ("rich", "1.0", 400)
    assert found["title"] == "Exampleshire: grades over time"
    assert "/embed/councils/exampleshire/grades/?from=2022" in found["html"]
    assert found["thumbnail_url"].endswith("/grades.preview.png?from=2022")


@pytest.mark.parametrize(
    "address",
    [
        "", "http://evil.example/councils/exampleshire/grades/", "javascript:alert(1)", "//[",
        "http://127.0.0.1:8000/councils/", "http://127.0.0.1:8000/councils/nowhere/grades/",
    ],
)  # fmt: skip
def test_oembed_refuses_other_addresses(
    client: Client, exampleshire: Council, address: str
) -> None:
    response = client.get(f"/oembed?url={quote(address)}")
    assert response.status_code == 404
    assert json.loads(response.content)["error"].startswith("url:")


def test_a_charts_page_names_its_oembed(client: Client, exampleshire: Council) -> None:
    page = client.get("/councils/exampleshire/grades/").content.decode()
    assert 'type="application/json+oembed"' in page


@pytest.mark.parametrize(
    "path",
    [
        "/?area=leaders&as_at=2025-01-01", "/councils/?region=south-east",
        "/councils/exampleshire/",
        "/councils/exampleshire/grades/?areas=leaders&from=2022", "/england/grades-held/",
        "/councils/exampleshire/inspections/2024-03-04/", "/corrections/", "/method/", "/data/",
        "/compare/?councils=exampleshire", "/england/statistics/?region=london&area=leaders",
        "/england/changes/?from=2023-01-31&area=leaders", "/england/journeys/?grade=good",
        "/england/timing/?by=kind", "/england/upcoming/?region=south-east&sort=name",
        "/england/inadequate/?region=london", "/england/expected/", "/about/", "/accessibility/",
    ],
)  # fmt: skip
def test_a_shared_page_unfolds_with_a_picture_that_exists(
    client: Client, exampleshire: Council, path: str
) -> None:
    import re
    from html import unescape

    page = client.get(path).content.decode()
    tags = dict(re.findall(r'<meta property="og:([a-z:]+)" content="([^"]*)"', page))
    assert {"title", "description", "url", "image", "image:alt"} <= set(tags)
    assert 'name="twitter:card" content="summary_large_image"' in page
    image = unescape(tags["image"])
    assert image.startswith(settings.SITE_URL)
    content = client.get(image.removeprefix(settings.SITE_URL)).content
    assert content.startswith(b"\x89PNG")
    assert int.from_bytes(content[16:20], "big") == 1200
    if "?" in path:
        assert set(path.partition("?")[2].split("&")) <= set(image.partition("?")[2].split("&"))
