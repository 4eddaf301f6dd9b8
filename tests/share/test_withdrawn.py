"""The address of what somebody withdrew says so, with date and reason."""

from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from inspections import actions
from inspections.models import Council, Inspection, Visit
from tests import factories as make
from tests.pages.ics_grammar import parse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", [Inspection, Visit])
def test_a_withdrawn_event_is_gone_with_date_and_reason(
    kind: type[Inspection | Visit], client: Client, exampleshire: Council
) -> None:
    event = kind.objects.filter(council=exampleshire).first()
    path = f"/councils/exampleshire/inspections/{event.reference}/"
    assert client.get(path).status_code == 200
    actions.withdraw(event, reason="Entered twice, by mistake", by=make.make_user())
    answer = client.get(path)
    page = answer.content.decode()
    today = timezone.localdate()
    assert answer.status_code == 410
    assert "Entered twice, by mistake" in page
    assert f"{today.day} {today:%B %Y}" in page
    assert "/corrections/?council=exampleshire" in page
    assert path in client.get("/corrections/").content.decode()


def test_what_never_was_is_still_not_found(client: Client, exampleshire: Council) -> None:
    assert client.get("/councils/exampleshire/inspections/1999-01-01/").status_code == 404


def test_the_picture_of_a_withdrawn_event_is_gone_too(
    client: Client, exampleshire: Council
) -> None:
    event = Inspection.objects.filter(council=exampleshire).first()
    path = f"/councils/exampleshire/inspections/{event.reference}.preview.png"
    assert client.get(path).status_code == 200
    actions.withdraw(event, reason="Entered twice", by=make.make_user())
    assert client.get(path).status_code == 410
    feed = client.get("/corrections.atom").content.decode()
    assert "Entered twice" in feed


@pytest.mark.parametrize("path", ["councils/exampleshire", "england"])
def test_a_feed_tells_of_a_withdrawal_under_the_id_that_the_event_had(
    path: str, client: Client, exampleshire: Council
) -> None:
    event = Inspection.objects.filter(council=exampleshire).first()
    named = f"{settings.SITE_URL}/councils/exampleshire/inspections/{event.reference}/"
    before = entries(client, path)
    actions.withdraw(event, reason="Entered twice", by=make.make_user())
    after = entries(client, path)
    assert set(after) == set(before)
    title, summary = after[named]
    assert title.startswith("Withdrawn: Exampleshire, ")
    assert "Reason: Entered twice" in summary
    assert next(iter(after)) == named


def entries(client: Client, path: str) -> dict[str, tuple[str, str]]:
    """Identifier → title and summary, in the order of the feed."""
    feed = ElementTree.fromstring(client.get(f"/{path}.atom").content)
    atom = "{http://www.w3.org/2005/Atom}"
    return {
        row.findtext(f"{atom}id"): (row.findtext(f"{atom}title"), row.findtext(f"{atom}summary"))
        for row in feed.iter(f"{atom}entry")
    }


def test_a_calendar_cancels_what_was_withdrawn(client: Client, exampleshire: Council) -> None:
    event = Inspection.objects.filter(council=exampleshire).first()
    before = component(client, event.reference)
    actions.withdraw(event, reason="Entered twice", by=make.make_user())
    after = component(client, event.reference)
    assert (before["STATUS"], after["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert after["UID"] == before["UID"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert "Reason: Entered twice" in after["DESCRIPTION"]


def component(client: Client, reference: str) -> dict[str, str]:
    calendar = parse(client.get("/councils/exampleshire.ics").content)
    (found,) = [
        row.properties
        for row in calendar.parts
        if row.properties["UID"].startswith(f"inspection-exampleshire-{reference}@")
    ]
    return found
