"""Writes a plan: one document whole or not at all, through the actions alone."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django.db.models import Model
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

from .comparing import CHANGED, FILLED, EventPlan, ImportPlan, kind_of
from .points import write_points
from .telling import GRADE, Telling

_LICENCE = "Open Government Licence v3.0"


@actions.together()
def write(plan: ImportPlan, *, reason: str, is_confirmed: bool = True) -> Source:
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


def _source(plan: ImportPlan) -> Source:
    held = Source.objects.filter(key=plan.source_key).first()
    if held:
        return held
    reading, kind = plan.reading, kind_of(plan.reading)
    names = "; ".join(event.told.label for event in plan.events) or reading.file
    is_workbook = kind == SourceKind.WORKBOOK
    title = f"workbook as at {reading.as_at}" if is_workbook else f"{kind}: {names}"
    days = [event.told.publication_date for event in plan.events if not is_workbook]
    source = Source(
        key=plan.source_key,
        kind=kind,
        title=f"Ofsted's {title}"[:250],
        publisher="Ofsted",
        published_date=next(iter(days), None),
        licence=_LICENCE,
        notes=f"Imported from {reading.file}, SHA-256 {reading.sha256}.",
    )
    actions.record(source, by=None, reason="Imported")
    return source


def _write_event(
    plan: EventPlan, source: Source, reason: str, is_confirmed: bool
) -> Inspection | Visit:
    if plan.recorded is None:
        make = _new_visit if plan.told.is_visit else _new_inspection
        return make(plan.told, source, reason, is_confirmed)
    event = plan.recorded.event
    told = {c.fact: c.new for c in plan.changes if c.action in (CHANGED, FILLED)}
    fields = _fields(type(event), told)
    if "start_date" in fields and isinstance(event, Visit):
        fields["start_precision"] = "day"
    if fields:
        actions.correct(event, changes=fields, reason=reason, by=None, source_text=source.title)
    if isinstance(event, Inspection):
        for fact, code in told.items():
            if fact.startswith(GRADE):
                held = plan.recorded.judgements.get(fact)
                _write_grade(event, held, fact.removeprefix(GRADE), code, reason, source)
    if not any(c.source_id == source.pk for c in event.citations.all()):
        place = plan.told.record.place[:100]
        citation = Citation(source=source, place=place, **{plan.told.target: event})
        actions.record(citation, by=None, reason=reason)
    return event


def _write_grade(
    event: Inspection, held: Judgement | None, area: str, code: str, reason: str, source: Source
) -> None:
    grade = Grade.objects.get(scale=event.framework.scale, code=code)
    if held:
        actions.correct(
            held, changes={"grade": grade}, reason=reason, by=None, source_text=source.title
        )
        return
    judged = JudgementArea.objects.get(framework=event.framework, code=area)
    actions.record(Judgement(inspection=event, area=judged, grade=grade), by=None, reason=reason)


def _new_inspection(told: Telling, source: Source, reason: str, is_confirmed: bool) -> Inspection:
    framework = Framework.objects.select_related("scale").get(code=told.facts["framework"])
    areas = {GRADE + area.code: area for area in framework.areas.all()}
    grades = {grade.code: grade for grade in framework.scale.grades.all()}
    checked = Checked.WORKBOOK if source.kind == SourceKind.WORKBOOK else Checked.REPORT
    inspection = Inspection(
        council=Council.objects.get(slug=told.council),
        framework=framework,
        checked=checked if is_confirmed else Checked.MACHINE,
        **_fields(Inspection, told.facts),
    )
    judgements = {
        areas[fact]: grades[code] for fact, code in told.facts.items() if fact.startswith(GRADE)
    }
    return actions.record_inspection(
        inspection, judgements=judgements, by=None, reason=reason, sources=[source]
    )


def _new_visit(told: Telling, source: Source, reason: str, is_confirmed: bool) -> Visit:
    is_workbook = source.kind == SourceKind.WORKBOOK
    confidence = Confidence.OFFICIAL if is_workbook else Confidence.LETTER
    visit = Visit(
        council=Council.objects.get(slug=told.council),
        confidence=confidence if is_confirmed else Confidence.MACHINE,
        **_fields(Visit, told.facts),
    )
    actions.record(visit, by=None, reason=reason, sources=[source])
    return visit


def _fields(model: type[Model], facts: Mapping[str, str]) -> dict[str, Any]:
    """The facts that are fields of the event itself, as these keep them."""
    others = {fact for fact in facts if fact.startswith(GRADE) or fact == "framework"}
    fields = {fact: model._meta.get_field(fact) for fact in facts if fact not in others}
    return {name: cast(Any, field).to_python(facts[name]) for name, field in fields.items()}


def _readings(event: Inspection | Visit, plan: EventPlan, source: Source) -> Iterable[Reading]:
    """Readings this source has not given yet; a changed one is brought up to date."""
    target = plan.told.target
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
