"""How did councils go on from a grade: how long to the next full inspection, and what it gave?"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from django.db.models import Case, Count, F, Q, QuerySet, Subquery, When

from inspections.models import Lane, LaneWait
from inspections.queries import events
from inspections.queries.held import Among, full_then, standing_areas
from inspections.queries.journey import Journey, Journeys, curve_of, journey_of
from inspections.rows import (
    AreaRow,
    Clock,
    FrameworkBook,
    GradeMark,
    InspectionRow,
    JudgementRow,
    LaneRow,
)
from inspections.vocabulary import VisitKind


def journeys(
    book: FrameworkBook,
    *,
    lane: LaneRow,
    grade: str,
    clock: Clock,
    framework: str = "",
    among: Among | None = None,
    council: str = "",
    first: int = 0,
    most: int | None = None,
) -> Journeys:
    """The waits of which the first inspection gave `grade` (its key) in `lane`; three queries.

    A wait whose first days are not known is left out. A council that ceased to exist leaves
    on its last day, unfinished. Rows are newest first, `most` from `first` on; with `most` 0
    there are none. `council`: the slug of one whose own waits are wanted too.
    With `clock.known` from the kept history.
    """
    as_at, areas = clock.as_at, standing_areas(book, lane)
    last = None if most is None else first + most
    if clock.known is not None:
        rows = [row for row in _then(book, clock, areas, grade, framework, among) if row]
        own = [row for row in rows if row.slug == council]
        return _summed(book, lane, grade, as_at, rows, rows[first:last], own)
    is_over = Q(next_publication_date__lte=as_at)
    waits = LaneWait.objects.filter(
        Q(ended_days__isnull=False) | ~is_over,
        lane=Subquery(Lane.objects.filter(code=lane.code).values("pk")),
        grade__in=book.grade_keys(grade),
        publication_date__lte=as_at,
        start_date__isnull=False,
        start_date__lt=as_at,
    ).order_by()
    if framework:
        waits = waits.filter(framework__code=framework)
    if among is not None:
        waits = waits.filter(among.of_waits())
    under: dict[str, Counter[int]] = defaultdict(Counter)
    lasting: Counter[int] = Counter()
    outcomes: Counter[GradeMark | None] = Counter()
    for key, days, start, closed, gave, number in _counted(waits, is_over):
        if days is None:
            lasting[(min(as_at, closed or as_at) - start).days] += number
        else:
            under[book.frameworks[key].code][days] += number
            outcomes[book.grades.get(gave)] += number
    finished = sum(under.values(), Counter())
    own = _rows(waits.filter(inspection__council__slug=council), book, as_at) if council else []
    return Journeys(
        lane=lane,
        grade=_grade_of(book, grade),
        as_at=as_at,
        finished=finished,
        finished_under=under,
        lasting=lasting,
        outcomes=outcomes,
        rows=() if most == 0 else tuple(_rows(waits, book, as_at, first, last)),
        own=tuple(own),
        curve=curve_of(finished, lasting),
    )


def _counted(waits: QuerySet[LaneWait], is_over: Q) -> QuerySet:
    """(framework, days, None, None, next grade, number) of waits that are over; of the others
    (framework, None, first day, last day of the council, None, number)."""
    columns = ("framework_id", "days", "since", "until", "gave", "n")
    return (
        waits.annotate(
            days=Case(When(is_over, then=F("ended_days"))),
            since=Case(When(is_over, then=None), default=F("start_date")),
            until=Case(When(is_over, then=None), default=F("closed_date")),
            gave=Case(When(is_over, then=F("next_grade_id"))),
        )
        .values(*columns[:-1])
        .annotate(n=Count("*"))
        .values_list(*columns)
    )


def _rows(
    waits: QuerySet[LaneWait],
    book: FrameworkBook,
    as_at: date,
    first: int = 0,
    last: int | None = None,
) -> list[Journey]:
    rows = waits.order_by("-start_date", "council_name").values_list(
        "inspection__council_id", "inspection__council__slug", "council_name", "closed_date",
        "framework_id", "inspection__reference", "start_date", "publication_date", "area_id",
        "grade_id", "next_inspection__reference", "next_publication_date", "ended_days",
        "next_area_id", "next_grade_id",
    )  # fmt: skip
    found = []
    for (
        *plain, framework, reference, start, published, area, given, after, later_published, days,
        later, later_given,
    ) in rows[first:last]:  # fmt: skip
        later_start = start + timedelta(days) if days is not None else None
        journey = journey_of(
            (*plain, book.frameworks[framework].code, reference, start, published,
             book.areas[area], book.grades[given], after, later_start, later_published, days,
             book.areas.get(later), book.grades.get(later_given)),
            as_at,
        )  # fmt: skip
        if journey is not None:
            found.append(journey)
    return found


def _then(
    book: FrameworkBook,
    clock: Clock,
    areas: Mapping[int, AreaRow],
    grade: str,
    framework: str,
    among: Among | None,
) -> list[Journey | None]:
    """Every wait from the kept history, newest first."""
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
                or judged.grade.key != grade
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
    found.sort(key=lambda row: (-row[6].toordinal(), row[2]))
    return [journey_of(row, clock.as_at) for row in found]


def _standing_in(row: InspectionRow | None, areas: set[tuple[str, str]]) -> JudgementRow | None:
    judged = row.judgements if row else ()
    return next((given for given in judged if given.area.key in areas), None)


def _summed(
    book: FrameworkBook,
    lane: LaneRow,
    grade: str,
    as_at: date,
    every: Sequence[Journey],
    rows: Sequence[Journey],
    own: Sequence[Journey],
) -> Journeys:
    """The sums over waits that have been read one by one."""
    under: dict[str, Counter[int]] = defaultdict(Counter)
    for row in every:
        if row.is_over:
            under[row.framework][row.days] += 1
    finished = Counter(row.days for row in every if row.is_over)
    lasting = Counter(row.days for row in every if not row.is_over)
    return Journeys(
        lane=lane,
        grade=_grade_of(book, grade),
        as_at=as_at,
        finished=finished,
        finished_under=under,
        lasting=lasting,
        outcomes=Counter(row.later_grade for row in every if row.is_over),
        rows=tuple(rows),
        own=tuple(own),
        curve=curve_of(finished, lasting),
    )


def _grade_of(book: FrameworkBook, key: str) -> GradeMark | None:
    return next((book.grades[pk] for pk in book.grade_keys(key)), None)


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
