"""Plain rows for statistics: councils, full inspections by area, visits.

Read once, then asked many questions through rules/position.py. Everything, so for commands and
tests; pages ask narrower questions.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from inspections.models import (
    Citation,
    Council,
    CountedLate,
    Inspection,
    Judgement,
    JudgementArea,
    Visit,
)
from inspections.rules.position import CouncilRow, InspectionRow
from inspections.vocabulary import Confidence, SourceKind, Status


@dataclass(frozen=True, slots=True)
class EventFact:
    """An inspection or visit for counting activity.

    ``is_official``: in Ofsted's own lists. ``listed_in``: keys of the workbooks cited for a
    visit, each of which lists the visits of its year.
    """

    council: str
    reference: str
    kind: str
    framework: str
    start_date: date | None
    publication_date: date | None
    is_official: bool
    listed_in: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """The record for statistics. Grades of an inspection are by lane; see `counted_areas`."""

    councils: tuple[CouncilRow, ...]
    regions: dict[str, tuple[str, str]]
    inspections: tuple[InspectionRow, ...]
    frameworks: dict[tuple[str, str], str]
    events: tuple[EventFact, ...]
    counted_late: dict[date, frozenset[tuple[str, str]]]

    def councils_of(self, scheme: str, region: str) -> tuple[CouncilRow, ...]:
        """Councils of a region by Ofsted's or ONS's scheme; all without a region."""
        if not region:
            return self.councils
        place = 0 if scheme == "ofsted" else 1
        return tuple(row for row in self.councils if self.regions[row.slug][place] == region)

    def inspections_under(self, frameworks: frozenset[str]) -> tuple[InspectionRow, ...]:
        """Full inspections under these frameworks; all without any."""
        if not frameworks:
            return self.inspections
        return tuple(
            row
            for row in self.inspections
            if self.frameworks[row.council, row.reference] in frameworks
        )


def counted_areas() -> dict[int, str]:
    """Area → the lane for which it counts in statistics: the first it fills.

    A combined judgement counts once: Ofsted's figures for children in care include the
    combined judgement of 2018 to 2022, those for care leavers do not. Parts of another
    judgement are left out.
    """
    lanes: dict[int, str] = {}
    for area, lane in (
        JudgementArea.objects.filter(is_part=False, lanes__isnull=False)
        .order_by("lanes__order")
        .values_list("pk", "lanes__code")
    ):
        lanes.setdefault(area, lane)
    return lanes


def all_facts() -> Facts:
    """Everything that is public, in seven queries."""
    councils, regions = [], {}
    for slug, opened, closed, is_continuing, ofsted, ons in Council.objects.order_by(
        "slug"
    ).values_list(
        "slug", "opened_date", "closed_date", "is_continuing_record", "ofsted_region", "ons_region"
    ):
        councils.append(CouncilRow(slug, opened, closed, is_continuing))
        regions[slug] = (ofsted, ons)
    lanes = counted_areas()
    grades: dict[int, dict[str, str]] = defaultdict(dict)
    for inspection, area, grade in Judgement.objects.filter(
        inspection__status=Status.PUBLISHED
    ).values_list("inspection_id", "area_id", "grade__code"):
        if area in lanes:
            grades[inspection][lanes[area]] = grade
    inspections, frameworks, happened = [], {}, []
    for pk, council, reference, framework, is_whole, kind, start, published in (
        Inspection.objects.public()
        .order_by("publication_date", "pk")
        .values_list(
            "pk",
            "council__slug",
            "reference",
            "framework__code",
            "framework__is_whole_service",
            "kind",
            "start_date",
            "publication_date",
        )
    ):
        happened.append(EventFact(council, reference, kind, framework, start, published, True))
        if is_whole:
            inspections.append(InspectionRow(council, reference, start, published, grades[pk]))
            frameworks[council, reference] = framework
    listed: dict[int, set[str]] = defaultdict(set)
    for visit, source in Citation.objects.filter(
        visit__isnull=False, source__kind=SourceKind.WORKBOOK
    ).values_list("visit_id", "source__key"):
        listed[visit].add(source)
    visits = Visit.objects.public().values_list(
        "pk", "council__slug", "reference", "kind", "start_date", "publication_date", "confidence"
    )
    for pk, council, reference, kind, start, published, confidence in visits:
        happened.append(
            EventFact(
                council,
                reference,
                kind,
                framework="",
                start_date=start,
                publication_date=published,
                is_official=confidence == Confidence.OFFICIAL,
                listed_in=frozenset(listed[pk]),
            )
        )
    late: dict[date, set[tuple[str, str]]] = defaultdict(set)
    for day, council, reference in CountedLate.objects.values_list(
        "as_at_date", "inspection__council__slug", "inspection__reference"
    ):
        late[day].add((council, reference))
    return Facts(
        councils=tuple(councils),
        regions=regions,
        inspections=tuple(inspections),
        frameworks=frameworks,
        events=tuple(happened),
        counted_late={day: frozenset(rows) for day, rows in late.items()},
    )
