"""The page of one inspection or visit: from the answer to what the template shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from dashboard import words
from dashboard.charted.banner import banner
from dashboard.charted.card import PICTURE, Card, preview, spell
from dashboard.charted.card_picture import card_picture
from dashboard.charts import card as drawing
from dashboard.council.by_area_chart import ByAreaState
from dashboard.council.finding import finding
from dashboard.council.rose import asked_words
from dashboard.findings import asked_for
from dashboard.http.answers import asks
from dashboard.state.address import PlainState
from dashboard.state.opening import Opening, opening
from dashboard.words import presenters
from dashboard.words.coverage import complete, existed_to
from dashboard.words.duties import duties_context, letter_plan_words
from inspections.diff import POINTS, Scope, entry_of_withdrawal
from inspections.figure_rows import CardLine
from inspections.framework_rows import FrameworkBook
from inspections.questions.asked_for import AskedFor
from inspections.questions.corrections import named, subject
from inspections.questions.event import EventAnswer, event_answer, find_event
from inspections.questions.positions import position_of
from inspections.questions.timeline import grades_over_time
from inspections.rows import Comment, Council, Event, Inspection, Judgement, Visit
from inspections.rules.comparison import ChangeKind, Pair
from inspections.vocabulary import Checked, Confidence


@dataclass(frozen=True, slots=True)
class JudgementLine:
    """One line of the table of judgements: now, before, and the change in words."""

    area: str
    short: str
    now: SafeString
    before: SafeString
    change: str
    note: str
    is_overall: bool


def is_inspection(row: Event) -> bool:
    return isinstance(row, Inspection)


def why_not_found(council: Council, reference: str, start: Opening) -> str:
    """Whether an event does not exist, or had not been published by the day asked for."""
    later = find_event(start.now.events_of(council.id, start.today), council, reference).rows
    if not later:
        return f"{council.short_name} has no such inspection or visit in the record"
    return f"this had not been published by {words.day(start.day)}"


def gone(
    request: HttpRequest, council: Council, reference: str, start: Opening
) -> HttpResponse | None:
    """410 with date and reason where somebody withdrew the event; None elsewhere."""
    record = start.record
    row = record.withdrawn_event(council.id, reference)
    if row is None:
        return None
    entry = entry_of_withdrawal(record, row)
    shown = {"council": council, "name": named(row), "entry": entry, "keep": start.keep}
    return render(request, "dashboard/gone.html", shown, status=410)


def choices(rows: Sequence[Event]) -> list[dict[str, str]]:
    return [
        {"reference": row.reference, "name": presenters.event_name(row),
         "day": presenters.event_day(row)}
        for row in rows
    ]  # fmt: skip


def context(answer: EventAnswer, council: Council, start: Opening) -> dict[str, Any]:
    event = answer.event
    found: dict[str, Any] = {
        "council": council,
        "atom": presenters.feeds_of(council),
        "ofsted_page": presenters.ofsted_page(council),
        "event": event,
        "answer": answer,
        "name": presenters.event_name(event),
        "month": presenters.event_month(event),
        "days": presenters.event_day(event) if event.start_date else "not recorded",
        "earlier": _link(answer.earlier),
        "later": _link(answer.later),
        "published": words.day(event.publication_date),
        "asked": asked_for.context(answer.asked, council, start),
        "corrections": [
            {
                "entry": row,
                "subject": subject(start.now, row),
                "field": words.field(row.field, row.kind),
                "change": words.corrected(row.old, row.new),
            }
            for row in answer.corrections
        ],
        "asked_words": asked_words(start.record, event) if answer.asked else "",
        "asked_in": asked_in(answer.asked),
        "source": next((row.source for row in answer.citations if row.source.url), None),
        "own_address": event.letter_url if isinstance(event, Visit) else event.report_url,
        "own_name": "Ofsted's letter" if isinstance(event, Visit) else "Ofsted's report",
    }
    known: dict[str, object] = {
        "lead inspector": event.lead_inspector,
        "improvement points": event.improvement_points,
    }
    if isinstance(event, Visit):
        known["areas for priority action"] = event.priority_actions
    found["absent"] = words.listing([name for name, fact in known.items() if fact in {None, ""}])
    found["facts"] = facts(event, known, found["absent"])
    if isinstance(event, Inspection):
        found |= {
            "lines": lines(answer),
            "judged": [line.area for line in lines(answer)],
            "previous": _link(answer.previous),
            "headline": headline(event, council, start),
            "sentence": inspection_sentence(event, start.book),
            "told": told(event, start.book),
            "checked": Checked.label_of(event.checked),
            "comment": comment_of(event, start),
            "duties": duties_context(event, start.day),
            "among_url": among_url(event, council, start),
        }
    else:
        found |= {
            "sentence": presenters.visit_sentence(event),
            "since": _link(answer.since),
            "place": place_words(answer, event, council, start),
            "confidence": Confidence.label_of(event.confidence),
            "plan": letter_plan_words(event, start.day),
        }
    return found


OF_INSPECTION = (
    "Days on site",
    "Published",
    "Inspected under",
    "Ofsted's report",
    "Source checked",
)
OF_VISIT = ("Days", "Published", "Ofsted's letter", "Place in the sequence", "How it is known")


def facts(event: Event, known: Mapping[str, object], absent: str) -> list[str]:
    """The name of every fact of the box, as a report of an error names it."""
    own = OF_INSPECTION if isinstance(event, Inspection) else OF_VISIT
    given = [name for name, fact in known.items() if fact not in {None, ""}]
    return [words.begun(name) for name in (*own, *given, absent) if name]


def comment_of(event: Inspection, start: Opening) -> Comment | None:
    """What the council says of it; None before the day on which it said so."""
    found = start.record.comments.get(event.id)
    return found if found and found.said_date <= start.day else None


def _link(row: Event | None) -> dict[str, str] | None:
    if row is None:
        return None
    return {
        "reference": row.reference,
        "name": presenters.event_name(row),
        "month": presenters.event_month(row),
    }


def headline(event: Inspection, council: Council, start: Opening) -> str:
    """What the council's inspections came to with this one; empty for one of a part."""
    if not event.framework.is_whole_service:
        return ""
    own = start.record.inspections_of(council.id, start.day)
    rows = grades_over_time(
        start.book,
        council_name=council.short_name,
        inspections=own[: own.index(event) + 1],
        visits=(),
        as_at=event.publication_date,
    )
    return finding(rows)


