"""How long until something happens, counting those to whom it has not happened yet.

The Kaplan-Meier estimate with delayed entry. Each case is watched from ``entry_days`` to
``exit_days`` of its own clock, and the watching ends with the event or without it. A case still
waiting counts among those at risk for as long as it was watched, which an average of finished
cases leaves out; delayed entry lets an estimate use only what happened in a recent period.

Source of the method: E. L. Kaplan and P. Meier, "Nonparametric estimation from incomplete
observations", Journal of the American Statistical Association 53 (1958); delayed entry as in
J. P. Klein and M. L. Moeschberger, "Survival Analysis" (2003), section 4.6.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

ROUNDING = 1e-9
"""Tolerance when a survival share is set against a quantile: both come from products."""


class ObservationError(ValueError):
    """An observation that cannot have been made."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One case on its own clock, in days: watched from after entry until exit."""

    entry_days: int
    exit_days: int
    is_event: bool

    def __post_init__(self) -> None:
        if not 0 <= self.entry_days < self.exit_days:
            raise ObservationError(
                f"observation: found entry {self.entry_days} and exit {self.exit_days} days, "
                "expected 0 or more at entry and more than that at exit"
            )


@dataclass(frozen=True, slots=True)
class CurveStep:
    """A moment at which events happened: how many, among how many at risk, share left after."""

    days: int
    at_risk: int
    events: int
    share_waiting: float


@dataclass(frozen=True, slots=True)
class WaitingCurve:
    """A falling staircase: the share still waiting after so many days.

    ``cases`` and ``events`` are the number of observations and of those that ended with the
    event. Without events there are no steps and nobody is known ever to stop waiting.
    """

    steps: tuple[CurveStep, ...]
    cases: int
    events: int
    _days: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_days", tuple([step.days for step in self.steps]))

    def share_waiting(self, days: int) -> float:
        """Share (0-1) still waiting after ``days`` days; 1.0 before the first event."""
        index = bisect_right(self._days, days)
        return self.steps[index - 1].share_waiting if index else 1.0

    def days_to(self, share: float) -> int | None:
        """After how many days at most the share (0-1) is still waiting; None: not seen."""
        return next(
            (step.days for step in self.steps if step.share_waiting <= share + ROUNDING), None
        )


def kaplan_meier(observations: Iterable[Observation]) -> WaitingCurve:
    """Estimate the share still waiting from cases finished and unfinished.

    At risk at a time are the cases watched through it: entered before it and not yet gone. A
    case that leaves without the event on the day of another's event is still counted at risk.
    No observations give a curve without steps.
    """
    watched = list(observations)
    entries = sorted([observation.entry_days for observation in watched])
    exits = sorted([observation.exit_days for observation in watched])
    events = Counter([o.exit_days for o in watched if o.is_event])
    at_risk = {days: bisect_left(entries, days) - bisect_left(exits, days) for days in events}
    return _staircase(events, at_risk, cases=len(watched))


def kaplan_meier_of_counts(events: Mapping[int, int], others: Mapping[int, int]) -> WaitingCurve:
    """The same of cases that are all watched from their first day, counted by days (above 0).

    ``events``: those that ended with the event after so many days; ``others``: those watched
    so long without it. What the counts cost does not grow with the number of cases.
    """
    cases = sum(events.values()) + sum(others.values())
    left, at_risk = cases, {}
    for days in sorted({*events, *others}):
        at_risk[days] = left
        left -= events.get(days, 0) + others.get(days, 0)
    return _staircase(events, at_risk, cases=cases)


def _staircase(
    events: Mapping[int, int], at_risk: Mapping[int, int], *, cases: int
) -> WaitingCurve:
    steps: list[CurveStep] = []
    share_waiting = 1.0
    for days in sorted(events):
        share_waiting *= 1 - events[days] / at_risk[days]
        steps.append(CurveStep(days, at_risk[days], events[days], share_waiting))
    return WaitingCurve(tuple(steps), cases=cases, events=sum(events.values()))
