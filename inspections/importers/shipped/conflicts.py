"""The list of differences between the shipped record and what people entered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from inspections import actions, corrections_log
from inspections.importers.shipped.schema import TABLES
from inspections.importers.shipped.table import ShippedTable
from inspections.models import Citation, Conflict, Inspection, User

Outcome = Conflict.Outcome
Spot = tuple[str, str]
"""A row's key, and the field or nothing for the row itself."""
CITED = "citations"


@dataclass(frozen=True)
class FoundConflict:
    """One difference that a load has met. `value` as `Conflict.value`, not yet plain."""

    key: str
    field: str
    row: int | None
    held: str
    shipped: str
    value: Any

    @property
    def told(self) -> str:
        """`exampleshire 2021-03-01 leaders: grade: Good here, Inadequate shipped`."""
        what = f"{self.field}: " if self.field else ""
        return f"{self.key}: {what}{self.held} here, {self.shipped} shipped"


@dataclass
class Ledger:
    """A table's differences during one load, against those that earlier loads have kept."""

    table: ShippedTable
    release_date: date
    met: dict[Spot, FoundConflict] = field(default_factory=dict)
    newest: dict[Spot, Conflict] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for row in Conflict.objects.filter(table=self.table.file).order_by("pk"):
            self.newest[(row.key, row.field)] = row

    def follows(self, key: str, name: str) -> bool:
        """Has a person taken the shipped value last, so that the field follows it again?"""
        last = self.newest.get((key, name))
        return last is not None and last.outcome == Outcome.TAKEN

    def meet(self, found: FoundConflict) -> None:
        self.met[(found.key, found.field)] = found

    def close(self) -> list[FoundConflict]:
        """Writes what is new, settles what agrees again; those that are open or were kept."""
        new, now = [], timezone.now()
        for spot, found in self.met.items():
            last, value = self.newest.get(spot), plain(found.value)
            if last is not None and last.outcome in {Outcome.OPEN, Outcome.KEPT}:
                if last.value == value:
                    if last.outcome == Outcome.OPEN and last.held != found.held:
                        Conflict.objects.filter(pk=last.pk).update(held=found.held)
                    continue
                if last.outcome == Outcome.OPEN:
                    Conflict.objects.filter(pk=last.pk).delete()
            new.append(
                Conflict(
                    table=self.table.file,
                    key=found.key,
                    field=found.field,
                    row=found.row,
                    held=found.held,
                    shipped=found.shipped,
                    value=value,
                    release_date=self.release_date,
                    found_at=now,
                )
            )
        agreed = [
            row.pk
            for spot, row in self.newest.items()
            if row.outcome == Outcome.OPEN and spot not in self.met
        ]
        Conflict.objects.filter(pk__in=agreed).update(outcome=Outcome.AGREED, settled_at=now)
        Conflict.objects.bulk_create(new)
        return list(self.met.values())


def plain(value: Any) -> Any:
    """The value as JSON gives it back, so that both can be compared."""
    encoder = DjangoJSONEncoder()
    if isinstance(value, Mapping):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    return encoder.default(value)


def words(model: type[models.Model], values: Mapping[str, Any]) -> str:
    """A row's values in words, unknown ones left out."""
    row = model(**values)
    told = {name: corrections_log.shown(row, name, value) for name, value in values.items()}
    return ", ".join(
        f"{name.removesuffix('_id')} {said}"
        for name, said in told.items()
        if said not in {corrections_log.UNKNOWN, "no"}
    )


def names_of(rows: Iterable[models.Model]) -> str:
    return ", ".join(sorted(map(str, rows))) or "none"


@transaction.atomic
def settle(conflict: Conflict, outcome: str, *, by: User) -> None:
    """Keeps the person's value, or takes the shipped one through the actions.

    Raises ValidationError where a rule refuses the shipped value, or the row is gone.
    """
    actions.wait_for_turn()
    kept = Conflict.objects.select_for_update().get(pk=conflict.pk)
    if kept.outcome != Outcome.OPEN:
        return
    if outcome == Outcome.TAKEN:
        _take(kept, by)
    Conflict.objects.filter(pk=kept.pk).update(
        outcome=outcome, settled_at=timezone.now(), settled_by=by
    )


def _take(conflict: Conflict, by: User) -> None:
    table = next(row for row in TABLES if row.file == conflict.table)
    model: Any = table.model
    reason = f"Taken from the shipped record as at {conflict.release_date}"
    if conflict.value is None and not conflict.field:
        raise ValidationError(f"{conflict}: take what it refers to first, and load again.")
    if not conflict.field:
        actions.record(_restored(model, conflict.value or {}), by=by, reason=reason)
        return
    fact = model._default_manager.filter(pk=conflict.row).first()
    if fact is None:
        raise ValidationError(f"{conflict}: the row is not in the record any more.")
    field = model._meta.get_field(conflict.field)
    if conflict.field == CITED:
        for source in conflict.value or ():
            target = "inspection" if model is Inspection else "visit"
            if not fact.citations.filter(source=source).exists():
                cited = Citation(source_id=source, **{target: fact})
                actions.record(cited, by=by, reason=reason)
    elif field.many_to_many:
        others = field.related_model._default_manager.filter(pk__in=conflict.value)
        actions.relate(fact, name=field.name, others=others, reason=reason, by=by)
    else:
        value = conflict.value
        if field.is_relation and value is not None:
            value = field.related_model._default_manager.filter(pk=value).first()
        actions.correct(fact, changes={field.name: value}, reason=reason, by=by)


def _restored(model: type[models.Model], values: Mapping[str, Any]) -> models.Model:
    """A new row of the shipped values; those of JSON read as their fields keep them."""
    read = {}
    for name, value in values.items():
        field: Any = model._meta.get_field(name)
        read[name] = value if field.is_relation else field.to_python(value)
    return model(**read)
