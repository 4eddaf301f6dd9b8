"""From a document or a name to the public page, and what stops on the way."""

import re
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from inspections.entry.days import typed_day, usual_ends
from inspections.entry.offers import inspection_kinds, visit_kinds
from inspections.models import (
    Correction,
    Council,
    Draft,
    Framework,
    ImprovementPoint,
    Inspection,
    Visit,
)
from tests.entry.steps import a_monday, by_name, entered, report, today, upload
from tests.factories import make_user
from tests.importers import documents as d

pytestmark = pytest.mark.django_db


# Days


@pytest.mark.parametrize(
    "text",
    ["27 November 2026", "27/11/26", "27/11/2026", "27.11.2026", "27 nov 26", " 27-11-2026 "],
)
def test_days_are_understood_as_people_type_them(text: str) -> None:
    assert typed_day(text) == date(2026, 11, 27)


@pytest.mark.parametrize("text", ["", "soon", "31/11/2026", "11/27/2026", "November 2026"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert typed_day(text) is None


def test_a_monday_proposes_its_friday_and_the_next() -> None:
    assert usual_ends(date(2026, 11, 9)) == (date(2026, 11, 13), date(2026, 11, 20))
    assert usual_ends(date(2026, 11, 10)) == ()


# From a document


def test_a_report_is_published_in_two_more_steps(staff: Client, tmp_path: Path) -> None:
    draft = upload(staff, report(tmp_path))
    page = staff.get(f"/entry/{draft.pk}/").content.decode()
    assert "<q>Inspection dates: 10 to 14 June 2024</q>" in page
    assert f'/entry/{draft.pk}/document.pdf#page=1">page 1</a>' in page
    asked = page.split("Still to be given")[1].split("</fieldset>")[0]
    assert re.findall(r'name="([^"]+)"', asked) == ["publication_date"]
    staff.post(f"/entry/{draft.pk}/", {"publication_date": "23/7/24", "check": "1"})
    looked = staff.get(f"/entry/{draft.pk}/check/").content.decode()
    assert "As readers will see it" in looked
    assert "Requires improvement" in looked
    assert not Inspection.objects.filter(council__slug="exampleshire").exists()
    answer = staff.post(f"/entry/{draft.pk}/check/", {"publish": "1"})
    assert answer.status_code == 302, re.sub(r"<[^>]+>", " ", answer.content.decode())
    inspection = Inspection.objects.get(council__slug="exampleshire")
    assert inspection.publication_date == date(2024, 7, 23)
    assert inspection.judgements.count() == 5
    assert ImprovementPoint.objects.filter(inspection=inspection).count() == 3
    assert Client().get(inspection.get_absolute_url()).status_code == 200


def test_a_letter_is_published_with_its_points_and_address(staff: Client, tmp_path: Path) -> None:
    draft = upload(staff, d.letter(tmp_path / "a.pdf", actions=["One that cannot wait."]))
    url = "https://files.ofsted.gov.uk/v1/file/50000001"
    staff.post(f"/entry/{draft.pk}/", {"document_url": url, "check": "1"})
    staff.post(f"/entry/{draft.pk}/check/", {"publish": "1"})
    visit = Visit.objects.get(council__slug="exampleshire")
    assert (visit.letter_url, visit.priority_actions) == (url, 1)
    assert visit.citations.get().source.url == url


def test_a_file_that_cannot_be_read_is_a_draft_that_says_why(staff: Client, tmp_path: Path) -> None:
    path = tmp_path / "holiday.pdf"
    path.write_bytes(b"not a document")
    draft = upload(staff, path)
    page = staff.get(f"/entry/{draft.pk}/").content.decode()
    assert "What the reader was not sure of" in page


def test_a_doubtful_value_is_empty_and_explained_at_its_field(
    staff: Client, tmp_path: Path
) -> None:
    path = d.ilacs_report(tmp_path / "a.pdf", dates=("Inspection dates: 31 to 35 June 2024",))
    page = staff.get(f"/entry/{upload(staff, path).pk}/").content.decode()
    field = page.split('id="f-start_date"')[1].split("</p>")[0]
    assert 'value=""' in field
    assert "The reader was not sure." in field
    assert "What the reader was not sure of" not in page


def test_the_same_file_twice_is_one_draft(staff: Client, tmp_path: Path) -> None:
    path = report(tmp_path)
    first = upload(staff, path)
    assert upload(staff, path) == first
    assert Draft.objects.count() == 1


def test_another_host_is_not_asked(staff: Client) -> None:
    answer = staff.post("/entry/", {"what": "https://evil.example/v1/file/1"})
    assert answer.status_code == 400
    assert "another host" in answer.content.decode()
    assert not Draft.objects.exists()


# By hand


def test_by_hand_only_the_grades_of_the_framework_in_force_are_asked(staff: Client) -> None:
    draft = by_name(staff)
    page = staff.get(f"/entry/{draft.pk}/").content.decode()
    framework = Framework.objects.filter(in_force_to=None).latest("in_force_from")
    assert page.count('name="grade:') == framework.areas.count()


def test_what_the_form_asks_for_is_no_problem_of_the_document(
    staff: Client, tmp_path: Path
) -> None:
    """A report says no day of publication: the import needs it, the form has a box for it."""
    draft = upload(staff, report(tmp_path))
    assert "publication_date" not in draft.facts
    assert [row for row in draft.problems if row["fact"] == "publication_date"] == []


def test_an_inspection_by_hand(staff: Client) -> None:
    draft = by_name(staff)
    framework = Framework.objects.filter(in_force_to=None).latest("in_force_from")
    grades = {f"grade:{area.code}": "good" for area in framework.areas.all()}
    monday = a_monday(56)
    given = {"kind": "standard", "start_date": f"{monday:%d/%m/%y}", **grades}
    page = staff.post(f"/entry/{draft.pk}/", {**given, "save": "1"}).content.decode()
    friday = monday + timedelta(days=11)
    assert f'value="{friday.isoformat()}"' in page
    given["end_choice"] = friday.isoformat()
    staff.post(f"/entry/{draft.pk}/", {**given, "check": "1"})
    answer = staff.post(f"/entry/{draft.pk}/check/", {"publish": "1"})
    assert answer.status_code == 302, re.sub(r"<[^>]+>", " ", answer.content.decode())
    inspection = Inspection.objects.get(council__slug="exampleshire")
    assert (inspection.end_date, inspection.publication_date) == (friday, today())


def test_the_first_day_decides_the_framework_and_its_areas(staff: Client) -> None:
    draft = by_name(staff)
    old = Framework.objects.exclude(in_force_to=None).latest("in_force_from")
    day = old.in_force_to - timedelta(days=30)
    page = staff.post(f"/entry/{draft.pk}/", {"start_date": f"{day:%d/%m/%Y}", "save": "1"})
    assert page.content.decode().count('name="grade:') == old.areas.count()


def test_what_was_not_understood_is_kept_as_typed_and_told(staff: Client) -> None:
    draft = by_name(staff)
    answer = staff.post(
        f"/entry/{draft.pk}/",
        {"council": "Exampelshire", "start_date": "next week", "lead_inspector": "R", "check": "1"},
    )
    page = answer.content.decode()
    assert "&quot;next week&quot;: expected a day" in page
    assert 'value="Exampelshire"' in page
    draft.refresh_from_db()
    assert draft.facts["lead_inspector"] == "R"
    assert draft.typed["start_date"] == "next week"


def test_typing_is_kept_by_itself(staff: Client) -> None:
    draft = by_name(staff, "visit")
    answer = staff.post(f"/entry/{draft.pk}/", {"lead_inspector": "Rae Sample", "keep": "1"})
    assert answer.content.decode().startswith("Kept at ")
    staff.logout()
    draft.refresh_from_db()
    assert draft.facts["lead_inspector"] == "Rae Sample"


def test_points_are_lines_without_their_marks(staff: Client) -> None:
    draft = by_name(staff, "visit")
    staff.post(f"/entry/{draft.pk}/", {"points": "• One.\n2. Two.\n\n- Three.", "save": "1"})
    draft.refresh_from_db()
    assert [point["text"] for point in draft.points] == ["One.", "Two.", "Three."]
    assert draft.facts["improvement_points"] == "3"


def test_only_kinds_of_late_are_offered(record: None) -> None:
    in_force = list(Framework.objects.filter(in_force_to=None))
    assert "sif" not in dict(inspection_kinds(in_force))
    assert "standard" in dict(inspection_kinds(in_force))
    assert "assurance_visit" not in dict(visit_kinds(date(2026, 11, 28)))


# What stops


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"document_url": "https://evil.example/1"}, "Expected an address of Ofsted"),
        ({"publication_date": "1/1/1989"}, "1989"),
        ({"end_date": "1/1/2026"}, "before"),
        ({"kind": ""}, "This is needed"),
    ],
)
def test_what_is_impossible_is_refused(staff: Client, given: dict[str, str], told: str) -> None:
    draft = entered(staff, **given)
    answer = staff.post(f"/entry/{draft.pk}/check/", {"publish": "1"})
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert not Inspection.objects.filter(council__slug="exampleshire").exists()


