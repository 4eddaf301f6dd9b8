"""The record's side of a comparison: events of a council, their facts, who holds each fact."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from inspections.models import Inspection, Judgement, Source, Visit
from inspections.rules import trust

from .telling import GRADE, Telling, same_event

Event = Inspection | Visit
INSPECTION_FIELDS = (
    "kind",
    "start_date",
    "end_date",
    "has_two_periods",
    "publication_date",
    "lead_inspector",
    "improvement_points",
)
VISIT_FIELDS = (
    "kind",
    "start_date",
    "end_date",
    "publication_date",
    "topic_codes",
    "lead_inspector",
    "sequence",
    "improvement_points",
    "priority_actions",
)


@dataclass
class Recorded:
    """One recorded event: fact → value as text ("" unknown), and what a person confirmed."""

    event: Event
    values: dict[str, str]
    confirmed: set[str] = field(default_factory=set)
    judgements: dict[str, Judgement] = field(default_factory=dict)

    def holder_rank(self, fact: str, newest_year: int | None) -> tuple[int, int]:
        """The trust of the best source that says what the record holds.

        Sources are those whose reading equals the value, else those cited for the event.
        """
        if fact in self.confirmed:
            return trust.PERSON
        sources: list[Source] = [
            reading.source
            for reading in self.event.readings.all()
            if reading.fact == fact and reading.value == self.values.get(fact, "")
        ]
        if not sources:
            sources = [citation.source for citation in self.event.citations.all()]
        ranks = [trust.rank(s.kind, s.key, newest_year) for s in sources]
        return max(ranks, default=trust.OTHER)

    def sources_of_kind(self, kind: str) -> set[Source]:
        """Sources of this kind whose readings of this event are kept."""
        return {r.source for r in self.event.readings.all() if r.source.kind == kind}


def family_of_framework(code: str) -> str:
    return "ilacs" if code.startswith("ilacs") else code


class CouncilRecord:
    """Every recorded event of some councils, fetched in a fixed number of queries."""

    def __init__(self, slugs: set[str]) -> None:
        inspections = (
            Inspection.objects.filter(council__slug__in=slugs)
            .select_related("council", "framework")
            .prefetch_related(
                "judgements__area",
                "judgements__grade",
                "citations__source",
                "readings__source",
            )
        )
        visits = (
            Visit.objects.filter(council__slug__in=slugs)
            .select_related("council")
            .prefetch_related("citations__source", "readings__source")
        )
        by_person = _entered_by_a_person(Inspection), _entered_by_a_person(Judgement)
        visited = _entered_by_a_person(Visit)
        self.inspections = [_inspection(item, *by_person) for item in inspections]
        self.visits = [_visit(item, visited) for item in visits]

    def matches(self, told: Telling) -> list[Recorded]:
        """Recorded events that may be the one told of: none, one, or too many."""
        if told.is_visit:
            return [item for item in self.visits if _same_visit(item.event, told)]  # type: ignore[arg-type]
        fits = [
            item
            for item in self.inspections
            if item.event.council.slug == told.council
            and same_event(
                told,
                start=item.event.start_date,
                published=item.event.publication_date,
                family=family_of_framework(item.event.framework.code),  # type: ignore[union-attr]
            )
        ]
        exact = [
            item
            for item in fits
            if (told.start_date and item.event.start_date == told.start_date)
            or (told.publication_date and item.event.publication_date == told.publication_date)
        ]
        return exact or fits


def _same_visit(visit: Visit, told: Telling) -> bool:
    if visit.council.slug != told.council or told.start_date is None:
        return False
    kinds = {visit.kind, told.facts["kind"]}
    same_kind = len(kinds) == 1 or kinds == {"focused_visit", "assurance_visit"}
    if not same_kind:
        return False
    if visit.start_date and visit.start_precision == "day":
        return abs((visit.start_date - told.start_date).days) <= 7
    if visit.start_date and visit.start_precision == "month":
        return _month(visit.start_date) == _month(told.start_date)
    return bool(
        visit.publication_date
        and told.publication_date
        and visit.publication_date == told.publication_date
    )


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _entered_by_a_person(model: type[Inspection] | type[Visit] | type[Judgement]) -> set[int]:
    return set(model.history.filter(history_user__isnull=False).values_list("id", flat=True))


def _inspection(item: Inspection, by_person: set[int], grades_by_person: set[int]) -> Recorded:
    values = {name: _text(getattr(item, name)) for name in INSPECTION_FIELDS}
    values["framework"] = item.framework.code
    judgements = {GRADE + j.area.code: j for j in item.judgements.all()}
    values |= {key: j.grade.code for key, j in judgements.items()}
    confirmed = {*INSPECTION_FIELDS, "framework"} if item.pk in by_person else set()
    confirmed |= {key for key, j in judgements.items() if j.pk in grades_by_person}
    return Recorded(item, values, confirmed, judgements)


def _visit(item: Visit, by_person: set[int]) -> Recorded:
    values = {name: _text(getattr(item, name)) for name in VISIT_FIELDS}
    if item.start_precision != "day":
        values["start_date"] = ""
    return Recorded(item, values, set(VISIT_FIELDS) if item.pk in by_person else set())


def _text(value: object) -> str:
    return "" if value is None else str(value)
