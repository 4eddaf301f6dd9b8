"""Visits: a list of all of them, with what each looked at and asked for; page and file."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dashboard import words
from dashboard.charted.banner import of_england
from dashboard.data.columns import IDS, of
from dashboard.data.described import page_csv
from dashboard.data.tables import letter_plan_due, visited
from dashboard.england.page import answer, on_page
from dashboard.england.visits_chart import (
    KIND_OF_CHART,
    VisitsState,
    answer_visits,
    ask,
    counted_words,
    known_council,
    known_words,
)
from dashboard.http.answers import asks
from dashboard.state import lists
from dashboard.state.address import Notice
from dashboard.state.controls import Head, sorting_head
from dashboard.state.opening import Opening, opening
from dashboard.words import presenters
from dashboard.words.duties import letter_plan_words
from inspections.diff import POINTS
from inspections.questions.visits import Visited
from inspections.rows import Visit
from inspections.vocabulary import VisitKind

A_PAGE = 40


VISITED = (
    *of("council", *IDS, "ons_region"),
    *of("event", "visit", "visit_kind", "start_date", "start_precision", "end_date",
        "publication_date", "topic", "topic_codes", "priority_actions", "improvement_points"),
    *of("", "themes"),
    *of("event", "letter_url", "confidence", action_plan_due_date=letter_plan_due),
)  # fmt: skip


SHORT_KINDS = {
    kind.value: "Joint" if kind is VisitKind.JTAI else kind.label.removesuffix(" visit")
    for kind in VisitKind
}


def context(start: Opening, found: list[Visited], path: str) -> dict[str, Any]:
    state: VisitsState = start.state
    part = lists.slice_of(state, path, total=len(found), size=A_PAGE)
    chart = answer_visits(start, found)
    return {
        **on_page(KIND_OF_CHART, start, chart),
        "sentence": counted_words(start, found),
        "newest": newest_words(start, found),
        "known": known_words(start, found),
        "lines": [line(row, start) for row in found[part.first : part.last]],
        "part": part,
        "heads": [
            sorting_head("Council", state, path, ascending={"sort": "council"}),
            sorting_head("Visit", state, path, descending={"sort": "newest"}),
            Head("Topic"),
            Head("Priority actions", css="number"),
            Head("Themes of what it asked for"),
        ],
        "csv_url": state.url("/england/visits.csv"),
        "atom_url": state.but(page=1).url("/england/visits.atom"),
        "atom": [("These visits", state.but(page=1).url("/england/visits.atom"))],
    }


def line(row: Visited, start: Opening) -> dict[str, Any]:
    names, visit = start.record.theme_by_code, row.visit
    raised = "; ".join(names[code].name for code in names if code in row.themes)
    return {
        "name": row.council.short_name,
        "council_href": f"/councils/{row.council.slug}/{start.keep}",
        "href": f"/councils/{row.council.slug}/inspections/{visit.reference}/{start.keep}",
        "kind": SHORT_KINDS.get(visit.kind, presenters.event_name(visit)),
        "shape": presenters.VISIT_SHAPES.get(VisitKind(visit.kind), ""),
        "when": when(visit),
        "topic": presenters.topic(visit),
        "is_unread": row.points is None and visit.priority_actions is None,
        "priority": visit.priority_actions,
        "plan": letter_plan_words(visit, start.day),
        "themes": raised or ("not on record" if row.points is None else "none raised"),
    }


def newest_words(start: Opening, found: list[Visited]) -> str:
    """What the newest visit asked for of those whose points are on record; empty without any."""
    told = [row for row in found if row.themes and row.visit.event_date]
    if not told:
        return ""
    newest = max(told, key=lambda row: row.visit.event_date or date.min)
    names = [row.name.lower() for row in start.record.themes if row.code in newest.themes]
    return (
        f"The newest whose points are here, {newest.council.short_name}, {when(newest.visit)}, "
        f"asked for: {'; '.join(names)}."
    )


def when(visit: Visit) -> str:
    """The visit's days, else the month of its letter."""
    if visit.start_date is None and visit.publication_date:
        return f"published {words.month(visit.publication_date)}"
    return presenters.event_day(visit)


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
