"""What a document says of each event, as plain fact → value. Pure.

A report tells of one inspection, a letter of one visit, a workbook of hundreds: the rows of its
sheets that mean one inspection are joined, and where they contradict each other the fact is left
out and told as a problem.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ..records import DocumentReading, InspectionRecord, PrintedPoint, Problems, VisitRecord
from ..rules.matching import Directory, Match
from .joining import family_of, same_inspection

GRADE = "grade:"
EventRecord = InspectionRecord | VisitRecord
_KINDS = {
    "slac_reinspection": "slac",
    "child_protection_reinspection": "child_protection",
}
_PAGES = {
    "start_date": "dates", "end_date": "dates", "lead_inspector": "lead_inspector",
    "publication_date": "publication_date",
}  # fmt: skip
"""Fact → what a reading's pages call it."""
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
    record: EventRecord
    points: tuple[PrintedPoint, ...] | None = None
    actions: tuple[PrintedPoint, ...] | None = None
    joined: list[InspectionRecord] = field(default_factory=list)

    @property
    def target(self) -> str:
        """The field by which other rows name the event."""
        return "visit" if self.is_visit else "inspection"

    @property
    def start_date(self) -> date | None:
        return _day(self.facts.get("start_date"))

    @property
    def publication_date(self) -> date | None:
        return _day(self.facts.get("publication_date"))

    @property
    def label(self) -> str:
        day = self.start_date or self.publication_date
        return f"{self.council}, {self.target} of {day}"


def tellings(reading: DocumentReading, directory: Directory, problems: Problems) -> list[Telling]:
    """Everything a reading tells, council by council; what could not be placed is a problem."""
    found: list[Telling] = []
    records: list[EventRecord] = [*reading.inspections, *reading.visits]
    for record in records:
        slug = _council(record, directory, problems)
        if not slug:
            continue
        if record.kind == "lscb_review":
            problems.refuse(
                record.place, "kind of document",
                "a review of a safeguarding children board published alone",
                "an inspection of the council",
                "Enter the board's grade by hand with the inspection it belongs to.",
            )  # fmt: skip
            continue
        told = _telling(slug, record)
        home = next((one for one in found if _is_same(one, told)), None)
        if home is None:
            found.append(told)
        else:
            _join(home, told, problems)
    return found


def _council(record: EventRecord, directory: Directory, problems: Problems) -> str:
    if not record.council:
        return ""  # its own problem is in the reading
    match = match_council(record, directory)
    if not match.slug:
        problems.refuse(
            record.place, "council", match.reason,
            "a council of England's that existed on the first day",
            "If the name is right, add it to the council's aliases and import again.",
        )  # fmt: skip
    return match.slug


def match_council(record: EventRecord, directory: Directory) -> Match:
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


def _telling(slug: str, record: EventRecord) -> Telling:
    """One record's facts as the record writes them; what it does not say is left out."""
    facts = {
        "kind": _KINDS.get(record.kind or "", record.kind or ""),
        "start_date": str(record.start_date or ""),
        "end_date": str(record.end_date or ""),
        "publication_date": str(record.publication_date or ""),
        "lead_inspector": "; ".join(record.lead_inspectors),
        "improvement_points": _count(record.improvement_points),
    }
    told = Telling(
        council=slug,
        is_visit=isinstance(record, VisitRecord),
        family="visit",
        facts=facts,
        places={},
        record=record,
        points=record.improvement_points,
    )
    if isinstance(record, VisitRecord):
        facts["topic_codes"] = "|".join(record.topics)
        facts["sequence"] = str(record.sequence or "")
        facts["priority_actions"] = _count(record.priority_actions)
        told.actions = record.priority_actions
    else:
        facts = {"framework": record.framework, **facts}
        facts["has_two_periods"] = "True" if len(record.windows) > 1 else ""
        facts |= {GRADE + judged.area: judged.grade for judged in record.judgements}
        told.places |= {GRADE + judged.area: judged.place for judged in record.judgements}
        told.family, told.joined = family_of(record), [record]
    told.facts = {fact: value for fact, value in facts.items() if value}
    told.places = {fact: told.places.get(fact) or _place(fact, record) for fact in told.facts}
    return told


def _count(listed: Sequence[PrintedPoint] | None) -> str:
    return "" if listed is None else str(len(listed))


def _place(fact: str, record: EventRecord) -> str:
    """Where a fact stands: the page that the reading names, else the record's own place."""
    if fact == "publication_date" and record.publication_source in ("file name", "--published"):
        return record.publication_source
    page = record.pages.get(_PAGES.get(fact, ""))
    return record.place if page is None else f"page {page}"


def _is_same(home: Telling, told: Telling) -> bool:
    if home.is_visit or home.council != told.council or home.family != told.family:
        return False
    return any(same_inspection(one, other) for one in told.joined for other in home.joined)


def _join(home: Telling, told: Telling, problems: Problems) -> None:
    """Add one row's facts to those of another of the same inspection in the same workbook."""
    home.joined += told.joined
    for name, value in told.facts.items():
        held = home.facts.get(name)
        if held is None:
            if name not in home.places:  # not one that was left out before
                home.facts[name], home.places[name] = value, told.places[name]
        elif held != value:
            problems.leave_out(
                f"{home.places[name]}; {told.places[name]}", name,
                f"{home.label}: {held} and {value} in one workbook", "the same in all its sheets",
                "The fact is left out; compare with the report.",
            )  # fmt: skip
            del home.facts[name]


def same_value(fact: str, one: str, other: str) -> bool:
    """Are two values of a fact the same? Topics are in no order."""
    return one == other or (fact == "topic_codes" and set(one.split("|")) == set(other.split("|")))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
