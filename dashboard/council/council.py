"""A council's page: from the answer to what the template shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from dashboard import presenters, words
from dashboard.address import PlainState
from dashboard.charted.banner import banner
from dashboard.charted.share import share, with_more
from dashboard.council import grades
from dashboard.england.expected import expectation_context
from dashboard.england.inadequate import past_words, tracked_context
from dashboard.england.upcoming import council_context
from dashboard.findings import council as findings
from dashboard.http.answers import asks
from dashboard.opening import Opening, look, opening
from inspections.diff import NEIGHBOURS, POINTS, Scope
from inspections.framework_rows import Lane
from inspections.questions.council import CouncilAnswer, council_answer
from inspections.questions.inadequate import tracked_of
from inspections.rows import Coverage, Inspection, Visit
from inspections.vocabulary import CouncilKind, Region, VisitKind


@dataclass(frozen=True, slots=True)
class EventLine:
    """One line of the list of every event."""

    reference: str
    name: str
    day: str
    shape: str
    letters: SafeString
    detail: str
    published: str
    link: str


def context(answer: CouncilAnswer, start: Opening) -> dict[str, Any]:
    lanes = [lane for lane in start.book.lanes if lane.is_core]
    council, position = answer.council, answer.position
    as_at = start.day
    latest = position.latest if position else None
    shown = grades.beside(start, council)
    said = sentences(answer, start)
    return {
        "banner": banner(
            start,
            Scope(
                frozenset({council.id}),
                has_statements=True,
                reference_data=frozenset({NEIGHBOURS, POINTS}),
            ),
        ),
        "preview": start.preview(
            f"{council.short_name}: inspections of children's services", " ".join(said), council
        ),
        "share": share(shown) if answer.whole_service else None,
        "answer": answer,
        "council": council,
        "facts": facts(answer, as_at),
        "sentences": said,
        "cards": presenters.cards(position) if position else [],
        "overall_card": presenters.overall_card(answer.whole_service),
        "latest": latest,
        "unread": start.record.unread_by(as_at).get(council.id),
        "waited": (
            words.span(latest.event_date, start.seen_to)
            if latest
            and latest.event_date < start.seen_to
            and council.id not in start.record.unread_by(as_at)
            else ""
        ),
        "next": council_context(answer.upcoming, as_at),
        "tracked": tracked(answer, as_at, start.seen_to, start.record.coverage),
        "past_cases": past_words(answer.past_cases) if answer.past_cases else "",
        "expected": [expectation_context(row, start) for row in answer.expectations],
        "is_closed": council.closed_by(as_at),
        "chart": shown.chart if answer.whole_service else None,
        "neighbour_rows": neighbour_rows(answer, start),
        "neighbours_said": neighbours_said(answer),
        "findings": findings.block(council, start),
        "events": [event_line(row, lanes) for row in every_event(answer)],
        "lanes": lanes,
    }


def tracked(
    answer: CouncilAnswer, as_at: date, seen_to: date, coverage: Mapping[str, Coverage]
) -> dict[str, Any] | None:
    """Duties and visits where something is judged inadequate now; None elsewhere."""
    latest = answer.position.latest if answer.position else None
    past = answer.past_cases
    if latest is None or past is None or answer.council.closed_by(as_at):
        return None
    found = tracked_of(answer.council, latest, answer.visits, answer.upcoming, coverage)
    return tracked_context(found, past, as_at, seen_to) if found else None


def facts(answer: CouncilAnswer, as_at: date) -> list[str]:
    council = answer.council
    found = [
        CouncilKind.label_of(council.kind),
        Region.label_of(council.ons_region),
        f"ONS {council.ons_code}",
        f"DfE {council.dfe_code}",
        f"Ofsted {council.ofsted_urn}",
    ]
    if council.closed_date:
        is_over = council.closed_by(as_at)
        found.append(
            f"{'closed' if is_over else 'since closed, on'} {words.day(council.closed_date)}"
        )
    return found


def sentences(answer: CouncilAnswer, start: Opening) -> list[str]:
    """What inspectors have judged, and what changed, each in one sentence."""
    council, position = answer.council, answer.position
    latest = position.latest if position else None
    if latest is None:
        if council.opened_date and council.opened_date > start.day:
            return [
                f"This council did not exist yet: it opened on {words.day(council.opened_date)}."
            ]
        opened, by = council.opened_date, words.day(start.seen_to)
        found = [
            f"From its creation on {words.day(opened)} to {by} no full inspection was published."
            if opened
            else f"No full inspection had been published by {by}."
        ]
        if answer.predecessors:
            found.append("Grades of the councils before it are not inherited.")
        return found
    found = [
        f"Inspected in {words.month(latest.event_date)}: {presenters.grades_sentence(latest)}.",
        presenters.overall_sentence(latest, start.book),
    ]
    if position:
        previous = position.previous
        found.append(
            presenters.change_sentence(position.pairs, previous.event_date if previous else None)
        )
    return [sentence for sentence in found if sentence]


def neighbours_said(answer: CouncilAnswer) -> str:
    """`The 10 councils`, or `9 of the 10 councils`."""
    shown, named = len(answer.neighbours), len(answer.council.neighbours)
    modelled = f"{words.count(named, 'council')} that DfE's model of 2025 finds most alike"
    if shown == named:
        return f"The {modelled}"
    return f"{shown} of the {modelled} (not those that did not exist on this day)"


def neighbour_rows(answer: CouncilAnswer, start: Opening) -> SafeString:
    """The council itself, then its neighbours by name; empty where it has none."""
    if not answer.neighbours:
        return SafeString()
    own = (answer.position,) if answer.position else ()
    lanes = [lane for lane in start.book.lanes if lane.is_core]
    return format_html_join(
        "",
        '<tr><th scope="row"><a href="/councils/{}/{}">{}</a></th>'
        '<td class="letters">{}</td><td>{}</td></tr>',
        (
            (
                row.council.slug,
                start.keep,
                row.council.short_name,
                presenters.lane_letters(row.latest, lanes),
                presenters.inspected(row) or "not yet inspected",
            )
            for row in (*own, *answer.neighbours)
        ),
    )


def every_event(answer: CouncilAnswer) -> list[Inspection | Visit]:
    """Inspections and visits, newest first; an event without any date stands last."""
    events: list[Inspection | Visit] = [*answer.inspections, *answer.visits]
    return sorted(events, key=lambda row: row.event_date or date.min, reverse=True)


def event_line(row: Inspection | Visit, lanes: Sequence[Lane]) -> EventLine:
    published = row.publication_date
    if isinstance(row, Inspection):
        shape, letters, link = "", presenters.lane_letters(row, lanes), row.report_url
        detail = row.framework.short_name
    else:
        shape, letters = presenters.VISIT_SHAPES.get(VisitKind(row.kind), "✕"), SafeString("")
        detail, link = presenters.topic(row), row.letter_url
    return EventLine(
        reference=row.reference,
        name=presenters.event_name(row),
        day=presenters.event_day(row),
        shape=shape,
        letters=letters,
        detail=detail,
        published=f"published {words.day(published)}"
        if published
        else "publication date not recorded",
        link=link,
    )


@asks(PlainState)
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    start = opening(request)
    row, is_slug = start.council(slug)
    if row is None:
        raise Http404(slug)
    if not is_slug:
        return HttpResponsePermanentRedirect(start.state.url(f"/councils/{row.slug}/"))
    if look(request).present:  # meeting mode steps through the council's inspections
        meeting = with_more(start.state.url(f"/councils/{row.slug}/grades/"), "present=1")
        return HttpResponseRedirect(meeting)
    answer = council_answer(start.record, row, start.day)
    return render(request, "dashboard/council.html", start.context(**context(answer, start)))
