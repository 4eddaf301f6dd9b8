"""Councils side by side: in the order given, on one axis, every spell lettered."""

import itertools
from dataclasses import replace

import pytest

from dashboard.charts import compare
from inspections.figure_rows import CompareChart
from tests.charts.more_samples import compare as sample
from tests.charts.samples import TODAY, exampleshire, northbridge


@pytest.mark.parametrize("narrow", [False, True])
def test_councils_stand_in_the_order_given(narrow: bool) -> None:
    rows = CompareChart((northbridge(), exampleshire()), TODAY)
    figure = compare.figure(rows, narrow=narrow)
    heads = {n.text: n.y for n in figure.layout.annotations if n.text.endswith(("shire", "bridge"))}
    assert sorted(heads, key=heads.get) == ["Northbridge", "Exampleshire"]  # type: ignore[arg-type]


@pytest.mark.parametrize("narrow", [False, True])
def test_every_graded_spell_of_every_council_is_a_bar(narrow: bool) -> None:
    rows = sample(10)
    figure = compare.figure(rows, narrow=narrow)
    bars = [y for t in figure.data if t.type == "bar" and t.base for y in t.y]
    spans = [span for council in rows.councils for span in council.spans if span.grade]
    assert len(bars) == len(spans)


def test_each_council_has_its_own_lanes() -> None:
    rows = sample(3)
    figure = compare.figure(rows)
    places = figure.layout.yaxis.tickvals
    assert len(places) == sum(len(council.lanes) for council in rows.councils)
    assert all(b - a >= 1 for a, b in itertools.pairwise(places))


def test_a_grade_held_now_is_lettered_behind_today_where_its_bar_is_too_short() -> None:
    figure = compare.figure(sample(3), narrow=True)
    behind = {n.text for n in figure.layout.annotations if n.x == "2028-03-01" and n.y is not None}
    assert {"E", "ES", "NA", "U"} <= behind


def test_no_council_or_ten_are_drawn_and_eleven_refused() -> None:
    assert len(compare.figure(CompareChart((), TODAY)).data) == 0
    with pytest.raises(compare.TooManyCouncilsError, match="found 11, expected 10 or less"):
        compare.figure(sample(11))


def test_an_earlier_day_is_not_called_today() -> None:
    for name in ("today", "as at"):
        figure = compare.figure(replace(sample(2), today_name=name))
        said = {note.text for note in figure.layout.annotations}
        assert said & {"today", "as at"} == {name}
