"""Visits, councils and frameworks in the admin."""

from datetime import date

import pytest
from django.test import Client

from inspections.models import (
    Correction,
    CouncilAlias,
    Framework,
    Inspection,
    Lane,
    User,
    Visit,
)
from tests import factories as make
from tests.admin.forms import begin, change, errors, opened, save

pytestmark = pytest.mark.django_db

Both = tuple[Framework, Framework]


def test_a_visit_is_entered_without_any_grade(admin: Client, officer: User) -> None:
    council = make.make_council()
    address = "/admin/inspections/visit/add/"
    form = opened(admin, address)
    assert "Exampleshire" in form.options["council"]
    assert not any("grade" in name for name in {*form.values, *form.options})
    typed = {
        "council": council.pk,
        "kind": "focused_visit",
        "start_date": "2025-03-11",
        "end_date": "2025-03-12",
        "publication_date": "2025-04-15",
        "topic": "care leavers",
        "topic_codes": ["care_leavers", "front_door"],
    }
    status, page = save(admin, address, **typed)
    assert status == 302, page
    visit = Visit.objects.get()
    assert (visit.reference, visit.topic_codes) == ("2025-03-11", "front_door|care_leavers") or (
        visit.topic_codes == "care_leavers|front_door"
    )
    assert "11" in Client().get("/councils/exampleshire/").content.decode()
    form = opened(admin, change(visit))
    assert sorted(form.values["topic_codes"]) == ["care_leavers", "front_door"]
    assert save(admin, change(visit))[0] == 302
    assert Visit.history.count() == 1


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"start_date": "2025-03-11", "end_date": "2025-03-10"}, "end_date", "is before the first"),
        (
            {"start_date": "2025-03-11", "publication_date": "2025-03-10"},
            "publication_date",
            "is before the last day",
        ),
        ({"start_date": "2025-03-11", "topic_codes": ["back_door"]}, "topic_codes", "valid choice"),
        ({"start_date": "2025-03-11", "sequence": "x"}, "sequence", "Enter a whole number"),
        ({"start_date": "2025-03-11", "letter_url": "nowhere at all"}, "letter_url", "valid URL"),
        ({"start_date": "2025-03-11", "kind": ""}, "kind", "This field is required"),
    ],
)  # fmt: skip
def test_a_wrong_visit_is_told_beside_its_field(
    admin: Client, officer: User, typed: dict, field: str, said: str
) -> None:
    council = make.make_council()
    status, page = save(
        admin,
        "/admin/inspections/visit/add/",
        **{"council": council.pk, "kind": "focused_visit", **typed},
    )
    assert status == 200
    assert said in errors(page, field)
    assert not Visit.objects.exists()


def test_a_visit_that_knows_no_day_says_so(admin: Client, officer: User) -> None:
    typed = {"council": make.make_council().pk, "kind": "monitoring_visit"}
    address = "/admin/inspections/visit/add/"
    status, page = save(admin, address, **typed)
    assert status == 200
    assert "Say that the first day is not known" in page
    assert save(admin, address, **typed, start_precision="unknown")[0] == 302


def test_a_second_visit_of_the_day_gets_an_address_of_its_own(admin: Client, officer: User) -> None:
    typed = {"council": make.make_council().pk, "start_date": "2025-03-11"}
    for kind in ("focused_visit", "jtai"):
        assert save(admin, "/admin/inspections/visit/add/", **typed, kind=kind)[0] == 302
    assert [visit.reference for visit in Visit.objects.order_by("pk")] == [
        "2025-03-11",
        "jtai-2025-03-11",
    ]


