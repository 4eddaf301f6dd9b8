"""Differences from the shipped record, and the days it covers, in the admin."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from inspections import actions
from inspections.models import Conflict, Correction, Coverage, Lane, User
from tests import factories as make
from tests.admin.forms import change, errors, save

pytestmark = pytest.mark.django_db

LIST = "/admin/inspections/conflict/"


@pytest.fixture
def conflict(officer: User) -> Conflict:
    lane = make.make_lane("leaders")
    actions.correct(lane, changes={"name": "Leadership"}, reason="As printed", by=officer)
    return Conflict.objects.create(
        table="lanes", key="leaders", field="name", row=lane.pk, held="Leadership",
        shipped="Leaders of the service", value="Leaders of the service",
        release_date=date(2026, 8, 22), found_at=timezone.now(),
    )  # fmt: skip


def settle(client: Client, action: str, conflict: Conflict) -> str:
    sent = {"action": action, "_selected_action": [conflict.pk]}
    return client.post(LIST, sent, follow=True).content.decode()


def test_open_differences_are_listed_and_can_be_kept(
    admin: Client, officer: User, conflict: Conflict
) -> None:
    page = admin.get(LIST).content.decode()
    assert "Leadership" in page
    assert "Leaders of the service" in page
    assert "Kept as entered: 1." in settle(admin, "keep", conflict)
    conflict.refresh_from_db()
    assert (conflict.outcome, conflict.settled_by) == ("kept", officer)
    assert Lane.objects.get().name == "Leadership"
    assert "Leaders of the service" not in admin.get(LIST).content.decode()
    assert "Leaders of the service" in admin.get(f"{LIST}?settled=kept").content.decode()


def test_what_is_shipped_is_taken_through_the_log(
    admin: Client, officer: User, conflict: Conflict
) -> None:
    assert "Taken as shipped: 1." in settle(admin, "take", conflict)
    assert Lane.objects.get().name == "Leaders of the service"
    entry = Correction.objects.first()
    assert (entry.new, entry.corrected_by) == ("Leaders of the service", officer)
    assert entry.reason == "Taken from the shipped record as at 2026-08-22"


def test_a_refused_one_is_named_and_stays_open(
    admin: Client, officer: User, conflict: Conflict
) -> None:
    Conflict.objects.filter(pk=conflict.pk).update(row=0)
    page = settle(admin, "take", conflict)
    assert "lanes, leaders: name: " in page
    assert "not in the record any more" in page
    conflict.refresh_from_db()
    assert conflict.outcome == ""


def test_a_reader_settles_nothing(reader: Client, conflict: Conflict) -> None:
    assert reader.get(LIST).status_code == 200
    settle(reader, "take", conflict)
    conflict.refresh_from_db()
    assert conflict.outcome == ""


def test_the_day_to_which_the_record_is_complete_is_moved_with_a_reason(
    admin: Client, officer: User
) -> None:
    coverage = Coverage.objects.create(
        kind="focused_visit", complete_to_date=date(2025, 3, 31), source_text="Lists"
    )
    status, page = save(admin, change(coverage), complete_to_date="2026-03-31")
    assert status == 200
    assert "Say why the fact is corrected" in errors(page, "reason")
    moved = {"complete_to_date": "2026-03-31", "source_text": "The list of 2026"}
    assert save(admin, change(coverage), **moved, reason="The list came out")[0] == 302
    coverage.refresh_from_db()
    assert coverage.complete_to_date == date(2026, 3, 31)
    assert coverage.history.first().history_user == officer
    assert {row.field for row in Correction.objects.filter(kind="coverage")} == {
        "complete_to_date", "source_text",
    }  # fmt: skip
