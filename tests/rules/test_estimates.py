from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.rules.clock import Clock
from inspections.rules.estimates import Estimate, Settings, Spell, estimates
from tests.rules import shipped
from tests.rules.spells import (
    CLOCK,
    COVID_PAUSE,
    GOOD,
    INADEQUATE,
    PAUSED_DAYS,
    PLAIN,
    TODAY,
    finished,
    spell,
)


def median_days(estimate: Estimate) -> int | None:
    """By the first reading: the day of the clock by which half are over; None: none is known."""
    steps = estimate.readings[0].curve.steps
    return next((step.days for step in steps if step.share_waiting <= 0.5), None)


def test_councils_still_waiting_count():
    waiting = [spell(TODAY - timedelta(days=800)) for _ in range(10)]
    finished_alone = estimates(finished(500, 600), as_at=TODAY, clock=CLOCK, settings=PLAIN)
    with_waiting = estimates(
        [*finished(500, 600), *waiting], as_at=TODAY, clock=CLOCK, settings=PLAIN
    )
    assert median_days(finished_alone[GOOD]) == 500
    assert median_days(with_waiting[GOOD]) is None


def test_only_what_happened_in_the_recent_years_counts():
    old = [spell(date(2015, 1, 1), 2000), spell(date(2015, 1, 1), 2000)]
    new = finished(900, 1000)
    known = estimates(
        [*old, *new],
        as_at=TODAY,
        clock=CLOCK,
        settings=Settings(recent_days=3 * 365, lag_days=0, min_events=1),
    )
    assert [step.days for step in known[GOOD].readings[0].curve.steps] == [900, 1000]


def test_nothing_of_the_last_two_months_is_used():
    just_ended = spell(TODAY - timedelta(days=1000), 970)
    published = replace(just_ended, next_publication_date=TODAY)
    known = estimates(
        [published],
        as_at=TODAY,
        clock=CLOCK,
        settings=Settings(recent_days=None, lag_days=60, min_events=1),
    )
    assert known[None].events == 0
    assert known[None].cases == 1


def test_a_report_published_after_the_day_is_not_known():
    unpublished = spell(TODAY - timedelta(days=1000), 970)
    known = estimates([unpublished], as_at=TODAY, clock=CLOCK, settings=PLAIN)
    assert known[None].events == 0


def test_a_council_that_ceased_leaves_without_an_inspection():
    ceased = replace(spell(date(2022, 1, 1)), closed_date=date(2023, 1, 1))
    known = estimates([ceased], as_at=TODAY, clock=CLOCK, settings=PLAIN)
    assert (known[None].cases, known[None].events) == (1, 0)
    assert not ceased.is_open_on(TODAY)
    assert ceased.is_open_on(date(2023, 1, 1))


def test_a_pause_is_taken_out_of_the_waits():
    through = [spell(date(2019, 3, 17), 1000)]
    known = estimates(through, as_at=TODAY, clock=Clock((COVID_PAUSE,)), settings=PLAIN)
    assert median_days(known[GOOD]) == 1000 - PAUSED_DAYS


