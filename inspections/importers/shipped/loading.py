"""Compares the shipped record's rows with the database and writes what differs."""

from collections.abc import Callable, Collection
from copy import copy
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from inspections import actions, corrections_log
from inspections.importers.entered import LISTS, Entered, entered_in
from inspections.importers.shipped.conflicts import CITED, FoundConflict, Ledger, names_of, words
from inspections.importers.shipped.keyed import Keyed
from inspections.importers.shipped.reading import Key, ShippedRecord, ShippedRow
from inspections.importers.shipped.schema import TABLES
from inspections.importers.shipped.table import Ref, ShippedTable
from inspections.importers.shipped.writing import Changed, New, Writing, plain_name
from inspections.models import Citation, Inspection, RecordState

Progress = Callable[[str, int, int], None]
ADDRESSES = frozenset({"reference", "slug"})
"""The parts of public addresses: what is on record under one keeps it."""


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
class Loader(Keyed):
    """Loads table by table, in an order in which what a row refers to comes first."""

    is_first: bool
    reason: str

    def load(self, table: ShippedTable) -> Count:
        model = table.model
        rows = self.record.tables[table.file]
        entered, ledger = entered_in(model), Ledger(table, self.record.as_at)
        existing = {self.key_of(table, fact): fact for fact in model._default_manager.all()}
        facts = self.matched(table, existing, entered)
        withdrawn = {self.key_of(table, line) for line in self.known(table, entered.withdrawn)}
        count = Count()
        new: New = {}
        changed: Changed = {}
        for key, row in rows.items():
            wanted = self.wanted(table, row)
            name, fact = " ".join(key), facts.get(key)
            if wanted is None:
                told = "left out with what it refers to"
                ledger.meet(FoundConflict(name, "", None, told, "recorded", None))
            elif fact is not None:
                differing = self.compare(table, fact, wanted, entered, ledger, name)
                if differing:
                    changed[key] = (fact, differing)
                else:
                    count.unchanged += 1
            elif key in withdrawn:
                ledger.meet(
                    FoundConflict(name, "", None, "withdrawn", words(model, wanted), wanted)
                )
            else:
                new[key] = model(**wanted)
        Writing(table, rows, new, changed, self.reason, entered, ledger).write(
            is_logged=not self.is_first
        )
        count.created, count.changed = len(new), len(changed)
        facts |= new
        shipped = {fact.pk for key, fact in facts.items() if key in rows}
        gone = {key: fact for key, fact in existing.items() if fact.pk not in shipped}
        if table.is_whole:
            count.removed = len(gone)
            for fact in gone.values():
                fact.delete()
        else:
            facts = {**gone, **facts}
            if not table.is_log:
                count.not_in_record = [
                    " ".join(key) for key, fact in gone.items() if fact.pk not in entered.former
                ]
        self.ids[table.file] = {key: fact.pk for key, fact in facts.items()}
        self.keys[table.file] = {fact.pk: key for key, fact in facts.items()}
        for ref in table.refs:
            if ref.field == CITED:
                self.load_citations(table, rows, count, ledger)
            elif ref.many:
                self.load_many(ref, facts, rows, entered, count, ledger)
        count.kept = [found.told for found in ledger.close()]
        return count

    def compare(
        self,
        table: ShippedTable,
        fact: models.Model,
        wanted: dict[str, Any],
        entered: Entered,
        ledger: Ledger,
        key: str,
    ) -> dict[str, Any]:
        """The fields of a recorded row that the shipped one changes. What a person has entered
        stays, and is listed; all of the row does where it would break a rule otherwise."""
        differing = {
            name: value
            for name, value in wanted.items()
            if getattr(fact, name) != value and name not in ADDRESSES
        }
        day = next(iter(table.proven_by_imports), "")
        if day in entered.proven.get(fact.pk, ()) and wanted[day] <= getattr(fact, day):
            differing = {
                name: value
                for name, value in differing.items()
                if name not in table.proven_by_imports
            }
        by_person = entered.fields.get(fact.pk, set())
        partner = dict(table.goes_with)
        theirs = {
            name
            for name in differing
            if {name, partner.get(name)} & by_person and not ledger.follows(key, plain_name(name))
        }
        rest = {name: value for name, value in differing.items() if name not in theirs}
        if theirs and rest and not fits(fact, rest):
            theirs, rest = set(differing), {}
        for name in theirs:
            held = corrections_log.shown(fact, name, getattr(fact, name))
            shipped = corrections_log.shown(fact, name, differing[name])
            ledger.meet(
                FoundConflict(key, plain_name(name), fact.pk, held, shipped, differing[name])
            )
        return rest

    def load_many(
        self,
        ref: Ref,
        facts: dict[Key, models.Model],
        rows: dict[Key, ShippedRow],
        entered: Entered,
        count: Count,
        ledger: Ledger,
    ) -> None:
        """Lists of other rows. One that a person has set is kept."""
        ids = self.ids[ref.file]
        for key, row in rows.items():
            if key not in facts:
                continue
            fact, name = facts[key], " ".join(key)
            others = [ids[other] for other in row.lists[ref.field] if other in ids]
            manager = getattr(fact, ref.field)
            if not others and self.is_first:
                continue
            held = list(manager.all())
            if {other.pk for other in held} == set(others):
                continue
            wanted = manager.model._default_manager.filter(pk__in=others)
            is_theirs = LISTS in entered.fields.get(fact.pk, ())
            if is_theirs and not ledger.follows(name, ref.field):
                told = names_of(held), names_of(wanted)
                ledger.meet(FoundConflict(name, ref.field, fact.pk, *told, sorted(others)))
            elif self.is_first:
                manager.set(others)
            else:
                actions.relate(fact, name=ref.field, others=wanted, reason=self.reason, by=None)
                count.changed += 1
                count.unchanged -= 1

    def load_citations(
        self, table: ShippedTable, rows: dict[Key, ShippedRow], count: Count, ledger: Ledger
    ) -> None:
        """Citations are rows of their own; one that a later release drops is reported, and one
        that a person has taken away does not come back."""
        target = "inspection" if table.model is Inspection else "visit"
        ids, sources = self.ids[table.file], self.ids["sources"]
        wanted = {
            (ids[key], sources[source])
            for key, row in rows.items()
            if key in ids
            for source in row.lists[CITED]
            if source in sources
        }
        cited = Citation.objects.filter(**{f"{target}__isnull": False})
        held = {
            (fact, source): pk for pk, fact, source in cited.values_list("pk", target, "source")
        }
        entered = entered_in(Citation)
        taken_away = {
            (getattr(line, f"{target}_id"), line.source_id)
            for line in (*entered.withdrawn, *chain.from_iterable(entered.former.values()))
        }
        missing = wanted - set(held)
        new = sorted(missing - taken_away)
        actions.record_many(
            [Citation(**{f"{target}_id": fact, "source_id": source}) for fact, source in new],
            reason=self.reason,
        )
        if new and not self.is_first:
            count.cited = len(new)
        names, shipped = self.keys["sources"], {ids[key] for key in rows if key in ids}
        kept_away: dict[int, list[int]] = {}
        for fact, source in sorted(missing & taken_away):
            kept_away.setdefault(fact, []).append(source)
        for fact, left_out in kept_away.items():
            told = ", ".join(" ".join(names[source]) for source in left_out)
            name = " ".join(self.keys[table.file][fact])
            ledger.meet(
                FoundConflict(name, CITED, fact, f"without {told}", f"with {told}", left_out)
            )
        count.not_in_record += [
            f"{' '.join(self.keys[table.file][fact])} cites {' '.join(names[source])}"
            for (fact, source), pk in held.items()
            if (fact, source) not in wanted and pk not in entered.former and fact in shipped
        ]


def fits(fact: models.Model, changes: dict[str, Any]) -> bool:
    """Does the row keep every rule once these fields have changed?"""
    merged = copy(fact)
    for name, value in changes.items():
        setattr(merged, name, value)
    try:
        merged.full_clean()
    except ValidationError:
        return False
    return True


def load(record: ShippedRecord, *, progress: Progress = lambda *_: None) -> dict[str, Count]:
    """Loads the record in one transaction and one moment; counts by file. Again changes nothing.

    Raises LoadRefusedError, with nothing written, where the database refuses a row.
    """
    reason = f"The record that comes with this site, as it stood on {record.as_at:%-d %B %Y}"
    with actions.together():
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
    return counts


@transaction.atomic
def load_tables(record: ShippedRecord, files: Collection[str], *, reason: str) -> None:
    """Loads some of the record's files alone, in their order; those they refer to with them."""
    loader = Loader(record, is_first=True, reason=reason)
    for table in TABLES:
        if table.file in files:
            loader.load(table)


def is_loaded(digest: str) -> bool:
    """Whether exactly these files were the last to be loaded."""
    return RecordState.objects.filter(digest=digest).exists()
