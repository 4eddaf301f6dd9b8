"""Which councils hold an inadequate judgement, and what has come since?"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median

from django.db.models.functions import Coalesce

from inspections.models import Judgement, Wait
from inspections.models.wait import known_to
from inspections.queries import events
from inspections.queries.held import Among, in_force_then
from inspections.queries.past_cases import PastCases, inadequate_in, past_cases
from inspections.queries.upcoming import Upcoming, upcoming
from inspections.rows import (
    Clock,
    CouncilRow,
    FrameworkBook,
    InspectionRow,
    JudgementRow,
    VisitRow,
)
from inspections.rules.position import PublishedBy
from inspections.rules.working_days import Deadline, action_plan_deadline, publication_deadline
from inspections.vocabulary import Confidence, VisitKind

BEGUN = Coalesce("start_date", "publication_date")
"""The day an inspection counts from; databases differ in where they sort a missing one."""


@dataclass(frozen=True, slots=True)
class MonitoringVisit:
    """A recorded monitoring or assurance visit after the report. `day` None: not known."""

    reference: str
    kind: str
    day: date | None
    precision: str
    publication_date: date | None
    is_official: bool


@dataclass(frozen=True, slots=True)
class Tracked:
    """A council in whose latest full inspection something was judged inadequate."""

    council_id: int
    slug: str
    council_name: str
    ofsted_region: str
    framework: str
    reference: str
    start_date: date | None
    publication_date: date
    has_overall: bool
    inadequate: tuple[JudgementRow, ...]
    visits: tuple[MonitoringVisit, ...]
    share_waiting: float | None
    window_status: str
    earliest_date: date | None
    latest_date: date | None

    @property
    def action_plan(self) -> Deadline:
        """The last day for the action plan, the publication date standing for receipt."""
        return action_plan_deadline(self.publication_date)

    @property
    def own_publication(self) -> Deadline:
        """The last day for the council's own publication of the report."""
        return publication_deadline(self.publication_date)

    @property
    def first_visit_days(self) -> int | None:
        """Days from the report to the first recorded visit; None without one."""
        days = [visit.day for visit in self.visits if visit.day]
        return (min(days) - self.publication_date).days if days else None

    @property
    def first_listed_days(self) -> int | None:
        """The same of the first visit in Ofsted's list, which leaves out the first one held."""
        days = [visit.day for visit in self.visits if visit.day and visit.is_official]
        return (min(days) - self.publication_date).days if days else None

    @property
    def gap_days(self) -> float | None:
        """The median time between recorded visits; None with fewer than two."""
        days = sorted(visit.day for visit in self.visits if visit.day)
        gaps = [(after - before).days for before, after in pairwise(days)]
        return median(gaps) if gaps else None


@dataclass(frozen=True, slots=True)
class Tracker:
    """The councils asked about, longest since the inspection first, and how many there are."""

    rows: tuple[Tracked, ...]
    total: int
    past_cases: PastCases


def tracker(
    book: FrameworkBook,
    *,
    clock: Clock,
    among: Among,
    first: int = 0,
    most: int | None = None,
) -> Tracker:
    """Councils of a day with an inadequate judgement in force, with their visits since.

    Judgements on another body than the council (areas in no lane of a page) are left out.
    Five queries: how many, the waits, their judgements, the visits, the past cases. With
    `clock.known` from the kept history.
    """
    as_at, last = clock.as_at, None if most is None else first + most
    if clock.known is not None:
        rows = _then(book, clock, among)
        return Tracker(tuple(rows[first:last]), len(rows), past_cases(book, clock))
    lanes = {lane for lane in book.lanes if lane.is_core or lane.is_overall}
    areas = [pk for pk, area in book.areas.items() if lanes.intersection(area.lanes)]
    waits = (
        Wait.objects.of_councils_existing_on(as_at)
        .held_on(as_at)
        .filter(among.of_waits(), has_inadequate=True)
    )
    order = (BEGUN, "publication_date", "council_name")
    # The page is cut before anything is joined to it.
    shown = (
        waits
        if most is None
        else Wait.objects.filter(pk__in=waits.order_by(*order).values("pk")[first:last])
    )
    listed = list(
        shown.order_by(*order).values_list(
            "council_id", "council__slug", "council_name", "ofsted_region",
            "framework_id", "inspection_id", "inspection__reference", "start_date",
            "publication_date", "share_waiting", "window_status", "earliest_date", "latest_date",
            "estimated_to_date",
        )
    )  # fmt: skip
    judged = _judged([row[5] for row in listed], areas, book)
    visits = _visits(clock, [row[0] for row in listed])
    found = []
    for row in listed:
        council, framework, inspection, published = row[0], row[4], row[5], row[8]
        # The kept window is that of the present record: an earlier day has none.
        is_kept = row[13] is not None and row[13] <= as_at
        found.append(
            Tracked(
                *row[:4],
                framework=book.frameworks[framework].short_name,
                reference=row[6],
                start_date=row[7],
                publication_date=published,
                has_overall=book.frameworks[framework].has_overall,
                inadequate=tuple(judged.get(inspection, ())),
                visits=_monitoring(visits.get(council, ()), published),
                share_waiting=row[9] if is_kept else None,
                window_status=row[10] if is_kept else "",
                earliest_date=row[11] if is_kept else None,
                latest_date=row[12] if is_kept else None,
            )
        )
    total = waits.count() if most is not None else len(found)
    return Tracker(tuple(found), total, past_cases(book, clock))


