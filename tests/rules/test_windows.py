from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inspections.rules.clock import Clock
from inspections.rules.estimates import estimates
from inspections.rules.windows import WindowStatus, window
from tests.rules import shipped
from tests.rules.spells import (
    CLOCK,
    COVID_PAUSE,
    INADEQUATE,
    PAUSED_DAYS,
    PLAIN,
    TODAY,
    finished,
    spell,
)


def test_the_window_is_the_tenth_to_the_ninetieth_percentile_of_such_waits():
    known = estimates(finished(*range(100, 1100, 100)), as_at=TODAY, clock=CLOCK, settings=PLAIN)
    new = spell(date(2025, 12, 31))
    found = window(new, known=known)
    days = [
        (day - new.start_date).days
        for day in (found.earliest_date, found.median_date, found.latest_date)
    ]
    assert days == [100, 500, 900]
    assert (found.status, found.cases, found.events) == (WindowStatus.ESTIMATED, 10, 10)


def test_time_already_waited_narrows_the_window():
    known = estimates(finished(*range(100, 1100, 100)), as_at=TODAY, clock=CLOCK, settings=PLAIN)
    waiting = spell(TODAY - timedelta(days=550))
    found = window(waiting, known=known)
    assert found.earliest_date == waiting.start_date + timedelta(days=600)
    assert found.latest_date == waiting.start_date + timedelta(days=1000)
    assert found.share_waiting == pytest.approx(0.5)


def test_an_end_the_cases_do_not_show_stays_open():
    waiting = [spell(TODAY - timedelta(days=800)) for _ in range(2)]
    known = estimates(
        [*finished(*range(100, 900, 100)), *waiting], as_at=TODAY, clock=CLOCK, settings=PLAIN
    )
    found = window(spell(date(2025, 12, 31)), known=known)
    assert found.median_date is not None
    assert found.latest_date is None


def test_longer_than_nine_of_ten_cases_is_past():
    known = estimates(finished(*range(100, 1100, 100)), as_at=TODAY, clock=CLOCK, settings=PLAIN)
    found = window(spell(TODAY - timedelta(days=950)), known=known)
    assert found.status is WindowStatus.PAST
    began = TODAY - timedelta(days=950)
    assert found.earliest_date == began + timedelta(days=100)
    assert found.latest_date == began + timedelta(days=900)


@pytest.mark.parametrize(
    ("cases", "waited", "status"),
    [
        (10, 901, WindowStatus.PAST),  # 10% were not over before the day
        (9, 801, WindowStatus.ESTIMATED),  # 11%
        (100, 9001, WindowStatus.PAST),  # 10%
        (100, 8901, WindowStatus.ESTIMATED),  # 11%
        (10, 900, WindowStatus.ESTIMATED),  # the ninth case was over on this very day
        (10, 1000, WindowStatus.PAST),
        (10, 1001, WindowStatus.BEYOND),  # the last case was over the day before
    ],
)
def test_a_window_is_past_where_one_in_ten_waited_longer_and_not_at_eleven_percent(
    cases: int, waited: int, status: WindowStatus
) -> None:
    """Each case waited 100 days longer than the one before."""
    day = date(2060, 1, 1)
    ended = [spell(date(2022, 1, 1), 100 * n) for n in range(1, cases + 1)]
    known = estimates(ended, as_at=day, clock=CLOCK, settings=PLAIN)
    found = window(spell(day - timedelta(days=waited)), known=known)
    assert found.status is status
    left = sum(100 * n >= waited for n in range(1, cases + 1))
    assert found.share_waiting == pytest.approx(left / cases)


def test_longer_than_every_case_has_the_window_that_is_over():
    known = estimates(finished(100, 200), as_at=TODAY, clock=CLOCK, settings=PLAIN)
    found = window(spell(TODAY - timedelta(days=950)), known=known)
    assert found.status is WindowStatus.BEYOND
    assert found.latest_date == TODAY - timedelta(days=750)


def test_without_any_re_inspection_nothing_is_known():
    known = estimates([], as_at=TODAY, clock=CLOCK)
    found = window(spell(date(2025, 6, 1)), known=known)
    assert (found.status, found.events, found.earliest_date) == (WindowStatus.UNKNOWN, 0, None)


