"""Points of a report and their themes, entered and corrected in the admin."""

import pytest
from django.test import Client

from inspections import store
from inspections.models import Correction, ImprovementPoint, Inspection, Theme, User
from tests import factories as make
from tests.admin.forms import change, errors, opened, save

pytestmark = pytest.mark.django_db
POINT = "What inspectors asked for is invented here: care plans that say who does what by when."


@pytest.fixture
def themes(inspection: Inspection) -> list[Theme]:
    return [make.make_theme(code) for code in ("plans", "health")]


def row(number: int, **cells: object) -> dict[str, object]:
    """What a person types into the first empty row of the inspection's points."""
    typed = {"number": number, "page": 3, "kind": "improvement_point", **cells}
    return {f"points-0-{name}": value for name, value in typed.items()}


def told(page: str) -> str:
    return page.split('class="messagelist"', 1)[-1].split("</ul>", 1)[0]


def test_a_new_point_is_sorted_by_its_words(
    admin: Client, inspection: Inspection, themes: list[Theme]
) -> None:
    status, page = save(admin, change(inspection), **row(1, text=POINT), reason="Read")
    assert status == 302, page
    point = inspection.points.get()
    assert (point.themes, point.basis, point.text) == ("plans", "rule", POINT)
    assert point.history.get().history_user is not None
    record = store.current_record()
    assert [row.themes for row in record.points_of(record.inspections[0])] == [("plans",)]


def test_a_point_that_words_leave_open_is_named_for_a_person(
    admin: Client, inspection: Inspection, themes: list[Theme]
) -> None:
    typed = {**row(1, text="Practice across the county."), "reason": "Read"}
    answer = admin.post(
        change(inspection), {**opened(admin, change(inspection)).values, **typed}, follow=True
    )
    assert inspection.points.get().basis == "unsure"
    assert "Choose the themes, as the words leave them open: point 1." in told(
        answer.content.decode()
    )


def test_themes_that_a_person_chooses_are_the_persons(
    admin: Client, inspection: Inspection, themes: list[Theme]
) -> None:
    Theme.objects.update(version=3)
    typed = row(1, text=POINT, themes=["health"])
    assert save(admin, change(inspection), **typed, reason="Read")[0] == 302
    point = inspection.points.get()
    assert (point.themes, point.basis, point.themes_version) == ("health", "person", 3)


def test_a_points_themes_are_corrected_like_any_fact(
    admin: Client, inspection: Inspection, themes: list[Theme]
) -> None:
    point = make.make_point(inspection, "plans", basis="unsure", text=POINT)
    status, page = save(admin, change(point), themes=["plans", "health"])
    assert status == 200
    assert "Say why the fact is corrected." in errors(page, "reason")
    assert "plans (“care plans”)" in page
    typed = {"themes": ["plans", "health"], "reason": "Health is meant too"}
    assert save(admin, change(point), **typed)[0] == 302
    point.refresh_from_db()
    assert (point.themes, point.basis) == ("plans|health", "person")
    logged = {entry.field: entry for entry in Correction.objects.all()}
    assert (logged["themes"].old, logged["themes"].new) == ("plans", "plans, health")
    log = Client().get("/corrections/").content.decode()
    assert "Inspection of March 2021, point 1" in log
    assert "Health is meant too" in log


def test_a_person_confirms_what_the_words_say(
    admin: Client, inspection: Inspection, themes: list[Theme]
) -> None:
    point = make.make_point(inspection, "plans", basis="unsure")
    assert save(admin, change(point), basis="person", reason="Read again")[0] == 302
    point.refresh_from_db()
    assert (point.themes, point.basis) == ("plans", "person")


def test_a_number_that_another_point_has_is_refused(
    admin: Client, inspection: Inspection, themes: list[Theme]
) -> None:
    make.make_point(inspection)
    new = {name.replace("-0-", "-1-"): value for name, value in row(1).items()}
    status, page = save(admin, change(inspection), **new, reason="Read")
    assert status == 200
    assert "Please correct the duplicate" in page or "of this number already" in page
    assert ImprovementPoint.objects.count() == 1


def test_a_theme_is_edited_with_a_reason_and_stays_while_it_is_used(
    admin: Client, inspection: Inspection, themes: list[Theme], officer: User
) -> None:
    plans, health = themes
    make.make_point(inspection, "plans")
    typed = {"definition": "Plans of every kind.", "version": "2", "reason": "Made clearer"}
    assert save(admin, change(plans), **typed)[0] == 302
    plans.refresh_from_db()
    assert (plans.definition, plans.version) == ("Plans of every kind.", 2)
    assert plans.history.first().history_user == officer
    page = admin.post(
        f"/admin/inspections/theme/{plans.pk}/withdraw/now/", {"confirmed": "1", "reason": "x"}
    ).content.decode()
    assert "Still in use by 1 facts" in page
    admin.post(
        f"/admin/inspections/theme/{health.pk}/withdraw/now/", {"confirmed": "1", "reason": "x"}
    )
    assert list(Theme.objects.all()) == [plans]
