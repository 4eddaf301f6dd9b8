"""What a hurried, a clumsy and an unkind officer do at the pages of entering."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape

from inspections.entry import keeping, views
from inspections.models import Batch, Draft, Inspection, User
from tests.entry.steps import entered, filled
from tests.people.conftest import person

pytestmark = pytest.mark.django_db
LUTON = "/entry/correct/luton/2022-07-11/"


@pytest.mark.parametrize(
    "address",
    ["https://[::1", "https://files.ofsted.gov.uk@evil.example/", "https://files.ofsted.gov.uk:99999",
     "https://files.ofsted.gov.uk.evil.example/v1/file/1", "https://", "//files.ofsted.gov.uk"],
)  # fmt: skip
def test_what_is_no_address_of_ofsteds_is_said_and_stays(staff: Client, address: str) -> None:
    answer = staff.post("/entry/", {"what": address})
    assert answer.status_code == 400
    assert f'value="{escape(address)}"' in answer.content.decode()
    draft = entered(staff)
    page = staff.post(f"/entry/{draft.pk}/", {"document_url": address, "save": "1"})
    assert (page.status_code, escape(address) in page.content.decode()) == (200, True)
    assert staff.get(f"/entry/{draft.pk}/check/").status_code == 400


@pytest.mark.parametrize(
    "typed",
    ["HTTPS://FILES.Ofsted.gov.uk/v1/file/5", "files.ofsted.gov.uk/v1/file/5",
     "http://files.ofsted.gov.uk/v1/file/5"],
)  # fmt: skip
def test_an_address_is_understood_however_it_is_typed(typed: str) -> None:
    assert views._as_address(typed) == "https://files.ofsted.gov.uk/v1/file/5"


def test_a_batchs_token_names_no_place_on_the_disk(staff: Client) -> None:
    for token in ("../../x", "a\0b", "x" * 33, "é"):
        file = SimpleUploadedFile("a.pdf", b"%PDF-1.7")
        answer = staff.post("/entry/many/", {"documents": [file], "token": token})
        assert answer.status_code == 302, token
    assert all(row.folder.replace("-", "").isalnum() for row in Batch.objects.all())


def test_a_correction_takes_neither_another_host_nor_a_grade_that_there_is_not(
    staff: Client,
) -> None:
    reason = {"reason": "As printed"}
    for name, typed in (
        ("report_url", "https://evil.example/1"),
        ("report_url", "https://[::1"),
        ("grade:help_and_protection", "nonsense"),
    ):
        answer = staff.post(LUTON, {name: typed, **reason})
        assert (answer.status_code, "xpected" in answer.content.decode()) == (400, True), typed
    event = Inspection.objects.get(council__slug="luton", reference="2022-07-11")
    assert event.report_url.startswith("https://files.ofsted.gov.uk/")


# Two at once


def test_what_was_published_meanwhile_stays_so(staff: Client, officer: User) -> None:
    """The press that had begun before, and what was typed in another window."""
    draft = entered(staff)
    late = Draft.objects.get(pk=draft.pk)
    staff.post(f"/entry/{draft.pk}/check/", {"publish": "1"})
    assert not keeping.keep_waiting(late)
    late.refresh_from_db()
    assert (late.state, late.inspection is None) == ("published", False)
    thrown = entered(staff, start_date="2026-01-05", end_date="2026-01-16")
    staff.post(f"/entry/{thrown.pk}/", {"discard": "1"})
    assert "thrown it away" in views.publish_whole(thrown, by=officer)
    assert not keeping.keep_waiting(thrown)


def test_a_press_that_began_before_another_published_leads_to_the_same_page(
    staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = entered(staff)
    path, late = f"/entry/{draft.pk}/", Draft.objects.get(pk=draft.pk)
    staff.post(f"{path}check/", {"publish": "1"})
    monkeypatch.setattr(views, "_draft", lambda number: late)
    for page, sent in (("check/", "publish"), ("check/", "discard"), ("", "check")):
        answer = staff.post(f"{path}{page}", {sent: "1"})
        assert answer.headers["Location"] == f"{path}done/", (page, sent)
        late.state = "draft"
    assert "Not kept" in staff.post(path, {"keep": "1"}).content.decode()
    assert Inspection.objects.filter(council=draft.council).count() == 1
    assert Draft.objects.get(pk=draft.pk).state == "published"


def test_two_people_at_one_draft_see_what_the_other_typed(staff: Client) -> None:
    draft = entered(staff, lead_inspector="Rae Sample")
    path = f"/entry/{draft.pk}/"
    other = Client()
    other.force_login(person("other", "editor"))
    mine, theirs = (filled(client.get(path).content.decode()) for client in (staff, other))
    other.post(path, {**theirs, "lead_inspector": "Theirs <b>", "save": "1"})
    kept = staff.post(path, {**mine, "lead_inspector": "Mine", "keep": "1"}).content.decode()
    assert "Not kept: other changed it too" in kept
    answer = staff.post(path, {**mine, "lead_inspector": "Mine", "check": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "other changed this draft too" in page
    assert "<li>Lead inspector: Theirs &lt;b&gt;</li>" in page
    assert 'value="Mine"' in page
    draft.refresh_from_db()
    assert draft.facts["lead_inspector"] == "Theirs <b>"
    assert staff.post(path, {**filled(page), "check": "1"}).status_code == 302
    draft.refresh_from_db()
    assert draft.facts["lead_inspector"] == "Mine"


def test_ones_own_typing_is_kept_again_and_again(staff: Client) -> None:
    draft = entered(staff)
    path = f"/entry/{draft.pk}/"
    form = filled(staff.get(path).content.decode())
    for name in ("Rae", "Rae Sa", "Rae Sample"):
        kept = staff.post(path, {**form, "lead_inspector": name, "keep": "1"}).content.decode()
        assert kept.startswith("Kept at")
        form["seen"] = kept.partition('name="seen" value="')[2].partition('"')[0]
    assert Draft.objects.get(pk=draft.pk).facts["lead_inspector"] == "Rae Sample"
    Draft.objects.filter(pk=draft.pk).update(state="discarded")
    assert staff.post(path, {**form, "keep": "1"}).status_code == 404


@pytest.mark.parametrize("body", [b"", b"%PDF-1.7\n", b"PK\x03\x04" + b"0" * 99])
def test_a_file_that_is_none_is_a_draft_that_says_so(
    staff: Client, tmp_path: Path, body: bytes
) -> None:
    file = SimpleUploadedFile("\u202e<img>\u2066.pdf", body, "application/pdf")
    answer = staff.post("/entry/", {"document": file}, follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "What the reader was not sure of" in page
    assert "<img>" not in page
