"""Days as people type them."""

import re
from datetime import date, timedelta

from inspections.importers.wording.dates import read_day

MONDAY = 0


def typed_day(text: str) -> date | None:
    """The day that a person means: "27 November 2026", "27/11/26", "27.11.2026", "27 nov 26".

    Day before month, as written in England; two digits of a year are of this century.
    """
    words = " ".join(text.split())
    words = re.sub(r"^(\d{1,2})[.\-/](\d{1,2})[.\-/](\d{4}|\d\d)$", r"\1/\2/\3", words)
    words = re.sub(r"(?<=[/\s])(\d\d)$", r"20\1", words)
    return read_day(words)


def usual_ends(first: date) -> tuple[date, ...]:
    """The Fridays on which an inspection that begins on a Monday has usually ended: of its own
    week (a short one) and of the next."""
    if first.weekday() != MONDAY:
        return ()
    return first + timedelta(days=4), first + timedelta(days=11)
