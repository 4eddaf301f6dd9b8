"""Which recorded row a row of the shipped record means."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from inspections import twins
from inspections.importers.entered import Entered
from inspections.importers.shipped.reading import Key, ShippedRecord, ShippedRow
from inspections.importers.shipped.table import ShippedTable
from inspections.models import Council, Inspection, Visit
from inspections.vocabulary import Status

EVENTS = (Inspection, Visit)


@dataclass
class Keyed:
    """The two-way map between keys and primary keys of the tables that have been loaded."""

    record: ShippedRecord
    ids: dict[str, dict[Key, int]] = field(default_factory=dict, kw_only=True)
    keys: dict[str, dict[int, Key]] = field(default_factory=dict, kw_only=True)

    def key_of(self, table: ShippedTable, fact: models.Model) -> Key:
        parts: dict[str, str] = {}
        for ref in table.refs:
            if not ref.many:
                held = getattr(fact, f"{ref.field}_id")
                whole = self.keys[ref.file][held] if held else ("",) * len(ref.columns)
                for column, part in zip(ref.columns, whole[-len(ref.columns) :], strict=True):
                    parts[column] = part or parts.get(column, "")
        for name in table.columns:
            value = getattr(fact, name)
            if isinstance(value, datetime):
                value = timezone.localtime(value).date()
            parts.setdefault(name, str(value))
        return tuple(parts[name] for name in table.key)

    def wanted(self, table: ShippedTable, row: ShippedRow) -> dict[str, Any] | None:
        """Field → value, foreign keys as `<field>_id`; None where a person has withdrawn what
        the row refers to."""
        values = dict(row.values)
        for ref in table.refs:
            if not ref.many:
                key = row.refs[ref.field]
                if any(key) and key not in self.ids[ref.file]:
                    return None
                values[f"{ref.field}_id"] = self.ids[ref.file][key] if any(key) else None
        return values

    def known(self, table: ShippedTable, lines: Iterable[Any]) -> Iterator[Any]:
        """Those lines of history that refer to rows which are still there."""
        refs = [(f"{ref.field}_id", self.keys[ref.file]) for ref in table.refs if not ref.many]
        for line in lines:
            if all((getattr(line, name) or None) in {None, *keys} for name, keys in refs):
                yield line

    def matched(
        self, table: ShippedTable, existing: dict[Key, models.Model], entered: Entered
    ) -> dict[Key, models.Model]:
        """The recorded row of each shipped key: its own, the one that a person moved away from
        that key, or the same inspection, visit or council that was entered under another."""
        rows = self.record.tables[table.file]
        found = {key: fact for key, fact in existing.items() if key in rows}
        left = {fact.pk: fact for key, fact in existing.items() if key not in rows}
        if not left:
            return found
        for pk, lines in entered.former.items():
            for line in self.known(table, lines) if pk in left else ():
                key = self.key_of(table, line)
                if key in rows and key not in found and pk in left:
                    found[key] = left.pop(pk)
        for key, row in rows.items():
            if key in found or not left:
                continue
            same = self.same(table, row, left)
            if same is not None:
                found[key] = left.pop(same.pk)
        return found

    def same(
        self, table: ShippedTable, row: ShippedRow, left: dict[int, models.Model]
    ) -> models.Model | None:
        """One of the rows that are left over and that the shipped row means, by the one rule."""
        wanted = self.wanted(table, row) if table.model in {*EVENTS, Council} else None
        if wanted is None:
            return None
        if table.model is Council:
            code = wanted["ons_code"]
            councils = (fact for fact in left.values() if isinstance(fact, Council) and code)
            return next((row for row in councils if row.ons_code == code), None)
        event: Any = table.model(**wanted)
        public = (
            fact
            for fact in left.values()
            if isinstance(fact, Inspection | Visit) and fact.status == Status.PUBLISHED
        )
        return twins.first_same(twins.happening(event), public)
