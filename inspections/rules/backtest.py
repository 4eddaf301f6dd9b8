"""What the windows would have been worth: predictions of the past against what happened.

Told for each kind of outcome and never in all (see ``predictions`` for what is inside, early,
late and open). Leaving the open ones out can flatter or harm a method, so the share inside is
given twice: of the decided, and with the open ones counted as cases still waiting (Kaplan-Meier
on the place of the real date in the predicted distribution).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import comb
from statistics import median

from inspections.rules.clock import Clock
from inspections.rules.estimates import Spell
from inspections.rules.outcomes import Standing
from inspections.rules.predictions import (
    Hit,
    Method,
    Origin,
    Prediction,
    at_publication,
    our_windows,
    plain_distribution,
    sector_rule,
    while_waiting,
)
from inspections.rules.survival import ROUNDING, Observation, kaplan_meier
from inspections.rules.windows import EARLIEST, LATEST
from inspections.vocabulary import BacktestMethod, BacktestQuestion

FIRST_ILACS = date(2018, 1, 1)
"""The first day on which the question before the pause is asked: when ILACS began."""
GOAL = (0.75, 0.85)
NOMINAL = LATEST - EARLIEST
DOUBT = 0.05
"""A result as far from the nominal share as chance alone brings so often, proves nothing."""
DECIDED = {Hit.INSIDE, Hit.EARLY, Hit.LATE}
SCALE = 1_000_000
"""Places in a distribution (0-1) are counted in millionths, as the estimate takes whole days."""


class Calibration(StrEnum):
    """Whether the windows held, as far as the number of waits can tell."""

    REACHED = "reached"
    """The share inside lies within the goal."""
    TOO_FEW = "too_few"
    """Outside of the goal, but so few waits could fall so by chance were the share 80%."""
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Score:
    """How a method did after one kind of outcome, None where that cannot be told.

    Shares are 0-1; None where nothing can be said. ``waits``: the different waits among the
    decided predictions, as one wait may be asked about on several days. ``inside_share``: of
    the decided predictions. ``inside_share_with_open``: with the open ones as cases still
    waiting. ``median_width_days``: of all windows given, an open end counted as wider than any
    other; None if the median window is open.
    """

    standing: Standing | None
    decided: int
    waits: int
    inside: int
    early: int
    late: int
    open: int
    none: int
    inside_share: float | None
    inside_share_with_open: float | None
    median_width_days: int | None

    @property
    def calibration(self) -> Calibration:
        """By the share inside and the number of different waits, as predictions of one agree.

        The test is the exact binomial one, two-sided: each side may have half of DOUBT.
        """
        if self.inside_share is None:
            return Calibration.TOO_FEW
        if GOAL[0] <= self.inside_share <= GOAL[1]:
            return Calibration.REACHED
        inside = round(self.inside_share * self.waits)
        so_few = sum(_chance(n, self.waits) for n in range(inside + 1))
        so_many = sum(_chance(n, self.waits) for n in range(inside, self.waits + 1))
        is_chance = min(so_few, so_many) > DOUBT / 2
        return Calibration.TOO_FEW if is_chance else Calibration.MISSED


def _chance(inside: int, waits: int) -> float:
    """The chance (0-1) of so many inside where each is with the nominal share."""
    return comb(waits, inside) * NOMINAL**inside * (1 - NOMINAL) ** (waits - inside)


@dataclass(frozen=True, slots=True)
class BacktestRow:
    """A score with the question and method it belongs to."""

    question: BacktestQuestion
    method: BacktestMethod
    score: Score


def backtest(spells: Sequence[Spell], *, clock: Clock, record_end: date) -> list[BacktestRow]:
    """Every score, by question, then kind of outcome, then method; none without a wait.

    ``record_end``: the day to which the record is complete. The first question starts after
    the last pause on record, the third ends when that pause began; without a pause the first
    covers everything since ILACS began and the third nothing.
    """
    found = [
        BacktestRow(question, name, score)
        for question, origins, methods in _questions(spells, clock, record_end)
        for name, method in methods
        for score in scores(method(spells, origins, record_end), record_end=record_end)
    ]
    kinds = (*Standing, None)
    questions = list(BacktestQuestion)
    return sorted(
        found, key=lambda row: (questions.index(row.question), kinds.index(row.score.standing))
    )


def _questions(
    spells: Sequence[Spell], clock: Clock, record_end: date
) -> Iterator[tuple[BacktestQuestion, list[Origin], list[tuple[BacktestMethod, Method]]]]:
    ours = (BacktestMethod.OURS, our_windows(clock))
    hindsight = (BacktestMethod.HINDSIGHT, our_windows(clock, clock_of_result=clock))
    yardsticks = [
        (BacktestMethod.SECTOR, sector_rule),
        (BacktestMethod.PLAIN, plain_distribution),
    ]
    ended = [(row.last_date, row.first_date) for row in clock.pauses if row.last_date]
    pause_end, pause_start = max(ended, default=(None, None))
    restart = pause_end + timedelta(days=1) if pause_end else FIRST_ILACS
    yield (
        BacktestQuestion.PUBLISHED,
        at_publication(spells, first=restart, last=record_end),
        [ours, *yardsticks],
    )
    half_years = [
        date(year, month, 1)
        for year in range(restart.year, record_end.year + 1)
        for month in (1, 7)
        if restart <= date(year, month, 1) <= record_end
    ]
    yield BacktestQuestion.WAITING, while_waiting(spells, half_years), [ours, *yardsticks]
    if pause_start:
        before = at_publication(spells, first=FIRST_ILACS, last=pause_start - timedelta(days=1))
        yield BacktestQuestion.BEFORE, before, [ours, hindsight, *yardsticks]


def scores(predictions: Iterable[Prediction], *, record_end: date) -> list[Score]:
    """How one method did after each kind of outcome that was asked about; never in all.

    A total would hide that a method which does well after most outcomes fails after one.
    """
    by_standing: dict[Standing | None, list[Prediction]] = defaultdict(list)
    for prediction in predictions:
        by_standing[prediction.spell.standing].append(prediction)
    return [
        _score(standing, by_standing[standing], record_end)
        for standing in (*Standing, None)
        if standing in by_standing
    ]


def _score(standing: Standing | None, made: Sequence[Prediction], record_end: date) -> Score:
    hits = Counter(prediction.hit(record_end) for prediction in made)
    decided = hits[Hit.INSIDE] + hits[Hit.EARLY] + hits[Hit.LATE]
    return Score(
        standing=standing,
        decided=decided,
        waits=len({p.spell for p in made if p.hit(record_end) in DECIDED}),
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
