"""How long were the waits after an inadequate judgement that are over?"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from django.db.models import Count

from inspections.models import Wait
from inspections.queries.held import full_then
from inspections.rows import Clock, FrameworkBook, InspectionRow, JudgementRow


@dataclass(frozen=True, slots=True)
class PastCases:
    """Every wait on record that began with an inadequate judgement and is over, by days.

    Calendar days from the first day on site to that of the next full inspection, whatever the
    framework and the area. Waits of which a first day is not recorded are left out.
    """

    days: Counter[int]

    @property
    def total(self) -> int:
        return self.days.total()

    @property
    def median(self) -> float | None:
        return median(self.days.elements()) if self.days else None

    def shorter_than(self, days: int) -> int:
        return sum(number for held, number in self.days.items() if held < days)


def past_cases(book: FrameworkBook, clock: Clock) -> PastCases:
    """The waits that were known to be over on a day; one query, more with `clock.known`."""
    if clock.known is not None:
        return _past_cases_then(book, clock)
    found = Wait.objects.filter(
        has_inadequate=True, next_publication_date__lte=clock.as_at, ended_days__isnull=False
    ).order_by()
    counted = found.values_list("ended_days").annotate(n=Count("*"))
    return PastCases(Counter(dict(counted.values_list("ended_days", "n"))))


def _past_cases_then(book: FrameworkBook, clock: Clock) -> PastCases:
    held: dict[int, list[InspectionRow]] = defaultdict(list)
    for row in full_then(book, clock):
        held[row.council_id].append(row)
    return PastCases(
        Counter(
            (later.start_date - row.start_date).days
            for own in held.values()
            for row, later in pairwise(own)
            if is_inadequate(row) and row.start_date and later.start_date
        )
    )


def is_inadequate(row: InspectionRow) -> bool:
    """Whether an area that a page can be switched to was judged inadequate."""
    return bool(inadequate_in(row))


def inadequate_in(row: InspectionRow) -> tuple[JudgementRow, ...]:
    """The inadequate judgements in areas that a page can be switched to."""
    return tuple(
        judged
        for judged in row.judgements
        if judged.grade.is_inadequate
        and any(lane.is_core or lane.is_overall for lane in judged.area.lanes)
    )
