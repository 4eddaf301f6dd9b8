"""What the corrections log says of a change, in words that a reader understands."""

from typing import Any

from django.db import models
from django.utils import timezone

from inspections.models import (
    Correction,
    Council,
    Inspection,
    Judgement,
    Statement,
    User,
    Visit,
)
from inspections.models.record import statement_mark
from inspections.vocabulary import VisitKind

LONGEST = 2000  # characters of an old or new value


def change_of(
    fact: models.Model,
    name: str,
    value: Any,
    *,
    reason: str,
    by: User | None,
    source_text: str = "",
) -> Correction | None:
    """The entry for one field that is about to take a new value, not saved yet.

    None for facts that no council owns (a framework, a source): their history alone
    keeps the change.
    """
    return entry(
        fact,
        name,
        old=_shown(fact, name, getattr(fact, name)),
        new=_shown(fact, name, value),
        reason=reason,
        by=by,
        source_text=source_text,
    )


def entry(
    fact: models.Model,
    name: str,
    *,
    old: str,
    new: str,
    reason: str,
    by: User | None,
    source_text: str = "",
) -> Correction | None:
    """The entry for one field with both values in words; None as in `change_of`."""
    if isinstance(fact, Council):
        council, reference, subject = fact, "", "The council"
    elif isinstance(fact, Inspection | Visit):
        council, reference, subject = fact.council, fact.reference, _named(fact)
    elif isinstance(fact, Judgement):
        event = fact.inspection
        council, reference = event.council, event.reference
        subject = f"{_named(event)}, {fact.area.short_name.lower()}"
    elif isinstance(fact, Statement):
        council, reference = fact.council, statement_mark(fact.reference)
        subject = f"Statement of {fact.stated_date:%B %Y} ({fact.said_by})"
    else:
        return None
    return Correction(
        council=council,
        event_reference=reference,
        subject=subject,
        field=str(fact._meta.get_field(name).verbose_name),
        old=old[:LONGEST],
        new=new[:LONGEST],
        reason=reason,
        source_text=source_text,
        corrected_at=timezone.now(),
        corrected_by=by,
    )


def _named(event: Inspection | Visit) -> str:
    """`Inspection of July 2022`."""
    kind = "Inspection" if isinstance(event, Inspection) else VisitKind.label_of(event.kind)
    day = event.start_date or event.publication_date
    return f"{kind} of {day:%B %Y}" if day else kind


def _shown(fact: models.Model, name: str, value: Any) -> str:
    """A value as a reader would write it; a reference to another row by that row's name."""
    field = fact._meta.get_field(name)
    if value is None or value == "":
        return "not recorded"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field.is_relation and not isinstance(value, models.Model):
        return str(field.related_model._default_manager.get(pk=value))
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return str(value)
