"""Days from the last day on site to publication: what the page and the file show."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html_join
from django.views.decorators.http import require_safe

from dashboard import words
from dashboard.charted.banner import of_england
from dashboard.charts.reporting import FEW
from dashboard.data.described import page_csv
from dashboard.england.page import WIDE_ALONE, answer, at_hand, on_page
from dashboard.england.timing_chart import (
    GROUPS,
    KIND_OF_CHART,
    TimingState,
    answer_reporting,
    ask_timing,
    chosen_words,
    group_lines,
    marked_words,
)
from dashboard.http.answers import asks
from dashboard.state import lists
from dashboard.state.controls import Head, sorting_head
from dashboard.state.opening import Opening, opening
from inspections.diff import POLLING
from inspections.questions.reporting import YEAR, DaysSpread, Long, Reporting


def context(found: Reporting, start: Opening, path: str) -> dict[str, Any]:
    state: TimingState = start.state
    chart = answer_reporting(found, start)
    return {
        "found": found,
        "own_sentence": marked_words(chart.rows),
        "sentence": sentence(found, state, start.day),
        **on_page(KIND_OF_CHART, start, chart),
        "heads": [
            sorting_head("Inspection of", state, path, ascending={"sort": "council"}),
            Head("Last day on site"),
            sorting_head("Published", state, path, descending={"sort": "newest"}),
            sorting_head("Days", state, path, descending={"sort": "longest"}, css="number"),
            Head("Election in between"),
        ],
        "longest": format_html_join(
            "",
            '<tr><th scope="row"><a href="/councils/{}/inspections/{}/{}">{}</a></th>'
            '<td data-label="Last day">{}</td><td data-label="Published">{}</td>'
            '<td class="number" data-label="Days">{}</td><td data-label="Election"{}>{}</td></tr>',
            (
                (
                    row.council.slug, row.inspection.reference, start.keep,
                    row.council.short_name, words.day(row.inspection.end_date),
                    words.day(row.inspection.publication_date), row.days,
                    "" if row.election else WIDE_ALONE, row.election or "–",
                )
                for row in listed(found, state)
            ),
        ),
        "csv_url": state.url("/england/timing.csv"),
        "at_hand": at_hand(
            start,
            facts(found),
            [
                ("#longest", "Who waited longest"),
                ("/england/changes/", "What changed"),
                ("/england/journeys/", "After a grade"),
                ("/england/upcoming/", "When the next are likely"),
                (state.url("/england/timing.csv"), "The groups as CSV"),
            ],
        ),
    }  # fmt: skip


def facts(found: Reporting) -> list[tuple[str, str]]:
    total = found.total
    if total is None:
        return []
    longest = found.longest[0]
    year = longest.inspection.publication_date.year
    within = (("A quarter", total.lower), ("Half", total.median), ("Three quarters", total.upper))
    return [
        ("All these reports", str(total.n)),
        *((f"{name} within", f"{days:.0f} days") for name, days in within if total.n >= FEW),
        ("Longest", f"{total.longest} days, {longest.council.short_name}, {year}"),
    ]


def listed(found: Reporting, state: TimingState) -> list[Long]:
    """The longest waits in the order that the table's heads ask for."""
    if state.sort == "council":
        return sorted(found.longest, key=lambda row: row.council.short_name)
    if state.sort == "newest":
        return sorted(found.longest, key=lambda row: row.inspection.publication_date, reverse=True)
    return list(found.longest)


def sentence(found: Reporting, state: TimingState, day: date) -> str:
    """How long half of the last year's reports took, beside the year before and the quickest; of
    other groups how long half and three quarters took."""
    among = chosen_words(state)
    enough = [row for row in found.groups if row.n >= FEW]
    if found.by == YEAR and len(enough) > 1:
        return over_the_years(
            enough,
            lists.among_words(state.region, state.kind),
            day,
            is_part=bool(state.start or state.end),
        )
    if found.total is None:
        return f"No report on a full inspection{among} had been published by this day."
    total, longest = found.total, found.longest[0]
    if total.n == 1:
        return (
            f"The one report{among} came out {longest.days} days after the inspectors' last day: "
            f"{longest.council.short_name}, {words.month(longest.inspection.publication_date)}."
        )
    if total.n < FEW:
        return (
            f"The longest of the {total.n} reports{among} came out {longest.days} days after the "
            f"inspectors' last day: {longest.council.short_name}, "
            f"{words.month(longest.inspection.publication_date)}."
        )
    return (
        f"Half of the {words.count(total.n, 'report')}{among} came out within {total.median:.0f} "
        f"days of the inspectors' last day, three quarters within {total.upper:.0f}. The longest "
        f"took {longest.days}: {longest.council.short_name}, published "
        f"{words.month(longest.inspection.publication_date)}."
    )


def over_the_years(
    groups: Sequence[DaysSpread], among: str, day: date, *, is_part: bool = False
) -> str:
    """`Half of the 30 reports of 2026 so far came out within 47 days of the inspectors' last day:
    slower than in 2025 (45 days, 45 reports) and than in the quickest year, 2019 (…).`"""
    *earlier, last = groups
    before = earlier[-1]
    quickest = min(earlier, key=_days)
    years = "of these years" if is_part else "year"
    told = [f"{_against(last, before)} in {before.key} {_of(before)}"]
    if _days(quickest) < min(_days(before), _days(last)):
        told.append(
            f"{_against(last, quickest)} in the quickest {years}, {quickest.key} {_of(quickest)}"
        )
    is_over = (day.month, day.day) == (12, 31)
    so_far = " so far" if last.key == str(day.year) and not is_over else ""
    return (
        f"Half of the {last.n:,} reports{among} of {last.key}{so_far} came out within "
        f"{_days(last)} days of the inspectors' last day: {' and '.join(told)}."
    )


def _days(row: DaysSpread) -> int:
    return round(row.median)


def _of(row: DaysSpread) -> str:
    return f"({_days(row)} days, {words.count(row.n, 'report')})"


def _against(row: DaysSpread, other: DaysSpread) -> str:
    if _days(row) == _days(other):
        return "as"
    return "slower than" if _days(row) > _days(other) else "quicker than"


@asks(TimingState)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    start = opening(request, TimingState)
    scope = of_england(lists.among_in(start.state), start, reference_data=frozenset({POLLING}))
    return answer(request, "timing", start, scope, context(ask_timing(start), start, request.path))


@asks(TimingState)
@require_safe
def csv(request: HttpRequest) -> HttpResponse:
    """The groups of the chart, one a line."""
    start = opening(request, TimingState)
    found = ask_timing(start)
    name = f"days-to-publication-by-{found.by}"
    return page_csv(name, GROUPS, group_lines(found, start), start)
