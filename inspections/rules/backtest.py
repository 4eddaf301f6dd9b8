"""What the windows would have been worth: predictions of the past against what happened.

A prediction is made for a wait on a day with only what had been published by then; a pause
that had not begun is not known. It is *inside* if the next full inspection began within the
window, *early* or *late* if before or after it. Where the inspection has not come by the end of
the record it is late once the window is over and otherwise *open*: not decided. Leaving the
open ones out can flatter or harm a method, so the share inside is given twice: of the decided,
and with the open ones counted as cases still waiting (Kaplan-Meier on the place of the real
date in the predicted distribution). An inspection that began in the record's last two months
may not be published yet, so a wait is followed only up to then.

Two yardsticks: the sector's rule, six months either side of three years; and the plain
distribution, the 10th to 90th percentile of all finished intervals known on the day, without
regard to outcome, pause, recency or those still waiting.
"""

import calendar
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import median

from inspections.rules.clock import Clock
from inspections.rules.survival import ROUNDING, Observation, kaplan_meier
from inspections.rules.windows import (
    DEFAULT_SETTINGS,
    EARLIEST,
    LATEST,
    REPORT_LAG_DAYS,
    Estimate,
    Settings,
    Spell,
    estimates,
    percentile_date,
    waited_days,
)

SECTOR_RULE_MONTHS = (30, 42)
SCALE = 1_000_000
"""Places in a distribution (0-1) are counted in millionths, as the estimate takes whole days."""


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
            is_over = self.latest_date is not None and self.latest_date < _followed_to(record_end)
            return Hit.LATE if is_over else Hit.OPEN
        real = self.spell.next_start_date
        if self.earliest_date is not None and real < self.earliest_date:
            return Hit.EARLY
        if self.latest_date is not None and real > self.latest_date:
            return Hit.LATE
        return Hit.INSIDE


@dataclass(frozen=True, slots=True)
class Score:
    """How a method did. Shares are 0-1; None where nothing can be said.

    ``inside_share``: of the decided predictions. ``inside_share_with_open``: with the open ones
    as cases still waiting. ``median_width_days``: of all windows given, an open end counted as
    wider than any other; None if the median window is open.
    """

    name: str
    decided: int
    inside: int
    early: int
    late: int
    open: int
    none: int
    inside_share: float | None
    inside_share_with_open: float | None
    median_width_days: int | None


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
        known: dict[date, dict] = {}
        for spell, day in origins:
            if day not in known:
                known[day] = estimates(spells, as_at=day, clock=clock, settings=settings)
            dated = clock_of_result or clock.known_on(day)
            yield _predict(spell, day, known[day][spell.standing], dated, record_end)

    return predict


def _predict(
    spell: Spell, day: date, estimate: Estimate, clock: Clock, record_end: date
) -> Prediction:
    curve = estimate.curve
    place = None
    left = curve.share_waiting(waited_days(spell, estimate, clock))
    if left > 0 and curve.events:
        end = spell.next_start_date if spell.ended_on(record_end) else None
        reached = clock.days_between(spell.start_date, end or _followed_to(record_end))
        place = 1 - min(1.0, curve.share_waiting(reached) / left)
    return Prediction(
        spell,
        day,
        percentile_date(EARLIEST, spell, estimate, clock),
        percentile_date(LATEST, spell, estimate, clock),
        place,
    )


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
    for spell, day in origins:
        finished = sorted(
            (other.next_start_date - other.start_date).days
            for other in spells
            if other.ended_on(day) and other.next_start_date is not None
        )
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


def score(name: str, predictions: Iterable[Prediction], *, record_end: date) -> Score:
    """Sum up the predictions of one method."""
    made = list(predictions)
    hits = Counter(prediction.hit(record_end) for prediction in made)
    decided = hits[Hit.INSIDE] + hits[Hit.EARLY] + hits[Hit.LATE]
    return Score(
        name=name,
        decided=decided,
        inside=hits[Hit.INSIDE],
        early=hits[Hit.EARLY],
        late=hits[Hit.LATE],
        open=hits[Hit.OPEN],
        none=hits[Hit.NONE],
        inside_share=hits[Hit.INSIDE] / decided if decided else None,
        inside_share_with_open=_share_with_open(made, record_end),
        median_width_days=_median_width(made),
    )


def _share_with_open(made: Sequence[Prediction], record_end: date) -> float | None:
    """Share of real dates between the two percentiles, the undecided counted as waiting.

    None where no case was followed as far as the 90th percentile: the rest is not known.
    """
    observations = [
        Observation(0, max(1, round(made_one.place * SCALE)), made_one.spell.ended_on(record_end))
        for made_one in made
        if made_one.place is not None
    ]
    if not observations:
        return None
    curve = kaplan_meier(observations)
    from_day = round((EARLIEST - ROUNDING) * SCALE) - 1
    to_day = round((LATEST + ROUNDING) * SCALE)
    if max(o.exit_days for o in observations) <= to_day and curve.share_waiting(to_day) > 0:
        return None
    return curve.share_waiting(from_day) - curve.share_waiting(to_day)


def _median_width(made: Iterable[Prediction]) -> int | None:
    open_end = timedelta.max.days
    widths = [
        (prediction.latest_date - prediction.earliest_date).days
        if prediction.earliest_date and prediction.latest_date
        else open_end
        for prediction in made
        if prediction.earliest_date or prediction.latest_date
    ]
    if not widths:
        return None
    found = round(median(widths))
    return None if found > open_end // 2 else found


def _followed_to(record_end: date) -> date:
    """The last day up to which a wait without a published inspection was surely a wait."""
    return record_end - timedelta(days=REPORT_LAG_DAYS)


def _months_after(day: date, months: int) -> date:
    """The same day of the month so many months on, or the month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
