"""What changed between two days, council by council, in one area?"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    FilteredRelation,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat

from inspections.models import Council, Wait
from inspections.queries.held import (
    Among,
    HeldRow,
    existing,
    existing_then,
    held_in_lane,
    in_force,
    standing_areas,
)
from inspections.queries.moved import ANY, COMPARED, Changes, Direction, Moved, Wanted
from inspections.rows import Clock, FrameworkBook, JudgementRow, LaneRow
from inspections.rules.comparison import Change, ChangeKind, compare
from inspections.rules.position import PublishedBy

BY_NAME = ("council_name", "pk")


class _Group(NamedTuple):
    """Councils alike: inspected before or not, areas and grades then and now, by key."""

    was_inspected: bool
    was_area: int | None
    was_grade: int | None
    now_area: int | None
    now_grade: int | None


def changes(
    book: FrameworkBook,
    clock: Clock,
    *,
    lane: LaneRow,
    earlier: date,
    later: date,
    among: Among,
    wanted: Wanted = ANY,
    first: int = 0,
    most: int | None = None,
) -> Changes:
    """Compares what councils of the later day held on two days, in four queries.

    By what had been published by each day. A council that did not exist on the earlier day
    has nothing there: a successor inherits no grade. Listed by name, `most` from `first` on.
    """
    last = None if most is None else first + most
    if clock.known is not None:
        moved = every_council(book, clock, lane=lane, earlier=earlier, later=later, among=among)
        listed = [row for row in moved if wanted.fits(row)]
        counted = Counter(dict.fromkeys(moved, 1))
        return _changes(lane, earlier, later, book, counted, listed[first:last], len(listed))
    held = in_force(PublishedBy(later)).filter(among.of_waits())
    listed = held.filter(publication_date__gt=earlier)
    joined = _joined(book, lane, earlier, listed)
    groups = {_kind(book, group): (group, n) for group, n in _grouped(joined)}
    counted = Counter({row: n for row, (_, n) in groups.items()})
    not_again = held.filter(publication_date__lte=earlier)
    counted[_without_change(Direction.NOT_AGAIN)] = not_again.count()
    waiting = existing(later, among).count() - counted.total()
    counted[_without_change(Direction.NOT_INSPECTED)] = waiting
    if wanted.direction == Direction.NOT_INSPECTED:
        total = waiting if wanted == Wanted(direction=wanted.direction) else 0
        rows = _not_inspected(later, among, held)[first:last] if total else ()
        found = [Moved(pk, None, None, Direction.NOT_INSPECTED, None) for pk in rows]
        return _changes(lane, earlier, later, book, counted, found, total)
    if wanted.direction == Direction.NOT_AGAIN:
        listed = not_again
        joined = _joined(book, lane, earlier, listed)
        groups = {_kind(book, group, True): (group, n) for group, n in _grouped(joined)}
    fitting = [(group, n) for row, (group, n) in groups.items() if wanted.fits(row)]
    if len(fitting) < len(groups):
        joined = _alike(joined, (group for group, _ in fitting))
    elif most:
        # The page is cut before anything is joined to it.
        page = listed.order_by(*BY_NAME).values("pk")[first:last]
        joined, first, last = joined.filter(pk__in=page), 0, None
    is_again = wanted.direction == Direction.NOT_AGAIN
    found = [_moved(book, row, is_again) for row in _rows(joined)[first:last]] if fitting else []
    return _changes(lane, earlier, later, book, counted, found, sum(n for _, n in fitting))


def _changes(
    lane: LaneRow,
    earlier: date,
    later: date,
    book: FrameworkBook,
    counted: Counter[Moved],
    rows: Iterable[Moved],
    total: int,
) -> Changes:
    directions: Counter[Direction] = Counter()
    matrix: Counter[tuple[str, str]] = Counter()
    not_comparable: Counter[str] = Counter()
    scales: set[str] = set()
    for row, number in counted.items():
        directions[row.direction] += number
        if row.direction in COMPARED:
            matrix[row.cell] += number
            scales |= {held.grade.scale for held in (row.earlier, row.later) if held and held.grade}
        elif row.direction is Direction.NOT_COMPARABLE and row.cell[0]:
            not_comparable[row.cell[0]] += number
    return Changes(
        lane, earlier, later, directions, matrix, not_comparable, book.scales(scales),
        tuple(rows), total,
    )  # fmt: skip


def _without_change(direction: Direction) -> Moved:
    return Moved(0, None, None, direction, None)


def _joined(
    book: FrameworkBook, lane: LaneRow, earlier: date, waits: QuerySet[Wait]
) -> QuerySet[Wait]:
    """Waits with their judgement in the lane, the wait of the earlier day and its judgement."""
    areas = list(standing_areas(book, lane))
    held_before = Q(council__waits__publication_date__lte=earlier) & (
        Q(council__waits__next_publication_date__isnull=True)
        | Q(council__waits__next_publication_date__gt=earlier)
    )
    return waits.annotate(
        judged=FilteredRelation(
            "inspection__judgements", condition=Q(inspection__judgements__area__in=areas)
        ),
        before=FilteredRelation("council__waits", condition=held_before),
        judged_before=FilteredRelation(
            "before__inspection__judgements",
            condition=Q(before__inspection__judgements__area__in=areas),
        ),
        now_area=F("judged__area_id"),
        now_grade=F("judged__grade_id"),
        was_area=F("judged_before__area_id"),
        was_grade=F("judged_before__grade_id"),
        was_inspected=Q(before__isnull=False),
    )


def _grouped(joined: QuerySet[Wait]) -> Iterable[tuple[_Group, int]]:
    rows = joined.order_by().values(*_Group._fields).annotate(n=Count("pk"))
    return [(_Group(*group), n) for *group, n in rows.values_list(*_Group._fields, "n")]


def _alike(joined: QuerySet[Wait], groups: Iterable[_Group]) -> QuerySet[Wait]:
    """Those of some groups, by one text each: plans of many alternatives take long to make."""
    parts: list[Any] = [Case(When(was_inspected=True, then=Value("1")), default=Value("0"))]
    for name in _Group._fields[1:]:
        parts += [Value("-"), Cast(name, CharField())]
    texts = ("-".join("" if part is None else str(int(part)) for part in group) for group in groups)
    return joined.annotate(alike=Concat(*parts, output_field=CharField())).filter(
        alike__in=list(texts)
    )


def _rows(joined: QuerySet[Wait]) -> QuerySet:
    return joined.order_by(*BY_NAME).values_list(
        "council_id", "before__inspection_id", "before__inspection__reference",
        "before__start_date", "before__publication_date", "inspection_id",
        "inspection__reference", "start_date", "publication_date", *_Group._fields,
    )  # fmt: skip


def _moved(book: FrameworkBook, row: Sequence[Any], is_again: bool) -> Moved:
    council_id, *before = row[:5]
    after, group = row[5:9], _Group(*row[9:])
    old = (
        HeldRow(council_id, *before, *_judged_as(book, group.was_area, group.was_grade))
        if group.was_inspected
        else None
    )
    new = HeldRow(council_id, *after, *_judged_as(book, group.now_area, group.now_grade))
    return _compared(council_id, old, new, book, is_again)


def _judged_as(book: FrameworkBook, area: int | None, grade: int | None) -> tuple:
    return (book.areas.get(area), book.grades.get(grade))


def _kind(book: FrameworkBook, group: _Group, is_again: bool = False) -> Moved:
    """What holds of every council of a group."""
    nothing = (0, "", None, date.min)
    return _moved(book, (0, *nothing, 1, *nothing[1:], *group), is_again)


def _compared(
    council_id: int, old: HeldRow | None, new: HeldRow, book: FrameworkBook, is_again: bool
) -> Moved:
    if is_again:
        return Moved(council_id, old, new, Direction.NOT_AGAIN, None)
    if new.area is None and (old is None or old.area is None):
        change = Change(ChangeKind.NOT_COMPARABLE, None, "not judged in either inspection")
    else:
        change = compare(_judged(old), _judged(new), book.links)
    return Moved(council_id, old, new, Direction(change.kind.value), change)


def _not_inspected(later: date, among: Among, held: QuerySet[Wait]) -> QuerySet[Council]:
    found = existing(later, among).exclude(pk__in=held.values("council_id"))
    return found.order_by("short_name").values_list("pk", flat=True)


def every_council(
    book: FrameworkBook, clock: Clock, *, lane: LaneRow, earlier: date, later: date, among: Among
) -> list[Moved]:
    """Every council by name, also those without a new inspection; as the site held them then."""
    before = held_in_lane(book, clock, lane, PublishedBy(earlier), among)
    after = held_in_lane(book, clock, lane, PublishedBy(later), among)
    found = []
    for council_id in _listed(Clock(later, clock.known), among):
        old, new = before.get(council_id), after.get(council_id)
        if new is None:
            found.append(Moved(council_id, old, None, Direction.NOT_INSPECTED, None))
        else:
            is_again = old is not None and old.inspection_id == new.inspection_id
            found.append(_compared(council_id, old, new, book, is_again))
    return found


def _listed(clock: Clock, among: Among) -> Iterable[int]:
    if clock.known is not None:
        return [row.id for row in existing_then(clock, among)]
    return existing(clock.as_at, among).order_by("short_name").values_list("pk", flat=True)


def _judged(row: HeldRow | None):
    if row is None or row.area is None or row.grade is None:
        return None
    return JudgementRow(row.area, row.grade).judged
