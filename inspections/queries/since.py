"""What has changed since a link was made?

A pinned view shows the record as published by one day and as this site held it at one
moment. Against that stand the same questions asked of the record as it is now.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max

from inspections.models import (
    Correction,
    Council,
    CountedLate,
    Inspection,
    OfficialFigure,
    PollingDay,
    Statement,
    StatisticalNeighbour,
    Visit,
    Wait,
)
from inspections.models.record import STATEMENT, statement_mark
from inspections.queries import events, frameworks
from inspections.queries.held import Among
from inspections.rows import Clock, FrameworkBook, InspectionRow, VisitRow
from inspections.vocabulary import VisitKind

Event = InspectionRow | VisitRow
INSPECTION_FACTS = (
    "kind", "start_date", "end_date", "has_two_periods", "publication_date", "lead_inspector",
    "improvement_points", "report_url", "notes",
)  # fmt: skip
VISIT_FACTS = (
    "kind", "start_date", "start_precision", "end_date", "publication_date", "topic",
    "priority_actions", "improvement_points", "sequence", "lead_inspector", "letter_url", "notes",
)  # fmt: skip
# What the pages about England show of an event, beside its grades.
ENGLAND_FACTS = frozenset(
    {"kind", "start_date", "start_precision", "end_date", "publication_date", "topic"}
)
MOST = 20
OFFICIAL, POLLING, NEIGHBOURS = "official figures", "polling days", "statistical neighbours"
REFERENCE = {
    OFFICIAL: (OfficialFigure, CountedLate),
    POLLING: (PollingDay,),
    NEIGHBOURS: (StatisticalNeighbour,),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that the view shows otherwise than the record does now.

    `on` is the moment of the correction, None where the log does not say.
    """

    council_id: int
    reference: str
    subject: str
    field: str
    old: str
    new: str
    reason: str
    source: str
    on: datetime | None


@dataclass(frozen=True, slots=True)
class Late:
    """An event or a statement that was recorded here after the link was made."""

    council_id: int
    reference: str
    subject: str


@dataclass(frozen=True, slots=True)
class Since:
    """What came after the two clocks. `newer` were published after `as_at`, newest first;
    `entered` were public by then but were recorded here later. `reference`: the kinds of
    reference data that have been recorded or corrected since."""

    corrected: tuple[Change, ...]
    entered: tuple[Late, ...]
    withdrawn: tuple[Change, ...]
    newer: tuple[InspectionRow, ...]
    before_the_record: bool = False
    reference: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Newer:
    """Full inspections published after a day: how many, the last day, one council's name."""

    number: int
    last_date: date | None
    council_name: str


def newer_full_inspections(
    *, after: date, today: date, among: Among, council_id: int | None = None
) -> Newer:
    """What has been published since a day, from the kept waits; one query."""
    waits = Wait.objects.known_on(today).filter(among.of_waits(), publication_date__gt=after)
    if council_id is not None:
        waits = waits.filter(council_id=council_id)
    found = waits.aggregate(n=Count("pk"), last=Max("publication_date"), name=Max("council_name"))
    return Newer(found["n"], found["last"], found["name"] or "")


def changes_since(
    book: FrameworkBook,
    clock: Clock,
    today: date,
    *,
    then: Sequence[Event],
    council_ids: Collection[int] | None = None,
    reference: str | None = None,
    whole_service_only: bool = False,
    with_visits: bool = True,
    with_statements: bool = False,
    facts: Collection[str] = (),
    reference_data: Sequence[str] = (),
) -> Since:
    """Compares what was shown with the record now, in at most seven queries.

    `then`: the events that the view was made from. `council_ids` None: every council;
    `reference`: one event of them only. `facts`: the fields of events that the view rests
    on, where it does not show all. `reference_data`: what else it rests on, of REFERENCE.
    """
    now = events.inspections(
        book, Clock(today), council_ids=council_ids, whole_service_only=whole_service_only
    )
    newer = [row for row in now if row.publication_date > clock.as_at]
    newer.sort(key=lambda row: row.publication_date, reverse=True)
    if clock.known is None:
        return Since((), (), (), tuple(newer))
    current: list[Event] = [
        *(row for row in now if row.publication_date <= clock.as_at),
        *(events.visits(Clock(clock.as_at), council_ids=council_ids) if with_visits else ()),
    ]
    is_early = not then and not Council.history.filter(history_date__lte=clock.known).exists()
    if reference is not None:
        then = [row for row in then if row.reference == reference]
        current = [row for row in current if row.reference == reference]
    logged = _logged(clock.known, council_ids, reference)
    corrected, entered, withdrawn = _compared(then, current, logged, facts)
    # What was not shown cannot be corrected here: a later inspection, a late entry.
    shown = {(row.council_id, row.reference) for row in then}
    if with_statements:
        stated, late = _statements(clock, council_ids)
        shown |= stated
        entered += late
    told = {(row.council_id, row.subject, row.field) for row in corrected}
    gone = {(row.council_id, row.reference) for row in withdrawn}
    labels = _labels(facts)
    for row in logged:
        event = (row.council_id, row.reference)
        if row.reference and (event not in shown or event in gone):
            continue
        is_of_event = row.reference and not row.reference.startswith(STATEMENT)
        if is_of_event and labels and row.field not in labels:
            continue
        if (row.council_id, row.subject, row.field) not in told:
            corrected.append(row)
    corrected.sort(key=lambda row: (row.on is None, row.on), reverse=True)
    return Since(
        tuple(corrected[:MOST]),
        tuple(entered),
        tuple(withdrawn),
        tuple(newer),
        before_the_record=is_early,
        reference=changed_reference(clock.known, reference_data),
    )