def test_what_is_unusual_needs_a_reason_that_stays(staff: Client) -> None:
    draft = entered(staff, publication_date=today().isoformat())
    framework = Framework.objects.filter(in_force_to=None).latest("in_force_from")
    first = f"grade:{framework.areas.first().code}"
    others = {f"grade:{area.code}": "" for area in framework.areas.all()}
    staff.post(f"/entry/{draft.pk}/", {**others, first: "good", "check": "1"})
    answer = staff.post(f"/entry/{draft.pk}/check/", {"publish": "1"})
    assert answer.status_code == 400
    assert "Say why each of these is right" in answer.content.decode()
    staff.post(
        f"/entry/{draft.pk}/check/",
        {"publish": "1", "reason:every-area-judged": "The report judges one."},
    )
    inspection = Inspection.objects.get(council__slug="exampleshire")
    assert "The report judges one." in inspection.history.latest().history_change_reason


def test_the_same_event_again_is_shown_before_a_second_is_made(staff: Client) -> None:
    first = entered(staff)
    staff.post(f"/entry/{first.pk}/check/", {"publish": "1"})
    second = entered(staff)
    page = staff.get(f"/entry/{second.pk}/check/").content.decode()
    assert "Is it this one?" in page
    staff.post(f"/entry/{second.pk}/check/", {"publish": "1"})
    assert Inspection.objects.filter(council__slug="exampleshire").count() == 1


