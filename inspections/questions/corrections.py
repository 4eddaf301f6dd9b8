"""What has been corrected, when and why?"""

from collections.abc import Collection
from dataclasses import dataclass

from inspections.figure_rows import brief
from inspections.framework_rows import FrameworkBook
from inspections.record import Record
from inspections.rows import Correction, Council, Event, Visit
from inspections.vocabulary import CorrectedKind, CoverageKind, VisitKind

INSPECTION = CorrectedKind.INSPECTION
ASPECTS = {CorrectedKind.CITATION: "sources", CorrectedKind.COUNTED_LATE: "counted late by Ofsted"}
OF_EVENTS = frozenset(
    {INSPECTION, CorrectedKind.VISIT, CorrectedKind.JUDGEMENT, CorrectedKind.POINT, *ASPECTS}
)
"""Kinds whose reference is that of an inspection or visit."""


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry of the log with its council, if one owns the fact, and what it was of in words."""

    entry: Correction
    council: Council | None
    subject: str

    @property
    def heading(self) -> str:
        """`Camden: Inspection of July 2022`; what no council owns stands alone."""
        return f"{self.council.short_name}: {self.subject}" if self.council else self.subject

    @property
    def is_of_event(self) -> bool:
        """Is it of an inspection or visit that has a page?"""
        return self.entry.kind in OF_EVENTS


def corrections(
    record: Record, council_ids: Collection[int] | None = None, *, names: Record | None = None
) -> list[Logged]:
    """The log as the record holds it, newest first; `names`: the record that names councils."""
    named_by = names or record
    return [
        Logged(row, _council_of(named_by, row), subject(named_by, row))
        for row in record.corrections
        if council_ids is None or row.council_id in council_ids
    ]


def _council_of(record: Record, row: Correction) -> Council | None:
    return None if row.council_id is None else record.council(row.council_id)


def corrected_event(record: Record, row: Correction) -> Event | None:
    """The event that a correction was of, withdrawn or not; None for what is none."""
    if row.council_id is None or row.kind not in OF_EVENTS:
        return None
    return record.event(row.council_id, row.reference) or record.withdrawn_event(
        row.council_id, row.reference
    )


def event_name(record: Record, row: Correction) -> str:
    """`Inspection of July 2022`: what a correction was of, by what the record calls it now."""
    event = corrected_event(record, row)
    if event:
        return named(event)
    is_part = row.kind in {CorrectedKind.JUDGEMENT, CorrectedKind.POINT}
    kind = INSPECTION if is_part else CorrectedKind(row.kind)
    return f"{kind.label}{_of_month(row)}"


def named(event: Event) -> str:
    """`Inspection of July 2022`."""
    kind = VisitKind.label_of(event.kind) if isinstance(event, Visit) else "Inspection"
    return f"{kind} of {event.event_date:%B %Y}" if event.event_date else kind


def subject(record: Record, row: Correction) -> str:
    """What was corrected, in words: `Inspection of July 2022, leaders`, `Grade: Good`."""
    if row.kind == CorrectedKind.COUNCIL:
        return f"The council {row.reference}".strip()
    if row.kind == CorrectedKind.STATEMENT:
        said = _said_by(record, row)
        return f"Statement{_of_month(row)}{f' ({said})' if said else ''}"
    if row.kind in OF_EVENTS:
        name, aspect = event_name(record, row), ASPECTS.get(CorrectedKind(row.kind), "")
        if row.kind == CorrectedKind.POINT:
            aspect = f"point {row.area}"
        elif row.area:
            aspect = area_name(record, row).lower()
        return f"{name}, {aspect}" if aspect else name
    name = _row_name(record, row)
    return f"{CorrectedKind.label_of(row.kind)}: {name}" if name else row.kind


def area_name(record: Record, row: Correction) -> str:
    """The short name of the judged area, by the framework of the inspection."""
    event = corrected_event(record, row)
    areas = [area for area in record.book.areas.values() if area.code == row.area]
    if event is not None and not isinstance(event, Visit):
        areas = [area for area in areas if area.framework == event.framework.code] or areas
    return areas[-1].short_name if areas else row.area.replace("_", " ")


def _of_month(row: Correction) -> str:
    return f" of {row.subject_date:%B %Y}" if row.subject_date else ""


def _said_by(record: Record, row: Correction) -> str:
    own = record.statements_of(row.council_id) if row.council_id is not None else ()
    return next((one.said_by for one in own if one.reference == row.reference), "")


def _row_name(record: Record, row: Correction) -> str:
    """What the record calls the row now; its key where it is gone or has no other name."""
    book, codes = record.book, row.reference.split()
    if row.kind == CorrectedKind.GRADE:
        names = [
            grade.title for grade in book.grades.values() if [grade.scale, grade.code] == codes
        ]
    elif row.kind == CorrectedKind.LANE:
        names = [lane.name for lane in book.lanes if lane.code == row.reference]
    elif row.kind == CorrectedKind.FRAMEWORK:
        names = [one.short_name for one in book.in_order if one.code == row.reference]
    elif row.kind == CorrectedKind.AREA:
        names = _area_names(book, codes)
    elif row.kind == CorrectedKind.CONTINUATION:
        names = [" → ".join(_area_names(book, codes[:2]) + _area_names(book, codes[2:]))]
    elif row.kind == CorrectedKind.THEME:
        names = [one.name for one in record.themes if one.code == row.reference]
    elif row.kind == CorrectedKind.COVERAGE:
        names = [CoverageKind.label_of(row.reference)]
    elif row.kind in {CorrectedKind.POLLING_DAY, CorrectedKind.PAUSE} and row.subject_date:
        names = [f"{row.subject_date.day} {row.subject_date:%B %Y}"]
    elif row.kind == CorrectedKind.UNREAD and row.subject_date:
        names = [f"inspection from {row.subject_date.day} {row.subject_date:%B %Y}"]
    elif row.kind == CorrectedKind.ALIAS:
        names = [row.reference.partition(" ")[2]]
    elif row.kind == CorrectedKind.NEIGHBOUR and len(codes) == 2:
        names = [f"place {codes[1]} in the model of {codes[0]}"]
    else:
        names = []
    return next(filter(None, names), row.reference)


def _area_names(book: FrameworkBook, codes: list[str]) -> list[str]:
    """`Leaders (ILACS)` of a framework's code and an area's."""
    frameworks = {one.code: brief(one.short_name) for one in book.in_order}
    return [
        f"{area.short_name} ({frameworks.get(area.framework, area.framework)})"
        for area in book.areas.values()
        if [area.framework, area.code] == codes
    ]
