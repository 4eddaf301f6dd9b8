"""How long did reports take from the last day on site to publication?"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from inspections.country_rows import PollingDay
from inspections.framework_rows import FrameworkBook
from inspections.questions.among import Among
from inspections.record import Record
from inspections.rows import Council, Inspection
from inspections.vocabulary import InspectionKind

YEAR, KIND, GRADE = "year", "kind", "grade"
BY = (YEAR, KIND, GRADE)


@dataclass(frozen=True, slots=True)
class DaysSpread:
    """Days of one group: how many reports, quartiles and the longest."""

    key: str
    n: int
    lower: float
    median: float
    upper: float
    longest: int


@dataclass(frozen=True, slots=True)
class Long:
    """One of the longest waits for a report. `election`: a polling day lay within the wait."""

    council: Council
    inspection: Inspection
    days: int
    election: str


@dataclass(frozen=True, slots=True)
class Reporting:
    """The groups in order, all together, and those who waited longest."""

    by: str
    groups: tuple[DaysSpread, ...]
    total: DaysSpread | None
    longest: tuple[Long, ...]


def reporting(
    record: Record,
    day: date,
    *,
    by: str,
    among: Among,
    listed: int | None,
    years: tuple[int, int] = (0, date.max.year),
) -> Reporting:
    """Days from the last day on site to publication, of full inspections published by the day.

    Inspections whose last day on site is not known are left out. ``listed``: how many of the
    longest waits are told one by one; None: all. ``years``: the first and last of publication.
    """
    found = [
        (days, row)
        for row in record.full_inspections(day)
        if (days := row.days_to_publication) is not None
        and among.has(record.council(row.council_id))
        and years[0] <= row.publication_date.year <= years[1]
    ]
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for days, row in found:
        counts[key_of(row, by)][days] += 1
    spreads = {key: spread_of(key, held) for key, held in counts.items()}
    names = {row.id: row.short_name for row in record.councils}
    found.sort(
        key=lambda pair: (
            -pair[0], -pair[1].publication_date.toordinal(), names[pair[1].council_id],
        )
    )  # fmt: skip
    return Reporting(
        by=by,
        groups=tuple(spreads[key] for key in _in_order(record.book, by, spreads)),
        total=spread_of("", Counter(days for days, _ in found)) if found else None,
        longest=tuple(
            Long(
                record.council(row.council_id),
                row,
                days,
                election_within(record.polling_days, row.end_date, row.publication_date),
            )
            for days, row in found[:listed]
        ),
    )


def key_of(row: Inspection, by: str) -> str:
    """The group that a report is counted in."""
    if by == YEAR:
        return str(row.publication_date.year)
    if by == KIND:
        return row.kind
    return row.overall.grade.key if row.overall else ""


def _in_order(book: FrameworkBook, by: str, spreads: Mapping[str, DaysSpread]) -> list[str]:
    """Years and kinds in their order; grades best first, those without one last."""
    if by == YEAR:
        return sorted(spreads)
    if by == KIND:
        order = [kind.value for kind in InspectionKind]
    else:
        order = [grade.key for grade in sorted(book.grades.values(), key=lambda row: row.place)]
    return sorted(spreads, key=lambda key: order.index(key) if key in order else len(order))


def spread_of(key: str, counts: Mapping[int, int]) -> DaysSpread:
    """Quartiles of days given as counts, interpolated between neighbours.

    Raises ValueError without any.
    """
    if not counts:
        raise ValueError("no reports: found none, expected at least one")
    ordered = sorted(counts)
    n = sum(counts.values())

    def at(place: int) -> int:
        for days in ordered:
            place -= counts[days]
            if place < 0:
                return days
        return ordered[-1]

    def quantile(share: float) -> float:
        place = share * (n - 1)
        low = int(place)
        return at(low) + (at(min(low + 1, n - 1)) - at(low)) * (place - low)

    return DaysSpread(key, n, quantile(0.25), quantile(0.5), quantile(0.75), ordered[-1])


def election_within(polling: Iterable[PollingDay], first: date | None, last: date) -> str:
    """The elections whose polling day lies between two days, in words; empty without any."""
    found = [
        f"{row.name}, {row.polling_date.day} {row.polling_date:%B %Y}"
        for row in polling
        if first and first < row.polling_date <= last
    ]
    return "; ".join(found)
