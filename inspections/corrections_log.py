"""What the corrections log says of a change, in words that a reader understands.

Every fact has its kind, and a reference that names its row among those of the kind. What the
log leaves out is listed in docs/operations.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone

from inspections.models import (
    AreaContinuation,
    Citation,
    Correction,
    Council,
    CouncilAlias,
    CouncilComment,
    CountedLate,
    Coverage,
    Framework,
    Grade,
    GradeScale,
    ImprovementPoint,
    Inspection,
    InspectionPause,
    Intervention,
    Judgement,
    JudgementArea,
    Lane,
    Measure,
    MeasureSeries,
    MeasureYear,
    OfficialFigure,
    PollingDay,
    Source,
    Statement,
    StatisticalNeighbour,
    Theme,
    UnreadReport,
    User,
    Visit,
)
from inspections.vocabulary import CorrectedKind as Kind

UNKNOWN = "not recorded"
OWN_WORDS = frozenset({"note", "notes", "source_text", "basis", "themes_version", "version"})
"""What the record itself adds to a fact: a release that words it anew, or sorts points by newer
themes and finds the same, corrects no fact. What a person changes in it is listed."""


@dataclass(frozen=True)
class Subject:
    """Which row a correction was of. `council` None: no council owns it. `area`: code of the
    judged area, or the number of an improvement point."""

    kind: Kind
    reference: str = ""
    council: Council | None = None
    area: str = ""
    day: date | None = None


def _of_event(kind: Kind, event: Inspection | Visit, area: str = "") -> Subject:
    day = event.start_date or event.publication_date
    return Subject(kind, event.reference, event.council, area, day)


def _area(area: JudgementArea | None) -> str:
    return f"{area.framework.code} {area.code}" if area else "nothing"


SUBJECTS: dict[type[models.Model], Callable[[Any], Subject]] = {
    Council: lambda fact: Subject(Kind.COUNCIL, council=fact),
    Inspection: lambda fact: _of_event(Kind.INSPECTION, fact),
    Visit: lambda fact: _of_event(Kind.VISIT, fact),
    Judgement: lambda fact: _of_event(Kind.JUDGEMENT, fact.inspection, fact.area.code),
    Statement: lambda fact: Subject(
        Kind.STATEMENT, fact.reference, fact.council, day=fact.stated_date
    ),
    Intervention: lambda fact: Subject(
        Kind.INTERVENTION, fact.reference, fact.council, day=fact.taken_date
    ),
    CouncilComment: lambda fact: _of_event(Kind.COMMENT, fact.inspection),
    Citation: lambda fact: _of_event(Kind.CITATION, fact.inspection or fact.visit),
    CountedLate: lambda fact: _of_event(Kind.COUNTED_LATE, fact.inspection),
    CouncilAlias: lambda fact: Subject(Kind.ALIAS, f"{fact.scheme} {fact.value}", fact.council),
    StatisticalNeighbour: lambda fact: Subject(
        Kind.NEIGHBOUR, f"{fact.model_year} {fact.rank}", fact.council
    ),
    GradeScale: lambda fact: Subject(Kind.SCALE, fact.code),
    Grade: lambda fact: Subject(Kind.GRADE, f"{fact.scale.code} {fact.code}"),
    Lane: lambda fact: Subject(Kind.LANE, fact.code),
    Framework: lambda fact: Subject(Kind.FRAMEWORK, fact.code),
    JudgementArea: lambda fact: Subject(Kind.AREA, _area(fact)),
    AreaContinuation: lambda fact: Subject(
        Kind.CONTINUATION, f"{_area(fact.earlier)} {_area(fact.later)}"
    ),
    Source: lambda fact: Subject(Kind.SOURCE, fact.key),
    OfficialFigure: lambda fact: Subject(Kind.FIGURE, fact.key, day=fact.as_at_date),
    InspectionPause: lambda fact: Subject(
        Kind.PAUSE, fact.first_date.isoformat(), day=fact.first_date
    ),
    PollingDay: lambda fact: Subject(
        Kind.POLLING_DAY, fact.polling_date.isoformat(), day=fact.polling_date
    ),
    Coverage: lambda fact: Subject(Kind.COVERAGE, fact.kind),
    UnreadReport: lambda fact: Subject(
        Kind.UNREAD, fact.start_date.isoformat(), fact.council, day=fact.start_date
    ),
    Theme: lambda fact: Subject(Kind.THEME, fact.code),
    ImprovementPoint: lambda fact: _of_event(Kind.POINT, fact.event, str(fact.number)),
    Measure: lambda fact: Subject(Kind.MEASURE, fact.code),
    MeasureYear: lambda fact: Subject(Kind.MEASURE_YEAR, f"{fact.measure.code} {fact.year}"),
    MeasureSeries: lambda fact: Subject(
        Kind.SERIES, f"{fact.measure.code} {fact.place}".strip(), fact.council
    ),
}
TOLD_BY: dict[type[models.Model], str] = {
    Judgement: "grade", Statement: "what", Intervention: "what", Citation: "source",
    CountedLate: "as_at_date",
    CouncilAlias: "value", StatisticalNeighbour: "neighbour", AreaContinuation: "kind",
    JudgementArea: "short_name", Framework: "short_name", Source: "title",
    OfficialFigure: "value", Coverage: "complete_to_date", UnreadReport: "report_url",
    ImprovementPoint: "themes", CouncilComment: "text",
    MeasureYear: "year", MeasureSeries: "cells",
}  # fmt: skip
"""The field that tells of a whole row that goes or comes; `name` for the others."""


def change_of(
    fact: models.Model,
    name: str,
    value: Any,
    *,
    reason: str,
    by: User | None,
    source_text: str = "",
) -> Correction | None:
    """The entry for one field that is about to take a new value, not saved yet.

    None for what is no published fact. Of a series only the figures that differ are told.
    """
    held = getattr(fact, name)
    old, new = shown(fact, name, held), shown(fact, name, value)
    if isinstance(fact, MeasureSeries) and name == "cells":
        old, new = fact.told(held, beside=value), fact.told(value, beside=held)
    return entry(
        fact,
        name,
        old=old or UNKNOWN,
        new=new or UNKNOWN,
        reason=reason,
        by=by,
        source_text=source_text,
    )


def row_of(fact: models.Model, *, is_new: bool, reason: str, by: User | None) -> Correction | None:
    """The entry for a row that comes to a published fact, or that goes."""
    name = TOLD_BY.get(type(fact), "name")
    if type(fact) not in SUBJECTS:
        return None
    told = shown(fact, name, getattr(fact, name))
    old, new = (UNKNOWN, told) if is_new else (told, UNKNOWN)
    found = entry(fact, name, old=old, new=new, reason=reason, by=by)
    if isinstance(fact, Council) and found is not None:
        found.council, found.event_reference = None, fact.slug
    return found


def entry(
    fact: models.Model,
    name: str,
    *,
    old: str,
    new: str,
    reason: str,
    by: User | None,
    source_text: str = "",
) -> Correction | None:
    """The entry for one field with both values in words; None as in `change_of`.

    What is too long for the log is cut: the log never refuses a fact.
    """
    if type(fact) not in SUBJECTS:
        return None
    subject = SUBJECTS[type(fact)](fact)
    return Correction(
        council=subject.council,
        kind=subject.kind,
        event_reference=_cut("event_reference", subject.reference),
        area=_cut("area", subject.area),
        field=fact._meta.get_field(name).name,
        subject_date=subject.day,
        old=_cut("old", old),
        new=_cut("new", new),
        reason=reason,
        source_text=_cut("source_text", source_text),
        corrected_at=timezone.now(),
        corrected_by=by,
    )


def shown(fact: models.Model, name: str, value: Any) -> str:
    """A value as a reader would write it; a reference to another row by that row's name."""
    field: Any = fact._meta.get_field(name)
    if value is None or value == "":
        return UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field.is_relation and not isinstance(value, models.Model):
        return str(field.related_model._default_manager.filter(pk=value).first() or value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(fact, ImprovementPoint) and name == "themes":
        return value.replace("|", ", ").replace("_", " ")
    return str(value)


def _cut(field: str, text: str) -> str:
    column: Any = Correction._meta.get_field(field)
    return text[: column.max_length]
