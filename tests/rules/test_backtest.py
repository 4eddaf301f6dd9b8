from dataclasses import replace
from datetime import date, timedelta

import pytest

from inspections.rules.backtest import (
    Hit,
    Prediction,
    at_publication,
    our_windows,
    plain_distribution,
    score,
    sector_rule,
    while_waiting,
)
from inspections.rules.clock import COVID_PAUSE, Clock
from inspections.rules.outcomes import Standing
from inspections.rules.windows import Spell
from tests.rules import shipped

END = date(2026, 8, 22)
CLOCK = Clock((COVID_PAUSE,))
RESTART = date(2021, 6, 28)


def spell(start: date, next_start: date | None) -> Spell:
    lag = timedelta(days=50)
    return Spell(
        "exampleshire",
        start,
        start + lag,
        Standing.GOOD_OR_BETTER,
        next_start,
        next_start and next_start + lag,
    )


def prediction(
    earliest: date | None, latest: date | None, next_start: date | None, place: float | None = None
) -> Prediction:
    start = date(2020, 1, 1)
    return Prediction(spell(start, next_start), start, earliest, latest, place)


FROM, TO = date(2024, 1, 1), date(2025, 1, 1)


@pytest.mark.parametrize(
    ("earliest", "latest", "real", "hit"),
    [
        (FROM, TO, date(2024, 6, 1), Hit.INSIDE),
        (FROM, TO, FROM, Hit.INSIDE),
        (FROM, TO, TO, Hit.INSIDE),
        (FROM, TO, date(2023, 12, 31), Hit.EARLY),
        (FROM, TO, date(2025, 1, 2), Hit.LATE),
        (FROM, None, date(2026, 1, 1), Hit.INSIDE),
        (FROM, TO, None, Hit.LATE),
        (FROM, date(2027, 1, 1), None, Hit.OPEN),
        (FROM, None, None, Hit.OPEN),
        (None, None, date(2024, 6, 1), Hit.NONE),
    ],
)
def test_where_the_real_date_fell(earliest, latest, real, hit):
    assert prediction(earliest, latest, real).hit(END) is hit


def test_a_window_that_closed_two_months_ago_is_not_decided():
    # An inspection may have begun in it whose report is not out yet.
    assert prediction(FROM, END - timedelta(days=60), None).hit(END) is Hit.OPEN
    assert prediction(FROM, END - timedelta(days=61), None).hit(END) is Hit.LATE


def test_an_inspection_published_after_the_record_ends_is_not_known():
    late = prediction(FROM, date(2027, 1, 1), END - timedelta(days=10))
    assert late.hit(END) is Hit.OPEN


def test_the_score_counts_and_leaves_the_open_ones_out_of_the_share():
    made = [
        prediction(FROM, TO, date(2024, 6, 1)),
        prediction(FROM, TO, date(2024, 7, 1)),
        prediction(FROM, TO, date(2024, 8, 1)),
        prediction(FROM, TO, date(2025, 8, 1)),
        prediction(FROM, date(2027, 1, 1), None),
        prediction(None, None, None),
    ]
    found = score("ours", made, record_end=END)
    assert (found.decided, found.inside, found.early, found.late) == (4, 3, 0, 1)
    assert (found.open, found.none, found.inside_share) == (1, 1, 0.75)
    assert found.median_width_days == 366


def test_open_cases_count_as_waiting_in_the_second_share():
    # Ten real dates, one in each tenth of the distribution; then five cases known only to be
    # beyond its middle. Each of these stands for the later real dates: one of five outside.
    whole = [prediction(FROM, TO, date(2024, 6, 1), place=n / 10 + 0.05) for n in range(10)]
    later = [prediction(FROM, date(2027, 1, 1), None, place=0.5) for _ in range(5)]
    assert score("", whole, record_end=END).inside_share_with_open == pytest.approx(0.8)
    found = score("", [*whole, *later], record_end=END)
    assert found.inside_share_with_open == pytest.approx(14 / 15 - 10 / 15 / 5)


def test_the_second_share_is_not_known_where_no_case_was_followed_far_enough():
    early = [prediction(FROM, TO, date(2024, 6, 1), place=0.3)]
    later = [prediction(FROM, date(2027, 1, 1), None, place=0.5)]
    assert score("", [*early, *later], record_end=END).inside_share_with_open is None


