from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.rules.clock import Clock, Pause
from tests.rules.spells import COVID_PAUSE

CLOCK = Clock((COVID_PAUSE,))
PAUSED_DAYS = (date(2021, 6, 28) - date(2020, 3, 17)).days


def test_without_a_pause_it_is_the_calendar():
    assert Clock().days_between(date(2020, 1, 1), date(2022, 1, 1)) == 731


def test_a_pause_inside_the_interval_is_taken_out():
    assert CLOCK.days_between(date(2020, 1, 1), date(2022, 1, 1)) == 731 - PAUSED_DAYS


def test_an_interval_that_ends_or_begins_in_the_pause_loses_only_the_paused_part():
    assert CLOCK.days_between(date(2020, 3, 10), date(2021, 1, 1)) == 7
    assert CLOCK.days_between(date(2020, 9, 1), date(2021, 7, 1)) == 3
    assert CLOCK.days_between(date(2020, 9, 1), date(2020, 10, 1)) == 0


def test_intervals_outside_the_pause_are_untouched():
    assert CLOCK.days_between(date(2018, 1, 1), date(2019, 1, 1)) == 365
    assert CLOCK.days_between(date(2022, 1, 1), date(2023, 1, 1)) == 365


def test_a_pause_is_not_known_before_it_began():
    assert CLOCK.known_on(date(2020, 3, 16)) == Clock()


def test_a_pause_that_goes_on_is_known_up_to_the_day_of_asking():
    assert CLOCK.known_on(date(2020, 10, 1)) == Clock(
        (Pause(date(2020, 3, 17), date(2020, 10, 1)),)
    )
    assert Clock((Pause(date(2020, 3, 17), None),)).known_on(date(2020, 10, 1)) == Clock(
        (Pause(date(2020, 3, 17), date(2020, 10, 1)),)
    )


def test_a_pause_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="last day 2020-01-01 before first day 2020-02-01"):
        Pause(date(2020, 2, 1), date(2020, 1, 1))


def test_an_interval_backwards_is_negative():
    assert CLOCK.days_between(date(2019, 1, 11), date(2019, 1, 1)) == -10


days = st.dates(date(2015, 1, 1), date(2030, 1, 1))
pauses = st.just((COVID_PAUSE, Pause(date(2024, 5, 1), date(2024, 7, 10))))


@given(days, st.integers(0, 2000), pauses)
def test_it_agrees_with_a_slow_count_of_days(first, length, paused):
    last = first + timedelta(days=length)
    span = (first + timedelta(days=n) for n in range(length))
    counted = sum(not any(p.first_date <= day <= p.last_date for p in paused) for day in span)
    assert Clock(paused).days_between(first, last) == counted
