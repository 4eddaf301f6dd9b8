"""The page of one inspection or visit: from the answer to what the template shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from dashboard import presenters, words
from inspections.queries.event import Event, EventAnswer, all_events, find_event
from inspections.queries.improvement_points import PointRow, improvement_points_of
from inspections.rows import Clock, CouncilRow, FrameworkBook, InspectionRow, VisitRow
from inspections.rules.comparison import Judged
from inspections.vocabulary import Checked, Confidence


@dataclass(frozen=True, slots=True)
class JudgementLine:
    """One line of the table of judgements: now, before, and the change in words."""

    area: str
    now: SafeString
    before: SafeString
    change: str
    note: str
    is_overall: bool


def is_inspection(row: Event) -> bool:
    return isinstance(row, InspectionRow)


def why_not_found(council: CouncilRow, reference: str, start: Any) -> str:
    """Whether an event does not exist, or had not been published by the day asked for."""
    today = Clock(start.today)
    later = find_event(all_events(council, start.book, today), council, reference).rows
    if not later:
        return f"{council.short_name} has no such inspection or visit in the record"
    return f"this had not been published by {words.day(start.clock.as_at)}"


def choices(rows: Sequence[Event]) -> list[dict[str, str]]:
    return [
        {"reference": row.reference, "name": presenters.event_name(row),
         "day": presenters.event_day(row)}
        for row in rows
    ]  # fmt: skip


def context(answer: EventAnswer, council: CouncilRow, start: Any) -> dict[str, Any]:
    event = answer.event
    found = {
        "council": council,
        "event": event,
        "answer": answer,
        "name": presenters.event_name(event),
        "month": presenters.event_month(event),
        "days": presenters.event_day(event) if event.start_date else "not recorded",
        "earlier": _link(answer.earlier),
        "later": _link(answer.later),
        "published": words.day(event.publication_date),
        "points": points_of(event, start.clock),
    }
    if isinstance(event, InspectionRow):
        found |= {
            "lines": lines(answer, start.book),
            "previous": _link(answer.previous),
            "sentence": inspection_sentence(event, start.book),
            "checked": Checked.label_of(event.checked),
        }
    else:
        found |= {
            "topic": presenters.topic(event),
            "since": _link(answer.since),
            "place": place_words(answer, event),
            "confidence": Confidence.label_of(event.confidence),
        }
    return found


def points_of(event: Event, clock: Clock) -> tuple[PointRow, ...]:
    """What inspectors asked for, where the report or letter was imported on this site."""
    kind = "inspection" if isinstance(event, InspectionRow) else "visit"
    found = improvement_points_of(**{f"{kind}s": [event.id]}, known=clock.known)
    return found.get((kind, event.id), ())


def _link(row: Event | None) -> dict[str, str] | None:
    if row is None:
        return None
    return {
        "reference": row.reference,
        "name": presenters.event_name(row),
        "month": presenters.event_month(row),
    }


def inspection_sentence(event: InspectionRow, book: FrameworkBook) -> str:
    said = presenters.grades_sentence(event)
    parts = [f"{said}." if said else "", presenters.overall_sentence(event, book)]
    return " ".join(part for part in parts if part)


def lines(answer: EventAnswer, book: FrameworkBook) -> list[JudgementLine]:
    areas = {area.key: area for area in book.areas.values()}
    grades = {(grade.scale, grade.code): grade for grade in book.grades.values()}
    notes, previous = answer.notes, answer.previous
    since = previous.event_date if previous else None

    def tag(judged: Judged | None, absent: str) -> SafeString:
        grade = grades[judged.scale, judged.grade] if judged else None
        return presenters.grade_tag(grade, absent=absent)

    found = []
    for pair in answer.pairs:
        area = areas[(pair.current or pair.previous).key]
        change = words.change(pair.change, since)
        before = tag(pair.previous, "none")
        if pair.previous and pair.current and pair.previous.key[1] != pair.current.key[1]:
            earlier = areas[pair.previous.key].short_name
            before += format_html(' <span class="quiet">{}</span>', earlier)
        found.append(
            JudgementLine(
                area=area.official_name,
                now=tag(pair.current, "Not graded"),
                before=before,
                change=change[0].upper() + change[1:],
                note=notes.get(area.key, ""),
                is_overall=area.is_overall,
            )
        )
    return found


def place_words(answer: EventAnswer, event: VisitRow) -> str:
    """The visit's place in the sequence, as recorded and as stated by a source."""
    if answer.since is None:
        return "No earlier full inspection is in the record."
    kind = presenters.event_name(event).lower()
    when = words.month(answer.since.event_date)
    text = (
        f"Number {answer.place} of {answer.place_of} recorded after the inspection of {when}"
        if answer.place_of > 1
        else f"The only {kind} recorded after the inspection of {when}"
    )
    if event.sequence:
        text += f"; number {event.sequence} by its source"
    return f"{text}."
