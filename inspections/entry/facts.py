"""The facts of a published event as text, and writing those that somebody changed."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError

from inspections import actions
from inspections.entry.days import typed_day
from inspections.entry.fields import DAYS, GRADE, NUMBERS, Field
from inspections.models import Grade, Inspection, Judgement, JudgementArea, User, Visit
from inspections.vocabulary import Checked, Confidence, InspectionKind, VisitKind

Event = Inspection | Visit


def address_of(event: Event) -> str:
    """The name of the field that holds the address of Ofsted's document."""
    return "letter_url" if isinstance(event, Visit) else "report_url"


def fields_of(event: Event) -> list[Field]:
    """Every fact that can be corrected, as it is now, grades first."""
    found = []
    if isinstance(event, Inspection):
        grades = [(row.code, row.name) for row in event.framework.scale.grades.order_by("order")]
        held = {row.area_id: row.grade.code for row in event.judgements.select_related("grade")}
        for area in event.framework.areas.order_by("order"):
            value, options = held.get(area.pk, ""), (("", "Not judged"), *grades)
            found.append(Field(GRADE + area.code, area.short_name, value, options=options))
    kinds = VisitKind.choices() if isinstance(event, Visit) else InspectionKind.choices()
    found.append(Field("kind", "Kind", event.kind, options=tuple(kinds)))
    checked = ("confidence", Confidence) if isinstance(event, Visit) else ("checked", Checked)
    name, words = checked
    found.append(Field(name, "Known from", getattr(event, name), options=tuple(words.choices())))
    others = {**DAYS, "lead_inspector": "Lead inspector", **NUMBERS}
    others[address_of(event)] = "Address of Ofsted's document"
    for name, label in others.items():
        if hasattr(event, name):
            value = getattr(event, name)
            found.append(Field(name, label, "" if value is None else str(value)))
    return found


def understood(name: str, text: str) -> str:
    """The typed text as a fact is kept; raises ValidationError where it means nothing."""
    text = " ".join(text.split())
    if name in DAYS and text:
        day = typed_day(text)
        if day is None:
            raise ValidationError({name: f'"{text}": expected a day, such as 27 November 2026.'})
        return day.isoformat()
    if name in NUMBERS and text and not (text.isdigit() and len(text) < 4):
        raise ValidationError({name: f'"{text}": expected a whole number.'})
    return text


@actions.together()
def apply(event: Event, changes: Mapping[str, str], *, reason: str, source: str, by: User) -> None:
    """Corrects all of it or nothing. Raises ValidationError by field, as the rules of a fact."""
    own = {name: _value(name, text) for name, text in changes.items() if not _is_grade(name)}
    if own:
        actions.correct(event, changes=own, reason=reason, by=by, source_text=source)
    for name in filter(_is_grade, changes):
        assert isinstance(event, Inspection)  # noqa: S101 - visits have no grades
        _grade(event, name.removeprefix(GRADE), changes[name], reason, source, by)


def _grade(event: Inspection, area: str, code: str, reason: str, source: str, by: User) -> None:
    held = event.judgements.filter(area__code=area).first()
    if not code:
        if held:
            actions.withdraw(held, reason=reason, by=by)
        return
    grade = Grade.objects.get(scale=event.framework.scale, code=code)
    if held:
        actions.correct(held, changes={"grade": grade}, reason=reason, by=by, source_text=source)
        return
    judged = JudgementArea.objects.get(framework=event.framework, code=area)
    actions.record(Judgement(inspection=event, area=judged, grade=grade), by=by, reason=reason)


def _is_grade(name: str) -> bool:
    return name.startswith(GRADE)


def _value(name: str, text: str) -> object:
    if name in DAYS:
        return date.fromisoformat(text) if text else None
    if name in NUMBERS:
        return int(text) if text else None
    return text
