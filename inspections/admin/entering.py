"""Who enters a fact, and what has to be offered for it."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest

from inspections.models import Framework, User


def person(request: HttpRequest) -> User:
    """The account that is signed in. Raises PermissionDenied where none is."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


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
