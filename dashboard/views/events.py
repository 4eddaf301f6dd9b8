"""One inspection or visit."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboard import cards, event_page
from dashboard.banner import banner
from dashboard.views.common import opening
from inspections.queries.council import find_council
from inspections.queries.event import all_events, event_answer, find_event


@require_safe
def event(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    start = opening(request)
    council, is_slug = find_council(slug, start.clock)
    if council is None:
        raise Http404(slug)
    rows = all_events(council, start.book, start.clock)
    found = find_event(rows, council, reference)
    if not found.rows:
        raise Http404(event_page.why_not_found(council, reference, start))
    if len(found.rows) > 1:
        context = start.context(council=council, choices=event_page.choices(found.rows))
        return render(request, "dashboard/event_choice.html", context)
    row = found.rows[0]
    if not (is_slug and found.is_exact):
        path = f"/councils/{council.slug}/inspections/{row.reference}/"
        return HttpResponsePermanentRedirect(start.state.url(path))
    answer = event_answer(rows, row, council, start.book, start.clock)
    template = (
        "dashboard/inspection.html" if event_page.is_inspection(row) else "dashboard/visit.html"
    )
    context = start.context(
        banner=banner(start, rows, council_ids=[council.id], reference=row.reference),
        **event_page.context(answer, council, start),
        preview=cards.preview(cards.event(row, council, start), start),
    )
    return render(request, template, context)
