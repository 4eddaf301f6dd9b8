"""Slides for meeting mode: they fit their canvas, and say which rows of all they show."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard import words
from dashboard.charts import compare, grades_over_time, slide
from dashboard.council.side_by_side import ENTRY as SIDE_BY_SIDE
from dashboard.england.held import GRADES_HELD
from dashboard.england.upcoming_chart import WINDOWS
from inspections.figure_rows import GradesHeld
from tests.charts import more_samples as more
from tests.charts import samples
from tests.charts.figures import FIGURES


@pytest.mark.parametrize("name", [name for name in FIGURES if name.endswith("-slide")])
def test_a_slide_fits_its_canvas_at_28_px(name: str) -> None:
    layout = FIGURES[name].layout
    assert layout.width <= slide.WIDTH
    assert layout.height <= slide.HEIGHT
    scale = min(slide.ROOM[0] / slide.WIDTH, slide.ROOM[1] / slide.HEIGHT)
    assert slide.LEAST * scale >= 28


@pytest.mark.parametrize("is_by_region", [False, True])
def test_windows_that_do_not_fit_are_counted(is_by_region: bool) -> None:
    rows = more.windows(24, is_by_region=is_by_region)
    ((part, said),) = WINDOWS.sheets(rows)
    shown = len(part.rows)
    assert 4 < shown < 24
    assert said == f"Here: the first {shown} of 24; the rest is on the page."
    assert WINDOWS.slides(more.windows(3))[0][1] == ""


def test_councils_side_by_side_are_shared_out_on_one_axis() -> None:
    rows = more.compare(5)
    slides = SIDE_BY_SIDE.sheets(rows)
    assert len(slides) > 1
    assert slides[0][1].startswith("Here: 1")
    assert slides[-1][1].endswith("5 of 5 councils.")
    shown = [row.council_name for part, _said in slides for row in part.councils]
    assert shown == [row.council_name for row in rows.councils]
    figures = [compare.slide(part) for part in compare.sheets(rows)]
    assert len({tuple(figure.layout.xaxis.range) for figure in figures}) == 1


def long_series(*, is_over: bool) -> GradesHeld:
    """Twenty half-years of the sample's last counts, the newest perhaps no longer given."""
    rows = samples.grades_held(ends=False)
    days = [day for year in range(2016, 2026) for day in (date(year, 3, 31), date(year, 9, 30))]
    return replace(
        rows,
        periods=tuple(days),
        counts=(rows.counts[-1],) * 20,
        not_inspected=(0,) * 20,
        ungraded=(0,) * 20,
        no_longer_given=(False,) * 19 + (is_over,),
        ends=days[18] if is_over else None,
    )


@pytest.mark.parametrize(("is_over", "month"), [(False, "September"), (True, "March")])
def test_each_year_of_grades_held_ends_with_the_day_that_the_sentence_names(
    is_over: bool, month: str
) -> None:
    ((part, said),) = GRADES_HELD.sheets(long_series(is_over=is_over))
    assert said == f"Here: each {month}; the half-years between are on the page."
    given = zip(part.periods, part.no_longer_given, strict=True)
    days = [day for day, over in given if not over]
    assert len(days) == 10
    assert f"At {words.day(days[-1])}," in GRADES_HELD.sentence(part)


@pytest.mark.parametrize("height", [slide.HEIGHT, slide.TALL])
def test_a_slide_keeps_every_letter_and_no_letter_s_ground_is_higher_than_its_bar(
    height: int,
) -> None:
    rows = samples.exampleshire()
    usual, shown = grades_over_time.figure(rows), grades_over_time.slide(rows, height)
    written = [sum(map(bool, t.text)) for t in usual.data if t.type == "bar" and t.text]
    assert [sum(map(bool, t.text)) for t in shown.data if t.type == "bar" and t.text] == written
    low, high = shown.layout.yaxis.range
    layout = shown.layout
    lane = (layout.height - layout.margin.t - layout.margin.b) / (low - high)
    bar = lane * next(t.width for t in shown.data if t.type == "bar" and t.width)
    grounds = [row for row in layout.annotations if row.bgcolor]
    assert grounds
    for row in grounds:
        assert row.height + 2 * (row.borderpad + 1) <= bar
