"""Withdrawing in place of deleting, and the history page."""

from datetime import date, timedelta

import pytest
from django.test import Client

from inspections import actions
from inspections.models import (
    Correction,
    Council,
    Framework,
    Inspection,
    Lane,
    User,
    Visit,
)
from tests import factories as make
from tests.admin.forms import Form, change, judgement_of_another

pytestmark = pytest.mark.django_db

Both = tuple[Framework, Framework]


def test_an_inspection_is_withdrawn_with_a_reason_and_published_again(
    admin: Client, officer: User, inspection: Inspection
) -> None:
    public = inspection.get_absolute_url()
    assert Client().get(public).status_code == 200
    address = f"/admin/inspections/inspection/{inspection.pk}/withdraw/now/"
    assert f'href="{address}"' in admin.get(change(inspection)).content.decode()
    assert admin.get(address).status_code == 200
    refused = admin.post(address, {"confirmed": "Withdraw", "reason": " "})
    assert refused.status_code == 200
    assert "Say why" in refused.content.decode()
    inspection.refresh_from_db()
    assert inspection.status == "published"
    done = admin.post(address, {"confirmed": "Withdraw", "reason": "Another council's"})
    assert done.status_code == 302
    inspection.refresh_from_db()
    assert inspection.status == "withdrawn"
    assert Client().get(public).status_code == 410
    assert Correction.objects.get().reason == "Another council's"
    page = admin.get(change(inspection)).content.decode()
    assert "no public page shows this" in page
    again = f"/admin/inspections/inspection/{inspection.pk}/publish/now/"
    assert f'href="{again}"' in page
    assert admin.post(again, {"confirmed": "x", "reason": "It was right"}).status_code == 302
    assert Client().get(public).status_code == 200


def test_several_are_withdrawn_from_the_list(admin: Client, inspection: Inspection) -> None:
    other = make.make_inspection(inspection.council, start_date=date(2024, 3, 4),
                                 framework=inspection.framework)  # fmt: skip
    chosen = {"action": "withdraw_chosen", "_selected_action": [inspection.pk, other.pk]}
    asked = admin.post("/admin/inspections/inspection/", chosen)
    assert asked.status_code == 200
    form = Form(asked.content.decode())
    assert form.values["_selected_action"] == [str(inspection.pk), str(other.pk)]
    answer = admin.post(
        "/admin/inspections/inspection/",
        {**form.values, "confirmed": "Withdraw", "reason": "Both entered twice"},
    )
    assert answer.status_code == 302
    assert set(Inspection.objects.values_list("status", flat=True)) == {"withdrawn"}
    assert Correction.objects.count() == 2


def many_visits(number: int = 60) -> None:
    council = make.make_council("Northbridge")
    for n in range(number):
        make.make_visit(council, start_date=date(2005, 1, 3) + timedelta(days=100 * n))


def test_all_that_a_list_holds_are_withdrawn_from_every_page(admin: Client) -> None:
    """The list shows 50 a page; 60 are chosen by `Select all 60`."""
    many_visits()
    other = make.make_visit(make.make_council("Westmarsh"))
    chosen = {
        "action": "withdraw_chosen",
        "select_across": "1",
        "_selected_action": list(Visit.objects.values_list("pk", flat=True)[:50]),
    }
    address = "/admin/inspections/visit/?q=northbridge"
    page = admin.post(address, chosen).content.decode()
    assert "Withdraw 60 visits, all that the list holds on every page" in page
    assert 'value="Withdraw 60"' in page
    sent = {**Form(page).values, "confirmed": "x", "reason": "Entered by mistake"}
    done = admin.post(address, sent, follow=True)
    assert "Withdrawn: 60 visits." in done.content.decode()
    assert Visit.objects.public().get() == other


def test_nothing_is_withdrawn_where_the_list_has_grown_since_it_was_asked(admin: Client) -> None:
    many_visits(3)
    first = Visit.objects.first()
    address = "/admin/inspections/visit/"
    chosen = {"action": "withdraw_chosen", "select_across": "1", "_selected_action": [first.pk]}
    form = Form(admin.post(address, chosen).content.decode())
    make.make_visit(make.make_council("Westmarsh"))
    answer = admin.post(address, {**form.values, "confirmed": "x", "reason": "Entered twice"})
    page = answer.content.decode()
    assert "You were asked about 3, and by now there are 4: nothing is done" in page
    assert Visit.objects.public().count() == 4
    sent = {**Form(page).values, "confirmed": "x", "reason": "Entered twice"}
    assert admin.post(address, sent).status_code == 302
    assert not Visit.objects.public().exists()


def test_what_is_in_use_is_not_withdrawn_and_what_is_not_goes(
    admin: Client, inspection: Inspection
) -> None:
    lane = inspection.framework.areas.first().lanes.first()
    council = inspection.council
    address = f"/admin/inspections/council/{council.pk}/withdraw/now/"
    answer = admin.post(address, {"confirmed": "x", "reason": "y"})
    assert answer.status_code == 200
    assert "Still in use by" in answer.content.decode()
    assert Council.objects.filter(pk=council.pk).exists()
    unused = make.make_lane("unused")
    address = f"/admin/inspections/lane/{unused.pk}/withdraw/now/"
    assert admin.post(address, {"confirmed": "x", "reason": "y"}).status_code == 302
    assert list(Lane.objects.filter(pk__in=[lane.pk, unused.pk])) == [lane]


def test_a_reader_cannot_withdraw(reader: Client, inspection: Inspection) -> None:
    address = f"/admin/inspections/inspection/{inspection.pk}/withdraw/now/"
    assert reader.get(address).status_code == 403
    assert reader.post(address, {"confirmed": "x", "reason": "y"}).status_code == 403
    inspection.refresh_from_db()
    assert inspection.status == "published"


# History


def test_the_history_tells_who_what_and_why_with_the_judgements(
    admin: Client, inspection: Inspection, officer: User
) -> None:
    actions.correct(inspection, changes={"kind": "short"}, reason="Five days", by=officer)
    judgement_of_another(inspection)
    page = admin.get(f"/admin/inspections/inspection/{inspection.pk}/history/").content.decode()
    assert "Five days" in page
    assert "officer" in page
    assert "Good → Inadequate" in page
    assert "standard" in page
