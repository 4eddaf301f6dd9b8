"""What was published as a machine read it says so wherever it shows, until somebody confirms it."""

from datetime import date, timedelta

import pytest
from django.test import Client

from inspections.models import Inspection, Visit
from tests.entry.steps import by_name, entered

pytestmark = pytest.mark.django_db
TOLD = "read by machine, not yet confirmed"


@pytest.fixture
def events(staff: Client) -> tuple[Inspection, Visit]:
    draft = entered(staff)
    visit = by_name(staff, "visit")
    day = (date.fromisoformat(draft.facts["end_date"]) + timedelta(days=3)).isoformat()
    given = {
        "kind": "focused_visit",
        "start_date": day,
        "end_date": day,
        "topics": ["care_leavers"],
    }
    staff.post(f"/entry/{visit.pk}/", given)
    for one in (draft, visit):
        staff.post(f"/entry/{one.pk}/check/", {"publish": "1", "is_another": "A visit"})
    Inspection.objects.filter(council__slug="exampleshire").update(checked="machine")
    Visit.objects.filter(council__slug="exampleshire").update(confidence="machine")
    return (
        Inspection.objects.get(council__slug="exampleshire"),
        Visit.objects.get(council__slug="exampleshire"),
    )


def test_every_place_says_that_nobody_has_confirmed_it(
    staff: Client, events: tuple[Inspection, Visit]
) -> None:
    public = Client()
    for event in events:
        pages = ["/councils/exampleshire/", "/councils/exampleshire.atom", event.get_absolute_url()]
        for page in (*pages, "/england/week/"):
            assert TOLD in public.get(page).content.decode().lower(), page
    assert staff.get("/entry/").content.decode().count("confirm or correct") == 2


def test_a_person_confirms_it(staff: Client, events: tuple[Inspection, Visit]) -> None:
    for event, field, value in zip(
        events, ("checked", "confidence"), ("report", "letter"), strict=True
    ):
        address = f"/entry/correct/exampleshire/{event.reference}/"
        sent = {f"was:{field}": "machine", field: value, "reason": "Compared with the document."}
        assert staff.post(address, sent).status_code == 302
    for page in ("/councils/exampleshire/", "/councils/exampleshire.atom"):
        assert TOLD not in Client().get(page).content.decode().lower()
    assert "confirm or correct" not in staff.get("/entry/").content.decode()
