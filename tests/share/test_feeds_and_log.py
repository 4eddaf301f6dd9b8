"""The corrections log, the feeds, the comparison and the offline file."""

import re
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from dashboard import words
from dashboard.feeds.atom import FeedEntry, feed, midnight
from dashboard.state.address import to_slug
from inspections import actions, store
from inspections.models import Correction, Council, Inspection, RecordMoment
from inspections.vocabulary import Region
from tests import factories as make
from tests.share.atom_rules import problems
from tests.share.conftest import pin_now

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
NOON = datetime(2024, 1, 1, 12, tzinfo=UTC)


def entries(client: Client, path: str) -> list[ElementTree.Element]:
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(response.content)
    for name in ("id", "title", "updated"):
        assert root.find(ATOM + name).text
    return root.findall(ATOM + "entry")


FEEDS = (
    "/england.atom",
    *(f"/england/{to_slug(code)}.atom" for code in Region),
    "/councils/luton.atom",
    "/councils/staffordshire.atom",
    "/councils/isles-of-scilly.atom",
    "/corrections.atom",
    "/corrections.atom?council=staffordshire",
    "/england.atom?as_at=2019-05-31",
    "/england/london.atom?as_at=2000-01-31",
)


@pytest.mark.once
@pytest.mark.parametrize("path", FEEDS)
def test_every_feed_keeps_the_rules_of_atom(client: Client, record: None, path: str) -> None:
    content = client.get(path).content
    assert problems(content, settings.SITE_URL + path) == []
    assert client.get(path).content == content


def test_the_rules_of_atom_find_what_is_wrong(client: Client, exampleshire: Council) -> None:
    """The checker itself: each change breaks one rule."""
    path = "/england.atom"
    good = client.get(path).content.decode()
    address = settings.SITE_URL + path
    assert problems(good.encode(), address) == []
    for old, new, told in (
        ("<updated>", "<updated>x", "no date"),
        ("<author><name>", "<author><nom/><name>", "holds nom"),
        ('rel="alternate"', 'rel="self"', "neither content nor an alternate"),
        ("2021-03-01/</id>", "2024-03-04/</id>", "is the id of 2 entries"),
        ("<published>2024", "<published>2924", "before it was published"),
        ('<summary type="html">', '<summary type="html"><b/>', "holds elements"),
        ('rel="self"', 'rel="alternate"', "links to itself as []"),
    ):
        assert old in good, old
        found = problems(good.replace(old, new).encode(), address)
        assert any(told in line for line in found), (old, found)


def test_a_corrected_entry_is_updated_and_keeps_its_id(
    client: Client, exampleshire: Council
) -> None:
    path = "/councils/exampleshire.atom"
    before = {e.find(ATOM + "id").text: e for e in entries(client, path)}
    correct_a_day(exampleshire)
    after = {e.find(ATOM + "id").text: e for e in entries(client, path)}
    assert list(before) == list(after)
    entry = next(after[name] for name in after if "2024-03-04" in name)
    assert entry.find(ATOM + "published").text == "2024-05-01T00:00:00+00:00"
    corrected = Correction.objects.get().corrected_at
    assert entry.find(ATOM + "updated").text == corrected.isoformat()
    content = client.get(path).content
    assert problems(content, settings.SITE_URL + path) == []


def test_entries_carry_permanent_identifiers(client: Client, exampleshire: Council) -> None:
    correct_a_day(exampleshire)
    for path in ("/england.atom", "/corrections.atom"):
        newest = entries(client, path)[0]
        terms = [item.get("term") for item in newest.findall(ATOM + "category")]
        assert terms == [exampleshire.ons_code, "2024-03-04"]


def correct_a_day(council: Council) -> Inspection:
    fact = council.inspections.get(reference="2024-03-04")
    actions.correct(
        fact, changes={"publication_date": date(2024, 5, 1)}, reason="Misread.", by=None,
        source_text="Invented report",
    )  # fmt: skip
    return fact


def test_the_log_says_what_changed_when_why_and_by_which_source(
    client: Client, exampleshire: Council
) -> None:
    correct_a_day(exampleshire)
    page = client.get("/corrections/").content.decode()
    for said in ("24 April 2024 → 1 May 2024", "Misread.", "Source: Invented report."):
        assert said in page
    assert "1 correction of what this site published." in page
    assert 'href="/report/">Report an error</a>' in page
    of_one = client.get("/corrections/?council=exampleshire").content.decode()
    assert 'href="/report/?about=/councils/exampleshire/">Report an error</a>' in of_one


def test_the_log_of_one_council_leaves_out_the_others(
    client: Client, exampleshire: Council
) -> None:
    make.make_council("Northbridge")
    correct_a_day(exampleshire)
    assert "Misread." not in client.get("/corrections/?council=northbridge").content.decode()
    assert entries(client, "/corrections.atom?council=northbridge") == []
    page = client.get("/corrections/?council=nowhere").content.decode()
    assert "no council has this address" in page


