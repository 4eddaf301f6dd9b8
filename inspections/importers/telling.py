"""What a document says of each event, as plain fact → value. Pure.

A report tells of one inspection, a letter of one visit, a workbook of hundreds: the rows of its
sheets that mean one inspection are joined, and where they contradict each other the fact is left
out and noted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ..records import (
    NOTE,
    DocumentReading,
    ImprovementPoint,
    InspectionRecord,
    JudgementRecord,
    Problem,
    VisitRecord,
)
from ..rules.matching import Directory, Match
from .joining import family_of, same_inspection

GRADE = "grade:"
_KINDS = {
    "slac_reinspection": "slac",
    "child_protection_reinspection": "child_protection",
}
_PROVIDER = re.compile(
    r"(?i)\b(?:trust|(?:for|first) children|children first|company|limited|ltd|partnership)\b"
)


@dataclass
class Telling:
    """One event as one document tells it. ``facts`` are values as the record writes them."""

    council: str
    is_visit: bool
    family: str
    facts: dict[str, str]
    places: dict[str, str]
    record: InspectionRecord | VisitRecord
    points: tuple[ImprovementPoint, ...] | None = None
    actions: tuple[ImprovementPoint, ...] | None = None
    joined: list[InspectionRecord] = field(default_factory=list)

    @property
    def start_date(self) -> date | None:
        return _day(self.facts.get("start_date"))

    @property
    def publication_date(self) -> date | None:
        return _day(self.facts.get("publication_date"))

    @property
    def label(self) -> str:
        day = self.start_date or self.publication_date
        return f"{self.council}, {'visit' if self.is_visit else 'inspection'} of {day}"


def tellings(reading: DocumentReading, directory: Directory) -> tuple[list[Telling], list[Problem]]:
    """Everything a reading tells, council by council, and what could not be placed."""
    found: list[Telling] = []
    problems: list[Problem] = []
    for record in reading.inspections:
        slug = _council(reading, record, directory, problems)
        if not slug:
            continue
        if record.kind == "lscb_review":
            problems.append(_board_alone(reading, record))
            continue
        told = _inspection(slug, record)
        home = next((t for t in found if _is_same(t, told)), None)
        if home is None:
            found.append(told)
        else:
            problems += _join(reading.file, home, told)
    for visit in reading.visits:
        slug = _council(reading, visit, directory, problems)
        if slug:
            found.append(_visit(slug, visit))
    return found, problems


def _council(
    reading: DocumentReading,
    record: InspectionRecord | VisitRecord,
    directory: Directory,
    problems: list[Problem],
) -> str:
    if not record.council:
        return ""  # its own problem is in the reading
    match = match_council(record, directory)
    if match.slug:
        return match.slug
    problems.append(
        Problem(
            file=reading.file,
            place=record.place,
            fact="council",
            found=match.reason,
            expected="a council of England's that existed on the first day",
            advice="If the name is right, add it to the council's aliases and import again.",
            is_row=reading.layout == "workbook",
        )
    )
    return ""


def match_council(record: InspectionRecord | VisitRecord, directory: Directory) -> Match:
    """The council that a record's printed name means; title and opening sentence must mean one.

    A letter may name, in one of the two places, the company that runs the services instead.
    """
    day = record.start_date or record.publication_date
    match = directory.find(record.council, day, record.council_code)
    titled = record.council_in_title if isinstance(record, VisitRecord) else ""
    if not titled:
        return match
    other = directory.find(titled, day)
    if match.slug == other.slug:
        return match
    for found, named in ((match, titled), (other, record.council)):
        if found.slug and _PROVIDER.search(named) and not directory.names_any(named):
            return found
    reason = f'"{titled}" in the title and "{record.council}" in the opening sentence'
    return Match(reason=reason)


def _inspection(slug: str, record: InspectionRecord) -> Telling:
    facts: dict[str, str] = {"framework": record.framework}
    if record.kind:
        facts["kind"] = _KINDS.get(record.kind, record.kind)
    for name in ("start_date", "end_date", "publication_date"):
        value = getattr(record, name)
        if value:
            facts[name] = value.isoformat()
    if len(record.windows) > 1:
        facts["has_two_periods"] = "True"
    if record.lead_inspectors:
        facts["lead_inspector"] = "; ".join(record.lead_inspectors)
    if record.improvement_points is not None:
        facts["improvement_points"] = str(len(record.improvement_points))
    facts |= {GRADE + j.area: j.grade for j in record.judgements}
    return Telling(
        council=slug,
        is_visit=False,
        family=family_of(record),
        facts={key: value for key, value in facts.items() if value},
        places=_places(facts, record, record.judgements),
        record=record,
        points=record.improvement_points,
        joined=[record],
    )


def _visit(slug: str, record: VisitRecord) -> Telling:
    facts = {"kind": record.kind}
    for name in ("start_date", "end_date", "publication_date"):
        value = getattr(record, name)
        if value:
            facts[name] = value.isoformat()
    if record.topics:
        facts["topic_codes"] = "|".join(record.topics)
    if record.lead_inspectors:
        facts["lead_inspector"] = "; ".join(record.lead_inspectors)
    if record.sequence:
        facts["sequence"] = str(record.sequence)
    if record.improvement_points is not None:
        facts["improvement_points"] = str(len(record.improvement_points))
    if record.priority_actions is not None:
        facts["priority_actions"] = str(len(record.priority_actions))
    return Telling(
        council=slug,
        is_visit=True,
        family="visit",
        facts=facts,
        places=_places(facts, record, ()),
        record=record,
        points=record.improvement_points,
        actions=record.priority_actions,
    )


def _places(
    facts: Mapping[str, str],
    record: InspectionRecord | VisitRecord,
    judgements: tuple[JudgementRecord, ...],
) -> dict[str, str]:
    graded = {GRADE + j.area: j.place for j in judgements}
    pages = {
        name: f"page {record.pages[key]}"
        for name, key in (
            ("start_date", "dates"),
            ("end_date", "dates"),
            ("lead_inspector", "lead_inspector"),
            ("publication_date", "publication_date"),
        )
        if key in record.pages
    }
    if record.publication_source in ("file name", "--published"):
        pages["publication_date"] = record.publication_source
    return {name: graded.get(name) or pages.get(name) or record.place for name in facts}


def _is_same(home: Telling, told: Telling) -> bool:
    if home.is_visit or home.council != told.council or home.family != told.family:
        return False
    return any(same_inspection(told.record, other) for other in home.joined)  # type: ignore[arg-type]


def _join(file: str, home: Telling, told: Telling) -> list[Problem]:
    """Add one row's facts to those of another of the same inspection in the same workbook."""
    problems = []
    home.joined.append(told.record)  # type: ignore[arg-type]
    for name, value in told.facts.items():
        held = home.facts.get(name)
        if held is None:
            if name not in home.places:  # not one that was left out before
                home.facts[name], home.places[name] = value, told.places[name]
        elif held != value:
            problems.append(
                Problem(
                    file=file,
                    place=f"{home.places[name]}; {told.places[name]}",
                    fact=name,
                    found=f"{home.label}: {held} and {value} in one workbook",
                    expected="the same in all its sheets",
                    advice="The fact is left out; compare with the report.",
                    severity=NOTE,
                )
            )
            del home.facts[name]
    return problems


def _board_alone(reading: DocumentReading, record: InspectionRecord) -> Problem:
    return Problem(
        file=reading.file,
        place=record.place,
        fact="kind of document",
        found="a review of a safeguarding children board published alone",
        expected="an inspection of the council",
        advice="Enter the board's grade by hand with the inspection it belongs to.",
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
