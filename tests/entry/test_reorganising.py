"""A reorganisation in one form: read, checked in words, written whole, taken back."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from inspections.models import Correction, Council
from tests.entry.steps import entered
from tests.people.conftest import person

pytestmark = pytest.mark.django_db

ADDRESS = "/entry/reorganise/"
DAY = timezone.localdate() + timedelta(days=200)
GIVEN = {
    "ends": "Exampleshire", "day": f"{DAY:%d/%m/%Y}", "source": "An invented order",
    "reason": "Two councils take its place", "count": "2",
    "name-0": "North Exampleshire Council", "kind-0": "unitary", "districts-0": "Upper Dale",
    "name-1": "South Exampleshire Council", "kind-1": "unitary", "districts-1": "lower dale; Mere",
    "ons_code-1": "e06999999",
}  # fmt: skip


@pytest.fixture
def districts(council: Council) -> None:
    for name in ("Upper Dale", "Lower Dale", "Mere"):
        council.aliases.create(scheme="district", value=name, source_text="Invented")


def test_it_is_checked_in_words_and_saved_whole(staff: Client, districts: None) -> None:
    looked = staff.post(ADDRESS, GIVEN | {"check": "1"}).content.decode()
    spelt = f"{DAY.day} {DAY:%B %Y}"
    assert "Exampleshire: its last day is to be" in looked
    assert f"North Exampleshire Council is to begin on {spelt}, for Upper Dale" in looked
    assert "Not known yet: ONS code, DfE code, Ofsted number" in looked
    assert f"Exampleshire is to be replaced on {spelt} by North Exampleshire (Upper Dale)" in looked
    assert not Council.objects.filter(slug="north-exampleshire").exists()
    for _ in range(2):  # a second press changes nothing
        saved = staff.post(ADDRESS, GIVEN | {"save": "1"})
        assert (saved.status_code, saved.headers["Location"]) == (302, ADDRESS)
    old, new = Council.objects.get(slug="exampleshire"), Council.objects.filter(opened_date=DAY)
    assert old.closed_date == DAY - timedelta(days=1)
    assert [row.ons_code for row in new.order_by("slug")] == ["", "E06999999"]
    assert {row.predecessors.get() for row in new} == {old}
    assert set(new.get(slug="south-exampleshire").aliases.values_list("value", flat=True)) == {
        "Lower Dale", "Mere",
    }  # fmt: skip
    logged = Correction.objects.get(council=old, field="closed_date")
    assert (logged.reason, logged.source_text) == (GIVEN["reason"], GIVEN["source"])
    page = Client().get("/councils/south-exampleshire/").content.decode()
    assert "South Exampleshire is to begin on" in page
    assert "Exampleshire</a>, last day" in staff.get(ADDRESS).content.decode()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"ends": "Nowhere"}, "No council is called"),
        ({"ends": "Poole"}, "has a last day already"),
        ({"day": "soon"}, "Expected a day"),
        ({"reason": ""}, "This is needed"),
        ({"name-0": "Luton Council"}, "Luton is on record already"),
        ({"name-0": "", "name-1": ""}, "Name at least one"),
        ({"districts-1": "Lower Dale"}, "Not placed yet: Mere"),
        ({"districts-1": "Lower Dale, Mere, Upper Dale"}, "Upper Dale stands twice"),
        ({"districts-1": "Lower Dale, Mere, Woking"}, "Woking is no district"),
        ({"ons_code-1": "06"}, "expected E and eight digits"),
        ({"dfe_code-1": "821"}, "821 is or was Luton"),
        ({"kind-0": "duchy"}, "duchy"),
    ],
)
def test_what_is_impossible_is_refused_whole(
    staff: Client, districts: None, typed: dict[str, str], told: str
) -> None:
    before = Council.objects.count()
    for press in ("check", "save"):
        answer = staff.post(ADDRESS, GIVEN | typed | {press: "1"})
        assert answer.status_code == 400
        assert told in answer.content.decode()
    assert Council.objects.count() == before
    assert Council.objects.get(slug="exampleshire").closed_date is None


def test_a_council_inspected_after_its_last_day_is_refused(staff: Client) -> None:
    draft = entered(staff)
    staff.post(f"/entry/{draft.pk}/check/", {"publish": "1"})
    past = date.fromisoformat(draft.facts["start_date"]) - timedelta(days=1)
    typed = {"day": past.isoformat(), "districts-0": "", "districts-1": ""}
    answer = staff.post(ADDRESS, GIVEN | typed | {"save": "1"})
    assert answer.status_code == 400
    assert "began on" in answer.content.decode()
    assert not Council.objects.filter(slug="north-exampleshire").exists()


def test_it_is_taken_back_with_a_reason_and_logged(staff: Client, districts: None) -> None:
    staff.post(ADDRESS, GIVEN | {"save": "1"})
    undo = f"{ADDRESS}exampleshire/undo/"
    assert "Say why" in staff.post(undo, {"reason": ""}).content.decode()
    assert staff.post(undo, {"reason": "Put off."}).status_code == 302
    assert Council.objects.get(slug="exampleshire").closed_date is None
    assert not Council.objects.filter(slug__endswith="-exampleshire").exists()
    gone = Correction.objects.filter(kind="council", reason="Put off.", council=None)
    assert gone.count() == 2
    assert "Nothing is to come" in staff.post(undo, {"reason": "Again."}).content.decode()


def test_only_administrators_reorganise(council: Council) -> None:
    editor = Client()
    editor.force_login(person("editor", "editor"))
    assert editor.post(ADDRESS, GIVEN | {"save": "1"}).status_code == 403
    page = editor.get(ADDRESS).content.decode()
    assert "Administrators enter reorganisations" in page
