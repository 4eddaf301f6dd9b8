"""A council that moves to another address is found under the former one for good."""

import pytest
from django.test import Client

from inspections import actions
from inspections.models import Council
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_former_slug_leads_to_the_new_one(client: Client, empty_record: None) -> None:
    council = make.make_council("Exampleshire")
    officer = make.make_user()
    actions.correct(council, changes={"slug": "new-exampleshire"}, reason="Renamed", by=officer)
    assert Council.objects.get(pk=council.pk).slug == "new-exampleshire"
    answer = client.get("/councils/exampleshire/?as_at=2024-01-01")
    assert answer.status_code == 301
    assert answer.headers["Location"] == "/councils/new-exampleshire/?as_at=2024-01-01"
    for rest in ("grades/", "grades.csv", "offline.html"):
        answer = client.get(f"/councils/exampleshire/{rest}")
        assert answer.status_code == 301, rest
        assert answer.headers["Location"] == f"/councils/new-exampleshire/{rest}"
    assert client.get("/compare/?councils=exampleshire").status_code == 200
