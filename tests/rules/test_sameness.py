"""When two entries mean one inspection or visit: people, loads and imports go by this alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from inspections.rules.sameness import Happening, is_same, kinds_of_visit

FIRST = Happening(
    council=1,
    is_visit=False,
    kinds=frozenset({"standard", "rules"}),
    start_date=date(2026, 7, 6),
    publication_date=date(2026, 8, 25),
    address="https://files.example.org/v1/file/1",
)
UNKNOWN = replace(FIRST, address="")


def same(**changes: object) -> bool:
    """Is the first inspection, without its address, the same as one that differs so?"""
    other = replace(UNKNOWN, **changes)
    assert is_same(UNKNOWN, other) == is_same(other, UNKNOWN)
    return is_same(UNKNOWN, other)


@pytest.mark.parametrize(("days", "expected"), [(0, True), (60, True), (61, False), (-60, True)])
def test_first_days_within_sixty_days_are_one(days: int, expected: bool) -> None:
    apart = timedelta(days=days)
    published = UNKNOWN.publication_date + timedelta(days=200)
    start = UNKNOWN.start_date + apart
    assert same(start_date=start, publication_date=published) is expected


def test_one_publication_date_is_one_event_whatever_the_first_day() -> None:
    """A first day mistyped by two years."""
    assert same(start_date=date(2024, 7, 6))


@pytest.mark.parametrize(("days", "expected"), [(60, True), (61, False)])
def test_without_a_first_day_publication_dates_decide(days: int, expected: bool) -> None:
    published = UNKNOWN.publication_date + timedelta(days=days)
    assert same(start_date=None, publication_date=published) is expected


@pytest.mark.parametrize(("days", "expected"), [(-1, False), (0, True), (230, True), (231, False)])
def test_a_report_alone_may_be_that_of_a_first_day_alone(days: int, expected: bool) -> None:
    one = replace(UNKNOWN, publication_date=None)
    report = UNKNOWN.start_date + timedelta(days=days)
    other = replace(UNKNOWN, start_date=None, publication_date=report)
    assert is_same(one, other) is expected


def test_without_any_day_nothing_is_the_same() -> None:
    assert not same(start_date=None, publication_date=None)


def test_council_and_kind_must_agree() -> None:
    assert not same(council=2)
    assert not same(is_visit=True)
    assert not same(kinds=frozenset({"short", "others"}))
    assert same(kinds=frozenset({"short", "rules"})), "one framework inspects once in sixty days"


def test_one_address_is_one_report_whoevers_it_is_said_to_be() -> None:
    elsewhere = replace(FIRST, council=2, kinds=frozenset({"short"}), start_date=date(2020, 1, 6))
    assert is_same(FIRST, elsewhere)
    assert is_same(FIRST, replace(elsewhere, address="http://FILES.example.org/v1/file/1/"))
    assert not is_same(FIRST, replace(elsewhere, address="https://files.example.org/v1/file/2"))
    assert not is_same(replace(FIRST, address=""), replace(elsewhere, address=""))


def test_an_assurance_visit_is_a_focused_visit_by_type() -> None:
    assert kinds_of_visit("assurance_visit") & kinds_of_visit("focused_visit")
    assert not kinds_of_visit("assurance_visit") & kinds_of_visit("monitoring_visit")
