"""Rules about judgements: which areas and grades go together."""

from inspections.rows import Inspection, Judgement
from inspections.rules.of_record.rule import Broken, RecordRule, Rows, RuleBasis


def of_the_council(inspection: Inspection) -> list[Judgement]:
    """What the overall grade is made of: practice and leaders."""
    return [
        row for row in inspection.judgements if row.area.is_of_practice or row.area.is_of_leaders
    ]


def overall_after_its_end(rows: Rows) -> Broken:
    last_days = [row.in_force_to for row in rows.frameworks if row.has_overall]
    known = [day for day in last_days if day is not None]
    if not known or len(known) < len(last_days):
        return
    ended = max(known)
    for inspection in rows.inspections:
        if not inspection.start_date or inspection.start_date <= ended:
            continue
        for judgement in inspection.judgements:
            is_overall = any(lane.is_overall for lane in judgement.area.lanes)
            if judgement.area.is_overall or is_overall:
                yield (
                    inspection,
                    f"it began on {inspection.start_date} and has an overall grade, "
                    f"{judgement.grade.name.lower()}; overall grades ended on {ended}",
                )
                break


def area_of_another_framework(rows: Rows) -> Broken:
    for inspection in rows.inspections:
        for judgement in inspection.judgements:
            if judgement.area.framework != inspection.framework.code:
                yield (
                    inspection,
                    f"{judgement.area.short_name} is an area of {judgement.area.framework}, "
                    f"the inspection is under {inspection.framework.code}",
                )
                break


def grade_of_another_scale(rows: Rows) -> Broken:
    for inspection in rows.inspections:
        for judgement in inspection.judgements:
            if judgement.grade.scale != inspection.framework.scale:
                yield (
                    inspection,
                    f"{judgement.grade.name} is a grade of {judgement.grade.scale}, "
                    f"the framework uses {inspection.framework.scale}",
                )
                break


def practice_inadequate_overall_not(rows: Rows) -> Broken:
    for inspection in rows.inspections:
        overall = inspection.overall
        if not inspection.framework.is_whole_service or not overall:
            continue
        inadequate = [
            row
            for row in inspection.judgements
            if row.area.is_of_practice and row.grade.is_inadequate
        ]
        if inadequate and not overall.grade.is_inadequate:
            names = ", ".join(row.area.short_name.lower() for row in inadequate)
            yield (
                inspection,
                f"inadequate for {names}, but overall {overall.grade.name.lower()}",
            )


def leaders_below_a_good_overall(rows: Rows) -> Broken:
    for inspection in rows.inspections:
        overall = inspection.overall
        if not overall or not overall.grade.is_good_or_better:
            continue
        for row in inspection.judgements:
            if row.area.is_of_leaders and row.grade.order > overall.grade.order:
                yield (
                    inspection,
                    f"overall {overall.grade.name.lower()}, but {row.grade.name.lower()} "
                    f"for {row.area.short_name.lower()}",
                )


def overall_outside_its_judgements(rows: Rows) -> Broken:
    for inspection in rows.inspections:
        overall, orders = inspection.overall, [r.grade.order for r in of_the_council(inspection)]
        if not overall or not orders:
            continue
        if not min(orders) <= overall.grade.order <= max(orders):
            yield (
                inspection,
                f"overall {overall.grade.name.lower()} is better than the best judgement "
                "or worse than the worst",
            )


RULES = (
    RecordRule(
        "no-overall-grade-after-its-end",
        "Inspections that began after the last framework with an overall grade have none.",
        RuleBasis.OFSTED,
        "Ofsted, 27 November 2025: no overall effectiveness in inspections from 1 April 2026",
        overall_after_its_end,
    ),
    RecordRule(
        "area-of-its-framework",
        "A judgement's area belongs to the framework of its inspection.",
        RuleBasis.RECORD,
        "judgement_areas.csv, after the reports as printed",
        area_of_another_framework,
    ),
    RecordRule(
        "grade-of-its-scale",
        "A judgement's grade is one of the scale that the framework uses.",
        RuleBasis.RECORD,
        "grades.csv, after the reports as printed",
        grade_of_another_scale,
    ),
    RecordRule(
        "inadequate-practice-means-inadequate-overall",
        "Where help and protection, children in care or care leavers are inadequate, so is "
        "the overall grade. (Inadequate leaders alone do not make it so: 4 of 5.)",
        RuleBasis.MEASURED,
        "74 of 74 such inspections from November 2013 to March 2026, 34 of them ILACS",
        practice_inadequate_overall_not,
    ),
    RecordRule(
        "good-overall-needs-leaders-as-good",
        "An overall grade of good or outstanding comes with leaders at least as good.",
        RuleBasis.MEASURED,
        "255 of 255 such inspections from November 2013 to March 2026",
        leaders_below_a_good_overall,
    ),
    RecordRule(
        "overall-within-its-judgements",
        "The overall grade is neither better than the best judgement nor worse than the worst.",
        RuleBasis.MEASURED,
        "486 of 486 inspections with an overall grade from November 2013 to March 2026",
        overall_outside_its_judgements,
    ),
)
