"""The one way in: read → parse → match → compare → record."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from inspections.models import ImportDocument, ImportProblem, ImportRun, Source
from inspections.rules import consistency, trust
from inspections.rules.matching import Directory

from ..records import LEFT_OUT, NOTE, DocumentReading, Problem, Problems
from .comparing import KEPT, SAME, ImportPlan, make_plan, source_key
from .coverage import move_coverage
from .known import directory_from_database, rules_from_database
from .parsers.document import with_given_date
from .pool import read_files
from .readers.limits import DEFAULT_LIMITS, Limits
from .recording import write
from .telling import Telling, tellings

log = logging.getLogger(__name__)
Progress = Callable[[str, int, int], None]
SeenEvents = dict[tuple[str, str], str]
SUFFIXES = frozenset({".pdf", ".ods", ".xlsx"})


class NothingToReadError(Exception):
    """A path that does not exist, or a folder without a file of a known kind."""


@dataclass(frozen=True)
class DocumentResult:
    """What came of one file: outcome new, changed, unchanged or problem."""

    plan: ImportPlan
    outcome: str

    @property
    def problems(self) -> list[Problem]:
        return self.plan.problems

    @property
    def has_problem(self) -> bool:
        """Was the document refused, or a row of it left out?"""
        return any(problem.severity != NOTE for problem in self.problems)

    def to_data(self) -> dict[str, Any]:
        reading = self.plan.reading
        return {
            "file": reading.file,
            "size_bytes": reading.size_bytes,
            "sha256": reading.sha256,
            "layout": reading.layout,
            "outcome": self.outcome,
            "changes": [asdict(c) for c in self.plan.changes if c.action != SAME],
            "unchanged_facts": sum(c.action == SAME for c in self.plan.changes),
            "problems": [asdict(problem) for problem in self.problems],
        }


def files_of(paths: Iterable[Path]) -> list[Path]:
    """Files named, and those of known kinds in folders named, in order and once each."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES)
            if not inside:
                raise NothingToReadError(f"{path}: found no .pdf, .ods or .xlsx file")
            found |= dict.fromkeys(inside)
        elif path.exists():
            found[path] = None
        else:
            raise NothingToReadError(f"{path}: found nothing; expected a file or a folder")
    return list(found)


def run_import(
    files: Sequence[Path],
    *,
    is_saving: bool,
    leaves_out_rows: bool = False,
    published: date | None = None,
    started_by: str = "",
    today: date | None = None,
    limits: Limits = DEFAULT_LIMITS,
    progress: Progress = lambda *_: None,
) -> tuple[ImportRun, list[DocumentResult]]:
    """Import files. Without ``is_saving`` no fact is written; the run itself is kept either way.

    A workbook with rows that cannot be read is refused whole, unless ``leaves_out_rows``.
    ``published`` is the day on Ofsted's site of the one file, where that prints none.

    The caller holds the lock. Each document is written in a transaction of its own, with its
    entry in the run: a run that is killed leaves whole documents and the word "running", which
    the next run turns into "interrupted".
    """
    ImportRun.objects.filter(state=ImportRun.State.RUNNING).update(
        state=ImportRun.State.INTERRUPTED
    )
    run = ImportRun.objects.create(
        started_at=timezone.now(), started_by=started_by[:150], is_saving=is_saving
    )
    results: list[DocumentResult] = []
    try:
        for plan in _plans(files, today or timezone.localdate(), limits, progress, published):
            if leaves_out_rows:
                plan.leave_out_rows()
            results.append(_finish(plan, run))
    except BaseException:
        run.state = ImportRun.State.INTERRUPTED
        raise
    else:
        run.state = ImportRun.State.FINISHED
    finally:
        run.finished_at = timezone.now()
        run.counts = counts(results)
        run.save()
    return run, results


