"""What was expected, and what happened?"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from django.db.models import Case, Q, When

from inspections.models import Statement, Wait
from inspections.queries import events
from inspections.queries.held import full_then
from inspections.queries.upcoming import full_inspection
from inspections.rows import Clock, FrameworkBook, InspectionRow, VisitRow
from inspections.rules.outcomes import Standing
from inspections.rules.working_days import Deadline, action_plan_deadline
from inspections.vocabulary import ExpectedEvent, StatementKind, VisitKind


class Came(StrEnum):
    """When what was expected came, against the span that was given."""

    INSIDE = "inside"
    EARLIER = "earlier"
    LATER = "later"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Happened:
    """What the record shows. `day`: when it came; None for not yet or not on record.

    `deadline`: for an action plan, the last day by law, which is all the record can say.
    `reference`: of the inspection or visit that this rests on; empty where there is none.
    """

    came: Came
    day: date | None = None
    deadline: Deadline | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Expectation:
    """A recorded statement; `happened` only for those that gave a time for a known event."""

    slug: str
    council_name: str
    reference: str
    kind: str
    stated_date: date
    stated_precision: str
    said_by: str
    what: str
    value: str
    unit: str
    expected_event: str
    expected_from_date: date | None
    expected_to_date: date | None
    outcome: str
    source_text: str
    source_url: str
    notes: str
    happened: Happened | None


FIELDS = (
    "council__slug", "council__short_name", "reference", "kind", "stated_date",
    "stated_precision", "said_by", "what", "value", "unit", "expected_event",
    "expected_from_date", "expected_to_date", "outcome", "source_text", "source_url", "notes",
)  # fmt: skip
LOOKS_AHEAD = Q(kind=StatementKind.EXPECTATION) | ~Q(expected_event="")


@dataclass(frozen=True, slots=True)
class Expectations:
    """Some of the statements and how many there are in all."""

    rows: tuple[Expectation, ...]
    total: int


def expectations(
    book: FrameworkBook,
    *,
    clock: Clock,
    council_id: int | None = None,
    is_all: bool = False,
    first: int = 0,
    most: int | None = None,
) -> Expectations:
    """Statements made by the day that looked ahead, with a time first, then by date.

    `is_all`: also those that did not look ahead. What happened is as known by the two clocks.
    Four queries.
    """
    stated = events.held(Statement, clock).filter(stated_date__lte=clock.as_at)
    if not is_all:
        stated = stated.filter(LOOKS_AHEAD)
    if council_id is not None:
        stated = stated.filter(council_id=council_id)
    last = None if most is None else first + most
    has_no_time = Case(When(expected_from_date__isnull=True, then=1), default=0)
    shown = list(
        stated.order_by(has_no_time, "stated_date", "council__short_name", "reference").values_list(
            "council_id", *FIELDS
        )[first:last]
    )
    total = len(shown) if most is None else stated.count()
    known = _known(book, clock, {row[0] for row in shown})
    found = [Expectation(*row[1:], happened=_happened(row, known)) for row in shown]
    return Expectations(tuple(found), total)


def expectations_of(
    council_id: int,
    inspections: Iterable[InspectionRow],
    visits: Iterable[VisitRow],
    clock: Clock,
) -> tuple[tuple[Expectation, ...], int]:
    """A council's expectations that gave a time, and how many statements are on record.

    From rows that have been asked for already; one query more, as the site held it at `known`.
    """
    rows = list(
        events.held(Statement, clock)
        .filter(council_id=council_id, stated_date__lte=clock.as_at)
        .order_by("stated_date", "reference")
        .values_list("council_id", *FIELDS)
    )
    whole = [row for row in inspections if row.framework.is_whole_service]
    known = _Known(
        {council_id: [_inspected(row) for row in whole]},
        _visited(visits),
    )
    timed = [row for row in rows if row[11]]
    found = tuple(Expectation(*row[1:], happened=_happened(row, known)) for row in timed)
    return found, len(rows)


class _Inspected(NamedTuple):
    start: date | None
    published: date
    standing: str
    reference: str


def _inspected(row: InspectionRow) -> _Inspected:
    kind = full_inspection(row).outcome
    standing = kind.standing if kind else ""
    return _Inspected(row.start_date, row.publication_date, standing, row.reference)


def _visited(visits: Iterable[VisitRow]) -> dict[int, list[tuple[date, str]]]:
    found: dict[int, list[tuple[date, str]]] = defaultdict(list)
    for row in visits:
        if row.start_date and row.kind in (VisitKind.MONITORING, VisitKind.ASSURANCE):
            found[row.council_id].append((row.start_date, row.reference))
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    """By council: full inspections, and visits by first day and reference."""

    inspections: dict[int, list[_Inspected]]
    visits: dict[int, list[tuple[date, str]]]


def _known(book: FrameworkBook, clock: Clock, councils: Collection[int]) -> _Known:
    """What the record shows of these councils; two queries, from the kept waits where it can."""
    inspections: dict[int, list[_Inspected]] = defaultdict(list)
    if clock.known is None:
        waits = Wait.objects.known_on(clock.as_at).filter(council_id__in=councils)
        for council, *row in waits.order_by("publication_date").values_list(
            "council_id", "start_date", "publication_date", "standing", "inspection__reference"
        ):
            inspections[council].append(_Inspected(*row))
    else:
        for full in full_then(book, clock):
            if full.council_id in councils:
                inspections[full.council_id].append(_inspected(full))
    return _Known(inspections, _visited(events.visits(clock, council_ids=councils)))


def _happened(row: Sequence, known: _Known) -> Happened | None:
    council, stated, event, first, last = row[0], row[5], row[11], row[12], row[13]
    if not event:
        return None
    inspections = known.inspections.get(council, [])
    if event == ExpectedEvent.ACTION_PLAN:
        before = [full for full in inspections if full.published <= _month_end(stated)]
        if not before:
            return Happened(Came.UNKNOWN)
        deadline = action_plan_deadline(before[-1].published)
        return Happened(Came.UNKNOWN, None, deadline, before[-1].reference)
    if event == ExpectedEvent.FULL_INSPECTION:
        came_on = [(full.start, full.reference) for full in inspections if full.start]
    elif event == ExpectedEvent.GOOD:
        came_on = [
            (full.published, full.reference)
            for full in inspections
            if full.standing == Standing.GOOD_OR_BETTER
        ]
    else:
        came_on = known.visits.get(council, [])
    later = [found for found in came_on if found[0] > stated]
    if not later:
        return Happened(Came.NOT_YET)
    day, reference = min(later)
    came = Came.EARLIER if day < first else Came.LATER if day > last else Came.INSIDE
    return Happened(came, day, reference=reference)


def _month_end(day: date) -> date:
    """The last day of the month, as a statement may be dated to the month only."""
    return day.replace(day=monthrange(day.year, day.month)[1])
