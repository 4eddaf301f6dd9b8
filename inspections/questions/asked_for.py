"""What did inspectors ask of a council, theme by theme: before, again, or not since?

The same theme is not the same fault, and a theme that is not raised again says nothing of
whether it was put right.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from inspections.record import EventKey, Record, event_key
from inspections.rows import Event, Inspection, Point, Theme, UnreadReport
from inspections.rules.recurrence import Repeated, ReportThemes, by_chance, repeated_points, total


@dataclass(frozen=True, slots=True)
class History:
    """What was asked of one council, as known on a day.

    `events`: inspections and visits whose points are on record, oldest first; one of which none
    was asked is among them. `unread`: the others. `raised`: by theme, in the themes' order, the
    points that raise it by event; a theme that none raises is left out.
    """

    events: tuple[Event, ...]
    unread: tuple[Event, ...]
    raised: Mapping[str, Mapping[EventKey, tuple[Point, ...]]]


@dataclass(frozen=True, slots=True)
class ThemeAsked:
    """A theme that an event raises, with its points, and the other events that raise it."""

    theme: Theme
    points: tuple[Point, ...]
    before: tuple[Event, ...]
    after: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What one event asked for, as known on a day.

    `of_none`: points that raise no theme. `earlier`, `later`: the council's other events whose
    points are on record; `unread_later`: later ones whose points are not; `unread_report`: a later
    full inspection whose report is out and not read here. `previous` is the full
    inspection before, where its points are on record, and `repeated` how many points of this
    event raise a theme that it had raised. `seen_to`: later events are known to this day.
    """

    event: Event
    points: tuple[Point, ...]
    themes: tuple[ThemeAsked, ...]
    of_none: tuple[Point, ...]
    earlier: tuple[Event, ...]
    later: tuple[Event, ...]
    unread_later: tuple[Event, ...]
    unread_report: UnreadReport | None
    previous: Inspection | None
    repeated: Repeated | None
    seen_to: date

    @property
    def again(self) -> tuple[ThemeAsked, ...]:
        """The themes that an earlier event had raised."""
        return tuple(row for row in self.themes if row.before)

    @property
    def not_since(self) -> tuple[ThemeAsked, ...]:
        """The themes that no later event raises; empty where there is no later event to ask."""
        return tuple(row for row in self.themes if not row.after) if self.later else ()


@dataclass(frozen=True, slots=True)
class RaisedAgain:
    """Of the points of full reports: those that repeat a theme of the council's own report
    before (`own`), and the same by chance, beside the reports before of other councils
    (`others`). `reports`: how many have a full report before them."""

    own: Repeated
    others: Repeated
    reports: int


def is_read(record: Record, event: Event) -> bool:
    """Are the event's points on record, or that there were none?"""
    return bool(record.points_of(event)) or event.improvement_points == 0


def history(record: Record, council_id: int, day: date) -> History:
    """Of the council's events that were public by the day."""

    def made() -> History:
        events = record.events_of(council_id, day)
        raised: dict[str, dict[EventKey, tuple[Point, ...]]] = {}
        for theme in record.themes:
            by_event = {
                event_key(event): points
                for event in events
                if (points := _of_theme(record.points_of(event), theme.code))
            }
            if by_event:
                raised[theme.code] = by_event
        return History(
            tuple(event for event in events if is_read(record, event)),
            tuple(event for event in events if not is_read(record, event)),
            raised,
        )

    return record.remember(("asked for", council_id, day), made)


def _of_theme(points: tuple[Point, ...], code: str) -> tuple[Point, ...]:
    return tuple(point for point in points if code in point.themes)


def asked_for(record: Record, event: Event, day: date) -> AskedFor | None:
    """What the event asked for; None where its points are not on record."""
    if not is_read(record, event):
        return None
    found, points = history(record, event.council_id, day), record.points_of(event)
    order = record.events_of(event.council_id, day)
    place = order.index(event)
    earlier = tuple(row for row in order[:place] if row in found.events)
    later = tuple(row for row in order[place + 1 :] if row in found.events)

    def raise_it(rows: tuple[Event, ...], code: str) -> tuple[Event, ...]:
        return tuple(row for row in rows if event_key(row) in found.raised[code])

    themes = tuple(
        ThemeAsked(theme, own, raise_it(earlier, theme.code), raise_it(later, theme.code))
        for theme in record.themes
        if (own := _of_theme(points, theme.code))
    )
    full = [row for row in earlier if _is_full(row)]
    previous = full[-1] if full else None
    return AskedFor(
        event=event,
        points=points,
        themes=themes,
        of_none=tuple(point for point in points if not point.themes),
        earlier=earlier,
        later=later,
        unread_later=tuple(row for row in order[place + 1 :] if row in found.unread),
        unread_report=unread
        if (unread := record.unread_by(day).get(event.council_id))
        and unread.start_date > (event.event_date or date.min)
        else None,
        previous=previous if isinstance(previous, Inspection) else None,
        repeated=repeated_points(report(record, event), report(record, previous))
        if previous and points
        else None,
        seen_to=record.seen_to(day),
    )


def _is_full(event: Event) -> bool:
    return isinstance(event, Inspection) and event.framework.is_whole_service


def report(record: Record, event: Event) -> ReportThemes[EventKey]:
    """An event with the themes of each of its points."""
    points = record.points_of(event)
    return ReportThemes(event_key(event), tuple(frozenset(point.themes) for point in points))


def raised_again(record: Record, day: date) -> RaisedAgain:
    """How often full reports raise again what the council's full report before had raised.

    Of reports whose points are on record, each beside the one before it among them.
    """

    def made() -> RaisedAgain:
        pairs = [
            (council.id, report(record, after), report(record, before))
            for council in record.councils
            for before, after in pairwise(
                row for row in record.full_inspections_of(council.id, day) if record.points_of(row)
            )
        ]
        own = total(repeated_points(after, before) for _, after, before in pairs)
        return RaisedAgain(own, by_chance(pairs), len(pairs))

    return record.remember(("raised again", day), made)
