"""Figures beside a council's neighbours: bands, periods not over yet, what is not published."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dashboard import words
from inspections.measure_rows import MeasureBook, MeasureYear, Where
from inspections.questions.context import (
    Usual,
    context,
    outside,
    spreads,
    usual,
)
from inspections.record import Memory, Record
from inspections.rules.band import Band, BandStanding
from inspections.store import current_record
from tests.invented_rows import council, record
from tests.test_measure_rows import AGENCY, CHILDREN

DAY = date(2021, 1, 1)
OWN, NEAR = 1, tuple(range(2, 12))
COUNCILS = (
    replace(council(), id=OWN, neighbours=NEAR, slug="own"),
    *(
        replace(council(), id=pk, slug=f"near-{pk}", short_name=f"Near {pk}", neighbours=())
        for pk in NEAR
    ),
)


def held(own: str, near: dict[int, str] | None = None, **fields: Any) -> Record:
    """Ten neighbours with 1 to 10 percent in 2019, unless told otherwise."""
    usual = {pk: f"2019:{pk - 1}" for pk in NEAR} | (near or {})
    cells: dict[Where, str] = {OWN: own, "england": "2019:5", **usual}
    book = MeasureBook(
        (AGENCY, replace(CHILDREN, charted=3, is_comparable=False)),
        series={"agency": cells, "children": dict.fromkeys((OWN, *NEAR), "2019:400")},
        **fields,
    )
    return record(councils=COUNCILS, measures=book)


def asked(found: Record, day: date = DAY) -> Any:
    return context(found, found.council(OWN), day)[0]


def test_a_figure_stands_beside_the_band_of_ten_neighbours_and_england() -> None:
    row = asked(held("2018:8 2019:9.5"))
    assert [one.year for one in row.periods] == [2018, 2019]
    assert (row.periods[0].band, row.periods[0].england) == (None, None)
    assert row.latest.band == Band(pytest.approx(1.9), 5.5, pytest.approx(9.1), 10)
    assert (row.latest.value, row.latest.england) == (9.5, 5)
    assert row.standing is BandStanding.ABOVE


def test_a_period_is_shown_once_it_is_over() -> None:
    found = held("2019:9.5 2020:1", {2: "2020:3"})
    assert [one.year for one in asked(found, date(2020, 9, 29)).periods] == [2019]
    assert [one.year for one in asked(found, date(2020, 9, 30)).periods] == [2019, 2020]


def test_what_the_council_did_not_publish_is_unknown_and_never_zero() -> None:
    row = asked(held("2018:3 2019:c"))
    assert (row.latest.year, row.latest.value, row.latest.symbol) == (2019, None, "c")
    assert row.standing is BandStanding.UNKNOWN


def test_an_old_figure_does_not_stand_in_for_the_newest() -> None:
    assert asked(held("2018:99")).standing is BandStanding.UNKNOWN


def test_fewer_than_five_neighbours_make_no_band() -> None:
    few = dict.fromkeys(NEAR[4:], "2019:-")
    assert asked(held("2019:99", few)).latest.band is None
    five = dict.fromkeys(NEAR[5:], "2019:-")
    assert asked(held("2019:99", five)).latest.band.n == 5


def test_a_break_is_told_with_the_period_that_begins_anew() -> None:
    years = {("agency", 2019): MeasureYear(True, 317, "", "A census")}
    row = asked(held("2018:8 2019:9.5", years=years))
    assert [one.is_break for one in row.periods] == [False, True]
    assert row.out_of == 317


def test_what_grows_with_a_councils_size_stands_alone() -> None:
    found = held("2019:5")
    children = context(found, found.council(OWN), DAY)[1]
    assert (children.latest.value, children.latest.band, children.latest.england) == (
        400, None, None,
    )  # fmt: skip
    answer = outside(found, found.council(OWN), DAY)
    assert [len(part) for part in (answer.stand_out, answer.within, answer.unknown)] == [0, 1, 0]
    assert answer.compared == 1


def test_measures_can_be_named_and_those_without_any_figure_are_left_out() -> None:
    found = held("2019:5")
    own = found.council(OWN)
    assert [row.measure.code for row in context(found, own, DAY, ["children"])] == ["children"]
    assert context(found, own, date(2018, 1, 1)) == ()


@pytest.mark.parametrize(("value", "part"), [("9.2", "above"), ("1.8", "below"), ("5", "within")])
def test_measures_outside_the_band_are_told_apart(value: str, part: str) -> None:
    found = held(f"2019:{value}")
    answer = outside(found, found.council(OWN), DAY)
    assert [row.measure.code for row in getattr(answer, part)] == ["agency"]
    assert len(answer.stand_out) == (part != "within")


def test_what_is_usual_counts_the_councils_that_can_be_compared() -> None:
    assert usual(held("2019:99"), DAY) == Usual(1, 1)
    assert usual(held("2019:5"), DAY) == Usual(0, 1)
    assert usual(held("2019:c"), DAY) is None


def test_a_spread_holds_every_council_by_name_and_no_place() -> None:
    (found,) = spreads(held("2019:c 2020:c"), AGENCY, DAY)
    assert len(found) == len(found.figures)  # what it counts for where it is remembered
    assert [row.short_name for row, _ in found.figures] == [f"Near {pk}" for pk in NEAR]
    assert (found.year, found.band.n, found.band.middle, found.england) == (2019, 10, 5.5, 5)
    assert found.share_between(3, 5) == 3


# The shipped record


@pytest.mark.django_db
def test_every_councils_measures_are_outside_within_or_unknown() -> None:
    found, day = current_record(), date(2026, 8, 22)
    comparable = [row for row in found.measures.charted if row.is_comparable]
    counts = []
    for row in found.councils_on(day):
        answer = outside(found, row, day)
        parts = (*answer.stand_out, *answer.within, *answer.unknown)
        assert {one.measure for one in parts} <= set(comparable)
        assert len(parts) == len({one.measure.code for one in parts})
        if answer.compared:
            counts.append(len(answer.stand_out))
    counts.sort()
    middle = counts[len(counts) // 2]
    assert usual(found, day) == Usual(middle, len(counts))


@pytest.mark.django_db
@pytest.mark.once
def test_what_is_kept_for_days_alike_is_what_each_day_has_alone() -> None:
    found = current_record()
    luton = next(row for row in found.councils if row.slug == "luton")
    ends = [
        (year, *end) for year in range(2021, 2026) for end in ((3, 30), (3, 31), (9, 29), (9, 30))
    ]
    days = [date(*end) for end in ends]

    def asked_of(known: Record, day: date) -> Any:
        return usual(known, day), context(known, luton, day)

    alone = [asked_of(replace(found, _compared=Memory(100_000)), day) for day in days]
    together = replace(found, _compared=Memory(1_000_000))
    assert [asked_of(together, day) for day in days] == alone
    assert len({said for said, _ in alone}) > 3
    assert usual(found, date(2024, 5, 1)) is usual(found, date(2024, 5, 2))


@pytest.mark.django_db
def test_no_figure_outside_a_band_reads_as_its_end() -> None:
    shipped, wrong = current_record(), []
    for each in shipped.councils_on(date(2026, 11, 28)):
        for row in outside(shipped, each, date(2026, 11, 28)).stand_out:
            latest = row.latest
            assert latest.band is not None
            end = latest.band.high if latest.standing is BandStanding.ABOVE else latest.band.low
            told = [words.amount(value, row.measure) for value in (latest.value, end)]
            if told[0] == told[1]:
                wrong.append((each.slug, row.measure.code, told))
    assert wrong == []
