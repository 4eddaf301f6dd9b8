"""A draft that several people, or several presses, change at once."""

from typing import Any

from django.db import transaction

from inspections.entry.fields import DAYS, as_read, words_of
from inspections.models import Draft

OF_BOTH = (*DAYS, "lead_inspector", "improvement_points")


def keep_waiting(draft: Draft, *fields: str) -> bool:
    """Saves it, or these fields of it; whether it still waited: what another press has published
    or thrown away meanwhile stays so."""
    with transaction.atomic():
        held = Draft.objects.select_for_update().filter(pk=draft.pk, state__in=Draft.WAITING)
        if not held.first():
            return False
        draft.save(update_fields=fields or None)
    return True


def stamp_of(draft: Draft) -> str:
    """Another one after every change of what is typed."""
    return draft.changed_at.isoformat()


def content_of(draft: Draft) -> tuple[object, ...]:
    """Everything that a person can type into it."""
    points = [dict(point) for point in draft.points]
    facts, typed = dict(draft.facts), dict(draft.typed)
    return draft.council_id, draft.document_url, draft.is_visit, facts, typed, points


def turn(draft: Draft) -> None:
    """Makes a visit of an inspection, or the other way round: with what both have."""
    draft.is_visit = not draft.is_visit
    draft.facts = {name: text for name, text in draft.facts.items() if name in OF_BOTH}
    draft.points = [{**point, "is_priority_action": False} for point in draft.points]


def told_of(draft: Draft) -> dict[str, str]:
    """What is typed in it, by what a person calls it."""
    facts = sorted(draft.facts.items())
    told = {words_of(name): as_read(str(text)) for name, text in facts}
    points = "; ".join(point["text"] + _themes(point) for point in draft.points)
    first = {"Council": str(draft.council or ""), "Address": draft.document_url}
    return {**first, **told, "Points": points}


def _themes(point: dict[str, Any]) -> str:
    """Those that a person chose."""
    if "themes" not in point:
        return ""
    return f" ({', '.join(map(as_read, point['themes'])) or 'no theme'})"


def differences(theirs: dict[str, str], mine: dict[str, str]) -> list[tuple[str, str]]:
    """Theirs, where it is not the same as mine."""
    names = [*theirs, *(name for name in mine if name not in theirs)]
    return [
        (name, theirs.get(name, "")) for name in names if theirs.get(name, "") != mine.get(name, "")
    ]
