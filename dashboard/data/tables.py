"""The whole record as tables: for full downloads, the data dictionary and the API."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from dashboard.data import figures
from dashboard.data.columns import IDS, codes, of
from dashboard.data.document import SOURCE, STATISTICS, Document, Table, head_of
from dashboard.state.opening import Opening
from dashboard.words.presenters import ofsted_page
from inspections.country_rows import Coverage
from inspections.framework_rows import Area, Framework, FrameworkBook, Grade
from inspections.questions.asked_for import is_read
from inspections.questions.corrections import Logged, corrections
from inspections.record import Record
from inspections.rows import (
    Correction,
    Council,
    Event,
    Inspection,
    Judgement,
    Point,
    UnreadReport,
    Visit,
)
from inspections.rules.duties import duties_of, letter_plan_of
from inspections.vocabulary import CorrectedKind, CoverageKind


def plan_due(inspection: Inspection | UnreadReport) -> date | None:
    duties = duties_of(inspection)
    return duties.action_plan.due_date if duties else None


def plan_latest(inspection: Inspection | UnreadReport) -> date | None:
    duties = duties_of(inspection)
    return duties.action_plan.latest_date if duties else None


def own_publication_due(inspection: Inspection | UnreadReport) -> date | None:
    duties = duties_of(inspection)
    return duties.own_publication.due_date if duties else None


def letter_plan_due(visit: Visit) -> date | None:
    plan = letter_plan_of(visit)
    return plan.due_date if plan else None


class EventFact(NamedTuple):
    """An inspection, a visit or a report, with its council; of a visit also the themes of its
    points, None where they are not on record."""

    council: Council
    event: Any
    themes: tuple[str, ...] | None = None


class Judged(NamedTuple):
    """One judgement with its inspection and its council."""

    council: Council
    event: Inspection
    judged: Judgement


class Graded(NamedTuple):
    """An area of a framework with the grades that it may be given."""

    framework: Framework
    area: Area
    grades: tuple[Grade, ...]


class Asking(NamedTuple):
    """One thing that inspectors asked for, with its report or letter and its council."""

    council: Council
    event: Event
    point: Point


def reference_of(kind: type[Event]) -> Callable[[Event], str]:
    return lambda event: event.reference if isinstance(event, kind) else ""


def corrected_field(row: Logged) -> str:
    return field_name(row.entry.kind, row.entry.field)


def corrected_area(entry: Correction) -> str:
    """The code of a corrected judgement's area; a point has its number there."""
    return "" if entry.kind == CorrectedKind.POINT else entry.area


def corrected_point(entry: Correction) -> int | None:
    return int(entry.area) if entry.kind == CorrectedKind.POINT else None


COUNCIL = of(
    "", *IDS, "council_name", "dfe_code", "ofsted_number", "council_kind", "ons_region",
    "ofsted_region", "opened_date", "closed_date", ofsted_page=ofsted_page,
)  # fmt: skip
OF_COUNCIL = of("council", *IDS)
INSPECTION = (
    *OF_COUNCIL,
    *of(
        "event", "inspection", "framework", "inspection_kind", "start_date", "end_date",
        "has_two_periods", "publication_date", "lead_inspector", "improvement_points",
        "report_url", "checked", "notes", action_plan_due_date=plan_due,
        action_plan_latest_date=plan_latest, own_publication_due_date=own_publication_due,
    ),
)  # fmt: skip
JUDGEMENT = (
    *OF_COUNCIL,
    *of("event", "inspection", "start_date", "end_date", "publication_date", "framework"),
    *of("judged", "area", "area_name", "lanes", "is_overall", "scale", "grade", "grade_name"),
    *of("event", "notes", "report_url"),
)
VISIT = (
    *OF_COUNCIL,
    *of(
        "event", "visit", "visit_kind", "start_date", "start_precision", "end_date",
        "publication_date", "topic", "topic_codes", "priority_actions", "improvement_points",
        "lead_inspector", "letter_url", "confidence", "notes",
        action_plan_due_date=letter_plan_due,
    ),
    *of("council", "ons_region"),
    *of("", "themes"),
)  # fmt: skip
THEME = of(
    "", "theme", "theme_name", "theme_short_name", "theme_order", "definition",
    "belongs_elsewhere", "question_1", "question_2", themes_version="version",
)  # fmt: skip
POINT = (
    *OF_COUNCIL,
    *of("event", inspection=reference_of(Inspection), visit=reference_of(Visit)),
    *of("point", "point_number", "point_kind", "page", "themes", "themes_basis", "themes_version"),
)
CORRECTION = (
    *OF_COUNCIL,
    *of("entry", "corrected_kind", "event", area=corrected_area, point_number=corrected_point),
    *of("", "subject", field=corrected_field),
    *of("entry", "old", "new", "reason", "corrected_at", "was_ofsteds", source_text="source"),
)
FRAMEWORK_AREA = (
    *of("framework", "framework_name", "in_force_from", "in_force_to", framework="code"),
    *of("area", "is_part", area="code", area_name="official_name", lanes="lanes",
        is_overall="is_overall"),
    *of("grades", grades=codes),
)  # fmt: skip
UNREAD = (
    *OF_COUNCIL,
    *of(
        "event", "start_date", "inspection_kind", "publication_date", "report_url",
        action_plan_due_date=plan_due, action_plan_latest_date=plan_latest,
        own_publication_due_date=own_publication_due,
    ),
)  # fmt: skip
STATEMENT = of(
    "said", "statement", "statement_kind", "stated_date", "stated_precision", "said_by", "what",
    "value", "unit", "expected_event", "expected_from_date", "expected_to_date", "source_text",
    "source_url",
)  # fmt: skip
INTERVENTION = (
    *OF_COUNCIL,
    *of(
        "event", "intervention", "intervention_kind", "taken_date", "taken_precision", "what",
        "source_text", "source_url",
    ),
)  # fmt: skip
COVERAGE = of(
    "", "covered_kind", "complete_from_date", "complete_to_date", "source_text", notes="note"
)
OF_FIGURES = frozenset({"measures", "figures"})
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
    "interventions": INTERVENTION,
    "coverage": COVERAGE,
    "measures": figures.MEASURE,
    "figures": figures.FIGURE,
}
CORRECTED = {
    CorrectedKind.COUNCIL: COUNCIL,
    CorrectedKind.INSPECTION: INSPECTION,
    CorrectedKind.VISIT: VISIT,
    CorrectedKind.STATEMENT: STATEMENT,
    CorrectedKind.UNREAD: UNREAD,
    CorrectedKind.INTERVENTION: INTERVENTION,
    CorrectedKind.COVERAGE: COVERAGE,
    CorrectedKind.MEASURE: figures.MEASURE,
    CorrectedKind.THEME: THEME,
    CorrectedKind.POINT: POINT,
}


