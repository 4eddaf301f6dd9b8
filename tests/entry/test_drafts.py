"""A draft is begun once, can always be thrown away, is seen by readers of the staff's pages and by
nobody else: on no public route, walked."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from dashboard.http import kept
from inspections import actions, store
from inspections.models import Correction, Draft, Inspection
from inspections.people.roles import BY_CODE, give_role
from tests.entry.steps import a_monday, entered
from tests.factories import make_user

pytestmark = pytest.mark.django_db
STAFF_ONLY = ("entry/", "admin/", "static/")


def test_a_form_that_is_sent_twice_begins_one_draft(staff: Client) -> None:
    sent = {"what": "Exampleshire", "event": "visit", "token": "a" * 32}
    assert staff.post("/entry/", sent).headers == staff.post("/entry/", sent).headers
    assert Draft.objects.count() == 1


def test_each_form_has_a_token_of_its_own(staff: Client) -> None:
    pages = [staff.get("/entry/").content.decode() for _ in range(2)]
    tokens = {page.split('name="token" value="')[1].split('"')[0] for page in pages}
    assert len(tokens) == 2


@pytest.mark.parametrize("page", ["", "check/"])
def test_a_faulty_draft_can_be_thrown_away(staff: Client, page: str) -> None:
    draft = entered(staff, document_url="https://evil.example/1", start_date="soon")
    assert "Throw it away" in staff.get(f"/entry/{draft.pk}/check/").content.decode()
    assert staff.post(f"/entry/{draft.pk}/{page}", {"discard": "1"}).status_code == 302
    draft.refresh_from_db()
    assert draft.state == "discarded"
    assert staff.get(f"/entry/{draft.pk}/").status_code == 404


def test_what_was_withdrawn_says_so(staff: Client) -> None:
    draft = entered(staff)
    staff.post(f"/entry/{draft.pk}/check/", {"publish": "1"})
    assert "Everybody sees the page below" in staff.get(f"/entry/{draft.pk}/done/").content.decode()
    event = Inspection.objects.get(council__slug="exampleshire")
    withdraw = f"/entry/{draft.pk}/done/"
    assert "Say why" in staff.post(withdraw, {"reason": " "}).content.decode()
    assert Draft.objects.get(pk=draft.pk).state == "published"
    staff.post(withdraw, {"reason": "It was another council's."})
    event.refresh_from_db()
    assert (event.status, Draft.objects.get(pk=draft.pk).state) == ("withdrawn", "withdrawn")
    assert "Withdrawn: " in staff.get(f"/entry/{draft.pk}/done/").content.decode()
    assert "withdrawn since" in staff.get("/entry/").content.decode()


def test_what_was_entered_anew_meanwhile_is_not_published_twice(staff: Client) -> None:
    first = entered(staff)
    staff.post(f"/entry/{first.pk}/check/", {"publish": "1"})
    staff.post(f"/entry/{first.pk}/done/", {"reason": "Wrong."})
    second = entered(staff)
    staff.post(f"/entry/{second.pk}/check/", {"publish": "1"})
    answer = staff.post(f"/entry/{first.pk}/done/", {"reason": "Right after all."})
    assert answer.status_code == 400
    assert "This is on record already" in answer.content.decode()
    assert 'value="Right after all."' in answer.content.decode()


def test_a_second_press_of_undo_leads_to_the_draft(staff: Client) -> None:
    draft = entered(staff)
    staff.post(f"/entry/{draft.pk}/check/", {"publish": "1"})
    for _ in range(2):
        assert staff.post(f"/entry/{draft.pk}/undo/").headers["Location"] == f"/entry/{draft.pk}/"
    assert "Undone after it was published" in str(Correction.objects.values_list("reason"))
    assert Correction.objects.filter(reason__startswith="Undone").count() == 1


def test_a_reader_sees_a_draft_and_no_form_that_would_be_refused(staff: Client) -> None:
    draft = entered(staff, lead_inspector="Rae Sample")
    reader = make_user("reader")
    give_role(reader, BY_CODE["reader"])
    client = Client()
    client.force_login(reader)
    home = client.get("/entry/").content.decode()
    page = client.get(f"/entry/{draft.pk}/").content.decode()
    assert "Rae Sample" in page
    assert '<fieldset class="whole" disabled>' in page
    for shown in (home, page):
        assert "Continue</button>" not in shown
        assert "Throw it away" not in shown
        assert "Look now" not in shown
        assert "Check before" not in shown


# No public route


def routes(found: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the site, as its pattern is written."""
    for row in (found or get_resolver()).url_patterns:
        written = prefix + str(row.pattern)
        if isinstance(row, URLResolver):
            yield from routes(row, written)
        else:
            yield written, row


def filled(written: str, day: str) -> str:
    """The address with the invented council and the day wherever the pattern asks for one."""
    given = {
        "slug": "exampleshire",
        "reference": day,
        "region": "south-east",
        "token": "none",
        "number": "1",
        "code": "leaders",
    }
    for name, value in given.items():
        for kind in ("str", "slug", "int", "path"):
            written = written.replace(f"<{kind}:{name}>", value)
        written = written.replace(f"<{name}>", value)
    return "/" + written.replace("^", "").replace("$", "")


def told(content: bytes) -> bytes:
    """What a file says: of a workbook or a ZIP what is in it."""
    if content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as held:
            return b"".join(held.read(name) for name in held.namelist())
    return content


def answers(day: str) -> Iterator[tuple[str, bytes]]:
    """What everybody is told at every public address; pictures and files too."""
    public = Client()
    for written, _ in routes():
        if written.startswith(STAFF_ONLY):
            continue
        address = filled(written, day)
        assert "<" not in address, f"{written}: say what stands for it"
        answer = public.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        yield address, told(content)


@pytest.mark.once
def test_drafts_show_on_no_public_route(staff: Client) -> None:
    """No public answer asks for a draft or says what stands in one, in whatever state it is."""
    monday = a_monday(56)
    for number, state in enumerate(("draft", "in_review", "scheduled", "discarded")):
        day = monday + timedelta(days=number)
        draft = entered(staff, start_date=day.isoformat(), lead_inspector="Zebedee Unpublished")
        staff.get(f"/entry/{draft.pk}/check/")
        Draft.objects.filter(pk=draft.pk).update(state=state, scheduled_at=timezone.now())
    store.forget()  # every answer and every piece of one is drawn anew
    kept.store.clear()
    asked: list[str] = []

    def noted(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        asked.append(sql)
        return execute(sql, *more)

    tells, walked = [], 0
    with connection.execute_wrapper(noted):
        for address, content in answers(monday.isoformat()):
            if Draft._meta.db_table in " ".join(asked):
                tells.append(f"{address} asks")
            if b"Zebedee" in content:
                tells.append(f"{address} says")
            asked.clear()
            walked += 1
    assert not tells, " ".join(tells)
    assert walked > 150


def test_what_was_withdrawn_is_published_again_wherever_that_is_done(staff: Client) -> None:
    draft = entered(staff)
    staff.post(f"/entry/{draft.pk}/check/", {"publish": "1"})
    event = Inspection.objects.get(council__slug="exampleshire")
    actions.withdraw(event, reason="Behind Maintenance", by=draft.made_by)
    assert Draft.objects.get(pk=draft.pk).state == "withdrawn"
    assert "Publish it again" in staff.get(f"/entry/{draft.pk}/done/").content.decode()
    staff.post(f"/entry/{draft.pk}/done/", {"reason": "It was right."})
    event.refresh_from_db()
    assert (event.status, Draft.objects.get(pk=draft.pk).state) == ("published", "published")