def test_a_council_is_corrected_with_its_aliases_and_predecessors(
    admin: Client, officer: User
) -> None:
    council, gone = (
        make.make_council(),
        make.make_council("Northbridge", closed_date=date(2019, 3, 31)),
    )
    typed = {
        "website": "example.org",
        "predecessors": [gone.pk],
        "aliases-0-scheme": "name",
        "aliases-0-value": "The Shire",
        "reason": "The order of 2018",
    }
    status, page = save(admin, change(council), **typed)
    assert status == 302, page
    council.refresh_from_db()
    assert council.website == "https://example.org"
    assert list(council.predecessors.all()) == [gone]
    assert council.aliases.get().value == "The Shire"
    assert {entry.field for entry in Correction.objects.all()} == {"website", "predecessors"}
    assert CouncilAlias.history.get().history_user == officer
    gone_alias = {"aliases-0-DELETE": "on", "reason": "Never called so"}
    assert save(admin, change(council), **gone_alias)[0] == 302
    assert not CouncilAlias.objects.exists()
    assert list(council.predecessors.all()) == [gone]


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("ons_code", "Another council has this ONS code"),
        ("dfe_code", "Another council has this DfE code"),
        ("ofsted_urn", "Another council has this Ofsted number"),
        ("slug", "already exists"),
    ],
)
def test_a_code_of_another_council_is_told_beside_its_field(
    admin: Client, officer: User, field: str, said: str
) -> None:
    taken = make.make_council()
    typed = {
        "name": "Northbridge Council", "short_name": "Northbridge", "slug": "northbridge",
        "ons_code": "E99999999", "dfe_code": "999", "ofsted_urn": "999999", "kind": "unitary",
        "ons_region": "london", "ofsted_region": "london", field: getattr(taken, field),
    }  # fmt: skip
    status, page = save(admin, "/admin/inspections/council/add/", **typed)
    assert status == 200
    assert said in errors(page, field)


def test_another_councils_code_as_an_alias_is_told(admin: Client, officer: User) -> None:
    council, other = make.make_council(), make.make_council("Northbridge")
    typed = {"aliases-0-scheme": "dfe_code", "aliases-0-value": other.dfe_code, "reason": "x"}
    status, page = save(admin, change(council), **typed)
    assert status == 200
    assert "Northbridge&#x27;s today" in page


def test_a_new_framework_needs_rows_and_no_code(admin: Client, officer: User) -> None:
    """Entered in the admin with its areas, it is offered to the next inspection at once."""
    council = make.make_council()
    old = make.make_framework("old_rules", in_force_to=date(2026, 12, 31))
    address = "/admin/inspections/framework/add/"
    form = opened(admin, address)
    form.values["areas-TOTAL_FORMS"] = ["2"]
    typed = {
        "code": "new_rules", "name": "The rules of 2027", "short_name": "2027",
        "scale": old.scale_id, "in_force_from": "2027-01-01", "is_whole_service": "on",
        "areas-0-order": "1", "areas-0-code": "family_help", "areas-0-official_name": "Family help",
        "areas-0-short_name": "Family help",
        "areas-0-lanes": [Lane.objects.get(code="help_and_protection").pk],
        "areas-1-order": "2", "areas-1-code": "leaders", "areas-1-official_name": "Leaders",
        "areas-1-short_name": "Leaders", "areas-1-lanes": [],
    }  # fmt: skip
    status, page = save(admin, address, form=form, **typed)
    assert status == 302, page
    framework = Framework.objects.get(code="new_rules")
    assert [lane.code for lane in framework.areas.get(order=1).lanes.all()] == [
        "help_and_protection"
    ]
    offered = opened(admin, begin(council, "2027-02-01"))
    assert [name for name in offered.options if name.startswith("grade_")] == [
        f"grade_{area.pk}" for area in framework.areas.order_by("order")
    ]


def test_a_framework_in_use_keeps_its_days(admin: Client, inspection: Inspection) -> None:
    typed = {"in_force_from": "2021-03-02", "reason": "x"}
    status, page = save(admin, change(inspection.framework), **typed)
    assert status == 200
    assert "began on 2021-03-01" in errors(page, "in_force_from")
