"""The waits between full inspections, and the windows of those that go on."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median, quantiles

from inspections.record import Record
from inspections.rows import Council, Inspection
from inspections.rules.outcomes import Outcome, outcome_of
from inspections.rules.waits import (
    WaitRow,
    estimates_of,
    wait_rows,
    window_of,
)
from inspections.rules.windows import Window


@dataclass(frozen=True, slots=True)
class Upcoming:
    """One council's open wait, the inspection it began with, and its window."""

    council: Council
    inspection: Inspection
    wait: WaitRow
    window: Window


def _outcomes(record: Record) -> Mapping[int, Outcome | None]:
    """The kind of outcome of every full inspection, by id."""
    return record.remember(
        "outcomes of full inspections",
        lambda: {row.id: outcome_of(row) for row in record.full_inspections()},
    )


def waits(record: Record, day: date) -> tuple[WaitRow, ...]:
    """Every wait from what had been published by the day, read here or not, oldest first per
    council."""
    known = record.full_inspections(day)
    unread = record.unread_by(day)
    published = [row.publication_date for row in known]
    published += [row.publication_date for row in unread.values()]
    newest = max(published, default=date.min)

    def made() -> tuple[WaitRow, ...]:
        closed = {row.id: row.closed_date for row in record.councils}
        return tuple(wait_rows([*known, *unread.values()], closed, _outcomes(record)))

    return record.remember(("waits", newest), made)


def windows(record: Record, day: date) -> Mapping[int, Upcoming]:
    """By council: the open wait of each that exists on the day, with its window.

    A window is reckoned as at the day, or where the record ends before it as at the record's
    last day: of what came later nobody here knows whether anything happened. A council in
    `closing` has none.
    """
    gone = closing(record, day)
    return {pk: row for pk, row in _windows(record, day).items() if row.council not in gone}


def closing(record: Record, day: date) -> tuple[Council, ...]:
    """Councils that are to be gone before their window would begin. Told where the record ends:
    on earlier days nobody knew of it."""
    return tuple(
        row.council
        for row in _windows(record, day).values()
        if row.council.closed_date and record.known_to and day >= record.known_to
        if row.window.earliest_date and row.council.closed_date < row.window.earliest_date
    )


def _windows(record: Record, day: date) -> Mapping[int, Upcoming]:
    """Those of `closing` too."""
    seen_to = min(filter(None, (day, record.known_to)))

    def made() -> Mapping[int, Upcoming]:
        rows = waits(record, day)
        known = estimates_of(rows, as_at=seen_to, clock=record.clock)
        inspections = {row.id: row for row in record.full_inspections(day)}
        return {
            row.council_id: Upcoming(
                record.council(row.council_id),
                inspections[row.inspection_id],
                row,
                window_of(row, known=known),
            )
            for row in rows
            if row.next_inspection_id is None
            and row.inspection_id in inspections
            and record.council(row.council_id).existed_on(day)
        }

    return record.remember(("windows", day), made)


@dataclass(frozen=True, slots=True)
class PastCases:
    """Every wait on record that began with an inadequate judgement and is over, by days.

    Calendar days from the first day on site to that of the next full inspection, whatever the
    framework and the area. Waits of which a first day is not recorded are left out. `cleared`:
    after how many nothing was inadequate at the next inspection, of the `read` whose judgements
    are known here.
    """

    days: Counter[int]
    cleared: int = 0
    read: int = 0

    @property
    def total(self) -> int:
        return self.days.total()

    @property
    def median(self) -> float | None:
        return median(self.days.elements()) if self.days else None

    @property
    def middle_half(self) -> tuple[float, float] | None:
        """The days within which a quarter and three quarters were over; None with too few."""
        if self.total < 2:
            return None
        first, _, third = quantiles(self.days.elements(), n=4, method="inclusive")
        return first, third

    def shorter_than(self, days: int) -> int:
        return sum(number for held, number in self.days.items() if held < days)


def past_cases(record: Record, day: date) -> PastCases:
    """The waits after an inadequate judgement that were known to be over on a day."""
    was_inadequate = {row.id: bool(row.inadequate) for row in record.full_inspections(day)}
    over = [
        row
        for row in waits(record, day)
        if was_inadequate.get(row.inspection_id) and row.ended_days is not None
    ]
    then = [was_inadequate.get(row.next_inspection_id or 0) for row in over]
    return PastCases(
        Counter(row.ended_days for row in over if row.ended_days is not None),
        then.count(False),
        len(then) - then.count(None),
    )
