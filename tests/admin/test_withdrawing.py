"""Withdrawing in place of deleting, and the history page."""

from datetime import date

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
    assert Client().get(public).status_code == 404
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
