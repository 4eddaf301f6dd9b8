"""What a person who enters an event has to be offered: kinds, frameworks, what stood before."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from inspections.models import Council, Framework, Inspection, Judgement, JudgementArea, Visit
from inspections.vocabulary import InspectionKind, VisitKind

RECENT_YEARS = 4
"""A kind of visit of which none has been made for so long is not offered."""


@dataclass(frozen=True)
class Before:
    """The council's last inspection and, by area of the new framework, the grade it gave."""

    inspection: Inspection
    grades: dict[str, str]


def frameworks_on(day: date) -> list[Framework]:
    """Frameworks in force on the day, oldest first."""
    return list(
        Framework.objects.filter(
            Q(in_force_to__isnull=True) | Q(in_force_to__gte=day), in_force_from__lte=day
        ).order_by("in_force_from")
    )


def inspection_kinds(frameworks: list[Framework]) -> list[tuple[str, str]]:
    """Kinds under which inspections of these frameworks, or of those before, are recorded."""
    used = set(
        Inspection.objects.public()
        .filter(framework__in=frameworks)
        .values_list("kind", flat=True)
        .distinct()
    )
    if not used:
        last = Inspection.objects.public().whole_service().order_by("-publication_date")[:100]
        used = {row.kind for row in last}
    return [pair for pair in InspectionKind.choices() if pair[0] in used]


def visit_kinds(today: date) -> list[tuple[str, str]]:
    """Kinds of visit that have been made of late; all of them where none is on record."""
    since = today.replace(year=today.year - RECENT_YEARS, day=1)
    recent = Visit.objects.public().filter(
        Q(start_date__gte=since) | Q(publication_date__gte=since)
    )
    used = set(recent.values_list("kind", flat=True).distinct())
    return [pair for pair in VisitKind.choices() if not used or pair[0] in used]


def before(council: Council, areas: list[JudgementArea]) -> Before | None:
    """What the council's last published inspection gave in the lanes of each area."""
    last = (
        Inspection.objects.public()
        .whole_service()
        .filter(council=council)
        .select_related("framework")
        .order_by("-publication_date")
        .first()
    )
    if last is None:
        return None
    held = [
        ({lane.pk for lane in row.area.lanes.all()}, row.grade.name)
        for row in Judgement.objects.filter(inspection=last)
        .select_related("grade", "area")
        .prefetch_related("area__lanes")
    ]
    grades = {}
    for area in areas:
        lanes = {lane.pk for lane in area.lanes.all()}
        names = dict.fromkeys(name for own, name in held if own & lanes)
        if names:
            grades[area.code] = ", ".join(names)
    return Before(last, grades)


def next_number(council: Council) -> int:
    """The number of a new monitoring visit, counted since the last inspection."""
    last = Inspection.objects.public().whole_service().filter(council=council)
    newest = last.order_by("-publication_date").first()
    made = Visit.objects.public().filter(council=council, kind=VisitKind.MONITORING)
    if newest:
        made = made.filter(start_date__gt=newest.publication_date)
    return made.count() + 1
