"""Timing: a point for every inspection and a median for every year."""

import pytest

from dashboard.charts import timing
from inspections.figure_rows import TimingChart
from tests.charts.more_samples import timing as sample


@pytest.mark.parametrize("narrow", [False, True])
def test_every_inspection_is_one_point_at_its_days(narrow: bool) -> None:
    figure = timing.figure(sample(), narrow=narrow)
    drawn = [
        (x, y) for t in figure.data if t.mode == "markers" for x, y in zip(t.x, t.y, strict=True)
    ]
    assert sorted(drawn) == sorted((p.day.isoformat(), p.days) for p in sample().points)
    assert max(y for _x, y in drawn) <= figure.layout.yaxis.range[1]


def test_kinds_are_told_apart_by_shape() -> None:
    kinds = [t for t in timing.figure(sample()).data if t.mode == "markers"]
    assert len({t.marker.symbol for t in kinds}) == len(kinds) == 4


def test_each_median_is_a_line_across_its_year_and_a_number_above_the_plot() -> None:
    figure = timing.figure(sample())
    line = next(t for t in figure.data if t.mode == "lines")
    assert (line.x[0], line.x[1], line.y[0]) == ("2014-01-12", "2014-12-20", 42.0)
    numbers = {n.x: n.text for n in figure.layout.annotations}
    assert numbers["2014-07-01"] == "42"
    assert numbers["2015-07-01"] == "49.5"


def test_on_a_phone_the_newest_median_is_always_among_the_numbers() -> None:
    figure = timing.figure(sample(), narrow=True)
    numbers = [n.x for n in figure.layout.annotations if n.x and str(n.x).endswith("-07-01")]
    assert "2026-07-01" in numbers
    assert len(numbers) < 13


def test_a_pause_is_a_band_with_its_reason() -> None:
    figure = timing.figure(sample())
    assert (figure.layout.shapes[0].x0, figure.layout.shapes[0].x1) == ("2024-05-25", "2024-07-04")
    assert "election" in [note.text for note in figure.layout.annotations]


def test_no_inspections_give_an_empty_picture() -> None:
    assert len(timing.figure(TimingChart((), ())).data) == 0
