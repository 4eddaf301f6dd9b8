"""A reader reports an error beside a fact; staff correct it or say why not."""

import re
from html import unescape
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from dashboard.about import errors as views
from inspections.models import AuditEntry, ErrorReport
from tests.people.conftest import Inbox, person
from tests.working import work

pytestmark = pytest.mark.django_db
EVENT = "/councils/luton/inspections/2020-01-13/"


@pytest.fixture(autouse=True)
def fresh_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "bound", views.Bound(views.MOST_OF_A_CLIENT))


def report(**given: str) -> Any:
    form = {"about": EVENT, "fact": "Published", "said": "It came out a day later.", **given}
    return Client().post("/report/", form)


def test_every_fact_of_an_event_has_a_link_that_names_it(record: None, client: Client) -> None:
    page = client.get(EVENT).content.decode()
    found = re.findall(r"(/report/\?about=[^\"]+&amp;fact[^\"]+)", page)
    links = [unescape(link) for link in found]
    facts = {link.partition("fact=")[2] for link in links}
    assert len(links) == len(facts) >= 12
    assert {"Published", "Lead%20inspector"} <= facts
    assert page.count("<summary>Report an error</summary>") == 2  # of the judgements, of the box
    form = client.get(next(link for link in links if link.endswith("=Published"))).content.decode()
    assert f'href="{EVENT}"' in form
    assert "<strong>Published</strong>" in form


def test_every_page_leads_to_the_form_which_knows_the_page_that_it_came_from(
    record: None, client: Client
) -> None:
    for path in ("/", "/councils/?region=london", "/england/figures/"):
        assert 'href="/report/">Report an error</a>' in client.get(path).content.decode()
        form = client.get("/report/", HTTP_REFERER=f"http://testserver{path}").content.decode()
        assert f'name="about" value="{path}"' in form
    elsewhere = client.get("/report/", HTTP_REFERER="https://evil.example/councils/")
    assert 'name="about" value="/"' in elsewhere.content.decode()


def test_a_report_reaches_the_staff_with_its_fact_without_javascript_or_an_address(
    record: None, office: Client
) -> None:
    assert report().headers["Location"] == "/report/sent/"
    assert "1 report of errors</a> by readers" in office.get("/entry/").content.decode()
    listed = office.get("/entry/reports/").content.decode()
    assert f"Published, {EVENT}" in listed and "1 waits for an answer" in listed
    one = office.get(f"/entry/reports/{ErrorReport.objects.get().pk}/").content.decode()
    assert "It came out a day later." in one
    assert (
        f'href="/entry/correct{EVENT.removeprefix("/councils").replace("/inspections", "")}"' in one
    )


def test_an_answer_has_a_reason_goes_to_the_reader_and_forgets_the_address(
    record: None, office: Client, inbox: Inbox
) -> None:
    report(email="reader@example.org")
    found = ErrorReport.objects.get()
    address = f"/entry/reports/{found.pk}/"
    assert office.post(address, {"declined": "1", "answer": " "}).status_code == 400
    assert office.post(address, {"declined": "1", "answer": "Ofsted says so."}).status_code == 302
    office.post(address, {"corrected": "1", "answer": "Another."})
    found.refresh_from_db()
    assert (found.state, found.answer, found.email) == ("declined", "Ofsted says so.", "")
    assert found.answered_by == "boss"
    assert work() == 1
    assert [letter["X-To"] for letter in inbox] == ["reader@example.org"]
    assert "Declined. Ofsted says so." in inbox[0].get_content()
    assert AuditEntry.objects.filter(what__startswith="Answered a report of an error").count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        ErrorReport.objects.update(answer="")


@pytest.mark.parametrize(
    "about",
    ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/admin/", "/x", ""],
)
def test_a_report_is_about_a_page_of_this_site(record: None, about: str) -> None:
    page = Client().get("/report/", {"about": about}).content.decode()
    assert "evil.example" not in page and "javascript:" not in page
    assert report(about=about).status_code in {302, 400}
    assert not ErrorReport.objects.exclude(about="/").exists()


def test_markup_stays_text(record: None, office: Client) -> None:
    report(said="<script>alert(1)</script>", fact="<b>x</b>")
    for address in ("/entry/reports/", f"/entry/reports/{ErrorReport.objects.get().pk}/"):
        page = office.get(address).content.decode()
        assert "<script>alert" not in page and "<b>x</b>" not in page


def test_reports_are_bounded(record: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert report(said="").status_code == 400
    assert report(said="x" * 2001).status_code == 400
    answers = [report().status_code for _ in range(12)]
    assert answers == [302] * 10 + [429] * 2
    monkeypatch.setattr(views, "MOST_OPEN", 10)
    assert report().status_code == 503
    assert ErrorReport.objects.count() == 10


def test_a_reader_of_the_staff_sees_and_does_not_answer(record: None) -> None:
    report()
    client = Client()
    client.force_login(person("reader", "reader"))
    assert client.get("/entry/reports/").status_code == 200
    assert client.get(f"/entry/reports/{ErrorReport.objects.get().pk}/").status_code == 403
