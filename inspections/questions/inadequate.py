"""Which councils hold an inadequate judgement, and what has come since?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median

from inspections.country_rows import Coverage
from inspections.questions.among import Among
from inspections.questions.positions import positions
from inspections.questions.waits import PastCases, Upcoming, past_cases, windows
from inspections.record import Record
from inspections.rows import Council, Inspection, Judgement, UnreadReport, Visit
from inspections.rules.monitoring import leads_to_monitoring
from inspections.rules.windows import Window
from inspections.rules.working_days import Deadline, action_plan_deadline, publication_deadline
from inspections.vocabulary import Confidence, DatePrecision, VisitKind

OVERALL, HELP = "overall", "help_and_protection"  # lanes of which a tracker counts councils


@dataclass(frozen=True, slots=True)
class Tracked:
    """A council in whose latest full inspection something was judged inadequate.

    `visits`: visits of every kind recorded after the report, oldest first. `coverage`: of the
    record, by kind of fact. `unread`: a newer inspection whose judgements are not known here.
    """

    council: Council
    inspection: Inspection
    inadequate: tuple[Judgement, ...]
    visits: tuple[Visit, ...]
    window: Window | None
    coverage: Mapping[str, Coverage]
    unread: UnreadReport | None = None

    def waited_to(self, seen_to: date) -> date:
        """The day to which the wait is counted: the last to which full inspections are known, or
        the first of a newer inspection."""
        ends = self.unread.start_date if self.unread else seen_to
        return max(ends, self.inspection.publication_date)

    def waited_days(self, seen_to: date) -> int:
        return (self.waited_to(seen_to) - self.inspection.event_date).days

    @property
    def monitors(self) -> bool | None:
        """Did monitoring follow? None where it cannot be said."""
        return leads_to_monitoring(self.inspection)

    @property
    def monitoring(self) -> tuple[Visit, ...]:
        """The visits that look at progress after an inadequate judgement."""
        kinds = (VisitKind.MONITORING, VisitKind.ASSURANCE)
        return tuple(row for row in self.visits if row.kind in kinds)

    def is_missing_in_list(self, visit: Visit) -> bool:
        """Is there a list of Ofsted's for the visit's day, and the visit not in it?"""
        listed = self.coverage.get(visit.kind)
        return (
            visit.confidence != Confidence.OFFICIAL
            and listed is not None
            and listed.complete_from_date is not None
            and visit.start_date is not None
            and listed.covers(visit.start_date, visit.start_date)
        )

    def known_whole(self, visits: Iterable[Visit]) -> tuple[Visit, ...]:
        """Those visits of a time for which the record is complete: what lies between two of
        them is known."""
        return tuple(
            row
            for row in visits
            if row.start_date
            and (
                row.kind not in self.coverage
                or self.coverage[row.kind].covers(row.start_date, row.start_date)
            )
        )

    def is_inadequate_in(self, lane: str) -> bool:
        judged = self.inspection.in_lane(lane)
        return bool(judged and judged.grade.is_inadequate)

    @property
    def action_plan(self) -> Deadline:
        """The last day for the action plan, the publication date standing for receipt."""
        return action_plan_deadline(self.inspection.publication_date)

    @property
    def own_publication(self) -> Deadline:
        """The last day for the council's own publication of the report."""
        return publication_deadline(self.inspection.publication_date)

    @property
    def first_visit_days(self) -> int | None:
        """Days from the report to the first recorded visit; None where its day is not known."""
        first = min(self.visits, key=lambda row: row.start_date or date.max, default=None)
        if first is None or first.start_date is None or first.start_precision != DatePrecision.DAY:
            return None
        return (first.start_date - self.inspection.publication_date).days

    @property
    def gap_days(self) -> float | None:
        """The median time between visits of a time for which they are complete; None with fewer
        than two, or where the day of one is not known."""
        return median_gap_days(self.known_whole(self.visits))


def median_gap_days(visits: Iterable[Visit]) -> float | None:
    """The median days between visits of which every day is known; None with fewer than two."""
    rows = list(visits)
    if any(row.start_precision != DatePrecision.DAY for row in rows):
        return None
    days = sorted(row.start_date for row in rows if row.start_date)
    gaps = [(after - before).days for before, after in pairwise(days)]
    return median(gaps) if gaps else None


@dataclass(frozen=True, slots=True)
class Tracker:
    """The councils asked about, longest since the inspection first, and how many there are;
    `alone`: those whose overall grade is not, or who have none; `help`: how many are inadequate
    for help and protection."""

    rows: tuple[Tracked, ...]
    total: int
    past_cases: PastCases
    alone: tuple[Council, ...] = ()
    help: int = 0


def tracker(
    record: Record, day: date, *, among: Among, first: int = 0, most: int | None = None
) -> Tracker:
    """Councils of a day with an inadequate judgement in force, with their visits since.

    Judgements on another body than the council (areas in no lane of a page) are left out. A
    window is shown from the record's last day on; an earlier day has none.
    """
    known_to = record.known_to
    has_windows = known_to is None or day >= known_to
    upcoming = windows(record, day) if has_windows else {}
    found = [
        tracked
        for row in positions(record, day)
        if row.latest
        and among.has(row.council)
        and (
            tracked := tracked_of(
                row.council,
                row.latest,
                record.visits_of(row.council.id, day),
                upcoming.get(row.council.id),
                record.coverage,
                row.unread,
            )
        )
    ]
    found.sort(
        key=lambda row: (
            row.inspection.event_date, row.inspection.publication_date, row.council.short_name,
        )
    )  # fmt: skip
    last = None if most is None else first + most
    alone = tuple(row.council for row in found if not row.is_inadequate_in(OVERALL))
    helped = sum(row.is_inadequate_in(HELP) for row in found)
    return Tracker(tuple(found[first:last]), len(found), past_cases(record, day), alone, helped)


def tracked_of(
    council: Council,
    latest: Inspection,
    visits: Iterable[Visit],
    upcoming: Upcoming | None,
    coverage: Mapping[str, Coverage],
    unread: UnreadReport | None = None,
) -> Tracked | None:
    """One council; None where nothing was inadequate. Visits without any date are left out:
    whether they came after the report cannot be said."""
    if not latest.inadequate:
        return None
    return Tracked(
        council,
        latest,
        latest.inadequate,
        tuple(row for row in visits if row.start_date and row.start_date > latest.publication_date),
        upcoming.window if upcoming else None,
        coverage,
        unread,
    )
