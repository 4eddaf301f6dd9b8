"""Figures of all councils: the page that shows how they are spread, and its file."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dashboard.charted.banner import of_england
from dashboard.data.described import page_csv
from dashboard.data.document import STATISTICS
from dashboard.england.page import answer, on_page
from dashboard.england.spreads import (
    KIND_OF_CHART,
    SPREAD,
    Line,
    SpreadsState,
    answer_spreads,
    by_group,
    own_sentence,
    rows_of,
    sentence,
)
from dashboard.http.answers import asks
from dashboard.state import lists
from dashboard.state.address import Notice
from dashboard.state.opening import opening
from inspections.diff import MEASURES


@asks(SpreadsState)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    start = opening(request, SpreadsState)
    among = lists.among_in(start.state)
    scope = of_england(among, start, reference_data=frozenset({MEASURES}))
    found = answer_spreads(start)
    own = start.council(start.state.council)[0] if start.state.council else None
    if start.state.council and own is None:
        notice = Notice("council", start.state.council, "there is no council of this name")
        start = start.but_notice(notice, council=None)
    context = {
        "sentence": sentence(found.rows),
        "own": own,
        "own_sentence": own_sentence(own, found.rows) if own else "",
        "groups": by_group(start, found.rows, own),
        "csv_url": start.state.url("/england/figures.csv"),
        **on_page(KIND_OF_CHART, start, found),
    }
    return answer(request, "figures", start, scope, context)


@asks(SpreadsState)
@require_safe
def csv(request: HttpRequest) -> HttpResponse:
    start = opening(request, SpreadsState)
    lines = (Line(one) for row in rows_of(start).measured for one in row)
    return page_csv("figures-of-all-councils", SPREAD, lines, start, source=STATISTICS)
