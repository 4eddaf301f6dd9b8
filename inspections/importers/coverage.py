"""What a workbook of Ofsted's proves of how far the record is complete."""

from datetime import date

from inspections import actions
from inspections.importers.wording.dates import spelt
from inspections.models import Council, Coverage, Inspection
from inspections.vocabulary import CoverageKind

from .comparing import ImportPlan
from .telling import Telling


def move_coverage(plan: ImportPlan, *, reason: str) -> list[Coverage]:
    """Moves the days that a wholly recorded workbook proves, forward only; those that moved.

    The as-at list holds what every council had been given by its day, so the reports published
    by then are all told. Its in-year list holds the visits of the year before that day: it
    proves a kind of visit that it tells of, where the record is complete to that year's beginning.
    A day that a person has set since the workbook's own day stands.
    """
    day = plan.reading.as_at
    if plan.reading.layout != "workbook" or day is None or not _is_whole(plan, day):
        return []
    is_leap_day = (day.month, day.day) == (2, 29)
    year_before = day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)
    told = {
        event.told.facts["kind"]
        for event in plan.events
        if event.told.is_visit and _is_between(event.told, year_before, day)
    }
    moved = []
    for coverage in Coverage.objects.filter(complete_to_date__lt=day):
        is_proven = coverage.kind == CoverageKind.INSPECTIONS or (
            coverage.kind in told and coverage.complete_to_date >= year_before
        )
        if is_proven and not _is_a_persons(coverage, day):
            changes = {
                "complete_to_date": day,
                "source_text": f"Ofsted's workbook as at {spelt(day)}",
            }
            actions.correct(coverage, changes=changes, reason=reason, by=None)
            moved.append(coverage)
    return moved


def _is_whole(plan: ImportPlan, day: date) -> bool:
    """Is no row left out, and no council that the record knows to have been inspected by then?"""
    if plan.problems and any(problem.is_row for problem in plan.problems):
        return False
    told = {event.told.council for event in plan.events if not event.told.is_visit}
    inspected = Inspection.objects.public().whole_service().filter(publication_date__lte=day)
    known = Council.objects.existing_on(day).filter(pk__in=inspected.values("council"))
    return bool(told) and set(known.values_list("slug", flat=True)) <= told


def _is_between(told: Telling, first: date, last: date) -> bool:
    return told.start_date is not None and first < told.start_date <= last


def _is_a_persons(coverage: Coverage, day: date) -> bool:
    line = coverage.history.filter(history_user__isnull=False).first()
    return line is not None and line.history_date.date() >= day
