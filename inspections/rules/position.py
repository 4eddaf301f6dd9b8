"""Which inspection counts for a council on a day, and what the country looks like then.

Two clocks answer different questions. *Published by*: what anybody could know on the day; the
latest full inspection whose report was out. *Ofsted's own rule*, reproduced from its releases:
the latest full inspection that began on or before the day and whose report was published by
the release's cut-off, of every council that exists on the day. A council that replaced another
does not inherit its inspections; it is not yet inspected. Shares are of councils with a grade.

The rule gives every official figure in the record (see ``manage.py verify_statistics``); Ofsted
departed from it once, which the record holds as an exception with its source.
"""

import calendar
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

LATE_CUT_OFF_FROM = date(2024, 1, 1)
"""Measured: releases to 2023 waited about a month for reports, those since 2024 three months
(an inspection begun on 24 March 2025 and published on 18 July is not in that year's list)."""


@dataclass(frozen=True, slots=True)
class CouncilRow:
    """A council's life. ``closed_date`` is its last day; None for unknown or still to come.

    ``is_continuing``: a legal successor whose inspection record Ofsted carries on unbroken.
    """

    slug: str
    opened_date: date | None
    closed_date: date | None
    is_continuing: bool = False

    def exists_on(self, day: date) -> bool:
        has_opened = self.is_continuing or self.opened_date is None or self.opened_date <= day
        return has_opened and (self.closed_date is None or day <= self.closed_date)


@dataclass(frozen=True, slots=True)
class InspectionRow:
    """A full inspection. ``grades``: the grade's code by area, an area not judged has none."""

    council: str
    reference: str
    start_date: date | None
    publication_date: date
    grades: Mapping[str, str]

    @property
    def order_date(self) -> date:
        """The day that puts inspections of one council in order."""
        return self.start_date or self.publication_date


@dataclass(frozen=True, slots=True)
class OfstedRule:
    """Ofsted's reading of a day: begun by ``as_at``, published by ``cut_off``.

    ``counted_late``: (council, reference) of inspections that Ofsted counted although their
    report came after the cut-off. An inspection whose first day is not known is tested against
    the cut-off alone.
    """

    as_at: date
    cut_off: date
    counted_late: frozenset[tuple[str, str]] = frozenset()

    def counts(self, inspection: InspectionRow) -> bool:
        if inspection.start_date is not None and inspection.start_date > self.as_at:
            return False
        is_out = inspection.publication_date <= self.cut_off
        return is_out or (inspection.council, inspection.reference) in self.counted_late


@dataclass(frozen=True, slots=True)
class PublishedBy:
    """The reading of anybody on the day: published by ``as_at``."""

    as_at: date

    def counts(self, inspection: InspectionRow) -> bool:
        return inspection.publication_date <= self.as_at


Reading = OfstedRule | PublishedBy


def usual_cut_off(as_at: date) -> date:
    """Ofsted's cut-off for a release as at a day, where the release's own is not recorded.

    The end of the next month for days before 2024, the end of the third month since.
    """
    months = 3 if as_at >= LATE_CUT_OFF_FROM else 1
    year, month = divmod(as_at.year * 12 + as_at.month - 1 + months, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def position(
    councils: Iterable[CouncilRow], inspections: Iterable[InspectionRow], reading: Reading
) -> dict[str, InspectionRow | None]:
    """The inspection that counts for every council existing on the day; None = not inspected.

    In the order of ``councils``. Inspections of councils not among them are left out.
    """
    held: dict[str, InspectionRow | None] = {
        council.slug: None for council in councils if council.exists_on(reading.as_at)
    }
    for inspection in inspections:
        if inspection.council not in held or not reading.counts(inspection):
            continue
        present = held[inspection.council]
        if present is None or present.order_date < inspection.order_date:
            held[inspection.council] = inspection
    return held


@dataclass(frozen=True, slots=True)
class Tally:
    """Councils by the grade they hold in one area.

    ``by_grade``: councils per grade code, only grades that occur. ``not_inspected``: exist but
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


def tally(held: Mapping[str, InspectionRow | None], area: str) -> Tally:
    """Count the councils of a position by their grade in one area."""
    by_grade: Counter[str] = Counter()
    not_inspected = not_judged = 0
    for inspection in held.values():
        if inspection is None:
            not_inspected += 1
        elif area in inspection.grades:
            by_grade[inspection.grades[area]] += 1
        else:
            not_judged += 1
    return Tally(dict(by_grade), not_inspected, not_judged)


def first_and_latest(
    councils: Iterable[CouncilRow],
    inspections: Iterable[InspectionRow],
    reading: Reading,
) -> dict[str, tuple[InspectionRow, InspectionRow]]:
    """First and latest inspection that count, of each existing council with more than one."""
    existing = [council.slug for council in councils if council.exists_on(reading.as_at)]
    by_council: dict[str, list[InspectionRow]] = {slug: [] for slug in existing}
    for inspection in inspections:
        if inspection.council in by_council and reading.counts(inspection):
            by_council[inspection.council].append(inspection)
    ends = {}
    for slug, counted in by_council.items():
        if len(counted) > 1:
            counted.sort(key=lambda inspection: inspection.order_date)
            ends[slug] = (counted[0], counted[-1])
    return ends


@dataclass(frozen=True, slots=True)
class Movement:
    """How councils moved from their first to their latest grade, as Ofsted sums it up.

    ``kept_good``: the same grade, good or better. ``kept_other``: the same grade, below good.
    """

    councils: int
    improved: int
    kept_good: int
    declined: int
    kept_other: int


def movement(
    ends: Iterable[tuple[str, str]], *, order: Mapping[str, int], good: frozenset[str]
) -> Movement:
    """Sum up pairs of (first, latest) grade codes of one scale.

    ``order``: 1 = best; ``good``: codes that count as good or better.
    """
    kinds: Counter[str] = Counter()
    for first, latest in ends:
        steps = order[first] - order[latest]
        if steps > 0:
            kinds["improved"] += 1
        elif steps < 0:
            kinds["declined"] += 1
        else:
            kinds["kept_good" if latest in good else "kept_other"] += 1
    return Movement(
        kinds.total(), kinds["improved"], kinds["kept_good"], kinds["declined"], kinds["kept_other"]
    )
