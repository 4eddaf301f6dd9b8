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

from inspections.rows import Inspection, UnreadReport
from inspections.rules.clock import Clock
from inspections.rules.estimates import Estimate, Spell, estimates
from inspections.rules.outcomes import Outcome, Standing
from inspections.rules.position import place_in_time
from inspections.rules.windows import Window, window

Begun = Inspection | UnreadReport
"""What ends one wait and begins the next."""


@dataclass(frozen=True, slots=True)
class WaitRow:
    """One wait without its window; ids are primary keys, texts are empty where not known.

    ``ended_days``: calendar days from the first day on site to the next one's first day; None
    where either is not known or the wait goes on.
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


def wait_rows(
    begun: Iterable[Begun],
    closed: Mapping[int, date | None],
    outcomes: Mapping[int, Outcome | None],
) -> list[WaitRow]:
    """The waits that full inspections give, oldest first per council.

    One whose report is not read yet begins a wait of unknown kind, under the negative of its id.
    ``closed``: last day by council, None or absent while it exists. ``outcomes``: the kind of
    outcome by id of each inspection.
    """
    ordered = sorted(begun, key=lambda row: (row.council_id, place_in_time(row)))
    found = []
    for council_id, group in groupby(ordered, key=lambda row: row.council_id):
        held = list(group)
        for this, following in zip(held, [*held[1:], None], strict=True):
            kind = outcomes.get(this.id) if isinstance(this, Inspection) else None
            next_start = following.start_date if following else None
            found.append(
                WaitRow(
                    council_id=council_id,
                    inspection_id=_id(this),
                    start_date=this.start_date,
                    publication_date=this.publication_date,
                    closed_date=closed.get(council_id),
                    standing=kind.standing if kind else "",
                    basis=kind.basis if kind else "",
                    next_inspection_id=_id(following) if following else None,
                    next_start_date=next_start,
                    next_publication_date=following.publication_date if following else None,
                    ended_days=(next_start - this.start_date).days
                    if next_start and this.start_date
                    else None,
                )
            )
    return found


def _id(row: Begun) -> int:
    return row.id if isinstance(row, Inspection) else -row.id


def estimates_of(
    rows: Iterable[WaitRow], *, as_at: date, clock: Clock
) -> dict[Standing | None, Estimate]:
    """What is known on a day of the waits after each kind of outcome; None is all pooled.

    ``as_at``: the day to which the record is complete, or an earlier one.
    """
    spells = [spell for row in rows if (spell := row.spell()) is not None]
    return estimates(spells, as_at=as_at, clock=clock)


def window_of(row: WaitRow, *, known: Mapping[Standing | None, Estimate]) -> Window:
    """The window of one open wait; the empty one without a first day on site."""
    spell = row.spell()
    return window(spell, known=known) if spell else Window()
