"""Bounds on every date: beside the field in a form, and in the database itself."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from inspections.rules import consistency


class DayField(models.DateField):
    """A date of the record, within its years. To the database, and so to migrations, a date."""

    first_year = consistency.FIRST_YEAR

    def validate(self, value: date | None, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        complaint = value and consistency.year_complaint(
            value, today=timezone.localdate(), first_year=self.first_year
        )
        if complaint:
            raise ValidationError(complaint)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateField", args, kwargs


class CouncilDayField(DayField):
    """The day on which a council opened or closed."""

    first_year = consistency.FIRST_YEAR_OF_COUNCILS


def in_order(
    name: str,
    first: str,
    last: str,
    message: str = "The last day must not be before the first.",
    *,
    unknown: Sequence[str] = (),
) -> models.CheckConstraint:
    """One day of a row is not before another, unless one of the `unknown` is not known."""
    condition = Q()
    for field in unknown:
        condition |= Q(**{f"{field}__isnull": True})
    return models.CheckConstraint(
        name=name,
        condition=condition | Q(**{f"{last}__gte": F(first)}),
        violation_error_message=message,
    )


def within_years(
    name: str, *fields: str, first_year: int = consistency.FIRST_YEAR
) -> models.CheckConstraint:
    """The database's own bounds on some dates of a row; an unknown day is within them."""
    bounds = (date(first_year, 1, 1), date(consistency.LAST_YEAR, 12, 31))
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": bounds})
    return models.CheckConstraint(
        name=name,
        condition=condition,
        violation_error_message=(
            f"A day lies outside the years {first_year} to {consistency.LAST_YEAR}."
        ),
    )
