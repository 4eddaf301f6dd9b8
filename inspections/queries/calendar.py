"""What stands in a council's calendar: its events, and how often each has changed?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Count

from inspections.models import Inspection, Statement, Visit
from inspections.queries import events
from inspections.queries.council import upcoming_of
from inspections.queries.expectations import Expectation, expectations_of
from inspections.queries.upcoming import Upcoming
from inspections.rows import Clock, CouncilRow, FrameworkBook, InspectionRow, VisitRow


@dataclass(frozen=True, slots=True)
class CouncilCalendar:
    """Changes are counted by key: inspections and visits by id, statements by reference."""

    council: CouncilRow
    inspections: tuple[InspectionRow, ...]
    visits: tuple[VisitRow, ...]
    statements: tuple[Expectation, ...]
    window: Upcoming | None
    inspection_changes: dict[int, int]
    visit_changes: dict[int, int]
    statement_changes: dict[str, int]


def council_calendar(
    council: CouncilRow, book: FrameworkBook, clock: Clock, *, complete_to: date | None = None
) -> CouncilCalendar:
    """Everything of one council that has a day, in seven queries; by both clocks."""
    inspections = tuple(events.inspections(book, clock, council_ids=[council.id]))
    visits = tuple(events.visits(clock, council_ids=[council.id]))
    return CouncilCalendar(
        council=council,
        inspections=inspections,
        visits=visits,
        statements=expectations_of(council.id, inspections, visits, clock)[0],
        window=upcoming_of(council, list(inspections), book, clock, complete_to),
        inspection_changes=times_changed(Inspection, "id", (row.id for row in inspections)),
        visit_changes=times_changed(Visit, "id", (row.id for row in visits)),
        statement_changes=_statement_changes(council.id),
    )


def times_changed(model: type[models.Model], key: str, wanted: Iterable) -> dict:
    """How often each fact has been changed since it was recorded, from its kept history."""
    found = (
        model.history.filter(**{f"{key}__in": list(wanted)})
        .order_by()
        .values_list(key)
        .annotate(n=Count("pk"))
        .values_list(key, "n")
    )
    return {value: number - 1 for value, number in found}


def _statement_changes(council_id: int) -> dict[str, int]:
    found = (
        Statement.history.filter(council_id=council_id)
        .order_by()
        .values_list("reference")
        .annotate(n=Count("pk"))
        .values_list("reference", "n")
    )
    return {reference: number - 1 for reference, number in found}
