"""What was typed into a form of the staff's is there again, however its session ended."""

import re
import time
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver, resolve, reverse
from django.utils.html import escape
from selectolax.lexbor import LexborHTMLParser

from inspections.models import Council, Inspection, UnsentForm, User
from inspections.people import unsent
from tests.entry.steps import entered
from tests.people.conftest import person

pytestmark = pytest.mark.django_db
LUTON = "/entry/correct/luton/2022-07-11/"
KEEP = {"keep": "1"}


def ended(client: Client) -> Client:
    """As after half an hour in which nothing was done."""
    client.get("/entry/")
    session = client.session
    session["seen_at"] = time.time() - 31 * 60
    session.save()
    return client


def addresses() -> dict[str, dict[str, str]]:
    """Every form that asks for more than a press of a button, and what is typed into it."""
    event = Inspection.objects.get(council__slug="luton", reference="2022-07-11")
    return {
        LUTON: {"lead_inspector": "Rae <Sample>", "reason": "As printed"},
        f"/entry/correct-fact/council/{event.council_id}/": {"website": "https://luton.example/"},
        "/entry/reorganise/": {"ends": "Surrey", "name-0": "Rae Sample Council", "count": "3"},
        "/entry/reorganise/surrey/undo/": {"reason": "Rae Sample"},
        "/entry/framework/": {"name": "Rae Sample", "short-0": "How leaders lead", "count": "5"},
    }


def test_what_a_form_kept_is_there_again_for_that_person_alone(staff: Client) -> None:
    other = Client()
    other.force_login(person("other", "administrator"))
    for path, given in addresses().items():
        assert "Kept at" in staff.post(path, given | KEEP).content.decode(), path
        again = staff.get(path).content.decode()
        for text in set(given.values()) - {"3", "5"}:
            assert text.replace("<", "&lt;").replace(">", "&gt;") in again, (path, text)
        assert "is here again" in again
        assert "is here again" not in other.get(path).content.decode()
        assert "hx-post=" in again
        assert staff.post(path, {"anew": "1"}).status_code == 302
        assert "is here again" not in staff.get(path).content.decode()
    assert not UnsentForm.objects.exists()


def test_what_is_sent_after_the_end_of_a_session_is_there_after_signing_in(
    staff: Client, officer: User
) -> None:
    for path, given in addresses().items():
        answer = ended(staff).post(path, given | {"save": "1"})
        assert answer.headers["Location"] == f"/admin/login/?next={path}"
        staff.force_login(officer)
        page = staff.get(path).content.decode()
        assert "is here again" in page, path
        assert next(iter(given.values())).split("<")[0] in page, path
    assert Inspection.objects.get(council__slug="luton", reference="2022-07-11").lead_inspector != (
        "Rae <Sample>"
    )


def test_what_is_not_kept_while_typing_is_there_after_the_end_too(
    staff: Client, officer: User
) -> None:
    """The one box, an invitation, a role, a reason; of files, which one to choose again."""
    published = entered(staff)
    staff.post(f"/entry/{published.pk}/check/", {"publish": "1"})
    sent = {
        "/entry/": ({"what": "Rae <Sample>", "event": "visit"}, "document"),
        "/entry/many/": ({}, "documents"),
        "/entry/people/": ({"username": "rae", "email": "r@example.org", "role": "reviewer"}, ""),
        f"/entry/people/{person('of', 'reader').pk}/": ({"role": "reviewer"}, ""),
        f"/entry/{published.pk}/done/": ({"reason": "Rae Sample said so"}, ""),
    }
    for path, (given, name) in sent.items():
        file = {name: SimpleUploadedFile("<b>the report.pdf", b"%PDF-1.7")} if name else {}
        answer = ended(staff).post(path, {**given, **file})
        assert answer.headers["Location"] == f"/admin/login/?next={path}"
        staff.force_login(officer)
        page = staff.get(path).content.decode()
        assert "is here again" in page, path
        for text in given.values():
            assert re.search(rf'value="{escape(text)}"( selected| checked|[^>]*>)', page), text
        assert ("Choose again" in page and "&lt;b&gt;the report.pdf." in page) == bool(name), path
        assert staff.post(path, {"anew": "1"}).status_code == 302
        assert "is here again" not in staff.get(path).content.decode()
    assert 'value="visit" checked' not in staff.get("/entry/").content.decode()
    assert not UnsentForm.objects.exists()


def test_a_form_of_maintenance_is_sent_again_by_a_press(staff: Client, officer: User) -> None:
    event = Inspection.objects.get(council__slug="luton", reference="2022-07-11")
    path = f"/admin/inspections/inspection/{event.pk}/withdraw/now/"
    given = {"reason": "Two & more", "confirmed": "1"}
    assert ended(staff).post(path, given).headers["Location"].endswith(f"?next={path}")
    staff.force_login(officer)
    page = staff.get(path).content.decode()
    assert "It is kept." in page
    hidden = LexborHTMLParser(page).css('form.plainly input[type="hidden"]')
    again = {str(row.attributes["name"]): row.attributes["value"] for row in hidden}
    event.refresh_from_db()
    assert event.status == "published"
    assert again.pop("csrfmiddlewaretoken")
    assert again == given
    staff.post(path, again)
    event.refresh_from_db()
    assert event.status == "withdrawn"
    assert not UnsentForm.objects.exists()
    ended(staff).post(path, given)
    staff.force_login(officer)
    assert staff.post(path, {"anew": "1"}).status_code == 302
    assert "It is kept." not in staff.get(path).content.decode()


