"""How councils went on from a grade: what the page and the file show."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from dashboard import words
from dashboard.charted.banner import of_england
from dashboard.data.columns import IDS, of
from dashboard.data.described import page_csv
from dashboard.england.journeys_chart import (
    KIND_OF_CHART,
    WAITS_A_PAGE,
    JourneysState,
    answer_waiting,
    ask_journeys,
    laid_over,
    not_laid_over,
    years_words,
)
from dashboard.england.page import WIDE_ALONE, answer, at_hand, on_page
from dashboard.http.answers import asks
from dashboard.state import lists
from dashboard.state.controls import Head, sorting_head
from dashboard.state.opening import Opening, opening, told
from dashboard.words import presenters
from dashboard.words.coverage import complete
from inspections.framework_rows import Lane
from inspections.questions.journeys import Journey, Journeys, visits_between
from inspections.rules.clock import DAYS_PER_MONTH
from inspections.vocabulary import VisitKind

COUNTED = (VisitKind.MONITORING, VisitKind.FOCUSED, VisitKind.ASSURANCE)
"""The kinds of visit that are counted between two inspections."""


def context(found: Journeys, start: Opening, path: str) -> dict[str, Any]:
    state: JourneysState = start.state
    overlay = laid_over(found)
    part = lists.slice_of(state, path, total=found.total, size=WAITS_A_PAGE)
    between = visits_between(start.record, found.rows, start.day)
    grade = found.grade.title if found.grade else state.grade
    return {
        "found": found,
        "lane": found.lane,
        "grade_name": grade,
        "sentence": sentence(found, grade, state, start.seen_to),
        "others": others(found, start),
        "overlay_sentence": overlay_sentence(found, overlay, start.seen_to),
        **on_page(KIND_OF_CHART, start, answer_waiting(found, start)),
        "heads": [
            sorting_head("Council", state, path, ascending={"sort": "council"}),
            sorting_head("Inspected", state, path, descending={"sort": "newest"}),
            sorting_head(
                "Months to the next", state, path, descending={"sort": "longest"}, css="number"
            ),
            Head("It gave"),
            Head("Change"),
            Head("Visits in between"),
        ],
        "rows": table_rows(found.rows, between, start),
        "part": part,
        "visits_known": complete(start.record.coverage, date.min, start.day, COUNTED),
        "csv_url": state.url("/england/journeys.csv"),
        "at_hand": at_hand(
            start,
            [
                ("Cases", str(found.total)),
                ("Inspected again", str(sum(found.finished.values()))),
                ("Not inspected again", str(sum(found.lasting.values()) - found.ceased)),
                *([("Abolished before", str(found.ceased))] if found.ceased else []),
            ],
            [
                ("#waits", "Every wait"),
                ("/england/inadequate/", "After inadequate, council by council"),
                ("/england/upcoming/", "When the next are likely"),
                ("/england/timing/", "How long reports take"),
                (state.url("/england/journeys.csv"), "All waits as CSV"),
            ],
        ),
    }


def sentence(found: Journeys, grade: str, state: JourneysState, seen_to: date) -> str:
    """What the next inspection gave, the most frequent first; who has had none, since when."""
    among = lists.among_words(state.region)
    area = found.lane.name.lower()
    years = years_words(state)
    if found.since is None:
        return (
            f"No council{among}{years} was judged {grade} for {area} in a full "
            f"inspection by {words.day(seen_to)}."
        )
    when = f",{years}" if years else f" since {found.since.year}"
    cases = f"{words.count(found.total, 'case')}{among}{when}"
    lasting = sum(found.lasting.values())
    waiting, by = lasting - found.ceased, f"by {words.day(seen_to)}"
    if lasting == found.total:
        gone = f"; {gone_words(found.ceased)} before one" if found.ceased else ""
        return f"After {grade} for {area}, none of {cases} was inspected again {by}{gone}."
    told = [f"{found.total - lasting} inspected again"] if lasting else []
    told += [f"{waiting} not {by}"] if waiting else []
    told += [f"{gone_words(found.ceased)} first"] if found.ceased else []
    rest = f": {words.listing(told)}" if told else ""
    return f"After {grade} for {area}, the next full inspection gave {gave(found)} ({cases}{rest})."


def others(found: Journeys, start: Opening) -> list[tuple[str, str, str]]:
    """What came after each other grade of the same scale, with the address that tells more."""
    state: JourneysState = start.state
    if found.grade is None:
        return []
    told = []
    for grade in start.book.scale(found.grade.scale):
        rows = ask_journeys(replace(start, state=state.but(grade=grade.key)), most=0)
        if grade != found.grade and rows.outcomes:
            href = state.but(grade=grade.key, page=1).url("/england/journeys/")
            told.append((grade.title, href, gave(rows)))
    return told


def gone_words(number: int) -> str:
    return f"{words.count(number, 'council')} {'was' if number == 1 else 'were'} abolished"


def gave(found: Journeys) -> str:
    """`Good 18 times, Inadequate 9 and no grade for it 2`, the most frequent first."""
    ordered = sorted(found.outcomes.items(), key=lambda item: (item[0] is None, -item[1]))
    told = [
        f"{grade.title if grade else 'no grade for it'} {words.times(n) if place == 0 else n}"
        for place, (grade, n) in enumerate(ordered)
    ]
    return words.listing(told) or "what is not yet on this site"


def overlay_sentence(found: Journeys, overlay: Journey | None, seen_to: date) -> str:
    """Where one council's wait stands among those after the same grade and framework."""
    if overlay is None:
        return ""
    place, number = found.place_of(overlay)
    span = lists.months(overlay.days)
    begun, name = words.month(overlay.start_date), overlay.council.short_name
    if overlay.ceased_by(seen_to) and overlay.council.closed_date:
        return (
            f"{name}, inspected in {begun}, was abolished after {span}, on "
            f"{words.day(overlay.council.closed_date)}, without another full inspection."
        )
    if not overlay.is_over:
        longer = place - 1
        return (
            f"{name} had waited {span} since the inspection of {begun} by "
            f"{words.day(seen_to)}: longer than {longer} of the {number} finished waits after "
            "this grade under the same framework."
        )
    rank = f"the {words.ordinal(place)} shortest" if place > 1 else "the shortest"
    if place == number > 1:
        rank = "the longest"
    return (
        f"{name}, inspected in {begun}, was inspected again after {span}: {rank} "
        f"of the {number} finished waits after this grade under the same framework."
    )


