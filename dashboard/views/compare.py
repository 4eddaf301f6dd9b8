"""Up to ten councils side by side, sorted by name. No rank."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboard import compare_page, words
from dashboard.banner import banner
from dashboard.previews import preview
from dashboard.state import MOST_IN_A_LIST, CompareState, Notice
from dashboard.views.common import opening
from inspections.queries import events
from inspections.queries.council import find_council
from inspections.queries.positions import positions
from inspections.queries.since import ENGLAND_FACTS


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    start = opening(request, CompareState)
    slugs = start.state.councils
    chosen = [row for row in events.councils() if row.slug in slugs]
    known = {row.slug for row in chosen}
    notices = start.notices + tuple(
        Notice("councils", slug, "no council has this address") for slug in slugs
        if slug not in known
    )  # fmt: skip
    ids = [row.id for row in chosen]
    inspections = events.inspections(start.book, start.clock, council_ids=ids) if ids else []
    held = positions(start.book, start.clock, councils=chosen, inspections=inspections)
    first = next((row for slug in slugs for row in chosen if row.slug == slug), None)
    names = words.listing([row.council.short_name for row in held])
    canonical = start.state.but(councils=tuple(slug for slug in slugs if slug in known))
    context = start.context(
        section="compare",
        sides=compare_page.sides(held, start, slugs),
        picture=compare_page.picture(held, inspections, start) if inspections else None,
        alike=compare_page.alike(start, first) if first else [],
        lanes=[lane for lane in start.book.lanes if lane.is_core],
        can_add=len(known) < MOST_IN_A_LIST,
        joined="~".join(slug for slug in slugs if slug in known),
        names=names,
        absent=[row.short_name for row in chosen if row not in [x.council for x in held]],
        banner=banner(
            start,
            inspections,
            council_ids=ids,
            names={row.id: row.short_name for row in chosen},
            with_visits=False,
            facts=ENGLAND_FACTS,
        ),
        preview=preview(
            f"Compare {names}" if names else "Compare councils",
            f"Judgements of {len(held)} councils side by side, sorted by name.",
            canonical.url(request.path),
            state=start.state,
            council=first,
        ),
    )
    return render(request, "dashboard/compare.html", context | {"notices": notices})


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
