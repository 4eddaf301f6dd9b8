"""Published facts as text, and writing those that somebody changed: of an event, a point, a source,
a council, a framework, what a council says."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from inspections import actions
from inspections.entry.days import typed_day
from inspections.entry.fields import DAYS, GRADE, NUMBERS, WORDS, EntryField, is_day
from inspections.entry.themes import proposal_of
from inspections.models import (
    Council,
    CouncilComment,
    Framework,
    Grade,
    ImprovementPoint,
    Inspection,
    Judgement,
    JudgementArea,
    Source,
    Theme,
    User,
    Visit,
)
from inspections.vocabulary import Checked, Confidence, InspectionKind, ThemeBasis, VisitKind

Event = Inspection | Visit
Plain = ImprovementPoint | Source | Council | Framework | CouncilComment
PLAIN: dict[str, tuple[type[Plain], tuple[str, ...]]] = {
    "point": (ImprovementPoint, ("text", "kind", "page", "themes", "basis")),
    "source": (Source, ("title", "kind", "publisher", "url", "published_date", "licence")),
    "council": (Council, ("name", "short_name", "kind", "ons_code", "dfe_code", "ofsted_urn",
                          "opened_date", "closed_date", "website")),
    "framework": (Framework, ("name", "short_name", "in_force_from", "in_force_to",
                              "next_due_year", "next_due_source")),
    "comment": (CouncilComment, ("text", "said_by", "said_date", "source_url")),
}  # fmt: skip
"""By the word in an address: facts of one row each, and the fields that can be corrected."""
LINES = 8


def address_of(event: Event) -> str:
    """The name of the field that holds the address of Ofsted's document."""
    return "letter_url" if isinstance(event, Visit) else "report_url"


def fields_of(event: Event | Plain) -> list[EntryField]:
    """Every fact that can be corrected, as it is now, grades first."""
    if not isinstance(event, Event):
        return _plain_fields(event)
    found = []
    if isinstance(event, Inspection):
        grades = [(row.code, row.name) for row in event.framework.scale.grades.order_by("order")]
        held = {row.area_id: row.grade.code for row in event.judgements.select_related("grade")}
        for area in event.framework.areas.order_by("order"):
            value, options = held.get(area.pk, ""), (("", "Not judged"), *grades)
            found.append(EntryField(GRADE + area.code, area.short_name, value, options=options))
    kinds = VisitKind.choices() if isinstance(event, Visit) else InspectionKind.choices()
    found.append(EntryField("kind", "Kind", event.kind, options=tuple(kinds)))
    checked = ("confidence", Confidence) if isinstance(event, Visit) else ("checked", Checked)
    name, words = checked
    found.append(
        EntryField(name, "Known from", getattr(event, name), options=tuple(words.choices()))
    )
    others = {**DAYS, "lead_inspector": "Lead inspector", **NUMBERS}
    others[address_of(event)] = "Address of Ofsted's document"
    for name, label in others.items():
        if hasattr(event, name):
            value = getattr(event, name)
            found.append(EntryField(name, label, "" if value is None else str(value)))
    return found


def _plain_fields(fact: Plain) -> list[EntryField]:
    names = next(names for model, names in PLAIN.values() if isinstance(fact, model))
    found = []
    for name in names:
        field: Any = fact._meta.get_field(name)
        value = getattr(fact, name)
        text = "" if value is None else str(value)
        label = WORDS.get(name) or str(field.verbose_name)
        options = tuple(field.choices or ())
        hint = ""
        if name == "themes":
            known = "; ".join(Theme.objects.values_list("short_name", flat=True))
            hint = f"Parted by semicolons, of these: {known}."
        if name == "basis" and isinstance(fact, ImprovementPoint):
            hint = proposal_of(fact.text)
        text = "; ".join(_themes(text.split("|"))) if name == "themes" else text
        hint = hint or str(field.help_text)
        rows = (LINES if isinstance(fact, CouncilComment) else 3) if name == "text" else 0
        label = label[0].upper() + label[1:]
        found.append(EntryField(name, label, text, options=options, hint=hint, rows=rows))
    return found


def _themes(told: Iterable[str], *, as_codes: bool = False) -> list[str]:
    """The themes of these codes or short names, by short name or code."""
    known: dict[str, Theme] = {}
    for row in Theme.objects.all():
        known |= dict.fromkeys((row.code, row.short_name.lower()), row)
    found = []
    for text in filter(None, (part.strip() for part in told)):
        theme = known.get(text.lower())
        if theme is None:
            raise ValidationError({"themes": f'"{text}": expected the short name of a theme.'})
        found.append(theme.code if as_codes else theme.short_name)
    return found


def understood(name: str, text: str) -> str:
    """The typed text as a fact is kept; raises ValidationError where it means nothing."""
    lines = [" ".join(line.split()) for line in text.strip().splitlines()]
    text = "\n".join(lines) if name == "text" else " ".join(" ".join(lines).split())
    if name == "themes":
        return "; ".join(_themes(text.split(";")))
    if is_day(name) and text:
        day = typed_day(text)
        if day is None:
            raise ValidationError({name: f'"{text}": expected a day, such as 27 November 2026.'})
        return day.isoformat()
    if _is_number(name) and text and not (text.isdigit() and len(text) < 5):
        raise ValidationError({name: f'"{text}": expected a whole number.'})
    return text


@actions.together()
def apply(
    event: Event | Plain, changes: Mapping[str, str], *, reason: str, source: str, by: User
) -> None:
    """Corrects all of it or nothing. Raises ValidationError by field, as the rules of a fact."""
    own = {name: value_of(name, text) for name, text in changes.items() if not _is_grade(name)}
    if "themes" in own:  # whoever changes them has chosen them
        own["themes"] = "|".join(_themes(str(own["themes"]).split(";"), as_codes=True))
        own["basis"] = ThemeBasis.PERSON
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
    grade = Grade.objects.filter(scale=event.framework.scale, code=code).first()
    if grade is None:
        raise ValidationError({GRADE + area: f'"{code}": expected a grade of its framework.'})
    if held:
        actions.correct(held, changes={"grade": grade}, reason=reason, by=by, source_text=source)
        return
    judged = JudgementArea.objects.get(framework=event.framework, code=area)
    actions.record(Judgement(inspection=event, area=judged, grade=grade), by=by, reason=reason)


def _is_grade(name: str) -> bool:
    return name.startswith(GRADE)


def _is_number(name: str) -> bool:
    return name in {*NUMBERS, "page", "next_due_year"}


def value_of(name: str, text: str) -> object:
    """What was understood, as its field keeps it."""
    if is_day(name):
        return date.fromisoformat(text) if text else None
    if _is_number(name):
        return int(text) if text else None
    return text
