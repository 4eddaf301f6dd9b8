"""What an officer meets on the way: another's draft, the wrong kind, a name that is not whole."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from inspections.models import Correction, Draft, Inspection, Visit
from tests.entry.steps import a_monday, by_name, entered, filled, report, today, upload
from tests.importers import documents as d
from tests.people.conftest import person

pytestmark = pytest.mark.django_db


def pressed(client: Client, draft: Draft, button: str) -> Any:
    """The draft's form, opened and sent as it stands."""
    address = f"/entry/{draft.pk}/"
    typed = filled(client.get(address).content.decode()) | {"topics": "care_leavers"}
    return client.post(address, typed | {button: "1"})


def visit(client: Client, **typed: str) -> Draft:
    draft = by_name(client, "visit")
    monday = a_monday(56)
    given = {"kind": "focused_visit", "start_date": f"{monday:%d/%m/%y}", "topics": "care_leavers",
             "end_date": f"{monday + timedelta(days=1):%d/%m/%y}"}  # fmt: skip
    client.post(f"/entry/{draft.pk}/", given | typed | {"check": "1"})
    draft.refresh_from_db()
    return draft


# What was wrong


def test_what_the_last_look_refuses_is_put_right_in_the_form_that_says_so(staff: Client) -> None:
    draft = entered(staff, publication_date="1/1/1989")
    page = staff.get(f"/entry/{draft.pk}/check/").content.decode()
    form = LexborHTMLParser(page).css_first("form.entry").attributes
    assert "1989-01-01 is not a day of this record" in page
    assert form["action"] == form["hx-post"] == f"/entry/{draft.pk}/"
    typed = filled(page) | {"publication_date": f"{today():%d/%m/%y}", "check": "1"}
    assert staff.post(form["action"], typed).headers["Location"] == f"/entry/{draft.pk}/check/"
    assert staff.post(f"/entry/{draft.pk}/check/", {"publish": "1"}).status_code == 302


# Another's draft


def test_who_opens_a_draft_in_review_and_changes_nothing_may_publish_it(
    staff: Client, settings: Any
) -> None:
    settings.ENTRY_NEEDS_REVIEW = True
    draft = visit(staff)
    staff.post(f"/entry/{draft.pk}/check/", {"review": "1"})
    other = Client()
    other.force_login(person("second", "reviewer"))
    assert pressed(other, draft, "check").headers["Location"] == f"/entry/{draft.pk}/check/"
    draft.refresh_from_db()
    assert (draft.state, draft.changed_by) == ("in_review", draft.made_by)
    answer = other.post(f"/entry/{draft.pk}/check/", {"publish": "1"})
    assert (answer.status_code, Visit.objects.filter(council=draft.council).count()) == (302, 1)


def test_who_changed_a_draft_in_review_does_not_publish_it_alone(
    staff: Client, settings: Any
) -> None:
    settings.ENTRY_NEEDS_REVIEW = True
    draft = visit(staff)
    staff.post(f"/entry/{draft.pk}/check/", {"review": "1"})
    other = Client()
    other.force_login(person("second", "reviewer"))
    other.post(f"/entry/{draft.pk}/", {"lead_inspector": "Rae Sample", "check": "1"})
    draft.refresh_from_db()
    assert (draft.state, draft.changed_by.username) == ("draft", "second")
    assert other.post(f"/entry/{draft.pk}/check/", {"publish": "1"}).status_code == 400


def test_a_scheduled_draft_that_is_only_looked_at_stays_scheduled(staff: Client) -> None:
    draft = visit(staff)
    at = timezone.now() + timedelta(days=1)
    Draft.objects.filter(pk=draft.pk).update(state=Draft.State.SCHEDULED, scheduled_at=at)
    pressed(staff, draft, "check")
    draft.refresh_from_db()
    assert (draft.state, draft.scheduled_at) == ("scheduled", at)


