"""What does every council hold in one area on a day, by either clock?

Asked of the kept waits, so one row a council is read whatever its history. With `clock.known`
the same rows are worked out from the kept history instead.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, FilteredRelation, Q, QuerySet, When

from inspections.models import Council, CountedLate, Wait
from inspections.queries import events
from inspections.rows import (
    AreaRow,
    Clock,
    CouncilRow,
    FrameworkBook,
    GradeMark,
    InspectionRow,
    LaneRow,
)
from inspections.rules.comparison import Area
from inspections.rules.lanes import standing
from inspections.rules.position import OfstedRule, PublishedBy, Reading, usual_cut_off
from inspections.vocabulary import RegionScheme


@dataclass(frozen=True, slots=True)
class Among:
    """Which councils are asked about; empty for all.

    `region` is of `scheme`, Ofsted's or ONS's; without a scheme a region of either.
    """

    scheme: str = ""
    region: str = ""
    kind: str = ""

    def of_councils(self, prefix: str = "") -> Q:
        """The condition on councils, or on what has them at `prefix`."""
        return self._condition(prefix, "kind")

    def of_waits(self) -> Q:
        """The condition on kept waits and tallies, which repeat regions and kind."""
        return self._condition("", "council_kind")

    def _condition(self, prefix: str, kind: str) -> Q:
        condition = Q()
        if self.region:
            schemes = (self.scheme,) if self.scheme else tuple(RegionScheme)
            of_region = Q()
            for scheme in schemes:
                of_region |= Q(**{f"{prefix}{scheme}_region": self.region})
            condition &= of_region
        if self.kind:
            condition &= Q(**{f"{prefix}{kind}": self.kind})
        return condition

    def has(self, row: CouncilRow) -> bool:
        """Whether a council that has been asked for is among them."""
        schemes = (self.scheme,) if self.scheme else tuple(RegionScheme)
        regions = {getattr(row, f"{scheme}_region") for scheme in schemes}
        return (not self.region or self.region in regions) and self.kind in {"", row.kind}


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A council's full inspection in force and its judgement in the area asked about.

    `area` and `grade` are None where that inspection did not judge the area.
    """

    council_id: int
    inspection_id: int
    reference: str
    start_date: date | None
    publication_date: date
    area: AreaRow | None
    grade: GradeMark | None


def ofsteds_rule(
    day: date, cut_off: date | None = None, known: datetime | None = None
) -> OfstedRule:
    """Ofsted's reading of a day with the inspections that it counted late; one query.

    `known`: those that the site held at that moment.
    """
    late = (
        events.held(CountedLate, Clock(day, known))
        .filter(as_at_date=day)
        .values_list("inspection__council__slug", "inspection__reference")
    )
    return OfstedRule(day, cut_off or usual_cut_off(day), frozenset(late))


def standing_areas(book: FrameworkBook, lane: LaneRow) -> dict[int, AreaRow]:
    """By key: the area that stands for the lane in each framework.

    One given to the lane alone comes before a combined one; a part of another judgement
    stands for it where nothing else does.
    """
    return dict(
        standing(
            (area.framework, len(area.lanes), area.order, (pk, area))
            for pk, area in book.areas.items()
            if lane in area.lanes
        )
    )


def counted_lanes(book: FrameworkBook) -> dict[Area, str]:
    """By area: the lane for which it counts in every count of councils, the first it fills.

    Parts of a judgement count for none, as in Ofsted's figures; of two areas of a framework
    with the same first lane the one that stands for it counts, so that no council is counted
    twice.
    """
    found: dict[Area, str] = {}
    taken: set[tuple[str, str]] = set()
    for area in sorted(book.areas.values(), key=lambda area: (len(area.lanes), area.order)):
        if area.lanes and not area.is_part:
            place = (area.framework, area.lanes[0].code)
            if place not in taken:
                found[area.key] = area.lanes[0].code
                taken.add(place)
    return found


def shown_apart(book: FrameworkBook) -> frozenset[tuple[Area, str]]:
    """Areas with a lane in which their grade is shown and not counted, as nothing counts there.

    Judged together with another area, or a graded part of one, as care leavers before 2023:
    Ofsted's figures for care leavers begin in January 2023. One area a framework and lane.
    """
    counted = {(framework, lane) for (framework, _), lane in counted_lanes(book).items()}
    return frozenset(
        (area.key, lane.code)
        for lane in book.lanes
        for area in standing_areas(book, lane).values()
        if (area.framework, lane.code) not in counted
    )


def in_force(reading: Reading) -> QuerySet[Wait]:
    """The wait of each existing council that a reading of a day counts, none for the others."""
    waits = Wait.objects.of_councils_existing_on(reading.as_at)
    if isinstance(reading, PublishedBy):
        return waits.held_on(reading.as_at)
    counts, next_counts = _counting(reading)
    return waits.filter(counts).exclude(next_counts)


