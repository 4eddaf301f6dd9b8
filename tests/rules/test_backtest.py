from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from inspections.rules.backtest import BacktestRow, Calibration, Score, backtest, scores
from inspections.rules.clock import Clock
from inspections.rules.estimates import Settings
from inspections.rules.outcomes import Standing
from inspections.rules.predictions import (
    Prediction,
    at_publication,
    our_windows,
)
from inspections.vocabulary import BacktestMethod, BacktestQuestion
from tests.rules import shipped
from tests.rules.predicted import CLOCK, END, FROM, RESTART, TO, prediction


def only(made: list[Prediction], *, record_end: date) -> Score:
    """The score of predictions after one kind of outcome."""
    (found,) = scores(made, record_end=record_end)
    return found


def test_the_score_counts_and_leaves_the_open_ones_out_of_the_share():
    made = [
        prediction(FROM, TO, date(2024, 6, 1)),
        prediction(FROM, TO, date(2024, 7, 1)),
        prediction(FROM, TO, date(2024, 8, 1)),
        prediction(FROM, TO, date(2025, 8, 1)),
        prediction(FROM, date(2027, 1, 1), None),
        prediction(None, None, None),
    ]
    found = only(made, record_end=END)
    assert (found.decided, found.inside, found.early, found.late) == (4, 3, 0, 1)
    assert (found.open, found.none, found.inside_share) == (1, 1, 0.75)
    assert found.median_width_days == 366


def test_open_cases_count_as_waiting_in_the_second_share():
    # Ten real dates, one in each tenth of the distribution; then five cases known only to be
    # beyond its middle. Each of these stands for the later real dates: one of five outside.
    whole = [prediction(FROM, TO, date(2024, 6, 1), place=n / 10 + 0.05) for n in range(10)]
    later = [prediction(FROM, date(2027, 1, 1), None, place=0.5) for _ in range(5)]
    assert only(whole, record_end=END).inside_share_with_open == pytest.approx(0.8)
    found = only([*whole, *later], record_end=END)
    assert found.inside_share_with_open == pytest.approx(14 / 15 - 10 / 15 / 5)


def test_the_second_share_is_not_known_where_no_case_was_followed_far_enough():
    early = [prediction(FROM, TO, date(2024, 6, 1), place=0.3)]
    later = [prediction(FROM, date(2027, 1, 1), None, place=0.5)]
    assert only([*early, *later], record_end=END).inside_share_with_open is None


def test_mostly_open_ends_have_no_median_width():
    made = [prediction(FROM, None, None), prediction(FROM, None, None), prediction(FROM, TO, None)]
    assert only(made, record_end=END).median_width_days is None


def test_nothing_predicted_gives_no_score_and_nothing_decided_no_share():
    assert scores([], record_end=END) == []
    found = only([prediction(FROM, date(2027, 1, 1), None)], record_end=END)
    assert (found.decided, found.inside_share) == (0, None)


def scored(inside: int, decided: int, waits: int | None = None) -> Score:
    return Score(
        standing=Standing.INADEQUATE, decided=decided, waits=waits or decided, inside=inside,
        early=0, late=decided - inside, open=0, none=0,
        inside_share=inside / decided if decided else None, inside_share_with_open=None,
        median_width_days=None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("score", "calibration"),
    [
        (scored(0, 0), Calibration.TOO_FEW),
        (scored(15, 20), Calibration.REACHED),
        (scored(17, 20), Calibration.REACHED),
        (scored(74, 100), Calibration.TOO_FEW),  # chance alone brings so few in 9 of 100
        (scored(749, 1000), Calibration.MISSED),
        (scored(851, 1000), Calibration.MISSED),
        # Of ten: five or fewer inside come in 3.3% of cases by chance, four or fewer in 0.6%.
        (scored(5, 10), Calibration.TOO_FEW),
        (scored(4, 10), Calibration.MISSED),
        (scored(9, 9), Calibration.TOO_FEW),
        (scored(17, 17), Calibration.MISSED),  # 2.3% by chance; sixteen of sixteen 2.8%
        (scored(16, 16), Calibration.TOO_FEW),
        # Asked about each wait ten times over: it is the waits that count.
        (scored(700, 1000), Calibration.MISSED),
        (scored(700, 1000, waits=20), Calibration.TOO_FEW),
    ],
)
def test_what_so_many_waits_can_tell(score, calibration):
    assert score.calibration is calibration


