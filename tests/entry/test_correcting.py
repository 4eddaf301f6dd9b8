"""Corrections: old → new with a reason and a source; two people at once; what imports say."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from inspections import actions
from inspections.models import (
    Conflict,
    Correction,
    Council,
    Inspection,
    Reading,
    Source,
    Theme,
)
from tests.admin import forms
from tests.entry.steps import entered
from tests.people.conftest import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection(staff: Client) -> Inspection:
    draft = entered(staff, lead_inspector="Rae Sample")
    staff.post(f"/entry/{draft.pk}/check/", {"publish": "1"})
    return Inspection.objects.get(council__slug="exampleshire")


def address(inspection: Inspection) -> str:
    return f"/entry/correct/exampleshire/{inspection.reference}/"


def opened(client: Client, inspection: Inspection) -> dict[str, Any]:
    """The form as it stands in a browser: every fact now, and what it was."""
    return dict(forms.opened(client, address(inspection)).values)


def test_it_is_found_by_its_name_and_corrected_with_reason_and_source(
    staff: Client, inspection: Inspection
) -> None:
    page = staff.get("/entry/find/", {"q": "Exampleshire County Council"}).content.decode()
    assert f'href="{address(inspection)}"' in page
    typed = opened(staff, inspection) | {
        "lead_inspector": "Jo Specimen", "grade:leaders": "inadequate", "grade:in_care": "",
    }  # fmt: skip
    assert staff.post(address(inspection), typed).status_code == 400
    typed |= {"reason": "Misread.", "source": "The report, page 1"}
    assert staff.post(address(inspection), typed).headers["Location"] == "/entry/corrections/"
    inspection.refresh_from_db()
    assert inspection.lead_inspector == "Jo Specimen"
    held = dict(inspection.judgements.values_list("area__code", "grade__code"))
    assert held["leaders"] == "inadequate"
    assert "in_care" not in held
    page = staff.get("/entry/corrections/").content.decode()
    assert "Rae Sample → Jo Specimen" in page
    assert "The report, page 1" in page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"start_date": "soon"}, "expected a day"),
        ({"end_date": "1/1/2019"}, "before the first"),
        ({}, "Nothing is changed"),
    ],
)
def test_what_is_impossible_is_refused(
    staff: Client, inspection: Inspection, typed: dict[str, str], told: str
) -> None:
    before = Correction.objects.count()
    sent = opened(staff, inspection) | typed | {"reason": "A test."}
    answer = staff.post(address(inspection), sent)
    assert (answer.status_code, Correction.objects.count()) == (400, before)
    assert told in answer.content.decode()


def test_two_people_at_once_choose_field_by_field(staff: Client, inspection: Inspection) -> None:
    other = Client()
    other.force_login(person("second", "editor"))
    mine, theirs = opened(staff, inspection), opened(other, inspection)
    other.post(
        address(inspection),
        theirs | {"lead_inspector": "Jo Specimen", "reason": "By the letter."},
    )
    mine |= {"lead_inspector": "Kit Example", "kind": "short", "reason": "By the report."}
    answer = staff.post(address(inspection), mine)
    assert answer.status_code == 409
    page = answer.content.decode()
    for told in ("Mine: Kit Example", "Theirs: Jo Specimen", "As before: Rae Sample"):
        assert told in page
    inspection.refresh_from_db()
    assert (inspection.lead_inspector, inspection.kind) == ("Jo Specimen", "standard")
    again = mine | {"was:lead_inspector": "Jo Specimen"}
    assert staff.post(address(inspection), again).status_code == 302
    inspection.refresh_from_db()
    assert (inspection.lead_inspector, inspection.kind) == ("Kit Example", "short")


def test_what_an_import_says_is_taken_or_left(staff: Client, inspection: Inspection) -> None:
    source = Source(key="a", kind="report", title="Another report", publisher="Ofsted")
    actions.record(source, by=None, reason="A test")
    for fact, value in (("lead_inspector", "Jo Specimen"), ("grade:leaders", "outstanding")):
        Reading.objects.create(
            source=source, inspection=inspection, fact=fact, value=value, read_at=timezone.now()
        )
    page = staff.get("/entry/corrections/").content.decode()
    assert "To be settled: 2" in page
    one, two = Reading.objects.order_by("fact")
    sent = {"kind": "import", "number": one.pk, "choice": "theirs"}
    for _ in range(2):
        staff.post("/entry/corrections/settle/", sent)
    staff.post("/entry/corrections/settle/", {**sent, "number": two.pk, "choice": "mine"})
    assert inspection.judgements.get(area__code="leaders").grade.code == "outstanding"
    inspection.refresh_from_db()
    assert inspection.lead_inspector == "Rae Sample"
    assert "To be settled: 0" in staff.get("/entry/corrections/").content.decode()


def test_the_shipped_records_differences_stand_in_the_same_list(
    staff: Client, inspection: Inspection
) -> None:
    now = timezone.now()
    conflict = Conflict.objects.create(
        table="inspections", key=f"exampleshire {inspection.reference}", field="lead_inspector",
        row=inspection.pk, held="Rae Sample", shipped="Jo Specimen", value="Jo Specimen",
        release_date=now.date(), found_at=now,
    )  # fmt: skip
    assert "1\n  difference" in staff.get("/entry/").content.decode()
    assert "Jo Specimen" in staff.get("/entry/corrections/").content.decode()
    sent = {"kind": "shipped", "number": conflict.pk, "choice": "theirs"}
    assert staff.post("/entry/corrections/settle/", sent).status_code == 302
    inspection.refresh_from_db()
    assert inspection.lead_inspector == "Jo Specimen"


def fact(client: Client, kind: str, row: Any, **typed: str) -> Any:
    """The form of a fact as a browser holds it, sent with what is typed."""
    path = f"/entry/correct-fact/{kind}/{row.pk}/"
    held = forms.opened(client, path).values
    return client.post(path, held | typed | {"reason": "Misread.", "source": "Page 3"})


def test_points_and_sources_are_corrected_like_events(staff: Client) -> None:
    luton = Inspection.objects.get(council__slug="luton", reference="2022-07-11")
    point, source = luton.points.first(), luton.citations.first().source
    page = staff.get("/entry/correct/luton/2022-07-11/").content.decode()
    for kind, row in (("point", point), ("source", source), ("framework", luton.framework)):
        assert f'href="/entry/correct-fact/{kind}/{row.pk}/"' in page
    theme = Theme.objects.get(code="caseloads")
    form = staff.get(f"/entry/correct-fact/point/{point.pk}/").content.decode()
    assert "Parted by semicolons, of these: Front door; Early help;" in form
    assert fact(staff, "point", point, themes=theme.short_name, page="4").status_code == 302
    point.refresh_from_db()
    assert (point.themes, point.basis, point.page) == ("caseloads", "person", 4)
    wrong = fact(staff, "point", point, themes="Moonlight")
    assert wrong.status_code == 400
    assert "expected the short name of a theme" in wrong.content.decode()
    assert fact(staff, "source", source, published_date="1 May 2025").status_code == 302
    source.refresh_from_db()
    assert str(source.published_date) == "2025-05-01"
    logged = Correction.objects.filter(reason="Misread.", source_text="Page 3")
    assert {"themes", "page", "published_date"} <= set(logged.values_list("field", flat=True))


def test_councils_and_frameworks_are_corrected_by_administrators(
    staff: Client, inspection: Inspection
) -> None:
    east = Council.objects.get(slug="east-surrey")
    assert fact(staff, "council", east, ons_code="E06999999").status_code == 302
    taken = fact(staff, "council", east, dfe_code="821")
    assert "Another council has this DfE code" in taken.content.decode()
    rules = inspection.framework
    assert fact(staff, "framework", rules, next_due_year="2028").status_code == 302
    refused = fact(staff, "framework", rules, in_force_to="2/4/2026")
    assert "under it began on" in refused.content.decode()
    east.refresh_from_db(), rules.refresh_from_db()
    assert (east.ons_code, rules.next_due_year, rules.in_force_to) == ("E06999999", 2028, None)
    editor = Client()
    editor.force_login(person("ed", "editor"))
    for kind, row in (("council", east), ("framework", rules)):
        assert editor.get(f"/entry/correct-fact/{kind}/{row.pk}/").status_code == 403
    assert editor.get("/entry/correct-fact/user/1/").status_code == 404