def test_a_second_press_publishes_nothing_more(staff: Client) -> None:
    draft = entered(staff)
    staff.post(f"/entry/{draft.pk}/check/", {"publish": "1"})
    answer = staff.post(f"/entry/{draft.pk}/check/", {"publish": "1"})
    assert answer.headers["Location"] == f"/entry/{draft.pk}/done/"
    assert Inspection.objects.filter(council__slug="exampleshire").count() == 1


def test_what_is_unusual_is_asked_about_before_it_is_written(staff: Client) -> None:
    """Also where the button is pressed without having seen the question."""
    draft = entered(staff, publication_date=today().isoformat(), end_date=today().isoformat())
    answer = staff.post(f"/entry/{draft.pk}/check/", {"publish": "1"})
    assert answer.status_code == 400
    assert "Say why each of these is right" in answer.content.decode()
    assert not Inspection.objects.filter(council__slug="exampleshire").exists()


def test_undo_withdraws_with_a_correction_and_opens_the_draft(staff: Client) -> None:
    draft = entered(staff)
    staff.post(f"/entry/{draft.pk}/check/", {"publish": "1"})
    inspection = Inspection.objects.get(council__slug="exampleshire")
    staff.post(f"/entry/{draft.pk}/undo/")
    assert Client().get(inspection.get_absolute_url()).status_code == 410
    assert Correction.objects.filter(field="status").exists()
    assert Draft.objects.get(pk=draft.pk).state == "draft"


