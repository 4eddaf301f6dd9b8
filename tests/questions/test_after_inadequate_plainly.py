"""The inadequate list and what was expected, recomputed from the files by hand.

No rule and no query of the site; bank holidays by the calendar, not by a package.
"""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from types import SimpleNamespace

import pytest
from django.utils import timezone

from inspections.questions.among import EVERY
from inspections.questions.expectations import expectations
from inspections.questions.inadequate import tracker
from inspections.questions.waits import past_cases
from inspections.store import current_record, record_known_at
from tests.questions.plain import AREAS, any_days, day_of, lines, outcome_of, plain_record

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY = timedelta(days=1)
TODAY = date(2026, 11, 22)
DAYS = [TODAY, date(2022, 6, 30), date(2017, 3, 31), *any_days(2, seed=6)]
EASTER = {
    2013: (3, 31), 2014: (4, 20), 2015: (4, 5), 2016: (3, 27), 2017: (4, 16), 2018: (4, 1),
    2019: (4, 21), 2020: (4, 12), 2021: (4, 4), 2022: (4, 17), 2023: (4, 9), 2024: (3, 31),
    2025: (4, 20), 2026: (4, 5), 2027: (3, 28),
}  # fmt: skip
MOVED = {  # the days of the proclamations: what was, what came instead
    date(2020, 5, 4): [date(2020, 5, 8)],
    date(2022, 5, 30): [date(2022, 6, 2), date(2022, 6, 3)],
}
ONCE = {date(2022, 9, 19), date(2023, 5, 8)}


def first_monday(year: int, month: int) -> date:
    return next(day for n in range(1, 8) if (day := date(year, month, n)).weekday() == 0)


def last_monday(year: int, month: int) -> date:
    return next(day for n in range(31, 24, -1) if (day := date(year, month, n)).weekday() == 0)


def bank_holidays() -> set[date]:
    found = set(ONCE)
    for year, (month, number) in EASTER.items():
        easter = date(year, month, number)
        found |= {easter - 2 * DAY, easter + DAY}
        for day in (first_monday(year, 5), last_monday(year, 5), last_monday(year, 8)):
            found.update(MOVED.get(day, [day]))
        for day in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
            substitute = day
            while substitute.weekday() >= 5 or substitute in found:
                substitute += DAY
            found |= {day, substitute}
    return found


HOLIDAYS = bank_holidays()


def working_days_after(day: date, number: int) -> date:
    while number:
        day += DAY
        number -= day.weekday() < 5 and day not in HOLIDAYS
    return day


def visits_known(council: str, as_at: date) -> list[tuple[date, str]]:
    """(first day, reference) of the visits of every kind that were known."""
    found = []
    for row in plain_record().visits:
        start, published = day_of(row["start_date"]), day_of(row["publication_date"])
        if row["council"] != council or start is None:
            continue
        known = published or day_of(row["end_date"])
        if known is None and row["start_precision"] == "month":
            is_known = (start.year, start.month) < (as_at.year, as_at.month)
        else:
            is_known = (known or start) <= as_at
        if is_known:
            found.append((start, row["reference"]))
    return sorted(found)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_inadequate_list_equals_one_made_by_hand(day: date) -> None:
    record, expected = plain_record(), {}
    for slug in record.existing(day):
        latest = record.latest(slug, day)
        if latest is None:
            continue
        shown = set(AREAS[latest.framework].values())
        areas = {a for a, grade in latest.grades.items() if grade == "inadequate" and a in shown}
        if areas:
            expected[slug] = (
                latest.published,
                areas,
                [working_days_after(latest.published, number) for number in (70, 71, 30, 31)],
                [row for row in visits_known(slug, day) if row[0] > latest.published],
            )
    found = tracker(current_record(), day, among=EVERY)
    assert found.total == len(expected) > 5
    assert {
        row.council.slug: (
            row.inspection.publication_date,
            {judged.area.code for judged in row.inadequate},
            [
                row.action_plan.due_date,
                row.action_plan.latest_date,
                row.own_publication.due_date,
                row.own_publication.latest_date,
            ],
            sorted((visit.start_date, visit.reference) for visit in row.visits),
        )
        for row in found.rows
    } == expected
    begun = [record.latest(row.council.slug, day).begun for row in found.rows]
    assert begun == sorted(begun)
    if day == TODAY:
        assert any(visits for *_, visits in expected.values())


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_past_cases_are_all_waits_on_record_that_are_over(day: date) -> None:
    record, expected = plain_record(), Counter()
    unread = {
        row["council"]: SimpleNamespace(start=date.fromisoformat(row["start_date"]))
        for row in lines("unread_reports")
        if date.fromisoformat(row["publication_date"]) <= day
    }
    for slug in record.councils:
        held = record.full_inspections(slug, day)
        for row, later in pairwise([*held, *([unread[slug]] if slug in unread else [])]):
            shown = set(AREAS[row.framework].values())
            was_inadequate = any(
                area in shown and grade == "inadequate" for area, grade in row.grades.items()
            )
            if was_inadequate and row.start and later.start:
                expected[(later.start - row.start).days] += 1
    found = past_cases(current_record(), day)
    assert found.days == expected
    assert found.total > 15 or day != TODAY
    assert found.median == (median(expected.elements()) if expected else None)
    assert found.shorter_than(900) == sum(n for days, n in expected.items() if days < 900)
    pinned = record_known_at(timezone.now(), current_record())
    assert past_cases(pinned, day).days == expected


def came(row: dict[str, str], as_at: date) -> tuple[str, date | None]:
    """When the thing that was expected came, and on which day."""
    record, council, stated = plain_record(), row["council"], day_of(row["stated_date"])
    held = record.full_inspections(council, as_at)
    if row["expected_event"] == "action_plan":
        days = []
        month = (stated.year, stated.month)
        before = [r.published for r in held if (r.published.year, r.published.month) <= month]
        return "unknown", working_days_after(max(before), 70) if before else None
    if row["expected_event"] == "full_inspection":
        days = [r.start for r in held if r.start and r.start > stated]
    elif row["expected_event"] == "good_or_better":
        days = [r.published for r in held if outcome_of(r) == "good_or_better"]
    else:
        days = [start for start, _ in visits_known(council, as_at)]
    days = [day for day in days if day > stated]
    if not days:
        return "not_yet", None
    first, last = day_of(row["expected_from_date"]), day_of(row["expected_to_date"])
    word = "earlier" if min(days) < first else "later" if min(days) > last else "inside"
    return word, min(days)


@pytest.mark.parametrize("day", [TODAY, date(2022, 8, 1), date(2020, 4, 1)], ids=str)
def test_what_happened_equals_a_reading_by_hand(day: date) -> None:
    stated = [row for row in lines("statements") if day_of(row["stated_date"]) <= day]
    expected = {
        (row["council"], row["reference"]): came(row, day)
        for row in stated
        if row["expected_event"]
    }
    rows = expectations(current_record(), day, is_all=True).rows
    assert len(rows) == len(stated)
    found = {}
    for row in rows:
        if row.happened:
            deadline = row.happened.deadline
            at = deadline.due_date if deadline else row.happened.day
            found[row.council.slug, row.said.reference] = (row.happened.came.value, at)
    assert found == expected
    assert len(expected) >= 5
