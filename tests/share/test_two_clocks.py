"""A pinned link shows what it showed, and says what has changed since."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from inspections import actions
from inspections.models import Council, Inspection, Judgement, Visit
from inspections.queries import events
from inspections.vocabulary import InspectionKind, VisitKind
from tests import factories as make

pytestmark = pytest.mark.django_db
PAGES = (
    "/",
    "/councils/",
    "/councils/exampleshire/",
    "/councils/exampleshire/grades/",
    "/england/grades-held/",
    "/embed/councils/exampleshire/grades/",
    "/embed/england/grades-held/",
)
WHY = "The report says otherwise."


def text(client: Client, path: str, pin: str) -> str:
    response = client.get(f"{path}?{pin}")
    assert response.status_code == 200
    return response.content.decode()


def body(page: str) -> str:
    """The page below its banner: what the view itself shows."""
    return re.sub(r'<(div|p) class="banner.*?</\1>', "", page, flags=re.DOTALL)


@pytest.mark.parametrize("path", PAGES)
def test_an_unchanged_view_says_so(
    client: Client, exampleshire: Council, pin: str, path: str
) -> None:
    assert "Nothing shown here has changed since." in text(client, path, pin)


@pytest.mark.parametrize("path", PAGES)
def test_a_correction_does_not_show_but_is_told(
    client: Client, exampleshire: Council, pin: str, path: str
) -> None:
    before = shown(text(client, path, pin))
    judgement = Judgement.objects.filter(
        inspection__reference="2024-03-04", area__code="help_and_protection"
    ).get()
    worse = judgement.grade.scale.grades.get(code="inadequate")
    actions.correct(
        judgement, changes={"grade": worse}, reason=WHY, by=None, source_text="Invented report"
    )
    page = text(client, path, pin)
    assert "Good → Inadequate" in page
    assert "was corrected on" in page
    assert f"Why: {WHY}" in page
    assert "Source: Invented report." in page
    assert shown(page) == before


INSPECTION_CHANGES: dict[str, Any] = {
    "start_date": date(2024, 3, 5),
    "end_date": date(2024, 3, 14),
    "publication_date": date(2024, 4, 25),
    "kind": InspectionKind.SHORT,
    "has_two_periods": True,
    "lead_inspector": "An inspector",
    "improvement_points": 7,
    "report_url": "https://files.ofsted.gov.uk/v1/file/other",
    "notes": "Another note.",
}
VISIT_CHANGES: dict[str, Any] = {
    "start_date": date(2022, 6, 6),
    "end_date": date(2022, 6, 9),
    "publication_date": date(2022, 7, 21),
    "kind": VisitKind.MONITORING,
    "topic": "Care leavers",
    "priority_actions": 2,
    "improvement_points": 3,
    "sequence": 4,
    "lead_inspector": "Another inspector",
    "letter_url": "https://files.ofsted.gov.uk/v1/file/letter",
    "notes": "A note.",
}


@pytest.mark.parametrize("name", INSPECTION_CHANGES)
def test_each_field_of_an_inspection_can_be_corrected_after_sharing(
    client: Client, exampleshire: Council, pin: str, name: str
) -> None:
    fact = Inspection.objects.get(reference="2024-03-04")
    check_field(client, fact, name, INSPECTION_CHANGES[name], pin)


@pytest.mark.parametrize("name", VISIT_CHANGES)
def test_each_field_of_a_visit_can_be_corrected_after_sharing(
    client: Client, exampleshire: Council, pin: str, name: str
) -> None:
    check_field(client, Visit.objects.get(), name, VISIT_CHANGES[name], pin)


def check_field(client: Client, fact: Any, name: str, value: Any, pin: str) -> None:
    path = f"/councils/exampleshire/inspections/{fact.reference}/"
    label = str(fact._meta.get_field(name).verbose_name)
    before = [text(client, where, pin) for where in (path, "/councils/exampleshire/")]
    actions.correct(fact, changes={name: value}, reason=WHY, by=None)
    for was, where in zip(before, (path, "/councils/exampleshire/"), strict=True):
        page = text(client, where, pin)
        assert f", {escape(label)}: " in page
        assert "was corrected on" in page
        assert shown(page) == shown(was)
    assert "was corrected" not in text(client, path, "")


def shown(page: str) -> str:
    """What the view shows: below the banner, and above the log of corrections."""
    without_log = re.sub(r"<h3>Corrections</h3><ul>.*?</ul>", "", body(page), flags=re.DOTALL)
    return re.sub(r"( · )?(<a [^>]*>)?corrections \(\d+\)(</a>)?", "", without_log)


def test_a_note_on_a_judgement_can_be_corrected_after_sharing(
    client: Client, exampleshire: Council, pin: str
) -> None:
    judgement = Judgement.objects.filter(inspection__reference="2024-03-04").first()
    actions.correct(judgement, changes={"note": "A later note."}, reason=WHY, by=None)
    page = text(client, "/councils/exampleshire/inspections/2024-03-04/", pin)
    assert "not recorded → A later note." in page


def test_a_withdrawn_inspection_is_still_shown_and_told(
    client: Client, exampleshire: Council, pin: str
) -> None:
    actions.withdraw(
        Inspection.objects.get(reference="2024-03-04"), reason="Entered twice.", by=None
    )
    for path in ("/councils/exampleshire/", "/councils/exampleshire/inspections/2024-03-04/"):
        page = text(client, path, pin)
        assert "Withdrawn on" in page
        assert "Entered twice." in page
    assert client.get("/councils/exampleshire/inspections/2024-03-04/").status_code == 404


def test_a_withdrawn_judgement_is_told(client: Client, exampleshire: Council, pin: str) -> None:
    judgement = Judgement.objects.filter(
        inspection__reference="2024-03-04", area__code="leaders"
    ).get()
    actions.withdraw(judgement, reason="Not judged.", by=None)
    assert "Good → not recorded" in text(client, "/councils/exampleshire/", pin)


def test_a_late_entry_is_hidden_and_told(client: Client, exampleshire: Council, pin: str) -> None:
    late = make.make_inspection(
        exampleshire, start_date=date(2018, 6, 4), grades={"leaders": "inadequate"}
    )
    actions.raise_version()
    page = text(client, "/councils/exampleshire/", pin)
    assert "Recorded here since, though published before" in page
    assert late.reference not in page
    assert late.reference in text(client, "/councils/exampleshire/", "")


def test_a_newer_inspection_is_told(client: Client, exampleshire: Council, pin: str) -> None:
    pinned = pin.replace(str(timezone.localdate()), "2023-01-01")
    for path in PAGES:
        assert "A newer inspection" in text(client, path, pinned), path


def test_only_the_day_of_publication_can_be_pinned(client: Client, exampleshire: Council) -> None:
    page = text(client, "/councils/exampleshire/", "as_at=2023-01-01")
    assert "A newer inspection was published on 24 April 2024." in page
    page = text(
        client, "/councils/exampleshire/", f"as_at={timezone.localdate() - timedelta(days=1)}"
    )
    assert "No full inspection has been published since." in page


def test_a_moment_before_the_record_shows_nothing_and_says_why(
    client: Client, exampleshire: Council
) -> None:
    page = text(client, "/councils/exampleshire/", "known=20200101T000000Z")
    assert "This site held no record yet at that moment" in page


@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_a_pinned_file_holds_what_it_held_and_says_what_changed(
    client: Client, exampleshire: Council, pin: str, suffix: str
) -> None:
    judgement = Judgement.objects.filter(
        inspection__reference="2024-03-04", area__code="leaders"
    ).get()
    worse = judgement.grade.scale.grades.get(code="inadequate")
    actions.correct(judgement, changes={"grade": worse}, reason=WHY, by=None)
    found = text(client, f"/councils/exampleshire/grades.{suffix}", pin)
    assert "Good → Inadequate" in found
    assert ",inadequate," not in found
    assert '"grade": "inadequate"' not in found


def test_a_pinned_picture_does_not_change(client: Client, exampleshire: Council, pin: str) -> None:
    before = client.get(f"/councils/exampleshire/grades.preview.png?{pin}").content
    judgement = Judgement.objects.filter(inspection__reference="2024-03-04").first()
    worse = judgement.grade.scale.grades.get(code="inadequate")
    actions.correct(judgement, changes={"grade": worse}, reason=WHY, by=None)
    assert client.get(f"/councils/exampleshire/grades.preview.png?{pin}").content == before
    assert client.get("/councils/exampleshire/grades.preview.png").content != before


def test_the_panel_offers_both_links(client: Client, exampleshire: Council, pin: str) -> None:
    page = client.get("/councils/exampleshire/grades/share/?from=2022").content.decode()
    assert 'value="http://127.0.0.1:8000/councils/exampleshire/grades/?from=2022"' in page
    pinned = f"http://127.0.0.1:8000/councils/exampleshire/grades/?{pin}&from=2022"
    assert f'value="{pinned.replace("&", "&amp;")}"' in page


def test_the_record_as_held_equals_the_record_now_where_nothing_changed(
    exampleshire: Council,
) -> None:
    from inspections.queries.frameworks import framework_book
    from inspections.rows import Clock

    book, today = framework_book(), timezone.localdate()
    now, then = Clock(today), Clock(today, timezone.now())
    assert events.inspections(book, now) == events.inspections(book, then)
    assert events.visits(now) == events.visits(then)
    assert events.councils(then) == events.councils()
