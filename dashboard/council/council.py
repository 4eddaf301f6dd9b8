"""A council's page: from the answer to what the template shows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.utils.safestring import SafeString

from dashboard import words
from dashboard.charted.banner import banner
from dashboard.charted.share import share, with_more
from dashboard.council import alike, cards, grades
from dashboard.council.context import block as context_block
from dashboard.council.finding import finding
from dashboard.council.follows import follows_context, monitoring_words
from dashboard.council.plan import planned
from dashboard.council.plan import sentence as plan_sentence
from dashboard.council.rose import asked_words, rose
from dashboard.england import said
from dashboard.england.expected import expectation_context, stated, value_words
from dashboard.england.inadequate import past_words, tracked_context
from dashboard.england.next import council_context
from dashboard.findings import council as findings
from dashboard.http.of_council import of_council
from dashboard.state.address import PlainState, one_of, param
from dashboard.state.controls import Head, sorting_head
from dashboard.state.opening import Opening, look
from dashboard.words import presenters, succession
from dashboard.words.coverage import complete, existed_to
from dashboard.words.interventions import NOT_COLLECTED, steps
from inspections.diff import INTERVENTIONS, MEASURES, NEIGHBOURS, POINTS, Scope
from inspections.framework_rows import Lane
from inspections.questions.council import CouncilAnswer, council_answer
from inspections.questions.inadequate import tracked_of
from inspections.questions.waits import closing
from inspections.rows import Council, Inspection, Visit
from inspections.vocabulary import CouncilKind, InspectionKind, Region, VisitKind


@dataclass(frozen=True, kw_only=True)
class CouncilState(PlainState):
    """A council's page; `sort` is the order of its events."""

    sort: str = param(
        one_of("newest", "oldest", "what", "published", what="order"), default="newest"
    )


@dataclass(frozen=True, slots=True)
class EventLine:
    """One line of the list of every event."""

    reference: str
    name: str
    day: str
    shape: str
    cells: SafeString
    detail: str
    published: str
    link: str


def context(answer: CouncilAnswer, start: Opening) -> dict[str, Any]:
    lanes = [lane for lane in start.book.lanes if lane.is_core]
    council, position = answer.council, answer.position
    as_at = start.day
    latest = position.latest if position else None
    shown = grades.beside(start, council)
    unread = start.record.unread_by(as_at).get(council.id)
    days = [row.event_date for row in every_event(answer) if row.event_date]
    headline = shown.sentence if latest else without_inspection(answer, start)
    return {
        "banner": banner(
            start,
            Scope(
                frozenset({council.id}),
                has_statements=True,
                reference_data=frozenset({NEIGHBOURS, POINTS, MEASURES, INTERVENTIONS}),
            ),
        ),
        "preview": start.preview(
            f"{council.short_name}: inspections of children's services", headline, council
        ),
        "share": share(shown) if answer.whole_service else None,
        "answer": answer,
        "council": council,
        "atom": presenters.feeds_of(council),
        "webcal": presenters.webcal(f"/councils/{council.slug}.ics"),
        "ofsted_page": presenters.ofsted_page(council),
        "facts": facts(answer, as_at, start.today),
        "replaced": replaced(answer, start),
        "is_closing": council in closing(start.record, as_at),
        "replaced_source": succession.source((*answer.successors, council)),
        "is_gone": council.closed_by(start.today),
        # The panel above it has told of a newer report already.
        "headline": finding(shown.answer.rows) if latest and unread else headline,
        "cards": cards.cards(position, lanes) if position else [],
        "overall_card": cards.overall_card(position) if position else None,
        "without_overall": without_overall(latest, answer, start) if latest else "",
        "latest": latest,
        "latest_days": presenters.event_day(latest) if latest else "",
        "since": since_words(latest, start)
        if latest and not unread and not council.closed_by(as_at)
        else "",
        "unread": unread,
        "unread_name": InspectionKind.label_of(unread.kind) if unread else "",
        "next": council_context(answer.upcoming, as_at),
        "follows": follows_context(answer, start),
        "rose": rose(council, latest, start) if latest else None,
        "steps": steps(council, start.record, as_at),
        "plan": plan_sentence(planned(council, start)),
        "not_collected": NOT_COLLECTED,
        "tracked": tracked(answer, start),
        "past_cases": past_words(answer.past_cases) if answer.past_cases else "",
        "expected": lambda: [expectation_context(row, start) for row in answer.expectations],
        "said_rows": lambda: [
            {"row": row, "stated": stated(row.said), "value": value_words(row.said)}
            for row in said.rows(council, start)
        ],
        "said_apart": said.APART,
        "is_closed": council.closed_by(as_at),
        "chart": shown.chart if answer.whole_service else None,
        "findings": findings.block(council, start),
        "asked_month": presenters.event_month(latest) if latest else "",
        "asked_words": asked_words(start.record, latest, most=2)
        if latest and start.record.points_of(latest)
        else "",
        "neighbour_rows": partial(alike.rows, answer, start, lanes),
        "neighbours_said": alike.neighbours_said(answer),
        "neighbour_heads": [Head("Council"), *lane_heads(lanes), Head("Last inspected")],
        "groups": partial(alike.groups, answer, start, lanes) if answer.neighbours else [],
        "events": lambda: [event_line(row, lanes) for row in in_order(answer, start.state.sort)],
        "order": start.state.sort,
        "visits_known": complete(
            start.record.coverage, min(days, default=as_at), existed_to(council, as_at)
        ),
        "event_heads": event_heads(start.state, council, lanes),
        "lanes": lanes,
        "beside": context_block(start, council),
    }


