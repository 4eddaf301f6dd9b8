"""How long after a report did the next visit come, after the same kind of outcome?

Measured, and no rule: of the visits that a list of Ofsted's covers whole. A visit that came is
an event; a report after which none had come by the end of the list, or before the next full
inspection, counts as still waiting for as long as it was watched.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from inspections.record import Record
from inspections.rows import Inspection
from inspections.rules.outcomes import Standing, outcome_of
from inspections.rules.survival import Observation, WaitingCurve, kaplan_meier
from inspections.vocabulary import DatePrecision, VisitKind

FEWEST = 20
"""Reports below which no share is told."""

KINDS: Mapping[Standing, VisitKind] = {
    Standing.GOOD_OR_BETTER: VisitKind.FOCUSED,
    Standing.BELOW_GOOD: VisitKind.FOCUSED,
    Standing.INADEQUATE: VisitKind.MONITORING,
}
"""The kind of visit that usually follows: framework of 2018, as councils and press tell it."""


@dataclass(frozen=True, slots=True)
class NextVisit:
    """Of the reports published from `seen_from_date` to `seen_to_date` with such an outcome:
    the share (0-1) still without a visit of the kind, by days from the report."""

    standing: Standing
    kind: VisitKind
    curve: WaitingCurve
    seen_from_date: date
    seen_to_date: date

    @property
    def half_within_days(self) -> int | None:
        """Days within which half had a visit; None where fewer than half had one."""
        return self.curve.days_to(0.5)


def next_visits(record: Record, day: date) -> Mapping[Standing, NextVisit]:
    """By kind of outcome; those of too few reports are left out."""

    def made() -> Mapping[Standing, NextVisit]:
        found = {}
        for standing, kind in KINDS.items():
            covered = record.coverage.get(kind)
            if covered is None or covered.complete_from_date is None:
                continue
            first, last = covered.complete_from_date, record.seen_to(day, kind)
            watched = list(_watched(record, standing, kind, first, last, day))
            if len(watched) >= FEWEST:
                found[standing] = NextVisit(standing, kind, kaplan_meier(watched), first, last)
        return found

    return record.remember(("next visits", day), made)


def _watched(
    record: Record, standing: Standing, kind: VisitKind, first: date, last: date, day: date
) -> Iterator[Observation]:
    for row in record.full_inspections(last):
        if row.publication_date < first:
            continue
        outcome = outcome_of(row)
        if outcome is None or outcome.standing is not standing:
            continue
        if found := _observed(record, row, kind, last, day):
            yield found


def _observed(
    record: Record, report: Inspection, kind: VisitKind, last: date, day: date
) -> Observation | None:
    """From the report to the first visit of the kind, the next full inspection or the end, as
    far as they were public by the day."""
    published = report.publication_date
    days = [
        row.start_date
        for row in record.visits_of(report.council_id, day)
        if row.kind == kind
        and row.start_date
        and row.start_precision == DatePrecision.DAY
        and published < row.start_date <= last
    ]
    later = [
        row.event_date
        for row in record.full_inspections_of(report.council_id, day)
        if published < row.event_date <= last
    ]
    end, came = min([*((day, True) for day in days), *((day, False) for day in later),
                     (last, False)])  # fmt: skip
    waited = (end - published).days
    return Observation(0, waited, came) if waited > 0 else None
