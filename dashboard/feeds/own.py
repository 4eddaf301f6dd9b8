"""A reader's own list of councils: one feed and one calendar for all of them, and their page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboard import words
from dashboard.feeds import calendars, feeds
from dashboard.feeds.icalendar import NEVER, calendar_file
from dashboard.http.answers import asks
from dashboard.state.address import ViewState, listed, param, read_council
from dashboard.state.opening import opening
from dashboard.words.presenters import webcal
from inspections.questions.calendar import council_calendar
from inspections.rows import Council
from inspections.vocabulary import Region

MOST = 40
LONGEST = 1200  # characters: forty of the longest names


@dataclass(frozen=True, kw_only=True)
class FeedsState(ViewState):
    """The list, in its order; without one the page offers the councils."""

    councils: tuple[str, ...] = param(listed(read_council, most=MOST), default=(), longest=LONGEST)


def named(councils: list[Council]) -> str:
    """The councils in a title: all of few, the number of many."""
    names = [row.short_name for row in councils]
    return words.listing(names) if len(names) < 5 else f"{len(names)} councils"


def by_region(councils: Sequence[Council]) -> list[tuple[str, list[Council]]]:
    """The councils below the names of their regions, in the order of both."""
    return [
        (name, [row for row in councils if row.ons_region == code])
        for code, name in Region.choices()
        if any(row.ons_region == code for row in councils)
    ]


@asks(FeedsState)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    start = opening(request, FeedsState)
    chosen = [row for slug in start.state.councils if (row := start.council(slug)[0])]
    atom, ics = (start.state.url(f"/feeds.{suffix}") for suffix in ("atom", "ics"))
    said = f"One feed and one calendar for {named(chosen)}." if chosen else ""
    return render(
        request,
        "dashboard/feeds.html",
        start.context(
            chosen=chosen,
            by_region=by_region(start.record.councils_on(start.day)),
            slugs=set(start.state.councils),
            atom=[(f"Inspections: {named(chosen)}", atom)] if chosen else [],
            atom_url=settings.SITE_URL + atom,
            webcal_url=webcal(ics),
            ics_url=ics,
            mail_url=start.state.but(as_at=None, known=None).url("/subscribe/")
            if settings.MAIL_URL
            else "",
            most=MOST,
            preview=start.preview("Your own list: feed and calendar", said),
        ),
    )


@asks(FeedsState)
@require_safe
def atom_file(request: HttpRequest) -> HttpResponse:
    """The newest of the named councils; of none, an empty feed that says how to name them."""
    start = opening(request, FeedsState)
    chosen = [row for slug in start.state.councils if (row := start.council(slug)[0])]
    title = f"Children's services inspections: {named(chosen) or 'no council named'}"
    page = start.state.url("/feeds/")
    return feeds.answer(start, title, page, feeds.published(start, chosen))


@asks(FeedsState)
@require_safe
def ics_file(request: HttpRequest) -> HttpResponse:
    start = opening(request, FeedsState)
    chosen = [row for slug in start.state.councils if (row := start.council(slug)[0])]
    events = []
    for row in chosen:
        found = council_calendar(start.record, row, start.day)
        events += [*calendars.council_events(found), *calendars.withdrawn_events(found, start)]
    title = f"{named(chosen) or 'No council named'}: inspections of children's services"
    changed_at = start.now.changed_at or NEVER
    return calendar_file("councils", title, events, changed_at=changed_at, about=start.coverage)