# Later, and by another


def test_an_embargoed_report_appears_at_its_hour(staff: Client) -> None:
    tomorrow = today() + timedelta(days=1)
    draft = entered(staff, publication_date=tomorrow.isoformat())
    answer = staff.post(
        f"/entry/{draft.pk}/check/",
        {"schedule": "1", "day": tomorrow.isoformat(), "hour": "9:30"},
    )
    assert answer.status_code == 302, re.sub(r"<[^>]+>", " ", answer.content.decode())
    call_command("publish_due", stdout=StringIO())
    assert not Inspection.objects.filter(council__slug="exampleshire").exists()
    draft.refresh_from_db()
    assert timezone.localtime(draft.scheduled_at).hour == 9
    Draft.objects.update(scheduled_at=timezone.now() - timedelta(minutes=1))
    draft.refresh_from_db()
    draft.facts["publication_date"] = today().isoformat()
    draft.save()
    call_command("publish_due", stdout=StringIO())
    assert Inspection.objects.filter(council__slug="exampleshire").count() == 1


@pytest.mark.parametrize("day", ["2999-01-01", "9999-12-31", "0001-01-01", "2020-01-01"])
def test_nothing_is_set_to_appear_at_an_hour_that_cannot_be_meant(staff: Client, day: str) -> None:
    draft = entered(staff)
    typed = {"schedule": "1", "day": day, "hour": "9:30"}
    answer = staff.post(f"/entry/{draft.pk}/check/", typed)
    assert answer.status_code != 302
    assert "Give a day and an hour to come" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.scheduled_at is None


def test_a_due_draft_that_breaks_a_rule_is_a_draft_again_and_says_why(staff: Client) -> None:
    draft = entered(staff)
    Draft.objects.update(
        state=Draft.State.SCHEDULED, scheduled_at=timezone.now() - timedelta(minutes=1)
    )
    draft.refresh_from_db()
    draft.facts = {**draft.facts, "end_date": "2019-01-01"}
    draft.save()
    with pytest.raises(SystemExit):
        call_command("publish_due", stdout=StringIO(), stderr=StringIO())
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert draft.problems[-1]["place"] == "publishing"


def test_where_review_is_asked_for_another_person_publishes(staff: Client, settings: Any) -> None:
    settings.ENTRY_NEEDS_REVIEW = True
    draft = entered(staff)
    assert staff.post(f"/entry/{draft.pk}/check/", {"publish": "1"}).status_code == 400
    staff.post(f"/entry/{draft.pk}/check/", {"review": "1"})
    other = Client()
    other.force_login(make_user("reviewer", is_staff=True, is_superuser=True))
    assert other.post(f"/entry/{draft.pk}/check/", {"publish": "1"}).status_code == 302


# Who sees it


@pytest.mark.parametrize("route", ["", "1/", "1/check/", "1/done/", "1/undo/", "1/document.pdf"])
def test_only_those_who_may_enter_get_in(route: str, council: Council) -> None:
    asked = Client()
    send = asked.post if route == "1/undo/" else asked.get
    assert send(f"/entry/{route}").status_code == 302
    asked.force_login(make_user("reader", is_staff=True))
    assert send(f"/entry/{route}").status_code == 403


def test_staff_pages_are_never_kept(staff: Client) -> None:
    assert staff.get("/entry/")["Cache-Control"] == "no-store"


def test_what_is_typed_is_shown_escaped(staff: Client) -> None:
    draft = by_name(staff)
    answer = staff.post(
        f"/entry/{draft.pk}/", {"lead_inspector": "<script>x</script>", "save": "1"}
    )
    assert "<script>x" not in answer.content.decode()
