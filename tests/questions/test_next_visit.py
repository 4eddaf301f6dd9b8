"""How long the next visit has been in coming, and how long events last, on invented records."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from inspections.country_rows import Coverage
from inspections.questions import next_visit
from inspections.questions.lengths import Length, lengths
from inspections.questions.next_visit import next_visits
from inspections.rows import Inspection, Visit
from inspections.rules.outcomes import Standing
from inspections.vocabulary import VisitKind
from tests.invented_rows import council, inspection, record, visit

FIRST, LAST = date(2021, 4, 1), date(2025, 3, 31)
DAY = date(2026, 1, 1)
KNOWN = {kind: Coverage(kind, FIRST, LAST, "", "") for kind in VisitKind}


def out(published: date, council_id: int, **fields: object) -> Inspection:
    start = published - timedelta(days=51)
    return inspection(start, council_id=council_id, publication_date=published, **fields)


def asked(*events: Inspection | Visit, day: date = DAY) -> next_visit.NextVisit:
    councils = tuple(council(pk, f"council-{pk}") for pk in range(1, 9))
    made = record(*events, coverage=KNOWN, councils=councils)
    return next_visits(made, day)[Standing.GOOD_OR_BETTER]


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(next_visit, "FEWEST", 1)


def test_half_are_visited_within_the_days_that_half_of_the_reports_took() -> None:
    published = date(2022, 1, 3)
    found = asked(
        out(published, 1), visit(published + timedelta(days=300), council_id=1),
        out(published, 2), visit(published + timedelta(days=500), council_id=2),
        out(published, 3),
    )  # fmt: skip
    assert (found.curve.cases, found.curve.events, found.half_within_days) == (3, 2, 500)


CASES = {
    "a visit after the list ends": (visit(date(2025, 5, 6), council_id=1), 0),
    "a visit of another kind": (visit(date(2022, 6, 7), council_id=1, kind="monitoring_visit"), 0),
    "a visit before the report": (visit(date(2021, 12, 7), council_id=1), 0),
    "a visit known to the month": (
        replace(visit(date(2022, 6, 1), council_id=1), start_precision="month"), 0),
    "a visit of another council": (visit(date(2022, 6, 7), council_id=2), 0),
    "a visit in its time": (visit(date(2022, 6, 7), council_id=1), 1),
}  # fmt: skip


@pytest.mark.parametrize(("came", "events"), CASES.values(), ids=CASES.keys())
def test_only_a_focused_visit_in_the_days_of_the_list_counts(came: Visit, events: int) -> None:
    found = asked(out(date(2022, 1, 3), 1), came)
    assert (found.curve.cases, found.curve.events) == (1, events)


def test_the_wait_is_over_without_a_visit_when_the_next_inspection_comes() -> None:
    found = asked(
        out(date(2021, 5, 4), 1),
        out(date(2024, 6, 4), 1),
        visit(date(2024, 9, 3), council_id=1),
    )
    assert (found.curve.cases, found.curve.events, found.half_within_days) == (2, 1, 91)


def test_reports_from_before_the_list_began_are_left_out() -> None:
    councils = (council(1, "one"),)
    made = record(out(date(2021, 3, 31), 1), coverage=KNOWN, councils=councils)
    assert next_visits(made, DAY) == {}


def test_a_visit_whose_letter_was_not_out_yet_is_not_known() -> None:
    came = visit(date(2022, 6, 7), council_id=1)
    assert asked(out(date(2022, 1, 3), 1), came, day=date(2022, 7, 6)).curve.events == 0
    assert asked(out(date(2022, 1, 3), 1), came, day=date(2022, 7, 7)).curve.events == 1


def test_the_most_frequent_length_in_weekdays_is_told_with_how_many_had_it() -> None:
    two = [visit(end_date=date(2022, 6, 8)) for _ in range(3)]
    odd = visit(end_date=date(2022, 6, 9))
    unknown = visit(end_date=None)
    split = inspection(has_two_periods=True)
    found = lengths(record(*two, odd, unknown, split, inspection()), DAY)
    assert found == {"focused_visit": Length(2, 3, 4), "standard": Length(10, 1, 1)}
