"""Visits: a list of all of them, with what each looked at and asked for; page and file."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dashboard import words
from dashboard.charted.banner import of_england
from dashboard.data.columns import IDS, of
from dashboard.data.described import page_csv
from dashboard.data.tables import letter_plan_due, visited
from dashboard.england.page import answer
from dashboard.http.answers import asks
from dashboard.state import lists
from dashboard.state.address import (
    KIND,
    REGION,
    THEME,
    Notice,
    ViewState,
    one_of,
    page_param,
    param,
    read_council,
    read_day,
    to_slug,
)
from dashboard.state.controls import Field, Head, filters, sorting_head
from dashboard.state.opening import Opening, opening
from dashboard.words import presenters
from dashboard.words.coverage import complete
from dashboard.words.duties import letter_plan_words
from inspections.diff import POINTS
from inspections.questions.visits import Visited, WhichVisits, visits
from inspections.rows import Visit
from inspections.vocabulary import VisitKind, VisitTopic

A_PAGE = 50


@dataclass(frozen=True, kw_only=True)
class VisitsState(ViewState):
    """The list of visits; days are those of the visit itself. `type`: kind of visit."""

    type: str | None = param(one_of(*VisitKind, what="kind of visit"), write=to_slug)
    topic: str | None = param(one_of(*VisitTopic, what="topic"), write=to_slug)
    region: str | None = param(REGION, write=to_slug)
    asked: str | None = param(THEME, write=to_slug)
    kind: str | None = param(KIND, write=to_slug)
    council: str | None = param(read_council)
    start: date | None = param(read_day, name="from")
    end: date | None = param(read_day, name="to")
    priority: str | None = param(one_of("some", what="choice"))
    sort: str = param(one_of("newest", "council", what="order"), default="newest")
    page: int = page_param()


VISITED = (
    *of("council", *IDS, "ons_region"),
    *of("event", "visit", "visit_kind", "start_date", "start_precision", "end_date",
        "publication_date", "topic", "topic_codes", "priority_actions", "improvement_points"),
    *of("", "themes"),
    *of("event", "letter_url", "confidence", action_plan_due_date=letter_plan_due),
)  # fmt: skip


def ask(start: Opening) -> list[Visited]:
    state: VisitsState = start.state
    which = WhichVisits(
        among=lists.among_of(state.region, state.kind),
        council=state.council or "",
        kind=state.type or "",
        topic=state.topic or "",
        theme=state.asked or "",
        first=state.start,
        last=state.end,
        has_priority=bool(state.priority),
    )
    found = visits(start.record, start.day, which)
    return (
        sorted(found, key=lambda row: row.council.short_name) if state.sort == "council" else found
    )


def context(start: Opening, found: list[Visited], path: str) -> dict[str, Any]:
    state: VisitsState = start.state
    part = lists.slice_of(state, path, total=len(found), size=A_PAGE)
    said = sentence(start, found)
    return {
        "filters": filters(state, path, *fields(start)),
        "sentence": said,
        "preview": start.preview("Visits to councils' children's services", said),
        "lines": [line(row, start) for row in found[part.first : part.last]],
        "part": part,
        "heads": [
            sorting_head("Council", state, path, ascending={"sort": "council"}),
            sorting_head("Visit", state, path, descending={"sort": "newest"}),
            Head("Topic"),
            Head("Priority actions", css="number"),
            Head("Themes of its points"),
        ],
        "csv_url": state.url("/england/visits.csv"),
        "atom_url": state.but(page=1).url("/england/visits.atom"),
        "atom": [("These visits", state.but(page=1).url("/england/visits.atom"))],
    }


def fields(start: Opening) -> tuple[list[Field], list[Field]]:
    themes = [(to_slug(row.code), row.name) for row in start.record.themes]
    row = [
        Field("type", "Kind", [(to_slug(k), k.label) for k in VisitKind], any="all visits"),
        lists.council_field(start, "Council"),
        Field("topic", "Topic", [(to_slug(t), t.label) for t in VisitTopic], any="all topics"),
        lists.region_field(),
    ]
    more = [
        Field("asked", "Theme of a point", themes, any="all themes"),
        lists.kind_field(),
        Field("from", "Visited from", kind="date"),
        Field("to", "Visited to", kind="date"),
        Field("priority", "Priority actions", [("some", "with some")], any="with or without"),
    ]
    return row, more


def sentence(start: Opening, found: list[Visited]) -> str:
    """How many, of which kinds, and that what is not on record is no proof of none."""
    kinds = [row.visit.kind for row in found]
    parts = [
        words.count(kinds.count(kind), kind.label[0].lower() + kind.label[1:])
        if kind is not VisitKind.JTAI
        else words.count(kinds.count(kind), "joint inspection")
        for kind in VisitKind
        if kind in kinds
    ]
    told = f": {words.listing(parts)}" if len(parts) > 1 else ""
    by = f" by {words.day(start.day)}" if start.state.as_at else ""
    there = [kind for kind in VisitKind if kind in kinds]
    begun = [row.visit.event_date for row in found if row.visit.event_date]
    known = complete(start.record.coverage, min(begun, default=date.min), start.day, there)
    said = f"{words.count(len(found), 'visit')} on record{by}{told}."
    return f"{said} {words.begun(known)}." if known else said


def line(row: Visited, start: Opening) -> dict[str, Any]:
    names, visit = start.record.theme_by_code, row.visit
    raised = [names[code].short_name for code in names if code in row.themes]
    return {
        "name": row.council.short_name,
        "council_href": f"/councils/{row.council.slug}/{start.keep}",
        "href": f"/councils/{row.council.slug}/inspections/{visit.reference}/{start.keep}",
        "kind": presenters.event_name(visit),
        "shape": presenters.VISIT_SHAPES.get(VisitKind(visit.kind), ""),
        "when": when(visit),
        "topic": presenters.topic(visit),
        "priority": visit.priority_actions,
        "plan": letter_plan_words(visit, start.day),
        "themes": words.listing(raised)
        or ("not on record" if row.points is None else "none raised"),
    }


def when(visit: Visit) -> str:
    """The visit's days, else the month of its letter."""
    if visit.start_date is None and visit.publication_date:
        return f"published {words.month(visit.publication_date)}"
    return presenters.event_day(visit)


def known_council(start: Opening) -> Opening:
    """A council of no such name is told and left out of account."""
    state: VisitsState = start.state
    if state.council and start.council(state.council)[0] is None:
        notice = Notice("council", state.council, "there is no council of this name")
        return start.but_notice(notice, council=None)
    return start


@asks(VisitsState)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    start = known_council(opening(request, VisitsState))
    found = ask(start)
    last = lists.last_page(len(found), A_PAGE)
    if start.state.page > last:
        reason = f"the list ends with page {last}, which is shown"
        start = start.but_notice(Notice("page", str(start.state.page), reason), page=last)
    scope = of_england(
        lists.among_in(start.state), start, has_visits=True, reference_data=frozenset({POINTS})
    )
    return answer(request, "visits", start, scope, context(start, found, request.path))


@asks(VisitsState)
@require_safe
def csv(request: HttpRequest) -> HttpResponse:
    start = known_council(opening(request, VisitsState))
    rows = visited((row.visit for row in ask(start)), start.record)
    return page_csv("visits", VISITED, rows, start)
