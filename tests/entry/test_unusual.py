"""What is impossible is refused; what is unusual is published with a reason that stays."""

from datetime import date, timedelta

import pytest
from django.test import Client

from inspections.models import Council, Framework, Inspection
from tests.entry.steps import a_monday, by_name, entered

pytestmark = pytest.mark.django_db

OLD = {"start_date": "1/11/2021", "end_date": "12/11/2021", "publication_date": "10/1/2022"}
"""Under a framework with an overall grade."""


def of_framework(day: date) -> dict[str, str]:
    """A grade of good for each area of the newest framework in force on the day; no other."""
    found = Framework.objects.filter(in_force_from__lte=day).latest("in_force_from")
    every = {f"grade:{row.code}": "" for one in Framework.objects.all() for row in one.areas.all()}
    return every | {f"grade:{row.code}": "good" for row in found.areas.all()}


def test_a_council_that_did_not_exist_is_refused(staff: Client) -> None:
    Council.objects.filter(slug="exampleshire").update(closed_date=date(2024, 3, 31))
    draft = entered(staff)
    page = staff.get(f"/entry/{draft.pk}/check/").content.decode()
    assert f"Exampleshire did not exist on {a_monday(56)}" in page


def test_a_framework_that_was_not_in_force_is_refused(staff: Client) -> None:
    draft = entered(staff)
    old = Framework.objects.exclude(in_force_to=None).latest("in_force_from")
    draft.facts = {
        **{name: text for name, text in draft.facts.items() if not name.startswith("grade:")},
        "framework": old.code,
        **{f"grade:{area.code}": "good" for area in old.areas.all()},
    }
    draft.save()
    answer = staff.post(f"/entry/{draft.pk}/check/", {"publish": "1"})
    assert (answer.status_code, Inspection.objects.filter(council=draft.council).count()) == (
        400,
        0,
    )
    assert "was in force from" in answer.content.decode()


def _inadequate() -> dict[str, str]:
    return {**OLD, **of_framework(date(2021, 11, 1)), "grade:help_and_protection": "inadequate"}


def _one_area() -> dict[str, str]:
    return {
        **of_framework(a_monday(56)),
        **dict.fromkeys(["grade:in_care", "grade:care_leavers"], ""),
    }


CASES = {
    "inadequate-practice-means-inadequate-overall": _inadequate,
    "publication-soon-or-late": lambda: {
        "publication_date": (a_monday(56) + timedelta(days=11 + 14)).isoformat()
    },
    "length-of-its-kind": lambda: {"end_date": (a_monday(56) + timedelta(days=1)).isoformat()},
    "every-area-judged": _one_area,
    "begun-on-a-working-day": lambda: {
        "start_date": (a_monday(56) - timedelta(days=1)).isoformat()
    },
}


@pytest.mark.parametrize("rule", CASES)
def test_what_is_unusual_is_asked_about_and_its_reason_stays(staff: Client, rule: str) -> None:
    draft = entered(staff, **CASES[rule]())
    page = staff.get(f"/entry/{draft.pk}/check/").content.decode()
    assert f'name="reason:{rule}"' in page
    asked = [part.split('"')[0] for part in page.split('name="reason:')[1:]]
    assert staff.post(f"/entry/{draft.pk}/check/", {"publish": "1"}).status_code == 400
    reasons = {f"reason:{name}": "So it is printed." for name in asked}
    staff.post(f"/entry/{draft.pk}/check/", {"publish": "1", **reasons})
    inspection = Inspection.objects.get(council__slug="exampleshire")
    assert f"{rule}: So it is printed." in inspection.history.latest().history_change_reason


@pytest.mark.parametrize(
    ("days", "asks"), [(0, True), (14, True), (15, False), (120, False), (121, True)]
)
def test_publication_soon_or_late(staff: Client, days: int, asks: bool) -> None:
    friday = a_monday(126 + 3)
    draft = by_name(staff, "visit")
    given = {
        "kind": "focused_visit", "start_date": friday.isoformat(), "end_date": friday.isoformat(),
        "publication_date": (friday + timedelta(days=days)).isoformat(), "topics": ["care_leavers"],
    }  # fmt: skip
    staff.post(f"/entry/{draft.pk}/", {**given, "check": "1"})
    page = staff.get(f"/entry/{draft.pk}/check/").content.decode()
    assert ("reason:publication-soon-or-late" in page) is asks