def _plans(
    files: Sequence[Path],
    today: date,
    limits: Limits,
    progress: Progress,
    published: date | None,
) -> Iterator[ImportPlan]:
    rules, directory = rules_from_database(today), directory_from_database()
    readings: list[DocumentReading] = []
    for path, reading in read_files(files, rules, limits=limits):
        readings.append(with_given_date(reading, published, today) if published else reading)
        progress(path.name, len(readings), len(files))
    # Newest workbook first, then the rest by name: the order does not depend on reading speed.
    readings.sort(key=lambda r: (r.as_at is None, -(r.as_at or date.min).toordinal(), r.file))
    keys = Source.objects.filter(kind="workbook").values_list("key", flat=True)
    newest = trust.newest([*keys, *(source_key(r) for r in readings if r.layout == "workbook")])
    seen_files: dict[str, str] = {}
    seen_events: SeenEvents = {}
    for reading in readings:
        if reading.sha256 and reading.sha256 in seen_files:
            twice = Problems(reading.file)
            found = f"the same content as {seen_files[reading.sha256]}"
            advice = "Nothing needs doing; it was read once."
            twice.note("file", "file", found, "each file once", advice)
            plan = ImportPlan(reading, "", problems=twice)
        else:
            if reading.is_readable:
                seen_files[reading.sha256] = reading.file
            plan = plan_of(reading, directory, today, seen_events, newest)
        yield plan


def plan_of(
    reading: DocumentReading,
    directory: Directory,
    today: date,
    seen_events: SeenEvents,
    newest: int | None = None,
) -> ImportPlan:
    """What recording a reading would do; `seen_events` and `newest` as in `make_plan`."""
    problems = Problems(reading.file, reading.problems, are_of_rows=reading.layout == "workbook")
    told = [
        item
        for item in tellings(reading, directory, problems)
        if _is_possible(item, today, problems)
    ]
    return make_plan(reading, told, problems, seen_events, newest)


def _finish(plan: ImportPlan, run: ImportRun) -> DocumentResult:
    """Write the document (if this run writes and nothing is refused) and its entry in the run."""
    outcome = plan.outcome
    source = None
    with transaction.atomic():
        if run.is_saving and outcome != "problem" and plan.events:
            reason = f"Import {run.pk}: {plan.reading.file}"
            try:
                with transaction.atomic():
                    source = write(plan, reason=reason)
                    move_coverage(plan, reason=reason)
            except Exception as error:
                # Whatever it is, the document is refused whole and the others go on.
                if not isinstance(error, ValidationError | IntegrityError | DataError):
                    log.exception("%s could not be written", plan.reading.file)
                plan.problems += _broken_rule(plan.reading.file, error)
                outcome, source = "problem", None
        document = ImportDocument.objects.create(
            run=run,
            file_name=plan.reading.file[:255],
            size_bytes=plan.reading.size_bytes,
            sha256=plan.reading.sha256,
            layout=plan.reading.layout,
            outcome=outcome,
            changes=[asdict(c) for c in plan.changes if c.action != SAME],
            source=source,
        )
        ImportProblem.objects.bulk_create(
            ImportProblem(
                document=document,
                severity=problem.severity,
                place=problem.place[:200],
                fact=problem.fact[:80],
                found=problem.found,
                expected=problem.expected,
                advice=problem.advice,
            )
            for problem in plan.problems
        )
    return DocumentResult(plan, outcome)


def counts(results: Sequence[DocumentResult]) -> dict[str, int]:
    """How many documents of each outcome, problems, and facts kept against a document."""
    found = dict.fromkeys(("new", "changed", "unchanged", "problem"), 0)
    for result in results:
        found[result.outcome] += 1
    found["problems"] = sum(p.severity != NOTE for r in results for p in r.problems)
    places = {(p.file, p.place) for r in results for p in r.problems if p.severity == LEFT_OUT}
    found["left_out"] = len(places)
    found["notes"] = sum(p.severity == NOTE for r in results for p in r.problems)
    found["disagreements"] = sum(c.action == KEPT for r in results for c in r.plan.changes)
    return found


def _is_possible(told: Telling, today: date, problems: Problems) -> bool:
    """Is no day in a year that no record has, such as 0026?"""
    for fact in ("start_date", "end_date", "publication_date"):
        day = told.facts.get(fact)
        complaint = day and consistency.year_complaint(date.fromisoformat(day), today=today)
        if day and complaint:
            problems.refuse(
                told.places.get(fact, told.record.place), fact, day, f"otherwise: {complaint}",
                "Look at the document; enter the event by hand where it misprints the day.",
            )  # fmt: skip
            return False
    return True


def _broken_rule(file: str, error: Exception) -> Problems:
    problems = Problems(file)
    problems.refuse(
        "file", "rules of the record",
        "; ".join(error.messages) if isinstance(error, ValidationError) else str(error),
        "facts that keep every rule of the record",
        "Nothing of this document was written; compare it with the record.",
    )  # fmt: skip
    return problems
