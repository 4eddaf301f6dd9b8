"""After an inadequate judgement: duties, visits and time passed, for a page or a file."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

import plotly.graph_objects as go
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_safe

from dashboard import words
from dashboard.charted.banner import of_england
from dashboard.charted.card import Card, preview
from dashboard.charted.card_picture import card_picture
from dashboard.charted.kind import Shown
from dashboard.charts import card as drawing
from dashboard.charts import in_rows
from dashboard.data.described import page_csv
from dashboard.england.inadequate_chart import (
    KIND_OF_CHART,
    TRACKED,
    TRACKED_A_PAGE,
    InadequateState,
    answer_inadequate,
    ask_inadequate,
    ends,
    line,
    longer_than,
    oldest_words,
    sentence,
)
from dashboard.england.journeys import gave
from dashboard.england.page import answer, drawn, in_figure
from dashboard.england.upcoming import span_words
from dashboard.http.answers import asks
from dashboard.state import lists
from dashboard.state.controls import Head, filters, sorting_head
from dashboard.state.opening import Opening, opening
from dashboard.words import presenters
from dashboard.words.coverage import complete
from dashboard.words.duties import plan_words, publication_words
from dashboard.words.interventions import NOT_COLLECTED, steps
from inspections.figure_rows import CardLine
from inspections.framework_rows import Lane
from inspections.questions.inadequate import OVERALL, Tracked, Tracker, median_gap_days
from inspections.questions.journeys import journeys
from inspections.questions.waits import PastCases
from inspections.rows import Visit
from inspections.rules.clock import DAYS_PER_MONTH
from inspections.vocabulary import Confidence, DatePrecision, Region, VisitKind

LANE_HEAD = '<abbr class="head mark" title="{}">{}</abbr>'
HALF_MONTH_DAYS = 15


def context(found: Tracker, start: Opening, path: str) -> dict[str, Any]:
    state: InadequateState = start.state
    past = found.past_cases
    is_whole = len(found.rows) == found.total
    every = found if is_whole else ask_inadequate(start, whole=True)
    lanes = start.book.choosable_lanes
    waited = [row.waited_days(start.seen_to) for row in found.rows]
    last = in_rows.last_month([*past.days, *waited])
    rows = [tracked_context(row, past, start) for row in found.rows]
    named = ((lane.short_name, lane.initials) for lane in lanes)
    return {
        "found": found,
        "sentence": sentence(found, start),
        "oldest": oldest_words(found, start),
        "became": became_words(start),
        "heads": [
            sorting_head("Council", state, path, ascending={"sort": "council"}),
            Head(format_html_join("", LANE_HEAD, named), css="letters"),
            sorting_head(
                "Months so far", state, path, descending={"sort": "longest"}, css="number"
            ),
            Head(
                format_html(  # on paper words stand for the dots
                    '<span class="long">Years past cases took {}</span>'
                    '<span class="short">Past cases</span>',
                    drawn(in_rows.axis(last)),
                )
            ),
            Head("Action plan due by law"),
            Head("Visits, the last"),
            Head("Next inspection likely"),
        ],
        "past_cases": past_words(past),
        "rows": [
            told
            | {
                "letters": presenters.lane_letters(told["row"].inspection, lanes),
                "strip": drawn(in_rows.strip(days, last, told["longer_than"])),
                "shorter": told["longer_than"].removesuffix(
                    " past cases"
                ),  # its label says of what
            }
            for days, told in zip(waited, rows, strict=True)
        ],
        "lanes": lanes,
        "grade_key": grade_key(found, lanes),
        "visits_known": complete(
            start.record.coverage,
            min((row.inspection.publication_date for row in found.rows), default=start.day),
            start.day,
        ),
        "dots": drawn(in_rows.dots(past.days, last)),
        "part": lists.slice_of(state, path, total=found.total, size=TRACKED_A_PAGE),
        "csv_url": state.url("/england/inadequate.csv"),
        **in_figure(Shown(KIND_OF_CHART, start, None, answer_inadequate(every, start))),
        "filters": filters(state, path, [lists.region_field(), lists.kind_field()]),
    }


def became_words(start: Opening) -> str:
    """What came after Inadequate overall; empty where nothing did."""
    state: InadequateState = start.state
    found = journeys(
        start.record,
        start.day,
        lane=start.book.lane(OVERALL),
        grade="inadequate",
        among=lists.among_of(state.region, state.kind),
        most=0,
    )
    if not found.outcomes:
        return ""
    over = words.count(sum(found.finished.values()), "wait that is over", "waits that are over")
    return f"After Inadequate overall alone ({over}) the next full inspection gave {gave(found)}."


def grade_key(found: Tracker, lanes: Sequence[Lane]) -> str:
    """What the letters of the list stand for, best first: `RI requires improvement, I …`."""
    held = {
        judged.grade
        for row in found.rows
        for lane in lanes
        if (judged := row.inspection.in_lane(lane.code))
    }
    ordered = sorted(held, key=lambda grade: grade.place)
    return ", ".join(dict.fromkeys(f"{row.letter} {row.name.lower()}" for row in ordered))


def tracked_context(row: Tracked, past: PastCases, start: Opening) -> dict[str, Any]:
    """One council's duties and visits, in words. What lasts is counted to the day to which
    full inspections are known, duties to the page's day."""
    inspection, as_at, seen_to = row.inspection, start.day, start.seen_to
    days = [visit.start_date for visit in row.visits if visit.start_date]
    waited = row.waited_days(seen_to)
    return {
        "row": row,
        "areas": words.listing([judged.area.short_name.lower() for judged in row.inadequate]),
        "published": words.day(inspection.publication_date),
        "elapsed": words.span(inspection.event_date, row.waited_to(seen_to)),
        "ends": ends(row, seen_to),
        "months": words.whole_months(inspection.event_date, row.waited_to(seen_to)),
        "longer_than": longer_than(waited, past) if inspection.start_date else "",
        "plan_due": words.day(row.action_plan.due_date),
        "action_plan": plan_words(row.action_plan, as_at),
        "own_publication": publication_words(row.own_publication, as_at),
        "visits": [visit_words(visit, row) for visit in row.visits],
        "last_visit": words.month(max(days)) if days else "",
        "spacing": spacing(row, as_at),
        "is_rule_unknown": row.monitors is None,
        "steps": steps(row.council, start.record, as_at),
        "not_collected": NOT_COLLECTED,
        "window": span_words(row.window, as_at) if row.window else "",
        "region": Region.label_of(row.council.ofsted_region),
    }