def among_url(event: Inspection, council: Council, start: Opening) -> str:
    """The chart of what all councils held when this was published, with this one marked; empty
    where another inspection stood for the council then."""
    day = event.publication_date
    if position_of(start.record, council, day).latest != event:
        return ""
    state = ByAreaState(council=council.slug, as_at=day, known=start.state.known)
    return state.url("/england/grades-by-area/")


def inspection_sentence(event: Inspection, book: FrameworkBook) -> str:
    said = presenters.grades_sentence(event)
    parts = [f"{said}." if said else "", presenters.overall_sentence(event, book)]
    return presenters.marked(event, " ".join(part for part in parts if part))


def told(event: Inspection, book: FrameworkBook) -> str:
    """What the finding of an inspection of the whole service leaves out; of a part, all of it."""
    if not event.framework.is_whole_service:
        return inspection_sentence(event, book)
    return presenters.marked(
        event, "" if event.overall else presenters.overall_sentence(event, book)
    )


def asked_in(asked: AskedFor | None) -> str:
    """`3 points on 6 themes`; empty where none is on record."""
    if asked is None or not asked.points:
        return ""
    points = words.count(len(asked.points), "point")
    return f"{points} on {words.count(len(asked.themes), 'theme')}" if asked.themes else points


def lines(answer: EventAnswer) -> list[JudgementLine]:
    found = []
    for pair in answer.pairs:
        judged = pair.current or pair.previous
        if judged is None:
            continue
        area = judged.area
        other = pair.since if pair.since != answer.previous else None  # its month is in no head
        change = words.change(pair.change, other.event_date if other else None)
        before = tag(pair.previous, "none")
        if pair.previous and pair.previous.area.code != area.code:
            earlier = pair.previous.area.short_name
            before += format_html(' <span class="quiet">{}</span>', earlier)
        if other:
            when = words.month(other.event_date)
            before += format_html(' <span class="quiet">{}</span>', when)
        found.append(
            JudgementLine(
                area=area.official_name,
                short=area.short_name,
                now=tag(pair.current, "Not graded"),
                before=before,
                change=apart_words(pair) or words.begun("the same" if change == "same" else change),
                note=answer.notes.get(area.key, ""),
                is_overall=area.is_overall,
            )
        )
    return found