def changed_reference(known: datetime, names: Sequence[str]) -> tuple[str, ...]:
    """Which of these kinds of reference data have been recorded or corrected since; a query
    for each kind, and one for frameworks, on which every view rests."""
    found = ["frameworks, areas or grades"] if frameworks.changed_since(known) else []
    for name in names:
        if any(model.history.filter(history_date__gt=known).exists() for model in REFERENCE[name]):
            found.append(name)
    return tuple(found)


def _labels(facts: Collection[str]) -> set[str]:
    """The log's words for fields of events; empty where every field counts."""
    models = (Inspection, Visit)
    names = {spec.name: spec for model in models for spec in model._meta.concrete_fields}
    labels = {str(names[name].verbose_name) for name in facts}
    return labels | {"grade", "status"} if labels else labels


def _statements(
    clock: Clock, council_ids: Collection[int] | None
) -> tuple[set[tuple[int, str]], list[Late]]:
    """The statements that were shown, as the log names them, and those recorded since."""

    def asked(held: Clock) -> list[tuple]:
        found = events.held(Statement, held).filter(stated_date__lte=clock.as_at)
        if council_ids is not None:
            found = found.filter(council_id__in=council_ids)
        return list(found.values_list("council_id", "reference", "stated_date", "said_by"))

    shown = {(council, statement_mark(reference)) for council, reference, *_ in asked(clock)}
    late = [
        Late(council, mark, f"Statement of {day:%B %Y} ({said_by})")
        for council, reference, day, said_by in asked(Clock(clock.as_at))
        if (council, mark := statement_mark(reference)) not in shown
    ]
    return shown, late


def _logged(
    known: datetime, council_ids: Collection[int] | None, reference: str | None
) -> list[Change]:
    """The corrections log since the moment, newest first."""
    found = Correction.objects.filter(corrected_at__gt=known, was_ofsteds=False)
    if council_ids is not None:
        found = found.filter(council_id__in=council_ids)
    if reference is not None:
        found = found.filter(event_reference__in=[reference, ""])
    fields = (
        "council_id", "event_reference", "subject", "field", "old", "new", "reason",
        "source_text", "corrected_at",
    )  # fmt: skip
    return [Change(*values) for values in found.order_by("-corrected_at").values_list(*fields)]


def _compared(
    then: Sequence[Event],
    current: Sequence[Event],
    logged: Sequence[Change],
    facts: Collection[str],
) -> tuple[list[Change], list[Late], list[Change]]:
    """What differs: corrected facts, events entered late, events withdrawn."""
    now = {(type(row), row.id): row for row in current}
    shown = {(type(row), row.id): row for row in then}
    corrected: list[Change] = []
    withdrawn: list[Change] = []
    for key, old in shown.items():
        new = now.get(key)
        if new is None:
            withdrawn.append(_explained(old, "status", "Published", "Withdrawn", logged))
            continue
        if new == old:
            continue
        names = INSPECTION_FACTS if isinstance(old, InspectionRow) else VISIT_FACTS
        for name in names:
            before, after = getattr(old, name), getattr(new, name)
            if before != after and (not facts or name in facts):
                label = _label(old, name)
                corrected.append(_explained(old, label, _said(before), _said(after), logged))
        if isinstance(old, InspectionRow):
            corrected += _judgements(old, new, logged)
    entered = [
        Late(row.council_id, row.reference, named(row))
        for key, row in now.items()
        if key not in shown
    ]
    return corrected, entered, withdrawn


def _judgements(old: InspectionRow, new: InspectionRow, logged: Sequence[Change]) -> list[Change]:
    before = {row.area.key: row for row in old.judgements}
    after = {row.area.key: row for row in new.judgements}
    found = []
    for area in {**before, **after}:
        held, holds = before.get(area), after.get(area)
        if held and holds and held.grade == holds.grade:
            continue
        name = (held or holds).area.short_name
        found.append(
            _explained(
                old,
                "grade",
                held.grade.name if held else "not recorded",
                holds.grade.name if holds else "not recorded",
                logged,
                area=name,
            )
        )
    return found


def _explained(
    event: Event, field: str, old: str, new: str, logged: Sequence[Change], *, area: str = ""
) -> Change:
    """The change with the log's reason, source and moment, where the log has it."""
    tail = f", {area.lower()}" if area else ""
    for row in logged:
        if (
            (row.council_id, row.reference, row.field) == (event.council_id, event.reference, field)
            and row.subject.endswith(tail)
        ):  # fmt: skip
            return Change(
                row.council_id, row.reference, row.subject, field, old, new, row.reason,
                row.source, row.on,
            )  # fmt: skip
    return Change(
        event.council_id, event.reference, f"{named(event)}{tail}", field, old, new, "", "", None
    )


def named(event: Event) -> str:
    """`Inspection of July 2022`, as the corrections log names it."""
    is_inspection = isinstance(event, InspectionRow)
    kind = "Inspection" if is_inspection else VisitKind.label_of(event.kind)
    return f"{kind} of {event.event_date:%B %Y}" if event.event_date else kind


def _label(event: Event, name: str) -> str:
    model = Inspection if isinstance(event, InspectionRow) else Visit
    return str(model._meta.get_field(name).verbose_name)


def _said(value: Any) -> str:
    if value is None or value == "":
        return "not recorded"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
