"""Rules about what is missing, and what is there twice."""

from datetime import date

from inspections.rows import Event, Inspection
from inspections.rules.monitoring import leads_to_monitoring
from inspections.rules.of_record.rule import Broken, RecordRule, Rows, RuleBasis
from inspections.rules.position import PublishedBy, in_force
from inspections.vocabulary import VisitKind


def areas_not_judged(rows: Rows) -> Broken:
    for inspection in rows.inspections:
        if not inspection.framework.is_whole_service or not inspection.judgements:
            continue
        judged = {row.area.key for row in inspection.judgements}
        missing = [area for area in inspection.framework.areas if area.key not in judged]
        if missing:
            names = ", ".join(area.short_name.lower() for area in missing)
            yield inspection, f"no judgement of {names}"


def nothing_judged(rows: Rows) -> Broken:
    for inspection in rows.inspections:
        if not inspection.judgements:
            yield inspection, "no judgement at all"


def never_inspected(rows: Rows) -> Broken:
    for council in rows.councils:
        held = rows.inspections_of[council.id]
        if council.existed_on(rows.as_at) and not any(r.framework.is_whole_service for r in held):
            yield council, f"exists on {rows.as_at} and has no full inspection"


def one_document_twice(rows: Rows) -> Broken:
    seen: dict[str, Event] = {}
    for event in rows.events:
        address = event.report_url if isinstance(event, Inspection) else event.letter_url
        if not address:
            continue
        first = seen.setdefault(address, event)
        if first is not event:
            slug = rows.council[first.council_id].slug
            yield event, f"{address} is the document of {slug} {first.reference} too"


def monitored_without_cause(rows: Rows) -> Broken:
    for visit in rows.visits:
        day = visit.event_date
        if visit.kind != VisitKind.MONITORING or not day:
            continue
        last = latest_before(rows, visit.council_id, day)
        if last is None:
            yield visit, "no full inspection before it"
        elif leads_to_monitoring(last) is False:
            yield visit, f"the inspection before it, {last.reference}, was not inadequate overall"


def latest_before(rows: Rows, council_id: int, day: date) -> Inspection | None:
    """What was in force on the day of a visit; without anything, with a predecessor."""
    for council in (council_id, *rows.predecessors.get(council_id, ())):
        held = in_force(rows.inspections_of[council], PublishedBy(day))
        if held:
            return held
    return None


RULES = (
    RecordRule(
        "every-area-judged",
        "A full inspection judges every area of its framework.",
        RuleBasis.OFSTED,
        "judgement_areas.csv, after the reports as printed",
        areas_not_judged,
    ),
    RecordRule(
        "something-judged",
        "An inspection has at least one judgement.",
        RuleBasis.OFSTED,
        "a full inspection is graded; what is not graded is a visit",
        nothing_judged,
    ),
    RecordRule(
        "every-council-inspected",
        "Every council that exists has been inspected.",
        RuleBasis.RECORD,
        "the first round ended in 2017; later councils are new ones",
        never_inspected,
    ),
    RecordRule(
        "one-event-a-document",
        "A report or letter is of one inspection or visit.",
        RuleBasis.RECORD,
        "the addresses of Ofsted's documents",
        one_document_twice,
    ),
    RecordRule(
        "monitoring-follows-inadequate",
        "A monitoring visit follows an inspection that was inadequate overall or, without an "
        "overall grade, in something; of the council or of the one it succeeded.",
        RuleBasis.MEASURED,
        "172 of 172 monitoring visits whose day, month or publication is known",
        monitored_without_cause,
    ),
)
