"""A reader's own list: one feed, one calendar, their page, and how each is found."""

import re

import pytest
from django.conf import settings
from django.test import Client

from tests.share.atom_rules import problems

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record"), pytest.mark.once]
LIST = "councils=luton~bedford~central-bedfordshire"


def test_one_feed_holds_the_councils_of_the_list_alone(client: Client) -> None:
    path = f"/feeds.atom?{LIST}"
    text = client.get(path).content.decode()
    assert problems(text.encode(), settings.SITE_URL + path) == []
    found = set(re.findall(r"/councils/([a-z-]+)/inspections/", text))
    assert found == {"luton", "bedford", "central-bedfordshire"}
    assert "Luton, Bedford and Central Bedfordshire" in text


def test_one_calendar_holds_what_each_council_s_own_does(client: Client) -> None:
    def uids(path: str) -> set[str]:
        return set(re.findall(r"UID:(\S+)", client.get(path).content.decode()))

    each = [uids(f"/councils/{slug}.ics") for slug in ("luton", "bedford", "central-bedfordshire")]
    assert uids(f"/feeds.ics?{LIST}") == set().union(*each)


def test_the_page_gives_both_addresses_and_ticks_make_a_list(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "MAIL_URL", "smtp://127.0.0.1")  # or no mail is offered
    page = client.get(f"/feeds/?{LIST}").content.decode()
    host = settings.SITE_URL.partition("://")[2]
    assert f'href="webcal://{host}/feeds.ics?{LIST}"' in page
    assert f'href="{settings.SITE_URL}/feeds.atom?{LIST}"' in page
    assert f'href="/subscribe/?{LIST}"' in page
    ticked = client.get("/feeds/?councils-any=luton&councils-any=bedford")
    assert ticked.headers["Location"] == "/feeds/?councils=luton~bedford"


def test_a_list_may_be_as_long_as_a_region_and_no_longer(client: Client) -> None:
    slugs = re.findall(r'value="([a-z-]+)"', client.get("/feeds/").content.decode())[:41]
    assert client.get(f"/feeds.atom?councils={'~'.join(slugs[:40])}").status_code == 200
    refused = client.get(f"/feeds.atom?councils={'~'.join(slugs)}")
    assert (refused.status_code, b"at most 40" in refused.content) == (400, True)
    assert client.get("/feeds.atom?councils=luton~nowhere").status_code == 400


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("/", "/england.atom"),
        ("/england/changes/", "/england.atom"),
        ("/councils/luton/", "/councils/luton.atom"),
        ("/councils/luton/inspections/2020-01-13/", "/councils/luton.atom"),
        ("/england/visits/?region=london", "/england/visits.atom?region=london"),
        ("/england/findings/", "/england/findings.atom"),
        ("/councils/?region=london", "/england/london.atom"),
        ("/corrections/", "/corrections.atom"),
        (f"/feeds/?{LIST}", f"/feeds.atom?{LIST}"),
    ],
)
def test_a_page_leads_a_feed_reader_to_its_feed(client: Client, page: str, feed: str) -> None:
    text = client.get(page).content.decode()
    found = re.findall(
        r'rel="alternate" type="application/atom\+xml" title="[^"]+" href="([^"]+)"', text
    )
    assert found == [feed]
    assert client.get(feed).status_code == 200


def test_a_council_s_calendar_can_be_added_to_one_s_own(client: Client) -> None:
    host = settings.SITE_URL.partition("://")[2]
    assert (
        f'href="webcal://{host}/councils/luton.ics"'
        in client.get("/councils/luton/").content.decode()
    )