@pytest.mark.parametrize(
    ("counted", "days"),
    [(0.0, 1000 - PAUSED_DAYS), (0.5, 1000 - PAUSED_DAYS // 2), (1.0, 1000)],
)
def test_a_wait_through_a_pause_is_read_with_a_share_of_the_paused_days(counted, days):
    through = [spell(date(2019, 3, 17), 1000)]
    read = replace(PLAIN, readings=(counted,))
    known = estimates(through, as_at=TODAY, clock=Clock((COVID_PAUSE,)), settings=read)
    assert median_days(known[GOOD]) == days


@pytest.mark.parametrize(
    ("days_before", "events"), [(59, 0), (60, 1), (61, 1)], ids=["unseen", "last day", "seen"]
)
def test_waits_are_followed_to_sixty_days_before_the_record_ends(days_before, events):
    ended = spell(TODAY - timedelta(days=1000), 1000 - days_before)
    published = replace(ended, next_publication_date=TODAY)
    known = estimates([published], as_at=TODAY, clock=CLOCK)
    assert (known[None].cases, known[None].events) == (1, events)
    assert known[None].seen_to_date == TODAY - timedelta(days=60)


@pytest.mark.parametrize(("after", "events"), [(-1, 1), (0, 1), (1, 0)])
def test_a_report_counts_from_its_publication_date(after, events):
    ended = spell(TODAY - timedelta(days=1000), 800)
    published = replace(ended, next_publication_date=TODAY + timedelta(days=after))
    assert estimates([published], as_at=TODAY, clock=CLOCK)[None].events == events


def test_days_after_the_record_ends_change_nothing():
    """Waits still open are followed to the day the record is complete to, not to today."""
    spells = list(shipped.spells())
    later = [
        replace(s, next_start_date=date(2026, 8, 20), next_publication_date=date(2026, 10, 1))
        if s.next_start_date is None and s.council < "h"
        else s
        for s in spells
    ]
    clock = Clock((COVID_PAUSE,))
    assert estimates(spells, as_at=shipped.RECORD_ENDS, clock=clock) == estimates(
        later, as_at=shipped.RECORD_ENDS, clock=clock
    )


@given(order=st.randoms(use_true_random=False))
def test_the_order_of_the_waits_does_not_matter(order):
    shuffled = list(shipped.spells())
    order.shuffle(shuffled)
    clock, as_at = Clock((COVID_PAUSE,)), date(2022, 3, 1)
    assert estimates(shuffled, as_at=as_at, clock=clock) == estimates(
        shipped.spells(), as_at=as_at, clock=clock
    )


@pytest.mark.parametrize(("after", "cases"), [(-1, 1), (0, 1), (1, 0)])
def test_a_wait_is_known_from_the_report_that_began_it(after, cases):
    begun = spell(TODAY - timedelta(days=200))
    published = replace(begun, publication_date=TODAY + timedelta(days=after))
    assert estimates([published], as_at=TODAY, clock=CLOCK)[None].cases == cases


@pytest.mark.parametrize(("after", "events"), [(-1, 0), (0, 0), (1, 1)])
def test_the_memory_begins_after_its_first_day(after, events):
    known = estimates([], as_at=TODAY, clock=CLOCK)[None]
    assert known.memory_from_date == TODAY - timedelta(days=60 + 3 * 365)
    ended = spell(date(2020, 1, 1), (known.memory_from_date - date(2020, 1, 1)).days + after)
    found = estimates([ended], as_at=TODAY, clock=CLOCK)[None]
    assert (found.cases, found.events) == (events, events)


@pytest.mark.parametrize(("events", "is_pooled"), [(9, True), (10, False)])
def test_ten_re_inspections_after_an_outcome_are_enough(events: int, is_pooled: bool) -> None:
    ended = [
        *finished(*range(300, 300 + events)),
        *finished(*range(600, 620), standing=INADEQUATE),
    ]
    known = estimates(
        ended, as_at=TODAY, clock=CLOCK, settings=Settings(recent_days=None, lag_days=0)
    )
    assert (known[GOOD].standing is None) is is_pooled
    assert known[GOOD].events == (events + 20 if is_pooled else events)


def test_a_wait_is_watched_from_the_day_after_it_began_and_to_the_last_day_seen() -> None:
    """Of a wait that began on the last day that is seen, nothing has been seen."""

    def seen(*waits: Spell) -> tuple[int, int]:
        settings = Settings(recent_days=None, lag_days=60, min_events=1)
        found = estimates(waits, as_at=TODAY, clock=CLOCK, settings=settings)[None]
        return found.cases, found.events

    last = TODAY - timedelta(days=60)
    known_at_once = [
        replace(spell(last - timedelta(days=n)), publication_date=TODAY) for n in (0, 1)
    ]
    assert seen(known_at_once[0]) == (0, 0)
    assert seen(known_at_once[1]) == (1, 0)
    for n, events in ((-1, 0), (0, 1)):
        begun = last - timedelta(days=500)
        ended = replace(spell(begun, 500 - n), next_publication_date=TODAY, publication_date=begun)
        assert seen(ended) == (1, events), n
        assert seen(replace(ended, next_publication_date=TODAY + timedelta(days=1))) == (1, 0)
        assert seen(replace(ended, publication_date=TODAY + timedelta(days=1))) == (0, 0)


def test_a_wait_longer_than_what_is_recent_enters_late_and_not_at_its_end() -> None:
    """What was over before the recent days counts nothing, what was over on their first day."""

    def cases(length: int, recent: int) -> int:
        ended = spell(TODAY - timedelta(days=1000), length)
        settings = Settings(recent_days=recent, lag_days=0, min_events=1)
        return estimates([ended], as_at=TODAY, clock=CLOCK, settings=settings)[None].cases

    assert (cases(600, 400), cases(601, 400)) == (0, 1)
