"""To which day the record is complete once the whole list has been seen."""

from datetime import date, timedelta

from django.utils import timezone

from inspections import actions
from inspections.models import CollectedDocument, CollectRun, Coverage, Draft
from inspections.vocabulary import CoverageKind

Outcome = CollectedDocument.Outcome


def move_coverage(run: CollectRun) -> list[Coverage]:
    """Moves the day of each kind forward to the eve of the look, never past what still waits.

    What waits is a document that is not downloaded, or whose draft is neither published nor
    discarded. A day that a person has set since the look began stands. Those that moved.
    """
    seen = timezone.localtime(run.started_at).date()
    moved = []
    for coverage in Coverage.objects.all():
        day = reached(CoverageKind(coverage.kind), seen)
        if day <= coverage.complete_to_date or _is_a_persons(coverage, run):
            continue
        text = f"Ofsted's list of reports, looked at on {seen.day} {seen:%B %Y}"
        changes = {"complete_to_date": day, "source_text": text}
        actions.correct(coverage, changes=changes, reason=text, by=None)
        moved.append(coverage)
    return moved


def reached_by_last_look() -> list[Coverage]:
    """Moves the days on where what waited after the last whole look has been settled."""
    run = CollectRun.objects.filter(saw_whole_list=True).first()
    return move_coverage(run) if run else []


def reached(kind: CoverageKind, seen: date) -> date:
    """The last day of which nothing of the kind is missing, where all was listed on `seen`.

    Something may be published later on the day itself. A document of a kind that its listed
    words do not tell may be of any.
    """
    waiting = CollectedDocument.objects.filter(kind__in=[kind, ""]).exclude(
        outcome__in=[Outcome.HELD, Outcome.OTHER, Outcome.PUBLISHED]
    )
    waiting = waiting.exclude(
        outcome=Outcome.DRAFT, draft__state__in=[*Draft.DONE, Draft.State.DISCARDED]
    )
    first = waiting.order_by("publication_date").values_list("publication_date", flat=True).first()
    eve = seen - timedelta(days=1)
    return min(eve, first - timedelta(days=1)) if first else eve


def _is_a_persons(coverage: Coverage, run: CollectRun) -> bool:
    line = coverage.history.filter(history_user__isnull=False).first()
    return line is not None and line.history_date >= run.started_at