def test_a_correction_is_an_entry_of_the_feed(client: Client, exampleshire: Council) -> None:
    correct_a_day(exampleshire)
    (entry,) = entries(client, "/corrections.atom")
    assert "24 April 2024 → 1 May 2024" in entry.find(ATOM + "summary").text


def test_a_feed_carries_any_text() -> None:
    """Marks of XML and HTML are escaped; a control character has no way into XML."""
    entry = FeedEntry("/a/", "A & <b>\x0b", "1 < 2\x00", midnight(date(2024, 1, 2)))
    content = feed(title="T & \x01", path="/f.atom", page="/f/", entries=[entry], changed=NOON)
    assert problems(content, f"{settings.SITE_URL}/f.atom") == []
    (found,) = ElementTree.fromstring(content).findall(f"{ATOM}entry")
    assert found.findtext(f"{ATOM}title") == "A & <b>�"
    assert found.findtext(f"{ATOM}summary") == "1 &lt; 2�"  # as HTML, so escaped once more


def test_a_feed_without_entries_is_as_old_as_the_record() -> None:
    content = feed(title="T", path="/f.atom", page="/f/", entries=[], changed=NOON)
    assert problems(content, f"{settings.SITE_URL}/f.atom") == []
    assert ElementTree.fromstring(content).findtext(f"{ATOM}updated") == NOON.isoformat()


def test_the_log_goes_by_the_moment_known_and_not_by_a_day_of_publication(
    client: Client, exampleshire: Council
) -> None:
    pin = pin_now()
    correct_a_day(exampleshire)
    page = client.get("/corrections/?as_at=2020-01-01").content.decode()
    assert "Misread." in page
    assert "“as_at=2020-01-01” was ignored: a correction is of the record" in page
    assert "had been published by" not in page
    assert 'href="/?as_at=2020-01-01"' in page
    then = client.get(f"/corrections/?{pin}").content.decode()
    assert "Misread." not in then
    assert "The log as it stood on" in then


def test_the_shipped_log_has_the_known_corrections(client: Client, record: None) -> None:
    page = client.get("/corrections/").content.decode()
    assert "Staffordshire" in page
    assert "Nottingham" in page


@pytest.mark.parametrize(
    "path", ["/england.atom", "/england/south-east.atom", "/councils/exampleshire.atom"]
)
def test_feeds_hold_what_was_published_newest_first(
    client: Client, exampleshire: Council, path: str
) -> None:
    found = [entry.find(ATOM + "published").text[:10] for entry in entries(client, path)]
    assert found == ["2024-04-24", "2022-07-20", "2021-04-21"]
    assert len(entries(client, f"{path}?as_at=2022-01-01")) == 1


def test_an_entry_was_updated_when_it_came_here_not_when_it_was_published(
    client: Client, exampleshire: Council
) -> None:
    before = timezone.now()
    make.make_visit(exampleshire, start_date=date(2019, 3, 4), publication_date=date(2019, 4, 1))
    actions.raise_version()
    found = {e.find(ATOM + "id").text[-11:]: e for e in entries(client, "/england.atom")}
    late = found["2019-03-04/"]
    assert before <= datetime.fromisoformat(late.find(ATOM + "updated").text) <= timezone.now()


def test_an_event_in_a_calendar_has_its_own_stamp(client: Client, exampleshire: Council) -> None:
    def stamps() -> dict[str, str]:
        text = client.get("/councils/exampleshire.ics").content.decode()
        events = text.split("BEGIN:VEVENT")[1:]
        return {
            re.search(r"UID:(\S+)@", event)[1]: re.search(r"DTSTAMP:(\S+)", event)[1]
            for event in events
        }

    Inspection.history.update(history_date=NOON)
    RecordMoment.objects.update(made_at=NOON)
    actions.raise_version()
    before = stamps()
    correct_a_day(exampleshire)
    changed = {name for name, stamp in stamps().items() if stamp != before.get(name)}
    kept = {name for name in before if name.startswith("inspection-")} - changed
    assert any("2024-03-04" in name for name in changed)
    assert kept and all(before[name] == "20240101T120000Z" for name in kept)


def test_a_region_without_councils_has_an_empty_feed(client: Client, exampleshire: Council) -> None:
    assert entries(client, "/england/london.atom") == []
    assert client.get("/england/atlantis.atom").status_code == 404
    assert client.get("/england/south_east.atom").status_code == 404