def _then(book: FrameworkBook, clock: Clock, among: Among) -> list[Tracked]:
    """Every row from the kept history, with the windows as they were known then."""
    held = [
        (council, row)
        for council, row in in_force_then(book, clock, PublishedBy(clock.as_at), among)
        if row is not None
    ]
    visits = _visits(clock, [council.id for council, _ in held])
    complete_to = known_to(clock.known)
    has_windows = complete_to is None or clock.as_at >= complete_to
    windows = {
        row.slug: row for row in (upcoming(book, clock, among=among).rows if has_windows else ())
    }
    found = [
        tracked_of(council, row, visits.get(council.id, ()), windows.get(council.slug))
        for council, row in held
    ]
    rows = [row for row in found if row is not None]
    rows.sort(
        key=lambda row: (
            row.start_date or row.publication_date, row.publication_date, row.council_name,
        )
    )  # fmt: skip
    return rows


def tracked_of(
    council: CouncilRow,
    latest: InspectionRow,
    visits: Iterable[VisitRow],
    upcoming: Upcoming | None,
) -> Tracked | None:
    """One council, from rows that have been asked for; None where nothing was inadequate."""
    inadequate = inadequate_in(latest)
    if not inadequate:
        return None
    window = upcoming.window if upcoming else None
    return Tracked(
        council.id,
        council.slug,
        council.short_name,
        council.ofsted_region,
        framework=latest.framework.short_name,
        reference=latest.reference,
        start_date=latest.start_date,
        publication_date=latest.publication_date,
        has_overall=latest.framework.has_overall,
        inadequate=inadequate,
        visits=_monitoring(visits, latest.publication_date),
        share_waiting=window.share_waiting if window else None,
        window_status=window.window_status if window else "",
        earliest_date=window.earliest_date if window else None,
        latest_date=window.latest_date if window else None,
    )


def _judged(
    inspections: Sequence[int], areas: Sequence[int], book: FrameworkBook
) -> dict[int, list[JudgementRow]]:
    """The inadequate judgements by inspection, in the order of printing."""
    found: dict[int, list[JudgementRow]] = defaultdict(list)
    for inspection, area, grade in (
        Judgement.objects.filter(
            inspection__in=inspections, grade__is_inadequate=True, area__in=areas
        )
        .order_by("area__order")
        .values_list("inspection_id", "area_id", "grade_id")
    ):
        found[inspection].append(JudgementRow(book.areas[area], book.grades[grade]))
    return found


def _visits(clock: Clock, councils: Collection[int]) -> dict[int, list[VisitRow]]:
    """The visits that were known, by council, oldest first; one query."""
    found: dict[int, list[VisitRow]] = defaultdict(list)
    for row in events.visits(clock, council_ids=councils):
        found[row.council_id].append(row)
    return found


def _monitoring(visits: Iterable[VisitRow], published: date) -> tuple[MonitoringVisit, ...]:
    """Monitoring and assurance visits after the report.

    Those without any date are left out: whether they came after it cannot be said.
    """
    return tuple(
        MonitoringVisit(
            row.reference,
            row.kind,
            row.start_date,
            row.start_precision,
            row.publication_date,
            row.confidence == Confidence.OFFICIAL,
        )
        for row in visits
        if row.kind in (VisitKind.MONITORING, VisitKind.ASSURANCE)
        and row.start_date
        and row.start_date > published
    )
