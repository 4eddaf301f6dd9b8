"""A council's page: from the answer to what the template shows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from dashboard import expected_page, inadequate_page, presenters, upcoming_page, words
from dashboard.banner import banner
from dashboard.chart_pages import on_council_page
from dashboard.previews import preview
from dashboard.sharing import share
from inspections.queries.council import CouncilAnswer
from inspections.queries.inadequate import tracked_of
from inspections.queries.since import NEIGHBOURS
from inspections.rows import InspectionRow, VisitRow
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


def context(answer: CouncilAnswer, start: Any) -> dict[str, Any]:
    council, position = answer.council, answer.position
    as_at = start.clock.as_at
    latest = position.latest if position else None
    shown = on_council_page(start, answer)
    said = sentences(answer, start)
    return {
        "banner": banner(
            start,
            [*answer.inspections, *answer.visits],
            council_ids=[council.id],
            with_statements=True,
            reference_data=[NEIGHBOURS],
        ),
        "preview": preview(
            f"{council.short_name}: inspections of children's services",
            " ".join(said),
            start.state.url(f"/councils/{council.slug}/"),
            state=start.state,
            council=council,
        ),
        "share": share(shown) if answer.whole_service else None,
        "answer": answer,
        "council": council,
        "facts": facts(answer, as_at),
        "sentences": said,
        "cards": presenters.cards(position) if position else [],
        "overall_card": presenters.overall_card(answer.whole_service),
        "latest": latest,
        "waited": words.span(latest.event_date, as_at) if latest else "",
        "next": upcoming_page.council_context(answer.upcoming, as_at),
        "tracked": tracked(answer, as_at),
        "past_cases": inadequate_page.past_words(answer.past_cases) if answer.past_cases else "",
        "expected": [expected_page.expectation_context(row, start) for row in answer.expectations],
        "is_closed": council.closed_by(as_at),
        "chart": shown.chart if answer.whole_service else None,
        "lanes": [lane for lane in start.book.lanes if lane.is_core],
        "neighbour_rows": neighbour_rows(answer, start),
        "events": [event_line(row) for row in every_event(answer)],
    }


def tracked(answer: CouncilAnswer, as_at: date) -> dict[str, Any] | None:
    """Duties and visits where something is judged inadequate now; None elsewhere."""
    latest = answer.position.latest if answer.position else None
    past = answer.past_cases
    if latest is None or past is None or answer.council.closed_by(as_at):
        return None
    found = tracked_of(answer.council, latest, answer.visits, answer.upcoming)
    return inadequate_page.tracked_context(found, past, as_at) if found else None


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


def sentences(answer: CouncilAnswer, start: Any) -> list[str]:
    """What inspectors have judged, and what changed, each in one sentence."""
    council, position = answer.council, answer.position
    latest = position.latest if position else None
    if latest is None:
        if council.opened_date and council.opened_date > start.clock.as_at:
            return [
                f"This council did not exist yet: it opened on {words.day(council.opened_date)}."
            ]
        since = (
            f" since it was created on {words.day(council.opened_date)}"
            if council.opened_date
            else ""
        )
        found = [f"No full inspection has been published{since}."]
        if answer.predecessors:
            found.append("Grades of the councils before it are not inherited.")
        return found
    found = [
        f"Inspected in {words.month(latest.event_date)}: {presenters.grades_sentence(latest)}."
    ]
    overall = presenters.overall_sentence(latest, start.book)
    if overall:
        found.append(overall)
    areas = {area.key: area for area in start.book.areas.values()}
    since = position.previous.event_date if position.previous else None
    change = presenters.change_sentence(position.pairs, areas, since)
    if change:
        found.append(change)
    return found


def neighbour_rows(answer: CouncilAnswer, start: Any) -> SafeString:
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
                words.month(row.latest.event_date) if row.latest else "not yet inspected",
            )
            for row in answer.neighbours
        ),
    )


def every_event(answer: CouncilAnswer) -> list[InspectionRow | VisitRow]:
    """Inspections and visits, newest first; an event without any date stands last."""
    dated = [row for row in (*answer.inspections, *answer.visits) if row.event_date]
    undated = [row for row in answer.visits if not row.event_date]
    return [*sorted(dated, key=lambda row: row.event_date, reverse=True), *undated]


def event_line(row: InspectionRow | VisitRow) -> EventLine:
    is_inspection = isinstance(row, InspectionRow)
    published = row.publication_date
    return EventLine(
        reference=row.reference,
        name=presenters.event_name(row),
        day=presenters.event_day(row),
        shape="" if is_inspection else presenters.VISIT_SHAPES.get(VisitKind(row.kind), "✕"),
        letters=presenters.letters(row) if is_inspection else SafeString(""),
        detail=row.framework.short_name if is_inspection else presenters.topic(row),
        published=f"published {words.day(published)}"
        if published
        else "publication date not recorded",
        link=row.report_url if is_inspection else row.letter_url,
    )
