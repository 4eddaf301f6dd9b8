"""The questions of the page of one inspection or visit."""

from dataclasses import dataclass

from inspections.models import Citation, Correction
from inspections.queries import events
from inspections.queries.positions import pairs_of
from inspections.rows import Clock, CouncilRow, FrameworkBook, InspectionRow, VisitRow
from inspections.rules.comparison import Area, Pair
from inspections.vocabulary import VisitKind

Event = InspectionRow | VisitRow


@dataclass(frozen=True, slots=True)
class SourceRow:
    title: str
    url: str
    place: str


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    subject: str
    field: str
    old: str
    new: str
    reason: str
    source_text: str
    corrected_at: object
    was_ofsteds: bool


@dataclass(frozen=True, slots=True)
class EventAnswer:
    """One event with its neighbours in time. `pairs` is empty for a visit.

    `since` is the full inspection that a visit followed; `place` the visit's number among
    the recorded visits of its kind since then, and `place_of` how many of them there are.
    """

    event: Event
    earlier: Event | None
    later: Event | None
    previous: InspectionRow | None
    pairs: tuple[Pair, ...]
    notes: dict[Area, str]
    since: InspectionRow | None
    place: int
    place_of: int
    sources: tuple[SourceRow, ...]
    corrections: tuple[CorrectionRow, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What an address stands for: one event, or several that share the day."""

    rows: tuple[Event, ...]
    is_exact: bool


def all_events(council: CouncilRow, book: FrameworkBook, clock: Clock) -> list[Event]:
    """Every event of a council, oldest first, in three queries."""
    rows: list[Event] = [
        *events.inspections(book, clock, council_ids=[council.id]),
        *events.visits(clock, council_ids=[council.id]),
    ]
    dated = [row for row in rows if row.event_date]
    return [
        *[row for row in rows if not row.event_date],
        *sorted(dated, key=lambda row: (row.event_date, row.reference)),
    ]


def find_event(rows: list[Event], council: CouncilRow, reference: str) -> Found:
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


def event_answer(
    rows: list[Event], event: Event, council: CouncilRow, book: FrameworkBook, clock: Clock
) -> EventAnswer:
    """Asks everything about one event of a council's `rows`, in two more queries."""
    place = rows.index(event)
    before = rows[:place]
    inspections = [row for row in before if isinstance(row, InspectionRow)]
    previous = inspections[-1] if inspections else None
    pairs, notes, since, number, total = (), {}, None, 0, 0
    if isinstance(event, InspectionRow):
        pairs = pairs_of(book, event, previous)
        notes = events.judgement_notes(book, clock, event.id)
    elif previous:
        since = previous
        after = rows[rows.index(previous) + 1 :]
        until = next((i for i, row in enumerate(after) if isinstance(row, InspectionRow)), None)
        alike = [row for row in after[:until] if _alike(row, event)]
        number, total = alike.index(event) + 1, len(alike)
    target = "inspection" if isinstance(event, InspectionRow) else "visit"
    sources = (
        events.held(Citation, clock)
        .filter(**{f"{target}_id": event.id})
        .order_by("source__key", "id")
        .values_list("source__title", "source__url", "place")
    )
    corrections = (
        Correction.objects.known_at(clock.known)
        .filter(council_id=council.id, event_reference=event.reference)
        .values_list(*CorrectionRow.__dataclass_fields__)
    )
    return EventAnswer(
        event=event,
        earlier=before[-1] if before else None,
        later=rows[place + 1] if place + 1 < len(rows) else None,
        previous=previous if isinstance(event, InspectionRow) else None,
        pairs=tuple(pairs),
        notes=notes,
        since=since,
        place=number,
        place_of=total,
        sources=tuple(SourceRow(*values) for values in sources),
        corrections=tuple(CorrectionRow(*values) for values in corrections),
    )


def _alike(row: Event, event: VisitRow) -> bool:
    """Monitoring visits are a sequence of their own; other visits are counted by kind."""
    return isinstance(row, VisitRow) and VisitKind(row.kind) is VisitKind(event.kind)
