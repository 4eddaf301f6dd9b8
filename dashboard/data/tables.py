"""The whole record as tables: for full downloads, the data dictionary and the API."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings

from dashboard.data.writers import LICENCE, SOURCE, Column, Document, Table
from dashboard.opening import Opening
from inspections.framework_rows import FrameworkBook
from inspections.questions.corrections import Logged, corrections
from inspections.record import Record, event_key
from inspections.rows import Council, Event, Inspection, Point, Theme, Visit
from inspections.vocabulary import CoverageKind

Day, Count = date | None, int | None

COUNCIL = (
    Column(
        "ons_code", "ONS code in force now; a council may get a new one when its boundary changes"
    ),
    Column("slug", "The last part of the council's address on this site"),
    Column("name", "Name in full"),
    Column("short_name", "Short name"),
    Column("dfe_code", "The Department for Education's code"),
    Column("ofsted_urn", "Ofsted's number"),
    Column("kind", "Kind of council"),
    Column("ons_region", "ONS's region"),
    Column("ofsted_region", "Ofsted's region"),
    Column("opened_date", "First day; empty where it existed before the record", Day),
    Column("closed_date", "Last day; empty where it exists", Day),
)
OF_COUNCIL = (
    Column("ons_code", "The council's ONS code"),
    Column("council", "The last part of the council's address on this site"),
)
UNREAD = (
    *OF_COUNCIL,
    Column("start_date", "First day on site", date),
    Column("kind", "Kind of inspection"),
    Column("publication_date", "Day on which Ofsted published the report", date),
    Column("report_url", "Address of Ofsted's report, whose judgements are not known here"),
)
COVERAGE = (
    Column("kind", "Kind of fact: full inspections, or a kind of visit"),
    Column("complete_from_date", "First day covered; empty: from the first on record", Day),
    Column("complete_to_date", "Last day covered; after it absence says nothing", date),
    Column("note", "What the days leave open"),
    Column("source_text", "What was looked through"),
)
INSPECTION = (
    *OF_COUNCIL,
    Column("reference", "The inspection's permanent reference within the council"),
    Column("framework", "Code of the framework"),
    Column("kind", "Kind of inspection"),
    Column("start_date", "First day on site; empty where it is not recorded", Day),
    Column("end_date", "Last day on site; empty where it is not recorded", Day),
    Column("has_two_periods", "Whether there were days between that were not on site", bool),
    Column("publication_date", "Day on which Ofsted published the report", date),
    Column("lead_inspector", "Name as printed; empty where it is not recorded"),
    Column("improvement_points", "Number of improvement points; empty: not recorded", Count),
    Column("report_url", "Address of Ofsted's report"),
    Column("checked", "What the inspection was compared with"),
    Column("notes", "What the record adds"),
)
JUDGEMENT = (
    *OF_COUNCIL,
    Column("inspection", "The inspection's permanent reference within the council"),
    Column("start_date", "First day on site; empty where it is not recorded", Day),
    Column("publication_date", "Day on which Ofsted published the report", date),
    Column("framework", "Code of the framework"),
    Column("area", "Code of the judgement area under the framework"),
    Column("area_name", "The area's name as printed in the reports"),
    Column("lanes", "Lanes of the charts in which it is shown, joined by ~"),
    Column("is_overall", "Whether it is the overall grade; never worked out from others", bool),
    Column("scale", "Code of the scale of grades"),
    Column("grade", "Code of the grade"),
    Column("grade_name", "The grade's name"),
)
VISIT = (
    *OF_COUNCIL,
    Column("reference", "The visit's permanent reference within the council"),
    Column("kind", "Kind of visit; a visit has no grade"),
    Column("start_date", "First day; the month's first where only the month is known", Day),
    Column("start_precision", "day, month or unknown"),
    Column("end_date", "Last day; empty where it is not recorded", Day),
    Column("publication_date", "Day of the letter's publication; empty: not recorded", Day),
    Column("topic", "What the visit looked at"),
    Column("topic_codes", "Codes of topics joined by |"),
    Column("priority_actions", "Number of areas for priority action; empty: not recorded", Count),
    Column("improvement_points", "Number of improvement points; empty: not recorded", Count),
    Column("lead_inspector", "Name as printed; empty where it is not recorded"),
    Column("letter_url", "Address of Ofsted's letter"),
    Column("confidence", "How sure the record is"),
    Column("notes", "What the record adds"),
)
THEME = (
    Column("code", "The theme's code in these files"),
    Column("name", "Its name"),
    Column("short_name", "Its name where room is short"),
    Column("order", "Its place among the themes", int),
    Column("definition", "What is sorted under it"),
    Column("belongs_elsewhere", "What is sorted under other themes"),
    Column("question_1", "A question worth asking"),
    Column("question_2", "Another"),
    Column("version", "Version of the themes", int),
)
POINT = (
    *OF_COUNCIL,
    Column("event", "inspection or visit"),
    Column("reference", "The inspection's or visit's permanent reference within the council"),
    Column("number", "Number of the point, areas for priority action first", int),
    Column("kind", "improvement_point or priority_action"),
    Column("page", "Page of the report or letter", int),
    Column("themes", "Codes of the themes that it raises, joined by |; empty: of none"),
    Column("basis", "Who chose the themes: rule, person, or unsure, where a person has yet to"),
    Column("themes_version", "Version of the themes that it was sorted under", int),
)
CORRECTION = (
    *OF_COUNCIL,
    Column("kind", "What was corrected: council, inspection, visit, judgement or statement"),
    Column("event", "Reference of the event or the statement; empty: the council itself"),
    Column("area", "Code of the judged area, or number of the improvement point"),
    Column("subject", "What was corrected, in words"),
    Column("field", "Which fact of it, by the name it has in these files"),
    Column("old", "What it said before"),
    Column("new", "What it says since"),
    Column("reason", "Why"),
    Column("source", "Where that can be checked"),
    Column("corrected_at", "When", datetime),
    Column("was_ofsteds", "An error in Ofsted's own publication, not in this record", bool),
)
FRAMEWORK_AREA = (
    Column("framework", "Code of the framework"),
    Column("framework_name", "Its name"),
    Column("in_force_from", "First day in force", date),
    Column("in_force_to", "Last day in force; empty: still in force", Day),
    Column("area", "Code of the judgement area"),
    Column("area_name", "Its name as printed in the reports"),
    Column("lanes", "Lanes of the charts in which it is shown, joined by ~"),
    Column("is_overall", "Whether it is the overall grade", bool),
    Column("is_part", "Whether it is a graded part of another judgement", bool),
    Column("grades", "Codes of its grades, best first, joined by ~"),
)


def council_line(row: Council) -> tuple[Any, ...]:
    return (
        row.ons_code, row.slug, row.name, row.short_name, row.dfe_code, row.ofsted_urn,
        row.kind, row.ons_region, row.ofsted_region, row.opened_date, row.closed_date,
    )  # fmt: skip


def inspection_line(row: Inspection, council: Council) -> tuple[Any, ...]:
    return (
        council.ons_code, council.slug, row.reference, row.framework.code, row.kind,
        row.start_date, row.end_date, row.has_two_periods, row.publication_date,
        row.lead_inspector, row.improvement_points, row.report_url, row.checked, row.notes,
    )  # fmt: skip


def judgement_lines(row: Inspection, council: Council) -> list[tuple[Any, ...]]:
    return [
        (
            council.ons_code, council.slug, row.reference, row.start_date, row.publication_date,
            row.framework.code, judged.area.code, judged.area.official_name,
            "~".join(lane.code for lane in judged.area.lanes), judged.area.is_overall,
            judged.grade.scale, judged.grade.code, judged.grade.name,
        )
        for judged in row.judgements
    ]  # fmt: skip


def visit_line(row: Visit, council: Council) -> tuple[Any, ...]:
    return (
        council.ons_code, council.slug, row.reference, row.kind, row.start_date,
        row.start_precision, row.end_date, row.publication_date, row.topic, row.topic_codes,
        row.priority_actions, row.improvement_points, row.lead_inspector, row.letter_url,
        row.confidence, row.notes,
    )  # fmt: skip


def theme_line(row: Theme) -> tuple[Any, ...]:
    return tuple(getattr(row, column.name) for column in THEME)


def point_line(row: Point, event: Event, council: Council) -> tuple[Any, ...]:
    return (
        council.ons_code, council.slug, event_key(event)[0], event.reference, row.number,
        row.kind, row.page, "|".join(row.themes), row.basis, row.themes_version,
    )  # fmt: skip


def correction_line(row: Logged) -> tuple[Any, ...]:
    entry = row.entry
    codes = (row.council.ons_code, row.council.slug) if row.council else ("", "")
    return (
        *codes, entry.kind, entry.reference, entry.area,
        row.subject, entry.field, entry.old, entry.new, entry.reason, entry.source,
        entry.corrected_at, entry.was_ofsteds,
    )  # fmt: skip


def area_lines(book: FrameworkBook) -> list[tuple[Any, ...]]:
    return [
        (
            row.code, row.name, row.in_force_from, row.in_force_to, area.code,
            area.official_name, "~".join(lane.code for lane in area.lanes), area.is_overall,
            area.is_part, "~".join(grade.code for grade in book.scale(row.scale)),
        )
        for row in book.in_order
        for area in row.areas
    ]  # fmt: skip


def coverage_lines(record: Record) -> list[tuple[Any, ...]]:
    held = record.coverage
    return [
        (
            kind.value, held[kind].complete_from_date, held[kind].complete_to_date,
            held[kind].note, held[kind].source_text,
        )
        for kind in CoverageKind
        if kind in held
    ]  # fmt: skip


def unread_lines(record: Record, day: date) -> list[tuple[Any, ...]]:
    return [
        (
            record.council(row.council_id).ons_code, record.council(row.council_id).slug,
            row.start_date, row.kind, row.publication_date, row.report_url,
        )
        for row in record.unread_by(day).values()
    ]  # fmt: skip


def tables(record: Record, now: Record, day: date) -> tuple[Table, ...]:
    """Every public table as at the clocks; `now` names what corrections were of."""
    by_id = record.council_by_id
    inspections = [row for row in record.inspections if row.publication_date <= day]
    visits = [row for row in record.visits if row.is_public_by(day)]

    def of(rows: Sequence[Any], line: Any) -> tuple[Any, ...]:
        return tuple(line(row, by_id[row.council_id]) for row in rows)

    judged = (line for row in inspections for line in judgement_lines(row, by_id[row.council_id]))
    logged = corrections(record, names=now)
    events: tuple[Event, ...] = (*inspections, *visits)
    points = tuple(
        point_line(point, event, by_id[event.council_id])
        for event in events
        for point in record.points_of(event)
    )
    return (
        Table("councils", COUNCIL, tuple(council_line(row) for row in record.councils)),
        Table("inspections", INSPECTION, of(inspections, inspection_line)),
        Table("judgements", JUDGEMENT, tuple(judged)),
        Table("visits", VISIT, of(visits, visit_line)),
        Table("themes", THEME, tuple(theme_line(row) for row in record.themes)),
        Table("improvement_points", POINT, points),
        Table("corrections", CORRECTION, tuple(correction_line(row) for row in logged)),
        Table("judgement_areas", FRAMEWORK_AREA, tuple(area_lines(record.book))),
        Table("unread_reports", UNREAD, tuple(unread_lines(record, day))),
        Table("coverage", COVERAGE, tuple(coverage_lines(record))),
    )


TABLES = {
    "councils": COUNCIL,
    "inspections": INSPECTION,
    "judgements": JUDGEMENT,
    "visits": VISIT,
    "themes": THEME,
    "improvement_points": POINT,
    "corrections": CORRECTION,
    "judgement_areas": FRAMEWORK_AREA,
    "unread_reports": UNREAD,
    "coverage": COVERAGE,
}


def document(start: Opening) -> Document:
    """The whole record as one document."""
    head = (
        ("As at", start.day.isoformat()),
        ("Known", start.known.isoformat() if start.known else "now"),
        ("Record version", str(start.now.version)),
        ("Source", SOURCE),
        ("Licence", LICENCE),
        ("Address", settings.SITE_URL + start.state.url("/data/")),
    )
    return Document(
        "Inspections of children's services in England: the record",
        f"inspections-record-as-at-{start.day}",
        head,
        tables(start.record, start.now, start.day),
    )
