"""Small multiples: what is drawn as a line, a band and a break, and where the axes begin."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from dashboard.charts import multiples, slide
from inspections.figure_rows import Panel, PanelPoint
from tests.charts import more_samples as more


def lines(panel: Panel, name: str) -> list[list[float | None]]:
    """The figures of the council's or England's line, run by run."""
    trace = multiples._line(multiples._runs(panel.points), name)
    runs: list[list[float | None]] = [[]]
    for x, y in zip(trace["x"], trace["y"], strict=True):
        if x is None:
            runs.append([])
        else:
            runs[-1].append(y)
    return runs


def test_a_break_begins_a_new_line_and_a_new_band() -> None:
    broken = more.multiples().panels[2]
    assert lines(broken, "value") == [[60, 62], [64, 66, 68]]
    (band,) = multiples._bands(multiples._runs(broken.points))
    assert [value is None for value in band["y"]].index(True) == 4
    assert len(band["y"]) == 4 + 1 + 6


def test_a_figure_that_was_not_published_is_a_gap_and_never_zero() -> None:
    missing = more.multiples().panels[1]
    assert lines(missing, "value") == [[17, None, 16, 15.5, 15.1]]


def test_a_year_left_out_is_no_straight_line() -> None:
    ranks = more.multiples().panels[3]
    assert lines(ranks, "value") == [[60], [68]]
    bands = list(multiples._bands(multiples._runs(ranks.points)))
    assert [band["line"]["width"] for band in bands] == [multiples.LONE] * 2


def test_a_measure_without_neighbours_has_no_band() -> None:
    alone = more.multiples().panels[5]
    assert list(multiples._bands(multiples._runs(alone.points))) == []


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        ((0.0, 37.9), (0, 40, 20)),
        ((12.0, 31.0), (0, 40, 20)),
        ((82.0, 96.0), (80, 100, 5)),
        ((350.0, 420.0), (350, 425, 25)),
        ((5.0, 5.0), (4, 6, 2)),
        ((0.0, 0.0), (0, 0.5, 0.5)),
        ((61000.0, 153000.0), (0, 200000, 100000)),
    ],
)
def test_an_axis_begins_at_nothing_unless_all_figures_lie_far_above(
    values: tuple[float, ...], ends: tuple[float, ...]
) -> None:
    points = tuple(
        PanelPoint(date(2017 + place, 3, 31), "", value, "") for place, value in enumerate(values)
    )
    assert multiples._scale(Panel("", "", "", points)) == pytest.approx(ends)


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [(20, "percent", "20%"), (100000, "pounds", "£100k"), (0, "pounds", "£0"), (1500, "", "1,500")],
)
def test_ticks_say_their_unit(value: float, unit: str, said: str) -> None:
    assert multiples.tick_words(value, unit) == said


def test_all_panels_share_one_axis_of_time_and_every_inspection_on_it() -> None:
    figure = multiples.figure(more.multiples()).to_dict()
    layout: dict[str, Any] = figure["layout"]
    times = [axis["range"] for name, axis in layout.items() if name.startswith("xaxis")]
    assert len(times) == 6 and all(one == times[0] for one in times)
    days = [shape["x0"] for shape in layout["shapes"]]
    assert days == ["2019-01-21"] * 6  # that of 2014 lies before every figure
    keys = [trace["name"] for trace in figure["data"] if trace.get("name") and trace.get(
        "showlegend", True)]  # fmt: skip
    assert keys[0] == "Exampleshire" and len(keys) == len(set(keys)) == 7


def test_a_slide_of_every_kind_of_visit_fits_its_canvas() -> None:
    rows = more.multiples()
    kinds = ("focused_visit", "monitoring_visit", "assurance_visit", "jtai")
    visits = tuple(replace(rows.visits[0], kind=kind, kind_name=kind) for kind in kinds)
    layout = multiples.slide(replace(rows, visits=visits)).layout
    assert layout.height <= slide.HEIGHT


def test_marks_of_visits_that_would_touch_stand_in_two_rows() -> None:
    rows = more.multiples()
    first = rows.visits[0]
    near = [replace(first, day=first.day + timedelta(days=days)) for days in (0, 30, 60)]
    picture = multiples.figure(replace(rows, visits=tuple(near)))
    marks = next(one for one in picture.data if one.name == first.kind_name and one.y)
    assert marks.y[0] == marks.y[2] < marks.y[1] < picture.layout.yaxis.range[1]
    alone = multiples.figure(replace(rows, visits=(first,)))
    assert alone.layout.yaxis.range[1] < picture.layout.yaxis.range[1]


def test_without_any_panel_there_is_a_picture_of_nothing() -> None:
    assert multiples.figure(more.multiples(0)).layout.height > 0
