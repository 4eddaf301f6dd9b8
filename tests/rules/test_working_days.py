from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.rules.working_days import (
    OutOfRangeError,
    action_plan_deadline,
    deadline,
    is_working_day,
    publication_deadline,
)


@pytest.mark.parametrize(
    ("published", "due"),
    [
        (date(2020, 2, 24), date(2020, 6, 5)),  # Luton
        (date(2026, 8, 3), date(2026, 11, 10)),  # Trafford
        (date(2016, 11, 25), date(2017, 3, 8)),  # Kirklees
    ],
)
def test_an_action_plan_is_due_seventy_working_days_after_receipt(published, due):
    assert action_plan_deadline(published).due_date == due


def test_the_council_that_counted_one_day_later_is_within_the_doubt():
    kirklees = action_plan_deadline(date(2016, 11, 25))
    assert kirklees.latest_date == date(2017, 3, 9)


def test_a_deadline_is_past_only_when_the_doubt_is_over():
    luton = action_plan_deadline(date(2020, 2, 24))
    assert not luton.is_past(luton.latest_date)
    assert luton.is_past(luton.latest_date + timedelta(days=1))


def test_thirty_working_days_for_the_councils_own_publication():
    # March 2026 has no bank holiday before Good Friday, 3 April: six weeks run to 21 April,
    # and the two days of Easter put it off to the 23rd.
    assert publication_deadline(date(2026, 3, 10)).due_date == date(2026, 4, 23)


@pytest.mark.parametrize(
    "day",
    [
        date(2020, 5, 8),  # the early May holiday, moved for VE Day
        date(2022, 6, 3),  # Platinum Jubilee
        date(2022, 9, 19),  # state funeral
        date(2023, 5, 8),  # coronation
        date(2020, 12, 28),  # Boxing Day on a Saturday, moved to Monday
        date(2026, 4, 3),  # Good Friday
        date(2026, 4, 6),  # Easter Monday
        date(2026, 11, 21),  # a Saturday
    ],
)
def test_moved_and_single_holidays_are_not_working_days(day):
    assert not is_working_day(day)


@pytest.mark.parametrize(
    "day",
    [
        date(2020, 5, 4),  # would have been the early May holiday
        date(2022, 5, 30),  # would have been the spring holiday
        date(2026, 11, 30),  # St Andrew's Day, a holiday in Scotland only
        date(2026, 3, 17),  # St Patrick's Day, a holiday in Northern Ireland only
    ],
)
def test_holidays_of_elsewhere_or_moved_away_are_working_days(day):
    assert is_working_day(day)


def test_a_count_outside_the_known_years_is_refused():
    with pytest.raises(OutOfRangeError, match="bank holidays of 2100"):
        deadline(date(2099, 12, 1), 70)


def test_a_count_of_nothing_is_refused():
    with pytest.raises(ValueError, match="found 0, expected 1 or more"):
        deadline(date(2026, 1, 1), 0)


@given(st.dates(date(2008, 1, 1), date(2060, 1, 1)), st.integers(1, 120))
def test_exactly_so_many_working_days_lie_after_receipt_up_to_the_deadline(received, count):
    found = deadline(received, count)
    days = [received + timedelta(days=n) for n in range(1, (found.due_date - received).days + 1)]
    assert sum(map(is_working_day, days)) == count
    assert is_working_day(found.due_date)
    assert found.due_date < found.latest_date
