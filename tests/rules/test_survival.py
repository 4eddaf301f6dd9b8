from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.rules.survival import (
    Observation,
    ObservationError,
    kaplan_meier,
    kaplan_meier_of_counts,
)


def finished(*days: int) -> list[Observation]:
    return [Observation(0, d, True) for d in days]


def waiting(*days: int) -> list[Observation]:
    return [Observation(0, d, False) for d in days]


def test_without_censoring_it_is_the_plain_share():
    curve = kaplan_meier(finished(10, 20, 30, 40))
    assert [curve.share_waiting(d) for d in (9, 10, 25, 40)] == [1.0, 0.75, 0.5, 0.0]


def test_the_textbook_example_of_leukaemia_remissions():
    # Freireich 1963, the 6-MP group, as worked out in Klein and Moeschberger, table 4.1.
    curve = kaplan_meier(
        finished(6, 6, 6, 7, 10, 13, 16, 22, 23)
        + waiting(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
    )
    assert [(s.days, s.at_risk, s.events, round(s.share_waiting, 3)) for s in curve.steps] == [
        (6, 21, 3, 0.857),
        (7, 17, 1, 0.807),
        (10, 15, 1, 0.753),
        (13, 12, 1, 0.690),
        (16, 11, 1, 0.627),
        (22, 7, 1, 0.538),
        (23, 6, 1, 0.448),
    ]
    assert (curve.cases, curve.events) == (21, 9)


def test_a_case_that_entered_late_was_not_at_risk_before():
    curve = kaplan_meier([Observation(0, 10, True), Observation(15, 20, True), *waiting(30)])
    assert [(step.days, step.at_risk) for step in curve.steps] == [(10, 2), (20, 2)]


def test_without_events_nobody_is_known_to_stop_waiting():
    curve = kaplan_meier(waiting(100, 200))
    assert curve.share_waiting(150) == 1.0


def test_without_cases_there_is_nothing_to_say():
    curve = kaplan_meier([])
    assert (curve.cases, curve.events, curve.steps) == (0, 0, ())


@pytest.mark.parametrize(("entry", "exit_"), [(-1, 5), (5, 5), (6, 5)])
def test_an_impossible_observation_is_refused(entry, exit_):
    with pytest.raises(ObservationError, match=f"entry {entry} and exit {exit_}"):
        Observation(entry, exit_, True)


observations = st.builds(
    lambda entry, length, is_event: Observation(entry, entry + length, is_event),
    st.integers(0, 50),
    st.integers(1, 80),
    st.booleans(),
)


@given(st.lists(observations, max_size=40))
def test_it_agrees_with_a_slow_recount_of_every_day(cases):
    """The oracle walks day by day and counts who is watched, as the definition says."""
    curve = kaplan_meier(cases)
    share = 1.0
    for day in range(1, 131):
        at_risk = sum(c.entry_days < day <= c.exit_days for c in cases)
        events = sum(c.is_event and c.exit_days == day for c in cases)
        if at_risk:
            share *= (at_risk - events) / at_risk
        assert curve.share_waiting(day) == pytest.approx(share)


@given(st.lists(st.integers(1, 60)), st.lists(st.integers(1, 60)))
def test_counted_cases_give_the_curve_of_the_cases_one_by_one(ended, others):
    one_by_one = kaplan_meier(finished(*ended) + waiting(*others))
    assert kaplan_meier_of_counts(Counter(ended), Counter(others)) == one_by_one


@given(st.lists(observations, max_size=40))
def test_the_share_waiting_never_rises_and_stays_a_share(cases):
    shares = [kaplan_meier(cases).share_waiting(d) for d in range(0, 131, 10)]
    assert all(0 <= s <= 1 for s in shares)
    assert shares == sorted(shares, reverse=True)