def table_rows(
    listed: tuple[Journey, ...], between: dict[Any, Counter[str]], start: Opening
) -> SafeString:
    return format_html_join(
        "",
        '<tr><th scope="row"><a href="/councils/{}/{}">{}</a></th>'
        '<td><a href="/councils/{}/inspections/{}/{}">{}</a></td>'
        '<td class="number" data-label="Months">{}</td><td data-label="It gave">{}</td>'
        '<td data-label="Change"{}>{}</td><td data-label="Visits">{}</td></tr>',
        (
            (
                row.council.slug, start.keep, row.council.short_name,
                row.council.slug, row.inspection.reference, start.keep, words.month(row.start_date),
                _months(row, start.day),
                _gave(row, start),
                *((SafeString(), said) if (said := _change(row, start)) else (WIDE_ALONE, "–")),
                _visits(between.get((row.council.id, row.start_date), Counter())),
            )
            for row in listed
        ),
    )  # fmt: skip


def _months(row: Journey, day: date) -> str:
    if not row.is_over and not row.ceased_by(day):
        seen_to = row.start_date + timedelta(days=row.days)
        return f"{words.whole_months(row.start_date, seen_to)} so far"
    return f"{row.days / DAYS_PER_MONTH:.0f}"


def _gave(row: Journey, start: Opening) -> SafeString:
    if row.ceased_by(start.day) and row.council.closed_date:
        closed = f"council abolished in {words.month(row.council.closed_date)}"
        return presenters.grade_tag(None, absent=closed)
    if row.is_unread:
        return presenters.grade_tag(None, absent=f"report {words.NOT_YET_HERE}")
    if not row.is_over:
        return presenters.grade_tag(None, absent="not yet")
    return presenters.grade_tag(row.later_grade)


def _change(row: Journey, start: Opening) -> str:
    found = row.change(start.book)
    return words.change(found, None) if found else ""


def _visits(counted: Counter[str]) -> str:
    parts = [
        f"{counted[kind]} {VisitKind.label_of(kind).lower().removesuffix(' visit')}"
        for kind in COUNTED
        if counted[kind]
    ]
    return ", ".join(parts) or "none on record"


class WaitLine(NamedTuple):
    """A wait, in the area asked about; `direction` None while it lasts."""

    journey: Journey
    lane: Lane
    direction: str | None


JOURNEY = (
    *of("journey.council", *IDS),
    *of("journey.inspection", "framework", "inspection", "start_date"),
    *of("", "lane"),
    *of("journey.judgement", "grade"),
    *of("journey", "waited_days", "is_over"),
    *of("journey.later", "inspection", "start_date", role="next"),
    *of("journey", role="next", grade="later_grade.key"),
    *of("", "direction"),
)


def line(row: Journey, lane: Lane, start: Opening) -> WaitLine:
    change = row.change(start.book)
    return WaitLine(row, lane, change.kind if change else None)


@asks(JourneysState)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    start = opening(request, JourneysState)
    start, found = lists.asked_page(start, ask_journeys, WAITS_A_PAGE)
    scope = of_england(lists.among_in(start.state), start, has_visits=True)
    return answer(request, "journeys", start, scope, context(found, start, request.path))


@asks(JourneysState)
@require_safe
def csv(request: HttpRequest) -> HttpResponse:
    """Every wait, one a line."""
    start = opening(request, JourneysState)
    found = ask_journeys(start, most=None)
    start = told(start, *not_laid_over(start, found))
    rows = (line(row, found.lane, start) for row in found.rows)
    return page_csv(f"journeys-from-{start.state.grade}", JOURNEY, rows, start)