def test_too_few_after_such_an_outcome_are_pooled_and_said():
    many, few = finished(*range(100, 1100, 100)), finished(50, 60, standing=INADEQUATE)
    known = estimates(
        [*many, *few], as_at=TODAY, clock=CLOCK, settings=replace(PLAIN, min_events=3)
    )
    after_good = window(spell(date(2025, 12, 31)), known=known)
    after_inadequate = window(spell(date(2025, 12, 31), standing=INADEQUATE), known=known)
    assert (after_good.is_pooled, after_good.cases) == (False, 10)
    assert (after_inadequate.is_pooled, after_inadequate.cases) == (True, 12)


def test_an_outcome_of_unknown_kind_has_the_pooled_estimate():
    known = estimates(finished(100, 200), as_at=TODAY, clock=CLOCK, settings=PLAIN)
    found = window(spell(date(2025, 12, 31), standing=None), known=known)
    assert found.is_pooled


def test_a_pause_is_put_back_into_the_dates():
    clock = Clock((COVID_PAUSE,))
    before = [spell(date(2016, 1, 1), 600)]
    still = replace(PLAIN, readings=(0.0,))
    known = estimates(before, as_at=date(2021, 12, 1), clock=clock, settings=still)
    found = window(spell(date(2019, 3, 17)), known=known)
    assert found.median_date == date(2019, 3, 17) + timedelta(days=600 + PAUSED_DAYS)


