from dataclasses import replace
from html import unescape
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from dashboard.method_page import verdict
from inspections.models import BacktestScore, InspectionPause, RecordState, Wait
from inspections.queries.backtest import kept_backtest, run_backtest
from inspections.vocabulary import BacktestMethod, BacktestQuestion

pytestmark = pytest.mark.django_db


def test_loading_the_record_keeps_a_backtest_for_the_method_page():
    kept = kept_backtest()
    assert kept.known_to_date == RecordState.objects.get().as_at_date
    assert [(row.question, row.method) for row in kept.rows][:2] == [
        (BacktestQuestion.PUBLISHED, BacktestMethod.OURS),
        (BacktestQuestion.PUBLISHED, BacktestMethod.SECTOR),
    ]


def test_the_kept_scores_are_those_of_a_new_run():
    _, rows = run_backtest()
    kept = kept_backtest().rows
    assert [(row.question, row.method) for row in kept] == [
        (row.question, row.method) for row in rows
    ]
    for old, new in zip(kept, rows, strict=True):
        assert old.score == new.score


def test_our_windows_reach_the_goal_and_are_narrower_than_the_calibrated_yardstick():
    found = {(row.question, row.method): row.score for row in kept_backtest().rows}
    for question in (BacktestQuestion.PUBLISHED, BacktestQuestion.WAITING):
        ours = found[question, BacktestMethod.OURS]
        plain = found[question, BacktestMethod.PLAIN]
        assert 0.75 <= ours.inside_share <= 0.85
        assert plain.inside_share > 0.75
        assert ours.median_width_days < plain.median_width_days


def test_the_command_prints_the_table_and_replaces_the_kept_run():
    before = BacktestScore.objects.values_list("made_at", flat=True).first()
    out = StringIO()
    call_command("backtest_windows", stdout=out)
    assert "The sector's rule: 30 to 42 months" in out.getvalue()
    assert "Goal of 75 to 85% reached" in out.getvalue()
    assert set(BacktestScore.objects.values_list("made_at", flat=True)) != {before}
    assert BacktestScore.objects.count() == 10


def test_without_a_pause_on_record_nothing_is_asked_before_it():
    InspectionPause.objects.all().delete()
    _, rows = run_backtest()
    assert BacktestQuestion.BEFORE not in {row.question for row in rows}


def test_without_inspections_the_command_says_so():
    Wait.objects.all().delete()
    with pytest.raises(CommandError, match="No full inspections"):
        call_command("backtest_windows", stdout=StringIO())


def test_the_method_page_shows_the_kept_table_with_n_and_a_verdict(client):
    page = unescape(client.get("/method/").content.decode())
    for row in kept_backtest().rows:
        cells = [row.score.decided, f"{int(100 * row.score.inside_share + 0.5)}%"]
        assert (
            f'<th scope="row">{row.method.label}</th><td>{cells[0]}</td><td>{cells[1]}</td>' in page
        )
    assert "within the goal of 75 to 85%" in page
    assert "ours are narrower" in page
    assert "Neither yardstick is calibrated here" in page


def test_a_method_that_misses_the_goal_is_told_with_its_numbers():
    row = kept_backtest().rows[0]
    missed = replace(row, score=replace(row.score, inside_share=0.6, decided=50))
    wide = replace(
        row,
        method=BacktestMethod.PLAIN,
        score=replace(row.score, inside_share=0.8, median_width_days=30),
    )
    said = verdict([missed, wide])
    assert "60% of 50 inside, which misses the goal" in said
    assert "ours are no narrower" in said