def since_words(latest: Inspection, start: Opening) -> str:
    """How long it has been, counted as everywhere to the day to which inspections are known."""
    first, seen_to = latest.event_date, start.seen_to
    if first >= seen_to:
        return ""
    return f"{words.span(first, seen_to)} before {words.day(seen_to)}"


def without_overall(latest: Inspection, answer: CouncilAnswer, start: Opening) -> str:
    """Says that the newest inspection gave no overall grade, and which was the last one given."""
    said = "" if latest.overall else presenters.overall_sentence(latest, start.book)
    given = [row for row in answer.whole_service if row.overall]
    if not said or not given:
        return said
    last = max(given, key=lambda row: row.event_date)
    grade = last.overall.grade.name if last.overall else ""
    return f"{said} The last one, of {words.month(last.event_date)}, was {grade}."


def lane_heads(lanes: Sequence[Lane]) -> list[Head]:
    """A head over each column of letters, always in the order of the lanes."""
    return [Head(lane.short_name, css="lane", short=lane.initials) for lane in lanes]


def tracked(answer: CouncilAnswer, start: Opening) -> dict[str, Any] | None:
    """Duties and visits where something is judged inadequate now; None elsewhere."""
    latest = answer.position.latest if answer.position else None
    past = answer.past_cases
    if latest is None or past is None or answer.council.closed_by(start.day):
        return None
    found = tracked_of(
        answer.council,
        latest,
        answer.visits,
        answer.upcoming,
        start.record.coverage,
        answer.position.unread if answer.position else None,
    )
    if found is None:
        return None
    monitoring = monitoring_words(found, start.book)
    return tracked_context(found, past, start) | {"monitoring": monitoring}


def facts(answer: CouncilAnswer, as_at: date, today: date) -> list[str]:
    council = answer.council
    found = [
        CouncilKind.label_of(council.kind),
        Region.label_of(council.ons_region),
    ]
    codes = (("ONS", council.ons_code), ("DfE", council.dfe_code), ("Ofsted", council.ofsted_urn))
    found += [f"{name}\N{NO-BREAK SPACE}{code}" for name, code in codes if code] or [
        "codes not known yet"
    ]
    if council.closed_by(today):
        is_over = council.closed_by(as_at)
        found.append(
            f"{'closed' if is_over else 'since closed, on'} {words.day(council.closed_date)}"
        )
    return found


