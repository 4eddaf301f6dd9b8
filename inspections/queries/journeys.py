"""How did councils go on from a grade: how long to the next full inspection, and what it gave?"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import FilteredRelation, Q

from inspections.models import Visit, Wait
from inspections.queries.held import Among, standing_areas
from inspections.rows import AreaRow, FrameworkBook, GradeMark, JudgementRow, LaneRow
from inspections.rules.comparison import Change, compare
from inspections.rules.survival import Observation, SurvivalCurve, kaplan_meier
from inspections.vocabulary import Status, VisitKind


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
    as_at: date,
    framework: str = "",
    among: Among | None = None,
) -> Journeys:
    """All waits of which the first inspection gave `grade` in `lane`, newest first; one query.

    A wait whose first days are not known is left out. A council that ceased to exist leaves
    on its last day, unfinished.
    """
    areas = standing_areas(book, lane)
    waits = Wait.objects.known_on(as_at).filter(
        start_date__isnull=False,
        start_date__lt=as_at,
        inspection__judgements__area__in=list(areas),
        inspection__judgements__grade__in=book.grade_keys(grade),
    )
    if framework:
        waits = waits.filter(inspection__framework__code=framework)
    if among is not None:
        waits = waits.filter(among.of_waits())
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
    found = [journey for row in rows if (journey := _journey(row, book, as_at)) is not None]
    marks = [row.grade for row in found]
    return Journeys(
        lane=lane,
        grade=marks[0] if marks else _grade_of(book, grade),
        as_at=as_at,
        journeys=tuple(found),
        curve=kaplan_meier(Observation(0, row.days, row.is_over) for row in found if row.days > 0),
    )


def _journey(row: Sequence, book: FrameworkBook, as_at: date) -> Journey | None:
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
        area=book.areas[area],
        grade=book.grades[grade],
        days=ended_days if is_over else (last_day - start).days,
        is_over=is_over,
        later_reference=next_reference if is_over else "",
        later_start_date=next_start if is_over else None,
        later_area=book.areas.get(later_area) if is_over else None,
        later_grade=book.grades.get(later_grade) if is_over else None,
    )


def _grade_of(book: FrameworkBook, key: str) -> GradeMark | None:
    return next((book.grades[pk] for pk in book.grade_keys(key)), None)


def visits_between(rows: Iterable[Journey], as_at: date) -> dict[tuple[int, date], Counter[str]]:
    """Visits by kind in each wait, by (council, first day of the wait); one query.

    A visit counts from the day after the wait's first day to the day before the next
    inspection; visits without a date, and joint ones, are left out.
    """
    listed = list(rows)
    found: dict[tuple[int, date], Counter[str]] = defaultdict(Counter)
    days: dict[int, list[tuple[str, date]]] = defaultdict(list)
    for council, kind, day in (
        Visit.objects.filter(
            status=Status.PUBLISHED,
            council_id__in={row.council_id for row in listed},
            start_date__isnull=False,
            start_date__lte=as_at,
        )
        .exclude(kind=VisitKind.JTAI)
        .order_by()
        .values_list("council_id", "kind", "start_date")
    ):
        days[council].append((kind, day))
    for row in listed:
        end = row.later_start_date or as_at
        for kind, day in days[row.council_id]:
            if row.start_date < day < end:
                found[row.council_id, row.start_date][kind] += 1
    return found
