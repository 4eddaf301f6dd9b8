"""The record's side of a comparison: events of a council, their facts, who holds each fact."""

from dataclasses import dataclass, field
from datetime import date

from inspections.models import Inspection, Judgement, JudgementArea, Source, Visit
from inspections.rules import trust
from inspections.rules.sameness import Happening, is_same, kinds_of_visit

from .entered import Entered, entered_in
from .telling import GRADE, Telling

SURE_DAYS = 7
"""A visit told so few days from the recorded one is that one; by the rule of sameness one told
further away may be, and a person decides."""
Event = Inspection | Visit
FIELDS = (
    "kind", "start_date", "end_date", "publication_date", "lead_inspector", "improvement_points",
)  # fmt: skip
INSPECTION_FIELDS = (*FIELDS, "has_two_periods")
VISIT_FIELDS = (*FIELDS, "topic_codes", "sequence", "priority_actions")


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
        entered, graded = entered_in(Inspection), entered_in(Judgement)
        visited = entered_in(Visit)
        self.inspections = [_inspection(item, entered, graded) for item in inspections]
        self.visits = [_visit(item, visited) for item in visits]

    def matches(self, told: Telling) -> list[Recorded]:
        """Recorded events that are the one told of: none, one, or too many."""
        fits = self.same(told)
        sure = [item for item in fits if _is_sure(item.event, told)]
        return sure if told.is_visit else sure or fits

    def same(self, told: Telling) -> list[Recorded]:
        """Those that are the same by the one rule, whether it is sure or not."""
        meant = Happening(
            council=told.council,
            is_visit=told.is_visit,
            kinds=_kinds_told(told),
            start_date=told.start_date,
            publication_date=told.publication_date,
        )
        rows = self.visits if told.is_visit else self.inspections
        return [item for item in rows if is_same(meant, _happening(item.event))]

    def has_earlier(self, told: Telling) -> bool:
        """Is an inspection of this framework recorded that was published before the one told of?"""
        day = told.publication_date or date.min
        events = [item.event for item in self.inspections if isinstance(item.event, Inspection)]
        return any(
            event.council.slug == told.council
            and family_of_framework(event.framework.code) == told.family
            and event.publication_date < day
            for event in events
        )


def _kinds_told(told: Telling) -> frozenset[str]:
    kind = told.facts.get("kind", "")
    if told.is_visit:
        return kinds_of_visit(kind)
    return frozenset(filter(None, {kind, told.family.split(":")[0]}))


def _happening(event: Event) -> Happening:
    """As `twins.happening`, with frameworks by family: ILACS of every year is one."""
    is_visit = isinstance(event, Visit)
    return Happening(
        council=event.council.slug,
        is_visit=is_visit,
        kinds=kinds_of_visit(event.kind)
        if isinstance(event, Visit)
        else frozenset({event.kind, family_of_framework(event.framework.code)}),
        start_date=event.start_date,
        publication_date=event.publication_date,
    )


def _is_sure(event: Event, told: Telling) -> bool:
    """Do the days leave no doubt?"""
    if told.publication_date and event.publication_date == told.publication_date:
        return True
    if not event.start_date or not told.start_date:
        return False
    if isinstance(event, Visit) and event.start_precision == "month":
        return event.start_date == told.start_date.replace(day=1)
    apart = abs((event.start_date - told.start_date).days)
    return apart <= (SURE_DAYS if told.is_visit else 0)


def _by_person(entered: Entered, pk: int, names: tuple[str, ...]) -> set[str]:
    """The facts that a person has entered: each field on its own."""
    theirs = entered.fields.get(pk, set())
    return {name for name in names if {name, f"{name}_id"} & theirs}


def _inspection(item: Inspection, entered: Entered, graded: Entered) -> Recorded:
    found = _recorded(item, entered, INSPECTION_FIELDS)
    found.values["framework"] = item.framework.code
    found.confirmed |= _by_person(entered, item.pk, ("framework",))
    found.judgements = {GRADE + j.area.code: j for j in item.judgements.all()}
    for key, judgement in found.judgements.items():
        found.values[key] = judgement.grade.code
        if _by_person(graded, judgement.pk, ("grade",)):
            found.confirmed.add(key)
    taken = [line.area_id for line in graded.withdrawn if line.inspection_id == item.pk]
    if taken:
        areas = JudgementArea.objects.filter(pk__in=taken).values_list("code", flat=True)
        found.confirmed |= {GRADE + code for code in areas}
    return found


def _visit(item: Visit, entered: Entered) -> Recorded:
    found = _recorded(item, entered, VISIT_FIELDS)
    if item.start_precision != "day":
        found.values["start_date"] = ""
    return found


def _recorded(item: Event, entered: Entered, names: tuple[str, ...]) -> Recorded:
    values = {name: getattr(item, name) for name in names}
    told = {name: "" if value is None else str(value) for name, value in values.items()}
    return Recorded(item, told, _by_person(entered, item.pk, names))
