"""How long councils wait for their next full inspection, as known on a day.

What ``windows`` rests on: the share still waiting so long after the first day on site, after
each kind of outcome. Measured, no rule of Ofsted's. The choices:

* councils not yet re-inspected count as still waiting (Kaplan-Meier, see ``survival``);
* nobody knows how far a pause of inspection counted as time waited, so every wait is read in
  three ways, with the paused days left out, counted by half and counted in full, and what is
  used is the average of the three (READINGS). Where no pause touches the waits the three are one;
* only what happened in the last RECENT_DAYS counts, one cycle of the sector's "about every
  three years", because intervals have drifted; earlier waits enter late. Each reading counts
  these days in its own way, so the longest memory leaves a pause out;
* an inspection is not known before its report: nothing of the last REPORT_LAG_DAYS is used,
  neither waits nor inspections, and a council counts as waiting only up to then;
* kinds of outcome are the three that led to different inspections (see ``outcomes``); with
  fewer than MIN_EVENTS re-inspections after one of them all kinds are pooled, and said so.

``backtest`` measures, for each kind of outcome, what these choices would have been worth;
docs/adr/0006 compares them with others.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from inspections.rules.clock import Clock
from inspections.rules.outcomes import Standing
from inspections.rules.survival import ROUNDING, Observation, WaitingCurve, kaplan_meier

RECENT_DAYS = 3 * 365
REPORT_LAG_DAYS = 60
"""Measured: 46 to 58 days is the usual time from the first day on site to the report."""
MIN_EVENTS = 10
READINGS = (0.0, 0.5, 1.0)
"""Shares of the paused days that are taken as time waited, the smallest first."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Spell:
    """A council's wait from one full inspection to its next.

    ``next_*`` are None while the next has not been published; ``closed_date`` is the council's
    last day, None while it exists. ``standing``: the kind of outcome, None
    where it cannot be told.
    """

    council: str
    start_date: date
    publication_date: date
    standing: Standing | None
    next_start_date: date | None = None
    next_publication_date: date | None = None
    closed_date: date | None = None

    def known_on(self, day: date) -> bool:
        """Had the inspection that began the wait been published by ``day``?"""
        return self.publication_date <= day

    def ended_on(self, day: date) -> bool:
        """Had the inspection that ended the wait been published by ``day``?"""
        return self.next_publication_date is not None and self.next_publication_date <= day

    def is_open_on(self, day: date) -> bool:
        """Was the council, as far as published, waiting on ``day``?"""
        closed = self.closed_date is not None and self.closed_date < day
        return self.known_on(day) and not self.ended_on(day) and not closed


@dataclass(frozen=True, slots=True)
class PauseReading:
    """Waits with a share (0-1) of the paused days counted as waited, and what they show."""

    counted: float
    curve: WaitingCurve


