"""Predictions for the tests of the backtest."""

from datetime import date, timedelta

from inspections.rules.clock import Clock
from inspections.rules.estimates import Spell
from inspections.rules.outcomes import Standing
from inspections.rules.predictions import Prediction
from tests.rules.spells import COVID_PAUSE

END = date(2026, 8, 22)
CLOCK = Clock((COVID_PAUSE,))
RESTART = date(2021, 6, 28)
FROM, TO = date(2024, 1, 1), date(2025, 1, 1)


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
