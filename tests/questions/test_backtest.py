from dataclasses import replace
from html import unescape
from io import StringIO
from threading import Event, Timer, current_thread, main_thread

import pytest
from django.core.management import CommandError, call_command
from pytest_django.plugin import DjangoDbBlocker

from dashboard.about.backtest import verdict
from dashboard.http import answers
from inspections import actions
from inspections.models import Council, InspectionPause, RecordState
from inspections.questions.backtest import backtest
from inspections.rules.backtest import BacktestRow
from inspections.rules.outcomes import Standing, after
from inspections.store import current_record
from inspections.vocabulary import BacktestMethod, BacktestQuestion

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def shipped_rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> list[BacktestRow]:
    """Run once for this file: it predicts every past inspection."""
    with django_db_blocker.unblock():
        return list(backtest(current_record()))


def test_the_backtest_tells_each_kind_of_outcome_our_method_first(shipped_rows):
    assert current_record().known_to == RecordState.objects.get().as_at_date
    assert [(row.question, row.score.standing, row.method) for row in shipped_rows][:2] == [
        (BacktestQuestion.PUBLISHED, Standing.GOOD_OR_BETTER, BacktestMethod.OURS),
        (BacktestQuestion.PUBLISHED, Standing.GOOD_OR_BETTER, BacktestMethod.SECTOR),
    ]
    assert len(shipped_rows) == 3 * 10


def test_a_backtest_is_kept_for_as_long_as_no_wait_changes(shipped_rows):
    before = backtest(current_record())
    assert list(before) == shipped_rows
    luton = Council.objects.get(slug="luton")
    actions.correct(luton, changes={"notes": "Seen."}, reason="For the test", by=None)
    assert backtest(current_record()) is before
    InspectionPause.objects.all().delete()
    assert backtest(current_record()) != before


def test_the_command_prints_the_table():
    out = StringIO()
    call_command("backtest_windows", stdout=out)
    assert "The sector's rule: 30 to 42 months" in out.getvalue()
    for kind in (
        "after good or better",
        "after requires improvement or equivalent",
        "after inadequate",
    ):
        assert out.getvalue().count(f"\n{kind} ") == len(BacktestQuestion)
        assert f"), {kind}. {BacktestQuestion.WAITING.label}" in out.getvalue()


def test_without_a_pause_on_record_nothing_is_asked_before_it():
    InspectionPause.objects.all().delete()
    assert BacktestQuestion.BEFORE not in {row.question for row in backtest(current_record())}


def test_without_inspections_the_command_says_so(empty_record):
    with pytest.raises(CommandError, match="No full inspections"):
        call_command("backtest_windows", stdout=StringIO())


def test_the_method_page_shows_every_kind_of_outcome_with_n_and_a_verdict(client, shipped_rows):
    page = unescape(client.get("/method/").content.decode())
    for row in shipped_rows:
        found = row.score
        share = f"{int(100 * found.inside_share + 0.5)}%"
        assert (
            f'<th scope="row">{row.method.label}</th><td>{found.inside} of {found.decided}</td>'
            f"<td>{found.waits}</td><td>{share}</td>"
        ) in page
        heading = after(found.standing).capitalize()
        assert f'<th scope="rowgroup" colspan="10">{heading}</th>' in page
        if row.method == BacktestMethod.OURS:
            assert f"{heading}: {found.inside} of {found.decided} inside ({share}), " in page


def test_a_method_that_misses_the_goal_is_told_with_its_numbers(shipped_rows):
    row = shipped_rows[0]
    missed = replace(row.score, inside_share=0.6, inside=60, decided=100, waits=50)
    few = replace(missed, standing=Standing.INADEQUATE, waits=9)
    assert verdict([replace(row, score=missed), replace(row, score=few)]) == (
        "After good or better: 60 of 100 inside (60%), which misses the goal of 75 to 85%. "
        "After inadequate: 60 of 100 inside (60%), outside of 75 to 85%, but too few to tell "
        "from 80%."
    )


def test_a_new_record_is_backtested_once_and_beside_the_requests(client, monkeypatch, settings):
    settings.WORK_AHEAD = True
    begun, ended, asked = Event(), Event(), []

    def work(record):
        asked.append((record.identity, current_thread() is main_thread()))
        begun.set()
        ended.wait(120)

    monkeypatch.setattr(answers, "backtest", work)
    for path in ("/", "/councils/", "/"):
        assert client.get(path).status_code == 200
    assert begun.wait(120)
    ended.set()
    assert asked == [(current_record().identity, False)]


def test_after_a_change_the_pages_come_first(client, monkeypatch, settings):
    settings.WORK_AHEAD = True
    timers, asked = [], []

    class Held(Timer):
        """Notes how long it was to wait, and begins when the test says."""

        def start(self):
            timers.append(self)

    monkeypatch.setattr(answers, "Timer", Held)
    monkeypatch.setattr(answers, "backtest", lambda record: asked.append(record.identity))
    client.get("/")
    for number in range(2):
        RecordState.objects.update(identity=f"changed-{number}")
        assert client.get("/councils/").status_code == 200
    at_once, *later = (timer.interval for timer in timers)
    assert at_once == 0 and later == [answers.AHEAD_AFTER_SECONDS] * 2
    assert answers.AHEAD_AFTER_SECONDS > 1
    for timer in timers[1:]:
        timer.function(*timer.args)
    assert asked == [current_record().identity], "what has changed again is left"
