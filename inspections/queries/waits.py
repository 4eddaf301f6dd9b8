"""The waits between full inspections, worked out from the facts.

`wanted_waits` is the definition of the kept table; `actions.keep_waits` writes what it says and
`manage.py check_waits` compares. Councils' windows rest on all waits of the country, so they
are worked out together.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max

from inspections.models import (
    Inspection,
    InspectionPause,
    Judgement,
    RecordState,
    Wait,
)
from inspections.rules.clock import Clock, Pause
from inspections.rules.outcomes import Outcome, Standing, outcome
from inspections.rules.windows import Spell, estimates, window


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


@dataclass(frozen=True, slots=True)
class WindowRow:
    """The window of an open wait; see rules/windows.py."""

    window_status: str
    earliest_date: date | None
    likeliest_date: date | None
    latest_date: date | None
    share_waiting: float | None
    is_pooled: bool
    cases: int
    events: int
    estimated_to_date: date | None


NO_WINDOW = WindowRow("", None, None, None, None, False, 0, 0, None)


def clock() -> Clock:
    """The clock of routine inspection with the pauses on record."""
    pauses = InspectionPause.objects.values_list("first_date", "last_date")
    return Clock(tuple(Pause(first, last) for first, last in pauses))


def known_to() -> date | None:
    """The last day up to which the record is complete; windows are reckoned as at this day.

    The shipped record says it; without one it is the newest publication date held.
    """
    said = RecordState.objects.values_list("as_at_date", flat=True).first()
    if said is not None:
        return said
    return Inspection.objects.public().aggregate(newest=Max("publication_date"))["newest"]


def wanted_rows(councils: Collection[int] | None = None) -> list[WaitRow]:
    """The waits the facts give, of these councils or of all, oldest first per council."""
    inspections = Inspection.objects.public().whole_service()
    if councils is not None:
        inspections = inspections.filter(council__in=councils)
    listed = inspections.values_list(
        "council_id", "pk", "start_date", "publication_date", "council__closed_date"
    ).order_by("council_id", "publication_date", "pk")
    kinds = _outcomes(councils)
    by_council: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in listed:
        by_council[row[0]].append(row)
    return [
        _row(this, following, kinds.get(this[1]))
        for rows in by_council.values()
        for this, following in zip(rows, [*rows[1:], None], strict=True)
    ]


def _row(
    this: tuple[Any, ...], following: tuple[Any, ...] | None, kind: Outcome | None
) -> WaitRow:
    council_id, inspection_id, start_date, publication_date, closed_date = this
    next_id, next_start, next_publication = following[1:4] if following else (None, None, None)
    return WaitRow(
        council_id=council_id,
        inspection_id=inspection_id,
        start_date=start_date,
        publication_date=publication_date,
        closed_date=closed_date,
        standing=kind.standing if kind else "",
        basis=kind.basis if kind else "",
        next_inspection_id=next_id,
        next_start_date=next_start,
        next_publication_date=next_publication,
        ended_days=(next_start - start_date).days if next_start and start_date else None,
    )


def _outcomes(councils: Collection[int] | None) -> dict[int, Outcome]:
    """The kind of outcome by inspection, where the judgements tell it."""
    judgements = Judgement.objects.filter(
        inspection__status="published",
        inspection__framework__is_whole_service=True,
        area__is_part=False,
    )
    if councils is not None:
        judgements = judgements.filter(inspection__council__in=councils)
    judged: dict[int, dict[int, tuple[bool, bool, Standing, set[int]]]] = defaultdict(dict)
    for inspection_id, area_id, is_overall, is_inadequate, is_good in judgements.values_list(
        "inspection_id",
        "area_id",
        "area__is_overall",
        "grade__is_inadequate",
        "grade__is_good_or_better",
    ):
        judged[inspection_id][area_id] = (is_overall, _standing(is_inadequate, is_good))
    roles = _roles()
    found = {}
    for inspection_id, areas in judged.items():
        kind = outcome(
            overall=next((standing for is_overall, standing in areas.values() if is_overall), None),
            leaders=next(
                (areas[area][1] for area in areas if roles.get(area) == "leaders"), None
            ),
            practice=[areas[area][1] for area in areas if roles.get(area) == "practice"],
        )
        if kind is not None:
            found[inspection_id] = kind
    return found


def _standing(is_inadequate: bool, is_good: bool) -> Standing:
    if is_inadequate:
        return Standing.INADEQUATE
    return Standing.GOOD_OR_BETTER if is_good else Standing.BELOW_GOOD


def _roles() -> dict[int, str]:
    """The part an area plays in the rule for kinds of outcome, by the lanes it fills."""
    lanes = Wait.objects.none()  # noqa: F841 - replaced below
    from inspections.models import JudgementArea

    roles: dict[int, str] = {}
    for area, is_leaders, is_practice in JudgementArea.objects.values_list(
        "pk", "lanes__is_leaders", "lanes__is_practice"
    ):
        if is_leaders:
            roles[area] = "leaders"
        elif is_practice:
            roles.setdefault(area, "practice")
    return roles


def spells(rows: Iterable[WaitRow | Wait]) -> list[Spell]:
    """The waits that the estimates can use: first days on site known, of this and the next.

    Five inspections of abolished councils have no first day; waits before and after them
    are left out.
    """
    return [
        spell
        for row in rows
        if (spell := spell_of(row)) is not None
    ]


def spell_of(row: WaitRow | Wait) -> Spell | None:
    """One wait for the rules, or None if a first day on site is not known."""
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


def windows_of(rows: Sequence[WaitRow | Wait], *, as_at: date) -> dict[int, WindowRow]:
    """The window by inspection for every wait that is open on a day, as known then.

    Waits of councils that have ceased to exist, and those without a first day, have none.
    """
    ticking = clock()
    known = estimates(spells(rows), as_at=as_at, clock=ticking)
    found = {}
    for row in rows:
        spell = spell_of(row)
        if spell is None or not spell.is_open_on(as_at):
            continue
        held = window(spell, known=known, clock=ticking)
        found[row.inspection_id] = WindowRow(
            window_status=held.status,
            earliest_date=held.earliest_date,
            likeliest_date=held.likeliest_date,
            latest_date=held.latest_date,
            share_waiting=held.share_waiting,
            is_pooled=held.is_pooled,
            cases=held.cases,
            events=held.events,
            estimated_to_date=as_at,
        )
    return found


def wanted_waits() -> dict[int, dict[str, Any]]:
    """What the kept table ought to hold: its fields by inspection."""
    rows = wanted_rows()
    as_at = known_to()
    windows = windows_of(rows, as_at=as_at) if as_at else {}
    return {
        row.inspection_id: {
            **_fields(row),
            **_fields(windows.get(row.inspection_id, NO_WINDOW)),
        }
        for row in rows
    }


def _fields(row: WaitRow | WindowRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__slots__}
