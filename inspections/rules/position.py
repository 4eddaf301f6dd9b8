"""Which inspection counts for a council on a day, and what the country looks like then.

The only rule of what is in force. Two readings answer different questions. *Published by*: what
anybody could know on the day; the latest full inspection whose report was out. *Ofsted's own
rule*, reproduced from its releases: the latest full inspection that began on or before the day
and whose report was published by the release's cut-off. "Latest" is by the first day on site;
where that is not known the day of publication stands for it. A council that replaced another
does not inherit its inspections; it is not yet inspected. Shares are of councils with a grade.

The rule gives every official figure in the record (see ``manage.py verify_statistics``); Ofsted
departed from it once, which the record holds as an exception with its source.
"""

import calendar
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from inspections.rows import Council, Inspection, Judgement, UnreadReport

LATE_CUT_OFF_FROM = date(2024, 1, 1)
"""Measured: releases to 2023 waited about a month for reports, those since 2024 three months
(an inspection begun on 24 March 2025 and published on 18 July is not in that year's list)."""


@dataclass(frozen=True, slots=True)
class OfstedRule:
    """Ofsted's reading of a day: begun by ``as_at``, published by ``cut_off``.

    ``counted_late``: ids of inspections that Ofsted counted although their report came after
    the cut-off. An inspection whose first day is not known is tested against the cut-off alone.
    """

    as_at: date
    cut_off: date
    counted_late: frozenset[int] = frozenset()

    def counts(self, inspection: Inspection) -> bool:
        if inspection.start_date is not None and inspection.start_date > self.as_at:
            return False
        return inspection.publication_date <= self.cut_off or inspection.id in self.counted_late


@dataclass(frozen=True, slots=True)
class PublishedBy:
    """The reading of anybody on the day: published by ``as_at``."""

    as_at: date

    def counts(self, inspection: Inspection) -> bool:
        return inspection.publication_date <= self.as_at


Reading = OfstedRule | PublishedBy


def usual_cut_off(as_at: date) -> date:
    """Ofsted's cut-off for a release as at a day, where the release's own is not recorded.

    The end of the next month for days before 2024, the end of the third month since.
    """
    months = 3 if as_at >= LATE_CUT_OFF_FROM else 1
    year, month = divmod(as_at.year * 12 + as_at.month - 1 + months, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def place_in_time(inspection: Inspection | UnreadReport) -> tuple[date, date, int]:
    """What puts a council's inspections in order: see the module."""
    return (inspection.event_date, inspection.publication_date, inspection.id)


def counted(own: Iterable[Inspection], reading: Reading) -> list[Inspection]:
    """A council's full inspections that a reading counts, oldest first."""
    found = [row for row in own if row.framework.is_whole_service and reading.counts(row)]
    return sorted(found, key=place_in_time)


def in_force(own: Iterable[Inspection], reading: Reading) -> Inspection | None:
    """Of a council's inspections the one that a reading counts; None for not inspected."""
    found = [row for row in own if row.framework.is_whole_service and reading.counts(row)]
    return max(found, key=place_in_time, default=None)


def position(
    councils: Iterable[Council],
    inspections_of: Callable[[int], Iterable[Inspection]],
    reading: Reading,
) -> dict[int, Inspection | None]:
    """By id of every council existing on the day, in their order: the inspection in force."""
    return {
        row.id: in_force(inspections_of(row.id), reading)
        for row in councils
        if row.existed_on(reading.as_at)
    }


Counts = Callable[[Inspection], Judgement | None]
"""The judgement of an inspection that counts for the area asked about."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Councils by the grade they hold in one area.

    ``by_grade``: councils per grade key, only grades that occur. ``not_inspected``: exist but
    have no inspection that counts. ``not_judged``: inspected, but not in this area.
    """

    by_grade: Mapping[str, int]
    not_inspected: int
    not_judged: int

    @property
    def graded(self) -> int:
        """The denominator of shares: councils with a grade."""
        return sum(self.by_grade.values())

    @property
    def councils(self) -> int:
        return self.graded + self.not_inspected + self.not_judged

    def count(self, *grades: str) -> int:
        return sum(self.by_grade.get(grade, 0) for grade in grades)

    def share(self, *grades: str) -> float | None:
        """Share (0-1) of councils with a grade that hold one of these; None without any."""
        return self.count(*grades) / self.graded if self.graded else None


def tally(held: Iterable[Inspection | None], counts: Counts) -> Tally:
    """Count the councils of a position by their grade in one area."""
    by_grade: Counter[str] = Counter()
    not_inspected = not_judged = 0
    for inspection in held:
        if inspection is None:
            not_inspected += 1
        elif judged := counts(inspection):
            by_grade[judged.grade.key] += 1
        else:
            not_judged += 1
    return Tally(dict(by_grade), not_inspected, not_judged)


@dataclass(frozen=True, slots=True)
class MovementCounts:
    """How councils moved from their first to their latest grade, as Ofsted sums it up.

    ``kept_good``: the same grade, good or better. ``kept_other``: the same grade, below good.
    """

    councils: int
    improved: int
    kept_good: int
    declined: int
    kept_other: int


def movement(ends: Iterable[tuple[Judgement, Judgement]]) -> MovementCounts:
    """Sum up pairs of (first, latest) judgements on one scale."""
    kinds: Counter[str] = Counter()
    for first, latest in ends:
        steps = first.grade.order - latest.grade.order
        if steps > 0:
            kinds["improved"] += 1
        elif steps < 0:
            kinds["declined"] += 1
        else:
            kinds["kept_good" if latest.grade.is_good_or_better else "kept_other"] += 1
    return MovementCounts(
        kinds.total(), kinds["improved"], kinds["kept_good"], kinds["declined"], kinds["kept_other"]
    )
