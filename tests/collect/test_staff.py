"""What staff see of the looks at Ofsted's site."""

import pytest
from django.test import Client
from django.utils import timezone

from inspections.models import CollectRun
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_a_looks_problems_stand_on_its_page_escaped(client: Client) -> None:
    client.force_login(make_user(is_staff=True, is_superuser=True))
    problem = {"place": "https://x.example", "found": "<b>new</b>", "expected": "a", "advice": "B."}
    run = CollectRun.objects.create(
        started_at=timezone.now(), counts={"draft": 2}, problems=[{**problem, "is_note": False}]
    )
    text = client.get(f"/admin/inspections/collectrun/{run.pk}/change/").content.decode()
    assert "&lt;b&gt;new&lt;/b&gt;; expected a. B." in text
    assert "2 draft" in client.get("/admin/inspections/collectrun/").content.decode()


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({}, "no new documents."),
        ({"found": 1}, "1 new document."),
        ({"found": 3, "draft": 2}, "3 new documents, 2 made a draft."),
    ],
)
def test_the_first_page_says_what_the_last_look_found(
    client: Client, counts: dict[str, int], said: str
) -> None:
    client.force_login(make_user(is_staff=True, is_superuser=True))
    CollectRun.objects.create(started_at=timezone.now(), saw_whole_list=True, counts=counts)
    text = " ".join(client.get("/entry/").content.decode().split())
    assert f"(the whole list): {said}" in text
