"""Writes an invented record into an empty database; see synthetic.py."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice
from typing import TypeVar

from django.db import transaction

from inspections import actions
from inspections.importers import synthetic
from inspections.importers.shipped import loading, reading
from inspections.models import Council, Framework, Inspection, Judgement, Statement, Visit
from inspections.vocabulary import ExpectedEvent, StatementKind

Progress = Callable[[str, int, int], None]
REASON = "Invented record for measuring speed"
REFERENCE_TABLES = (
    "grade_scales", "grades", "lanes", "frameworks", "judgement_areas", "area_continuations",
    "inspection_pauses", "polling_days",
)  # fmt: skip
BATCH = 5000
Made = TypeVar("Made")


class NotEmptyError(RuntimeError):
    """The database holds councils: an invented record must never mix with a real one."""


@transaction.atomic
def make(
    *,
    number_of_councils: int,
    number_of_inspections: int,
    number_of_visits: int,
    number_of_statements: int,
    progress: Progress = lambda *_: None,
) -> None:
    """Makes the invented record, whole or not at all. Raises NotEmptyError."""
    held = Council.objects.count()
    if held:
        raise NotEmptyError(
            f"found {held} councils, expected a database without any: an invented record never "
            "mixes with a real one. Name an empty database in DATABASE_URL."
        )
    record = reading.read_record(reading.SHIPPED, today=date.max)
    loading.load_tables(record, REFERENCE_TABLES, reason=REASON)
    steps = 4
    progress("councils", 0, steps)
    ids = _make_councils(number_of_councils)
    progress("inspections", 1, steps)
    _make_inspections(number_of_inspections, ids, record.as_at)
    progress("visits", 2, steps)
    for made in _batches(
        synthetic.visits(number_of_visits, councils=len(ids), last_day=record.as_at)
    ):
        actions.record_many([_visit(row, ids) for row in made], reason=REASON)
    for made in _batches(
        synthetic.statements(number_of_statements, councils=len(ids), last_day=record.as_at)
    ):
        actions.record_many([_statement(row, ids) for row in made], reason=REASON)
    progress("waits", 3, steps)
    actions.raise_version(as_at_date=record.as_at, compiled_date=record.compiled)
    actions.keep_waits()
    progress("done", steps, steps)


def _make_councils(number: int) -> list[int]:
    """Primary keys of the invented councils, in their order."""
    rows = [
        Council(
            slug=made.slug,
            name=made.name,
            short_name=made.name,
            ons_code=made.ons_code,
            dfe_code=made.dfe_code,
            ofsted_urn=made.ofsted_urn,
            kind=made.kind,
            ons_region=made.ons_region,
            ofsted_region=made.ofsted_region,
            notes="Invented for measuring speed.",
        )
        for made in synthetic.councils(number)
    ]
    actions.record_many(rows, reason=REASON)
    return list(Council.objects.order_by("slug").values_list("pk", flat=True))


def _make_inspections(number: int, councils: list[int], last_day: date) -> None:
    frameworks = list(
        Framework.objects.filter(is_whole_service=True)
        .order_by("-in_force_from")
        .prefetch_related("areas", "scale__grades")
    )
    for made in _batches(synthetic.inspections(number, councils=len(councils), last_day=last_day)):
        rows, held = [], []
        for row in made:
            framework = next(f for f in frameworks if f.in_force_from <= row.start_date)
            kind = "sif" if framework.code == "sif" else "short" if row.is_short else "standard"
            rows.append(
                Inspection(
                    council_id=councils[row.council],
                    reference=row.start_date.isoformat(),
                    framework=framework,
                    kind=kind,
                    start_date=row.start_date,
                    end_date=row.end_date,
                    publication_date=row.publication_date,
                    lead_inspector="",
                    improvement_points=row.places[0] + 2,
                    notes="Invented for measuring speed.",
                )
            )
            held.append((framework, row))
        actions.record_many(rows, reason=REASON)
        keys = _keys_of(rows)
        judgements = []
        for inspection, (framework, row) in zip(rows, held, strict=True):
            grades = {grade.order: grade for grade in framework.scale.grades.all()}
            pk = keys[inspection.council_id, inspection.reference]
            judgements += [
                Judgement(inspection_id=pk, area=area, grade=grades[place])
                for area, place in zip(framework.areas.all(), row.places, strict=False)
            ]
        actions.record_many(judgements, reason=REASON)


def _keys_of(rows: list[Inspection]) -> dict[tuple[int, str], int]:
    councils = {row.council_id for row in rows}
    return {
        (council, reference): pk
        for council, reference, pk in Inspection.objects.filter(
            council_id__gte=min(councils), council_id__lte=max(councils)
        ).values_list("council_id", "reference", "pk")
    }


def _visit(made: synthetic.MadeVisit, councils: list[int]) -> Visit:
    return Visit(
        council_id=councils[made.council],
        reference=f"{made.kind}-{made.start_date}-{made.council}".replace("_", "-"),
        kind=made.kind,
        start_date=made.start_date,
        publication_date=made.publication_date,
        notes="Invented for measuring speed.",
    )


def _statement(made: synthetic.MadeStatement, councils: list[int]) -> Statement:
    return Statement(
        council_id=councils[made.council],
        reference=made.reference,
        kind=StatementKind.EXPECTATION,
        stated_date=made.stated_date,
        said_by="nobody",
        what="Invented expectation of a full inspection",
        expected_event=ExpectedEvent.FULL_INSPECTION,
        expected_from_date=made.expected_from_date,
        expected_to_date=made.expected_to_date,
        source_text="Invented for measuring speed.",
    )


def _batches(rows: Iterable[Made]) -> Iterator[list[Made]]:
    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        yield batch
