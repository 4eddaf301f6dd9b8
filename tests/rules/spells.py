"""Waits for the tests of estimates and windows."""

from datetime import date, timedelta

from inspections.rules.clock import Clock, Pause
from inspections.rules.estimates import Settings, Spell
from inspections.rules.outcomes import Standing

CLOCK = Clock()
COVID_PAUSE = Pause(date(2020, 3, 17), date(2021, 6, 27))
TODAY = date(2026, 1, 1)
GOOD, BELOW, INADEQUATE = Standing.GOOD_OR_BETTER, Standing.BELOW_GOOD, Standing.INADEQUATE
PAUSED_DAYS = (COVID_PAUSE.last_date - COVID_PAUSE.first_date).days + 1
PLAIN = Settings(recent_days=None, lag_days=0, min_events=1)


def spell(start: date, length: int | None = None, standing: Standing | None = GOOD) -> Spell:
    """A wait that began on ``start`` and ended after ``length`` days; reports out after 50."""
    lag = timedelta(days=50)
    ended = None if length is None else start + timedelta(days=length)
    return Spell("exampleshire", start, start + lag, standing, ended, ended and ended + lag)


def finished(*lengths: int, standing: Standing = GOOD) -> list[Spell]:
    return [spell(date(2022, 1, 1), n, standing) for n in lengths]
