"""How many visits began in each quarter, and of which quarters are all of them known?"""

from collections.abc import Sequence
from datetime import date, timedelta

from inspections.figure_rows import VisitQuarter, VisitsByQuarter
from inspections.questions.visits import Visited
from inspections.record import Record
from inspections.rules.clock import a_year_before
from inspections.vocabulary import VisitKind

MONTHS = 3


def visits_by_quarter(record: Record, day: date, rows: Sequence[Visited]) -> VisitsByQuarter:
    """Of some visits, by the quarter in which they began."""
    kinds = tuple(kind for kind in VisitKind if any(row.visit.kind == kind for row in rows))
    dated = [(row.visit.event_date, row) for row in rows if row.visit.event_date]
    found: dict[date, dict[str, list[str]]] = {}
    ends = min((record.seen_to(day, kind) for kind in kinds), default=day)
    days = [begun for begun, _ in dated]
    for first in quarters(min(days, default=ends), max([*days, ends])):
        found[first] = {}
    for begun, row in sorted(dated, key=lambda pair: pair[1].council.short_name):
        names = found[quarter_of(begun)].setdefault(row.visit.kind, [])
        names.append(row.council.short_name)
    covered = [held for kind in kinds if (held := record.coverage.get(kind))]
    begins = max(
        (row.complete_from_date for row in covered if row.complete_from_date), default=None
    )
    year, before = a_year_before(ends), a_year_before(a_year_before(ends))
    return VisitsByQuarter(
        tuple(
            VisitQuarter(first, {kind: tuple(names) for kind, names in by_kind.items()})
            for first, by_kind in found.items()
        ),
        tuple((kind.value, kind.label) for kind in kinds),
        (begins, ends),
        tuple(
            (pause.first_date, min(pause.last_date or day, day))
            for pause in record.clock.pauses
            if pause.first_date <= day
        ),
        len(rows) - len(dated),
        sum(year < begun <= ends for begun in days),
        None
        if begins and before < begins - timedelta(days=1)
        else sum(before < x <= year for x in days),
    )


def quarter_of(day: date) -> date:
    """The first day of the quarter of a year that a day lies in."""
    return date(day.year, (day.month - 1) // MONTHS * MONTHS + 1, 1)


def quarters(first: date, last: date) -> list[date]:
    """The first days of all quarters from one day's to another's."""
    found = [quarter_of(first)]
    while (following := quarter_of(found[-1] + timedelta(days=100))) <= last:
        found.append(following)
    return found
