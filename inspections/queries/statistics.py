"""Grades held on any day, by area, region, kind of council or framework, by either clock."""

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, Count, F, QuerySet, Subquery, Sum, Value

from inspections.models import Tally
from inspections.queries.held import (
    Among,
    counted_lanes,
    existing,
    in_force_then,
    moved_since,
    shown_apart,
)
from inspections.queries.published import Published, published_figures
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
from inspections.rules.position import Reading
from inspections.vocabulary import RegionScheme

AREA, REGION, KIND, FRAMEWORK = "area", "region", "kind", "framework"
BY = (AREA, REGION, KIND, FRAMEWORK)


@dataclass(slots=True)
class Group:
    """Councils of one row: by grade key, and those without a grade, told apart.

    `not_judged`: inspected, but not graded in this area (`combined`: judged there together
    with another area or as a part of one, which is what counts).
    """

    key: str
    by_grade: Counter[str] = field(default_factory=Counter)
    combined: int = 0
    not_judged: int = 0
    not_inspected: int = 0

    @property
    def graded(self) -> int:
        """The denominator of every share."""
        return self.by_grade.total()

    @property
    def councils(self) -> int:
        return self.graded + self.combined + self.not_judged + self.not_inspected

    def count(self, codes: frozenset[str]) -> int:
        return sum(self.by_grade[code] for code in codes)

    def share(self, codes: frozenset[str]) -> float | None:
        return self.count(codes) / self.graded if self.graded else None


@dataclass(frozen=True, slots=True)
class Statistics:
    """Grades held on a day. `grades` best first; `good` the keys of good or better.

    `released`: the days of Ofsted's releases, newest first, where they have been asked for.
    """

    by: str
    lane: LaneRow
    reading: Reading
    groups: tuple[Group, ...]
    total: Group
    grades: tuple[GradeMark, ...]
    good: frozenset[str]
    published: tuple[Published, ...]
    released: tuple[date, ...] = ()


def statistics(
    book: FrameworkBook,
    *,
    by: str,
    lane: LaneRow,
    reading: Reading,
    among: Among,
    known: datetime | None = None,
) -> Statistics:
    """Counts councils by grade, in four queries whatever the number of councils.

    `by` area counts every area that a page can be switched to; the others count `lane`.
    `known`: from the record as the site held it at that moment.
    """
    if known is None:
        cells = _cells(book, by, reading, among)
        waiting = _waiting(by, reading.as_at, among, cells)
    else:
        held = in_force_then(book, Clock(reading.as_at, known), reading, among)
        cells, waiting = _cells_then(held, by, among)
    lanes = [row.code for row in book.choosable_lanes] if by == AREA else [lane.code]
    groups: dict[str, Group] = {}
    total = Group("")
    marks: dict[str, GradeMark] = {}
    counting = (counted_lanes(book), shown_apart(book))
    for group, (inspected, judged) in cells.items():
        for code in lanes:
            key = code if by == AREA else group
            _count_lane(
                groups.setdefault(key, Group(key)), code, inspected, judged, marks, *counting
            )
        _count_lane(total, lane.code, inspected, judged, marks, *counting)
    for group, number in waiting.items():
        for key in lanes if by == AREA else [group]:
            groups.setdefault(key, Group(key)).not_inspected += number
        total.not_inspected += number
    grades = book.scales({mark.scale for mark in marks.values()})
    return Statistics(
        by=by,
        lane=lane,
        reading=reading,
        groups=tuple(groups.values()),
        total=total,
        grades=grades,
        good=frozenset(grade.key for grade in grades if grade.is_good_or_better),
        published=()
        if by in {KIND, FRAMEWORK}
        else published_figures(lane, reading, among, known, is_by_area=by == AREA),
    )


Cells = dict[str, tuple[int, list[tuple[AreaRow, GradeMark, int]]]]


def _dimension(by: str, among: Among) -> str | None:
    """The column of waits and tallies that groups; None for a single group."""
    return {
        REGION: f"{among.scheme or RegionScheme.OFSTED}_region",
        KIND: "council_kind",
        FRAMEWORK: "framework_id",
    }.get(by)


