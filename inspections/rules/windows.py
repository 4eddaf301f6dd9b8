"""When a council's next full inspection may begin: history, not a schedule.

For a council that has waited some time since its last full inspection the window runs from the
10th to the 90th percentile of what councils waited from first day on site to first day on site
after the same kind of outcome, given the time it has waited already. Measured, no rule of
Ofsted's. The choices, fixed before they were tested:

* councils not yet re-inspected count as still waiting (Kaplan-Meier, see ``survival``);
* only what happened in the last RECENT_DAYS counts, one cycle of the sector's "about every
  three years", because intervals have drifted; earlier waits enter late;
* the clock stands still in a pause of inspection (see ``clock``);
* an inspection is not known before its report: nothing of the last REPORT_LAG_DAYS is used,
  neither waits nor inspections, and a council counts as waiting only up to then. Its window can
  therefore begin before today: the inspection may be on already;
* kinds of outcome are the three that led to different inspections (see ``outcomes``); with
  fewer than MIN_EVENTS re-inspections after one of them all kinds are pooled, and said so.

``backtest`` measures what these choices would have been worth in the past.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from inspections.rules.clock import Clock
from inspections.rules.outcomes import Standing
from inspections.rules.survival import ROUNDING, Observation, SurvivalCurve, kaplan_meier

RECENT_DAYS = 3 * 365
REPORT_LAG_DAYS = 60
"""Measured: 46 to 58 days is the usual time from the first day on site to the report."""
MIN_EVENTS = 10
EARLIEST, LIKELIEST, LATEST = 0.1, 0.5, 0.9


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
class Estimate:
    """How long councils waited after one kind of outcome, as known on a day.

    ``standing`` None: all kinds pooled. ``seen_to_date``: the last day used.
    """

    standing: Standing | None
    as_at: date
    seen_to_date: date
    curve: SurvivalCurve


class WindowStatus(StrEnum):
    """What can be said of a council's wait."""

    ESTIMATED = "estimated"
    PAST = "past"
    """Longer than 90% of cases: the 90th percentile as seen from the start of the wait."""
    BEYOND = "beyond"
    """Longer than every case."""
    UNKNOWN = "unknown"
    """No re-inspection has been seen: no window."""


@dataclass(frozen=True, slots=True)
class Window:
    """The window of a council's next full inspection.

    Dates are None where the cases do not show them: ``latest_date`` for an open end, all three
    for the state unknown. For the states past and beyond they are the window as it was when
    the wait began, which is over. ``waited_days`` are calendar days from the first
    day on site to ``as_at``. ``share_waiting`` (0-1): of all cases, those that waited longer.
    ``cases`` and ``events``: waits used, and those of them that ended in an inspection.
    """

    status: WindowStatus
    earliest_date: date | None
    likeliest_date: date | None
    latest_date: date | None
    waited_days: int
    share_waiting: float
    standing: Standing | None
    is_pooled: bool
    cases: int
    events: int


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices that make a window; the defaults are those of this module."""

    recent_days: int | None = RECENT_DAYS
    lag_days: int = REPORT_LAG_DAYS
    min_events: int = MIN_EVENTS
    is_by_outcome: bool = True


DEFAULT_SETTINGS = Settings()


def estimates(
    spells: Iterable[Spell],
    *,
    as_at: date,
    clock: Clock,
    settings: Settings = DEFAULT_SETTINGS,
) -> dict[Standing | None, Estimate]:
    """The estimate for each kind of outcome, and under None that of all pooled.

    Uses only what had been published by ``as_at``. A kind of outcome with too few
    re-inspections has the pooled estimate.
    """
    clock = clock.known_on(as_at)
    seen_to_date = as_at - timedelta(days=settings.lag_days)
    by_standing: dict[Standing, list[Observation]] = {standing: [] for standing in Standing}
    pooled: list[Observation] = []
    for spell in spells:
        observation = _observe(spell, as_at, seen_to_date, clock, settings.recent_days)
        if observation is not None:
            pooled.append(observation)
            if spell.standing is not None:
                by_standing[spell.standing].append(observation)
    everyone = Estimate(None, as_at, seen_to_date, kaplan_meier(pooled))
    found: dict[Standing | None, Estimate] = {None: everyone}
    for standing, observations in by_standing.items():
        curve = kaplan_meier(observations)
        enough = settings.is_by_outcome and curve.events >= settings.min_events
        found[standing] = Estimate(standing, as_at, seen_to_date, curve) if enough else everyone
    return found


def _observe(
    spell: Spell, as_at: date, seen_to_date: date, clock: Clock, recent_days: int | None
) -> Observation | None:
    """What was seen of a wait by ``seen_to_date``; None if nothing of it was."""
    if not spell.known_on(as_at) or spell.start_date >= seen_to_date:
        return None
    ends = [seen_to_date]
    if spell.closed_date is not None:
        ends.append(spell.closed_date)
    if spell.ended_on(as_at) and spell.next_start_date is not None:
        ends.append(spell.next_start_date)
    end_date = min(ends)
    is_event = spell.ended_on(as_at) and end_date == spell.next_start_date
    entry_days = 0
    if recent_days is not None:
        entry_days = max(0, clock.days_between(spell.start_date, seen_to_date) - recent_days)
    exit_days = clock.days_between(spell.start_date, end_date)
    if exit_days <= entry_days:
        return None
    return Observation(entry_days, exit_days, is_event)


def waited_days(spell: Spell, estimate: Estimate, clock: Clock) -> int:
    """Days on the clock that the council had waited when the estimate's view ends; 0 or more."""
    return max(0, clock.days_between(spell.start_date, estimate.seen_to_date))


def percentile_date(share: float, spell: Spell, estimate: Estimate, clock: Clock) -> date | None:
    """The day by which ``share`` of such waits are over, given the wait so far; None if open."""
    waited = waited_days(spell, estimate, clock)
    days = estimate.curve.quantile(share, waited_days=waited)
    return None if days is None else clock.date_after(spell.start_date, days)


def window(spell: Spell, *, known: Mapping[Standing | None, Estimate], clock: Clock) -> Window:
    """The window of the inspection that ends an open wait, by the estimates ``known``.

    The wait is taken as it stood on the estimates' ``seen_to_date``; the clock as it was known
    on their ``as_at``.
    """
    estimate = known[spell.standing]
    clock = clock.known_on(estimate.as_at)
    curve = estimate.curve
    share_waiting = curve.share_waiting(waited_days(spell, estimate, clock))
    if not curve.events:
        status = WindowStatus.UNKNOWN
    elif share_waiting <= 0:
        status = WindowStatus.BEYOND
    elif share_waiting <= 1 - LATEST + ROUNDING:
        status = WindowStatus.PAST
    else:
        status = WindowStatus.ESTIMATED
    if status in {WindowStatus.PAST, WindowStatus.BEYOND}:
        found = [curve.quantile(share) for share in (EARLIEST, LIKELIEST, LATEST)]
        dates = [
            None if days is None else clock.date_after(spell.start_date, days) for days in found
        ]
    else:
        dates = [
            percentile_date(share, spell, estimate, clock)
            for share in (EARLIEST, LIKELIEST, LATEST)
        ]
    return Window(
        status=status,
        earliest_date=dates[0],
        likeliest_date=dates[1],
        latest_date=dates[2],
        waited_days=(estimate.as_at - spell.start_date).days,
        share_waiting=share_waiting,
        standing=spell.standing,
        is_pooled=estimate.standing is None,
        cases=curve.cases,
        events=curve.events,
    )
