"""Every fact that leaves the site, named once.

A table on a page, its files, the API and the data dictionary take their columns from `FACTS` by
name, so that a fact has one name and one way to be written in all of them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from operator import attrgetter
from typing import Any

from dashboard.data.document import (
    COUNT,
    DAY,
    DAYS,
    FLAG,
    MOMENT,
    NUMBER,
    SHARE,
    Cell,
    Column,
)
from inspections.framework_rows import Grade, Lane
from inspections.vocabulary import MeasureGroup, Region

IDS = ("council", "ons_code", "council_slug")
JOIN = "|"
ROLES = {
    "earlier": "On the earlier day",
    "later": "On the later day",
    "next": "Of the next full inspection",
}


def codes(rows: Iterable[Any]) -> str:
    """The codes of things, joined."""
    return JOIN.join(row.code for row in rows)


def rounded(share: float) -> float:
    return round(share, 4)


FACTS: Mapping[str, Column] = {
    column.name: column
    for column in (
        # Councils
        Column("council", "council", "The council's short name", at="short_name"),
        Column("ons_code", "ONS code", "The council's ONS code in force now; a council may get a "
               "new one when its boundary changes"),
        Column("council_slug", "address", "Last part of the council's address here", at="slug"),
        Column("council_name", "name in full", "The council's name in full", at="name"),
        Column("dfe_code", "DfE code", "The Department for Education's code of the council"),
        Column("ofsted_number", "Ofsted number", "Ofsted's number of the council", at="ofsted_urn"),
        Column("ofsted_page", "Ofsted's page", "Address of Ofsted's own page of the council"),
        Column("council_kind", "kind", "Code of the kind of council", at="kind"),
        Column("ons_region", "ONS region", "ONS's region, by its name", then=Region.label_of),
        Column("ofsted_region", "Ofsted's region", "Ofsted's region, by its name",
               then=Region.label_of),
        Column("opened_date", "first day",
               "The council's first day; empty where it existed before the record", DAY),
        Column("closed_date", "last day", "The council's last day; empty where it exists", DAY),
        # Inspections, visits and reports not read yet
        Column("inspection", "inspection", "Its reference within the council", at="reference"),
        Column("visit", "visit", "Its permanent reference within the council", at="reference"),
        Column("framework", "framework", "Code of the inspection's framework", at="framework.code"),
        Column("inspection_kind", "kind", "Code of the kind of inspection", at="kind"),
        Column("visit_kind", "kind", "Code of the kind of visit; a visit has no grade", at="kind"),
        Column("start_date", "first day on site", "First day on site; the month's first day where "
               "only the month is known; empty where it is not recorded", DAY),
        Column("start_precision", "first day known to the", "day, month or unknown"),
        Column("end_date", "last day on site",
               "Last day on site; empty where it is not recorded", DAY),
        Column("has_two_periods", "two periods on site",
               "Whether there were days between that were not on site", FLAG),
        Column("publication_date", "publication date",
               "Day on which Ofsted published the report or letter; empty: not recorded", DAY),
        Column("lead_inspector", "lead inspector",
               "Name as printed; empty where it is not recorded"),
        Column("improvement_points", "number of improvement points",
               "Number of improvement points; empty: not recorded", COUNT),
        Column("priority_actions", "areas for priority action",
               "Number of areas for priority action; empty: not recorded", COUNT),
        Column("report_url", "address of Ofsted's report", "Address of Ofsted's report"),
        Column("letter_url", "address of Ofsted's letter", "Address of Ofsted's letter"),
        Column("checked", "checked", "What the inspection was compared with"),
        Column("confidence", "confidence", "How sure the record is of the visit"),
        Column("topic", "topic", "What the visit looked at"),
        Column("topic_codes", "topics", "Codes of the visit's topics, joined by |"),
        Column("notes", "notes", "What the record adds"),
        # Judgements, and what they are given by
        Column("area", "area", "Code of the judgement area under the framework", at="area.code"),
        Column("area_name", "area", "The area's name as printed in the reports",
               at="area.official_name"),
        Column("lanes", "lanes", "Codes of the area's lanes: rows of the charts, and areas that "
               "pages can be switched to; joined by |", at="area.lanes", then=codes),
        Column("lane", "area", "Code of the lane that is asked about", at="lane.code"),
        Column("is_overall", "overall",
               "Whether it is the overall grade, which is never worked out from others", FLAG,
               at="area.is_overall"),
        Column("is_part", "part", "Whether it is a graded part of another judgement", FLAG),
        Column("scale", "scale", "Code of the scale of grades", at="grade.scale"),
        Column("grade", "grade", "Code of the grade, with that of its scale where two scales "
               "share it; empty: not graded", at="grade.key"),
        Column("grade_name", "grade", "The grade's name", at="grade.name"),
        Column("lane_name", "area", "Name of the lane"),
        Column("lane_note", "note", "Why the lane has no grade, or none of its own", at="note"),
        Column("held_to_date", "to", "First day of the next full inspection, or the council's "
               "last day; empty: still held", DAY, at="end"),
        Column("framework_name", "framework", "The framework's name", at="name"),
        Column("in_force_from", "in force from", "The framework's first day", DAY),
        Column("in_force_to", "in force to", "The framework's last day; empty: still in force",
               DAY),
        Column("grades", "grades", "Codes of the area's grades, best first, joined by |"),
        # What inspectors asked for
        Column("theme", "theme", "Code of the theme", at="code"),
        Column("theme_name", "theme", "The theme's name", at="name"),
        Column("theme_short_name", "theme", "The theme's name where room is short",
               at="short_name"),
        Column("theme_order", "place", "The theme's place among the themes", COUNT, at="order"),
        Column("definition", "definition", "What is sorted under the theme"),
        Column("belongs_elsewhere", "belongs elsewhere", "What is sorted under other themes"),
        Column("question_1", "a question", "A question worth asking"),
        Column("question_2", "another question", "Another"),
        Column("themes_version", "version", "Version of the themes", COUNT),
        Column("point_number", "number", "Number of the improvement point in its report or "
               "letter; areas for priority action come first", COUNT, at="number"),
        Column("point_kind", "kind", "improvement_point or priority_action", at="kind"),
        Column("page", "page", "Page of the report or letter", COUNT),
        Column("themes", "themes",
               "Codes of the themes that it raises, joined by |; empty: of none",
               then=JOIN.join),
        Column("themes_basis", "themes chosen",
               "Who chose the themes: rule, person, or unsure, where a person has yet to",
               at="basis"),
        Column("sentence", "sentence",
               "The point as Ofsted printed it; empty where this site does not hold it",
               at="text"),
        Column("points_raising", "points", "How many of the points raise the theme", COUNT,
               at="points", then=len),
        Column("point_numbers", "numbers", "The numbers of those points, joined by |",
               at="points", then=lambda points: JOIN.join(str(row.number) for row in points)),
        Column("pages", "pages", "The pages of those points, joined by |",
               at="points", then=lambda points: JOIN.join(str(row.page or "") for row in points)),
        Column("raised_before", "raised before",
               "Whether an earlier report or letter of the council on record raises it", FLAG),
        Column("document_url", "report or letter",
               "Address of Ofsted's report or letter; empty: none recorded"),
        Column("documents", "reports and letters",
               "Reports and letters of the group whose points are on record", COUNT),
        Column("documents_raising", "raise it", "Of these, those that raise the theme", COUNT),
        Column("share_raising", "share", "Their share; empty without any", SHARE, then=rounded),
        # Corrections, and what the record covers
        Column("corrected_kind", "kind",
               "What was corrected: council, inspection, visit, judgement, statement …",
               at="kind"),
        Column("event", "event", "Reference of the inspection, visit or statement, or what else "
               "names it; empty: the council itself", at="reference"),
        Column("subject", "subject", "What was corrected, in words"),
        Column("field", "fact", "Which fact of it, by the name that it has in these files"),
        Column("old", "before", "What it said before"),
        Column("new", "since", "What it says since"),
        Column("reason", "reason", "Why it was corrected"),
        Column("source_text", "source", "Where that can be read"),
        Column("source_url", "address of the source", "Address of that source"),
        Column("corrected_at", "corrected", "When it was corrected", MOMENT),
        Column("was_ofsteds", "Ofsted's own error",
               "An error in Ofsted's own publication, not in this record", FLAG),
        Column("covered_kind", "kind", "Kind of fact: full inspections, or a kind of visit",
               at="kind"),
        Column("complete_from_date", "complete from",
               "First day covered; empty: from the first on record", DAY),
        Column("complete_to_date", "complete to",
               "Last day covered; what came after may be missing", DAY),
        # Groups of councils or reports
        Column("by", "grouped by", "Area, region, kind, framework, year, quarter or grade"),
        Column("group", "group", "The group as its own column has it: a region's name, a year, "
               "else a code; empty: without one", at="key", then=Region.label_of),
        Column("group_name", "group", "The group's name", at="name"),
        Column("reading", "inspections counted",
               "published: by day of publication; ofsted: by Ofsted's own rule"),
        Column("cut_off_date", "published by",
               "By Ofsted's own rule: the last publication date that counts", DAY),
        Column("day", "day", "Only what had been published by this day counts", DAY),
        Column("councils", "councils", "Councils in the group", COUNT),
        Column("with_a_grade", "with a grade",
               "Councils of the group with a grade of its own in the area", COUNT, at="graded"),
        Column("good_or_better", "good or better",
               "Of those with a grade, councils with good or a better one", COUNT),
        Column("councils_holding", "councils", "Councils of the group that hold the grade", COUNT),
        Column("share_holding", "share", "Their share of those with a grade; empty without any",
               SHARE),
        Column("judged_together", "judged with another area or as a part of one",
               "Councils judged there with another area or as a part of one, not counted", COUNT,
               at="combined"),
        Column("not_judged", "not judged", "Councils inspected without a judgement of the area",
               COUNT),
        Column("no_own_grade", "no grade of its own",
               "Councils inspected without a grade of its own in the area", COUNT, at="ungraded"),
        Column("not_yet_inspected", "not yet inspected", "Councils without a full inspection",
               COUNT, at="not_inspected"),
        Column("lanes_judged_together", "judged together",
               "Codes of the lanes that share one judgement, joined by |"),
        Column("reports", "reports", "Reports counted", COUNT, at="n"),
        Column("quarter_within_days", "a quarter within",
               "Days from the last day on site within which a quarter came out", DAYS, at="lower"),
        Column("median_days", "median", "Days within which half came out", DAYS, at="median"),
        Column("three_quarters_within_days", "three quarters within",
               "Days within which three quarters came out", DAYS, at="upper"),
        Column("longest_days", "longest", "Days that the longest took", COUNT, at="longest"),
        # Changes, waits and windows
        Column("direction", "change", "What became of the grade, or that it is not comparable"),
        Column("steps", "grades moved",
               "Grades up (more than 0) or down; empty: not compared", COUNT, at="change.steps"),
        Column("reason_not_compared", "why not comparable",
               "Why it was not compared; empty where it was", at="change.reason"),
        Column("not_comparable", "not comparable",
               "Councils of which what followed cannot be set beside it", COUNT),
        Column("waited_days", "days waited", "Calendar days from the first day on site to that of "
               "the next full inspection, or so far", COUNT, at="days"),
        Column("is_over", "over", "Whether the next full inspection is on record", FLAG),
        Column("at_risk", "at risk", "Councils still watched and waiting just before", COUNT),
        Column("re_inspected", "inspected again",
               "Councils whose next full inspection began after so many days", COUNT, at="events"),
        Column("share_waiting", "still waiting", "Share still waiting after it; those not "
               "over count for as long as they were seen", SHARE, then=rounded),
        Column("outcome", "last outcome",
               "Code of the kind of outcome that the wait began with; empty: not known",
               at="standing"),
        Column("outcome_read_from", "read from", "What the outcome was read from", at="basis"),
        Column("status", "state",
               "What can be said of the wait: estimated, past, beyond, unknown; or empty"),
        Column("earliest_date", "earliest", "10th percentile of waits after such an outcome", DAY),
        Column("median_date", "median", "50th percentile", DAY),
        Column("latest_date", "latest", "90th percentile; empty: the cases show no end", DAY),
        Column("share_waiting_longer", "waited longer", "Share of past cases that waited longer",
               SHARE, at="share_waiting", then=rounded),
        Column("cases", "cases", "Past cases that the window rests on", COUNT),
        Column("cases_re_inspected", "inspected again", "Of these cases, those inspected again",
               COUNT, at="events"),
        Column("is_pooled", "pooled", "Whether they are waits after any kind of outcome", FLAG),
        Column("seen_from_date", "seen from", "First day of the past cases", DAY,
               at="memory_from_date"),
        Column("seen_to_date", "seen to",
               "Last day of the past cases; reports come two months later", DAY),
        Column("told_for_date", "told for",
               "The day by which the record was read, for which the window is told", DAY,
               at="as_at"),
        # After an inadequate judgement
        Column("inadequate_areas", "judged inadequate",
               "Codes of the areas judged inadequate, joined by |"),
        Column("action_plan_due_date", "action plan due", "Day by which the action plan is due, "
               "70 working days after the report or letter; empty: it starts no such duty", DAY,
               at="action_plan", then=attrgetter("due_date")),
        Column("action_plan_latest_date", "action plan due at the latest",
               "The same, if the count began a day later", DAY, at="action_plan",
               then=attrgetter("latest_date")),
        Column("own_publication_due_date", "own publication due",
               "Day by which the council has to publish the report itself", DAY,
               at="own_publication", then=attrgetter("due_date")),
        Column("visits", "visits", "References of the visits since the report, joined by |"),
        Column("visits_on_record", "visits on record",
               "Visits on record since the report, or of the group", COUNT),
        Column("visits_complete_to_date", "visits complete to",
               "The last day to which visits of every kind are complete", DAY),
        Column("days_to_first_visit", "days to the first visit",
               "Days from the report to the first visit; empty: its day is not known", COUNT,
               at="first_visit_days"),
        Column("median_days_between_visits", "median days between visits",
               "Median of the days between visits; empty: too few", DAYS, at="gap_days"),
        Column("past_cases", "past cases", "Past waits after an inadequate judgement", COUNT),
        Column("past_cases_shorter", "shorter", "Of these, those that were shorter", COUNT),
        Column("intervention", "step", "The step's permanent reference", at="reference"),
        Column("intervention_kind", "kind", "Code of the kind of step", at="kind"),
        Column("taken_date", "taken", "Day of the step; of a month or year its first", DAY),
        Column("taken_precision", "day known to the", "How exactly it is known"),
        Column("owner_role", "owner's role", "Code of the role that answers for it"),
        Column("due_date", "due", "Day by which it is due; empty: none is set", DAY),
        Column("action_state", "state", "How far it is, as the council says", at="state"),
        Column("evidence", "evidence", "What shows it, as the council says"),
        Column("updated_date", "last update", "Day of the last update", DAY),
        Column("interventions", "steps", "References of those on record, not all; joined by |"),
        # Figures beside the inspections
        Column("measure", "measure", "Code of the measure", at="code"),
        Column("measure_name", "measure", "What is measured", at="name"),
        Column("measure_group", "about", "What the measure is about", at="group",
               then=MeasureGroup.label_of),
        Column("measure_unit", "unit", "Unit of the measure's figures", at="unit"),
        Column("decimals", "decimals", "Decimals with which the figures are published", COUNT),
        Column("period_kind", "a year is", "What a year of the measure stands for",
               at="period_words"),
        Column("is_comparable", "comparable", "Whether councils can be compared by it; not where "
               "it grows with the number of children there", FLAG),
        Column("measure_definition", "counts", "Which children, workers or pounds are counted",
               at="definition"),
        Column("numerator", "above the line",
               "Of a ratio worked out here: code of the measure above the line"),
        Column("denominator", "below the line", "Of a ratio: code of the measure below the line"),
        Column("measure_source", "source", "The published statistics", at="source"),
        Column("publisher", "publisher", "Who publishes them"),
        Column("place", "place", "Code of England or the region; empty for a council"),
        Column("year", "year", "The year in which the period ends", COUNT),
        Column("period", "period", "The period in words"),
        Column("figure", "figure", "The figure; empty: none was published, or one part of a "
               "ratio is missing", NUMBER),
        Column("symbol", "symbol", "The publisher's symbol in place of a figure: - not published, "
               "c held back, k rounds to 0, u unreliable, x not available, z not applicable"),
        Column("is_break", "break", "Whether the series begins anew with this period", FLAG),
        Column("neighbours_10th", "neighbours' 10th percentile",
               "10th percentile of the council's statistical neighbours; empty: no band", NUMBER),
        Column("neighbours_90th", "neighbours' 90th percentile",
               "90th percentile of the council's statistical neighbours", NUMBER),
        Column("neighbours", "neighbours", "Neighbours that have a figure, of the band", COUNT),
        Column("england_figure", "England", "England's own figure", NUMBER),
        Column("stands", "stands", "Where the figure stands to the neighbours' band: above, "
               "below, within, unknown"),
        Column("councils_measured", "councils", "Councils of which a figure is published", COUNT),
        Column("lowest", "lowest", "The lowest figure of a council", NUMBER),
        Column("percentile_10", "10th percentile", "10th percentile of the councils' figures",
               NUMBER),
        Column("median_figure", "median", "Median of the councils' figures", NUMBER),
        Column("percentile_90", "90th percentile", "90th percentile of the councils' figures",
               NUMBER),
        Column("highest", "highest", "The highest figure of a council", NUMBER),
        # Statements
        Column("statement", "statement",
               "The statement's permanent reference within the council", at="reference"),
        Column("statement_kind", "kind", "Code of the kind of statement", at="kind"),
        Column("stated_date", "stated", "Day on which it was stated", DAY),
        Column("stated_precision", "date known to the", "How exactly that day is known"),
        Column("said_by", "said by", "Who said it"),
        Column("what", "said", "What was said"),
        Column("value", "value", "The number or word stated"),
        Column("unit", "unit", "The unit of that value"),
        Column("expected_event", "expected", "What was expected to happen"),
        Column("expected_from_date", "expected from", "First day on which it was expected", DAY),
        Column("expected_to_date", "expected to", "Last day on which it was expected", DAY),
        Column("what_happened", "what happened", "What the record shows since"),
        Column("outcome_on_record", "outcome",
               "What the record itself says of the outcome", at="outcome"),
        Column("event_on_record", "event",
               "Reference of the event that answers it; empty: none", at="reference"),
    )
}  # fmt: skip


def of(
    path: str, *names: str, role: str = "", **others: str | Callable[[Any], Cell]
) -> tuple[Column, ...]:
    """The named facts of what a row has at the path (empty: of the row itself).

    `others` are facts found elsewhere from there: at another path, or by a function. `role`
    goes before their names, as in `earlier_grade`.
    """
    found = [replace(FACTS[name], at=_joined(path, _at(FACTS[name]))) for name in names]
    for name, where in others.items():
        if isinstance(where, str):
            found.append(replace(FACTS[name], at=_joined(path, where)))
        else:
            found.append(replace(FACTS[name], at=path, then=where))
    return tuple(_in_role(column, role) for column in found) if role else tuple(found)


def _at(column: Column) -> str:
    return column.name if column.at is None else column.at


def _joined(*parts: str) -> str:
    return ".".join(part for part in parts if part)


def _in_role(column: Column, role: str) -> Column:
    meaning = f"{ROLES[role]}: {column.meaning[0].lower()}{column.meaning[1:]}"
    return replace(column, name=f"{role}_{column.name}", meaning=meaning)


def grade_counts(grades: Iterable[Grade], path: str) -> tuple[Column, ...]:
    """A column a grade, named by its key; `path` leads to a mapping of keys to counts."""

    def count(key: str) -> Callable[[Mapping[str, int]], int]:
        return lambda counts: counts.get(key, 0)

    return tuple(
        Column(grade.key, grade.title, f"Councils that hold {grade.title}", COUNT, path,
               count(grade.key))
        for grade in grades
    )  # fmt: skip


def lane_grades(lanes: Iterable[Lane], path: str) -> tuple[Column, ...]:
    """A column a lane, named by its code, with the grade that the inspection at `path` shows."""

    def grade(code: str) -> Callable[[Any], str]:
        return lambda row: judged.grade.key if (judged := row.in_lane(code)) else ""

    return tuple(
        Column(lane.code, lane.short_name, f"Code of the grade for {lane.name.lower()}",
               at=path, then=grade(lane.code))
        for lane in lanes
    )  # fmt: skip
