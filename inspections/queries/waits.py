"""The waits between full inspections, worked out from the facts.

`wanted_waits` is the definition of the kept table; `actions.keep_waits` writes what it says and
`manage.py check_waits` compares. A council's window rests on the waits of all councils, so
they are worked out together.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import groupby
from typing import Any

from inspections.models import Council, InspectionPause, RecordState, Wait
from inspections.queries import events
from inspections.queries.frameworks import framework_book
from inspections.rows import Clock, FrameworkBook, GradeMark, InspectionRow
from inspections.rules import clock as inspection_clock
from inspections.rules.outcomes import Outcome, Standing, outcome
from inspections.rules.windows import Estimate, Spell, estimates, window

FOR_EVER = Clock(date.max)


@dataclass(frozen=True, slots=True)
class WaitRow:
    """A wait without its window, as the facts give it; ids are primary keys."""

    council_id: int
    inspection_id: int
    start_date: date | None
    publication_date: date
    closed_date: date | None
    standing: str
    basis: str
    next_inspection_id: int | None
    next_start_date: date | None
    next_publication_date: date | None
    ended_days: int | None
    reported_days: int | None


@dataclass(frozen=True, slots=True)
class WindowRow:
    """The window of an open wait; see rules/windows.py. The empty one is that of no window."""

    window_status: str = ""
    earliest_date: date | None = None
    likeliest_date: date | None = None
    latest_date: date | None = None
    share_waiting: float | None = None
    is_pooled: bool = False
    cases: int = 0
    events: int = 0
    estimated_to_date: date | None = None


def pause_clock() -> inspection_clock.Clock:
    """The clock of routine inspection with the pauses on record."""
    pauses = InspectionPause.objects.values_list("first_date", "last_date")
    return inspection_clock.Clock(
        tuple(inspection_clock.Pause(first, last) for first, last in pauses)
    )


def known_to(inspections: Iterable[InspectionRow] = ()) -> date | None:
    """The last day up to which the record is complete; windows are reckoned as at this day.

    The shipped record says it; without one it is the newest of these publication dates.
    """
    said = RecordState.objects.values_list("as_at_date", flat=True).first()
    return said or max((row.publication_date for row in inspections), default=None)


def standing_of(grade: GradeMark) -> Standing:
    """Where a grade stands, whatever its scale."""
    if grade.is_inadequate:
        return Standing.INADEQUATE
    return Standing.GOOD_OR_BETTER if grade.is_good_or_better else Standing.BELOW_GOOD


def outcome_of(inspection: InspectionRow) -> Outcome | None:
    """The kind of outcome of an inspection; the part an area plays is told by its lanes."""
    leaders, practice = [], []
    for row in inspection.judgements:
        if row.area.is_overall or row.area.is_part:
            continue
        if any(lane.is_leaders for lane in row.area.lanes):
            leaders.append(standing_of(row.grade))
        elif any(lane.is_practice for lane in row.area.lanes):
            practice.append(standing_of(row.grade))
    overall = inspection.overall
    return outcome(
        overall=standing_of(overall.grade) if overall else None,
        leaders=leaders[0] if leaders else None,
        practice=practice,
    )


def wait_rows(
    inspections: Iterable[InspectionRow], closed: Mapping[int, date | None]
) -> list[WaitRow]:
    """The waits that inspections give, oldest first per council.

    Only inspections of the whole service begin and end a wait. `closed`: last day by council.
    """
    whole = sorted(
        (row for row in inspections if row.framework.is_whole_service),
        key=lambda row: (row.council_id, row.publication_date, row.event_date),
    )
    found = []
    for council_id, group in groupby(whole, key=lambda row: row.council_id):
        held = list(group)
        for this, following in zip(held, [*held[1:], None], strict=True):
            kind = outcome_of(this)
            next_start = following.start_date if following else None
            found.append(
                WaitRow(
                    council_id=council_id,
                    inspection_id=this.id,
                    start_date=this.start_date,
                    publication_date=this.publication_date,
                    closed_date=closed.get(council_id),
                    standing=kind.standing if kind else "",
                    basis=kind.basis if kind else "",
                    next_inspection_id=following.id if following else None,
                    next_start_date=next_start,
                    next_publication_date=following.publication_date if following else None,
                    ended_days=(next_start - this.start_date).days
                    if next_start and this.start_date
                    else None,
                    reported_days=this.days_to_publication,
                )
            )
    return found


def spell_of(row: WaitRow | Wait) -> Spell | None:
    """One wait for the rules, or None if a first day on site is not known.

    Five inspections of abolished councils have no first day; waits before and after them
    are left out.
    """
    if row.start_date is None or (row.next_publication_date and row.next_start_date is None):
        return None
    return Spell(
        council=str(row.council_id),
        start_date=row.start_date,
        publication_date=row.publication_date,
        standing=Standing(row.standing) if row.standing else None,
        next_start_date=row.next_start_date,
        next_publication_date=row.next_publication_date,
        closed_date=row.closed_date,
    )


def estimates_of(
    rows: Iterable[WaitRow | Wait], *, as_at: date, ticking: inspection_clock.Clock
) -> dict[Standing | None, Estimate]:
    """What is known on a day of the waits after each kind of outcome; None is all pooled."""
    spells = [spell for row in rows if (spell := spell_of(row)) is not None]
    return estimates(spells, as_at=as_at, clock=ticking)


def window_of(
    row: WaitRow | Wait,
    *,
    known: Mapping[Standing | None, Estimate],
    ticking: inspection_clock.Clock,
) -> WindowRow:
    """The window of one open wait; the empty one without a first day on site."""
    spell = spell_of(row)
    if spell is None:
        return WindowRow()
    held = window(spell, known=known, clock=ticking)
    return WindowRow(
        window_status=held.status,
        earliest_date=held.earliest_date,
        likeliest_date=held.likeliest_date,
        latest_date=held.latest_date,
        share_waiting=held.share_waiting,
        is_pooled=held.is_pooled,
        cases=held.cases,
        events=held.events,
        estimated_to_date=known[None].as_at,
    )


def windows_of(
    rows: Sequence[WaitRow], *, as_at: date, ticking: inspection_clock.Clock
) -> dict[int, WindowRow]:
    """The window by inspection for the last wait of every council that goes on."""
    known = estimates_of(rows, as_at=as_at, ticking=ticking)
    return {
        row.inspection_id: window_of(row, known=known, ticking=ticking)
        for row in rows
        if row.next_inspection_id is None and (row.closed_date is None or row.closed_date >= as_at)
    }


def wanted_waits(book: FrameworkBook | None = None) -> dict[int, dict[str, Any]]:
    """What the kept table ought to hold: its fields by inspection, from the facts alone."""
    inspections = events.inspections(book or framework_book(), FOR_EVER, whole_service_only=True)
    closed = dict(Council.objects.values_list("pk", "closed_date"))
    rows = wait_rows(inspections, closed)
    as_at = known_to(inspections)
    windows = windows_of(rows, as_at=as_at, ticking=pause_clock()) if as_at else {}
    return {
        row.inspection_id: {
            **_fields(row),
            **_fields(windows.get(row.inspection_id, WindowRow())),
        }
        for row in rows
    }


def _fields(row: WaitRow | WindowRow) -> dict[str, Any]:
    return {spec.name: getattr(row, spec.name) for spec in fields(row)}


@dataclass(frozen=True, slots=True)
class Difference:
    """A row of the kept table that is not what the facts give."""

    inspection_id: int
    field: str
    held: Any
    wanted: Any


def waits_differing() -> list[Difference]:
    """Every difference between the kept table and a recomputation; empty when it is true."""
    wanted = wanted_waits()
    held = {row["inspection_id"]: row for row in Wait.objects.values()}
    found = [Difference(pk, "row", "present", "none") for pk in held.keys() - wanted.keys()]
    for pk, row in wanted.items():
        if pk not in held:
            found.append(Difference(pk, "row", "none", "present"))
            continue
        found += [
            Difference(pk, name, held[pk][name], value)
            for name, value in row.items()
            if held[pk][name] != value
        ]
    return sorted(found, key=lambda row: (row.inspection_id, row.field))
