"""Windows: a bar from earliest to latest, and words for those that are past it."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.charts import windows
from inspections.figure_rows import WindowRow, WindowsChart
from tests.charts.more_samples import windows as sample
from tests.charts.samples import TODAY

DAY = 86_400_000
INSIDE = WindowRow(
    "Exampleshire", "e", "East", date(2027, 1, 1), date(2027, 5, 1), date(2027, 9, 1)
)
PAST = WindowRow(
    "North & Hill", "n", "Upland", date(2024, 1, 1), date(2024, 5, 1), date(2026, 9, 1), True
)


def test_a_bar_runs_from_the_earliest_day_to_the_latest() -> None:
    figure = windows.figure(WindowsChart((INSIDE,), TODAY))
    bar, mark = figure.data
    assert (bar.base[0], bar.x[0] / DAY) == (
        "2027-01-01",
        (date(2027, 9, 1) - date(2027, 1, 1)).days,
    )
    assert mark.x == ("2027-05-01",)


@pytest.mark.parametrize("narrow", [False, True])
def test_a_council_past_its_window_is_hatched_and_told_in_words(narrow: bool) -> None:
    figure = windows.figure(WindowsChart((INSIDE, PAST), TODAY), narrow=narrow)
    hatched = [t for t in figure.data if t.type == "bar" and t.marker.pattern.shape]
    assert [list(t.base) for t in hatched] == [["2024-01-01"]]
    words = [note.text for note in figure.layout.annotations]
    assert len([text for text in words if "longer than 9 in 10 such waits" in text]) == 1


def test_words_that_the_axis_has_no_room_for_stand_before_the_bar() -> None:
    figure = windows.figure(WindowsChart((PAST,), TODAY))
    said = next(n for n in figure.layout.annotations if "9 in 10" in n.text)
    assert said.text in windows.PAST
    assert (said.xanchor, said.x) in {("left", "2026-11-22"), ("right", "2024-01-01")}


@pytest.mark.parametrize("narrow", [False, True])
def test_every_one_of_153_councils_has_its_bar_and_its_name(narrow: bool) -> None:
    figure = windows.figure(sample(), narrow=narrow)
    bars = [y for trace in figure.data if trace.type == "bar" for y in trace.y]
    assert len(set(bars)) == 153
    names = {row.name.replace("&", "&amp;") for row in sample().rows}
    shown = figure.layout.yaxis.ticktext or [n.text for n in figure.layout.annotations]
    assert names <= {text.split(":")[0] for text in shown}
    assert figure.layout.height > 153 * 20


def test_bars_are_in_the_order_of_their_start() -> None:
    figure = windows.figure(sample())
    placed = sorted(
        (y, base)
        for t in figure.data
        if t.type == "bar"
        for y, base in zip(t.y, t.base, strict=True)
    )
    starts = [base for _y, base in placed]
    assert starts == sorted(starts)


def test_by_region_each_region_is_headed_once_and_keeps_its_councils_together() -> None:
    figure = windows.figure(WindowsChart((PAST, INSIDE), TODAY, is_by_region=True))
    heads = {n.text: n.y for n in figure.layout.annotations if n.text in ("East", "Upland")}
    places = dict(zip(figure.layout.yaxis.ticktext, figure.layout.yaxis.tickvals, strict=True))
    assert heads["East"] < places["Exampleshire"] < heads["Upland"] < places["North &amp; Hill"]


def test_no_council_gives_an_empty_picture() -> None:
    assert len(windows.figure(WindowsChart((), TODAY)).data) == 0


def test_an_earlier_day_is_not_called_today() -> None:
    for name in ("today", "as at"):
        figure = windows.figure(replace(sample(4), today_name=name))
        said = {note.text for note in figure.layout.annotations}
        assert said & {"today", "as at"} == {name}
