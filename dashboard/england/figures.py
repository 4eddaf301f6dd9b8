"""Figures of all councils: the page that shows how they are spread, and its file."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dashboard import words
from dashboard.charted.banner import of_england
from dashboard.data.described import page_csv
from dashboard.data.document import STATISTICS
from dashboard.england.page import answer, at_hand, on_page
from dashboard.england.spreads import (
    KIND_OF_CHART,
    SPREAD,
    SpreadLine,
    SpreadRows,
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


def facts(rows: SpreadRows) -> list[tuple[str, str]]:
    """How many measures, of how many councils, and of which years the newest are."""
    latest = [row[-1] for row in rows.measured]
    if not latest:
        return []
    return [
        ("Measures", str(len(latest))),
        ("Councils with a figure", _span([len(row.figures) for row in latest])),
        ("Newest", _span([row.year for row in latest])),
    ]


def publishers(rows: SpreadRows) -> str:
    """Who publishes what is shown, the most measures first."""
    counted = Counter(row[-1].measure.publisher for row in rows.measured)
    return words.listing([name for name, _ in counted.most_common()])


def _span(numbers: list[int]) -> str:
    first, last = min(numbers), max(numbers)
    return str(first) if first == last else f"{first} to {last}"


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
        "publishers": publishers(found.rows),
        "at_hand": at_hand(
            start,
            facts(found.rows),
            [
                ("#measures", "What each counts, and its source"),
                ("/compare/", "Councils beside their neighbours"),
                (start.state.url("/england/figures.csv"), "All years as CSV"),
                ("/data/dictionary/#figures", "Every council's figures as files"),
                ("/api/v1/", "API"),
            ],
        ),
        **on_page(KIND_OF_CHART, start, found),
    }
    return answer(request, "figures", start, scope, context)


@asks(SpreadsState)
@require_safe
def csv(request: HttpRequest) -> HttpResponse:
    start = opening(request, SpreadsState)
    lines = (SpreadLine(one) for row in rows_of(start).measured for one in row)
    return page_csv("figures-of-all-councils", SPREAD, lines, start, source=STATISTICS)
