"""After an inadequate judgement: duties, visits and time passed, for a page or a file."""

from datetime import date
from typing import Any

from django.http import HttpResponse

from dashboard import england_parts, england_questions, words
from dashboard.state_england import InadequateState
from inspections.queries.inadequate import MonitoringVisit, Tracked, Tracker
from inspections.rules.intervals import DAYS_PER_MONTH
from inspections.rules.windows import WindowStatus
from inspections.rules.working_days import Deadline
from inspections.vocabulary import DatePrecision, Region, VisitKind

SIZE = england_questions.TRACKED_A_PAGE
PAST = {WindowStatus.PAST, WindowStatus.BEYOND}


def context(found: Tracker, start: Any, path: str) -> dict[str, Any]:
    state: InadequateState = start.state
    return {
        "section": "england",
        "pages": england_parts.page_links("inadequate", start.keep),
        "found": found,
        "sentence": sentence(found, start),
        "rows": [tracked_context(row, start.clock.as_at) for row in found.rows],
        "part": england_parts.slice_of(state, path, total=found.total, size=SIZE),
        "csv_url": state.url("/england/inadequate.csv"),
        "options": {
            "region": england_parts.region_choices(),
            "kind": england_parts.kind_choices(),
        },
        "chosen": england_parts.chosen(state, "region", "kind"),
    }


def sentence(found: Tracker, start: Any) -> str:
    among = england_parts.among_words(start.state.region, start.state.kind)
    return (
        f"{words.count(found.total, 'council')}{among} "
        f"{'holds' if found.total == 1 else 'hold'} an inadequate judgement as at "
        f"{words.day(start.clock.as_at)}."
    )


def tracked_context(row: Tracked, as_at: date) -> dict[str, Any]:
    """One council's duties and visits, in words."""
    begun = row.start_date or row.publication_date
    return {
        "row": row,
        "areas": words.listing([judged.area.short_name.lower() for judged in row.inadequate]),
        "published": words.day(row.publication_date),
        "elapsed": words.span(begun, as_at),
        "elapsed_months": f"{(as_at - begun).days / DAYS_PER_MONTH:.1f}",
        "longer_than": longer_than(row),
        "action_plan": duty_words(row.action_plan, as_at),
        "own_publication": duty_words(row.own_publication, as_at),
        "visits": [visit_words(visit, row) for visit in row.visits],
        "spacing": spacing(row, as_at),
        "is_rule_unknown": not row.has_overall,
        "region": Region.label_of(row.ofsted_region),
    }


def longer_than(row: Tracked) -> str:
    """How the wait stands among comparable ones; empty where it cannot be told."""
    if row.share_waiting is None or not row.window_status:
        return ""
    shorter = england_parts.percent(1 - row.share_waiting)
    if row.window_status in PAST:
        return "longer than 90% of comparable waits"
    if shorter == "0%":
        return "shorter than every comparable wait of the last three years"
    return f"longer than {shorter} of comparable waits of the last three years"


def duty_words(duty: Deadline, as_at: date) -> str:
    """`due by 10 November 2026 (or 11 November …)`, or `was due by …`."""
    verb = "was due" if duty.is_past(as_at) else "due"
    return f"{verb} by {words.day(duty.due_date)} (a day later if the count began a day later)"


def visit_words(visit: MonitoringVisit, row: Tracked) -> dict[str, Any]:
    if visit.day is None:
        when = "day not recorded"
    elif visit.precision == DatePrecision.MONTH:
        when = words.month(visit.day)
    else:
        when = words.day(visit.day)
    months = (
        f"{(visit.day - row.publication_date).days / DAYS_PER_MONTH:.1f} months after the report"
        if visit.day
        else ""
    )
    return {
        "reference": visit.reference,
        "name": VisitKind.label_of(visit.kind),
        "when": when,
        "months": months,
        "is_official": visit.is_official,
    }


def spacing(row: Tracked, as_at: date) -> str:
    """The first recorded visit and the gaps, beside what is usual."""
    first = row.first_visit_days
    if first is None:
        return (
            f"No visit since the report is on record, {waited(row, as_at)} after it. The first "
            "published one has usually come 8 to 13 months after the report; Ofsted does not "
            "publish the first one held."
        )
    months = first / DAYS_PER_MONTH
    text = f"First recorded visit {months:.1f} months after the report (usual: 8 to 13)"
    if row.gap_days is not None:
        text += f", then every {row.gap_days / DAYS_PER_MONTH:.1f} months (usual: about 4)"
    return f"{text}. The first visit held is not published by Ofsted and may be missing."


def waited(row: Tracked, as_at: date) -> str:
    """The time since publication: in days for the first month, then as `3.6 months`."""
    days = (as_at - row.publication_date).days
    return words.count(days, "day") if days < DAYS_PER_MONTH else england_parts.months(days)


def as_csv(found: Tracker, start: Any) -> HttpResponse:
    codes = england_parts.ons_codes(start)
    header = (
        "council", "ons_code", "slug",
        "ofsted_region", "inspection", "first_day", "published",
        "inadequate_areas", "action_plan_due", "action_plan_due_latest", "own_publication_due",
        "visits_on_record", "first_visit_days_after_report", "median_days_between_visits",
        "share_of_cases_waiting_longer", "earliest", "latest",
    )  # fmt: skip
    rows = (
        (
            row.council_name, codes.get(row.slug), row.slug,
            row.ofsted_region, row.reference, row.start_date,
            row.publication_date, "|".join(judged.area.code for judged in row.inadequate),
            row.action_plan.due_date, row.action_plan.latest_date, row.own_publication.due_date,
            len(row.visits), row.first_visit_days, row.gap_days,
            None if row.share_waiting is None else round(row.share_waiting, 3),
            row.earliest_date, row.latest_date,
        )
        for row in found.rows
    )  # fmt: skip
    return england_parts.csv_file("inadequate", header, rows, start)