def past_words(past: PastCases) -> str:
    """What the past cases are, for under a list; empty where there is none."""
    if past.median is None:
        return ""
    first, last = min(past.days), max(past.days)
    return (
        f"Past cases: {words.count(past.total, 'wait')} in England, of all years on record, that "
        "began with an inadequate judgement (adoption and safeguarding board aside) and ended with "
        "another full inspection, from first day on site to first day on site: "
        f"{round(first / DAYS_PER_MONTH)} to "
        f"{lists.months(last)}, half of them within {round(past.median / DAYS_PER_MONTH)}. "
        "Councils that still wait are not among them; After a grade counts one area, and these "
        "too, so its numbers differ."
    )


def visit_words(visit: Visit, row: Tracked) -> dict[str, Any]:
    if visit.start_date is None:
        when = "day not recorded"
    elif visit.start_precision == DatePrecision.MONTH:
        when = words.month(visit.start_date)
    else:
        when = words.day(visit.start_date)
    return {
        "reference": visit.reference,
        "name": VisitKind.label_of(visit.kind),
        "when": when,
        "months": f"{months_after(visit, row)} after the report" if visit.start_date else "",
        "is_missing_in_list": row.is_missing_in_list(visit),
    }


def months_after(visit: Visit, row: Tracked) -> str:
    """`5.9 months`, or `about 6 months` where only the visit's month is known."""
    if visit.start_date is None:
        return "an unknown time"
    days = (visit.start_date - row.inspection.publication_date).days
    if visit.start_precision == DatePrecision.MONTH:
        middle = days + HALF_MONTH_DAYS
        return f"about {words.count(round(middle / DAYS_PER_MONTH), 'month')}"
    return lists.months(days)


USUAL_GAP = 4  # months from one monitoring visit to the next
USUAL = "the first published monitoring visit usually comes 8 to 13 months after the report"


