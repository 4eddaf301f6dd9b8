"""Writes a plan: one document whole or not at all, through the actions alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from inspections import actions
from inspections.models import (
    Citation,
    Council,
    Framework,
    Grade,
    Inspection,
    Judgement,
    JudgementArea,
    Reading,
    Source,
    Visit,
)
from inspections.vocabulary import Checked, Confidence, SourceKind

from .comparing import CHANGED, FILLED, EventPlan, Plan
from .points import write_points
from .telling import GRADE, Telling

_LICENCE = "Open Government Licence v3.0"
_NUMBERS = ("improvement_points", "priority_actions", "sequence")
_DATES = ("start_date", "end_date", "publication_date")


@actions.together()
def write(plan: Plan, *, reason: str, is_confirmed: bool = True) -> Source:
    """Record everything a plan holds. Raises ValidationError (and writes nothing) on a rule.

    A new event that is not `is_confirmed` is marked as read by machine only.
    """
    source = _source(plan)
    readings: list[Reading] = []
    for event_plan in plan.events:
        event = _write_event(event_plan, source, reason, is_confirmed)
        readings += _readings(event, event_plan, source)
        write_points(event, event_plan, source, reason=reason)
    actions.record_many(readings, reason=reason)
    return source


def _source(plan: Plan) -> Source:
    held = Source.objects.filter(key=plan.source_key).first()
    if held:
        return held
    reading = plan.reading
    if reading.layout == "workbook":
        kind, title = SourceKind.WORKBOOK, f"Ofsted's workbook as at {reading.as_at}"
    elif reading.layout == "letter":
        kind, title = SourceKind.LETTER, f"Ofsted's letter: {_names(plan)}"
    else:
        kind, title = SourceKind.REPORT, f"Ofsted's report: {_names(plan)}"
    days = [e.told.publication_date for e in plan.events if reading.layout != "workbook"]
    source = Source(
        key=plan.source_key,
        kind=kind,
        title=title[:250],
        publisher="Ofsted",
        published_date=next(iter(days), None),
        licence=_LICENCE,
        notes=f"Imported from {reading.file}, SHA-256 {reading.sha256}.",
    )
    actions.record(source, by=None, reason="Imported")
    return source


def _names(plan: Plan) -> str:
    return "; ".join(event.told.label for event in plan.events) or plan.reading.file


def _write_event(
    plan: EventPlan, source: Source, reason: str, is_confirmed: bool
) -> Inspection | Visit:
    if plan.recorded is None:
        make = _new_visit if plan.told.is_visit else _new_inspection
        return make(plan.told, source, reason, is_confirmed)
    event = plan.recorded.event
    fields = {
        change.fact: _value(change.fact, change.new)
        for change in plan.changes
        if change.action in (CHANGED, FILLED)
        and not change.fact.startswith(GRADE)
        and change.fact != "framework"
    }
    if "start_date" in fields and isinstance(event, Visit):
        fields["start_precision"] = "day"
    if fields:
        actions.correct(event, changes=fields, reason=reason, by=None, source_text=source.title)
    for change in plan.changes:
        if change.fact.startswith(GRADE) and change.action in (CHANGED, FILLED):
            _write_grade(plan, event, change.fact, change.new, reason, source)  # type: ignore[arg-type]
    target = "visit" if plan.told.is_visit else "inspection"
    if not any(c.source_id == source.pk for c in event.citations.all()):
        place = plan.told.record.place[:100]
        citation = Citation(source=source, place=place, **{target: event})
        actions.record(citation, by=None, reason=reason)
    return event


def _write_grade(
    plan: EventPlan, event: Inspection, fact: str, code: str, reason: str, source: Source
) -> None:
    grade = Grade.objects.get(scale=event.framework.scale, code=code)
    held = plan.recorded.judgements.get(fact) if plan.recorded else None
    if held:
        actions.correct(
            held, changes={"grade": grade}, reason=reason, by=None, source_text=source.title
        )
        return
    area = JudgementArea.objects.get(framework=event.framework, code=fact.removeprefix(GRADE))
    actions.record(Judgement(inspection=event, area=area, grade=grade), by=None, reason=reason)


def _new_inspection(told: Telling, source: Source, reason: str, is_confirmed: bool) -> Inspection:
    framework = Framework.objects.select_related("scale").get(code=told.facts["framework"])
    areas = {area.code: area for area in framework.areas.all()}
    grades = {grade.code: grade for grade in framework.scale.grades.all()}
    fields = {
        fact: _value(fact, value)
        for fact, value in told.facts.items()
        if not fact.startswith(GRADE) and fact != "framework"
    }
    checked = Checked.WORKBOOK if source.kind == SourceKind.WORKBOOK else Checked.REPORT
    inspection = Inspection(
        council=Council.objects.get(slug=told.council),
        framework=framework,
        checked=checked if is_confirmed else Checked.MACHINE,
        **fields,
    )
    judgements = {
        areas[fact.removeprefix(GRADE)]: grades[code]
        for fact, code in told.facts.items()
        if fact.startswith(GRADE)
    }
    return actions.record_inspection(
        inspection, judgements=judgements, by=None, reason=reason, sources=[source]
    )


def _new_visit(told: Telling, source: Source, reason: str, is_confirmed: bool) -> Visit:
    fields = {fact: _value(fact, value) for fact, value in told.facts.items()}
    is_workbook = source.kind == SourceKind.WORKBOOK
    confidence = Confidence.OFFICIAL if is_workbook else Confidence.LETTER
    visit = Visit(
        council=Council.objects.get(slug=told.council),
        confidence=confidence if is_confirmed else Confidence.MACHINE,
        **fields,
    )
    actions.record(visit, by=None, reason=reason, sources=[source])
    return visit


def _value(fact: str, text: str) -> Any:
    if fact in _DATES:
        return date.fromisoformat(text)
    if fact in _NUMBERS:
        return int(text)
    if fact == "has_two_periods":
        return text == "True"
    return text


def _readings(event: Inspection | Visit, plan: EventPlan, source: Source) -> Iterable[Reading]:
    """Readings this source has not given yet; a changed one is brought up to date."""
    target = "visit" if plan.told.is_visit else "inspection"
    held = {r.fact: r for r in Reading.objects.filter(source=source, **{target: event})}
    now = timezone.now()
    for change in plan.changes:
        before = held.get(change.fact)
        if before is None:
            yield Reading(
                source=source,
                fact=change.fact,
                value=change.new[:300],
                place=plan.told.places.get(change.fact, "")[:150],
                read_at=now,
                **{target: event},
            )
        elif before.value != change.new:
            before.value, before.read_at = change.new[:300], now
            before.settled_at = before.settled_by = None
            before.save()