def _counting(reading: Reading) -> tuple[Q, Q]:
    """The conditions under which a reading counts a wait's inspection, and the next one."""
    day = reading.as_at
    if isinstance(reading, PublishedBy):
        return Q(publication_date__lte=day), Q(next_publication_date__lte=day)
    late = _late_waits(reading)
    counts = Q(start_date__isnull=True) | Q(start_date__lte=day)
    counts &= Q(publication_date__lte=reading.cut_off) | Q(inspection_id__in=late)
    next_counts = Q(next_inspection__isnull=False)
    next_counts &= Q(next_start_date__isnull=True) | Q(next_start_date__lte=day)
    next_counts &= Q(next_publication_date__lte=reading.cut_off) | Q(next_inspection_id__in=late)
    return counts, next_counts


def moved_since(first: date, reading: Reading) -> QuerySet[Wait]:
    """What a reading counts differently from what was in force on an earlier day, with `sign`.

    1: came in since; -1: in force on `first`, and its next inspection counts by now or its
    council has ceased. What was published by the earlier day and has not ended counts in both.
    """
    counts, next_counts = _counting(reading)
    exists = Q(closed_date__isnull=True) | Q(closed_date__gte=reading.as_at)
    came = Q(publication_date__gt=first) & exists & counts & ~next_counts
    existed = Q(closed_date__isnull=True) | Q(closed_date__gte=first)
    held = Q(publication_date__lte=first)
    ended = held & existed & Q(next_publication_date__gt=first) & (next_counts | ~exists)
    ceased = held & Q(
        next_publication_date__isnull=True,
        closed_date__gte=first,
        closed_date__lt=reading.as_at,
    )
    sign = Case(When(publication_date__gt=first, then=1), default=-1)
    return Wait.objects.filter(came | ended | ceased).annotate(sign=sign)


def _late_waits(reading: OfstedRule) -> list[int]:
    if not reading.counted_late:
        return []
    found = CountedLate.objects.filter(as_at_date=reading.as_at)
    return list(found.values_list("inspection_id", flat=True))


def existing(day: date, among: Among) -> QuerySet[Council]:
    """The councils of a day, those asked about."""
    return Council.objects.existing_on(day).filter(among.of_councils())


def existing_then(clock: Clock, among: Among) -> list[CouncilRow]:
    """The same as the site held them, by short name."""
    rows = events.councils(clock)
    return [row for row in rows if row.existed_on(clock.as_at) and among.has(row)]


def full_then(book: FrameworkBook, clock: Clock) -> list[InspectionRow]:
    """Full inspections as the site held them, in the order in which waits follow each other."""
    rows = events.inspections(book, clock, whole_service_only=True)
    return sorted(rows, key=lambda row: (row.publication_date, row.event_date))


def held_in_lane(
    book: FrameworkBook, clock: Clock, lane: LaneRow, reading: Reading, among: Among
) -> dict[int, HeldRow]:
    """By council: what it holds; councils not yet inspected are not there. One query.

    `clock` says only as what the site held it; the day is the reading's.
    """
    if clock.known is not None:
        return _held_as_known(book, clock, lane, reading, among)
    areas = standing_areas(book, lane)
    rows = (
        in_force(reading)
        .filter(among.of_waits())
        .annotate(
            judged=FilteredRelation(
                "inspection__judgements",
                condition=Q(inspection__judgements__area__in=list(areas)),
            )
        )
        .order_by()
        .values_list(
            "council_id",
            "inspection_id",
            "inspection__reference",
            "start_date",
            "publication_date",
            "judged__area_id",
            "judged__grade_id",
        )
    )
    return {
        council: HeldRow(council, *plain, areas.get(area), book.grades.get(grade))
        for council, *plain, area, grade in rows
    }


def _held_as_known(
    book: FrameworkBook, clock: Clock, lane: LaneRow, reading: Reading, among: Among
) -> dict[int, HeldRow]:
    found: dict[int, HeldRow] = {}
    for council, row in in_force_then(book, clock, reading, among):
        if row is None:
            continue
        judged = row.in_lane(lane.code)
        found[council.id] = HeldRow(
            council.id,
            row.id,
            row.reference,
            row.start_date,
            row.publication_date,
            judged.area if judged else None,
            judged.grade if judged else None,
        )
    return found


def in_force_then(
    book: FrameworkBook, clock: Clock, reading: Reading, among: Among
) -> list[tuple[CouncilRow, InspectionRow | None]]:
    """Each existing council asked about with the inspection that the reading counts.

    From the kept history: every inspection is read and the latest that counts is kept.
    """
    councils = existing_then(Clock(reading.as_at, clock.known), among)
    # The late ones are named by their present addresses.
    slugs = dict(Council.objects.values_list("pk", "slug"))
    shown = {row.id for row in councils}
    day = reading.cut_off if isinstance(reading, OfstedRule) else reading.as_at
    if isinstance(reading, OfstedRule) and reading.counted_late:
        day = date.max
    latest: dict[int, InspectionRow] = {}
    for row in full_then(book, Clock(day, clock.known)):
        if row.council_id in shown and _counts(reading, row, slugs[row.council_id]):
            latest[row.council_id] = row
    return [(row, latest.get(row.id)) for row in councils]


def _counts(reading: Reading, row: InspectionRow, slug: str) -> bool:
    if isinstance(reading, PublishedBy):
        return row.publication_date <= reading.as_at
    if row.start_date is not None and row.start_date > reading.as_at:
        return False
    is_late = (slug, row.reference) in reading.counted_late
    return row.publication_date <= reading.cut_off or is_late