def spacing(row: Tracked, as_at: date) -> str:
    """How many visits of each kind; beside what is usual only where monitoring applied."""
    found = counted(row, as_at)
    if row.monitors is None:
        return f"{found} {no_rule(row)}"
    if not row.monitors:
        rule = "Until 31 March 2026 only an inadequate overall grade led to monitoring visits."
        return f"{found} {rule}"
    if not row.monitoring:
        return f"{found} {waited(row, as_at)}"
    text = f"{found} The first came {months_after(row.monitoring[0], row)} after the report"
    listed = [visit for visit in row.monitoring if visit.confidence == Confidence.OFFICIAL]
    if listed and listed[0] is not row.monitoring[0]:
        text += f", the first in Ofsted's list after {months_after(listed[0], row)}"
    text += " (usual: 8 to 13)"
    gap = median_gap_days(row.known_whole(row.monitoring))
    if gap is not None:
        is_usual = round(gap / DAYS_PER_MONTH) == USUAL_GAP
        text += f", then about one every {lists.months(gap)}"
        text += ", as is usual" if is_usual else f" (usual: {USUAL_GAP})"
    return f"{text}."


def no_rule(row: Tracked) -> str:
    """Why it cannot be said whether monitoring follows."""
    framework = row.inspection.framework
    if framework.has_overall:
        return "Its overall grade is not on record, so whether monitoring follows is not known."
    return (
        f"Under its framework, in use since {words.month(framework.in_force_from)}, there is no "
        "overall grade, and no rule is known that says when monitoring visits follow."
    )


def counted(row: Tracked, as_at: date) -> str:
    """`On record: 2 focused visits; visits are complete to 31 March 2025.`"""
    known = complete(row.coverage, row.inspection.publication_date, as_at)
    ends = f"; {known}." if known else "."
    if not row.visits:
        return f"No visit since the report is on record{ends}"
    kinds = Counter(VisitKind(visit.kind) for visit in row.visits)
    named = [words.count(kinds[kind], kind.label.lower()) for kind in VisitKind if kinds[kind]]
    return f"On record: {words.listing(named)}{ends}"


def monitored_to(row: Tracked, as_at: date) -> date:
    """The day to which monitoring visits are complete."""
    covered = row.coverage.get(VisitKind.MONITORING)
    return min(as_at, covered.complete_to_date) if covered else as_at


def waited(row: Tracked, as_at: date) -> str:
    """The time without a visit, to the day to which they are known, beside what is usual."""
    published, seen_to = row.inspection.publication_date, monitored_to(row, as_at)
    covered = row.coverage.get(VisitKind.MONITORING)
    if seen_to <= published or (covered and not covered.covers(published, seen_to)):
        return f"{USUAL[0].upper()}{USUAL[1:]}."
    days = (seen_to - published).days
    span = words.count(days, "day") if days < DAYS_PER_MONTH else lists.months(days)
    return f"On {words.day(seen_to)} the report had been out for {span}; {USUAL}."


def card(found: Tracker, start: Opening) -> Card:
    def figure() -> go.Figure:
        rows = [
            CardLine(
                row.council.short_name,
                note=f"{words.listing([x.area.short_name.lower() for x in row.inadequate])}: "
                f"report of {words.day(row.inspection.publication_date)}",
            )
            for row in found.rows
        ]
        return drawing.lines(rows)

    title = f"{lists.place(start.state)}: after an inadequate judgement"
    return Card(title, sentence(found, start), "/england/inadequate/", figure)


@asks(InadequateState)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    start = opening(request, InadequateState)
    start, found = lists.asked_page(start, ask_inadequate, TRACKED_A_PAGE)
    scope = of_england(lists.among_in(start.state), start, has_visits=True)
    shown = context(found, start, request.path)
    shown["preview"] = preview(card(found, start), start)
    return answer(request, "inadequate", start, scope, shown)


@asks(InadequateState)
@require_safe
def csv(request: HttpRequest) -> HttpResponse:
    start = opening(request, InadequateState)
    found = ask_inadequate(start, whole=True)
    rows = (line(row, found.past_cases, start) for row in found.rows)
    return page_csv("inadequate", TRACKED, rows, start)


def _card(start: Opening) -> Card:
    start, found = lists.asked_page(start, ask_inadequate, TRACKED_A_PAGE)
    return card(found, start)


@asks(InadequateState)
@require_safe
def picture(request: HttpRequest) -> HttpResponse:
    return card_picture(request, InadequateState, _card)
