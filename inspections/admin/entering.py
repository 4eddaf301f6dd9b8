"""What a person who enters a fact has to be offered."""

from datetime import date

from django.db.models import Q

from inspections.models import Framework


def frameworks_for(*, start_date: date, kind: str) -> list[Framework]:
    """Frameworks in force on the first day on site, oldest first.

    Where two overlap, those under which inspections of this kind have been recorded, if
    there are any. More than one means that the person has to choose.
    """
    in_force = Framework.objects.filter(
        Q(in_force_to__isnull=True) | Q(in_force_to__gte=start_date),
        in_force_from__lte=start_date,
    ).order_by("in_force_from")
    found = list(in_force)
    if len(found) > 1:
        used = set(in_force.filter(inspections__kind=kind).values_list("pk", flat=True).distinct())
        found = [row for row in found if row.pk in used] or found
    return found
