"""After an inadequate judgement: duties, visits and time passed, for a page or a file."""

from datetime import date
from typing import Any

from django.http import HttpResponse

from dashboard import england_parts, england_questions, words
from dashboard.state_england import InadequateState
from inspections.queries.inadequate import MonitoringVisit, Tracked, Tracker
from inspections.queries.past_cases import PastCases
from inspections.rules.intervals import DAYS_PER_MONTH
from inspections.rules.working_days import Deadline
from inspections.vocabulary import DatePrecision, Region, VisitKind

SIZE = england_questions.TRACKED_A_PAGE


def context(found: Tracker, start: Any, path: str) -> dict[str, Any]:
    state: InadequateState = start.state
    return {
        "pages": england_parts.page_links("inadequate", start.keep),
        "found": found,
        "sentence": sentence(found, start),
        "past_cases": past_words(found.past_cases),
        "rows": [tracked_context(row, found.past_cases, start.clock.as_at) for row in found.rows],
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


def tracked_context(row: Tracked, past: PastCases, as_at: date) -> dict[str, Any]:
    """One council's duties and visits, in words."""
    begun = row.start_date or row.publication_date
    return {
        "row": row,
        "areas": words.listing([judged.area.short_name.lower() for judged in row.inadequate]),
        "published": words.day(row.publication_date),
        "elapsed": words.span(begun, as_at),
        "elapsed_months": f"{(as_at - begun).days / DAYS_PER_MONTH:.1f}",
        "longer_than": longer_than((as_at - row.start_date).days, past) if row.start_date else "",
        "action_plan": duty_words(row.action_plan, as_at),
        "own_publication": duty_words(row.own_publication, as_at),
        "visits": [visit_words(visit, row) for visit in row.visits],
        "spacing": spacing(row, as_at),
        "is_rule_unknown": not row.has_overall,
        "region": Region.label_of(row.ofsted_region),
    }


def longer_than(days: int, past: PastCases) -> str:
    """How the wait stands among all past cases; empty where there is none."""
    if not past.total:
        return ""
    shorter = past.shorter_than(days)
    among = f"of the {words.count(past.total, 'past case')} on record"
    if shorter == past.total:
        return f"longer than every one {among}"
    return f"longer than {shorter} {among}" if shorter else f"so far shorter than every one {among}"


def past_words(past: PastCases) -> str:
    """What the past cases are, for under a list; empty where there is none."""
    if past.median is None:
        return ""
    first, last = min(past.days), max(past.days)
    return (
        f"Past cases: {words.count(past.total, 'wait')} in England, of all years on record, that "
        "began with any inadequate judgement and ended with another full inspection, from first "
        f"day on site to first day on site: {first / DAYS_PER_MONTH:.1f} to "
        f"{england_parts.months(last)}, half of them within {past.median / DAYS_PER_MONTH:.1f}. "
        "Councils that still wait are not among them."
    )


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
    text = f"First recorded visit {england_parts.months(first)} after the report"
    listed = row.first_listed_days
    usual = "the first published one usually comes 8 to 13 months after it"
    if listed is not None and listed > first:
        text += f", the first in Ofsted's list {england_parts.months(listed)} after it"
    text += f" ({usual})"
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
        "days_since_first_day", "past_cases", "past_cases_shorter", "visits",
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
            *_elapsed(row, found.past_cases, start.clock.as_at),
            "|".join(visit.reference for visit in row.visits),
        )
        for row in found.rows
    )  # fmt: skip
    return england_parts.csv_file("inadequate", header, rows, start)


def _elapsed(row: Tracked, past: PastCases, as_at: date) -> tuple[int | None, int, int | None]:
    if row.start_date is None:
        return None, past.total, None
    days = (as_at - row.start_date).days
    return days, past.total, past.shorter_than(days)
