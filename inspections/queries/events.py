"""Which inspections and visits had been published, as this site held them?

The one place that turns the two clocks into rows. `as_at` is publication; `known` reads
the kept history instead of the current tables.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db.models import Aggregate, Model, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from inspections.models import Council, Inspection, Judgement, StatisticalNeighbour, Visit
from inspections.rows import (
    Clock,
    CouncilRow,
    FrameworkBook,
    InspectionRow,
    JudgementRow,
    VisitRow,
)
from inspections.rules.comparison import Area
from inspections.vocabulary import DatePrecision, Status

COUNCIL_FIELDS = (
    "id", "slug", "name", "short_name", "ons_code", "dfe_code", "ofsted_urn", "kind",
    "ons_region", "ofsted_region", "opened_date", "closed_date", "is_continuing_record",
    "website", "notes",
)  # fmt: skip
INSPECTION_FIELDS = (
    "id", "council_id", "reference", "framework_id", "kind", "start_date", "end_date",
    "has_two_periods", "publication_date", "lead_inspector", "improvement_points",
    "report_url", "checked", "notes",
)  # fmt: skip
VISIT_FIELDS = (
    "id", "council_id", "reference", "kind", "start_date", "start_precision", "end_date",
    "publication_date", "topic", "topic_codes", "priority_actions", "improvement_points",
    "sequence", "lead_inspector", "letter_url", "confidence", "notes",
)  # fmt: skip


class Joined(Aggregate):
    """All values of a group as one text, parted by a separator."""

    output_field = TextField()

    def __init__(self, expression: Any, *, separator: str = " ") -> None:
        super().__init__(expression, Value(separator))

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="STRING_AGG", **context)


def held(model: type[Model], clock: Clock) -> QuerySet:
    """The model's rows now, or as the site held them at `clock.known`."""
    if clock.known is None:
        return model._default_manager.all()
    return model.history.as_of(clock.known)


def councils(clock: Clock | None = None, **filters: object) -> list[CouncilRow]:
    """Council rows by short name; past and future ones too (see `CouncilRow.existed_on`).

    Without a clock as they are now: an address leads to its council whatever it was called.
    """
    source = held(Council, clock) if clock else Council.objects
    found = source.filter(**filters).order_by("short_name")
    return [CouncilRow(*values) for values in found.values_list(*COUNCIL_FIELDS)]


def neighbours(clock: Clock, council_id: int) -> list[CouncilRow]:
    """The council's statistical neighbours, nearest first; one query, two with `clock.known`.

    An earlier state of the record names them as the site held them then.
    """
    found = held(StatisticalNeighbour, clock).filter(council_id=council_id).order_by("rank")
    if clock.known is None:
        values = found.values_list(*(f"neighbour__{name}" for name in COUNCIL_FIELDS))
        return [CouncilRow(*line) for line in values]
    ids = list(found.values_list("neighbour_id", flat=True))
    rows = {row.id: row for row in councils(clock, id__in=ids)}
    return [rows[pk] for pk in ids if pk in rows]


def councils_with_aliases() -> tuple[list[CouncilRow], dict[int, list[tuple[str, str]]]]:
    """Every council, and by council id its aliases as (scheme, value); one query."""
    names = Joined(
        Concat("aliases__scheme", Value("="), "aliases__value", output_field=TextField()),
        separator="|",
    )
    rows, aliases = [], {}
    found = Council.objects.order_by("short_name").annotate(names=names)
    for *values, joined in found.values_list(*COUNCIL_FIELDS, "names"):
        row = CouncilRow(*values)
        rows.append(row)
        parts = [part.split("=", 1) for part in (joined or "").split("|") if len(part) > 1]
        aliases[row.id] = [(scheme, value) for scheme, value in parts]
    return rows, aliases


JUDGED = Joined(
    Concat(
        Cast("judgements__area_id", TextField()),
        Value(":"),
        Cast("judgements__grade_id", TextField()),
        output_field=TextField(),
    )
)


def inspections(
    book: FrameworkBook,
    clock: Clock,
    *,
    council_ids: Collection[int] | None = None,
    whole_service_only: bool = False,
) -> list[InspectionRow]:
    """Published inspections with their judgements, oldest first.

    One query now, two for an earlier state of the record. Notes on single judgements are
    left out; `judgement_notes` asks for them.
    """
    found = held(Inspection, clock).filter(
        status=Status.PUBLISHED, publication_date__lte=clock.as_at
    )
    if council_ids is not None:
        found = found.filter(council_id__in=council_ids)
    if whole_service_only:
        whole = [pk for pk, row in book.frameworks.items() if row.is_whole_service]
        found = found.filter(framework_id__in=whole)
    if clock.known is None:
        rows = [
            _inspection(book, values, _judgements(book, _pairs(joined or "")))
            for *values, joined in found.order_by()
            .annotate(judged=JUDGED)
            .values_list(*INSPECTION_FIELDS, "judged")
        ]
    else:
        by_inspection: dict[int, list[tuple[int, int]]] = {}
        for inspection, area, grade in held(Judgement, clock).values_list(
            "inspection_id", "area_id", "grade_id"
        ):
            by_inspection.setdefault(inspection, []).append((area, grade))
        rows = [
            _inspection(book, line, _judgements(book, by_inspection.get(line[0], [])))
            for line in found.order_by().values_list(*INSPECTION_FIELDS)
        ]
    rows.sort(key=lambda row: (row.event_date, row.publication_date))
    return rows


def _pairs(text: str) -> list[tuple[int, int]]:
    """`3:7 4:7` as pairs of keys; an inspection without judgements gives `:`."""
    parts = (part.split(":") for part in text.split() if part != ":")
    return [(int(area), int(grade)) for area, grade in parts]


def _judgements(book: FrameworkBook, pairs: list[tuple[int, int]]) -> tuple[JudgementRow, ...]:
    found = [JudgementRow(book.areas[area], book.grades[grade]) for area, grade in pairs]
    return tuple(sorted(found, key=lambda row: row.area.order))


def _inspection(
    book: FrameworkBook, values: Sequence, judgements: tuple[JudgementRow, ...]
) -> InspectionRow:
    return InspectionRow(*values[:3], book.frameworks[values[3]], *values[4:], judgements)


def judgement_notes(book: FrameworkBook, clock: Clock, inspection_id: int) -> dict[Area, str]:
    """Area → note, for the judgements of one inspection that have one."""
    found = held(Judgement, clock).filter(inspection_id=inspection_id).exclude(note="")
    return {book.areas[area].key: note for area, note in found.values_list("area_id", "note")}


def visits(clock: Clock, *, council_ids: Collection[int] | None = None) -> list[VisitRow]:
    """Visits known to the public by the day, oldest first, in one query.

    A visit whose publication date is not recorded counts from its last known day on, or
    once its month is over where only that is known: the day on which its letter appeared
    cannot be said.
    """
    day: date = clock.as_at
    to_the_month = Q(start_precision=DatePrecision.MONTH)
    begun = (~to_the_month & Q(start_date__lte=day)) | (
        to_the_month & Q(start_date__lt=day.replace(day=1))
    )
    found = held(Visit, clock).filter(
        Q(publication_date__lte=day)
        | Q(publication_date__isnull=True, end_date__lte=day)
        | Q(begun, publication_date__isnull=True, end_date__isnull=True),
        status=Status.PUBLISHED,
    )
    if council_ids is not None:
        found = found.filter(council_id__in=council_ids)
    rows = [VisitRow(*values) for values in found.order_by().values_list(*VISIT_FIELDS)]
    rows.sort(key=lambda row: (row.event_date or date.min, row.reference))
    return rows
