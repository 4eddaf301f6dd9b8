from dataclasses import replace
from datetime import date, timedelta

import pytest

from inspections.rules.clock import COVID_PAUSE, Clock
from inspections.rules.outcomes import Standing
from inspections.rules.windows import Settings, Spell, WindowStatus, estimates, window
from tests.rules import shipped

CLOCK = Clock()
TODAY = date(2026, 1, 1)
GOOD, BELOW, INADEQUATE = Standing.GOOD_OR_BETTER, Standing.BELOW_GOOD, Standing.INADEQUATE
PAUSED_DAYS = (COVID_PAUSE.last_date - COVID_PAUSE.first_date).days + 1
PLAIN = Settings(recent_days=None, lag_days=0, min_events=1)


def spell(start: date, length: int | None = None, standing: Standing | None = GOOD) -> Spell:
    """A wait that began on ``start`` and ended after ``length`` days; reports out after 50."""
    lag = timedelta(days=50)
    ended = None if length is None else start + timedelta(days=length)
    return Spell("exampleshire", start, start + lag, standing, ended, ended and ended + lag)


def finished(*lengths: int, standing: Standing = GOOD) -> list[Spell]:
    return [spell(date(2022, 1, 1), n, standing) for n in lengths]


def test_the_window_is_the_tenth_to_the_ninetieth_percentile_of_such_waits():
    known = estimates(finished(*range(100, 1100, 100)), as_at=TODAY, clock=CLOCK, settings=PLAIN)
    new = spell(date(2025, 12, 31))
    found = window(new, known=known, clock=CLOCK)
    days = [
        (day - new.start_date).days
        for day in (found.earliest_date, found.likeliest_date, found.latest_date)
    ]
    assert days == [100, 500, 900]
    assert (found.status, found.cases, found.events) == (WindowStatus.ESTIMATED, 10, 10)


def test_time_already_waited_narrows_the_window():
    known = estimates(finished(*range(100, 1100, 100)), as_at=TODAY, clock=CLOCK, settings=PLAIN)
    waiting = spell(TODAY - timedelta(days=550))
    found = window(waiting, known=known, clock=CLOCK)
    assert found.earliest_date == waiting.start_date + timedelta(days=600)
    assert found.latest_date == waiting.start_date + timedelta(days=1000)
    assert found.share_waiting == pytest.approx(0.5)
    assert found.waited_days == 550


def test_councils_still_waiting_count():
    waiting = [spell(TODAY - timedelta(days=800)) for _ in range(10)]
    finished_alone = estimates(finished(500, 600), as_at=TODAY, clock=CLOCK, settings=PLAIN)
    with_waiting = estimates(
        [*finished(500, 600), *waiting], as_at=TODAY, clock=CLOCK, settings=PLAIN
    )
    assert finished_alone[GOOD].curve.quantile(0.5) == 500
    assert with_waiting[GOOD].curve.quantile(0.5) is None


def test_an_end_the_cases_do_not_show_stays_open():
    waiting = [spell(TODAY - timedelta(days=800)) for _ in range(2)]
    known = estimates(
        [*finished(*range(100, 900, 100)), *waiting], as_at=TODAY, clock=CLOCK, settings=PLAIN
    )
    found = window(spell(date(2025, 12, 31)), known=known, clock=CLOCK)
    assert found.likeliest_date is not None
    assert found.latest_date is None


def test_longer_than_nine_of_ten_cases_is_past():
    known = estimates(finished(*range(100, 1100, 100)), as_at=TODAY, clock=CLOCK, settings=PLAIN)
    found = window(spell(TODAY - timedelta(days=950)), known=known, clock=CLOCK)
    assert found.status is WindowStatus.PAST
    began = TODAY - timedelta(days=950)
    assert found.earliest_date == began + timedelta(days=100)
    assert found.latest_date == began + timedelta(days=900)


def test_longer_than_every_case_has_the_window_that_is_over():
    known = estimates(finished(100, 200), as_at=TODAY, clock=CLOCK, settings=PLAIN)
    found = window(spell(TODAY - timedelta(days=950)), known=known, clock=CLOCK)
    assert found.status is WindowStatus.BEYOND
    assert found.latest_date == TODAY - timedelta(days=750)


