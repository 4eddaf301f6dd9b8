"""What a page without a chart of its own shows of itself in a chat: its lines, or its counts.

The axes are in px of the whole figure, y downwards, as in ``grades_by_inspection``. The size
is the room that the frame of a preview leaves, so that nothing is scaled.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.charts.marks import PlacedSpan, grade_bars
from dashboard.charts.measure import key_height, text_width
from inspections.figure_rows import CardBar, CardLine, GradeSpan
from inspections.framework_rows import Grade

WIDTH, HEIGHT = 1144, 350
LABEL_SHARE = 0.28  # of a line with words beside it


@dataclass(frozen=True)
class _CardGrid:
    """How many lines stand above each other, and how large: px."""

    columns: int
    row: float
    size: float

    def holds(self, count: int, height: float) -> bool:
        return count <= self.columns * int(height / self.row)


GRIDS = (
    _CardGrid(1, 72, 36),
    _CardGrid(2, 54, 26),
    _CardGrid(2, 38, 20),
    _CardGrid(3, 34, 17),
    _CardGrid(4, 24, 14),
)
NOTED = ((62, 26), (46, 21), (34, 17))  # px of a line and of its letters, for few and for many


def lines(rows: Sequence[CardLine]) -> go.Figure:
    """Lines in columns; where they are too many for their names, their letters alone."""
    height = HEIGHT - key_height(_key_of(rows), WIDTH - 4) - 8
    if any(row.note for row in rows):
        return _figure(*_noted(rows, height))
    for grid in GRIDS:
        if grid.holds(len(rows), height):
            return _figure(*_named(rows, grid))
    return _figure(*_letters(rows, height))


def _key_of(rows: Sequence[CardLine]) -> list[str]:
    """Names of about the length and number that the key will have."""
    grades = {row.mark.grade for row in rows if isinstance(row.mark, GradeSpan) and row.mark.grade}
    return [f"{grade.letter} {grade.title}" for grade in grades] + [theme.TOGETHER_KEY]


Drawn = tuple[list[PlacedSpan], list[dict[str, Any]], list[dict[str, Any]]]


def _noted(rows: Sequence[CardLine], height: float) -> Drawn:
    """One column: a label, and the words beside it as far as they fit."""
    notes, room = [], WIDTH * LABEL_SHARE

    def fits(step: float, size: float) -> bool:
        widest = max(text_width(row.note, size) for row in rows)
        return len(rows) * step <= height and widest <= WIDTH - room

    step, size = next((pair for pair in NOTED if fits(*pair)), NOTED[-1])
    most = int(height / step)
    shown = rows if len(rows) <= most else rows[: most - 1]
    for place, row in enumerate(shown):
        middle = step * (place + 0.5)
        label = cut(row.label, room - 12, size, bold=True)
        notes.append(_words(label, 0, middle, size, bold=True))
        notes.append(_words(cut(row.note, WIDTH - room, size), room, middle, size))
    if len(shown) < len(rows):
        more = f"and {len(rows) - len(shown):,} more"
        notes.append(_words(more, 0, step * (len(shown) + 0.5), size, color=theme.MUTED))
    return [], notes, []


def _named(rows: Sequence[CardLine], grid: _CardGrid) -> Drawn:
    """Columns filled one after the other: a lettered square and the name after it."""
    deep = max(-(-len(rows) // grid.columns), 1)
    wide = WIDTH / grid.columns
    cell = grid.row - 4
    placed: list[PlacedSpan] = []
    notes: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    for place, row in enumerate(rows):
        left, middle = wide * (place // deep), grid.row * (place % deep + 0.5)
        _mark(row, left, middle, cell, grid.size * 0.85, placed, notes, shapes)
        at = left + cell * 1.3 + 8
        name = cut(row.label, wide - cell * 1.3 - 16, grid.size)
        notes.append(_words(name, at, middle, grid.size))
    return placed, notes, shapes


def _letters(rows: Sequence[CardLine], height: float) -> Drawn:
    """Squares alone, as large as the room lets them be."""
    side = 44.0
    while side > 6 and len(rows) > int(WIDTH / (side * 1.3)) * int(height / side):
        side -= 1
    across = int(WIDTH / (side * 1.3))
    placed: list[PlacedSpan] = []
    notes: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    for place, row in enumerate(rows):
        left, middle = side * 1.3 * (place % across), side * (place // across + 0.5)
        _mark(row, left, middle, side - 2, side * 0.42, placed, notes, shapes)
    return placed, notes, shapes


def _mark(
    row: CardLine,
    left: float,
    middle: float,
    cell: float,
    size: float,
    placed: list[PlacedSpan],
    notes: list[dict[str, Any]],
    shapes: list[dict[str, Any]],
) -> None:
    """A square of a grade with its letter, or the sign that there is none."""
    wide = cell * 1.3
    if isinstance(row.mark, GradeSpan) and row.mark.grade:
        grade = row.mark.grade
        placed.append(
            PlacedSpan(row.mark, round(left, 1), round(wide, 1), round(middle, 1), grade.letter)
        )
        if row.mark.is_combined:  # its hatch must not cross the letter
            colour = theme.grade_colour(grade.colour)
            ground: dict[str, Any] = {"color": colour.text, "bgcolor": colour.fill, "borderpad": 1}
            notes.append(
                _words(
                    grade.letter, left + wide / 2, middle, size, bold=True, at="center", **ground
                )
            )
    elif isinstance(row.mark, str):
        shapes.append(
            {
                "type": "rect",
                "x0": left + 2,
                "x1": left + wide - 2,
                "y0": middle - cell / 2 + 2,
                "y1": middle + cell / 2 - 2,
                "line": {"color": theme.MUTED, "width": 1.5, "dash": "4px,3px"},
            }
        )
        notes.append(
            _words(row.mark, left + wide / 2, middle, size, color=theme.MUTED, at="center")
        )


def cut(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The text, or as much of it as fits into ``room`` px and an ellipsis."""
    if text_width(text, size, bold=bold) <= room:
        return text
    while text and text_width(text + "…", size, bold=bold) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def _words(
    said: str,
    x: float,
    y: float,
    size: float,
    *,
    bold: bool = False,
    color: str = theme.INK,
    at: str = "left",
    **more: Any,
) -> dict[str, Any]:
    return {
        "showarrow": False,
        "xref": "x",
        "yref": "y",
        "x": x,
        "y": y,
        "xanchor": at,
        "yanchor": "middle",
        "borderpad": 0,
        "text": theme.words(said),
        "font": {"size": size, "color": color, **({"weight": 700} if bold else {})},
        **more,
    }


