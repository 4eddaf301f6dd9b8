"""A pinned link shows what it showed, and says what has changed since."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from inspections import actions, store
from inspections.models import Council, Inspection, Judgement, Statement, Visit
from inspections.vocabulary import (
    CouncilKind,
    ExpectedEvent,
    InspectionKind,
    Region,
    StatedPrecision,
    StatementKind,
    VisitKind,
)
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
ENGLAND = (
    "/england/statistics/",
    "/england/changes/",
    "/england/journeys/",
    "/england/timing/",
    "/england/upcoming/",
    "/england/inadequate/",
    "/england/expected/",
    "/england/moves/",
    "/england/waiting/",
    "/england/reporting/",
    "/england/windows/",
    "/embed/england/windows/",
)
WHY = "The report says otherwise."


def text(client: Client, path: str, pin: str) -> str:
    response = client.get(f"{path}?{pin}")
    assert response.status_code == 200
    return response.content.decode()


def body(page: str) -> str:
    """The page below its banner: what the view itself shows."""
    return re.sub(r'<(div|p) class="banner.*?</\1>', "", page, flags=re.DOTALL)


@pytest.mark.parametrize("path", [*PAGES, *ENGLAND])
def test_an_unchanged_view_says_so(
    client: Client, exampleshire: Council, pin: str, path: str
) -> None:
    assert "Nothing shown here has changed since." in text(client, path, pin)


@pytest.mark.parametrize("path", [*PAGES, *ENGLAND])
def test_a_correction_does_not_show_but_is_told(
    client: Client, exampleshire: Council, pin: str, path: str
) -> None:
    before = body(text(client, path, pin))
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
    assert body(page) == before


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


STATEMENT_CHANGES: dict[str, Any] = {
    "kind": StatementKind.CONTEXT,
    "stated_date": date(2024, 5, 3),
    "stated_precision": StatedPrecision.MONTH,
    "said_by": "council leader",
    "what": "the plan is ready",
    "value": "2028",
    "unit": "year",
    "expected_event": ExpectedEvent.GOOD,
    "expected_from_date": date(2026, 2, 1),
    "expected_to_date": date(2026, 12, 31),
    "outcome": "None by then.",
    "source_text": "Another paper",
    "source_url": "https://news.example/other",
    "notes": "A note.",
}


@pytest.fixture
def statement(exampleshire: Council) -> Statement:
    found = make.saved(
        Statement(
            council=exampleshire,
            reference="2024-001",
            kind=StatementKind.EXPECTATION,
            stated_date=date(2024, 5, 2),
            said_by="director",
            what="the next full inspection",
            expected_event=ExpectedEvent.FULL_INSPECTION,
            expected_from_date=date(2026, 1, 1),
            expected_to_date=date(2026, 11, 30),
            source_text="Invented paper",
        )
    )
    actions.raise_version()
    return found


@pytest.mark.parametrize("name", STATEMENT_CHANGES)
def test_each_field_of_an_expectation_can_be_corrected_after_sharing(
    client: Client, statement: Statement, pin: str, name: str
) -> None:
    label = str(Statement._meta.get_field(name).verbose_name)
    pages = ("/england/expected/", "/councils/exampleshire/")
    before = [text(client, path, pin) for path in pages]
    actions.correct(statement, changes={name: STATEMENT_CHANGES[name]}, reason=WHY, by=None)
    for was, path in zip(before, pages, strict=True):
        page = text(client, path, pin)
        assert f"statement of May 2024 (director), {escape(label)}: " in page
        assert "was corrected on" in page
        assert f"Why: {WHY}" in page
        assert body(page) == body(was)
    assert "Nothing shown here has changed since." in text(client, PAGES[3], pin)


def test_a_withdrawn_or_late_expectation_is_told(
    client: Client, statement: Statement, pin: str
) -> None:
    before = body(text(client, "/england/expected/", pin))
    late = {"reference": "2024-002", "said_by": "newspaper"}
    fields = {spec.name: getattr(statement, spec.name) for spec in statement._meta.concrete_fields}
    make.saved(Statement(**{**fields, "id": None, **late}))
    actions.withdraw(statement, reason="Not said.", by=None)
    page = text(client, "/england/expected/", pin)
    assert "the next full inspection → not recorded. Why: Not said." in page
    assert "Recorded here since, though public before: " in page
    assert "statement of May 2024 (newspaper)" in page
    assert body(page) == before
    assert "/england/expected/?council=exampleshire&amp;everything=1" in text(
        client, "/corrections/", ""
    )


COUNCIL_CHANGES: dict[str, Any] = {
    "short_name": "Exampleland",
    "kind": CouncilKind.LONDON,
    "ons_region": Region.LONDON,
    "closed_date": date(2025, 3, 31),
}


@pytest.mark.parametrize("name", COUNCIL_CHANGES)
def test_a_council_is_named_and_counted_as_it_was(
    client: Client, exampleshire: Council, pin: str, name: str
) -> None:
    more = {"ofsted_region": Region.LONDON} if name == "ons_region" else {}
    pages = ("/councils/exampleshire/", "/england/statistics/", "/england/windows/", "/")
    pages = (*pages, "/councils/exampleshire/grades/", "/england/journeys/")
    before = [body(text(client, path, pin)) for path in pages]
    changes = {name: COUNCIL_CHANGES[name], **more}
    actions.correct(exampleshire, changes=changes, reason=WHY, by=None)
    for was, path in zip(before, pages, strict=True):
        page = text(client, path, pin)
        assert "A fact shown here was corrected on" in page, path
        assert body(page) == was, path


def test_what_was_not_shown_is_not_said_to_be_corrected(
    client: Client, exampleshire: Council, pin: str
) -> None:
    """A later inspection's grade, the inspector on a page of grades, another council's fact."""
    other = make.make_inspection(
        make.make_council("Northbridge"), start_date=date(2024, 3, 4), grades={"leaders": "good"}
    )
    actions.raise_version()
    later = Inspection.objects.get(council=exampleshire, reference="2024-03-04")
    judgement = later.judgements.get(area__code="leaders")
    worse = judgement.grade.scale.grades.get(code="inadequate")
    actions.correct(judgement, changes={"grade": worse}, reason=WHY, by=None)
    pinned = pin.replace(str(timezone.localdate()), "2023-01-01")
    for path in ("/councils/exampleshire/", "/", "/england/statistics/"):
        page = text(client, path, pinned)
        assert "was corrected" not in page
        assert "newer inspection" in page
    actions.correct(other, changes={"lead_inspector": "Somebody"}, reason=WHY, by=None)
    assert "lead inspector" not in text(client, "/england/statistics/", pin)
    assert "Northbridge" not in text(client, "/england/moves/", f"{pin}&region=london")


def check_field(client: Client, fact: Any, name: str, value: Any, pin: str) -> None:
    path = f"/councils/exampleshire/inspections/{fact.reference}/"
    label = str(fact._meta.get_field(name).verbose_name)
    before = [text(client, where, pin) for where in (path, "/councils/exampleshire/")]
    actions.correct(fact, changes={name: value}, reason=WHY, by=None)
    for was, where in zip(before, (path, "/councils/exampleshire/"), strict=True):
        page = text(client, where, pin)
        assert f", {escape(label)}: " in page
        assert "was corrected on" in page
        assert body(page) == body(was)
    assert "was corrected" not in text(client, path, "")


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
    assert client.get("/councils/exampleshire/inspections/2024-03-04/").status_code == 410


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
    assert "Recorded here since, though public before" in page
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
    today = f"{timezone.localdate():%-d %B %Y}"
    assert f"By {today} no full inspection had been published since." in page


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
    beside = "csv-metadata.json" if suffix == "csv" else suffix
    assert "Good → Inadequate" in text(client, f"/councils/exampleshire/grades.{beside}", pin)
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
    now = store.current_record()
    then = store.record_known_at(timezone.now(), now)
    assert now.inspections == then.inspections
    assert now.visits == then.visits
    assert now.councils == then.councils


@pytest.mark.usefixtures("record")
def test_a_report_that_is_not_read_here_is_newer_and_a_council_gone_has_none(
    client: Client,
) -> None:
    page = text(client, "/councils/slough/", "as_at=2025-03-31")
    assert "A newer report, of 25 August 2026, is published, but not yet on this site." in page
    assert "no full inspection had been published since" not in page
    then = text(client, "/councils/slough/", "as_at=2026-09-01")
    banner = then.partition("</head>")[2].partition("<h1")[0]
    assert "A newer report, published on 25 August" not in banner
    gone = text(client, "/councils/northamptonshire/", "as_at=2020-02-23")
    assert "No later full inspection is on record; the council&#x27;s last day was 31" in gone
    england = text(client, "/england/changes/", "as_at=2025-03-31")
    assert (
        "3 newer reports, the last of 25 August 2026, are published, but not yet on this site."
        in england
    )
