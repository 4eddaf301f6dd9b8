"""What would the windows have been worth in the past?"""

from datetime import date
from functools import lru_cache

from inspections.questions.waits import waits
from inspections.record import Record
from inspections.rules import backtest as rule
from inspections.rules.backtest import BacktestRow
from inspections.rules.clock import Clock
from inspections.rules.estimates import Spell


def backtest(record: Record) -> tuple[BacktestRow, ...]:
    """Every score on the record as it is; none for a record without inspections.

    Some seconds of work, so that it is kept for as long as no wait changes, whatever else does.
    """
    end = record.known_to
    spells = tuple(spell for row in waits(record, date.max) if (spell := row.spell()) is not None)
    return _run(spells, record.clock, end) if end is not None and spells else ()


@lru_cache(maxsize=2)
def _run(spells: tuple[Spell, ...], clock: Clock, end: date) -> tuple[BacktestRow, ...]:
    return tuple(rule.backtest(spells, clock=clock, record_end=end))