def _figure(
    placed: list[PlacedSpan],
    notes: list[dict[str, Any]],
    shapes: list[dict[str, Any]],
) -> go.Figure:
    cell = _cell_of(placed)
    marks = grade_bars(placed, thickness=cell, size=cell * 0.48, anchor="middle")
    return _in_px(marks, notes, shapes)


def _cell_of(placed: list[PlacedSpan]) -> float:
    return round(placed[0].length / 1.3, 1) if placed else 0


def _in_px(
    marks: list[theme.Trace], notes: list[dict[str, Any]], shapes: list[dict[str, Any]]
) -> go.Figure:
    return theme.new_figure(
        marks,
        width=WIDTH,
        height=HEIGHT,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        barmode="overlay",
        bargap=0,
        showlegend=bool(marks),
        legend=theme.key_below(),
        xaxis=theme.axis(range=[0, WIDTH], showticklabels=False),
        yaxis=theme.axis(range=[HEIGHT, 0], showticklabels=False),
        shapes=shapes,
        annotations=notes,
    )


def bars(rows: Sequence[CardBar], grades: Sequence[Grade]) -> go.Figure:
    """A bar a group, as long as the councils with a grade are many; counts where they fit."""
    names = [f"{grade.letter} {grade.title}" for grade in grades]
    height = HEIGHT - key_height(names, WIDTH - 4) - 8
    step = min(height / max(len(rows), 1), 46)
    room = min(max((text_width(row.label, 16) for row in rows), default=0) + 14, WIDTH * 0.35)
    longest = max((sum(row.counts.values()) for row in rows), default=0) or 1
    unit = (WIDTH - room) / longest
    middles = [round(step * (place + 0.5), 1) for place in range(len(rows))]
    size = min(16.0, step * 0.6)
    marks, lefts = [], [room] * len(rows)
    for grade, name in zip(grades, names, strict=True):
        counts = [row.counts.get(grade.key, 0) for row in rows]
        colour = theme.grade_colour(grade.colour)
        said = [f"{grade.letter} {n}" for n in counts]
        fits = [text_width(t, size, bold=True) < n * unit - 6
                for t, n in zip(said, counts, strict=True)]  # fmt: skip
        marks.append(
            theme.bar(
                orientation="h",
                name=theme.words(name),
                base=[round(left, 1) for left in lefts],
                x=[round(n * unit, 1) for n in counts],
                y=middles,
                width=round(step * 0.84, 1),
                text=[theme.words(t) if ok else "" for t, ok in zip(said, fits, strict=True)],
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                constraintext="none",
                cliponaxis=False,
                textfont={"color": colour.text, "size": size, "weight": 700},
                marker={"color": colour.fill, "line": {"color": theme.PAPER, "width": theme.GAP}},
                hoverinfo="skip",
            )
        )
        lefts = [left + n * unit for left, n in zip(lefts, counts, strict=True)]
    notes = [
        _words(cut(row.label, room - 10, size), 0, middle, size)
        for row, middle in zip(rows, middles, strict=True)
    ]
    return _in_px(marks, notes, [])
