"""Windows of the next full inspection: sentences, list, file."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from dashboard import lists, words
from dashboard.address import to_slug
from dashboard.charted.banner import of_england
from dashboard.data.described import page_csv
from dashboard.england.next import memory_words
from dashboard.england.page import answer, on_page
from dashboard.england.upcoming_chart import (
    KIND_OF_CHART,
    PAST,
    WINDOW,
    WINDOWS_A_PAGE,
    UpcomingState,
    answer_windows,
    ask_upcoming,
)
from dashboard.http.answers import asks
from dashboard.opening import Opening, opening
from inspections.questions.among import EVERY
from inspections.questions.upcoming import UpcomingPage
from inspections.questions.waits import Upcoming
from inspections.rules.outcomes import Standing
from inspections.rules.windows import Window, WindowStatus
from inspections.vocabulary import Region

STATUS_WORDS = {
    WindowStatus.ESTIMATED: "within or before its window",
    WindowStatus.PAST: "past its window: longer than 90% of cases",
    WindowStatus.BEYOND: "longer than every case",
    WindowStatus.UNKNOWN: "no window: no such re-inspection on record",
}


def context(found: UpcomingPage, start: Opening, path: str) -> dict[str, Any]:
    state: UpcomingState = start.state
    part = lists.slice_of(state, path, total=found.total, size=WINDOWS_A_PAGE)
    return {
        "pages": lists.page_links("upcoming", start.keep),
        "found": found,
        "known_to": words.day(found.known_to),
        "is_behind": found.known_to is not None and found.known_to < start.day,
        "sentence": page_sentence(found, start),
        **on_page(KIND_OF_CHART, start, answer_windows(found, start)),
        "rows": table_rows(found, start),
        "table_below": "windows-list",  # of the same councils; once is enough
        "part": part,
        "memory": next((memory_words(row.window) for row in found.rows), ""),
        "csv_url": state.url("/england/upcoming.csv"),
        "ics_url": "/england/upcoming.ics",
        "options": {
            "region": lists.region_choices(),
            "kind": lists.kind_choices(),
            "outcome": [(to_slug(kind), kind.label) for kind in Standing],
            "status": [(code.value, text) for code, text in STATUS_WORDS.items()],
            "sort": [("start", "start of the window"), ("name", "name"), ("region", "region")],
        },
        "chosen": lists.chosen(state, "region", "kind", "outcome", "status", "sort"),
    }


def page_sentence(found: UpcomingPage, start: Opening) -> str:
    among = lists.among_words(start.state.region, start.state.kind)
    past = sum(found.statuses.get(status, 0) for status in PAST)
    return (
        f"{words.count(sum(found.statuses.values()), 'council')}{among} "
        f"{'waits' if sum(found.statuses.values()) == 1 else 'wait'} for a next full inspection; "
        f"{past} {'has' if past == 1 else 'have'} waited longer than 90% of comparable cases "
        f"({words.within(start.stands)})."
    )


def window_words(window: Window) -> str:
    """`October 2029 to May 2030, median January 2030`, or why there is none."""
    if window.status in PAST:
        first = window.earliest_date
        over = f" (its window was {_span(first, window.latest_date)})" if first else ""
        kind = "every case" if window.status == WindowStatus.BEYOND else "90% of cases"
        return f"longer than {kind}{over}"
    if window.earliest_date is None:
        return "no window can be given"
    if window.median_date is None:
        return f"from {words.month(window.earliest_date)}; the cases show no end"
    span = _span(window.earliest_date, window.latest_date)
    return f"{span}, median {words.month(window.median_date)}"


def span_words(window: Window) -> str:
    """The window alone, for a cell beside its bar: `October 2029 to May 2030`."""
    first, last = window.earliest_date, window.latest_date
    if first is None:
        return "no window can be given"
    return f"{'past: was ' if window.status in PAST else ''}{_span(first, last)}"


def _span(first: date, last: date | None) -> str:
    end = words.month(last) if last else "an end the cases do not show"
    return f"{words.month(first)} to {end}"


def table_rows(found: UpcomingPage, start: Opening) -> SafeString:
    return format_html_join(
        "",
        '<tr><th scope="row"><a href="/councils/{}/{}">{}</a></th><td>{}</td><td>{}</td>'
        "<td>{}</td><td>{}</td></tr>",
        (
            (
                row.council.slug,
                start.keep,
                row.council.short_name,
                words.month(row.wait.start_date or row.wait.publication_date),
                Standing.label_of(row.wait.standing) or "cannot be told",
                _marked(row),
                Region.label_of(row.council.ofsted_region),
            )
            for row in found.rows
        ),
    )


def _marked(row: Upcoming) -> SafeString:
    text = window_words(row.window)
    if row.window.status in PAST:
        return format_html("<strong>{}</strong>", text)
    return format_html("{}", text)


@asks(UpcomingState)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    start = opening(request, UpcomingState)
    start, found = lists.asked_page(start, ask_upcoming, WINDOWS_A_PAGE)
    # A window rests on the waits of every council, whichever are listed.
    scope = of_england(EVERY, start)
    return answer(request, "upcoming", start, scope, context(found, start, request.path))


@asks(UpcomingState)
@require_safe
def csv(request: HttpRequest) -> HttpResponse:
    """Every window that fits the filters, one council a line."""
    start = opening(request, UpcomingState)
    return page_csv("windows", WINDOW, ask_upcoming(start, whole=True).rows, start)
