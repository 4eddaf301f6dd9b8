"""Days to publication, against the standard library's quartiles of plain rows."""

import statistics
from collections import defaultdict
from datetime import date, timedelta

import pytest

from inspections.questions.among import EVERY
from inspections.questions.reporting import BY, reporting
from inspections.store import current_record
from tests.questions import plain

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize("by", BY)
@pytest.mark.parametrize("day", [date(2026, 8, 22), date(2021, 1, 1), *plain.any_days(2, seed=4)])
def test_every_group_equals_a_plain_recount(by: str, day: date) -> None:
    groups = defaultdict(list)
    for row in plain.plain_record().inspections:
        if row.framework in plain.WHOLE_SERVICE and row.end and row.published <= day:
            key = {"year": str(row.published.year), "kind": row.kind,
                   "grade": row.shown("overall") or ""}[by]  # fmt: skip
            groups[key].append((row.published - row.end).days)
    found = reporting(current_record(), day, by=by, among=EVERY, listed=10)
    assert {row.key for row in found.groups} == set(groups)
    for row in found.groups:
        days = groups[row.key]
        assert (row.n, row.longest) == (len(days), max(days))
        if len(days) > 1:
            quartiles = statistics.quantiles(days, n=4, method="inclusive")
            assert (row.lower, row.median, row.upper) == pytest.approx(tuple(quartiles))
    everyone = sorted((days for held in groups.values() for days in held), reverse=True)
    assert [row.days for row in found.longest] == everyone[:10]
    assert found.total.n == len(everyone)


def test_grades_stand_best_first_and_those_without_one_last() -> None:
    found = reporting(current_record(), date(2026, 8, 22), by="grade", among=EVERY, listed=1)
    assert [row.key for row in found.groups] == [*plain.ORDER, ""]


def test_a_polling_day_within_the_wait_is_named() -> None:
    """The report on Bradford waited for the elections of May 2026."""
    found = reporting(current_record(), date(2026, 8, 22), by="year", among=EVERY, listed=600)
    days = {plain.day_of(row["polling_date"]): row["name"] for row in plain.lines("polling_days")}
    for row in found.longest:
        end = row.inspection.end_date
        inside = [day for day in days if end < day <= end + timedelta(row.days)]
        assert bool(row.election) == bool(inside)
    bradford = next(
        row
        for row in found.longest
        if row.council.slug == "bradford" and row.inspection.end_date.year == 2026
    )
    assert "7 May 2026" in bradford.election
