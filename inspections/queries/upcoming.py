"""When may the next full inspection of each council begin?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Max, QuerySet, Subquery

from inspections.models import Inspection, Wait
from inspections.models.wait import known_to, pause_clock
from inspections.queries import events
from inspections.queries.held import Among, existing_then
from inspections.rows import Clock, CouncilRow, FrameworkBook, InspectionRow
from inspections.rules.outcomes import Standing
from inspections.rules.waits import (
    FullInspection,
    JudgedArea,
    WaitRow,
    WindowRow,
    estimates_of,
    wait_rows,
    window_of,
)

START, NAME, REGION = "start", "name", "region"
SORTS = (START, NAME, REGION)
WAIT_FIELDS = tuple(WaitRow.__slots__)
WINDOW_FIELDS = tuple(WindowRow.__slots__)
FIELDS = (
    "council__slug", "council_name", "ofsted_region", "ons_region", "inspection__reference",
    *WAIT_FIELDS, *WINDOW_FIELDS, "window_changes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Upcoming:
    """One council's open wait and its window, with the names that a list shows.

    `window_changes`: how often the window's days have changed, for calendars.
    """

    slug: str
    council_name: str
    ofsted_region: str
    ons_region: str
    reference: str
    wait: WaitRow
    window: WindowRow
    window_changes: int


@dataclass(frozen=True, slots=True)
class UpcomingPage:
    """Some of the windows. `known_to`: the last day that they rest on."""

    rows: tuple[Upcoming, ...]
    total: int
    statuses: dict[str, int]
    known_to: date | None


def upcoming(
    book: FrameworkBook,
    clock: Clock,
    *,
    among: Among,
    standing: str = "",
    status: str = "",
    sort: str = START,
    first: int = 0,
    most: int | None = None,
) -> UpcomingPage:
    """The windows of councils that exist, as kept for the present record.

    For an earlier day, or an earlier state of the record, they are worked out from what had
    been published then: the same rules, slower.
    """
    complete_to = known_to()
    if is_kept(clock, complete_to):
        return _kept(clock.as_at, complete_to, among, standing, status, sort, first, most)
    return _worked_out(book, clock, among, standing, status, sort, first, most)


def is_kept(clock: Clock, complete_to: date | None) -> bool:
    """Are the kept windows those of this clock? Not while something was published since.

    At most one query.
    """
    if not _may_be_kept(clock, complete_to):
        return False
    newest = Wait.objects.aggregate(newest=Max("publication_date"))["newest"]
    return newest is None or clock.as_at >= newest


def _may_be_kept(clock: Clock, complete_to: date | None) -> bool:
    return clock.known is None and not (complete_to and clock.as_at < complete_to)


def _kept(
    day: date,
    complete_to: date | None,
    among: Among,
    standing: str,
    status: str,
    sort: str,
    first: int,
    most: int | None,
) -> UpcomingPage:
    # Nothing has been published since, so what no report has ended is all that is in force.
    waits = Wait.objects.of_councils_existing_on(day).filter(
        among.of_waits(), next_publication_date__isnull=True
    )
    if standing:
        waits = waits.filter(standing=standing)
    statuses = dict(
        waits.order_by()
        .values_list("window_status")
        .annotate(n=Count("pk"))
        .values_list("window_status", "n")
    )
    if status:
        waits = waits.filter(window_status=status)
    earliest = F("earliest_date").asc(nulls_first=True)
    orders = {
        START: (earliest, "likeliest_date", "council_name"),
        NAME: ("council_name",),
        REGION: ("ofsted_region", earliest, "council_name"),
    }
    last = None if most is None else first + most
    rows = waits.order_by(*orders[sort]).values_list(*FIELDS)[first:last]
    total = statuses.get(status, 0) if status else sum(statuses.values())
    return UpcomingPage(
        rows=tuple(_upcoming(row) for row in rows),
        total=total,
        statuses=statuses,
        known_to=complete_to,
    )


def waits_as_known(book: FrameworkBook, clock: Clock) -> list[WaitRow]:
    """Every wait from what had been published by `as_at`, as the site held it at `known`."""
    inspections = events.inspections(book, clock, whole_service_only=True)
    closed = {row.id: row.closed_date for row in events.councils(clock)}
    return wait_rows((full_inspection(row) for row in inspections), closed)


def full_inspection(row: InspectionRow) -> FullInspection:
    """An inspection as the rules for waits read it."""
    return FullInspection(
        row.council_id,
        row.id,
        row.start_date,
        row.end_date,
        row.publication_date,
        tuple(
            JudgedArea(
                judged.area.is_overall,
                any(lane.is_leaders for lane in judged.area.lanes),
                any(lane.is_practice for lane in judged.area.lanes),
                judged.grade.is_inadequate,
                judged.grade.is_good_or_better,
            )
            for judged in row.judgements
            if not judged.area.is_part
        ),
    )


def _worked_out(
    book: FrameworkBook,
    clock: Clock,
    among: Among,
    standing: str,
    status: str,
    sort: str,
    first: int,
    most: int | None,
) -> UpcomingPage:
    day = min(filter(None, (clock.as_at, known_to(clock.known))))
    rows = waits_as_known(book, clock)
    ticking = pause_clock(clock.known)
    known = estimates_of(rows, as_at=day, clock=ticking)
    named = {
        row.id: (row.slug, row.short_name, row.ofsted_region, row.ons_region)
        for row in existing_then(clock, among)
    }
    kept = _kept_beside(clock, (row.inspection_id for row in rows))
    found = [
        Upcoming(
            *named[row.council_id],
            kept.get(row.inspection_id, ("", 0))[0],
            row,
            window_of(row, known=known, clock=ticking),
            kept.get(row.inspection_id, ("", 0))[1],
        )
        for row in rows
        if row.next_inspection_id is None
        and row.council_id in named
        and (not standing or row.standing == standing)
    ]
    statuses: dict[str, int] = {}
    for row in found:
        statuses[row.window.window_status] = statuses.get(row.window.window_status, 0) + 1
    if status:
        found = [row for row in found if row.window.window_status == status]
    found.sort(key=lambda row: _place(row, sort))
    last = None if most is None else first + most
    return UpcomingPage(tuple(found[first:last]), len(found), statuses, day)


def _upcoming(row: Sequence[Any]) -> Upcoming:
    """From the values of `FIELDS`."""
    width = 5 + len(WAIT_FIELDS)
    return Upcoming(*row[:5], WaitRow(*row[5:width]), WindowRow(*row[width:-1]), row[-1])


def _kept_beside(clock: Clock, inspections: Iterable[int]) -> dict[int, tuple[str, int]]:
    """By inspection: its reference by the clock, and how often its window has changed."""
    listed = list(inspections)
    waits = Wait.objects.filter(inspection_id__in=listed)
    changes = dict(waits.values_list("inspection_id", "window_changes"))
    found = events.held(Inspection, clock).filter(id__in=listed)
    return {pk: (named, changes.get(pk, 0)) for pk, named in found.values_list("id", "reference")}


def _place(row: Upcoming, sort: str) -> tuple:
    earliest = row.window.earliest_date or date.min
    likeliest = row.window.likeliest_date or date.max
    if sort == NAME:
        return (row.council_name,)
    by_start = (earliest, likeliest, row.council_name)
    return (row.ofsted_region, *by_start) if sort == REGION else by_start


def window_then(
    book: FrameworkBook, clock: Clock, council: CouncilRow, complete_to: date | None
) -> Upcoming | None:
    """A council's open wait as it was known on an earlier day; None before its first report."""
    if clock.known is not None:
        complete_to = known_to(clock.known)
    day = min(filter(None, (clock.as_at, complete_to)))
    rows = waits_as_known(book, clock)
    own = [row for row in rows if row.council_id == council.id and row.next_inspection_id is None]
    if not own:
        return None
    ticking = pause_clock(clock.known)
    known = estimates_of(rows, as_at=day, clock=ticking)
    window = window_of(own[0], known=known, clock=ticking)
    pk = own[0].inspection_id
    reference, changes = _kept_beside(clock, [pk])[pk]
    return Upcoming(
        council.slug, council.short_name, council.ofsted_region, council.ons_region,
        reference, own[0], window, changes,
    )  # fmt: skip


def window_on(
    book: FrameworkBook, clock: Clock, council: CouncilRow, complete_to: date | None
) -> Upcoming | None:
    """A council's open wait as kept or, for another clock than the present one, as known then.

    None without a full inspection by then. One query where it is kept.
    """
    if _may_be_kept(clock, complete_to):
        newest = Wait.objects.order_by("-publication_date").values("publication_date")[:1]
        row = (
            _open_wait(council.id)
            .annotate(newest=Subquery(newest))
            .values_list(*FIELDS, "newest")
            .first()
        )
        if row is None or row[-1] <= clock.as_at:
            return _upcoming(row[:-1]) if row else None
    return window_then(book, clock, council, complete_to)


def _open_wait(council_id: int) -> QuerySet[Wait]:
    return Wait.objects.filter(council_id=council_id, next_inspection__isnull=True)


STANDINGS = tuple(standing.value for standing in Standing)
