"""From grade to grade: every council is counted once, in the row it came from."""

import plotly.graph_objects as go
import pytest

from dashboard.charts import grade_moves, theme
from inspections.figure_rows import GradeMoves
from tests.charts.more_samples import moves, moves_of_five
from tests.charts.samples import FOUR


def notes(figure: go.Figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


@pytest.mark.parametrize("narrow", [False, True])
def test_each_row_holds_the_counts_from_its_grade_and_the_incomparable_last(narrow: bool) -> None:
    rows = moves()
    texts = grade_moves.figure(rows, narrow=narrow).data[0].text
    assert [list(row) for row in texts] == [
        ["11", "6", "–", "1", "–"],
        ["9", "28", "7", "–", "2"],
        ["3", "31", "22", "4", "–"],
        ["–", "8", "19", "2", "1"],
    ]


def test_a_larger_count_is_never_paler() -> None:
    matrix = grade_moves.figure(moves()).data[0]
    cells = sorted(
        (int(text.replace("–", "0")), shade)
        for texts, shades in zip(matrix.text, matrix.z, strict=True)
        for text, shade in list(zip(texts, shades, strict=True))[:-1]
    )
    shades = [shade for _count, shade in cells]
    assert shades == sorted(shades)
    assert {shade for count, shade in cells if count == 0} == {0}
    assert shades[-1] == 3


@pytest.mark.parametrize("narrow", [False, True])
def test_each_grade_heads_a_row_and_a_column_by_its_letter_on_its_colour(narrow: bool) -> None:
    figure = grade_moves.figure(moves(), narrow=narrow)
    for grade in FOUR:
        chips = [note for note in figure.layout.annotations if note.text == grade.letter]
        assert [chip.bgcolor for chip in chips] == [theme.grade_colour(grade.colour).fill] * 2


def test_a_scale_of_five_grades_needs_no_code() -> None:
    figure = grade_moves.figure(moves_of_five())
    assert len(figure.data[0].z) == 5
    assert len(figure.layout.shapes) == 5


def test_no_grades_give_an_empty_picture() -> None:
    assert len(grade_moves.figure(GradeMoves("Leaders", (), {})).data) == 0


def test_the_squares_of_no_change_are_outlined_and_the_sides_told_in_words() -> None:
    figure = grade_moves.figure(moves())
    assert [round((s.x0 + s.x1) / 2) for s in figure.layout.shapes] == [0, 1, 2, 3]
    assert [round((s.y0 + s.y1) / 2) for s in figure.layout.shapes] == [0, 1, 2, 3]
    assert "Outlined: the same grade again. Left of it: up. Right of it: down." in notes(figure)
