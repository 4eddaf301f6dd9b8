"""How long did reports take from the last day on site to publication?"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, FilteredRelation, Q, QuerySet
from django.db.models.functions import ExtractYear

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
    polling = list(PollingDay.objects.values_list("polling_date", "name"))
    return Reporting(
        by=by,
        groups=tuple(spreads[key] for key in _in_order(by, spreads)),
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
        .filter(among.of_councils("council__"))
        .order_by()
    )
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for key, days, number in (
        _keyed(book, waits, by)
        .values_list("key", "reported_days")
        .annotate(n=Count("pk"))
        .values_list("key", "reported_days", "n")
    ):
        counts["" if key is None else str(key)][days] += number
    longest = waits.order_by("-reported_days", "-publication_date", "council__short_name")
    return counts, list(
        longest.values_list(
            "council__slug",
            "council__short_name",
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
    return row.overall.grade.code if row.overall else ""


def _keyed(book: FrameworkBook, waits: QuerySet[Wait], by: str) -> QuerySet[Wait]:
    if by == YEAR:
        return waits.annotate(key=ExtractYear("publication_date"))
    if by == KIND:
        return waits.annotate(key=F("inspection__kind"))
    areas = [pk for pk, area in book.areas.items() if area.is_overall]
    return waits.annotate(
        overall=FilteredRelation(
            "inspection__judgements", condition=Q(inspection__judgements__area__in=areas)
        ),
        key=F("overall__grade__code"),
    )


def _in_order(by: str, spreads: Mapping[str, Spread]) -> list[str]:
    if by == KIND:
        kinds = [kind.value for kind in InspectionKind]
        return sorted(spreads, key=lambda key: kinds.index(key) if key in kinds else 99)
    return sorted(spreads)


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
