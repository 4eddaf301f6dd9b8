"""When may the next full inspection of each council begin?"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from inspections.questions.among import Among
from inspections.questions.waits import Upcoming, closing, windows
from inspections.record import Record
from inspections.rows import Council
from inspections.rules.windows import Window, WindowStatus

START, NAME, REGION = "start", "name", "region"
SORTS = (START, NAME, REGION)


SOON_DAYS = 182  # six months


class WindowGroup(StrEnum):
    """Where a window stands on the day that it is told for."""

    PAST = "past"
    """Longer than 90% of cases, or than all."""
    BEGUN = "begun"
    SOON = "soon"
    """Begins within six months."""
    LATER = "later"
    """Begins after that."""
    NONE = "none"
    """No window can be given."""


def group_of(window: Window) -> WindowGroup:
    """The group of a window; it is told for `window.as_at`, and for no later day."""
    if window.status in {WindowStatus.PAST, WindowStatus.BEYOND}:
        return WindowGroup.PAST
    if window.has_begun:
        return WindowGroup.BEGUN
    first, day = window.earliest_date, window.as_at
    if first is None:
        return WindowGroup.NONE
    if day and first <= day + timedelta(days=SOON_DAYS):
        return WindowGroup.SOON
    return WindowGroup.LATER


@dataclass(frozen=True, slots=True)
class UpcomingPage:
    """Some of the windows. `known_to`: the day they are told for. Of all that were asked about,
    whatever their state: `statuses` and `groups`, how many of each, and who is `past`. `unread`:
    councils without a window, since their newest report is not read here; `closing`: since they are
    to be gone before. `begun_since`: of those within six months, how many have begun by the day
    that was asked about; `ended_since`: how many of those in their window are past its end by it.
    """

    rows: tuple[Upcoming, ...]
    total: int
    statuses: Mapping[str, int]
    groups: Mapping[WindowGroup, int]
    past: tuple[Council, ...]
    unread: tuple[Council, ...]
    closing: tuple[Council, ...]
    known_to: date
    begun_since: int = 0
    ended_since: int = 0


def upcoming(
    record: Record,
    day: date,
    *,
    among: Among,
    standing: str = "",
    status: str = "",
    sort: str = START,
    council: str = "",
    first: int = 0,
    most: int | None = None,
) -> UpcomingPage:
    """The windows of councils that exist on the day, `most` from `first` on; before all others
    that of the `council` of this slug."""
    asked = [
        row
        for row in windows(record, day).values()
        if among.has(row.council) and standing in {"", row.wait.standing}
    ]
    groups = [(row, group_of(row.window)) for row in asked]
    found = [row for row in asked if status in {"", row.window.status}]
    found.sort(key=lambda row: (row.council.slug != council, _place(row, sort)))
    last = None if most is None else first + most
    return UpcomingPage(
        rows=tuple(found[first:last]),
        total=len(found),
        statuses=Counter(row.window.status for row in asked),
        groups=Counter(group for _, group in groups),
        past=tuple(row.council for row, group in groups if group is WindowGroup.PAST),
        unread=tuple(
            council
            for council in map(record.council, record.unread_by(day))
            if among.has(council) and not standing
        ),
        closing=tuple(row for row in closing(record, day) if among.has(row) and not standing),
        known_to=min(filter(None, (day, record.known_to))),
        begun_since=sum(
            group is WindowGroup.SOON and (row.window.earliest_date or day) <= day
            for row, group in groups
        ),
        ended_since=sum(
            group in {WindowGroup.BEGUN, WindowGroup.SOON} and (row.window.latest_date or day) < day
            for row, group in groups
        ),
    )


def _place(row: Upcoming, sort: str) -> tuple[Any, ...]:
    name = row.council.short_name
    if sort == NAME:
        return (name,)
    window = row.window
    by_start = (window.earliest_date or date.min, window.median_date or date.max, name)
    return (row.council.ofsted_region, *by_start) if sort == REGION else by_start
