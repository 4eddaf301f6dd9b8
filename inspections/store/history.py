"""The tables' rows as they are, or as the site held them at a moment."""

from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from typing import Any, TypeVar, cast

from django.db.models import Max, Model, QuerySet
from simple_history.utils import get_history_manager_for_model

Row = TypeVar("Row")
Line = dict[str, Any]


def as_known(model: type[Model], known: datetime | None) -> QuerySet[Any]:
    """The model's rows now, or of an earlier moment the newest line of history of each.

    A line is newer than another by its number, which grows as one action writes at a time: two
    lines may bear the same moment. Lines of history have the fields of the row; `id` is the row's.
    """
    if known is None:
        return model._default_manager.all()
    history = get_history_manager_for_model(model)
    written = history.filter(history_date__lte=known).order_by()
    newest = written.values("id").annotate(line=Max("history_id")).values("line")
    found: QuerySet[Any] = history.filter(history_id__in=newest).exclude(history_type="-")
    return found.order_by("id")


def lines(
    row: Callable[..., Any], found: QuerySet[Any], *more: str, **kept_as: str
) -> dict[int, Line]:
    """By id: what the table has of the fields of a frozen row, and `more` of its columns.

    Of another row its id. `kept_as`: the column of a field that the table calls otherwise; a
    field that it lacks is left out.
    """
    columns = {name for field in found.model._meta.fields for name in (field.name, field.attname)}
    named = {field.name: kept_as.get(field.name, field.name) for field in fields(cast(Any, row))}
    columns |= set(found.query.annotations)
    held = {name: column for name, column in named.items() if column in columns}
    held |= {name: name for name in more}
    return {
        pk: dict(zip(held, cells, strict=True))
        for pk, *cells in found.values_list("id", *held.values())
    }


def rows_of(row: Callable[..., Row], found: QuerySet[Any], **kept_as: str) -> tuple[Row, ...]:
    """The frozen rows of a table that has all their fields, in the order of the query."""
    return tuple(row(**line) for line in lines(row, found, **kept_as).values())
