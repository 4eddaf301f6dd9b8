"""Compares the shipped record's rows with the database and writes what differs."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import DataError, IntegrityError, models, transaction
from django.utils import timezone

from inspections import actions
from inspections.importers.shipped.reading import Key, Record, Row
from inspections.importers.shipped.schema import TABLES, Ref, Table
from inspections.models import Citation, RecordState
from inspections.queries.backtest import run_backtest

REFUSALS = (IntegrityError, DataError)
Progress = Callable[[str, int, int], None]
New = dict[Key, models.Model]
Changed = dict[Key, tuple[models.Model, dict[str, Any]]]


class LoadRefusedError(ValueError):
    """The database refused a row. The message names file, line, key and rule."""


@dataclass
class Count:
    """What a load did to one table, in rows."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    cited: int = 0
    kept: list[str] = field(default_factory=list)
    not_in_record: list[str] = field(default_factory=list)

    @property
    def is_anything(self) -> bool:
        return bool(self.created or self.changed or self.removed or self.cited)


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
        confirmed = confirmed_by_a_person(model) if table.is_fact else set()
        withdrawn = self.withdrawn_by_a_person(table, model) if table.is_fact else set()
        count = Count()
        new: New = {}
        changed: Changed = {}
        rows = self.record.tables[table.file]
        for key, row in rows.items():
            wanted = self.wanted(table, row)
            fact = existing.get(key)
            if fact is None:
                if key in withdrawn:
                    count.kept.append(f"{' '.join(key)}: withdrawn")
                else:
                    new[key] = model(**wanted)
                continue
            differing = {
                name: value for name, value in wanted.items() if getattr(fact, name) != value
            }
            if not differing:
                count.unchanged += 1
            elif fact.pk in confirmed:
                count.kept.append(f"{' '.join(key)}: {', '.join(differing)}")
            else:
                changed[key] = (fact, differing)
        self.write(table, new, changed)
        count.created, count.changed = len(new), len(changed)
        facts = {**existing, **new}
        gone = {key: fact for key, fact in existing.items() if key not in rows}
        if table.is_whole:
            count.removed = len(gone)
            for key, fact in gone.items():
                fact.delete()
                del facts[key]
        elif not table.is_log:
            count.not_in_record = [
                " ".join(key) for key, fact in gone.items() if fact.pk not in confirmed
            ]
        self.ids[table.file] = {key: fact.pk for key, fact in facts.items()}
        self.keys[table.file] = {fact.pk: key for key, fact in facts.items()}
        for ref in table.refs:
            if ref.field == "citations":
                self.load_citations(table, rows, count)
            elif ref.many:
                self.load_many(ref, facts, rows, confirmed, count)
        return count

    def write(self, table: Table, new: New, changed: Changed) -> None:
        """Writes both; where the database refuses, finds the row and says which it is."""
        try:
            with transaction.atomic():
                actions.record_many(list(new.values()), reason=self.reason)
                actions.correct_many(
                    list(changed.values()),
                    reason=self.reason,
                    is_logged=table.is_fact and not self.is_first,
                )
        except REFUSALS as error:
            self.find_refused(table, new, changed)
            raise LoadRefusedError(f"{table.file}.csv: the database refused it: {error}") from error

    def find_refused(self, table: Table, new: New, changed: Changed) -> None:
        """Writes row by row, to name the line of the first that the database refuses.

        Only called in a transaction that is about to be rolled back.
        """
        writes = {key: (fact, {"pk": None}) for key, fact in new.items()} | changed
        for key, (fact, values) in writes.items():
            for name, value in values.items():
                setattr(fact, name, value)
            try:
                with transaction.atomic():
                    fact.save_base(raw=True)
            except REFUSALS as error:
                line = self.record.tables[table.file][key].line
                raise LoadRefusedError(
                    f"{table.file}.csv, line {line}, column {'+'.join(table.key)}: "
                    f"found {' '.join(key)!r}, a row that the database refuses, "
                    f"expected {expected(type(fact), error)}"
                ) from error

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

    def withdrawn_by_a_person(self, table: Table, model: type[models.Model]) -> set[Key]:
        """Keys of facts whose rows a person has taken away: they do not come back by loading."""
        gone = model.history.filter(history_type="-", history_user__isnull=False)
        known = {ref.field: self.keys[ref.file] for ref in table.refs if not ref.many}
        return {
            self.key_of(table, line)
            for line in gone
            if all(getattr(line, f"{name}_id") in keys for name, keys in known.items())
        }

    def load_many(
        self,
        ref: Ref,
        facts: dict[Key, models.Model],
        rows: dict[Key, Row],
        confirmed: set[int],
        count: Count,
    ) -> None:
        """Lists of other rows. What a person has corrected keeps its list."""
        for key, row in rows.items():
            if key not in facts:
                continue
            others = [self.ids[ref.file][other] for other in row.refs[ref.field]]
            manager = getattr(facts[key], ref.field)
            if not others and self.is_first:
                continue
            if set(manager.values_list("pk", flat=True)) == set(others):
                continue
            if facts[key].pk in confirmed:
                count.kept.append(f"{' '.join(key)}: {ref.field}")
                continue
            manager.set(others)
            if not self.is_first:
                count.changed += 1
                count.unchanged -= 1

    def load_citations(self, table: Table, rows: dict[Key, Row], count: Count) -> None:
        """Citations are rows of their own; one that a later release drops is reported."""
        target = "inspection" if table.model == "Inspection" else "visit"
        ids, sources = self.ids[table.file], self.ids["sources"]
        wanted = {
            (ids[key], sources[source])
            for key, row in rows.items()
            if key in ids
            for source in row.refs["citations"]
        }
        cited = Citation.objects.filter(**{f"{target}__isnull": False})
        held = {
            (fact, source): pk for pk, fact, source in cited.values_list("pk", target, "source")
        }
        new = sorted(wanted - set(held))
        actions.record_many(
            [Citation(**{f"{target}_id": fact, "source_id": source}) for fact, source in new],
            reason=self.reason,
        )
        if new and not self.is_first:
            count.cited = len(new)
        by_hand = confirmed_by_a_person(Citation)
        names, shipped = self.keys["sources"], {ids[key] for key in rows if key in ids}
        count.not_in_record += [
            f"{' '.join(self.keys[table.file][fact])} cites {' '.join(names[source])}"
            for (fact, source), pk in held.items()
            if (fact, source) not in wanted and pk not in by_hand and fact in shipped
        ]


