"""The list of councils, a council, and the ways that lead to it."""

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboard import calendar_feed, calendar_page, cards, council_list, council_page
from dashboard.banner import banner
from dashboard.rendering import page_or_part
from dashboard.sharing import with_more
from dashboard.state import CouncilsState
from dashboard.views.common import look, opening
from inspections.queries.calendar import council_calendar
from inspections.queries.council import council_answer, find_council
from inspections.queries.since import ENGLAND_FACTS


@require_safe
def councils(request: HttpRequest) -> HttpResponse:
    start = opening(request, CouncilsState)
    found = council_list.ask(start.book, start.clock, start.state)
    context = start.context(
        banner=banner(
            start,
            found.inspections,
            names=start.names(),
            whole_service_only=True,
            with_visits=False,
            facts=ENGLAND_FACTS,
        ),
        **council_list.context(found, start, request.path),
        preview=cards.preview(cards.councils(found, start), start),
    )
    return page_or_part(
        request,
        "dashboard/councils.html",
        "dashboard/partials/_councils.html",
        context,
        start.state,
    )


@require_safe
def councils_csv(request: HttpRequest) -> HttpResponse:
    start = opening(request, CouncilsState)
    found = council_list.ask(start.book, start.clock, start.state)
    return council_list.as_csv(found, start)


@require_safe
def council(request: HttpRequest, slug: str) -> HttpResponse:
    start = opening(request)
    row, is_slug = find_council(slug, start.clock)
    if row is None:
        raise Http404(slug)
    if not is_slug:
        return HttpResponsePermanentRedirect(start.state.url(f"/councils/{row.slug}/"))
    if look(request).present:  # meeting mode steps through the council's inspections
        meeting = with_more(start.state.url(f"/councils/{row.slug}/grades/"), "present=1")
        return HttpResponseRedirect(meeting)
    answer = council_answer(row, start.book, start.clock, complete_to=start.record.as_at_date)
    return render(
        request, "dashboard/council.html", start.context(**council_page.context(answer, start))
    )


@require_safe
def council_ics(request: HttpRequest, slug: str) -> HttpResponse:
    start = opening(request)
    row, is_slug = find_council(slug, start.clock)
    if row is None:
        raise Http404(slug)
    if not is_slug:
        return HttpResponsePermanentRedirect(start.state.url(f"/councils/{row.slug}.ics"))
    complete_to = start.record.as_at_date
    found = council_calendar(row, start.book, start.clock, complete_to=complete_to)
    return calendar_feed.calendar_file(
        row.slug,
        f"{row.short_name}: inspections of children's services",
        calendar_page.council_events(found),
        changed_at=start.record.changed_at or calendar_feed.NEVER,
    )
