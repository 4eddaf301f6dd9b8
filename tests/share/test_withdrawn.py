"""The address of what somebody withdrew says so, with date and reason."""

import pytest
from django.test import Client
from django.utils import timezone

from inspections import actions
from inspections.models import Council, Inspection, Visit
from tests import factories as make

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