def test_the_window_covers_the_average_of_the_three_readings():
    # One wait through the pause, read as 532, 766 or 1000 days: each is a third.
    through = [spell(date(2019, 3, 17), 1000)]
    known = estimates(through, as_at=TODAY, clock=Clock((COVID_PAUSE,)), settings=PLAIN)
    new = spell(date(2025, 12, 31))
    found = window(new, known=known)
    days = [
        (day - new.start_date).days
        for day in (found.earliest_date, found.median_date, found.latest_date)
    ]
    assert days == [1000 - PAUSED_DAYS, 1000 - PAUSED_DAYS // 2, 1000]


def test_waits_that_no_pause_touches_are_read_in_one_way():
    clock = Clock((COVID_PAUSE,))
    untouched = finished(*range(100, 1100, 100))
    three = estimates(untouched, as_at=TODAY, clock=clock, settings=PLAIN)
    one = estimates(untouched, as_at=TODAY, clock=clock, settings=replace(PLAIN, readings=(0.0,)))
    waiting = spell(TODAY - timedelta(days=300))
    assert window(waiting, known=three) == window(waiting, known=one)


# Ten waits of 100, 200 … 1,000 days: the window ends after 900 days.
@pytest.mark.parametrize(
    ("waited", "status", "share"),
    [
        (899, WindowStatus.ESTIMATED, 0.2),
        (900, WindowStatus.ESTIMATED, 0.2),  # its last day
        (901, WindowStatus.PAST, 0.1),
        (1000, WindowStatus.PAST, 0.1),
        (1001, WindowStatus.BEYOND, 0.0),
    ],
)
def test_a_window_is_over_the_day_after_its_last(waited, status, share):
    known = estimates(finished(*range(100, 1100, 100)), as_at=TODAY, clock=CLOCK, settings=PLAIN)
    found = window(spell(TODAY - timedelta(days=waited)), known=known)
    assert (found.status, found.share_waiting) == (status, pytest.approx(share))


@pytest.mark.parametrize(
    ("still_waiting", "cases", "status"),
    [
        (10, 100, WindowStatus.PAST),  # one in ten waits longer
        (11, 100, WindowStatus.ESTIMATED),
        (100, 1000, WindowStatus.PAST),
        (101, 1000, WindowStatus.ESTIMATED),
        (0, 100, WindowStatus.BEYOND),
    ],
)
def test_past_is_longer_than_nine_in_ten(still_waiting, cases, status):
    ended = [spell(date(2020, 1, 1), 500) for _ in range(cases - still_waiting)]
    longer = [spell(date(2020, 1, 1), 900) for _ in range(still_waiting)]
    known = estimates([*ended, *longer], as_at=TODAY, clock=CLOCK, settings=PLAIN)
    assert window(spell(TODAY - timedelta(days=600)), known=known).status is status


@pytest.mark.parametrize(("events", "is_pooled"), [(9, True), (10, False), (11, False)])
def test_ten_re_inspections_are_enough_for_a_kind_of_outcome(events, is_pooled):
    known = estimates(
        finished(*range(500, 500 + events), standing=INADEQUATE), as_at=TODAY, clock=CLOCK
    )
    found = window(spell(date(2025, 6, 1), standing=INADEQUATE), known=known)
    assert found.is_pooled is is_pooled
    assert found.events == events


@pytest.mark.parametrize(
    ("as_at", "first", "last"),
    [
        (date(2026, 8, 22), date(2023, 6, 24), date(2026, 6, 23)),
        # Three years, and in them the 468 days of the pause.
        (date(2022, 3, 1), date(2022, 3, 1) - timedelta(days=60 + 1095 + 468), date(2021, 12, 31)),
    ],
)
def test_a_window_names_the_days_it_rests_on(as_at, first, last):
    known = estimates(shipped.spells(), as_at=as_at, clock=Clock((COVID_PAUSE,)))
    waiting = next(s for s in shipped.spells() if s.is_open_on(as_at))
    found = window(waiting, known=known)
    assert (found.memory_from_date, found.seen_to_date, found.as_at) == (first, last, as_at)


@pytest.mark.parametrize("as_at", [date(2020, 6, 1), date(2022, 3, 1), shipped.RECORD_ENDS])
def test_every_window_is_in_order_and_its_state_fits_its_days(as_at):
    """One clock: estimated windows end on the day or later, those past have ended before."""
    known = estimates(shipped.spells(), as_at=as_at, clock=Clock((COVID_PAUSE,)))
    found = [window(s, known=known) for s in shipped.spells() if s.is_open_on(as_at)]
    assert len(found) > 100
    for held in found:
        days = [day for day in (held.earliest_date, held.median_date, held.latest_date) if day]
        assert days == sorted(days)
        if held.status is WindowStatus.ESTIMATED:
            assert held.share_waiting > 0.1
            assert held.latest_date is None or held.latest_date >= as_at
        else:
            assert held.share_waiting <= 0.1 + 1e-9
            assert held.latest_date is not None
            assert held.latest_date < as_at


@example(lengths=[200] * 10, late=[1], waited=200)
@given(
    lengths=st.lists(st.integers(200, 1500), min_size=10, max_size=30),
    late=st.lists(st.integers(1, 400), max_size=10),
    waited=st.integers(1, 900),
)
def test_more_waits_that_ended_late_never_bring_the_end_of_a_window_nearer(lengths, late, waited):
    as_at = date(2030, 1, 1)
    waiting = spell(as_at - timedelta(days=waited))
    before = window(
        waiting, known=estimates(finished(*lengths), as_at=as_at, clock=CLOCK, settings=PLAIN)
    )
    if before.status is not WindowStatus.ESTIMATED:
        return
    end = (before.latest_date - waiting.start_date).days
    longer = finished(*lengths, *(end + days for days in late))
    after = window(waiting, known=estimates(longer, as_at=as_at, clock=CLOCK, settings=PLAIN))
    assert after.latest_date >= before.latest_date
    assert after.share_waiting >= before.share_waiting


def test_a_council_has_waited_for_certain_to_sixty_days_before_the_record_ends():
    # Waits of 500, 520 … 680 days; seen to its 590th day a council may have been inspected since.
    known = estimates(finished(*range(500, 700, 20)), as_at=TODAY, clock=CLOCK)
    waiting = spell(TODAY - timedelta(days=590 + 60))
    found = window(waiting, known=known)
    assert found.earliest_date == waiting.start_date + timedelta(days=600)
    assert found.earliest_date < TODAY
    assert found.share_waiting == pytest.approx(0.2)  # of all, those longer than 649 days