SECRETS = {"code", "confirm", "second_factor", "welcome", "forgotten"}
"""Pages that ask for a code or a password, or whose reader is not signed in."""


def test_every_form_of_the_staffs_keeps_what_is_typed_into_it(staff: Client) -> None:
    """Walks every page of `/entry/`; those of Maintenance are all kept alike."""
    draft = entered(staff)
    page_of = {"number": draft.pk, "slug": "luton", "reference": "2022-07-11", "kind": "council"}
    number = {"batch": 0, "person": User.objects.get(username="officer").pk, "plan-action": 1}
    found = set()
    for route in get_resolver("inspections.entry.urls").url_patterns:
        asks = route.pattern.converters or {}
        of = {**page_of, "number": number.get(route.name, draft.pk)}
        address = reverse(f"entry:{route.name}", kwargs={name: of.get(name, "a") for name in asks})
        answer = staff.get(address)
        if route.name in SECRETS or "text/html" not in answer.headers.get("Content-Type", ""):
            continue
        if answer.status_code == 200:
            assert "Sign out</button>" in answer.content.decode(), address
        for form in LexborHTMLParser(answer.content.decode()).css("form[method=post]"):
            boxes = form.css("input:not([type=hidden]):not([type=radio]), textarea, select")
            target = resolve(form.attributes.get("action") or address)
            if boxes:
                found.add(target.url_name)
                assert getattr(target.func, "keeps", False), (address, target.url_name)
    assert found >= {"home", "many", "people", "person", "draft", "check", "correct", "comment"}


def test_a_draft_takes_what_was_sent_after_the_end(staff: Client, officer: User) -> None:
    new = staff.post("/entry/", {"what": "Luton", "event": "visit", "token": "a"})
    path = new.headers["Location"]
    assert ended(staff).post(path, {"points": "One of all.", "save": "1"}).status_code == 302
    staff.force_login(officer)
    assert "One of all." in staff.get(path).content.decode()
    assert "is here again" not in staff.post(path, {"points": "Two.", "save": "1"}).content.decode()
    assert not UnsentForm.objects.exists()


def test_a_form_that_was_sent_leaves_nothing_and_one_that_was_refused_stays(staff: Client) -> None:
    given = {"lead_inspector": "Rae Sample", "reason": ""}
    assert staff.post(LUTON, given).status_code == 400
    assert "Rae Sample" in staff.get(LUTON).content.decode()
    assert staff.post(LUTON, given | {"reason": "As printed"}).status_code == 302
    assert not UnsentForm.objects.exists()


def test_what_another_changed_meanwhile_is_no_change_of_mine(staff: Client) -> None:
    """Also where my form was refused in between."""
    council = Council.objects.get(slug="luton")
    path = f"/entry/correct-fact/council/{council.pk}/"
    mine = {"website": council.website, "was:website": council.website}
    Council.objects.filter(pk=council.pk).update(website="https://theirs.example/")
    sent = mine | {"short_name": "Lutown", "was:short_name": "Luton"}
    refused = staff.post(path, sent).content.decode()
    assert f'name="was:website" value="{council.website}"' in refused
    assert staff.post(path, sent | {"reason": "As it says"}).status_code == 302
    council.refresh_from_db()
    assert (council.short_name, council.website) == ("Lutown", "https://theirs.example/")


def test_nothing_is_kept_of_others_forms_of_secrets_or_beyond_the_bounds(
    staff: Client, officer: User, monkeypatch: Any
) -> None:
    reader = Client()
    reader.force_login(person("reader", "reader"))
    assert reader.post(LUTON, {"reason": "x"} | KEEP).status_code == 403
    for path, secret in (("/entry/code/", "code"), ("/admin/password_change/", "old_password")):
        ended(staff).post(path, {secret: "123456"})
        staff.force_login(officer)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(officer)
    assert ended(strict).post(LUTON, {"reason": "forged"}).headers["Location"].endswith("/entry/")
    assert not UnsentForm.objects.exists()
    monkeypatch.setattr(unsent, "LONGEST", 20)
    staff.post(LUTON, {"reason": "x" * 30} | KEEP)
    assert not UnsentForm.objects.exists()
    monkeypatch.setattr(unsent, "MOST_EACH", 2)
    for path in list(addresses())[:3]:
        staff.post(path, {"reason": "x"} | KEEP)
    assert UnsentForm.objects.count() == 2
    assert Permission.objects.filter(codename="view_unsentform").exists()
