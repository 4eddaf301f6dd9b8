"""How long did reports take from the last day on site to publication?"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, QuerySet

from inspections.models import PollingDay, Wait
from inspections.queries import events
from inspections.queries.held import Among, full_then
from inspections.rows import Clock, FrameworkBook, InspectionRow
from inspections.vocabulary import InspectionKind

YEAR, KIND, GRADE = "year", "kind", "grade"
BY = (YEAR, KIND, GRADE)


@dataclass(frozen=True, slots=True)
class Spread:
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

    slug: str
    council_name: str
    reference: str
    end_date: date
    publication_date: date
    days: int
    election: str


@dataclass(frozen=True, slots=True)
class Reporting:
    """The groups in order, all together, and those who waited longest."""

    by: str
    groups: tuple[Spread, ...]
    total: Spread | None
    longest: tuple[Long, ...]


def reporting(
    book: FrameworkBook, *, by: str, clock: Clock, among: Among, listed: int
) -> Reporting:
    """Days from the last day on site to publication, of full inspections published by the day.

    In three queries: counts by days, the longest, polling days. Inspections whose last day on
    site is not known are left out. With `clock.known` from the kept history.
    """
    if clock.known is None:
        counts, longest = _kept(book, by, clock.as_at, among, listed)
    else:
        counts, longest = _then(book, by, clock, among, listed)
    spreads = {key: spread_of(key, held) for key, held in counts.items()}
    total: Counter[int] = Counter()
    for held in counts.values():
        total.update(held)
    polling = list(
        events.held(PollingDay, clock).order_by("polling_date").values_list("polling_date", "name")
    )
    return Reporting(
        by=by,
        groups=tuple(spreads[key] for key in _in_order(book, by, spreads)),
        total=spread_of("", total) if total else None,
        longest=tuple(
            Long(*row, election=election_within(polling, row[3], row[4])) for row in longest
        ),
    )


Counted = tuple[Mapping[str, Counter[int]], Sequence[tuple]]


def _kept(book: FrameworkBook, by: str, as_at: date, among: Among, listed: int) -> Counted:
    """Reports by days in each group, and the longest, from the kept waits."""
    waits = (
        Wait.objects.known_on(as_at)
        .filter(reported_days__isnull=False)
        .filter(among.of_waits())
        .order_by()
    )
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for key, days, number in (
        _keyed(waits, by)
        .values_list("key", "reported_days")
        .annotate(n=Count("pk"))
        .values_list("key", "reported_days", "n")
    ):
        counts[_name_of(book, by, key)][days] += number
    longest = waits.order_by("-reported_days", "-publication_date", "council_name")
    return counts, list(
        longest.values_list(
            "council__slug",
            "council_name",
            "inspection__reference",
            "inspection__end_date",
            "publication_date",
            "reported_days",
        )[:listed]
    )


def _then(book: FrameworkBook, by: str, clock: Clock, among: Among, listed: int) -> Counted:
    """The same from the kept history."""
    councils = {row.id: row for row in events.councils(clock) if among.has(row)}
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    longest = []
    for row in full_then(book, clock):
        days = row.days_to_publication
        if days is None or row.council_id not in councils:
            continue
        counts[_key(row, by)][days] += 1
        council = councils[row.council_id]
        longest.append(
            (council.slug, council.short_name, row.reference, row.end_date, row.publication_date,
             days)
        )  # fmt: skip
    longest.sort(key=lambda row: (-row[5], -row[4].toordinal(), row[1]))
    return counts, longest[:listed]


def _key(row: InspectionRow, by: str) -> str:
    if by == YEAR:
        return str(row.publication_date.year)
    if by == KIND:
        return row.kind
    return row.overall.grade.key if row.overall else ""


def _keyed(waits: QuerySet[Wait], by: str) -> QuerySet[Wait]:
    if by == YEAR:
        return waits.annotate(key=F("publication_year"))
    if by == KIND:
        return waits.annotate(key=F("inspection_kind"))
    return waits.annotate(key=F("overall_grade_id"))


def _name_of(book: FrameworkBook, by: str, key: int | str | None) -> str:
    """A group's key: the year, the kind, or the grade's key; empty without an overall grade."""
    if key is None:
        return ""
    return book.grades[key].key if by == GRADE else str(key)


def _in_order(book: FrameworkBook, by: str, spreads: Mapping[str, Spread]) -> list[str]:
    """Years and kinds in their order; grades best first, those without one last."""
    if by == YEAR:
        return sorted(spreads)
    if by == KIND:
        order = [kind.value for kind in InspectionKind]
    else:
        order = [grade.key for grade in sorted(book.grades.values(), key=lambda row: row.place)]
    return sorted(spreads, key=lambda key: order.index(key) if key in order else len(order))


def spread_of(key: str, counts: Mapping[int, int]) -> Spread:
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

    return Spread(key, n, quantile(0.25), quantile(0.5), quantile(0.75), ordered[-1])


def election_within(polling: list[tuple[date, str]], first: date, last: date) -> str:
    """The elections whose polling day lies between two days, in words; empty without any."""
    found = [f"{name}, {day.day} {day:%B %Y}" for day, name in polling if first < day <= last]
    return "; ".join(found)
