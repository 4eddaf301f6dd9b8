"""One wait after a grade, and the sum of many: what the question of journeys hands back."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from inspections.rows import AreaRow, FrameworkBook, GradeMark, JudgementRow, LaneRow
from inspections.rules.comparison import Change, compare
from inspections.rules.survival import SurvivalCurve, kaplan_meier_of_counts


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
    """The waits after one grade in one area, as known on a day, with the estimate over them.

    `finished` and `lasting`: waits by days, those that are over and those that go on (or ended
    without an inspection). `rows`: some or all of them; `own`: those of one council, newest
    first. `outcomes`: what the next inspection gave, None where it did not judge the area.
    """

    lane: LaneRow
    grade: GradeMark | None
    as_at: date
    finished: Counter[int]
    finished_under: Mapping[str, Counter[int]]
    lasting: Counter[int]
    outcomes: Counter[GradeMark | None]
    rows: tuple[Journey, ...]
    own: tuple[Journey, ...]
    curve: SurvivalCurve

    @property
    def total(self) -> int:
        return self.finished.total() + self.lasting.total()

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
        same = self.finished_under.get(journey.framework, Counter())
        shorter = sum(number for days, number in same.items() if days < journey.days)
        return shorter + 1, same.total()


def curve_of(finished: Counter[int], lasting: Counter[int]) -> SurvivalCurve:
    """The estimate over the waits that were seen for a day at least."""
    return kaplan_meier_of_counts(
        *({days: n for days, n in counts.items() if days > 0} for counts in (finished, lasting))
    )


def journey_of(row: Sequence, as_at: date) -> Journey | None:
    """From what is held of a wait; None where it is over and its days are not known."""
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