def test_the_first_page_shows_what_waits_for_others_first_and_a_hundred_drafts(
    staff: Client,
) -> None:
    draft = visit(staff)
    staff.post(f"/entry/{draft.pk}/check/", {"review": "1"})
    now = timezone.now()
    more = [Draft(council=draft.council, made_at=now, changed_at=now) for _ in range(105)]
    Draft.objects.bulk_create(more)
    page = staff.get("/entry/").content.decode()
    assert page.count('<td data-label="State">') == 100
    assert "In review" in page.split("<tbody>")[1].split("</tr>")[0]
    assert "All 106 drafts" in page
    assert staff.get("/entry/?all=1").content.decode().count('<td data-label="State">') == 106


def test_a_draft_names_other_drafts_of_its_council(staff: Client) -> None:
    draft = visit(staff)
    other = by_name(staff)
    page = staff.get(f"/entry/{other.pk}/").content.decode()
    assert f'<a href="/entry/{draft.pk}/">A visit,' in page
    assert f'href="/entry/{other.pk}/">An inspection,' not in page


def test_days_and_facts_are_told_in_words(staff: Client) -> None:
    draft = visit(staff)
    staff.post(f"/entry/{draft.pk}/check/", {"publish": "1"})
    held = Visit.objects.get(council=draft.council)
    address = f"/entry/correct/exampleshire/{held.reference}/"
    page = staff.get(address).content.decode()
    assert f'name="start_date" value="{a_monday(56).day} {a_monday(56):%B %Y}"' in page
    typed = filled(page) | {"lead_inspector": "Rae Sample", "reason": "By the letter."}
    assert staff.post(address, typed).status_code == 302
    page = staff.get("/entry/corrections/").content.decode()
    assert "lead inspector" in page
    assert "lead_inspector" not in page
    assert Correction.objects.filter(council=draft.council).count() == 1


def test_what_the_reader_was_not_sure_of_is_told_where_the_list_gave_the_value(
    staff: Client,
) -> None:
    draft = by_name(staff)
    problem = {"place": "page 1", "fact": "council", "found": '"Elsewhere"', "expected": "one",
               "advice": "Look."}  # fmt: skip
    draft.places, draft.problems, draft.sha256 = {"council": "Ofsted's list"}, [problem], "x"
    draft.save()
    page = staff.get(f"/entry/{draft.pk}/").content.decode()
    assert "What the reader was not sure of" in page
    assert "found &quot;Elsewhere&quot;" in page


def test_the_address_of_what_was_undone_leads_to_what_was_published_instead(
    staff: Client,
) -> None:
    draft = visit(staff)
    staff.post(f"/entry/{draft.pk}/check/", {"publish": "1"})
    first = Visit.objects.get(council=draft.council).get_absolute_url()
    staff.post(f"/entry/{draft.pk}/undo/")
    reader = Client()
    assert reader.get(first).status_code == 410
    staff.post(f"/entry/{draft.pk}/check/", {"publish": "1"})
    second = Visit.objects.public().get(council=draft.council).get_absolute_url()
    answer = reader.get(first)
    assert (answer.status_code, answer.headers["Location"]) == (301, second)


# The wrong kind


def test_an_inspection_becomes_a_visit_with_what_both_have(staff: Client) -> None:
    draft = entered(staff, lead_inspector="Rae Sample", points="One.\nTwo.")
    page = staff.post(f"/entry/{draft.pk}/", {"turn": "1"}).content.decode()
    assert "<h1>A visit: Exampleshire</h1>" in page
    draft.refresh_from_db()
    assert draft.is_visit
    assert not [name for name in draft.facts if name.startswith("grade:") or name == "framework"]
    assert (draft.facts["lead_inspector"], len(draft.points)) == ("Rae Sample", 2)
    given = {"kind": "focused_visit", "topics": "care_leavers", "check": "1"}
    staff.post(f"/entry/{draft.pk}/", given)
    reasons = {"reason:length-of-its-kind": "So it is printed."}
    assert staff.post(f"/entry/{draft.pk}/check/", reasons | {"publish": "1"}).status_code == 302
    assert Visit.objects.get(council=draft.council).improvement_points == 2


