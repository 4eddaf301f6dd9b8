"""Facts on which a source and the record differ, for a person to look at."""

from dataclasses import dataclass

from inspections.models import Inspection, Reading, Visit

from .telling import GRADE, same_value


@dataclass(frozen=True)
class Disagreement:
    """One source's reading that is not what the record holds.

    ``recorded`` is "" where the record has no such fact. ``is_confirmed`` tells that a person
    entered or corrected the event. ``reading`` is the reading's primary key.
    """

    reading: int
    council: str
    event: str
    fact: str
    recorded: str
    told: str
    source: str
    place: str
    is_confirmed: bool


def disagreements(*, council: str = "") -> list[Disagreement]:
    """Every open disagreement, or one council's by slug, in order of council and event."""
    readings = (
        Reading.objects.filter(settled_at__isnull=True)
        .select_related("source", "inspection__council", "inspection__framework", "visit__council")
        .prefetch_related("inspection__judgements__area", "inspection__judgements__grade")
    )
    confirmed = {Inspection: _by_person(Inspection), Visit: _by_person(Visit)}
    found = []
    for reading in readings:
        event = reading.inspection or reading.visit
        if event is None or (council and event.council.slug != council):
            continue
        recorded = recorded_value(event, reading.fact)
        if same_value(reading.fact, recorded, reading.value):
            continue
        found.append(
            Disagreement(
                reading=reading.pk,
                council=event.council.short_name,
                event=str(event),
                fact=reading.fact,
                recorded=recorded,
                told=reading.value,
                source=reading.source.title,
                place=reading.place,
                is_confirmed=event.pk in confirmed[type(event)],
            )
        )
    return sorted(found, key=lambda row: (row.council, row.event, row.fact, row.source))


def recorded_value(event: Inspection | Visit, fact: str) -> str:
    """The record's value of a fact, as text; "" where it has none."""
    if fact.startswith(GRADE) and isinstance(event, Inspection):
        code = fact.removeprefix(GRADE)
        held = (j for j in event.judgements.all() if j.area.code == code)
        return next((judgement.grade.code for judgement in held), "")
    if fact == "framework" and isinstance(event, Inspection):
        return event.framework.code
    value = getattr(event, fact, None)
    return "" if value is None else str(value)


def _by_person(model: type[Inspection] | type[Visit]) -> set[int]:
    return set(model.history.filter(history_user__isnull=False).values_list("id", flat=True))
