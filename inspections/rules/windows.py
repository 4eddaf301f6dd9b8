"""When a council's next full inspection may begin: history, not a schedule.

For a council that has waited some time since its last full inspection the window runs from the
10th to the 90th percentile of what councils waited from first day on site to first day on site
after the same kind of outcome, given the time it has waited already; its middle is the median.
How such waits are estimated, and with which choices, is told in ``estimates``.

One clock: the council is known to have waited to the last day that the estimate uses, some two
months before ``as_at``, so a window can begin before ``as_at``: the inspection may be on
already. What is *said* of a window (ahead, begun, over) is said for ``as_at``, the day by which
the record is read, and for no other. A window is over once its last day lies before that day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inspections.rules.estimates import DAY, Estimate, Spell
from inspections.rules.outcomes import Standing
from inspections.rules.survival import ROUNDING

EARLIEST, MEDIAN, LATEST = 0.1, 0.5, 0.9


class WindowStatus(StrEnum):
    """What can be said of a council's wait on the day of the estimate."""

    ESTIMATED = "estimated"
    PAST = "past"
    """Longer than 90% of cases: the window as seen from the start of the wait is over."""
    BEYOND = "beyond"
    """Longer than every case."""
    UNKNOWN = "unknown"
    """No re-inspection has been seen: no window."""


@dataclass(frozen=True, slots=True)
class Window:
    """The window of a council's next full inspection, told for the day ``as_at``.

    The empty one, without a status, is no window: the first day on site is not known.
    ``median_date``: half of such waits are over by then; it is no most likely day. Dates are
    None where the cases do not show them: ``latest_date`` for an open end, all three for the
    state unknown. For the states past and beyond they are the window as it was when the wait
    began, which ended before ``as_at``; an estimated window ends on ``as_at`` or later.
    ``share_waiting`` (0-1): of all cases, those not over before ``as_at``. The cases are waits
    after the same kind of outcome or, with ``is_pooled``, after any.
    ``cases`` and ``events``: waits used, seen from ``memory_from_date`` (None: no limit) to
    ``seen_to_date``, and those of them that ended in an inspection.
    """

    status: str = ""  # of WindowStatus
    earliest_date: date | None = None
    median_date: date | None = None
    latest_date: date | None = None
    share_waiting: float | None = None
    is_pooled: bool = False
    cases: int = 0
    events: int = 0
    memory_from_date: date | None = None
    seen_to_date: date | None = None
    as_at: date | None = None

    @property
    def has_begun(self) -> bool:
        """Was the window on, on the day that it is told for? False before it and once over."""
        return (
            self.status == WindowStatus.ESTIMATED
            and self.earliest_date is not None
            and self.as_at is not None
            and self.earliest_date <= self.as_at
        )

    def has_ended_unseen(self, day: date) -> bool:
        """Has an estimated window ended before ``day``, in days that the record does not reach?

        Then it is neither past nor held: whether an inspection took place is not known.
        """
        return (
            self.status == WindowStatus.ESTIMATED
            and self.latest_date is not None
            and self.latest_date < day
        )


def window(spell: Spell, *, known: Mapping[Standing | None, Estimate]) -> Window:
    """The window of the inspection that ends an open wait, by the estimates ``known``.

    The council is taken to have waited up to their ``seen_to_date``; the state is told for
    their ``as_at``, that is, for a council that has not been inspected before that day.
    """
    estimate = known[spell.standing]
    eve = estimate.as_at - DAY
    share_waiting = estimate.share_waiting(spell.start_date, eve)
    if not estimate.events:
        status = WindowStatus.UNKNOWN
    elif share_waiting <= 0:
        status = WindowStatus.BEYOND
    elif share_waiting <= 1 - LATEST + ROUNDING:
        status = WindowStatus.PAST
    else:
        status = WindowStatus.ESTIMATED
    is_over = status in {WindowStatus.PAST, WindowStatus.BEYOND}
    waiting_on = None if is_over else min(estimate.seen_to_date, eve)
    earliest, middle, latest = (
        estimate.percentile_date(share, spell.start_date, waiting_on=waiting_on)
        for share in (EARLIEST, MEDIAN, LATEST)
    )
    return Window(
        status=status,
        earliest_date=earliest,
        median_date=middle,
        latest_date=latest,
        share_waiting=share_waiting,
        is_pooled=estimate.standing is None,
        cases=estimate.cases,
        events=estimate.events,
        memory_from_date=estimate.memory_from_date,
        seen_to_date=estimate.seen_to_date,
        as_at=estimate.as_at,
    )