@dataclass(frozen=True, slots=True)
class Estimate:
    """How long councils waited after one kind of outcome, as known on a day.

    ``standing`` None: all kinds pooled. What is used happened from ``memory_from_date``, the
    earliest of all readings, None without a limit, to ``seen_to_date``. ``cases`` and
    ``events``: waits of that period, and those of them that ended in an inspection.
    """

    standing: Standing | None
    as_at: date
    memory_from_date: date | None
    seen_to_date: date
    clock: Clock
    readings: tuple[PauseReading, ...]
    _staircases: dict[int, tuple[list[int], list[float]]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    @property
    def cases(self) -> int:
        return self.readings[0].curve.cases

    @property
    def events(self) -> int:
        return self.readings[0].curve.events

    def share_waiting(self, start_date: date, day: date) -> float:
        """Share (0-1) of such waits that last beyond ``day``: the average of the readings."""
        running = self.clock.days_between(start_date, day)
        paused = (day - start_date).days - running
        left = [
            reading.curve.share_waiting(running + int(reading.counted * paused))
            for reading in self.readings
        ]
        return sum(left) / len(left)

    def percentile_date(
        self, share: float, start_date: date, *, waiting_on: date | None = None
    ) -> date | None:
        """The day by which ``share`` of the waits still on at ``waiting_on`` are over.

        Without it, of all such waits. Always after ``waiting_on``. None where the cases do not
        show so many, and where none waited so long.
        """
        after = waiting_on or start_date
        left = self.share_waiting(start_date, after)
        if not self.events or left <= 0:
            return None
        goal = (1 - share) * left + ROUNDING
        if any(pause.last_date is None or pause.last_date >= after for pause in self.clock.pauses):
            return self._sought_day(goal, start_date, after)
        paused = (after - start_date).days - self.clock.days_between(start_date, after)
        days, falling = self._staircase(paused)
        place = bisect_left(falling, -goal)
        if place == len(days):
            return None
        return max(start_date + days[place] * DAY, after + DAY)

    def _sought_day(self, goal: float, start_date: date, after: date) -> date | None:
        """The first day after ``after`` on which the share is not above the goal, day by day."""
        longest = max(r.curve.steps[-1].days for r in self.readings if r.curve.steps)
        ahead = range(1, (start_date - after).days + longest + _paused_days(self.clock) + 1)
        found = bisect_left(
            ahead,
            True,
            key=lambda days: self.share_waiting(start_date, after + days * DAY) <= goal,
        )
        return after + ahead[found] * DAY if found < len(ahead) else None

    def _staircase(self, paused: int) -> tuple[list[int], list[float]]:
        """The average of the readings for waits with so many paused days behind them, and none
        ahead: the calendar days on which it falls, and what it falls to, negative to be sorted.
        """
        if paused not in self._staircases:
            shares = [1.0] * len(self.readings)
            steps = sorted(
                (step.days + paused - int(reading.counted * paused), place, step.share_waiting)
                for place, reading in enumerate(self.readings)
                for step in reading.curve.steps
            )
            fallen: dict[int, float] = {}
            for day, place, share in steps:
                shares[place] = share
                fallen[day] = -(sum(shares) / len(shares))
            self._staircases[paused] = list(fallen), list(fallen.values())
        return self._staircases[paused]


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices that make a window; the defaults are those of this module."""

    recent_days: int | None = RECENT_DAYS
    lag_days: int = REPORT_LAG_DAYS
    min_events: int = MIN_EVENTS
    is_by_outcome: bool = True
    readings: tuple[float, ...] = READINGS


DEFAULT_SETTINGS = Settings()


def estimates(
    spells: Iterable[Spell],
    *,
    as_at: date,
    clock: Clock,
    settings: Settings = DEFAULT_SETTINGS,
) -> dict[Standing | None, Estimate]:
    """The estimate for each kind of outcome, and under None that of all pooled.

    ``as_at``: the day to which the record is complete, or an earlier one. Uses only what had
    been published by then; waits still open are followed to REPORT_LAG_DAYS before it. A kind
    of outcome with too few re-inspections has the pooled estimate.
    """
    clock = clock.known_on(as_at)
    seen_to_date = as_at - timedelta(days=settings.lag_days)
    memory_from_date = (
        None
        if settings.recent_days is None
        else _days_before(seen_to_date, settings.recent_days, clock, settings.readings[0])
    )

    seen_reading = clock.reading_on(seen_to_date)
    seen = [
        (spell.standing, _observed(spell, as_at, seen_to_date, seen_reading, clock, settings))
        for spell in spells
        if spell.known_on(as_at)
    ]

    def estimate(standing: Standing | None, among: Sequence[Seen]) -> Estimate:
        readings = [
            PauseReading(counted, kaplan_meier([row for own in among if (row := own[place])]))
            for place, counted in enumerate(settings.readings)
        ]
        return Estimate(
            standing, as_at, memory_from_date, seen_to_date, clock, tuple(readings)
        )  # fmt: skip

    everyone = estimate(None, [observed for _, observed in seen])
    found: dict[Standing | None, Estimate] = {None: everyone}
    for standing in Standing:
        own = estimate(standing, [observed for kind, observed in seen if kind is standing])
        enough = settings.is_by_outcome and own.events >= settings.min_events
        found[standing] = own if enough else everyone
    return found


Seen = Sequence[Observation | None]
"""What was seen of one wait in each reading; None where nothing of it is used."""


def _observed(
    spell: Spell,
    as_at: date,
    seen_to_date: date,
    seen_reading: int,
    clock: Clock,
    settings: Settings,
) -> Seen:
    """What was seen of a wait by the end of what is used, in days of each reading."""
    start_date, end_date = spell.start_date, seen_to_date
    following = spell.next_start_date if spell.ended_on(as_at) else None
    for day in (spell.closed_date, following):
        if day is not None and day < end_date:
            end_date = day
    began = clock.reading_on(start_date)
    running = clock.reading_on(end_date) - began
    paused = (end_date - start_date).days - running
    seen_running = seen_reading - began
    seen_paused = (seen_to_date - start_date).days - seen_running
    found: list[Observation | None] = []
    for counted in settings.readings:
        entry_days = 0
        if settings.recent_days is not None:
            entry_days = max(0, seen_running + int(counted * seen_paused) - settings.recent_days)
        exit_days = running + int(counted * paused)
        is_used = exit_days > entry_days
        found.append(Observation(entry_days, exit_days, end_date == following) if is_used else None)
    return found


def _waited(clock: Clock, first: date, last: date, counted: float) -> int:
    """Days from ``first`` to ``last``, of the paused ones only the share ``counted``."""
    running = clock.days_between(first, last)
    return running + int(counted * ((last - first).days - running))


def _days_before(last: date, days: int, clock: Clock, counted: float) -> date:
    """The latest day from which so many days of a reading lie up to ``last``."""
    spans = range(days, days + _paused_days(clock) + 1)
    found = bisect_left(
        spans, days, key=lambda span: _waited(clock, last - span * DAY, last, counted)
    )
    return last - spans[found] * DAY


def _paused_days(clock: Clock) -> int:
    """Days of all pauses; one that goes on counts to its first day only."""
    return sum(
        ((pause.last_date or pause.first_date) - pause.first_date).days + 1
        for pause in clock.pauses
    )
