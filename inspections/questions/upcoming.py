"""When may the next full inspection of each council begin?"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from inspections.questions.among import Among
from inspections.questions.waits import Upcoming, windows
from inspections.record import Record

START, NAME, REGION = "start", "name", "region"
SORTS = (START, NAME, REGION)


@dataclass(frozen=True, slots=True)
class UpcomingPage:
    """Some of the windows. `statuses`: how many of each; `known_to`: their last day."""

    rows: tuple[Upcoming, ...]
    total: int
    statuses: Mapping[str, int]
    known_to: date | None


def upcoming(
    record: Record,
    day: date,
    *,
    among: Among,
    standing: str = "",
    status: str = "",
    sort: str = START,
    first: int = 0,
    most: int | None = None,
) -> UpcomingPage:
    """The windows of councils that exist on the day, `most` from `first` on."""
    found = [
        row
        for row in windows(record, day).values()
        if among.has(row.council) and standing in {"", row.wait.standing}
    ]
    statuses = Counter(row.window.status for row in found)
    if status:
        found = [row for row in found if row.window.status == status]
    found.sort(key=lambda row: _place(row, sort))
    last = None if most is None else first + most
    known_to = min(filter(None, (day, record.known_to)))
    return UpcomingPage(tuple(found[first:last]), len(found), statuses, known_to)


def _place(row: Upcoming, sort: str) -> tuple[Any, ...]:
    name = row.council.short_name
    if sort == NAME:
        return (name,)
    window = row.window
    by_start = (window.earliest_date or date.min, window.median_date or date.max, name)
    return (row.council.ofsted_region, *by_start) if sort == REGION else by_start
