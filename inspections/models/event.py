"""What inspections and visits have in common, and what belongs to one of either."""

from datetime import date
from typing import Self

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q

from inspections.models.fact import Fact
from inspections.vocabulary import Status


class EventQuerySet(models.QuerySet):
    def public(self) -> Self:
        return self.filter(status=Status.PUBLISHED)


class Event(Fact):
    """An inspection or a visit, with a page of its own."""

    reference = models.SlugField(
        max_length=60,
        blank=True,
        help_text="The last part of the page's address; never changed once published. "
        "Left empty it is made from the first day on site.",
    )
    lead_inspector = models.CharField(max_length=120, blank=True)
    improvement_points = models.PositiveSmallIntegerField(
        "number of improvement points", null=True, blank=True
    )
    status = models.CharField(
        max_length=10, choices=Status.choices(), default=Status.PUBLISHED, editable=False
    )
    notes = models.TextField(blank=True, validators=[MaxLengthValidator(2000)])

    scheduled_date: date | None = None
    """The day on which it is to appear, while it waits for that; no column."""

    class Meta:
        abstract = True


def of_one_event(
    name: str, once: str, *fields: str, message: str | None = None, twice: str | None = None
) -> list[models.BaseConstraint]:
    """A row is of an inspection or of a visit, and the only one of it with these fields.

    `{}` in the fields, in the name of the second rule and in what breaking that is told as stands
    for the kind of event.
    """
    either = Q(inspection__isnull=True) ^ Q(visit__isnull=True)
    return [
        models.CheckConstraint(name=name, condition=either, violation_error_message=message),
        *(
            models.UniqueConstraint(
                fields=[field.format(kind) for field in fields],
                condition=Q(**{f"{kind}__isnull": False}),
                name=once.format(kind),
                violation_error_message=twice and twice.format(kind),
            )
            for kind in ("inspection", "visit")
        ),
    ]
