"""How many weekdays did inspections and visits of each kind last on site?"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from inspections.record import Record
from inspections.rows import Event, Inspection
from inspections.rules.working_days import SATURDAY
from inspections.vocabulary import DatePrecision


@dataclass(frozen=True, slots=True)
class Length:
    """The most frequent number of weekdays, first and last included: `usual` of `events` had it.

    Of events of which both days are known and between which nobody left.
    """

    days: int
    usual: int
    events: int


def lengths(record: Record, day: date) -> Mapping[str, Length]:
    """By the code of the kind, of what was public by the day."""

    def made() -> Mapping[str, Length]:
        events: list[Event] = [
            *(row for row in record.inspections if row.publication_date <= day),
            *(row for row in record.visits if row.is_public_by(day)),
        ]
        found: dict[str, Counter[int]] = {}
        for row in events:
            if days := _days(row):
                found.setdefault(row.kind, Counter())[days] += 1
        return {
            kind: Length(*counted.most_common(1)[0], counted.total())
            for kind, counted in found.items()
        }

    return record.remember(("lengths", day), made)


def _days(row: Event) -> int | None:
    if row.start_date is None or row.end_date is None:
        return None
    is_unclear = (
        row.has_two_periods
        if isinstance(row, Inspection)
        else row.start_precision != DatePrecision.DAY
    )
    if is_unclear:
        return None
    every = range((row.end_date - row.start_date).days + 1)
    return sum((row.start_date + timedelta(days)).weekday() < SATURDAY for days in every)
