"""The waits between full inspections, from plain facts.

A wait begins with a full inspection of the whole service and ends with the council's next one,
in the order of ``position.place_in_time``. Each has the kind of outcome it began with (see
``outcomes``); the last wait of a council that goes on is open and has a window (see
``windows``).

A record is complete to some day. Windows are told for that day or an earlier one, never for a
later today: what happened since is not known, so waits still open end there unfinished.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from inspections.rules.clock import Clock
from inspections.rules.estimates import Estimate, Spell, estimates
from inspections.rules.outcomes import Outcome, Standing, outcome
from inspections.rules.windows import WindowStatus, window


@dataclass(frozen=True, slots=True)
class JudgedArea:
    """What the rule for kinds of outcome needs of one judgement; see ``Lane`` and ``Grade``."""

    is_overall: bool
    is_leaders: bool
    is_practice: bool
    is_inadequate: bool
    is_good_or_better: bool

    @property
    def standing(self) -> Standing:
        if self.is_inadequate:
            return Standing.INADEQUATE
        return Standing.GOOD_OR_BETTER if self.is_good_or_better else Standing.BELOW_GOOD


@dataclass(frozen=True, slots=True)
class FullInspection:
    """A published full inspection; ids are primary keys. Parts of judgements are left out."""

    council_id: int
    inspection_id: int
    start_date: date | None
    end_date: date | None
    publication_date: date
    judged: tuple[JudgedArea, ...]

    @property
    def outcome(self) -> Outcome | None:
        overall = [row.standing for row in self.judged if row.is_overall]
        leaders = [row.standing for row in self.judged if row.is_leaders and not row.is_overall]
        practice = [
            row.standing
            for row in self.judged
            if row.is_practice and not row.is_leaders and not row.is_overall
        ]
        return outcome(
            overall=overall[0] if overall else None,
            leaders=leaders[0] if leaders else None,
            practice=practice,
        )


@dataclass(frozen=True, slots=True)
class WaitRow:
    """One wait without its window. Texts and ids as the kept table holds them.

    ``ended_days``: calendar days from the first day on site to the next one's first day.
    ``reported_days``: from the last day on site to publication. None where not known.
    """

    council_id: int
    inspection_id: int
    start_date: date | None
    publication_date: date
    closed_date: date | None
    standing: str
    basis: str
    next_inspection_id: int | None
    next_start_date: date | None
    next_publication_date: date | None
    ended_days: int | None
    reported_days: int | None

    def spell(self) -> Spell | None:
        """The wait for the estimates; None where a first day on site is not known.

        Five inspections of abolished councils have none; waits before and after them are
        left out.
        """
        if self.start_date is None or (self.next_publication_date and not self.next_start_date):
            return None
        return Spell(
            council=str(self.council_id),
            start_date=self.start_date,
            publication_date=self.publication_date,
            standing=Standing(self.standing) if self.standing else None,
            next_start_date=self.next_start_date,
            next_publication_date=self.next_publication_date,
            closed_date=self.closed_date,
        )


@dataclass(frozen=True, slots=True)
class WindowRow:
    """The window of an open wait as the kept table holds it; the empty one is no window.

    As ``Window``, told for ``estimated_to_date``. ``median_date`` is the day by which half of
    such waits are over. Its group is the wait's ``standing`` or, ``is_pooled``, all kinds.
    """

    window_status: str = ""
    earliest_date: date | None = None
    median_date: date | None = None
    latest_date: date | None = None
    share_waiting: float | None = None
    is_pooled: bool = False
    cases: int = 0
    events: int = 0
    memory_from_date: date | None = None
    seen_to_date: date | None = None
    estimated_to_date: date | None = None

    @property
    def has_begun(self) -> bool:
        """Was the window on, on the day that it is told for? False before it and once over."""
        return (
            self.window_status == WindowStatus.ESTIMATED
            and self.earliest_date is not None
            and self.estimated_to_date is not None
            and self.earliest_date <= self.estimated_to_date
        )

    def has_ended_unseen(self, day: date) -> bool:
        """Has an estimated window ended before ``day``, in days that the record does not reach?

        Then it is neither past nor held: whether an inspection took place is not known.
        """
        return (
            self.window_status == WindowStatus.ESTIMATED
            and self.latest_date is not None
            and self.latest_date < day
        )


def wait_rows(
    inspections: Iterable[FullInspection], closed: Mapping[int, date | None]
) -> list[WaitRow]:
    """The waits that full inspections give, oldest first per council.

    ``closed``: last day by council, None or absent while it exists.
    """
    ordered = sorted(
        inspections,
        key=lambda row: (
            row.council_id,
            row.start_date or row.publication_date,
            row.publication_date,
            row.inspection_id,
        ),
    )
    found = []
    for council_id, group in groupby(ordered, key=lambda row: row.council_id):
        held = list(group)
        for this, following in zip(held, [*held[1:], None], strict=True):
            kind = this.outcome
            next_start = following.start_date if following else None
            found.append(
                WaitRow(
                    council_id=council_id,
                    inspection_id=this.inspection_id,
                    start_date=this.start_date,
                    publication_date=this.publication_date,
                    closed_date=closed.get(council_id),
                    standing=kind.standing if kind else "",
                    basis=kind.basis if kind else "",
                    next_inspection_id=following.inspection_id if following else None,
                    next_start_date=next_start,
                    next_publication_date=following.publication_date if following else None,
                    ended_days=(next_start - this.start_date).days
                    if next_start and this.start_date
                    else None,
                    reported_days=(this.publication_date - this.end_date).days
                    if this.end_date
                    else None,
                )
            )
    return found


def estimates_of(
    rows: Iterable[WaitRow], *, as_at: date, clock: Clock
) -> dict[Standing | None, Estimate]:
    """What is known on a day of the waits after each kind of outcome; None is all pooled.

    ``as_at``: the day to which the record is complete, or an earlier one.
    """
    spells = [spell for row in rows if (spell := row.spell()) is not None]
    return estimates(spells, as_at=as_at, clock=clock)


def window_of(row: WaitRow, *, known: Mapping[Standing | None, Estimate]) -> WindowRow:
    """The window of one open wait; the empty one without a first day on site."""
    spell = row.spell()
    if spell is None:
        return WindowRow()
    held = window(spell, known=known)
    return WindowRow(
        window_status=held.status,
        earliest_date=held.earliest_date,
        median_date=held.median_date,
        latest_date=held.latest_date,
        share_waiting=held.share_waiting,
        is_pooled=held.is_pooled,
        cases=held.cases,
        events=held.events,
        memory_from_date=held.memory_from_date,
        seen_to_date=held.seen_to_date,
        estimated_to_date=held.as_at,
    )


def windows_of(rows: Iterable[WaitRow], *, as_at: date, clock: Clock) -> dict[int, WindowRow]:
    """By inspection: the window of every wait that no inspection has ended and no closure.

    ``as_at``: the day to which the record is complete, or an earlier one. An inspection known
    to have begun the next wait ends this one, published after that day or not.
    """
    listed = list(rows)
    known = estimates_of(listed, as_at=as_at, clock=clock)
    return {
        row.inspection_id: window_of(row, known=known)
        for row in listed
        if row.next_inspection_id is None and (row.closed_date is None or row.closed_date >= as_at)
    }