def test_without_any_re_inspection_nothing_is_known():
    known = estimates([], as_at=TODAY, clock=CLOCK)
    found = window(spell(date(2025, 6, 1)), known=known, clock=CLOCK)
    assert (found.status, found.events, found.earliest_date) == (WindowStatus.UNKNOWN, 0, None)


def test_too_few_after_such_an_outcome_are_pooled_and_said():
    many, few = finished(*range(100, 1100, 100)), finished(50, 60, standing=INADEQUATE)
    known = estimates(
        [*many, *few], as_at=TODAY, clock=CLOCK, settings=replace(PLAIN, min_events=3)
    )
    after_good = window(spell(date(2025, 12, 31)), known=known, clock=CLOCK)
    after_inadequate = window(
        spell(date(2025, 12, 31), standing=INADEQUATE), known=known, clock=CLOCK
    )
    assert (after_good.is_pooled, after_good.cases) == (False, 10)
    assert (after_inadequate.is_pooled, after_inadequate.cases) == (True, 12)


def test_an_outcome_of_unknown_kind_has_the_pooled_estimate():
    known = estimates(finished(100, 200), as_at=TODAY, clock=CLOCK, settings=PLAIN)
    found = window(spell(date(2025, 12, 31), standing=None), known=known, clock=CLOCK)
    assert found.is_pooled


def test_only_what_happened_in_the_recent_years_counts():
    old = [spell(date(2015, 1, 1), 2000), spell(date(2015, 1, 1), 2000)]
    new = finished(900, 1000)
    known = estimates(
        [*old, *new],
        as_at=TODAY,
        clock=CLOCK,
        settings=Settings(recent_days=3 * 365, lag_days=0, min_events=1),
    )
    assert [step.days for step in known[GOOD].curve.steps] == [900, 1000]


def test_nothing_of_the_last_two_months_is_used():
    just_ended = spell(TODAY - timedelta(days=1000), 970)
    published = replace(just_ended, next_publication_date=TODAY)
    known = estimates(
        [published],
        as_at=TODAY,
        clock=CLOCK,
        settings=Settings(recent_days=None, lag_days=60, min_events=1),
    )
    assert known[None].curve.events == 0
    assert known[None].curve.cases == 1


def test_a_report_published_after_the_day_is_not_known():
    unpublished = spell(TODAY - timedelta(days=1000), 970)
    known = estimates([unpublished], as_at=TODAY, clock=CLOCK, settings=PLAIN)
    assert known[None].curve.events == 0


def test_a_council_that_ceased_leaves_without_an_inspection():
    ceased = replace(spell(date(2022, 1, 1)), closed_date=date(2023, 1, 1))
    known = estimates([ceased], as_at=TODAY, clock=CLOCK, settings=PLAIN)
    assert (known[None].curve.cases, known[None].curve.events) == (1, 0)
    assert not ceased.is_open_on(TODAY)
    assert ceased.is_open_on(date(2023, 1, 1))


def test_a_pause_is_taken_out_of_the_waits():
    through = [spell(date(2019, 3, 17), 1000)]
    known = estimates(through, as_at=TODAY, clock=Clock((COVID_PAUSE,)), settings=PLAIN)
    assert known[GOOD].curve.quantile(0.5) == 1000 - PAUSED_DAYS


def test_a_pause_is_put_back_into_the_dates():
    clock = Clock((COVID_PAUSE,))
    before = [spell(date(2016, 1, 1), 600)]
    known = estimates(before, as_at=date(2021, 12, 1), clock=clock, settings=PLAIN)
    found = window(spell(date(2019, 3, 17)), known=known, clock=clock)
    assert found.likeliest_date == date(2019, 3, 17) + timedelta(days=600 + PAUSED_DAYS)


def test_the_rule_of_judgements_gives_the_kind_of_every_overall_grade_since_2023():
    both = [
        (shipped.STANDINGS[judged["overall"]], shipped.outcome(
            overall=None,
            leaders=shipped.STANDINGS[judged["leaders"]],
            practice=[
                shipped.STANDINGS[judged[area]] for area in shipped.PRACTICE if area in judged
            ],
        ).standing)
        for row in shipped.full_inspections()
        if row["framework"] == "ilacs_2023"
        for judged in [shipped.grades()[row["council"], row["reference"]]]
    ]  # fmt: skip
    assert len(both) == 145
    assert [pair for pair in both if pair[0] is not pair[1]] == []
