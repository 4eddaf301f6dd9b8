from dataclasses import replace
from datetime import date, timedelta

import pytest

from inspections.rules.estimates import Settings
from inspections.rules.predictions import (
    Hit,
    at_publication,
    our_windows,
    plain_distribution,
    sector_rule,
    while_waiting,
)
from tests.rules import shipped
from tests.rules.predicted import CLOCK, END, FROM, RESTART, TO, prediction, spell
from tests.rules.spells import COVID_PAUSE


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


@pytest.mark.parametrize(("readings", "shifts"), [((0.0,), {468}), ((1.0,), {0})])
def test_a_prediction_before_the_pause_does_not_know_of_it(readings, shifts):
    read = Settings(readings=readings)
    origins = at_publication(shipped.spells(), first=date(2019, 1, 1), last=date(2020, 3, 16))
    made = list(our_windows(CLOCK, settings=read)(shipped.spells(), origins, END))
    afterwards = our_windows(CLOCK, settings=read, clock_of_result=CLOCK)
    known = list(afterwards(shipped.spells(), origins, END))
    shifted = {
        (after.earliest_date - before.earliest_date).days
        for before, after in zip(made, known, strict=True)
        if before.earliest_date and before.earliest_date > COVID_PAUSE.last_date
    }
    assert (RESTART - COVID_PAUSE.first_date).days == 468
    assert shifted == shifts
