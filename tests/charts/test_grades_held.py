"""Grades held: the columns are the counts, and an ended series says so."""

import pytest

from dashboard.charts import grades_held
from inspections.figure_rows import GradesHeld
from tests.charts.samples import grades_held as sample


@pytest.mark.parametrize("narrow", [False, True])
def test_every_column_adds_up_to_the_councils_there_were(narrow: bool) -> None:
    rows = sample(ends=False)
    figure = grades_held.figure(rows, narrow=narrow)
    for place in range(len(rows.periods)):
        assert sum(trace.y[place] for trace in figure.data) == 153


def test_the_worst_grade_stands_at_the_bottom_and_the_uninspected_on_top() -> None:
    names = [trace.name for trace in grades_held.figure(sample()).data]
    assert names == [
        "I Inadequate",
        "RI Requires improvement",
        "G Good",
        "O Outstanding",
        "not yet inspected",
    ]


def test_a_count_is_written_with_its_letter_where_its_column_is_tall_enough() -> None:
    figure = grades_held.figure(sample())
    good = next(trace for trace in figure.data if trace.name == "G Good")
    assert good.text[0] == ""
    assert good.text[15] == f"G {good.y[15]}"


def test_a_series_that_has_ended_is_a_labelled_frame_and_not_a_zero_column() -> None:
    figure = grades_held.figure(sample(ends=True))
    assert [note.text for note in figure.layout.annotations] == [
        "Overall effectiveness: no longer graded"
    ]
    frame = figure.layout.shapes[0]
    assert (round(frame.x0), round(frame.x1)) == (16, 17)
    assert all(trace.y[17] == 0 for trace in figure.data)


def test_no_periods_give_an_empty_picture() -> None:
    rows = GradesHeld("Help and protection", (), sample().grades, (), (), ())
    assert all(len(trace.y) == 0 for trace in grades_held.figure(rows).data)
