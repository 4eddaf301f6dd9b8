"""What state is the record in?"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from inspections.models import Council, Inspection, Judgement, RecordState, Release, Visit
from inspections.vocabulary import Checked, Status


@dataclass(frozen=True, slots=True)
class RecordRow:
    """The record's version and what the shipped part says of itself."""

    version: int
    changed_at: datetime | None
    as_at_date: date | None
    compiled_date: date | None


def record_state() -> RecordRow:
    """One query."""
    fields = ("version", "changed_at", "as_at_date", "compiled_date")
    found = RecordState.objects.filter(pk=1).values_list(*fields).first()
    return RecordRow(*found) if found else RecordRow(0, None, None, None)


def complete_then(known: datetime) -> date | None:
    """The day to which the record that was here at the moment was complete; None: none was.

    One query.
    """
    releases = Release.objects.filter(loaded_at__lte=known)
    return releases.values_list("as_at_date", flat=True).first()


@dataclass(frozen=True, slots=True)
class RecordCounts:
    """How much the record holds, public facts only."""

    councils: int
    inspections: int
    judgements: int
    visits: int
    unknown_days: int
    both: int


def record_counts() -> RecordCounts:
    found = Inspection.objects.public().aggregate(
        inspections=Count("id"),
        unknown_days=Count("id", filter=Q(start_date__isnull=True)),
        both=Count("id", filter=Q(checked=Checked.BOTH)),
    )
    return RecordCounts(
        councils=Council.objects.count(),
        judgements=Judgement.objects.filter(inspection__status=Status.PUBLISHED).count(),
        visits=Visit.objects.public().count(),
        **found,
    )
