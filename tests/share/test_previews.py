"""What a chat shows of a shared link: the picture is drawn from the page's full query."""

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from inspections import actions
from inspections.models import Council, Judgement
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PNG_HEAD = 24  # bytes: signature, then width and height of the first chunk

PAGES = (
    "/",
    "/councils/",
    "/england/statistics/",
    "/england/changes/",
    "/england/journeys/",
    "/england/timing/",
    "/england/upcoming/",
    "/england/inadequate/",
    "/england/expected/",
    "/corrections/",
    "/compare/?councils=exampleshire",
    "/councils/exampleshire/",
    "/councils/exampleshire/grades/",
    "/councils/exampleshire/grades/share/",
    "/councils/exampleshire/inspections/2024-03-04/",
    "/councils/exampleshire/inspections/2022-06-07/",
    "/method/",
    "/data/",
    "/about/",
    "/api/v1/",
)
QUERIES = (
    ("/councils/", "q=north"),
    ("/councils/", "grade=good"),
    ("/councils/", "framework=example-rules&since=2-3"),
    ("/councils/", "sort=longest"),
    ("/councils/", "as_at=2023-01-01&area=leaders"),
    ("/england/statistics/", "by=region"),
    ("/england/statistics/", "as_at=2024-03-31&reading=ofsted"),
    ("/england/inadequate/", "region=london"),
    ("/england/expected/", "everything=1"),
    ("/england/changes/", "from=2023-01-01"),
    ("/england/changes/", "region=london"),
    ("/england/changes/", "area=leaders"),
    ("/corrections/", "council=northbridge"),
)


def tags(client: Client, path: str) -> dict[str, str]:
    page = client.get(path, follow=True).content.decode()
    found = re.findall(r'<meta (?:property|name)="([a-z:]+)" content="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


def picture(client: Client, address: str) -> bytes:
    """The picture of an Open Graph tag, which names this site in full."""
    assert address.startswith(f"{settings.SITE_URL}/")
    parts = urlsplit(address)
    response = client.get(f"{parts.path}?{parts.query}")
    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/png")
    return response.content


@pytest.mark.parametrize("path", PAGES)
def test_every_page_unfurls_with_a_large_picture(
    client: Client, exampleshire: Council, path: str
) -> None:
    said = tags(client, path)
    assert said["og:title"]
    assert said["og:description"]
    assert said["og:url"].startswith(f"{settings.SITE_URL}/")
    assert said["og:image:alt"]
    assert said["twitter:card"] == "summary_large_image"
    head = picture(client, said["og:image"])[:PNG_HEAD]
    assert head.startswith(b"\x89PNG")
    size = (int.from_bytes(head[16:20]), int.from_bytes(head[20:24]))
    assert size == (1200, 630)


@pytest.mark.parametrize(("path", "query"), QUERIES)
def test_the_picture_is_drawn_from_the_full_query(
    client: Client, exampleshire: Council, path: str, query: str
) -> None:
    make.make_council("Northbridge")
    plain, asked = tags(client, path)["og:image"], tags(client, f"{path}?{query}")["og:image"]
    assert asked == f"{plain}?{query}"
    assert picture(client, asked) != picture(client, plain)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("direction=up", "up"),
        ("direction=not-inspected", "not yet inspected"),
        ("steps=1", "moved by one grade"),
        ("was=requires-improvement&now=good", "from Requires improvement, to Good"),
    ],
)
def test_the_picture_of_changes_shows_the_councils_listed(
    client: Client, exampleshire: Council, query: str, words: str
) -> None:
    make.make_council("Northbridge")
    actions.raise_version()
    whole = "/england/changes/?from=2023-01-01&area=leaders&region=south-east"
    plain, said = tags(client, whole), tags(client, f"{whole}&{query}")
    assert said["og:title"] == f"South East, what changed: {words}"
    assert said["og:description"].startswith(f"1 council {words} for leaders between")
    assert said["og:image"].endswith(f"/england/changes.preview.png?{whole.split('?')[1]}&{query}")
    drawn = picture(client, said["og:image"])
    assert drawn != picture(client, plain["og:image"])
    assert drawn != picture(client, said["og:image"].replace(query, "direction=down"))


def test_the_chart_of_changes_names_what_narrows_the_list_alone(
    client: Client, exampleshire: Council
) -> None:
    actions.raise_version()
    page = client.get("/england/moves/?direction=up&from=2023-01-01").content.decode()
    assert "“direction=up” was ignored: the chart counts every council compared" in page
    share = client.get("/england/changes/?direction=up&from=2023-01-01").content.decode()
    assert "/england/moves.png?from=2023-01-01" in share


def test_filters_are_named_in_the_words_of_the_preview(
    client: Client, exampleshire: Council
) -> None:
    said = tags(client, "/councils/?q=example&grade=good&area=leaders&region=south-east&sort=grade")
    assert said["og:title"] == (
        "Councils: “example”, Good for leaders, South East, by grade in the chosen area, best first"
    )
    assert said["og:description"].startswith("1 council. Leaders: 1 ")


def test_the_picture_of_a_pinned_page_stays_as_it_was(
    client: Client, exampleshire: Council, pin: str
) -> None:
    paths = (f"/councils/?{pin}", f"/councils/exampleshire/inspections/2024-03-04/?{pin}")
    addresses = [tags(client, path)["og:image"] for path in paths]
    before = [picture(client, address) for address in addresses]
    judgement = Judgement.objects.get(
        inspection__reference="2024-03-04", area__code="help_and_protection"
    )
    worse = judgement.grade.scale.grades.get(code="inadequate")
    actions.correct(judgement, changes={"grade": worse}, reason="Misread.", by=None)
    assert [picture(client, address) for address in addresses] == before
    latest = [address.split("?")[0] for address in addresses]
    assert not set(before) & {picture(client, address) for address in latest}


@pytest.mark.parametrize(
    "path",
    [
        "/councils/exampleshire/inspections/1999-01-01.preview.png",
        "/councils/atlantis/inspections/2024-03-04.preview.png",
    ],
)
def test_there_is_no_picture_of_what_does_not_exist(
    client: Client, exampleshire: Council, path: str
) -> None:
    assert client.get(path).status_code == 404


def test_a_picture_of_an_inspection_follows_the_councils_code(
    client: Client, exampleshire: Council
) -> None:
    end = "inspections/2024-03-04.preview.png"
    response = client.get(f"/councils/{exampleshire.ons_code}/{end}")
    assert response.status_code == 301
    assert response.headers["Location"] == f"/councils/exampleshire/{end}"
