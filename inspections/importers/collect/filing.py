"""What becomes of a document that was downloaded: on record, a draft, another kind, published."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction

from inspections.importers.comparing import CHANGED, FILLED, ImportPlan
from inspections.importers.drafting import new_draft
from inspections.importers.known import directory_from_database, rules_from_database
from inspections.importers.parsers.document import with_given_date
from inspections.importers.pipeline import SeenEvents, plan_of
from inspections.importers.pool import read_files
from inspections.importers.recording import write
from inspections.models import CollectedDocument, Coverage, Draft
from inspections.records import NOTE, REFUSED, Problem
from inspections.vocabulary import CoverageKind, VisitKind

Outcome = CollectedDocument.Outcome
ANOTHER_KIND = "kind of document"


def file_documents(
    downloaded: Sequence[tuple[CollectedDocument, Path]], *, publishes: bool, today: date
) -> list[Problem]:
    """Reads the files and files each, every one in a transaction of its own.

    `publishes`: a new event read without any doubt is written at once, marked as read by machine.
    Returns what a person should know of the documents that are on record already.
    """
    rules, directory = rules_from_database(today), directory_from_database()
    problems: list[Problem] = []
    seen: SeenEvents = {}
    by_path = {path: document for document, path in downloaded}
    for path, reading in read_files(list(by_path), rules):
        document = by_path[path]
        document.sha256 = reading.sha256
        dated = with_given_date(reading, document.publication_date, today)
        plan = plan_of(dated, directory, today, seen)
        with transaction.atomic():
            problems += _file(document, plan, path, publishes=publishes)
            document.save()
    return problems


def _file(
    document: CollectedDocument, plan: ImportPlan, path: Path, *, publishes: bool
) -> Sequence[Problem]:
    others = {event.told.council for event in plan.events} - {document.council.slug}
    if others:
        plan.problems.append(_another_council(document, plan, others))
    if plan.events and all(event.recorded for event in plan.events) and not others:
        document.outcome = Outcome.HELD
        return _differences(document, plan)
    if _is_another_kind(document, plan):
        document.outcome = Outcome.OTHER
        return ()
    if publishes and not plan.problems and len(plan.events) == 1 and _publish(document, plan):
        document.outcome = Outcome.PUBLISHED
        return ()
    document.outcome = Outcome.DRAFT
    document.draft = _draft(document, plan, path)
    return ()


def _publish(document: CollectedDocument, plan: ImportPlan) -> bool:
    """Writes the plan as read by machine; where a rule refuses it, the plan has the problem."""
    address = "letter_url" if plan.events[0].told.is_visit else "report_url"
    plan.events[0].told.facts[address] = document.url
    try:
        with transaction.atomic():
            write(plan, reason=f"Collected from {document.url}", is_confirmed=False)
    except (ValidationError, IntegrityError, DataError) as error:
        plan.problems.append(
            Problem(
                file=plan.reading.file,
                place="page 1",
                found=str(error),
                expected="facts that keep the record's rules",
                advice="Enter it by hand and say why where it is right.",
            )
        )
        return False
    return True


def _draft(document: CollectedDocument, plan: ImportPlan, path: Path) -> Draft:
    draft = new_draft(
        plan, path, origin=Draft.Origin.COLLECTED, url=document.url, council=document.council
    )
    if not plan.events and document.kind in {kind.value for kind in VisitKind}:
        draft.is_visit, draft.facts = True, {"kind": document.kind}
    draft.facts.setdefault("publication_date", document.publication_date.isoformat())
    for fact in ("council", "publication_date", "kind"):
        if fact == "council" or fact in draft.facts:
            draft.places.setdefault(fact, "Ofsted's list")
    draft.save()
    return draft


def _is_another_kind(document: CollectedDocument, plan: ImportPlan) -> bool:
    """Is it no document of this record's: said by the reader, and by the list or its age?

    What the list calls a report or letter and what came out after the record's end is a person's.
    """
    is_refused = any(
        problem.fact == ANOTHER_KIND and problem.severity == REFUSED for problem in plan.problems
    )
    if not is_refused or document.kind == CoverageKind.JTAI:
        return False
    if not document.kind:
        return True
    coverage = Coverage.objects.filter(kind=document.kind).first()
    return coverage is not None and document.publication_date <= coverage.complete_to_date


def _another_council(document: CollectedDocument, plan: ImportPlan, others: set[str]) -> Problem:
    return Problem(
        file=plan.reading.file,
        place="page 1",
        fact="council",
        found=f"{', '.join(sorted(others))} in the document, on the page of {document.council}",
        expected="one council",
        advice="Look which council it is about.",
    )


def _differences(document: CollectedDocument, plan: ImportPlan) -> list[Problem]:
    """What a document says other than the record, which holds the event."""
    return [
        Problem(
            file=plan.reading.file,
            place=document.url,
            fact=change.fact,
            found=f"{change.event}: {change.new}",
            expected=f"{change.old or 'nothing'}, as the record has it",
            advice="Compare, and correct the record or leave it.",
            severity=NOTE,
        )
        for change in plan.changes
        if change.action in (CHANGED, FILLED)
    ]
