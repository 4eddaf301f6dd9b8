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
