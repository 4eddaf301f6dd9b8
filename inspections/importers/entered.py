"""What people have entered into a table, field by field, from its kept history."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

from django.db import models
from django.db.models import Q
from simple_history.utils import get_history_manager_for_model

LISTS = "lists"
"""Stands for a row's list of others: setting it leaves a line in which no field differs."""
IMPORT = "Import "
"""How the reason of a fact that an import wrote begins."""


@dataclass
class Entered:
    """A table's share. `fields`: primary key → names (`grade_id`) that a person changed last.
    `former`: for rows that a person has touched, each state they had. `withdrawn`: last state of
    the rows that a person took away. `proven`: fields that an import changed last."""

    fields: dict[int, set[str]] = field(default_factory=dict)
    former: dict[int, list[Any]] = field(default_factory=dict)
    withdrawn: list[Any] = field(default_factory=list)
    proven: dict[int, set[str]] = field(default_factory=dict)


def entered_in(model: type[models.Model]) -> Entered:
    """Reads the history of the rows that a person or an import has touched: one query."""
    found = Entered()
    if not hasattr(model, "history"):
        return found
    touched = model.history.filter(
        Q(history_user__isnull=False) | Q(history_change_reason__startswith=IMPORT)
    )
    for lines in _by_row(model, touched):
        _walk(model, lines, found)
    return found


def _walk(model: type[models.Model], lines: list[Any], found: Entered) -> None:
    names = [row.attname for row in model._meta.concrete_fields if not row.primary_key]
    first, last = lines[0], lines[-1]
    by_person: set[str] = set()
    by_import: set[str] = set()
    for before, line in pairwise((None, *lines)):
        if line.history_type == "-":
            continue
        changed = (
            {name for name in names if getattr(line, name) != getattr(before, name)}
            if before is not None
            else {name for name in names if _is_said(model, name, getattr(line, name))}
        )
        changed = changed or {LISTS}
        is_import = (line.history_change_reason or "").startswith(IMPORT)
        for held, is_theirs in ((by_person, line.history_user_id), (by_import, is_import)):
            held -= changed
            held |= changed if is_theirs else set()
        if before is None and line.history_user_id:
            by_person.add(LISTS)
    if last.history_type == "-":
        if last.history_user_id:
            found.withdrawn.append(last)
        return
    found.proven[first.id] = by_import
    if any(line.history_user_id for line in lines):
        found.fields[first.id] = by_person
        found.former[first.id] = lines


def _by_row(model: type[models.Model], touched: models.QuerySet) -> Iterator[list[Any]]:
    """The lines of each touched row, oldest first."""
    names = [row.attname for row in model._meta.concrete_fields]
    kept = (*names, "history_type", "history_user_id", "history_change_reason")
    history = get_history_manager_for_model(model)
    lines = (
        history.filter(id__in=touched.order_by().values("id"))
        .order_by("id", "history_id")
        .values(*kept)
    )
    row: list[Any] = []
    for values in lines:
        line = SimpleNamespace(**values)
        if row and row[0].id != line.id:
            yield row
            row = []
        row.append(line)
    if row:
        yield row


def _is_said(model: type[models.Model], name: str, value: Any) -> bool:
    """Was it entered with a new row? What was left empty or as the form offers it was not."""
    field: Any = model._meta.get_field(name)
    default = field.get_default()
    return value not in (None, "", default)
