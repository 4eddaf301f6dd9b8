"""Windows given on days of the past, and where the real date fell.

A prediction is made for a wait on a day with only what had been published by then; a pause
that had not begun is not known. It is *inside* if the next full inspection began within the
window, *early* or *late* if before or after it. Where the inspection has not come by the end of
the record it is late once the window is over and otherwise *open*: not decided. An inspection
that began in the record's last two months may not be published yet, so a wait is followed only
up to then.

Two yardsticks: the sector's rule, six months either side of three years; and the plain
distribution, the 10th to 90th percentile of all finished intervals known on the day, without
regard to outcome, pause, recency or those still waiting.
"""

import calendar
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from inspections.rules.clock import Clock
from inspections.rules.estimates import (
    DEFAULT_SETTINGS,
    REPORT_LAG_DAYS,
    Estimate,
    Settings,
    Spell,
    estimates,
)
from inspections.rules.outcomes import Standing
from inspections.rules.windows import EARLIEST, LATEST

SECTOR_RULE_MONTHS = (30, 42)


class Hit(StrEnum):
    """Where the real date fell."""

    INSIDE = "inside"
    EARLY = "early"
    LATE = "late"
    OPEN = "open"
    NONE = "none"
    """No window could be given."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """A window given for a wait on a day.

    Both dates None: no window could be given; ``latest_date`` alone None: an open end.
    ``place`` is where the real date (or, for a wait not over, the day it was followed to) lies in
    the predicted distribution, 0-1; None for a method without one.
    """

    spell: Spell
    origin_date: date
    earliest_date: date | None
    latest_date: date | None
    place: float | None = None

    def hit(self, record_end: date) -> Hit:
        """Where the real date fell, as known on the record's last day."""
        if self.earliest_date is None and self.latest_date is None:
            return Hit.NONE
        if not self.spell.ended_on(record_end) or self.spell.next_start_date is None:
            is_over = self.latest_date is not None and self.latest_date < followed_to(record_end)
            return Hit.LATE if is_over else Hit.OPEN
        real = self.spell.next_start_date
        if self.earliest_date is not None and real < self.earliest_date:
            return Hit.EARLY
        if self.latest_date is not None and real > self.latest_date:
            return Hit.LATE
        return Hit.INSIDE


Origin = tuple[Spell, date]
Method = Callable[[Sequence[Spell], Sequence[Origin], date], Iterator[Prediction]]


def at_publication(spells: Iterable[Spell], *, first: date, last: date) -> list[Origin]:
    """Each wait on the day its opening inspection was published, if that is in the years."""
    return [(s, s.publication_date) for s in spells if first <= s.publication_date <= last]


def while_waiting(spells: Iterable[Spell], days: Iterable[date]) -> list[Origin]:
    """Each wait on each of the days on which, as far as published, it was not over."""
    listed = list(days)
    return [(spell, day) for spell in spells for day in listed if spell.is_open_on(day)]


def our_windows(
    clock: Clock, *, settings: Settings = DEFAULT_SETTINGS, clock_of_result: Clock | None = None
) -> Method:
    """The windows of ``windows``.

    ``clock_of_result``: a clock that knows pauses the prediction could not know, to see what
    the same windows are worth once a pause has been put into the dates; None for the honest
    test.
    """

    def predict(
        spells: Sequence[Spell], origins: Sequence[Origin], record_end: date
    ) -> Iterator[Prediction]:
        known: dict[date, dict[Standing | None, Estimate]] = {}
        for spell, day in origins:
            if day not in known:
                known[day] = estimates(spells, as_at=day, clock=clock, settings=settings)
            estimate = known[day][spell.standing]
            if clock_of_result is not None:
                estimate = replace(estimate, clock=clock_of_result)
            yield _predict(spell, estimate, record_end)

    return predict


def _predict(spell: Spell, estimate: Estimate, record_end: date) -> Prediction:
    start_date, seen_to_date = spell.start_date, estimate.seen_to_date
    place = None
    left = estimate.share_waiting(start_date, max(start_date, seen_to_date))
    if left > 0 and estimate.events:
        end = spell.next_start_date if spell.ended_on(record_end) else None
        reached = end or followed_to(record_end)
        place = 1 - min(1.0, estimate.share_waiting(start_date, reached) / left)
    earliest, latest = (
        estimate.percentile_date(share, start_date, waiting_on=seen_to_date)
        for share in (EARLIEST, LATEST)
    )
    return Prediction(spell, estimate.as_at, earliest, latest, place)


def sector_rule(
    spells: Sequence[Spell], origins: Sequence[Origin], record_end: date
) -> Iterator[Prediction]:
    """Thirty to forty-two months after the first day on site."""
    earliest, latest = SECTOR_RULE_MONTHS
    for spell, day in origins:
        yield Prediction(
            spell, day, _months_after(spell.start_date, earliest),
            _months_after(spell.start_date, latest),
        )  # fmt: skip


def plain_distribution(
    spells: Sequence[Spell], origins: Sequence[Origin], record_end: date
) -> Iterator[Prediction]:
    """The 10th to 90th percentile of all intervals finished and published by the day."""
    known: dict[date, list[int]] = {}
    for spell, day in origins:
        if day not in known:
            known[day] = sorted(
                (other.next_start_date - other.start_date).days
                for other in spells
                if other.ended_on(day) and other.next_start_date is not None
            )
        finished = known[day]
        if not finished:
            yield Prediction(spell, day, None, None)
            continue
        yield Prediction(
            spell,
            day,
            spell.start_date + timedelta(days=finished[int(EARLIEST * len(finished))]),
            spell.start_date
            + timedelta(days=finished[min(len(finished) - 1, int(LATEST * len(finished)))]),
        )


def followed_to(record_end: date) -> date:
    """The last day up to which a wait without a published inspection was surely a wait."""
    return record_end - timedelta(days=REPORT_LAG_DAYS)


def _months_after(day: date, months: int) -> date:
    """The same day of the month so many months on, or the month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
