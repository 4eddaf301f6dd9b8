"""Compares the shipped record's rows with the database and writes what differs."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from inspections import actions
from inspections.importers.shipped.reading import Key, Record, Row
from inspections.importers.shipped.schema import TABLES, Ref, Table
from inspections.models import Citation, RecordState
from inspections.queries.backtest import run_backtest

Progress = Callable[[str, int, int], None]


@dataclass
class Count:
    """What a load did to one table, in rows."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)
    not_in_record: list[str] = field(default_factory=list)


@dataclass
class Loader:
    """Holds the two-way map between keys and primary keys while the tables are loaded."""

    record: Record
    is_first: bool
    reason: str
    ids: dict[str, dict[Key, int]] = field(default_factory=dict)
    keys: dict[str, dict[int, Key]] = field(default_factory=dict)

    def load(self, table: Table) -> Count:
        model = apps.get_model("inspections", table.model)
        existing = {self.key_of(table, fact): fact for fact in model._default_manager.all()}
        confirmed = self.confirmed_by_a_person(model) if table.is_fact else set()
        count, new, changed = Count(), [], []
        rows = self.record.tables[table.file]
        for key, row in rows.items():
            wanted = self.wanted(table, row)
            fact = existing.get(key)
            if fact is None:
                new.append((key, model(**wanted)))
                continue
            differing = {
                name: value for name, value in wanted.items() if getattr(fact, name) != value
            }
            if not differing:
                count.unchanged += 1
            elif fact.pk in confirmed:
                count.kept.append(f"{' '.join(key)}: {', '.join(differing)}")
            else:
                changed.append((fact, differing))
        actions.record_many([fact for _, fact in new], reason=self.reason)
        actions.correct_many(
            changed, reason=self.reason, is_logged=table.is_fact and not self.is_first
        )
        count.created, count.changed = len(new), len(changed)
        count.not_in_record = [
            " ".join(key)
            for key, fact in existing.items()
            if key not in rows and fact.pk not in confirmed
        ]
        facts = {**existing, **dict(new)}
        self.ids[table.file] = {key: fact.pk for key, fact in facts.items()}
        self.keys[table.file] = {fact.pk: key for key, fact in facts.items()}
        for ref in table.refs:
            if ref.many:
                self.load_many(table, ref, facts, rows)
        return count

    def wanted(self, table: Table, row: Row) -> dict[str, Any]:
        """Field → value, foreign keys as `<field>_id`."""
        values = dict(row.values)
        for ref in table.refs:
            if not ref.many:
                key = row.refs[ref.field]
                values[f"{ref.field}_id"] = self.ids[ref.file][key] if any(key) else None
        return values

    def key_of(self, table: Table, fact: models.Model) -> Key:
        parts: dict[str, str] = {}
        for ref in table.refs:
            if not ref.many:
                held = getattr(fact, f"{ref.field}_id")
                whole = self.keys[ref.file][held] if held else ("",) * len(ref.columns)
                parts.update(zip(ref.columns, whole[-len(ref.columns) :], strict=True))
        for name in table.columns:
            value = getattr(fact, name)
            if isinstance(value, datetime):
                value = timezone.localtime(value).date()
            parts.setdefault(name, str(value))
        return tuple(parts[name] for name in table.key)

    @staticmethod
    def confirmed_by_a_person(model: type[models.Model]) -> set[int]:
        """Primary keys of facts that a person has entered or corrected."""
        return set(model.history.filter(history_user__isnull=False).values_list("id", flat=True))

    def load_many(
        self, table: Table, ref: Ref, facts: dict[Key, models.Model], rows: dict[Key, Row]
    ) -> None:
        """Lists of other rows: citations are rows of their own, the rest many-to-many."""
        wanted = {
            (facts[key].pk, self.ids[ref.file][other])
            for key, row in rows.items()
            for other in row.refs[ref.field]
        }
        if ref.field == "citations":
            target = "inspection" if table.model == "Inspection" else "visit"
            held = set(
                Citation.objects.filter(**{f"{target}__isnull": False}).values_list(
                    target, "source"
                )
            )
            actions.record_many(
                [
                    Citation(**{f"{target}_id": fact, "source_id": source})
                    for fact, source in sorted(wanted - held)
                ],
                reason=self.reason,
            )
            return
        for key, row in rows.items():
            others = [self.ids[ref.file][other] for other in row.refs[ref.field]]
            manager = getattr(facts[key], ref.field)
            if others or not self.is_first:
                held = set(manager.values_list("pk", flat=True))
                if held != set(others):
                    manager.set(others)


def load(record: Record, *, progress: Progress = lambda *_: None) -> dict[str, Count]:
    """Loads the record in one transaction; counts by file. Loading it again changes nothing."""
    reason = f"Shipped record as at {record.as_at}"
    with transaction.atomic():
        is_first = not RecordState.objects.exclude(digest="").exists()
        loader = Loader(record, is_first, reason)
        counts = {}
        for done, table in enumerate(TABLES):
            progress(table.file, done, len(TABLES))
            counts[table.file] = loader.load(table)
        progress("done", len(TABLES), len(TABLES))
        is_changed = any(count.created or count.changed for count in counts.values())
        state = {
            "as_at_date": record.as_at,
            "compiled_date": record.compiled,
            "digest": record.digest,
        }
        if is_changed or is_first:
            actions.raise_version(**state)
        else:
            RecordState.objects.filter(pk=1).update(**state)
        actions.keep_waits()
        if is_changed or is_first:
            known_to, rows = run_backtest()
            if known_to is not None:
                scores = [(row.question, row.method, row.score) for row in rows]
                actions.keep_backtest(scores, known_to=known_to)
    return counts


@transaction.atomic
def load_tables(record: Record, files: Collection[str], *, reason: str) -> None:
    """Loads some of the record's files alone, in their order; those they refer to with them."""
    loader = Loader(record, is_first=True, reason=reason)
    for table in TABLES:
        if table.file in files:
            loader.load(table)


def is_loaded(digest: str) -> bool:
    """Whether exactly these files were the last to be loaded."""
    return RecordState.objects.filter(digest=digest).exists()
