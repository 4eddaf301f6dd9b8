"""What differs between two Records: for the banner, the corrections log, an import's preview.

A pinned view shows the record of one moment; against it stands the record as it is now, each
seen up to the same day. A difference is explained by the log where the log has it; they meet
by kind, reference, area and field, never by words.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from inspections.framework_rows import FrameworkBook
from inspections.record import EventKey, Record, event_key
from inspections.rows import Correction, Event, Inspection, Intervention, Statement, Visit
from inspections.vocabulary import CorrectedKind, Place

INSPECTION_FACTS = (
    "kind", "start_date", "end_date", "has_two_periods", "publication_date", "lead_inspector",
    "improvement_points", "report_url", "notes",
)  # fmt: skip
VISIT_FACTS = (
    "kind", "start_date", "start_precision", "end_date", "publication_date", "topic",
    "priority_actions", "improvement_points", "sequence", "lead_inspector", "letter_url", "notes",
)  # fmt: skip
ENGLAND_FACTS = frozenset(
    {"kind", "start_date", "start_precision", "end_date", "publication_date", "topic"}
)
"""What the pages about England show of an event, beside its grades."""
FRAMEWORKS, OFFICIAL, POLLING, NEIGHBOURS = "frameworks", "figures", "polling", "neighbours"
POINTS = "points"
MEASURES = "measures"
INTERVENTIONS = "interventions"
"""Kinds of reference data that a view may rest on."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One fact of an event that two records hold differently, and the log's entry of it.

    `area`: code of the judged area for a grade, else empty. `old` and `new` are plain values;
    None: not recorded.
    """

    event: Event
    field: str
    area: str
    old: Any
    new: Any
    entry: Correction | None


@dataclass(frozen=True, slots=True)
class Gone:
    """An event that was shown and is not any more, with the row of now where there is one.

    `is_withdrawn`: somebody withdrew it. Else a correction moved it out of view: its row of now
    says where to. `entry`: the log's newest entry that explains it.
    """

    event: Event
    now: Event | None
    is_withdrawn: bool
    entry: Correction | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What came between two records. `entered`: public by the day, recorded later. `logged`:
    entries of the log about what was shown that no difference explains (a fact changed and
    changed back, or one of the council's own)."""

    changed: tuple[Changed, ...] = ()
    gone: tuple[Gone, ...] = ()
    entered: tuple[Event, ...] = ()
    stated: tuple[Statement, ...] = ()
    logged: tuple[Correction, ...] = ()
    reference: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """What a view rests on. `council_ids` None: every council; `reference`: one event alone.

    `facts`: the fields of events that it shows, where it does not show all.
    """

    council_ids: frozenset[int] | None = None
    reference: str = ""
    is_whole_service_only: bool = False
    has_visits: bool = True
    has_statements: bool = False
    facts: frozenset[str] = frozenset()
    reference_data: frozenset[str] = frozenset()

    def events(self, record: Record, day: date) -> dict[EventKey, Event]:
        """By table and key: the events of a record that the view rests on."""
        rows: list[Event] = [
            row
            for row in record.inspections
            if row.publication_date <= day
            and (row.framework.is_whole_service or not self.is_whole_service_only)
        ]
        if self.has_visits:
            rows += [row for row in record.visits if row.is_public_by(day)]
        return {
            event_key(row): row
            for row in rows
            if self._has(row.council_id) and self.reference in {"", row.reference}
        }

    def statements(self, record: Record, day: date) -> dict[tuple[int, str], Statement]:
        return {
            (row.council_id, row.reference): row
            for row in record.statements
            if row.stated_date <= day and self._has(row.council_id)
        }

    def _has(self, council_id: int) -> bool:
        return self.council_ids is None or council_id in self.council_ids

    def entries(self, then: Record, now: Record) -> list[Correction]:
        """The log since, newest first; what Ofsted itself got wrong is no correction here."""
        known = {row.id for row in then.corrections}
        return [
            row
            for row in now.corrections
            if row.id not in known
            and not row.was_ofsteds
            and row.council_id is not None
            and self._has(row.council_id)
            and (not self.reference or row.reference in {"", self.reference})
        ]


def difference(then: Record, now: Record, day: date, scope: Scope) -> Difference:
    """What a view of `then`, as at a day, shows otherwise than the same view of `now`."""
    shown, holds = scope.events(then, day), scope.events(now, day)
    entries = scope.entries(then, now)
    changed = [
        found
        for key, old in shown.items()
        if (new := holds.get(key)) is not None and new != old
        for found in _changed(old, new, entries, scope.facts)
    ]
    gone = [_gone(old, now, entries) for key, old in shown.items() if key not in holds]
    entered = [row for key, row in holds.items() if key not in shown]
    stated: list[Statement] = []
    seen = {(row.council_id, row.reference) for row in shown.values()}
    if scope.has_statements:
        before = scope.statements(then, day)
        stated = [row for key, row in scope.statements(now, day).items() if key not in before]
        seen |= set(before)
    explained = [*(row.entry for row in changed), *(row.entry for row in gone)]
    told = {entry.id for entry in explained if entry}
    told_fields = {
        (row.event.council_id, row.event.reference, row.area, row.field) for row in changed
    }
    left = {(row.event.council_id, row.event.reference) for row in gone}
    logged = [
        row
        for row in entries
        if row.id not in told
        and (row.council_id, row.reference, row.area, row.field) not in told_fields
        and _is_shown(row, seen - left, scope.facts)
    ]
    return Difference(
        tuple(changed),
        tuple(gone),
        tuple(entered),
        tuple(stated),
        tuple(logged),
        (
            *reference_changed(then, now, scope),
            *([POINTS] if POINTS in scope.reference_data and _asks(then, now, shown) else []),
        ),
    )