def test_mostly_open_ends_have_no_median_width():
    made = [prediction(FROM, None, None), prediction(FROM, None, None), prediction(FROM, TO, None)]
    assert score("", made, record_end=END).median_width_days is None


def test_nothing_predicted_gives_no_share():
    found = score("", [], record_end=END)
    assert (found.inside_share, found.inside_share_with_open) == (None, None)


def test_the_sector_rule_is_thirty_to_forty_two_calendar_months():
    origin = spell(date(2020, 8, 31), None)
    made = next(sector_rule([], [(origin, origin.publication_date)], END))
    assert (made.earliest_date, made.latest_date) == (date(2023, 2, 28), date(2024, 2, 29))


def test_the_plain_distribution_takes_all_finished_intervals_known_on_the_day():
    start = date(2014, 1, 1)
    finished = [spell(start, start + timedelta(days=n)) for n in range(100, 1100, 100)]
    unknown = spell(date(2016, 12, 1), date(2016, 12, 30))
    origin = spell(date(2017, 1, 1), None)
    made = next(plain_distribution([*finished, unknown], [(origin, date(2017, 2, 1))], END))
    assert made.earliest_date == origin.start_date + timedelta(days=200)
    assert made.latest_date == origin.start_date + timedelta(days=1000)


def test_waits_are_asked_about_only_while_they_last():
    waiting = spell(date(2020, 1, 1), date(2022, 1, 1))
    days = [date(2020, 1, 10), date(2020, 7, 1), date(2022, 1, 10), date(2022, 7, 1)]
    assert while_waiting([waiting], days) == [
        (waiting, date(2020, 7, 1)),
        (waiting, date(2022, 1, 10)),
    ]


def test_no_prediction_looks_into_the_future():
    """Everything published after the day of the prediction is changed; it stays the same."""
    spells = list(shipped.spells())
    day = date(2023, 3, 1)
    origins = [(s, day) for s in spells if s.is_open_on(day)]
    assert len(origins) > 100
    blind = [
        replace(s, next_start_date=None, next_publication_date=None)
        if s.next_publication_date and s.next_publication_date > day
        else s
        for s in spells
        if s.publication_date <= day
    ]
    method = our_windows(CLOCK)
    seen = [(p.earliest_date, p.latest_date) for p in method(spells, origins, END)]
    unseen = [(p.earliest_date, p.latest_date) for p in method(blind, origins, END)]
    assert seen == unseen


def test_a_prediction_before_the_pause_does_not_know_of_it():
    origins = at_publication(shipped.spells(), first=date(2019, 1, 1), last=date(2020, 3, 16))
    made = list(our_windows(CLOCK)(shipped.spells(), origins, END))
    known = list(our_windows(CLOCK, clock_of_result=CLOCK)(shipped.spells(), origins, END))
    shifted = [
        (after.earliest_date - before.earliest_date).days
        for before, after in zip(made, known, strict=True)
        if before.earliest_date and before.earliest_date > COVID_PAUSE.last_date
    ]
    assert shifted
    assert set(shifted) == {(RESTART - COVID_PAUSE.first_date).days}


def test_the_windows_reach_their_goal_on_the_shipped_record():
    """75 to 85 percent inside, and narrower than the yardstick that covers enough."""
    spells = shipped.spells()
    published = at_publication(spells, first=RESTART, last=END)
    half_years = [
        date(year, month, 1)
        for year in range(2021, 2027)
        for month in (1, 7)
        if date(2021, 7, 1) <= date(year, month, 1)
    ]
    waiting = while_waiting(spells, half_years)
    for origins in (published, waiting):
        ours = score("ours", our_windows(CLOCK)(spells, origins, END), record_end=END)
        rule = score("rule", sector_rule(spells, origins, END), record_end=END)
        plain = score("plain", plain_distribution(spells, origins, END), record_end=END)
        assert 0.75 <= ours.inside_share <= 0.85
        assert 0.75 <= ours.inside_share_with_open <= 0.85
        assert plain.inside_share > 0.75
        assert ours.median_width_days < 0.6 * plain.median_width_days
        assert rule.inside_share < 0.75
