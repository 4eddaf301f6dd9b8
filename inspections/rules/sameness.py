"""When two entries mean one inspection or visit. One rule for people, loads and imports."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date

from inspections.vocabulary import VisitKind

SAME_WITHIN_DAYS = 60
"""The nearest two of a kind at one council are 61 days apart (714 inspections and 616 visits on
record in August 2026); the largest slip between two of Ofsted's own lists is 49 days."""
LONGEST_WAIT_DAYS = 230
"""From the first day on site to the report: 225 days in the longest case on record."""


@dataclass(frozen=True, slots=True)
class Happening:
    """What says which event is meant. `kinds`: every word for its kind, such as an inspection's
    own kind and its framework; one in common is enough. `address`: of Ofsted's report or letter.
    """

    council: Hashable
    is_visit: bool
    kinds: frozenset[str]
    start_date: date | None
    publication_date: date | None
    address: str = ""


def kinds_of_visit(kind: str) -> frozenset[str]:
    """An assurance visit is a focused visit by type, and some of Ofsted's lists call it so."""
    return frozenset({kind, VisitKind.FOCUSED if kind == VisitKind.ASSURANCE else kind})


def is_same(one: Happening, other: Happening) -> bool:
    """Do both mean one event?

    One address is one report, whoever's it is said to be. Else council and kind must agree, and
    the days: first days within
    `SAME_WITHIN_DAYS` or one publication date; where a first day is not known, publication dates
    within it; where only one of each is known, a report that can be that visit's.
    """
    if one.address and plain_address(one.address) == plain_address(other.address):
        return True
    if one.is_visit != other.is_visit or one.council != other.council:
        return False
    return bool(one.kinds & other.kinds) and _days_fit(one, other)


def plain_address(address: str) -> str:
    """An address without what does not change where it leads: scheme, case, last stroke."""
    return address.strip().casefold().partition("://")[2].rstrip("/")


def _days_fit(one: Happening, other: Happening) -> bool:
    published = one.publication_date, other.publication_date
    if one.start_date and other.start_date:
        if None not in published and published[0] == published[1]:
            return True
        return _apart(one.start_date, other.start_date) <= SAME_WITHIN_DAYS
    if published[0] and published[1]:
        return _apart(published[0], published[1]) <= SAME_WITHIN_DAYS
    longest = SAME_WITHIN_DAYS if one.is_visit else LONGEST_WAIT_DAYS
    return any(
        begun.start_date is not None
        and told.publication_date is not None
        and 0 <= (told.publication_date - begun.start_date).days <= longest
        for begun, told in ((one, other), (other, one))
    )


def _apart(one: date, other: date) -> int:
    return abs((one - other).days)
