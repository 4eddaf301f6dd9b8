"""What was expected and what happened, in neutral words; also a council's section 6."""

from datetime import date
from typing import Any

from django.http import HttpResponse

from dashboard import england_parts, words
from dashboard.state import Notice
from dashboard.state_england import ExpectedState
from inspections.queries import expectations as query
from inspections.queries.expectations import Came, Expectation, Expectations
from inspections.rules.intervals import DAYS_PER_MONTH
from inspections.vocabulary import ExpectedEvent, StatedPrecision, StatementKind

SIZE = 50
EVENT_WORDS = {
    ExpectedEvent.FULL_INSPECTION: "the next full inspection began",
    ExpectedEvent.GOOD: "a report with good or better came out",
    ExpectedEvent.FIRST_VISIT: "the first visit on record took place",
}


def ask(start: Any, council_id: int | None, *, whole: bool = False) -> Expectations:
    return query.expectations(
        start.book,
        clock=start.clock,
        council_id=council_id,
        is_all=start.state.everything,
        first=0 if whole else england_parts.asked_first(start.state, SIZE),
        most=None if whole else SIZE,
    )


def unknown_council(start: Any) -> tuple[Notice, ...]:
    state: ExpectedState = start.state
    reason = "there is no council of this name"
    return (*start.notices, Notice("council", state.council or "", reason))


def context(found: Expectations, start: Any, path: str) -> dict[str, Any]:
    return {
        "pages": england_parts.page_links("expected", start.keep),
        "found": found,
        "rows": [expectation_context(row, start) for row in found.rows],
        "sentence": sentence(found, start),
        "part": england_parts.slice_of(start.state, path, total=found.total, size=SIZE),
        "csv_url": start.state.url("/england/expected.csv"),
        "everything": start.state.but(everything=not start.state.everything, page=1).url(path),
    }


def sentence(found: Expectations, start: Any) -> str:
    return (
        f"{words.count(found.total, 'statement')} "
        f"{'' if start.state.everything else 'about what would happen '}"
        f"{'is' if found.total == 1 else 'are'} on record by {words.day(start.clock.as_at)}."
    )


def expectation_context(row: Expectation, start: Any) -> dict[str, Any]:
    outcome, notes = told_today(row, start)
    return {
        "row": row,
        "outcome": outcome,
        "notes": notes,
        "kind": StatementKind.label_of(row.kind),
        "stated": stated(row),
        "window": window(row),
        "happened": happened(row, start.clock.as_at),
    }


def told_today(row: Expectation, start: Any) -> tuple[str, str]:
    """What the record tells of the outcome and notes: written later, so not on an earlier day."""
    return ("", "") if start.is_earlier else (row.outcome, row.notes)


def stated(row: Expectation) -> str:
    if row.stated_precision == StatedPrecision.YEAR:
        return str(row.stated_date.year)
    if row.stated_precision == StatedPrecision.MONTH:
        return words.month(row.stated_date)
    return words.day(row.stated_date)


def window(row: Expectation) -> str:
    """The span that was given, by months."""
    if row.expected_from_date is None or row.expected_to_date is None:
        return ""
    first, last = words.month(row.expected_from_date), words.month(row.expected_to_date)
    return first if first == last else f"{first} to {last}"


def happened(row: Expectation, as_at: date) -> str:
    """What the record shows, against the span that was given."""
    found = row.happened
    if found is None:
        return ""
    if row.expected_event == ExpectedEvent.ACTION_PLAN:
        if found.deadline is None:
            return "Whether and when the plan was ready is not on record."
        return (
            "Whether and when the plan was ready is not on record; by law it was due by "
            f"{words.day(found.deadline.due_date)}, 70 working days after the report."
        )
    event = EVENT_WORDS[ExpectedEvent(row.expected_event)]
    if found.came is Came.NOT_YET or found.day is None:
        return f"By {words.day(as_at)} the record shows none."
    when = f"On {words.day(found.day)} {event}"
    if found.came is Came.INSIDE:
        return f"{when}, within that time."
    if found.came is Came.EARLIER:
        return f"{when}, {_apart(found.day, row.expected_from_date)} before that time."
    return f"{when}, {_apart(row.expected_to_date, found.day)} after that time."


def _apart(first: date | None, last: date | None) -> str:
    days = (last - first).days if first and last else 0
    return words.count(days, "day") if days < 60 else f"{days / DAYS_PER_MONTH:.1f} months"


def as_csv(found: Expectations, start: Any) -> HttpResponse:
    codes = england_parts.ons_codes(start)
    header = (
        "council", "ons_code", "slug",
        "reference", "kind", "stated", "stated_precision", "said_by", "what",
        "value", "unit", "expected_event", "expected_from", "expected_to", "what_happened",
        "outcome_on_record", "source_of_statement", "source_url", "notes",
        "event_on_record",
    )  # fmt: skip
    rows = (
        (
            row.council_name, codes.get(row.slug), row.slug,
            row.reference, row.kind, row.stated_date,
            row.stated_precision, row.said_by, row.what, row.value, row.unit,
            row.expected_event, row.expected_from_date, row.expected_to_date,
            happened(row, start.clock.as_at), told_today(row, start)[0], row.source_text,
            row.source_url, told_today(row, start)[1],
            row.happened.reference if row.happened else None,
        )
        for row in found.rows
    )  # fmt: skip
    return england_parts.csv_file("expected-and-actual", header, rows, start)
