"""Percentiles and bands, against the standard library and by hand."""

from statistics import quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.rules.band import Band, BandStanding, band, percentile, standing

TEN = [float(value) for value in range(1, 11)]


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=40))
def test_percentiles_are_those_of_the_standard_library(values: list[float]) -> None:
    ordered = sorted(values)
    tenths = quantiles(ordered, n=10, method="inclusive")
    for place, expected in enumerate(tenths, start=1):
        assert percentile(ordered, place / 10) == pytest.approx(expected, abs=1e-6)


def test_the_band_of_ten_figures_in_any_order() -> None:
    assert band(TEN[::-1]) == Band(pytest.approx(1.9), 5.5, pytest.approx(9.1), 10)


def test_what_was_not_published_is_left_out_and_too_few_make_no_band() -> None:
    held = band([None, 4.0, 4.0, 4.0, 4.0, 4.0])
    assert held == Band(4.0, 4.0, 4.0, 5)
    assert band([4.0, 4.0, 4.0, 4.0, None]) is None
    assert band([]) is None
    assert band([7.0], least=1) == Band(7.0, 7.0, 7.0, 1)


@pytest.mark.parametrize(
    ("value", "where"),
    [
        (0.9, BandStanding.BELOW), (1.0, BandStanding.WITHIN), (2.0, BandStanding.WITHIN),
        (3.0, BandStanding.WITHIN), (3.1, BandStanding.ABOVE), (None, BandStanding.UNKNOWN),
    ],
)  # fmt: skip
def test_the_ends_of_a_band_are_within_it(value: float | None, where: BandStanding) -> None:
    assert standing(value, Band(1.0, 2.0, 3.0, 10)) is where


def test_without_a_band_nothing_stands_anywhere() -> None:
    assert standing(1.0, None) is BandStanding.UNKNOWN
