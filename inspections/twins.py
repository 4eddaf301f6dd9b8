"""Whether an inspection or visit is on record already, by the rule of sameness."""

from collections.abc import Iterable
from datetime import timedelta

from inspections.models import Inspection, Visit
from inspections.rules.sameness import SAME_WITHIN_DAYS, Happening, is_same, kinds_of_visit

Event = Inspection | Visit
SAYS_WHICH = frozenset(
    {"council", "kind", "framework", "start_date", "publication_date", "report_url", "letter_url"}
)
"""The fields by which the rule tells events apart."""


def happening(event: Event) -> Happening:
    """What the rule asks of an event. A month alone is taken as its first day."""
    if isinstance(event, Visit):
        kinds, address = kinds_of_visit(event.kind), event.letter_url
    else:
        kinds, address = frozenset({event.kind, event.framework.code}), event.report_url
    return Happening(
        council=event.council_id,
        is_visit=isinstance(event, Visit),
        kinds=kinds,
        start_date=event.start_date,
        publication_date=event.publication_date,
        address=address,
    )


def twin_of(event: Event) -> Event | None:
    """A published event of the record that is the same one under another address."""
    meant = happening(event)
    others: list[Event] = [
        *Inspection.objects.public().filter(council=event.council_id).select_related("framework"),
        *Visit.objects.public().filter(council=event.council_id),
    ]
    if meant.address:
        others += _of_other_councils(event)
    return first_same(meant, [row for row in others if not _is_itself(row, event)])


def near(event: Event) -> Event | None:
    """A published event of the council, of whatever kind, that began in the days about it."""
    if event.start_date is None:
        return None
    days = timedelta(days=SAME_WITHIN_DAYS)
    about = {
        "council": event.council_id,
        "start_date__range": (event.start_date - days, event.start_date + days),
    }
    others: list[Event] = [
        *Inspection.objects.public().filter(**about),
        *Visit.objects.public().filter(**about),
    ]
    return next((row for row in others if not _is_itself(row, event)), None)


def first_same(meant: Happening, events: Iterable[Event]) -> Event | None:
    """The first of some events that is the one meant."""
    return next((row for row in events if is_same(meant, happening(row))), None)


def _of_other_councils(event: Event) -> list[Event]:
    elsewhere = Inspection.objects.public().exclude(council=event.council_id)
    visited = Visit.objects.public().exclude(council=event.council_id)
    return [
        *elsewhere.exclude(report_url="").select_related("framework"),
        *visited.exclude(letter_url=""),
    ]


def _is_itself(row: Event, event: Event) -> bool:
    return type(row) is type(event) and row.pk == event.pk
