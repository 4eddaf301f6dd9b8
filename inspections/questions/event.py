"""The questions of the page of one inspection or visit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from inspections.framework_rows import AreaKey
from inspections.questions.asked_for import AskedFor, asked_for
from inspections.questions.positions import pairs_of
from inspections.record import Record, event_key
from inspections.rows import Citation, Correction, Council, Event, Inspection, Visit
from inspections.rules.comparison import Pair
from inspections.vocabulary import VisitKind


@dataclass(frozen=True, slots=True)
class EventAnswer:
    """One event with its neighbours in time. `pairs` is empty for a visit.

    `since` is the full inspection that a visit followed; `place` the visit's number among
    the recorded visits of its kind since then, and `place_of` how many of them there are.
    """

    event: Event
    earlier: Event | None
    later: Event | None
    previous: Inspection | None
    pairs: tuple[Pair, ...]
    notes: dict[AreaKey, str]
    since: Inspection | None
    place: int
    place_of: int
    citations: tuple[Citation, ...]
    corrections: tuple[Correction, ...]
    asked: AskedFor | None


@dataclass(frozen=True, slots=True)
class Found:
    """What an address stands for: one event, or several that share the day."""

    rows: tuple[Event, ...]
    is_exact: bool


def find_event(rows: Sequence[Event], council: Council, reference: str) -> Found:
    """By reference; by the stable identifier with the council's name; by a first day."""
    exact = [row for row in rows if row.reference == reference]
    if exact:
        return Found(tuple(exact[:1]), True)
    bare = reference.removeprefix(f"{council.slug}-")
    near = [
        row
        for row in rows
        if row.reference == bare or (row.start_date and row.start_date.isoformat() == bare)
    ]
    return Found(tuple(near), False)


def event_answer(record: Record, event: Event, day: date) -> EventAnswer:
    """Asks everything about one event of a council."""
    rows = record.events_of(event.council_id, day)
    place = rows.index(event)
    inspections = [row for row in rows[:place] if isinstance(row, Inspection)]
    previous = inspections[-1] if inspections else None
    is_inspection = isinstance(event, Inspection)
    since = None if is_inspection else previous
    alike = _alike(rows[rows.index(since) + 1 :], event) if since else []
    return EventAnswer(
        event=event,
        earlier=rows[place - 1] if place else None,
        later=rows[place + 1] if place + 1 < len(rows) else None,
        previous=previous if is_inspection else None,
        pairs=pairs_of(record, event, day) if isinstance(event, Inspection) else (),
        notes={row.area.key: row.note for row in event.judgements if row.note}
        if isinstance(event, Inspection)
        else {},
        since=since,
        place=alike.index(event) + 1 if alike else 0,
        place_of=len(alike),
        citations=record.citations.get(event_key(event), ()),
        corrections=tuple(
            row
            for row in record.corrections
            if row.council_id == event.council_id and row.reference == event.reference
        ),
        asked=asked_for(record, event, day),
    )


def _alike(rows: Sequence[Event], event: Event) -> list[Event]:
    """The visits of an event's kind up to the next full inspection."""
    found: list[Event] = []
    for row in rows:
        if isinstance(row, Inspection):
            break
        if isinstance(event, Visit) and VisitKind(row.kind) is VisitKind(event.kind):
            found.append(row)
    return found