def apart_words(pair: Pair) -> str:
    """That two judgements are not compared, and more quietly why; empty where they are."""
    if pair.change.kind is not ChangeKind.NOT_COMPARABLE:
        return ""
    return format_html('Not comparable: <span class="quiet">{}</span>', pair.change.reason)


def tag(judged: Judgement | None, absent: str) -> SafeString:
    return presenters.grade_tag(judged.grade if judged else None, absent=absent)


def place_words(answer: EventAnswer, event: Visit, council: Council, start: Opening) -> str:
    """The visit's place in the sequence, as recorded and as stated by a source."""
    if answer.since is None:
        return "No earlier full inspection is in the record."
    kind = presenters.event_name(event).lower()
    when = words.month(answer.since.event_date)
    text = (
        f"{words.ordinal(answer.place)} {kind} of {answer.place_of} on record since the "
        f"inspection of {when}"
        if answer.place_of > 1
        else f"The only {kind} on record since the inspection of {when}"
    )
    if event.sequence:
        text += f"; number {event.sequence} by its source"
    begun = answer.since.event_date
    last = existed_to(council, start.day)
    known = complete(start.record.coverage, begun, last, [event.kind])
    return f"{text}; {known}." if known else f"{text}."


def card(row: Event, council: Council, start: Opening) -> Card:
    name = presenters.event_name(row).lower()
    said = (
        inspection_sentence(row, start.book)
        if isinstance(row, Inspection)
        else presenters.visit_sentence(row)
    )

    def figure() -> go.Figure:
        return drawing.lines(_judged(row) if isinstance(row, Inspection) else _visited(row))

    return Card(
        f"{council.short_name}: {name}, {presenters.event_month(row)}",
        said,
        f"/councils/{council.slug}/inspections/{row.reference}/",
        figure,
    )


def _judged(row: Inspection) -> list[CardLine]:
    return [
        CardLine(judged.area.short_name, spell(judged, row, is_together=judged.area.is_combined))
        for judged in row.judgements
        if not judged.area.is_part
    ]


def _visited(row: Visit) -> list[CardLine]:
    return [
        CardLine("Visit", note=presenters.event_name(row)),
        CardLine("On site", note=presenters.event_day(row)),
        *([CardLine("Topic", note=said)] if (said := presenters.topic(row)) else []),
        CardLine("Letter published", note=words.day(row.publication_date)),
    ]


@asks(PlainState)
@require_safe
def page(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    start = opening(request)
    council, is_slug = start.council(slug)
    if council is None:
        raise Http404(slug)
    found = find_event(start.record.events_of(council.id, start.day), council, reference)
    if not found.rows:
        if withdrawn := gone(request, council, reference, start):
            return withdrawn
        raise Http404(why_not_found(council, reference, start))
    if len(found.rows) > 1:
        shown = start.context(council=council, choices=choices(found.rows))
        return render(request, "dashboard/event_choice.html", shown)
    row = found.rows[0]
    if not (is_slug and found.is_exact):
        path = f"/councils/{council.slug}/inspections/{row.reference}/"
        return HttpResponsePermanentRedirect(start.state.url(path))
    template = "dashboard/inspection.html" if is_inspection(row) else "dashboard/visit.html"
    scope = Scope(
        frozenset({council.id}), reference=row.reference, reference_data=frozenset({POINTS})
    )
    shown = start.context(
        banner=banner(start, scope),
        **context(event_answer(start.record, row, start.day), council, start),
        preview=preview(card(row, council, start), start),
    )
    return render(request, template, shown)


@asks(PlainState)
@require_safe
def picture(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """The picture of an inspection or visit; other forms of its address lead to it."""
    start = opening(request)
    council, is_slug = start.council(slug)
    if council is None:
        raise Http404(reference)
    found = find_event(start.record.events_of(council.id, start.day), council, reference)
    if not found.rows and gone(request, council, reference, start):
        return HttpResponse("Withdrawn.\n", status=410, content_type="text/plain; charset=utf-8")
    if len(found.rows) != 1:
        raise Http404(reference)
    row = found.rows[0]
    if not (is_slug and found.is_exact):
        path = f"/councils/{council.slug}/inspections/{row.reference}{PICTURE}"
        return HttpResponsePermanentRedirect(start.state.url(path))
    return card_picture(request, PlainState, lambda start: card(row, council, start))