def _asks(then: Record, now: Record, shown: Mapping[EventKey, Event]) -> bool:
    """Do the themes differ, or what was asked for in an event that is shown?"""
    if then.themes != now.themes:
        return True
    return any(then.points.get(key) != now.points.get(key) for key in shown)


def _is_shown(row: Correction, seen: Collection[tuple[int, str]], facts: Collection[str]) -> bool:
    """Does a logged correction touch what the view showed?"""
    if row.council_id is None:
        return False  # What no council owns is told as reference data.
    if row.kind == CorrectedKind.COUNCIL:
        return True
    if (row.council_id, row.reference) not in seen:
        return False
    is_of_event = row.kind != CorrectedKind.STATEMENT
    return not (is_of_event and facts and row.field not in {*facts, "grade", "status"})


def _changed(
    old: Event, new: Event, entries: Iterable[Correction], facts: Collection[str]
) -> list[Changed]:
    found = []
    for name in INSPECTION_FACTS if isinstance(old, Inspection) else VISIT_FACTS:
        before, after = getattr(old, name), getattr(new, name)
        if before != after and (not facts or name in facts):
            entry = entry_of(old, entries, name)
            found.append(Changed(old, name, "", before, after, entry))
    if isinstance(old, Inspection) and isinstance(new, Inspection):
        held = {row.area: row.grade for row in old.judgements}
        holds = {row.area: row.grade for row in new.judgements}
        codes = {area.key: area for area in (*held, *holds)}
        by_key = {area.key: grade for area, grade in held.items()}
        by_key_now = {area.key: grade for area, grade in holds.items()}
        for key, area in codes.items():
            was, now = by_key.get(key), by_key_now.get(key)
            if (was and was.key) != (now and now.key):
                entry = entry_of(old, entries, "grade", area.code)
                found.append(Changed(old, "grade", area.code, was, now, entry))
    return found


def _gone(old: Event, now: Record, entries: Iterable[Correction]) -> Gone:
    """Why an event is no longer in view: withdrawn, or corrected out of it."""
    present = next((row for row in _rows(now, old) if row.id == old.id), None)
    is_withdrawn = present is None and any(
        row.id == old.id and type(row) is type(old) for row in now.withdrawn
    )
    if present is None:
        return Gone(old, None, is_withdrawn, entry_of(old, entries, "status"))
    for name in ("publication_date", "framework", "end_date", "start_date", "start_precision"):
        if getattr(old, name, None) != getattr(present, name, None):
            return Gone(old, present, False, entry_of(old, entries, name))
    return Gone(old, present, False, None)


def _rows(record: Record, like: Event) -> tuple[Event, ...]:
    return record.inspections if isinstance(like, Inspection) else record.visits


def entry_of(
    event: Event, entries: Iterable[Correction], field: str, area: str = ""
) -> Correction | None:
    """The newest entry of the log about one field of an event, or one judged area's grade."""
    kinds = {CorrectedKind.VISIT} if isinstance(event, Visit) else {CorrectedKind.INSPECTION}
    if area:
        kinds = {CorrectedKind.JUDGEMENT}
    for row in entries:
        is_event = (row.council_id, row.reference) == (event.council_id, event.reference)
        if is_event and row.kind in kinds and (row.field, row.area) == (field, area):
            return row
    return None


def entry_of_withdrawal(record: Record, event: Event) -> Correction | None:
    """The entry of the log that says when and why an event was taken off the record."""
    return entry_of(event, record.corrections, "status")


def reference_changed(then: Record, now: Record, scope: Scope) -> tuple[str, ...]:
    """Which kinds of reference data differ; frameworks count for every view."""
    names = scope.reference_data
    found = [FRAMEWORKS] if _shown_of(then.book) != _shown_of(now.book) else []
    if OFFICIAL in names and (then.figures, then.counted_late) != (now.figures, now.counted_late):
        found.append(OFFICIAL)
    if POLLING in names and then.polling_days != now.polling_days:
        found.append(POLLING)
    if NEIGHBOURS in names and _neighbours(then) != _neighbours(now):
        found.append(NEIGHBOURS)
    if MEASURES in names and _measured(then, scope) != _measured(now, scope):
        found.append(MEASURES)
    if INTERVENTIONS in names and _steps(then, scope) != _steps(now, scope):
        found.append(INTERVENTIONS)
    return tuple(found)


def _steps(record: Record, scope: Scope) -> list[Intervention]:
    ids = scope.council_ids
    return [row for row in record.interventions if ids is None or row.council_id in ids]


def _shown_of(book: FrameworkBook) -> tuple[Any, ...]:
    return (book.frameworks, book.areas, book.grades, book.lanes, book.links)


def _neighbours(record: Record) -> dict[int, tuple[int, ...]]:
    return {row.id: row.neighbours for row in record.councils}


def _measured(record: Record, scope: Scope) -> tuple[Any, ...]:
    """The figures that a view rests on: of all, or of some councils with their neighbours."""
    book = record.measures
    if scope.council_ids is None:
        return book.measures, book.years, book.series
    near = (
        record.council_by_id[pk].neighbours for pk in scope.council_ids & {*record.council_by_id}
    )
    places = {*scope.council_ids, *(pk for row in near for pk in row), *Place}
    own = {
        code: {where: cells for where, cells in series.items() if where in places}
        for code, series in book.series.items()
    }
    return book.measures, book.years, own