def test_no_score_is_a_total_of_several_kinds_of_outcome():
    kinds = [Standing.INADEQUATE, None, Standing.GOOD_OR_BETTER]
    made = [prediction(FROM, TO, date(2024, 6, 1))] * 2 + [prediction(FROM, TO, date(2025, 6, 1))]
    made = [
        replace(one, spell=replace(one.spell, standing=kind))
        for one, kind in zip(made, kinds, strict=True)
    ]
    found = [
        (score.standing, score.inside, score.decided) for score in scores(made, record_end=END)
    ]
    assert found == [(Standing.GOOD_OR_BETTER, 0, 1), (Standing.INADEQUATE, 1, 1), (None, 1, 1)]


def test_a_wait_asked_about_twice_is_one_wait():
    one = prediction(FROM, TO, date(2024, 6, 1))
    found = only([one, replace(one, origin_date=FROM)], record_end=END)
    assert (found.decided, found.waits) == (2, 1)


@cache
def rows() -> list[BacktestRow]:
    return backtest(shipped.spells(), clock=CLOCK, record_end=END)


def ours(question: BacktestQuestion) -> dict[Standing | None, Score]:
    return {
        row.score.standing: row.score
        for row in rows()
        if (row.question, row.method) == (question, BacktestMethod.OURS)
    }


def test_the_windows_hold_after_each_kind_of_outcome():
    """75 to 85 percent inside where the waits are enough to tell; narrower than the yardstick."""
    asked = ours(BacktestQuestion.WAITING)
    assert set(asked) == set(Standing)
    for score in asked.values():
        assert score.calibration is Calibration.REACHED
        assert 0.75 <= score.inside_share_with_open <= 0.88
    for score in ours(BacktestQuestion.PUBLISHED).values():
        assert score.calibration is not Calibration.MISSED
    plain = {
        (row.question, row.score.standing): row.score.median_width_days
        for row in rows()
        if row.method == BacktestMethod.PLAIN
    }
    for question in (BacktestQuestion.WAITING, BacktestQuestion.PUBLISHED):
        for standing, score in ours(question).items():
            assert score.median_width_days < 0.85 * plain[question, standing]


def test_one_reading_of_the_pause_failed_after_inadequate():
    """What was published before: seven of ten late, which a total of 82% hid."""
    spells = shipped.spells()
    still = our_windows(CLOCK, settings=Settings(readings=(0.0,)))
    asked = at_publication(spells, first=RESTART, last=END)
    found = {s.standing: s for s in scores(still(spells, asked, END), record_end=END)}
    assert {kind: (s.inside, s.decided, s.late) for kind, s in found.items()} == {
        Standing.GOOD_OR_BETTER: (34, 38, 0),
        Standing.BELOW_GOOD: (19, 20, 0),
        Standing.INADEQUATE: (3, 10, 7),
    }
    assert found[Standing.INADEQUATE].calibration is Calibration.MISSED


def test_the_table_is_ordered_by_question_kind_of_outcome_and_method():
    assert [
        (row.question, row.score.standing, row.method)
        for row in rows()
        if row.question == BacktestQuestion.BEFORE
    ] == [
        (BacktestQuestion.BEFORE, standing, method)
        for standing in Standing
        for method in BacktestMethod
    ]


def test_without_a_pause_nothing_is_asked_before_it():
    found = backtest(shipped.spells(), clock=Clock(), record_end=END)
    assert BacktestQuestion.BEFORE not in {row.question for row in found}
    assert backtest([], clock=CLOCK, record_end=END) == []
