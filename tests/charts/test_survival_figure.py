"""The waiting curve: steps where inspections came, and how many are still watched."""

import pytest

from dashboard.charts import survival
from inspections.figure_rows import SurvivalCurve, SurvivalOverlay
from tests.charts.more_samples import survival as sample


def test_the_curve_starts_with_all_waiting_and_ends_where_nobody_is_watched_any_more() -> None:
    line = survival.figure(sample()).data[0]
    assert (line.x[0], line.y[0]) == (0, 1)
    assert line.line.shape == "hv"
    assert (line.x[-1], line.y[-1]) == (60, sample().points[-1][1])


def test_the_share_at_a_month_is_that_of_the_last_step_before_it() -> None:
    rows = SurvivalCurve("after good", ((30, 0.75), (40, 0.5)), ((0, 4),))
    assert [survival.share_at(rows, m) for m in (0, 29.9, 30, 39, 40, 90)] == [
        1, 1, 0.75, 0.75, 0.5, 0.5,
    ]  # fmt: skip


@pytest.mark.parametrize("narrow", [False, True])
def test_the_numbers_at_risk_stand_under_their_months(narrow: bool) -> None:
    figure = survival.figure(sample(two=True), narrow=narrow)
    numbers = [(n.x, n.text) for n in figure.layout.annotations if n.text.isdigit()]
    assert numbers[:6] == [(0, "60"), (12, "58"), (24, "55"), (36, "34"), (48, "9"), (60, "1")]
    assert numbers[6:] == [(0, "31"), (12, "31"), (24, "30"), (36, "22"), (48, "12")]


def test_a_council_that_was_re_inspected_is_a_full_point_on_the_curve() -> None:
    figure = survival.figure(sample(overlay=SurvivalOverlay("Exampleshire", 30, True)))
    point = figure.data[-1]
    assert (point.x[0], point.y[0]) == (30, survival.share_at(sample(), 30))
    assert point.marker.symbol == "circle"
    assert "Exampleshire<br>30 months" in [n.text for n in figure.layout.annotations]


def test_a_council_still_waiting_is_an_open_point_and_says_so() -> None:
    figure = survival.figure(sample(overlay=SurvivalOverlay("North & Hill", 70, False)))
    assert figure.data[-1].marker.symbol == "circle-open"
    assert figure.layout.xaxis.range == (0, 72)
    assert "North &amp; Hill<br>70 months so far, still waiting" in [
        n.text for n in figure.layout.annotations
    ]


def test_two_curves_are_told_apart_without_colour() -> None:
    first, second = survival.figure(sample(two=True)).data
    assert [first.name, second.name] == ["after inadequate", "after good"]
    assert first.line.dash != second.line.dash


def test_nothing_known_is_a_flat_line_of_a_year() -> None:
    figure = survival.figure(SurvivalCurve("after good", (), ()))
    assert list(figure.data[0].y) == [1, 1]
    assert figure.layout.xaxis.range == (0, 12)
