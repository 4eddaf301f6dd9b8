"""Which row that a person entered stands where a row of the shipped record should go."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db import models
from django.db.models import Q

Names = tuple[str, ...]


def unique_sets(model: type[models.Model]) -> Iterator[tuple[Names, Q]]:
    """The fields of which no two rows may have the same values, with the rows that it holds for."""
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key:
            yield (field.name,), Q()
    for rule in model._meta.constraints:
        if isinstance(rule, models.UniqueConstraint):
            yield tuple(rule.fields), rule.condition or Q()


def collision(fact: models.Model, theirs: Collection[int]) -> tuple[models.Model, Names] | None:
    """The row among `theirs`, by primary key, that has the values which only one may have, with
    the names of these fields; None without any."""
    model = type(fact)
    for names, held_for in unique_sets(model):
        values: dict[str, Any] = {name: getattr(fact, name) for name in names}
        if None in values.values() or not _holds(held_for, fact):
            continue
        others = model._default_manager.filter(held_for, pk__in=theirs, **values)
        other = others.exclude(pk=fact.pk).first()
        if other is not None:
            return other, names
    return None


def _holds(condition: Q, fact: models.Model) -> bool:
    """Is the row one of those that the rule is for?"""
    if not condition:
        return True
    return condition.check(
        {row.name: getattr(fact, row.attname) for row in fact._meta.concrete_fields}
    )