# Names and what is proposed


def test_a_name_that_is_not_whole_is_told_its_likes(staff: Client) -> None:
    page = staff.post("/entry/", {"what": "Northampton"}).content.decode()
    assert "North Northamptonshire, Northamptonshire, West Northamptonshire" in page
    assert '<option value="Luton"></option>' in page
    answer = staff.post("/entry/", {"what": "821"})  # its number at the department
    assert Draft.objects.get(pk=answer.headers["Location"].split("/")[2]).council.slug == "luton"


def test_fridays_and_a_visits_number_are_proposed_while_it_is_typed(staff: Client) -> None:
    monday = a_monday(56)
    draft = by_name(staff)
    assert 'id="ends" hidden' in staff.get(f"/entry/{draft.pk}/").content.decode()
    kept = staff.post(f"/entry/{draft.pk}/", {"start_date": f"{monday:%d/%m/%y}", "keep": "1"})
    for days in (4, 11):
        friday = monday + timedelta(days=days)
        assert f'value="{friday.isoformat()}">Friday {friday.day} ' in kept.content.decode()
    draft = by_name(staff, "visit")
    kept = staff.post(f"/entry/{draft.pk}/", {"kind": "monitoring_visit", "keep": "1"})
    assert "1 by the visits on record since the last report" in kept.content.decode()


def test_a_report_that_prints_no_day_of_publication_asks_for_it_and_explains_no_command(
    staff: Client, tmp_path: Path
) -> None:
    draft = upload(staff, report(tmp_path))
    page = staff.get(f"/entry/{draft.pk}/").content.decode()
    assert "Still to be given" in page
    assert "Left empty it is today" in page
    assert "--published" not in page
    assert "to look at" not in staff.get("/entry/").content.decode().split("Nobody")[0]


# Is it this one?


def test_another_kind_within_sixty_days_is_shown_before_a_second_is_made(staff: Client) -> None:
    first = visit(staff)
    assert staff.post(f"/entry/{first.pk}/check/", {"publish": "1"}).status_code == 302
    second = visit(staff, kind="monitoring_visit", sequence="1")
    look = f"/entry/{second.pk}/check/"
    assert "Is it this one?" in staff.get(look).content.decode()
    staff.post(look, {"publish": "1"})
    assert Visit.objects.filter(council=first.council).count() == 1
    why = {"is_another": "Two letters of one week."}
    page = staff.post(look, why | {"look": "1"}).content.decode()
    why |= {f"reason:{rule}": "So it is." for rule in re.findall(r'name="reason:([^"]+)"', page)}
    assert staff.post(look, why | {"publish": "1"}).status_code == 302
    made = Visit.objects.get(council=first.council, kind="monitoring_visit")
    assert "Two letters of one week." in made.history.latest().history_change_reason


def test_the_same_document_is_shown_whatever_is_typed_of_it(staff: Client, tmp_path: Path) -> None:
    path = d.letter(tmp_path / "a.pdf")
    first = upload(staff, path)
    staff.post(f"/entry/{first.pk}/check/", {"publish": "1"})
    held = Visit.objects.get(council=first.council)
    second = upload(staff, path)
    later = held.start_date + timedelta(days=90)
    typed = {"start_date": later.isoformat(), "end_date": later.isoformat()}
    typed |= {"publication_date": today().isoformat()}
    staff.post(f"/entry/{second.pk}/", typed | {"check": "1"})
    page = staff.get(f"/entry/{second.pk}/check/").content.decode()
    assert "Is it this one?" in page
    assert held.get_absolute_url() in page
    assert Visit.objects.filter(start_date=later).count() == 0


def test_nothing_near_asks_nothing(staff: Client) -> None:
    draft = entered(staff)
    assert staff.post(f"/entry/{draft.pk}/check/", {"publish": "1"}).status_code == 302
    assert Inspection.objects.get(council=draft.council).history.count() == 1
