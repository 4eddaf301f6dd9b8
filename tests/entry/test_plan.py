"""A council's own register of its action plan: who may keep it, what is kept, who sees it."""

import csv
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from inspections.models import ActionPlan, Correction, Council, PlannedAction
from inspections.people.roles import BY_CODE, give_role
from inspections.store import current_record
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record")]
FORM = "/entry/plan/luton/2026-01-19/1/"
GIVEN = {
    "owner_role": "head_of_service", "due_date": "30 June 2027", "state": "under_way",
    "evidence": "Audit of <May>",
}  # fmt: skip


def signed_in(role: str) -> Client:
    client = Client()
    user = make_user(role, is_staff=True)
    give_role(user, BY_CODE[role])
    client.force_login(user)
    return client


def test_an_officer_keeps_a_row_and_readers_see_nothing_of_it_until_it_is_switched_on() -> None:
    editor, reviewer, reader = signed_in("editor"), signed_in("reviewer"), Client()
    assert editor.post(FORM, GIVEN).status_code == 302
    held = PlannedAction.objects.get()
    assert (held.owner_role, held.due_date) == ("head_of_service", date(2027, 6, 30))
    assert held.updated_date == timezone.localdate()
    assert "No register of Luton" in reader.get("/councils/luton/plan/").content.decode()
    assert current_record().planned == ()
    assert editor.post("/entry/plan/luton/public/", {"public": "yes"}).status_code == 403
    assert reviewer.post("/entry/plan/luton/public/", {"public": "yes"}).status_code == 302
    page = reader.get("/councils/luton/plan/").content.decode()
    assert "1 action: 1 under way." in page
    assert "Audit of &lt;May&gt;" in page
    assert "Head of service" in page
    assert "/councils/luton/plan/" in reader.get("/councils/luton/").content.decode()
    reviewer.post("/entry/plan/luton/public/", {"public": "no"})
    assert "No register of Luton" in reader.get("/councils/luton/plan/").content.decode()


def test_a_change_is_kept_in_the_history_and_not_in_the_log_of_corrections() -> None:
    editor = signed_in("editor")
    editor.post(FORM, GIVEN)
    editor.post(FORM, GIVEN | {"state": "done"})
    held = PlannedAction.objects.get()
    assert held.state == "done"
    assert [row.state for row in held.history.order_by("history_id")] == ["under_way", "done"]
    assert not Correction.objects.filter(reason__contains="Register").exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"owner_role": "Mrs Example"}, "Owner role"),
        ({"due_date": "soon"}, "expected a day"),
        ({"state": "nearly"}, "State"),
        ({"evidence": "x" * 1001}, "Evidence"),
    ],
)
def test_what_cannot_be_kept_is_said_and_what_was_typed_stays(wrong: dict, said: str) -> None:
    answer = signed_in("editor").post(FORM, GIVEN | wrong)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert "Audit of &lt;May&gt;" in answer.content.decode() or "evidence" in wrong
    assert not PlannedAction.objects.exists()


@pytest.mark.parametrize(
    "path", ["/entry/plan/", "/entry/plan/luton/", FORM, "/entry/plan/luton/public/"]
)
def test_only_staff_who_may_enter_open_the_register(path: str) -> None:
    ask = Client().post if path.endswith("public/") else Client().get
    assert ask(path).status_code == 302
    client = signed_in("reader")
    assert (client.post if path.endswith("public/") else client.get)(path).status_code == 403


def test_the_register_lists_the_points_of_the_newest_report_and_of_letters_since() -> None:
    editor = signed_in("editor")
    assert editor.get("/entry/plan/?council=Luton").headers["Location"] == "/entry/plan/luton/"
    page = editor.get("/entry/plan/luton/").content.decode()
    assert page.count("/entry/plan/luton/2026-01-19/") == 3
    assert "2022-07-11" not in page
    assert editor.get("/entry/plan/luton/2026-01-19/99/").status_code == 404


def test_the_public_register_is_a_file_too_and_an_earlier_day_knows_no_later_report() -> None:
    luton = Council.objects.get(slug="luton")
    signed_in("editor").post(FORM, GIVEN)
    ActionPlan.objects.create(council=luton, is_public=True)
    signed_in("reviewer").post("/entry/plan/luton/public/", {"public": "yes"})
    text = Client().get("/councils/luton/plan.csv").content.decode("utf-8-sig")
    [row] = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    assert (row["owner_role"], row["due_date"]) == ("head_of_service", "2027-06-30")
    before = Client().get("/councils/luton/plan/?as_at=2026-03-09").content.decode()
    assert "No register of Luton" in before
