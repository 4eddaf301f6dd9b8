"""What would the windows have been worth in the past?"""

from datetime import date
from functools import lru_cache
from threading import Lock

from inspections.questions.waits import waits
from inspections.record import Record
from inspections.rules import backtest as rule
from inspections.rules.backtest import BacktestRow
from inspections.rules.clock import Clock
from inspections.rules.estimates import Spell

_turn = Lock()


def backtest(record: Record) -> tuple[BacktestRow, ...]:
    """Every score on the record as it is; none for a record without inspections.

    A second of work, so that it is kept for as long as no wait changes, whatever else does.
    Who asks while it is worked out waits for that answer.
    """
    end = record.known_to
    spells = tuple(spell for row in waits(record, date.max) if (spell := row.spell()) is not None)
    if end is None or not spells:
        return ()
    with _turn:
        return _run(spells, record.clock, end)


@lru_cache(maxsize=2)
def _run(spells: tuple[Spell, ...], clock: Clock, end: date) -> tuple[BacktestRow, ...]:
    return tuple(rule.backtest(spells, clock=clock, record_end=end))