def _cells(book: FrameworkBook, by: str, reading: Reading, among: Among) -> Cells:
    """By group: its number of inspected councils, and (area, grade, councils) of them.

    The kept counts of the last day on or before the reading's, and what has moved since.
    """
    name = _dimension(by, among)
    keys = (name,) if name else ()
    kept = Tally.objects.filter(day__lte=reading.as_at).order_by("-day").values("day")[:1]
    tallies = Tally.objects.filter(among.of_waits(), day=Subquery(kept)).order_by()
    first = date.min
    cells: Counter[tuple] = Counter()
    columns = ("day", *keys, "area_id", "grade_id")
    for day, *cell, number in _summed(tallies, columns, Sum("councils")):
        first = day
        cells[tuple(cell)] += number
    moved = moved_since(first, reading).filter(among.of_waits()).order_by()
    nothing = Value(None, output_field=BigIntegerField())
    inspected = moved.annotate(area=nothing, grade=nothing)
    judged = moved.filter(inspection__judgements__isnull=False).annotate(
        area=F("inspection__judgements__area_id"), grade=F("inspection__judgements__grade_id")
    )
    columns = (*keys, "area", "grade")
    both = _summed(inspected, columns, Sum("sign")).union(
        _summed(judged, columns, Sum("sign")), all=True
    )
    for *cell, number in both:
        cells[tuple(cell)] += number or 0  # None: nothing has moved
    found: Cells = {}
    for (*group, area, grade), number in cells.items():
        if not number:
            continue
        key = group[0] if group else ""
        _, held = found.setdefault(_group_key(book, by, key), (0, []))
        if area is None:
            found[_group_key(book, by, key)] = (number, held)
        else:
            held.append((book.areas[area], book.grades[grade], number))
    return found or {"": (0, [])}


def _summed(rows: QuerySet, columns: tuple[str, ...], number: Sum) -> QuerySet:
    """The sum for each combination of the columns, last in each row."""
    return rows.values(*columns).annotate(n=number).values_list(*columns, "n")


def _group_key(book: FrameworkBook, by: str, key: Any) -> str:
    return book.frameworks[key].code if by == FRAMEWORK else key


def _cells_then(
    held: list[tuple[CouncilRow, InspectionRow | None]], by: str, among: Among
) -> tuple[Cells, dict[str, int]]:
    """What `_cells` and `_waiting` count in the kept waits, from rows of the kept history."""
    numbers: Counter[str] = Counter()
    waiting: Counter[str] = Counter()
    judged: dict[str, Counter[tuple[AreaRow, GradeMark]]] = {}
    for council, row in held:
        group = _group_of(council, row, by, among)
        if row is None:
            waiting[group] += 1
            continue
        numbers[group] += 1
        counted = judged.setdefault(group, Counter())
        counted.update((given.area, given.grade) for given in row.judgements)
    cells: Cells = {
        group: (number, [(*key, n) for key, n in judged[group].items()])
        for group, number in numbers.items()
    }
    return cells, dict(waiting)


def _group_of(council: CouncilRow, row: InspectionRow | None, by: str, among: Among) -> str:
    if by == REGION:
        return getattr(council, f"{among.scheme or RegionScheme.OFSTED}_region")
    if by == KIND:
        return council.kind
    return row.framework.code if row and by == FRAMEWORK else ""


def _count_lane(
    row: Group,
    lane: str,
    inspected: int,
    judged: list[tuple[AreaRow, GradeMark, int]],
    marks: dict[str, GradeMark],
    counted_as: Mapping[Area, str],
    apart: Set[tuple[Area, str]],
) -> None:
    counted = combined = 0
    for area, grade, number in judged:
        if counted_as.get(area.key) == lane:
            row.by_grade[grade.key] += number
            marks[grade.key] = grade
            counted += number
        elif (area.key, lane) in apart:
            combined += number
    row.combined += combined
    row.not_judged += inspected - counted - combined


def _waiting(by: str, day: date, among: Among, cells: Cells) -> dict[str, int]:
    """Existing councils that the reading counts no inspection for, by group."""
    name = {REGION: f"{among.scheme or RegionScheme.OFSTED}_region", KIND: "kind"}.get(by, "")
    councils = existing(day, among).order_by()
    inspected = {group: number for group, (number, _) in cells.items()}
    if by in {AREA, FRAMEWORK}:
        return {"": councils.count() - sum(inspected.values())}
    by_group = councils.values_list(name).annotate(n=Count("pk")).values_list(name, "n")
    return {group: number - inspected.get(group, 0) for group, number in by_group}
