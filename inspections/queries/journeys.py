"""How did councils go on from a grade: how long to the next full inspection, and what it gave?"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import FilteredRelation, Q

from inspections.models import Wait
from inspections.queries import events
from inspections.queries.held import Among, full_then, standing_areas
from inspections.rows import (
    AreaRow,
    Clock,
    FrameworkBook,
    GradeMark,
    InspectionRow,
    JudgementRow,
    LaneRow,
)
from inspections.rules.comparison import Change, compare
from inspections.rules.survival import Observation, SurvivalCurve, kaplan_meier
from inspections.vocabulary import VisitKind


@dataclass(frozen=True, slots=True)
class Journey:
    """One wait that began with the grade asked about. Days are calendar days.

    `days`: to the next inspection's first day, or so far. `later_area` and `later_grade` are
    None while the next has not been published, or where it did not judge the area.
    """

    council_id: int
    slug: str
    council_name: str
    framework: str
    reference: str
    start_date: date
    publication_date: date
    area: AreaRow
    grade: GradeMark
    days: int
    is_over: bool
    later_reference: str
    later_start_date: date | None
    later_area: AreaRow | None
    later_grade: GradeMark | None

    def change(self, book: FrameworkBook) -> Change | None:
        """How the grade moved; None while the wait goes on."""
        if not self.is_over:
            return None
        judged = JudgementRow(self.area, self.grade).judged
        if self.later_area is None or self.later_grade is None:
            return compare(judged, None, book.links)
        return compare(judged, JudgementRow(self.later_area, self.later_grade).judged, book.links)


@dataclass(frozen=True, slots=True)
class Journeys:
    """Every wait after one grade in one area, as known on a day, with the estimate over them."""

    lane: LaneRow
    grade: GradeMark | None
    as_at: date
    journeys: tuple[Journey, ...]
    curve: SurvivalCurve

    @property
    def over(self) -> tuple[Journey, ...]:
        return tuple(row for row in self.journeys if row.is_over)

    def outcomes(self) -> Counter[GradeMark | None]:
        """What the next inspection gave in the area; None where it did not judge it."""
        return Counter(row.later_grade for row in self.over)

    def at_risk(self, days: int) -> int:
        """Waits watched through so many days: those that were over later or still last."""
        return sum(row.days >= days for row in self.journeys)

    def place_of(self, journey: Journey) -> tuple[int, int]:
        """Of the finished waits after this grade under the same framework, which shortest.

        (place from 1, number of them); for a wait that lasts the place it would have today.
        """
        same = [row.days for row in self.over if row.framework == journey.framework]
        shorter = sum(days < journey.days for days in same)
        return shorter + 1, len(same)


def journeys(
    book: FrameworkBook,
    *,
    lane: LaneRow,
    grade: str,
    clock: Clock,
    framework: str = "",
    among: Among | None = None,
) -> Journeys:
    """All waits of which the first inspection gave `grade` in `lane`, newest first; one query.

    A wait whose first days are not known is left out. A council that ceased to exist leaves
    on its last day, unfinished. With `clock.known` from the kept history, in three queries.
    """
    as_at, areas = clock.as_at, standing_areas(book, lane)
    if clock.known is None:
        rows = _kept(book, as_at, areas, grade, framework, among)
    else:
        rows = _then(book, clock, areas, grade, framework, among)
    found = [journey for row in rows if (journey := _journey(row, as_at)) is not None]
    marks = [row.grade for row in found]
    return Journeys(
        lane=lane,
        grade=marks[0] if marks else _grade_of(book, grade),
        as_at=as_at,
        journeys=tuple(found),
        curve=kaplan_meier(Observation(0, row.days, row.is_over) for row in found if row.days > 0),
    )


def _kept(
    book: FrameworkBook,
    as_at: date,
    areas: dict[int, AreaRow],
    grade: str,
    framework: str,
    among: Among | None,
) -> Iterator[Sequence]:
    """The waits as kept, with the areas and grades that the next inspection judged."""
    waits = Wait.objects.known_on(as_at).filter(
        start_date__isnull=False,
        start_date__lt=as_at,
        inspection__judgements__area__in=list(areas),
        inspection__judgements__grade__code=grade,
    )
    if framework:
        waits = waits.filter(inspection__framework__code=framework)
    if among is not None:
        waits = waits.filter(among.of_councils("council__"))
    rows = (
        waits.annotate(
            later=FilteredRelation(
                "next_inspection__judgements",
                condition=Q(next_inspection__judgements__area__in=list(areas)),
            )
        )
        .order_by("-start_date", "council__short_name")
        .values_list(
            "council_id", "council__slug", "council__short_name", "closed_date",
            "inspection__framework__code", "inspection__reference", "start_date",
            "publication_date", "inspection__judgements__area_id",
            "inspection__judgements__grade_id", "next_inspection__reference",
            "next_start_date", "next_publication_date", "ended_days", "later__area_id",
            "later__grade_id",
        )
    )  # fmt: skip
    for *plain, area, given, reference, start, published, days, later, later_given in rows:
        yield (
            *plain, areas[area], book.grades[given], reference, start, published, days,
            areas.get(later), book.grades.get(later_given),
        )  # fmt: skip


def _then(
    book: FrameworkBook,
    clock: Clock,
    areas: dict[int, AreaRow],
    grade: str,
    framework: str,
    among: Among | None,
) -> list[Sequence]:
    """The same rows from the kept history."""
    councils = {row.id: row for row in events.councils(clock) if among is None or among.has(row)}
    standing = {area.key for area in areas.values()}
    held: dict[int, list[InspectionRow]] = defaultdict(list)
    for row in full_then(book, clock):
        held[row.council_id].append(row)
    found = []
    for council in councils.values():
        own = held[council.id]
        for row, following in zip(own, [*own[1:], None], strict=False):
            judged = _standing_in(row, standing)
            if (
                judged is None
                or judged.grade.code != grade
                or row.start_date is None
                or row.start_date >= clock.as_at
                or (framework and row.framework.code != framework)
            ):
                continue
            later = _standing_in(following, standing)
            start = following.start_date if following else None
            found.append((
                council.id, council.slug, council.short_name, council.closed_date,
                row.framework.code, row.reference, row.start_date, row.publication_date,
                judged.area, judged.grade,
                following.reference if following else None, start,
                following.publication_date if following else None,
                (start - row.start_date).days if start else None,
                later.area if later else None, later.grade if later else None,
            ))  # fmt: skip
    return sorted(found, key=lambda row: (-row[6].toordinal(), row[2]))


def _standing_in(row: InspectionRow | None, areas: set[tuple[str, str]]) -> JudgementRow | None:
    judged = row.judgements if row else ()
    return next((given for given in judged if given.area.key in areas), None)


def _journey(row: Sequence, as_at: date) -> Journey | None:
    (
        council_id, slug, name, closed, framework, reference, start, published, area, grade,
        next_reference, next_start, next_published, ended_days, later_area, later_grade,
    ) = row  # fmt: skip
    is_over = next_published is not None and next_published <= as_at
    if is_over and ended_days is None:
        return None
    last_day = min(as_at, closed) if closed else as_at
    return Journey(
        council_id=council_id,
        slug=slug,
        council_name=name,
        framework=framework,
        reference=reference,
        start_date=start,
        publication_date=published,
        area=area,
        grade=grade,
        days=ended_days if is_over else (last_day - start).days,
        is_over=is_over,
        later_reference=next_reference if is_over else "",
        later_start_date=next_start if is_over else None,
        later_area=later_area if is_over else None,
        later_grade=later_grade if is_over else None,
    )


def _grade_of(book: FrameworkBook, code: str) -> GradeMark | None:
    return next((grade for grade in book.grades.values() if grade.code == code), None)


def visits_between(rows: Iterable[Journey], clock: Clock) -> dict[tuple[int, date], Counter[str]]:
    """Visits by kind in each wait, by (council, first day of the wait); one query.

    A visit counts from the day after the wait's first day to the day before the next
    inspection; visits without a date, and joint ones, are left out.
    """
    listed = list(rows)
    found: dict[tuple[int, date], Counter[str]] = defaultdict(Counter)
    days: dict[int, list[tuple[str, date]]] = defaultdict(list)
    for visit in events.visits(clock, council_ids={row.council_id for row in listed}):
        if visit.start_date and visit.kind != VisitKind.JTAI:
            days[visit.council_id].append((visit.kind, visit.start_date))
    for row in listed:
        end = row.later_start_date or clock.as_at
        for kind, day in days[row.council_id]:
            if row.start_date < day < end:
                found[row.council_id, row.start_date][kind] += 1
    return found