def test_a_hostile_name_stays_text_in_a_feed(client: Client, exampleshire: Council) -> None:
    Council.objects.update(short_name="<b>&\x07")
    (title, *_) = (e.find(ATOM + "title").text for e in entries(client, "/england.atom"))
    assert title.startswith("<b>&�")


def test_councils_stand_side_by_side_by_name(client: Client, exampleshire: Council) -> None:
    make.make_council("Ashford Vale")
    page = client.get("/compare/?councils=exampleshire~ashford-vale").content.decode()
    assert page.index('/councils/ashford-vale/"') < page.index('/councils/exampleshire/"')
    assert "Exampleshire: leaders: Good in Exampleshire" in page
    assert "no full inspection yet" in page


def test_an_unknown_council_in_a_comparison_is_named(client: Client, exampleshire: Council) -> None:
    page = client.get("/compare/?councils=exampleshire~atlantis").content.decode()
    assert "councils=atlantis" in page
    assert "there is no such council" in page


def test_a_council_is_added_by_name_or_code(client: Client, exampleshire: Council) -> None:
    other = make.make_council("Northbridge")
    for text in ("Northbridge", other.ons_code):
        response = client.get(f"/compare/add/?councils=exampleshire&add={text}")
        assert response.headers["Location"] == "/compare/?councils=exampleshire~northbridge"
    response = client.get("/compare/add/?councils=exampleshire&add=//evil.example")
    assert response.headers["Location"].startswith("/compare/?councils=exampleshire&add=")


def test_an_unclear_name_keeps_the_comparison_and_offers_the_matches(
    client: Client, exampleshire: Council
) -> None:
    for place in ("East", "West"):
        make.make_council(f"Northbridge {place}")
    asked = "/compare/add/?councils=exampleshire&add="
    page = client.get(f"{asked}northbridge", follow=True).content.decode()
    assert "“add=northbridge” was ignored: it is not the name or code of one council" in page
    assert 'name="councils" value="exampleshire"' in page
    for place in ("east", "west"):
        assert f'href="/compare/?councils=exampleshire~northbridge-{place}"' in page
    nothing = client.get(f"{asked}atlantis", follow=True).content.decode()
    assert 'name="councils" value="exampleshire"' in nothing
    assert "“add=atlantis” was ignored" in nothing
    assert "Did you mean" not in nothing
    assert client.get(asked).headers["Location"] == "/compare/?councils=exampleshire"


def test_a_comparison_of_ten_says_that_it_holds_no_eleventh(client: Client) -> None:
    slugs = [make.make_council(f"Northbridge {place}").slug for place in "ABCDEFGHIJK"]
    ten = "~".join(slugs[:10])
    response = client.get(f"/compare/add/?councils={ten}&add={slugs[10]}", follow=True)
    page = response.content.decode()
    assert f"“add={slugs[10]}” was ignored: 10 councils stand side by side already" in page
    assert slugs[9] in page
    response = client.get(f"/compare/add/?councils={ten}&add={slugs[9]}")  # stands there already
    assert response.headers["Location"].endswith(ten)


def test_same_grade_two_years_ago_is_offered(client: Client, exampleshire: Council) -> None:
    other = make.make_council("Northbridge")
    make.make_inspection(
        other, start_date=date(2020, 3, 2), grades={"help_and_protection": "requires_improvement"}
    )
    page = client.get("/compare/?councils=exampleshire&as_at=2024-01-31").content.decode()
    assert "Requires improvement for help and protection two years ago" in page
    assert "/compare/?as_at=2024-01-31&amp;councils=exampleshire~northbridge" in page


def test_the_comparison_asks_as_much_for_one_council_as_for_ten(
    client: Client, exampleshire: Council, django_assert_num_queries: object
) -> None:
    names = [make.make_council(f"Council {n}").slug for n in range(9)]
    for slugs in ("exampleshire", "~".join(["exampleshire", *names])):
        store.current_record()
        with django_assert_num_queries(1):
            client.get(f"/compare/?councils={slugs}")


def test_the_offline_file_needs_nothing_else(client: Client, exampleshire: Council) -> None:
    response = client.get("/councils/exampleshire/offline.html")
    page = response.content.decode()
    assert "attachment" in response.headers["Content-Disposition"]
    assert "<script" not in page
    assert "<link" not in page.replace('<link rel="canonical"', "")
    assert not re.search(r"(src|href)=\"/", page)
    assert "url(/" not in page
    assert "<svg" in page
    assert f"Saved on {words.day(timezone.localdate())}" in page


def test_every_form_of_an_address_leads_to_the_slug(client: Client, exampleshire: Council) -> None:
    code = exampleshire.ons_code
    for path in ("/councils/{}.atom", "/councils/{}/offline.html", "/councils/{}/"):
        response = client.get(path.format(code))
        assert response.status_code == 301
        assert response.headers["Location"] == path.format("exampleshire")
