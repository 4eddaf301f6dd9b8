"""Writes one table's new and changed rows, or says which of them cannot be written, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import DataError, IntegrityError, models, transaction

from inspections import actions, corrections_log
from inspections.importers.entered import Entered
from inspections.importers.shipped.collisions import collision
from inspections.importers.shipped.conflicts import FoundConflict, Ledger, words
from inspections.importers.shipped.reading import Key, ShippedRow
from inspections.importers.shipped.table import ShippedTable

REFUSALS = (IntegrityError, DataError)
New = dict[Key, models.Model]
Changed = dict[Key, tuple[models.Model, dict[str, Any]]]


class LoadRefusedError(ValueError):
    """The database refused a row. The message names file, line, key and rule."""


@dataclass
class Writing:
    """What a load is about to write into one table: new rows, and recorded rows with the fields
    that change. What a person's row stands in the way of leaves both, and is listed."""

    table: ShippedTable
    rows: Mapping[Key, ShippedRow]
    new: New
    changed: Changed
    reason: str
    entered: Entered
    ledger: Ledger

    def write(self, *, is_logged: bool) -> None:
        """Raises LoadRefusedError where the database refuses a row for any other reason."""
        try:
            with transaction.atomic():
                actions.record_many(list(self.new.values()), reason=self.reason)
                actions.correct_many(
                    list(self.changed.values()), reason=self.reason, is_logged=is_logged
                )
        except REFUSALS as error:
            if self.leave_out():
                self.write(is_logged=is_logged)
                return
            self.find_refused()
            said = f"{self.table.file}.csv: the database refused it: {error}"
            raise LoadRefusedError(said) from error

    def leave_out(self) -> bool:
        """Takes out what collides with a row that a person has touched; is there any?"""
        before = len(self.ledger.met)
        for key, fact in list(self.new.items()):
            if there := collision(fact, self.entered.fields):
                del self.new[key]
                other, names = there
                shipped = {name: getattr(fact, name) for name in self.columns}
                told = f"{other} has the same {', '.join(names)}"
                self.meet(key, "", None, told, words(type(fact), shipped), shipped)
        for key, (fact, differing) in list(self.changed.items()):
            for name, value in differing.items():
                setattr(fact, name, value)
            there = collision(fact, self.entered.fields)
            fact.refresh_from_db()
            if there:
                self.changed[key] = (fact, self.keep(key, fact, differing, *there))
                if not self.changed[key][1]:
                    del self.changed[key]
        return len(self.ledger.met) > before

    def keep(
        self,
        key: Key,
        fact: models.Model,
        differing: dict[str, Any],
        other: models.Model,
        names: tuple[str, ...],
    ) -> dict[str, Any]:
        """Lists the fields of which another row has the values, and gives the rest."""
        theirs = {name for name in differing if plain_name(name) in names} or set(differing)
        for name in theirs:
            held = corrections_log.shown(fact, name, getattr(fact, name))
            shipped = corrections_log.shown(fact, name, differing[name])
            told = f"{held}, as {other} has {shipped}"
            self.meet(key, plain_name(name), fact.pk, told, shipped, differing[name])
        return {name: value for name, value in differing.items() if name not in theirs}

    def meet(self, key: Key, *found: Any) -> None:
        self.ledger.meet(FoundConflict(" ".join(key), *found))

    @property
    def columns(self) -> list[str]:
        """The fields that the file fills."""
        refs = [f"{ref.field}_id" for ref in self.table.refs if not ref.many]
        return [*self.table.columns, *refs]

    def find_refused(self) -> None:
        """Writes row by row, to name the line of the first that the database refuses.

        Only called in a transaction that is about to be rolled back.
        """
        new = {key: (fact, {"pk": None}) for key, fact in self.new.items()}
        for key, (fact, values) in (new | self.changed).items():
            for name, value in values.items():
                setattr(fact, name, value)
            try:
                with transaction.atomic():
                    fact.save_base(raw=True)
            except REFUSALS as error:
                raise LoadRefusedError(
                    f"{self.table.file}.csv, line {self.rows[key].line}, column "
                    f"{'+'.join(self.table.key)}: found {' '.join(key)!r}, a row that the database "
                    f"refuses, expected {expected(type(fact), error)}"
                ) from error


def plain_name(field: str) -> str:
    """The field of a column: `grade` for `grade_id`."""
    return field.removesuffix("_id")


def expected(model: type[models.Model], error: Exception) -> str:
    """The rule that the database's refusal names, else its own words."""
    said = str(error).splitlines()[0]
    for constraint in model._meta.constraints:
        if constraint.name in said:
            return constraint.name.replace("_", " ")
    return f"a row that it accepts: {said}"
