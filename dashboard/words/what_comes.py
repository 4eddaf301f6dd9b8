"""What each kind of inspection or visit is, as told and as measured, for pages."""

from datetime import date
from typing import Any

from dashboard import words
from inspections.questions.lengths import Length, lengths
from inspections.record import Record
from inspections.rules.what_comes import WHAT_COMES


def comes(record: Record, day: date, kinds: frozenset[str] | None = None) -> list[dict[str, Any]]:
    """What each kind (None: every one) is, as told and as measured on this record."""
    measured = lengths(record, day)
    return [
        {"told": row, "measured": measured_words(measured.get(row.code))}
        for row in WHAT_COMES
        if kinds is None or row.code in kinds
    ]


def measured_words(found: Length | None) -> str:
    """`5 weekdays in 125 of 126 on record`; empty where no days are."""
    if found is None:
        return ""
    return f"{words.count(found.days, 'weekday')} in {found.usual} of {found.events} on record"
