"""What would the windows have been worth in the past?"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from inspections.models import BacktestScore, InspectionPause, Wait
from inspections.models.wait import known_to, pause_clock
from inspections.rules.backtest import (
    Method,
    Origin,
    Score,
    at_publication,
    our_windows,
    plain_distribution,
    score,
    sector_rule,
    while_waiting,
)
from inspections.rules.clock import Clock
from inspections.rules.waits import WaitRow
from inspections.rules.windows import Spell
from inspections.vocabulary import BacktestMethod, BacktestQuestion

FIRST_ILACS = date(2018, 1, 1)
"""The first day on which the questions before the pause are asked: when ILACS began."""


@dataclass(frozen=True, slots=True)
class BacktestRow:
    """A score with the question and method it belongs to, in the order of the table."""

    question: BacktestQuestion
    method: BacktestMethod
    score: Score


@dataclass(frozen=True, slots=True)
class KeptBacktest:
    """The latest run: when, on a record complete to which day, and its rows."""

    made_at: datetime
    known_to_date: date
    rows: tuple[BacktestRow, ...]


def wait_rows_now() -> list[WaitRow]:
    """Every kept wait without its window, in one query."""
    names = WaitRow.__slots__
    return [WaitRow(*values) for values in Wait.objects.order_by().values_list(*names)]


def run_backtest() -> tuple[date | None, list[BacktestRow]]:
    """The record's last day and every score; no rows for a record without inspections.

    The first question starts after the last pause on record, the third ends when that pause
    began; without a pause the first covers everything since ILACS began and the third nothing.
    """
    record_end = known_to()
    spells = [spell for row in wait_rows_now() if (spell := row.spell()) is not None]
    if record_end is None or not spells:
        return record_end, []
    clock = pause_clock()
    return record_end, [
        BacktestRow(
            question,
            name,
            score(name.label, method(spells, origins, record_end), record_end=record_end),
        )
        for question, origins, methods in _questions(spells, clock, record_end)
        for name, method in methods
        if origins
    ]


def _questions(
    spells: list[Spell], clock: Clock, record_end: date
) -> list[tuple[BacktestQuestion, list[Origin], list[tuple[BacktestMethod, Method]]]]:
    ours = (BacktestMethod.OURS, our_windows(clock))
    hindsight = (BacktestMethod.HINDSIGHT, our_windows(clock, clock_of_result=clock))
    yardsticks = [
        (BacktestMethod.SECTOR, sector_rule),
        (BacktestMethod.PLAIN, plain_distribution),
    ]
    pause = (
        InspectionPause.objects.filter(last_date__isnull=False)
        .order_by("-last_date")
        .values_list("first_date", "last_date")
        .first()
    )
    restart = pause[1] + timedelta(days=1) if pause else FIRST_ILACS
    half_years = [
        date(year, month, 1)
        for year in range(restart.year, record_end.year + 1)
        for month in (1, 7)
        if restart <= date(year, month, 1) <= record_end
    ]
    before = (
        at_publication(spells, first=FIRST_ILACS, last=pause[0] - timedelta(days=1))
        if pause
        else []
    )
    return [
        (
            BacktestQuestion.PUBLISHED,
            at_publication(spells, first=restart, last=record_end),
            [ours, *yardsticks],
        ),
        (BacktestQuestion.WAITING, while_waiting(spells, half_years), [ours, *yardsticks]),
        (BacktestQuestion.BEFORE, before, [ours, hindsight, *yardsticks]),
    ]


def kept_backtest() -> KeptBacktest | None:
    """The latest run that was kept; None before the first. One query."""
    rows = list(BacktestScore.objects.all())
    if not rows:
        return None
    return KeptBacktest(
        made_at=rows[0].made_at,
        known_to_date=rows[0].known_to_date,
        rows=tuple(
            BacktestRow(
                BacktestQuestion(row.question),
                BacktestMethod(row.method),
                Score(
                    name=BacktestMethod.label_of(row.method),
                    decided=row.decided,
                    inside=row.inside,
                    early=row.early,
                    late=row.late,
                    open=row.undecided,
                    none=row.without_window,
                    inside_share=row.inside_share,
                    inside_share_with_open=row.inside_share_with_open,
                    median_width_days=row.median_width_days,
                ),
            )
            for row in rows
        ),
    )
