"""An invented record of any size, for measuring speed. No council in it exists.

Everything is made from one seed, so two runs give the same record. Councils are called
"Exampleshire 00001" and have codes that no register uses. Waits, reports and grades follow
roughly what the real record shows, so that pages have as much to do as they would have.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from inspections.rules.clock import COVID_PAUSE, Clock

FIRST_DAY = date(2013, 11, 18)
VISIT_DAYS = 2900
CLOCK = Clock((COVID_PAUSE,))
NO_END = COVID_PAUSE.last_date or date.max


@dataclass(frozen=True, slots=True)
class MadeCouncil:
    slug: str
    name: str
    ons_code: str
    dfe_code: str
    ofsted_urn: str
    kind: str
    ons_region: str
    ofsted_region: str


@dataclass(frozen=True, slots=True)
class MadeInspection:
    """An invented inspection. ``places``: the place of each judgement on its scale, in the
    order of the framework's areas; 1 is the best."""

    council: int
    start_date: date
    end_date: date
    publication_date: date
    is_short: bool
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MadeVisit:
    council: int
    kind: str
    start_date: date
    publication_date: date


@dataclass(frozen=True, slots=True)
class MadeStatement:
    """An invented expectation of the next full inspection, half a year from its first day on."""

    council: int
    reference: str
    stated_date: date
    expected_from_date: date
    expected_to_date: date


REGIONS = (
    ("east_midlands", "east_midlands"),
    ("east_of_england", "east_of_england"),
    ("london", "london"),
    ("north_east", "north_east_yorkshire_and_the_humber"),
    ("yorkshire_and_the_humber", "north_east_yorkshire_and_the_humber"),
    ("north_west", "north_west"),
    ("south_east", "south_east"),
    ("south_west", "south_west"),
    ("west_midlands", "west_midlands"),
)
KINDS = ("unitary", "metropolitan_borough", "london_borough", "county")
MOST_COUNCILS = 36**3
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def councils(number: int) -> Iterator[MadeCouncil]:
    """Invented councils with codes of their own, up to MOST_COUNCILS."""
    if not 1 <= number <= MOST_COUNCILS:
        raise ValueError(f"councils: found {number}, expected 1 to {MOST_COUNCILS}")
    for place in range(number):
        ons_region, ofsted_region = REGIONS[place % len(REGIONS)]
        code = DIGITS[place // 1296] + DIGITS[place // 36 % 36] + DIGITS[place % 36]
        yield MadeCouncil(
            slug=f"exampleshire-{place + 1:05d}",
            name=f"Exampleshire {place + 1:05d}",
            ons_code=f"X{place + 1:08d}",
            dfe_code=code,
            ofsted_urn=f"X{place + 1:07d}",
            kind=KINDS[place % len(KINDS)],
            ons_region=ons_region,
            ofsted_region=ofsted_region,
        )


def inspections(
    number: int, *, councils: int, last_day: date, seed: int = 1
) -> Iterator[MadeInspection]:
    """So many invented full inspections, oldest first per council, published by ``last_day``.

    Every council has as many as fit between FIRST_DAY and then, or one more; raises
    ValueError where that is more than time allows.
    """
    chance = random.Random(seed)
    fewest, more = divmod(number, councils)
    for council in range(councils):
        wanted = fewest + (1 if council < more else 0)
        yield from _chain(council, wanted, last_day, chance)


def _chain(
    council: int, wanted: int, last_day: date, chance: random.Random
) -> Iterator[MadeInspection]:
    place = chance.choice((1, 2, 2, 2, 3, 3, 3, 4))
    end_of_chain = last_day - timedelta(days=80)
    span = CLOCK.days_between(FIRST_DAY, end_of_chain)
    gap = min(1230, span // max(wanted, 1))
    if wanted and gap < 60:
        raise ValueError(
            f"inspections: found {wanted} for one council, expected at most {span // 60}"
        )
    first = max(0, span - gap * wanted + chance.randrange(gap))
    for number in range(wanted):
        jitter = chance.randrange(gap // 4 + 1) if number else 0
        start = CLOCK.date_after(FIRST_DAY, first + gap * number - jitter)
        if not COVID_PAUSE.first_date <= start - timedelta(days=start.weekday()) <= NO_END:
            start -= timedelta(days=start.weekday())
        is_short = place <= 2
        end = start + timedelta(days=4 if is_short else 11)
        yield MadeInspection(
            council=council,
            start_date=start,
            end_date=end,
            publication_date=end + timedelta(days=25 + chance.randrange(40)),
            is_short=is_short,
            places=tuple(min(4, max(1, place + chance.choice((-1, 0, 0, 0, 1)))) for _ in range(7)),
        )
        place = min(4, max(1, place + chance.choice((-2, -1, -1, 0, 0, 0, 1))))


def visits(number: int, *, councils: int, last_day: date, seed: int = 2) -> Iterator[MadeVisit]:
    """So many invented visits, spread over the councils and the years since 2018."""
    most = VISIT_DAYS // 2 * councils
    if number > most:
        raise ValueError(f"visits: found {number}, expected at most {most}")
    chance = random.Random(seed)
    taken: set[tuple[int, date]] = set()
    for place in range(number):
        council = place % councils
        start = last_day
        while start == last_day or (council, start) in taken:  # One visit of a council a day.
            start = last_day - timedelta(days=40 + chance.randrange(VISIT_DAYS))
        taken.add((council, start))
        yield MadeVisit(
            council=council,
            kind=chance.choice(("focused_visit", "focused_visit", "monitoring_visit", "jtai")),
            start_date=start,
            publication_date=start + timedelta(days=30),
        )


def statements(
    number: int, *, councils: int, last_day: date, seed: int = 3
) -> Iterator[MadeStatement]:
    """So many invented expectations, spread over the councils and the years since 2018."""
    chance = random.Random(seed)
    for place in range(number):
        stated = last_day - timedelta(days=chance.randrange(VISIT_DAYS))
        first = stated + timedelta(days=90 + chance.randrange(900))
        yield MadeStatement(
            council=place % councils,
            reference=f"invented-{place:06d}",
            stated_date=stated,
            expected_from_date=first,
            expected_to_date=first + timedelta(days=182),
        )
