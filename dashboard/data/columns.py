"""The columns of a chart's files: judgements and visits, one a line."""

from collections.abc import Sequence
from typing import Any

from dashboard.data.document import Column
from inspections.rows import Council, Inspection, Visit

IDS = (
    Column("council", "The council's short name"),
    Column("ons_code", "The council's ONS code"),
    Column("council_slug", "The last part of the council's address on this site"),
)

JUDGED = (
    *IDS,
    Column("inspection", "The inspection's permanent reference within the council's address"),
    Column("first_day_on_site", "First day on site; empty where it is not recorded"),
    Column("last_day_on_site", "Last day on site; empty where it is not recorded"),
    Column("publication_date", "Day on which Ofsted published the report"),
    Column("framework", "Code of the framework that the inspection followed"),
    Column("area", "Code of the judgement area under that framework"),
    Column("area_name", "The judgement area's name as printed in the reports"),
    Column("lanes", "The chart's lanes in which it is shown, joined by ~"),
    Column("grade", "Code of the grade given"),
    Column("grade_name", "The grade's name"),
    Column("note", "What the record notes on this inspection"),
    Column("report", "Address of Ofsted's report"),
)

VISITED = (
    *IDS,
    Column("visit", "The visit's permanent reference within the council's address"),
    Column("kind", "Kind of visit; a visit has no grade"),
    Column("first_day", "First day; the month's first day where only the month is known"),
    Column("first_day_known_to", "day, month or unknown"),
    Column("publication_date", "Day on which the letter was published; empty: not recorded"),
    Column("topic", "What the visit looked at"),
    Column("letter", "Address of Ofsted's letter"),
)

MEANINGS = {  # of the columns of the pages' own files
    "council": "The council's short name",
    "ons_code": "The council's ONS code",
    "slug": "The last part of the council's address on this site",
    "kind": "Kind of council or, of a statement, its kind",
    "ons_region": "ONS's region",
    "ofsted_region": "Ofsted's region",
    "inspection": "The inspection's permanent reference within the council's address",
    "last_inspection": "The last full inspection's permanent reference",
    "next_inspection": "The next full inspection's reference; empty: none on record",
    "framework": "Code of the framework that the inspection followed",
    "first_day": "First day on site; empty where it is not recorded",
    "first_day_on_site": "First day on site; empty where it is not recorded",
    "next_first_day": "The next full inspection's first day on site",
    "published": "Day on which Ofsted published the report",
    "publication_date": "Day on which Ofsted published the report",
    "judged_together": "Areas that share one judgement, joined by |",
    "as_at": "The day of the file: only what had been published by it counts",
    "source": "Who judged",
    "licence": "Licence of the data",
    "outcome": "The outcome after which the wait is reckoned",
    "outcome_read_from": "What the outcome was read from",
    "state": "Where the window stands on the day of the file",
    "earliest": "First day of the window in which the next full inspection is expected",
    "likeliest": "The window's median day",
    "latest": "Last day of the window; empty: the cases show no end",
    "share_of_cases_waiting_longer": "Share (0-1) of past cases that waited longer",
    "cases": "Past cases that the window rests on",
    "re_inspected": "Of these cases, those inspected again",
    "pooled": "yes: cases of several outcomes were taken together",
    "known_to": "Last day of publication that the window was worked out from",
    "seen_from": "First day of the past cases",
    "seen_to": "Last day to which the record is complete",
    "area": "Code of the judgement area's lane",
    "grade": "Code of the grade given",
    "days": "Calendar days from first day on site to the next one's, or so far",
    "is_over": "yes: the next full inspection is on record",
    "next_grade": "Code of the grade that the next full inspection gave",
    "change": "How the grades compare, or that they do not",
    "with_a_grade": "Councils with a grade of its own in the area",
    "good_or_better": "Of these, those with good or a better grade",
    "not_judged": "Councils inspected without a judgement of the area",
    "not_yet_inspected": "Councils without a full inspection",
    "councils": "Councils in the group",
    "clock": "published: by day of publication; ofsted: by Ofsted's own rule",
    "cut_off": "Last day of inspections that Ofsted's rule counts",
    "inadequate_areas": "Codes of the areas judged inadequate, joined by |",
    "action_plan_due": "Day by which the action plan is due",
    "action_plan_due_latest": "The same, if the count began a day later",
    "own_publication_due": "Day by which the council has to publish the report itself",
    "visits_on_record": "Visits of every kind on record since the inspection",
    "first_visit_days_after_report": "Days from the report to the first visit",
    "median_days_between_visits": "Median of the days between visits; empty: too few",
    "days_since_first_day": "Days since the first day on site, to the end of the record",
    "past_cases": "Past waits on record",
    "past_cases_shorter": "Of these, those that were shorter",
    "visits": "References of the visits, joined by |",
    "earlier_day": "The earlier day",
    "earlier_inspection": "Reference of the inspection in force on the earlier day",
    "earlier_first_day_on_site": "Its first day on site",
    "earlier_grade": "What was held on the earlier day",
    "later_day": "The later day",
    "later_inspection": "Reference of the inspection in force on the later day",
    "later_first_day_on_site": "Its first day on site",
    "later_grade": "What was held on the later day",
    "direction": "Up, down, unchanged or not comparable",
    "steps": "Grades up (more than 0) or down; empty: not comparable",
    "reason": "Why the two are not comparable",
    "reference": "The statement's permanent reference within the council",
    "stated": "Day on which it was stated",
    "stated_precision": "How exactly that day is known",
    "said_by": "Who said it",
    "what": "What was said",
    "value": "The number or word stated",
    "unit": "The unit of that value",
    "expected_event": "What was expected to happen",
    "expected_from": "First day on which it was expected",
    "expected_to": "Last day on which it was expected",
    "what_happened": "What the record shows since",
    "outcome_on_record": "What the record itself says of the outcome",
    "source_of_statement": "Where the statement can be read",
    "source_url": "Address of that source",
    "notes": "What the record adds",
    "event_on_record": "Reference of the event that answers it; empty: none",
    "reports": "Reports counted",
    "quarter_within": "Days within which a quarter came out",
    "median": "Days within which half came out",
    "three_quarters_within": "Days within which three quarters came out",
    "longest": "Days that the longest took",
}


def ids(council: Council) -> tuple[str, str, str]:
    return council.short_name, council.ons_code, council.slug


def judgement_rows(
    council: Council, inspections: Sequence[Inspection], *, lanes: Sequence[str] = ()
) -> tuple[tuple[Any, ...], ...]:
    """A row a judgement, in the order of JUDGED; `lanes` narrows them."""
    return tuple(
        (
            *ids(council), row.reference, row.start_date, row.end_date, row.publication_date,
            row.framework.code, judged.area.code, judged.area.official_name,
            "~".join(lane.code for lane in judged.area.lanes),
            judged.grade.code, judged.grade.name, row.notes, row.report_url,
        )
        for row in inspections
        for judged in row.judgements
        if not lanes or any(lane.code in lanes for lane in judged.area.lanes)
    )  # fmt: skip


def visit_rows(council: Council, visits: Sequence[Visit]) -> tuple[tuple[Any, ...], ...]:
    return tuple(
        (
            *ids(council), row.reference, row.kind, row.start_date, row.start_precision,
            row.publication_date, row.topic, row.letter_url,
        )
        for row in visits
    )  # fmt: skip
