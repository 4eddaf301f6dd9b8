"""Days as people type them."""

import re
from datetime import date, datetime, time, timedelta

from django.utils import timezone

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


def typed_moment(day_text: str, hour_text: str) -> datetime | None:
    """The moment of a typed day and hour, "9:30" or "9.30"; None where either is none."""
    day = typed_day(day_text)
    try:
        hour = time.fromisoformat(hour_text.strip().replace(".", ":").zfill(5))
    except ValueError:
        return None
    return timezone.make_aware(datetime.combine(day, hour)) if day else None


def usual_ends(first: date) -> tuple[date, ...]:
    """The Fridays on which an inspection that begins on a Monday has usually ended: of its own
    week (a short one) and of the next."""
    if first.weekday() != MONDAY:
        return ()
    return first + timedelta(days=4), first + timedelta(days=11)