def confirmed_by_a_person(model: type[models.Model]) -> set[int]:
    """Primary keys of facts that a person has entered or corrected."""
    return set(model.history.filter(history_user__isnull=False).values_list("id", flat=True))


def expected(model: type[models.Model], error: Exception) -> str:
    """The rule that the database's refusal names, else its own words."""
    said = str(error).splitlines()[0]
    for constraint in model._meta.constraints:
        if constraint.name in said:
            return constraint.name.replace("_", " ")
    return f"a row that it accepts: {said}"


def load(record: Record, *, progress: Progress = lambda *_: None) -> dict[str, Count]:
    """Loads the record in one transaction; counts by file. Loading it again changes nothing.

    Raises LoadRefusedError, with nothing written, where the database refuses a row.
    """
    reason = f"Shipped record as at {record.as_at}"
    with transaction.atomic():
        actions.wait_for_turn()
        is_first = not RecordState.objects.exclude(digest="").exists()
        loader = Loader(record, is_first, reason)
        counts = {}
        for done, table in enumerate(TABLES):
            progress(table.file, done, len(TABLES))
            counts[table.file] = loader.load(table)
        progress("done", len(TABLES), len(TABLES))
        is_changed = any(count.is_anything for count in counts.values())
        state = {
            "as_at_date": record.as_at,
            "compiled_date": record.compiled,
            "digest": record.digest,
        }
        if is_changed or not RecordState.objects.filter(**state).exists():
            actions.raise_version(**state)
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
