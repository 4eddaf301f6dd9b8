"""The pages about all councils: what is held, what changed, what comes next, and their files."""

from types import ModuleType
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dashboard import (
    calendar_feed,
    calendar_page,
    cards,
    changes_page,
    england_parts,
    england_questions,
    expected_page,
    inadequate_page,
    journeys_page,
    state_england,
    statistics_page,
    timing_page,
    upcoming_page,
)
from dashboard.banner import england_banner
from dashboard.rendering import page_or_part
from dashboard.state import PlainState
from dashboard.views.common import Opening, opening
from inspections.queries import upcoming as upcoming_query
from inspections.queries.council import find_council
from inspections.queries.held import Among
from inspections.queries.since import OFFICIAL, POLLING

RESTS_ON = {"statistics": [OFFICIAL], "timing": [POLLING]}
CARDS = {
    "statistics": cards.statistics,
    "changes": cards.changes,  # of a narrowed list alone: else the chart says it
    "inadequate": cards.inadequate,
}


def _page(request: HttpRequest, name: str, start: Opening, found: Any, page: ModuleType):
    """A page and its part, from the same context."""
    # A window rests on the waits of every council, whichever are listed.
    among = Among() if name == "upcoming" else england_parts.among_in(start.state)
    told = england_banner(
        start,
        among,
        with_visits=name in {"journeys", "inadequate"},
        reference_data=RESTS_ON.get(name, ()),
    )
    context = start.context(banner=told, **page.context(found, start, request.path))
    if name in CARDS and (name != "changes" or changes_page.is_filtered(start.state)):
        context["preview"] = cards.preview(CARDS[name](found, start), start)
    return page_or_part(
        request,
        f"dashboard/england_{name}.html",
        f"dashboard/partials/_england_{name}.html",
        context,
        start.state,
    )


@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    start = opening(request, state_england.StatisticsState)
    return _page(
        request, "statistics", start, england_questions.ask_statistics(start), statistics_page
    )


@require_safe
def statistics_csv(request: HttpRequest) -> HttpResponse:
    start = opening(request, state_england.StatisticsState)
    return statistics_page.as_csv(england_questions.ask_statistics(start), start)


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    start = opening(request, state_england.ChangesState)
    start, found = england_parts.asked_page(start, england_questions.ask_changes, changes_page.SIZE)
    return _page(request, "changes", start, found, changes_page)


@require_safe
def changes_csv(request: HttpRequest) -> HttpResponse:
    start = opening(request, state_england.ChangesState)
    return changes_page.as_csv(england_questions.ask_changes(start, most=None), start)


@require_safe
def journeys(request: HttpRequest) -> HttpResponse:
    start = opening(request, state_england.JourneysState)
    start, found = england_parts.asked_page(
        start, england_questions.ask_journeys, england_questions.WAITS_A_PAGE
    )
    return _page(request, "journeys", start, found, journeys_page)


@require_safe
def journeys_csv(request: HttpRequest) -> HttpResponse:
    start = opening(request, state_england.JourneysState)
    return journeys_page.as_csv(england_questions.ask_journeys(start, most=None), start)


@require_safe
def timing(request: HttpRequest) -> HttpResponse:
    start = opening(request, state_england.TimingState)
    found = england_questions.ask_timing(start)
    return _page(request, "timing", start, found, timing_page)


@require_safe
def timing_csv(request: HttpRequest) -> HttpResponse:
    start = opening(request, state_england.TimingState)
    return timing_page.as_csv(england_questions.ask_timing(start), start)


@require_safe
def upcoming(request: HttpRequest) -> HttpResponse:
    start = opening(request, state_england.UpcomingState)
    start, found = england_parts.asked_page(
        start, england_questions.ask_upcoming, upcoming_page.SIZE
    )
    return _page(request, "upcoming", start, found, upcoming_page)


@require_safe
def upcoming_csv(request: HttpRequest) -> HttpResponse:
    start = opening(request, state_england.UpcomingState)
    return upcoming_page.as_csv(england_questions.ask_upcoming(start, whole=True), start)


@require_safe
def upcoming_ics(request: HttpRequest) -> HttpResponse:
    start = opening(request, PlainState)
    found = upcoming_query.upcoming(start.book, start.clock, among=Among())
    codes = england_parts.ons_codes(start)
    events = (calendar_page.window_event(row, codes.get(row.slug, "")) for row in found.rows)
    return calendar_feed.calendar_file(
        "upcoming",
        "Windows of Ofsted's next full inspections, England",
        [event for event in events if event is not None],
        changed_at=start.record.changed_at or calendar_feed.NEVER,
    )


@require_safe
def inadequate(request: HttpRequest) -> HttpResponse:
    start = opening(request, state_england.InadequateState)
    start, found = england_parts.asked_page(
        start, england_questions.ask_inadequate, inadequate_page.SIZE
    )
    return _page(request, "inadequate", start, found, inadequate_page)


@require_safe
def inadequate_csv(request: HttpRequest) -> HttpResponse:
    start = opening(request, state_england.InadequateState)
    return inadequate_page.as_csv(england_questions.ask_inadequate(start, whole=True), start)


@require_safe
def expected(request: HttpRequest) -> HttpResponse:
    start = opening(request, state_england.ExpectedState)
    council = find_council(start.state.council)[0] if start.state.council else None
    start, found = england_parts.asked_page(
        start,
        lambda start: expected_page.ask(start, council.id if council else None),
        expected_page.SIZE,
    )
    response = expected_page.context(found, start, request.path)
    if start.state.council and council is None:
        response["notices"] = expected_page.unknown_council(start)
    response["council"] = council
    response["preview"] = cards.preview(cards.expected(found, start, council), start)
    response["banner"] = england_banner(
        start, Among(), council=council, with_visits=True, with_statements=True
    )
    return page_or_part(
        request,
        "dashboard/england_expected.html",
        "dashboard/partials/_england_expected.html",
        start.context(**response),
        start.state,
    )


@require_safe
def expected_csv(request: HttpRequest) -> HttpResponse:
    start = opening(request, state_england.ExpectedState)
    council = find_council(start.state.council)[0] if start.state.council else None
    found = expected_page.ask(start, council.id if council else None, whole=True)
    return expected_page.as_csv(found, start)
