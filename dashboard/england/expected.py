"""What was expected and what happened, in neutral words; also a council's section 6."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple, Self

import plotly.graph_objects as go
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dashboard import words
from dashboard.charted.banner import of_england
from dashboard.charted.card import Card, preview
from dashboard.charted.card_picture import card_picture
from dashboard.charts import card as drawing
from dashboard.data.columns import IDS, of
from dashboard.data.described import page_csv
from dashboard.data.tables import STATEMENT
from dashboard.england.expected_words import about_words, chosen_how, sentence, verdict
from dashboard.england.page import answer
from dashboard.england.said import beside
from dashboard.http.answers import asks
from dashboard.state import lists
from dashboard.state.address import (
    Notice,
    ViewState,
    one_of,
    page_param,
    param,
    read_council,
    read_flag,
)
from dashboard.state.controls import Head, filters, sorting_head
from dashboard.state.opening import Opening, opening
from inspections.figure_rows import CardLine
from inspections.questions.among import EVERY
from inspections.questions.expectations import (
    Came,
    Expectation,
    Expectations,
    Happened,
    expectations,
)
from inspections.rows import Council, Statement
from inspections.rules.clock import DAYS_PER_MONTH
from inspections.vocabulary import ExpectedEvent, StatedPrecision, StatementKind


@dataclass(frozen=True, kw_only=True)
class ExpectedState(ViewState):
    """Statements; `everything` also those that did not look ahead.

    Without an order what was expected last stands first; a link pinned before this was the order
    names none either, and shows what it showed: what was expected first.
    """

    council: str | None = param(read_council)
    everything: bool = param(read_flag, default=False)
    sort: str | None = param(one_of("last", "expected", "newest", "outcome", what="order"))
    page: int = page_param()

    @property
    def order(self) -> str:
        return self.sort or ("expected" if self.known else "last")

    def pinned(self, as_at: date, known: datetime | None) -> Self:
        return replace(super().pinned(as_at, known), sort=self.order)


SIZE = 50
LAST = "~"  # sorts what has no outcome after all words

EVENT_WORDS = {
    ExpectedEvent.FULL_INSPECTION: "the next full inspection began",
    ExpectedEvent.GOOD: "a report with good or better came out",
    ExpectedEvent.FIRST_VISIT: "the first visit on record took place",
}


def ask(start: Opening, council_id: int | None, *, whole: bool = False) -> Expectations:
    state: ExpectedState = start.state
    found = expectations(start.record, start.day, council_id=council_id, is_all=state.everything)
    rows = list(found.rows)
    if state.order == "last":  # without a time, at the end
        rows.sort(key=lambda row: row.said.expected_from_date or date.min, reverse=True)
    elif state.order == "newest":
        rows.sort(key=lambda row: row.said.stated_date, reverse=True)
    elif state.order == "outcome":
        rows.sort(key=lambda row: verdict(row)[0] or LAST)
    first = lists.asked_first(state, SIZE)
    return replace(found, rows=tuple(rows if whole else rows[first : first + SIZE]))


def unknown_council(start: Opening) -> tuple[Notice, ...]:
    state: ExpectedState = start.state
    reason = "there is no council of this name"
    return (*start.notices, Notice("council", state.council or "", reason))


def context(found: Expectations, start: Opening, path: str) -> dict[str, Any]:
    state: ExpectedState = start.state
    return {
        "found": found,
        "heads": [
            Head("Said"),
            sorting_head("By whom, when", state, path, descending={"sort": "newest"}),
            sorting_head(
                "Expected or stated",
                state.but(sort=state.order),
                path,
                descending={"sort": "last"},
                ascending={"sort": "expected"},
            ),
            sorting_head("What happened", state, path, ascending={"sort": "outcome"}),
        ],
        "rows": [expectation_context(row, start) for row in found.rows],
        "sentence": sentence(found, start),
        "chosen_how": chosen_how(found, start),
        "filters": filters(state, path, [lists.council_field(start, "Only about a council")]),
        "part": lists.slice_of(start.state, path, total=found.total, size=SIZE),
        "csv_url": start.state.url("/england/expected.csv"),
        "chart_url": state.but(page=1).url("/england/expected-when/")
        if any(row.happened for row in found.rows)
        else "",
        "everything": start.state.but(everything=not start.state.everything, page=1).url(path),
    }


def expectation_context(row: Expectation, start: Opening) -> dict[str, Any]:
    outcome, notes = told_today(row, start)
    said, came = verdict(row)
    return {
        "row": row.said,
        "council": row.council,
        "outcome": outcome,
        "notes": notes,
        "kind": StatementKind.label_of(row.said.kind),
        "stated": stated(row.said),
        "window": window(row.said),
        "value": value_words(row.said),
        "verdict": said,
        "published": beside(row.said, start),
        "came": came,
    }


def told_today(row: Expectation, start: Opening) -> tuple[str, str]:
    """What the record tells of the outcome and notes: written later, so not on an earlier day."""
    return ("", "") if start.is_earlier else (row.said.outcome, row.said.notes)


def stated(row: Statement) -> str:
    if row.stated_precision == StatedPrecision.YEAR:
        return str(row.stated_date.year)
    if row.stated_precision == StatedPrecision.MONTH:
        return words.month(row.stated_date)
    return words.day(row.stated_date)


MONEY = re.compile(r"(?:(million|billion) )?GBP( a year)?(, about)?")


def value_words(row: Statement) -> str:
    """A value with its unit in words: `13 January 2020`, `about £124 million`, `70th of 317`."""
    value, unit = row.value, row.unit
    if unit == "date":
        year, month, *rest = (int(part) for part in value.split("-"))
        said = date(year, month, rest[0] if rest else 1)
        return words.day(said) if rest else words.month(said)
    if unit.startswith("rank"):
        return words.ordinal(int(value)) + unit.removeprefix("rank")
    if money := MONEY.fullmatch(unit):
        size, yearly, about = (part or "" for part in money.groups())
        amount = f"£{value}" if value[0].isdigit() else f"{value} of pounds"
        return f"{'about ' if about else ''}{amount}{' ' if size else ''}{size}{yearly}"
    if unit == "percent":
        return f"{value}%"
    if unit in {"year", "grade", "grades"} or not unit:
        return value
    plain = unit.removesuffix(", about")
    return f"about {value} {plain}" if plain != unit else f"{value} {unit}"


def window(row: Statement) -> str:
    """The span that was given, by months."""
    if row.expected_from_date is None or row.expected_to_date is None:
        return ""
    first, last = words.month(row.expected_from_date), words.month(row.expected_to_date)
    return first if first == last else f"{first} to {last}"


def happened(row: Expectation) -> str:
    """What the record shows, against the span that was given."""
    found = row.happened
    if found is None:
        return ""
    if row.said.expected_event == ExpectedEvent.ACTION_PLAN:
        if found.deadline is None:
            return "Whether and when the plan was ready is not on record."
        return (
            "Whether and when the plan was ready is not on record; by law it was due by "
            f"{words.day(found.deadline.due_date)}, 70 working days after the report."
        )
    if found.day is None:
        return not_yet(row.said, found.seen_to)
    event = EVENT_WORDS[ExpectedEvent(row.said.expected_event)]
    when = f"In {words.month(found.day)}" if found.is_month else f"On {words.day(found.day)}"
    return f"{when} {event}, {against(row.said, found)}."


def not_yet(said: Statement, seen_to: date | None) -> str:
    """What has not come is told to the day to which the record is complete for it."""
    is_visit = said.expected_event == ExpectedEvent.FIRST_VISIT
    what = "monitoring visits" if is_visit else "full inspections"
    if seen_to and said.expected_from_date and seen_to < said.expected_from_date:
        return f"Not known: {what} are complete to {words.day(seen_to)}, before that time."
    return f"By {words.day(seen_to)}, to which {what} are complete, the record shows none."


def against(said: Statement, found: Happened) -> str:
    """`within that time`, or how long before or after it."""
    if found.came is Came.INSIDE:
        return "within that time"
    if found.came is Came.AT_THE_EDGE:
        return "at the edge of that time: its day is not recorded"
    if found.came is Came.EARLIER:
        return f"{_apart(found.day, said.expected_from_date, found.is_month)} before that time"
    return f"{_apart(said.expected_to_date, found.day, found.is_month)} after that time"


def _apart(first: date | None, last: date | None, is_month: bool) -> str:
    days = (last - first).days if first and last else 0
    if is_month:
        return f"about {words.count(max(1, round(days / DAYS_PER_MONTH)), 'month')}"
    return words.count(days, "day") if days < 60 else f"{days / DAYS_PER_MONTH:.1f} months"


class ExpectationLine(NamedTuple):
    """An expectation on the page's day."""

    council: Council
    said: Statement
    happened: Happened | None
    what_happened: str
    outcome: str
    notes: str


