"""One inspection is entered once: two clicks, two officers, another way of typing it."""

from datetime import date

import pytest
from django.test import Client

from inspections import actions
from inspections.models import Framework, Inspection, User, Visit
from tests import factories as make
from tests.admin.forms import Form, begin, change, grade, grade_of, opened, save

pytestmark = pytest.mark.django_db

Both = tuple[Framework, Framework]
VISITS = "/admin/inspections/visit/add/"


def filled(framework: Framework, **fields: object) -> dict[str, object]:
    return {
        "publication_date": "2021-04-21", "end_date": "2021-03-12",
        grade_of("leaders", framework): grade("good"), **fields,
    }  # fmt: skip


def test_two_clicks_enter_one_inspection(admin: Client, frameworks: Both, officer: User) -> None:
    council = make.make_council()
    address = begin(council, "2021-03-01")
    typed = {**opened(admin, address).values, **filled(frameworks[0])}
    assert admin.post(address, typed).status_code == 302
    answer = admin.post(address, typed)
    assert answer.status_code == 200
    page = answer.content.decode()
    held = Inspection.objects.get()
    assert "This is on record already" in page
    assert f'href="{change(held)}"' in page
    assert f'href="{held.get_absolute_url()}"' in page
    assert Form(page).values["publication_date"] == ["2021-04-21"]


def test_a_first_day_that_differs_by_weeks_is_the_same_inspection(
    admin: Client, frameworks: Both, inspection: Inspection
) -> None:
    address = begin(inspection.council, "2021-04-12", kind="short")
    typed = filled(frameworks[0], end_date="2021-04-16", publication_date="2021-05-20")
    status, page = save(admin, address, **typed)
    assert status == 200
    assert "This is on record already" in page


def test_the_same_report_address_is_the_same_inspection(
    admin: Client, frameworks: Both, inspection: Inspection
) -> None:
    report = "https://files.example.org/v1/file/1"
    actions.correct(inspection, changes={"report_url": report}, reason="x", by=None)
    other = make.make_council("Northbridge")
    typed = filled(
        frameworks[0], end_date="2024-03-15", publication_date="2024-05-01",
        report_url=f"{report}/",
    )  # fmt: skip
    status, page = save(admin, begin(other, "2024-03-04"), **typed)
    assert status == 200
    assert "This is on record already" in page
    assert f'href="{change(inspection)}"' in page


def test_a_reason_lets_another_visit_through_and_is_kept(admin: Client, officer: User) -> None:
    council = make.make_council()
    typed = {"council": council.pk, "kind": "monitoring_visit", "start_date": "2025-03-11"}
    assert "is_another" not in opened(admin, VISITS).values
    assert save(admin, VISITS, **typed)[0] == 302
    typed["start_date"] = "2025-04-22"
    status, page = save(admin, VISITS, **typed)
    form = Form(page)
    assert (status, form.values["is_another"]) == (200, [""])
    assert form.values["start_date"] == ["2025-04-22"]
    status, page = save(admin, VISITS, form=form, is_another="The letters say second and third")
    assert status == 302, page
    assert Visit.objects.count() == 2
    line = Visit.objects.order_by("pk").last().history.get()
    assert "Another than exampleshire/2025-03-11: The letters say second" in (
        line.history_change_reason
    )


def test_a_correction_into_another_event_is_refused_too(
    admin: Client, inspection: Inspection
) -> None:
    later = make.make_inspection(
        inspection.council, inspection.framework,
        grades={"leaders": "good"}, start_date=date(2024, 3, 4),
    )  # fmt: skip
    typed = {"start_date": "2021-03-08", "end_date": "2021-03-19", "reason": "A slip"}
    status, page = save(admin, change(later), **typed)
    assert status == 200
    assert "This is on record already" in page
    later.refresh_from_db()
    assert later.start_date == date(2024, 3, 4)


def test_one_that_was_withdrawn_is_entered_anew_and_not_published_twice(
    admin: Client, frameworks: Both, inspection: Inspection, officer: User
) -> None:
    actions.withdraw(inspection, reason="Another council's", by=officer)
    address = begin(inspection.council, "2021-03-02")
    assert save(admin, address, **filled(frameworks[0]))[0] == 302
    again = f"/admin/inspections/inspection/{inspection.pk}/publish/now/"
    answer = admin.post(again, {"confirmed": "x", "reason": "It was right"})
    assert answer.status_code == 200
    assert "is on record already" in answer.content.decode()
    form = Form(answer.content.decode())
    sent = {**form.values, "confirmed": "x", "is_another": "Two inspections in one month"}
    assert admin.post(again, sent).status_code == 302
    inspection.refresh_from_db()
    assert inspection.status == "published"


def test_a_mistyped_first_day_is_saved_with_a_second_look(admin: Client, frameworks: Both) -> None:
    """Two years too early: nothing worked out from facts refuses one."""
    framework = frameworks[0]
    address = begin(make.make_council(), "2024-07-08")
    typed = filled(framework, end_date="2026-07-17", publication_date="2026-08-20")
    answer = admin.post(address, {**opened(admin, address).values, **typed}, follow=True)
    assert Inspection.objects.get().start_date == date(2024, 7, 8)
    assert "Worth a second look" in answer.content.decode()


def test_remarks_that_fail_neither_refuse_nor_lose_what_was_saved(
    admin: Client, inspection: Inspection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("inspections.admin.inspection.findings_about", fail)
    assert save(admin, change(inspection), notes="Seen", reason="Seen")[0] == 302
    inspection.refresh_from_db()
    assert inspection.notes == "Seen"


@pytest.mark.parametrize("day", ["0026-03-01", "0001-01-01", "9999-12-31", "1989-12-31"])
def test_a_year_that_cannot_be_is_refused_beside_its_field(
    day: str, admin: Client, officer: User
) -> None:
    typed = {"council": make.make_council().pk, "kind": "jtai", "start_date": day}
    status, page = save(admin, VISITS, **typed)
    assert status == 200
    assert "is not a day of this record: its years go from 1990 to" in page
    assert not Visit.objects.exists()


def test_the_first_step_names_a_year_that_cannot_be(admin: Client, frameworks: Both) -> None:
    page = admin.get(begin(make.make_council(), "0026-03-01")).content.decode()
    assert "is not a day of this record" in page