def replaced(answer: CouncilAnswer, start: Opening) -> str:
    """What is to take its place; empty on a day before that was known."""
    if not start.record.tells_of(answer.council.closed_date, start.day):
        return ""
    return succession.to_be_replaced(answer.council, answer.successors, start.today)


def without_inspection(answer: CouncilAnswer, start: Opening) -> str:
    """The first line of a council that has not been inspected."""
    opened = answer.council.opened_date
    if not start.record.tells_of(opened, start.day):
        return f"This council did not exist on {words.day(start.day)}."
    if to_come := succession.to_begin(answer.council, answer.predecessors, start.today):
        return to_come
    if answer.council.opens_after(start.day):
        return f"This council did not exist yet: it opened on {words.day(opened)}."
    by = words.day(start.seen_to)
    inherits = " Grades of the councils before it are not inherited." if answer.predecessors else ""
    begins = next((row.in_force_from for row in start.book.in_order), None)
    if opened and begins and opened >= begins and not answer.council.is_continuing_record:
        since = f"From its creation on {words.day(opened)} to {by}"
        return f"{since} no full inspection was published.{inherits}"
    before = f"; the record begins in {words.month(begins)}" if begins else ""
    return f"No full inspection is on record to {by}{before}.{inherits}"


def every_event(answer: CouncilAnswer) -> list[Inspection | Visit]:
    """Inspections and visits, newest first; an event without any date stands last."""
    events: list[Inspection | Visit] = [*answer.inspections, *answer.visits]
    return sorted(events, key=lambda row: row.event_date or date.min, reverse=True)


def in_order(answer: CouncilAnswer, sort: str) -> list[Inspection | Visit]:
    """Every event in the order that the table's heads ask for."""
    events = every_event(answer)
    if sort == "oldest":
        return events[::-1]
    if sort == "what":
        return sorted(events, key=presenters.event_name)
    if sort == "published":
        return sorted(events, key=lambda row: row.publication_date or date.min, reverse=True)
    return events


def event_heads(state: CouncilState, council: Council, lanes: Sequence[Lane]) -> list[Head]:
    """Heads that sort, and lead back to the table."""
    head = partial(sorting_head, state=state, path=f"/councils/{council.slug}/")
    when = head("When", descending={"sort": "newest"}, ascending={"sort": "oldest"})
    what = head("What", ascending={"sort": "what"})
    published = head("Published", descending={"sort": "published"})
    when, what, published = (
        replace(row, href=f"{row.href}#every") for row in (when, what, published)
    )
    return [when, what, *lane_heads(lanes), published]


def event_line(row: Inspection | Visit, lanes: Sequence[Lane]) -> EventLine:
    published = row.publication_date
    if isinstance(row, Inspection):
        shape, cells, link = "", presenters.lane_cells(row, lanes), row.report_url
        detail = presenters.marked(row, row.framework.title)
    else:
        shape, cells = presenters.VISIT_SHAPES.get(VisitKind(row.kind), "✕"), SafeString("")
        detail, link = presenters.topic(row), row.letter_url
    return EventLine(
        reference=row.reference,
        name=presenters.event_name(row),
        day=presenters.event_day(row),
        shape=shape,
        cells=cells,
        detail=detail,
        published=words.day(published) if published else "date not recorded",
        link=link,
    )


@of_council(CouncilState)
def page(request: HttpRequest, start: Opening, row: Council) -> HttpResponse:
    if look(request).present:  # meeting mode steps through the council's inspections
        meeting = with_more(start.state.url(f"/councils/{row.slug}/grades/"), "present=1")
        return HttpResponseRedirect(meeting)
    answer = council_answer(start.record, row, start.day)
    return render(request, "dashboard/council.html", start.context(**context(answer, start)))
