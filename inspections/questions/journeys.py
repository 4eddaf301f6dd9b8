"""How did councils go on from a grade: how long to the next full inspection, and what it gave?"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from inspections.framework_rows import FrameworkBook, Grade, Lane
from inspections.questions.among import EVERY, Among
from inspections.questions.waits import waits
from inspections.record import Record
from inspections.rows import Council, Inspection, Judgement
from inspections.rules.comparison import Change, compare
from inspections.rules.lanes import standing_areas, standing_in
from inspections.rules.survival import WaitingCurve, kaplan_meier_of_counts
from inspections.vocabulary import VisitKind


@dataclass(frozen=True, slots=True)
class Journey:
    """One wait that began with the grade asked about. Days are calendar days.

    `days`: to the next inspection's first day, or so far. `later` is None while the next has
    not been published; `later_judgement` also where it did not judge the area. `is_unread`:
    the next took place, and its report is not read here yet.
    """

    council: Council
    inspection: Inspection
    start_date: date
    judgement: Judgement
    days: int
    later: Inspection | None
    later_judgement: Judgement | None
    is_unread: bool = False

    @property
    def is_over(self) -> bool:
        return self.later is not None or self.is_unread

    @property
    def later_grade(self) -> Grade | None:
        return self.later_judgement.grade if self.later_judgement else None

    def ceased_by(self, day: date) -> bool:
        """Did the wait end with the council, without an inspection?"""
        return not self.is_over and self.council.closed_by(day)

    def change(self, book: FrameworkBook) -> Change | None:
        """How the grade moved; None while the wait goes on."""
        if self.later is None:
            return None
        return compare(self.judgement, self.later_judgement, book.links)


@dataclass(frozen=True, slots=True)
class Journeys:
    """The waits after one grade in one area, as known on a day, with the estimate over them.

    `finished` and `lasting`: waits by days, those that are over and those that go on (or ended
    without an inspection). `rows`: some or all of them; `own`: those of one council, newest
    first. `outcomes`: what the next inspection gave, None where it did not judge the area.
    `since`: the first day of the oldest wait. `ceased`: how many ended with their council.
    `undated`: how many are left out, as a first day is not on record.
    """

    lane: Lane
    grade: Grade | None
    as_at: date
    since: date | None
    finished: Mapping[int, int]
    finished_under: Mapping[str, Mapping[int, int]]
    lasting: Mapping[int, int]
    outcomes: Mapping[Grade | None, int]
    rows: tuple[Journey, ...]
    own: tuple[Journey, ...]
    curve: WaitingCurve
    ceased: int = 0
    undated: int = 0

    @property
    def total(self) -> int:
        return sum(self.finished.values()) + sum(self.lasting.values())

    @property
    def longest(self) -> int:
        return max([*self.finished, *self.lasting, 0])

    def at_risk(self, days: int) -> int:
        """Waits watched through so many days: those that were over later or still last."""
        counts = (*self.finished.items(), *self.lasting.items())
        return sum(number for held, number in counts if held >= days)

    def place_of(self, journey: Journey) -> tuple[int, int]:
        """Of the finished waits after this grade under the same framework, which shortest.

        (place from 1, number of them); for a wait that lasts the place it would have today.
        """
        same = self.finished_under.get(journey.inspection.framework.code, {})
        shorter = sum(number for days, number in same.items() if days < journey.days)
        return shorter + 1, sum(same.values())


def journeys(
    record: Record,
    day: date,
    *,
    lane: Lane,
    grade: str,
    framework: str = "",
    among: Among = EVERY,
    council: str = "",
    years: tuple[int, int] = (1, 9999),
    first: int = 0,
    most: int | None = None,
) -> Journeys:
    """The waits of which the first inspection gave `grade` (its key) in `lane`.

    A wait whose first days are not known is left out. A council that ceased to exist leaves
    on its last day, unfinished. Rows are newest first, `most` from `first` on; with `most` 0
    there are none. `council`: the slug of one whose own waits are wanted too. `years`: the first
    and the last in which a wait began.
    """

    def is_asked(council: Council, inspection: Inspection, judged: Judgement, begun: date) -> bool:
        return (
            judged.grade.key == grade
            and among.has(council)
            and framework in {"", inspection.framework.code}
            and years[0] <= begun.year <= years[1]
        )

    dated, undated = _in_lane(record, day, lane)
    every = [
        row for row in dated if is_asked(row.council, row.inspection, row.judgement, row.start_date)
    ]
    under: dict[str, Counter[int]] = defaultdict(Counter)
    for row in every:
        if row.is_over:
            under[row.inspection.framework.code][row.days] += 1
    finished = Counter(row.days for row in every if row.is_over)
    lasting = Counter(row.days for row in every if not row.is_over)
    last = None if most is None else first + most
    return Journeys(
        lane=lane,
        grade=record.book.grade(grade),
        as_at=day,
        since=every[-1].start_date if every else None,
        finished=finished,
        finished_under=under,
        lasting=lasting,
        outcomes=Counter(row.later_grade for row in every if row.later),
        rows=tuple(every[first:last]),
        own=tuple(row for row in every if row.council.slug == council),
        curve=curve_of(finished, lasting),
        ceased=sum(row.ceased_by(day) for row in every),
        undated=sum(
            is_asked(record.council(row.council_id), row, judged, row.event_date)
            for row, judged in undated
        ),
    )


def journeys_in_lane(record: Record, day: date, lane: Lane) -> tuple[Journey, ...]:
    """Every wait that began with a judgement in the lane, newest first."""
    return _in_lane(record, day, lane)[0]


Undated = tuple[tuple[Inspection, Judgement], ...]


def _in_lane(record: Record, day: date, lane: Lane) -> tuple[tuple[Journey, ...], Undated]:
    """The waits, and the inspections whose waits are left out, as a first day is not known."""

    def made() -> tuple[tuple[Journey, ...], Undated]:
        areas = standing_areas(record.book, lane)
        inspections = {row.id: row for row in record.full_inspections(day)}
        found, undated = [], []
        for wait in waits(record, day):
            if wait.inspection_id not in inspections:
                continue  # Its report is not read yet.
            row, council = inspections[wait.inspection_id], record.council(wait.council_id)
            judged = standing_in(row, areas)
            following = inspections.get(wait.next_inspection_id or 0)
            if judged is None or (row.start_date and row.start_date >= day):
                continue
            if row.start_date is None or (following and wait.ended_days is None):
                undated.append((row, judged))
                continue
            last_day = min(record.seen_to(day), council.closed_date or day)
            so_far = max((last_day - row.start_date).days, 0)
            found.append(
                Journey(
                    council=council,
                    inspection=row,
                    start_date=row.start_date,
                    judgement=judged,
                    days=so_far if wait.ended_days is None else wait.ended_days,
                    later=following,
                    later_judgement=standing_in(following, areas),
                    is_unread=following is None and wait.next_inspection_id is not None,
                )
            )
        found.sort(key=lambda row: (-row.start_date.toordinal(), row.council.short_name))
        return tuple(found), tuple(undated)

    return record.remember(("journeys", day, lane.code), made)


def curve_of(finished: Mapping[int, int], lasting: Mapping[int, int]) -> WaitingCurve:
    """The estimate over the waits that were seen for a day at least."""
    return kaplan_meier_of_counts(
        *({days: n for days, n in counts.items() if days > 0} for counts in (finished, lasting))
    )


def visits_between(
    record: Record, rows: Iterable[Journey], day: date
) -> dict[tuple[int, date], Counter[str]]:
    """Visits by kind in each wait, by (council id, first day of the wait).

    A visit counts from the day after the wait's first day to the day before the next
    inspection; visits without a date, and joint ones, are left out.
    """
    found: dict[tuple[int, date], Counter[str]] = {}
    for row in rows:
        end = (row.later.start_date if row.later else None) or day
        found[row.council.id, row.start_date] = Counter(
            visit.kind
            for visit in record.visits_of(row.council.id, day)
            if visit.start_date
            and visit.kind != VisitKind.JTAI
            and row.start_date < visit.start_date < end
        )
    return found
