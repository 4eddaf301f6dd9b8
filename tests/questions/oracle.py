"""Statistics recomputed slowly and plainly from rows, without the queries and rules they check."""

from collections import Counter
from datetime import date

from inspections.models import Council, Inspection
from inspections.vocabulary import Status

TOGETHER = (
    "inspections__framework", "inspections__judgements__grade",
    "inspections__judgements__area__lanes",
)  # fmt: skip


def latest_by_publication(day: date, **councils: str) -> dict[Council, Inspection | None]:
    """Each existing council's last full inspection that was out by the day, by plain loops."""
    found: dict[Council, Inspection | None] = {}
    rows = Council.objects.filter(**councils).order_by("short_name")
    for council in rows.prefetch_related(*TOGETHER):
        opened = council.is_continuing_record or not council.opened_date
        if not (opened or council.opened_date <= day):
            continue
        if council.closed_date and council.closed_date < day:
            continue
        held = [
            row
            for row in council.inspections.all()
            if row.framework.is_whole_service
            and row.status == Status.PUBLISHED
            and row.publication_date <= day
        ]
        found[council] = (
            max(held, key=lambda row: row.start_date or row.publication_date) if held else None
        )
    return found


def latest_as_ofsted(day: date, cut_off: date, late: set[int]) -> dict[Council, Inspection | None]:
    """Each existing council's last full inspection begun by the day and out by the cut-off."""
    found: dict[Council, Inspection | None] = {}
    for council in latest_by_publication(day):
        held = [
            row
            for row in council.inspections.all()
            if row.framework.is_whole_service
            and row.status == Status.PUBLISHED
            and (row.start_date is None or row.start_date <= day)
            and (row.publication_date <= cut_off or row.pk in late)
        ]
        found[council] = (
            max(held, key=lambda row: row.start_date or row.publication_date) if held else None
        )
    return found


def grade_in(inspection: Inspection | None, lane: str) -> str | None:
    """The grade that counts for a lane: its area fills this lane first and is no part."""
    if inspection is None:
        return None
    for judgement in inspection.judgements.all():
        lanes = sorted(judgement.area.lanes.all(), key=lambda row: row.order)
        if lanes and lanes[0].code == lane and not judgement.area.is_part:
            return judgement.grade.code
    return None


def counts(held: dict[Council, Inspection | None], lane: str) -> Counter[str]:
    """Councils by grade code; the empty code for those not inspected."""
    found: Counter[str] = Counter()
    for inspection in held.values():
        if inspection is None:
            found[""] += 1
        elif (grade := grade_in(inspection, lane)) is not None:
            found[grade] += 1
    return found
