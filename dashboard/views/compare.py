"""Up to ten councils side by side, sorted by name. No rank."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboard import compare_page, words
from dashboard.banner import banner
from dashboard.chart_pages import Shown
from dashboard.previews import preview_of
from dashboard.sharing import share
from dashboard.state import MOST_IN_A_LIST, CompareState
from dashboard.views.common import opening
from inspections.queries.council import find_council
from inspections.queries.since import ENGLAND_FACTS


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    start = opening(request, CompareState)
    slugs = start.state.councils
    found = compare_page.ask(start)
    chosen, held = found.chosen, found.held
    known = {row.slug for row in chosen}
    first = next((row for slug in slugs for row in chosen if row.slug == slug), None)
    names = words.listing([row.council.short_name for row in held])
    shown = Shown(compare_page.SIDE_BY_SIDE, start, None, compare_page.answer(found, start))
    preview = preview_of(shown, page=request.path)
    context = start.context(
        sides=compare_page.sides(held, start, slugs),
        chart=None if shown.answer.is_empty else shown.chart,
        share=share(shown),
        alike=compare_page.alike(start, first) if first else [],
        lanes=[lane for lane in start.book.lanes if lane.is_core],
        can_add=len(known) < MOST_IN_A_LIST,
        joined="~".join(slug for slug in slugs if slug in known),
        names=names,
        absent=[row.short_name for row in chosen if row not in [x.council for x in held]],
        banner=banner(
            start,
            found.inspections,
            council_ids=[row.id for row in chosen],
            names={row.id: row.short_name for row in chosen},
            with_visits=False,
            facts=ENGLAND_FACTS,
        ),
        notices=(*start.notices, *found.notices),
        **({"preview": preview} if first else {}),
    )
    return render(request, "dashboard/compare.html", context)


@require_safe
def add(request: HttpRequest) -> HttpResponse:
    """The address of the comparison with one more council, named or by code."""
    start = opening(request, CompareState)
    sought = request.GET.get("add", "")[:80]
    found, _ = find_council(sought) if sought.strip() else (None, False)
    if found is None:
        query = urlencode({"q": sought})
        return HttpResponseRedirect(f"/councils/?{query}")
    slugs = (*start.state.councils, found.slug)
    state = start.state.but(councils=tuple(dict.fromkeys(slugs))[:MOST_IN_A_LIST])
    return HttpResponseRedirect(state.url("/compare/"))