def field_name(kind: str, field: str) -> str:
    """The name that a fact of a kind of thing has in these files; its own where it is in none."""
    columns = CORRECTED.get(CorrectedKind(kind), ())
    return next((column.name for column in columns if column.steps[-1:] == (field,)), field)


def facts(rows: Iterable[Any], record: Record) -> Iterator[EventFact]:
    return (EventFact(record.council(row.council_id), row) for row in rows)


def visited(rows: Iterable[Visit], record: Record) -> Iterator[EventFact]:
    """Visits with the themes of their points, in the themes' order."""
    order = list(record.theme_by_code)
    for row in rows:
        raised = {theme for point in record.points_of(row) for theme in point.themes}
        themes = tuple(code for code in order if code in raised)
        yield EventFact(
            record.council(row.council_id), row, themes if is_read(record, row) else None
        )


def judged(rows: Iterable[EventFact]) -> Iterator[Judged]:
    return (Judged(row.council, row.event, given) for row in rows for given in row.event.judgements)


def graded_areas(book: FrameworkBook) -> list[Graded]:
    return [Graded(row, area, book.scale(row.scale)) for row in book.in_order for area in row.areas]


def covered(record: Record) -> list[Coverage]:
    return [record.coverage[kind] for kind in CoverageKind if kind in record.coverage]


def tables(
    record: Record, now: Record, day: date, names: Collection[str] | None = None
) -> tuple[Table, ...]:
    """The public tables as at the clocks, or those named; `now` names what corrections were of."""
    inspections = list(
        facts((row for row in record.inspections if row.publication_date <= day), record)
    )
    visits = list(visited((row for row in record.visits if row.is_public_by(day)), record))
    stepped = [row for row in record.interventions if row.is_public_by(day)]
    unread: Iterable[UnreadReport] = record.unread_by(day).values()
    rows: dict[str, Iterable[Any]] = {
        "councils": record.councils,
        "inspections": inspections,
        "judgements": judged(inspections),
        "visits": visits,
        "themes": record.themes,
        "improvement_points": (
            Asking(row.council, row.event, point)
            for row in (*inspections, *visits)
            for point in record.points_of(row.event)
        ),
        "corrections": corrections(record, names=now),
        "judgement_areas": graded_areas(record.book),
        "unread_reports": facts(unread, record),
        "interventions": facts(stepped, record),
        "coverage": covered(record),
        "measures": record.measures.measures,
        "figures": figures.counted(record, day),
    }
    return tuple(
        Table(name, columns, tuple(rows[name]))
        for name, columns in TABLES.items()
        if names is None or name in names
    )


def document(start: Opening, names: Collection[str] | None = None) -> Document:
    """The whole record as one document, or the tables named."""
    source = f"{SOURCE}; figures: {STATISTICS}"
    if names is not None:
        source = STATISTICS if set(names) <= OF_FIGURES else SOURCE
    return Document(
        "Inspections of children's services in England: the record",
        f"inspections-record-as-at-{start.day}",
        head_of(start, "/data/", ("Record version", str(start.now.version)), source=source),
        tables(start.record, start.now, start.day, names),
    )
