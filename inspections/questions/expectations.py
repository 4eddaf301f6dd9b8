"""What was expected, and what happened?"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inspections.record import Record
from inspections.rows import Council, Inspection, Statement
from inspections.rules.outcomes import Standing, outcome_of
from inspections.rules.position import place_in_time
from inspections.rules.working_days import Deadline, action_plan_deadline
from inspections.vocabulary import (
    CoverageKind,
    DatePrecision,
    ExpectedEvent,
    StatementKind,
    VisitKind,
)


class Came(StrEnum):
    """When what was expected came, against the span that was given."""

    INSIDE = "inside"
    EARLIER = "earlier"
    LATER = "later"
    AT_THE_EDGE = "at_the_edge"  # in a month that lies partly within the span
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Happened:
    """What the record shows. `day`: when it came, or its month's first day where `is_month`.

    `seen_to`: for what has not come, the day to which the record is complete for such events.
    `deadline`: for an action plan, the last day by law, which is all the record can say.
    `reference`: of the inspection or visit that this rests on; empty where there is none.
    """

    came: Came
    day: date | None = None
    is_month: bool = False
    seen_to: date | None = None
    deadline: Deadline | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Expectation:
    """A recorded statement; `happened` only for those that gave a time for a known event."""

    council: Council
    said: Statement
    happened: Happened | None


@dataclass(frozen=True, slots=True)
class Expectations:
    """Some of the statements and how many there are in all."""

    rows: tuple[Expectation, ...]
    total: int


def expectations(
    record: Record,
    day: date,
    *,
    council_id: int | None = None,
    is_all: bool = False,
    first: int = 0,
    most: int | None = None,
) -> Expectations:
    """Statements made by the day that looked ahead, with a time first, by the time expected.

    `is_all`: also those that did not look ahead. What happened is as known on the day.
    """
    found = [
        (
            row.expected_from_date or date.max,
            row.stated_date,
            record.council(row.council_id),
            row,
        )
        for row in record.statements
        if row.stated_date <= day
        and council_id in {None, row.council_id}
        and (is_all or row.kind == StatementKind.EXPECTATION or row.expected_event)
    ]
    found.sort(key=lambda line: (*line[:2], line[2].short_name, line[3].reference))
    last = None if most is None else first + most
    shown = (
        Expectation(council, row, happened(record, row, day))
        for _, _, council, row in found[first:last]
    )
    return Expectations(tuple(shown), len(found))


def expectations_of(
    record: Record, council_id: int, day: date
) -> tuple[tuple[Expectation, ...], int]:
    """A council's expectations that gave a time, and how many statements are on record."""
    rows = record.statements_of(council_id, day)
    timed = tuple(
        Expectation(record.council(council_id), row, happened(record, row, day))
        for row in rows
        if row.expected_event
    )
    return timed, len(rows)


def happened(record: Record, row: Statement, day: date) -> Happened | None:
    """What the record shows by the day of what a statement expected; None without a time."""
    first, last = row.expected_from_date, row.expected_to_date
    if not row.expected_event or first is None or last is None:
        return None
    known = sorted(record.full_inspections_of(row.council_id, day), key=place_in_time)
    if row.expected_event == ExpectedEvent.ACTION_PLAN:
        before = [full for full in known if full.publication_date <= _month_end(row.stated_date)]
        if not before:
            return Happened(Came.UNKNOWN)
        deadline = action_plan_deadline(before[-1].publication_date)
        return Happened(Came.UNKNOWN, deadline=deadline, reference=before[-1].reference)
    came = min(
        (found for found in _came(record, row, known, day) if found.last > row.stated_date),
        key=lambda found: (found.first, found.reference),
        default=None,
    )
    if came is None:
        kinds = MONITORS if row.expected_event == ExpectedEvent.FIRST_VISIT else FULL
        return Happened(Came.NOT_YET, seen_to=min(record.seen_to(day, kind) for kind in kinds))
    return Happened(
        _against(came, first, last), came.first, came.first < came.last, reference=came.reference
    )


MONITORS = (VisitKind.MONITORING, VisitKind.ASSURANCE)
FULL = (CoverageKind.INSPECTIONS,)


@dataclass(frozen=True, slots=True)
class _Came:
    """What was expected came on a day, or on one of the days of a month."""

    first: date
    last: date
    reference: str


def _against(came: _Came, first: date, last: date) -> Came:
    """When it came, against the span that was given."""
    if came.last < first:
        return Came.EARLIER
    if came.first > last:
        return Came.LATER
    return Came.INSIDE if first <= came.first and came.last <= last else Came.AT_THE_EDGE


def _came(record: Record, row: Statement, known: list[Inspection], day: date) -> Iterator[_Came]:
    """Whatever came of the kind that was expected."""
    if row.expected_event == ExpectedEvent.FIRST_VISIT:
        for visit in record.visits_of(row.council_id, day):
            if visit.start_date and visit.kind in MONITORS:
                is_month = visit.start_precision == DatePrecision.MONTH
                last = _month_end(visit.start_date) if is_month else visit.start_date
                yield _Came(visit.start_date, last, visit.reference)
        return
    for full in known:
        if row.expected_event == ExpectedEvent.GOOD:
            if _is_good_or_better(full):
                yield _Came(full.publication_date, full.publication_date, full.reference)
        elif full.start_date:
            yield _Came(full.start_date, full.start_date, full.reference)
    unread = record.unread_by(day).get(row.council_id)
    if unread and row.expected_event == ExpectedEvent.FULL_INSPECTION:
        yield _Came(unread.start_date, unread.start_date, "")


def _is_good_or_better(row: Inspection) -> bool:
    kind = outcome_of(row)
    return kind is not None and kind.standing is Standing.GOOD_OR_BETTER


def _month_end(day: date) -> date:
    """The last day of the month, as a statement may be dated to the month only."""
    return day.replace(day=monthrange(day.year, day.month)[1])
