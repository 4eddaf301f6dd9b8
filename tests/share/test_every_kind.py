"""Every kind of chart has its embed, oEmbed, pinned link, table, files and share panel."""

import json
import re
from html import unescape
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client

from dashboard.charted.kind import ChartKind
from dashboard.urls import KINDS
from inspections.store import current_record

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY = "2024-03-31"


def path_of(kind: ChartKind) -> str:
    record = current_record()
    stem = kind.stem(record.council_by_slug["luton"] if kind.is_of_council else None)
    return f"{stem}/"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_a_chart_can_be_framed_found_by_oembed_and_downloaded(
    client: Client, kind: ChartKind
) -> None:
    path = path_of(kind)
    query = f"as_at={DAY}" if kind.slug != "compare" else f"as_at={DAY}&councils=luton~leeds"
    address = f"{settings.SITE_URL}{path}?{query}"
    found = json.loads(client.get(f"/oembed?url={quote(address, safe='')}").content)
    frame = unescape(re.search(r'src="([^"]+)"', found["html"])[1])
    framed = client.get(frame.removeprefix(settings.SITE_URL))
    assert framed.status_code == 200
    assert "<table" in framed.content.decode() or "data-chart" in framed.content.decode()
    page = client.get(f"{path}?{query}").content.decode()
    assert "<table" in page
    for ending in ("svg", "csv", "json"):
        file = client.get(f"{path.rstrip('/')}.{ending}?{query}")
        assert (file.status_code, bool(file.content)) == (200, True), ending


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_the_pinned_link_of_a_chart_shows_the_same(client: Client, kind: ChartKind) -> None:
    path = path_of(kind)
    query = "?councils=luton~leeds" if kind.slug == "compare" else ""
    share = client.get(f"{path}share/{query}").content.decode()
    pinned = [
        unescape(link)
        for link in re.findall(r'value="([^"]+)"', share)
        if "known=" in link and path in link and "/embed/" not in link
    ]
    assert pinned
    shown = client.get(pinned[0].removeprefix(settings.SITE_URL)).content.decode()
    now = client.get(path + query).content.decode()
    assert re.findall(r"<td[^>]*>.*?</td>", shown) == re.findall(r"<td[^>]*>.*?</td>", now)