EXPECTED = (
    *of("council", *IDS),
    *STATEMENT,
    *of("", "what_happened", "outcome_on_record", "notes"),
    *of("happened", "event_on_record"),
)


def line(row: Expectation, start: Opening) -> ExpectationLine:
    said = (happened(row) or beside(row.said, start), *told_today(row, start))
    return ExpectationLine(row.council, row.said, row.happened, *said)


def card(found: Expectations, start: Opening, council: Council | None) -> Card:
    def figure() -> go.Figure:
        rows = [
            CardLine(
                row.council.short_name,
                note=f"{stated(row.said)}: " + (window(row.said) or words.listing([row.said.what])),
            )
            for row in found.rows
        ]
        return drawing.lines(rows)

    title = f"{council.short_name if council else 'England'}: expected and actual"
    return Card(title, sentence(found, start), "/england/expected/", figure)


def ask_page(start: Opening) -> tuple[Opening, Expectations, Council | None]:
    """The asked page of statements, and the council that the address names, if any."""
    named = start.state.council
    council = start.council(named)[0] if named else None
    start, found = lists.asked_page(
        start, lambda start: ask(start, council.id if council else None), SIZE
    )
    return start, found, council


@asks(ExpectedState)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    start, found, council = ask_page(opening(request, ExpectedState))
    shown = context(found, start, request.path)
    if start.state.council and council is None:
        shown["notices"] = unknown_council(start)
    shown["council"] = council
    if about := about_words(found):
        shown["heading"] = f"Expected and actual: {about}"
    shown["preview"] = preview(card(found, start, council), start)
    scope = of_england(EVERY, start, council=council, has_visits=True, has_statements=True)
    return answer(request, "expected", start, scope, shown)


@asks(ExpectedState)
@require_safe
def csv(request: HttpRequest) -> HttpResponse:
    start = opening(request, ExpectedState)
    council = start.council(start.state.council)[0] if start.state.council else None
    found = ask(start, council.id if council else None, whole=True)
    rows = (line(row, start) for row in found.rows)
    return page_csv("expected-and-actual", EXPECTED, rows, start)


def _card(start: Opening) -> Card:
    start, found, council = ask_page(start)
    return card(found, start, council)


@asks(ExpectedState)
@require_safe
def picture(request: HttpRequest) -> HttpResponse:
    return card_picture(request, ExpectedState, _card)
