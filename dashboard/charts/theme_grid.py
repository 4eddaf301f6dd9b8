"""Themes as rows, events or groups of documents as columns: a cell says how often.

The axes are in px of the whole picture, y downwards, as in grades_by_inspection. Shades differ
in lightness, and each cell has its number, so that nothing rests on colour.
"""

from bisect import bisect_right
from dataclasses import dataclass, replace
from math import ceil
from typing import Any, Final

import plotly.graph_objects as go

from dashboard.charts import slide as canvas
from dashboard.charts import theme
from dashboard.charts.measure import key_height, text_width, wrapped
from dashboard.charts.timeline import note
from inspections.figure_rows import GridCell, GridColumn, ThemeGrid

WIDTH, NARROW_WIDTH = 960, 340
ROW, NARROW_ROW, SLIDE_ROW, HIGHEST = 26, 28, 17, 40  # px
WIDEST = 84  # px of a column
SIZE, NARROW_SIZE = 13, 12
SMALL, NARROW_SMALL = 12, 11
LINES_ON_A_PHONE, LINES_ON_A_SLIDE = 11, 12  # the letters of a name that takes more lines
LINE = 1.2  # the height of a line, in sizes of its letters
WIDEST_NAME = 12.2  # of a name in more lines, in sizes of its letters
MARK_ROW = 16  # px of the row of visits' shapes
LOOKS: Final[dict[int, tuple[tuple[str, str], ...]]] = {
    2: ((theme.SERIES_PALE, theme.INK), (theme.SERIES, theme.PAPER)),
    4: (
        (theme.TINT_1, theme.INK),
        (theme.SERIES_PALE, theme.INK),
        (theme.TINT_3, theme.INK),
        (theme.SERIES, theme.PAPER),
    ),
}
"""Fill and text of each level, by the number of levels."""


@dataclass(frozen=True)
class _CellPlace:
    """Where things stand, in px: the first column's left, a column's width, a row's height."""

    left: float
    column: float
    row: float
    head: float
    width: float

    def x(self, column: int) -> float:
        return round(self.left + self.column * column, 1)

    def y(self, row: int) -> float:
        return round(self.head + self.row * (row + 0.5), 1)


def slide(grid: ThemeGrid, height: int = canvas.HEIGHT) -> go.Figure:
    """One of `sheets` for meeting mode; its rows take what room there is."""
    more = max(height - _least(grid), 0) / max(len(grid.rows), 1)
    row = min(_low(grid, SLIDE_ROW, LINES_ON_A_SLIDE) + more, HIGHEST)
    return figure(grid, width=canvas.WIDTH, row=row, in_lines=LINES_ON_A_SLIDE)


def _least(grid: ThemeGrid) -> int:
    """The height of a slide with the lowest rows, in px."""
    lowest = figure(grid, width=canvas.WIDTH, row=SLIDE_ROW, in_lines=LINES_ON_A_SLIDE)
    return int(lowest.layout.height)


def _low(grid: ThemeGrid, row: float, in_lines: float) -> float:
    """The lowest row that holds every name, broken into lines, in px."""
    most = max((len(_name(name, SIZE, in_lines)) for name in grid.rows), default=1)
    return max(row, most * in_lines * LINE + 2 if most > 1 else 0)


def sheets(grid: ThemeGrid) -> list[ThemeGrid]:
    """As few slides as hold all rows, each with as many rows as the others and all columns."""
    numbers = range(1, len(grid.rows) + 1)
    most = bisect_right(numbers, canvas.HEIGHT, key=lambda n: _least(_part(grid, 0, n)))
    most = ceil(len(grid.rows) / max(ceil(len(grid.rows) / max(most, 1)), 1))
    return [_part(grid, first, most) for first in range(0, max(len(grid.rows), 1), max(most, 1))]


def _part(grid: ThemeGrid, first: int, most: int) -> ThemeGrid:
    cells = tuple(
        replace(cell, row=cell.row - first)
        for cell in grid.cells
        if first <= cell.row < first + most
    )
    return replace(grid, rows=grid.rows[first : first + most], cells=cells)


def figure(
    grid: ThemeGrid,
    *,
    narrow: bool = False,
    width: int = WIDTH,
    row: float = ROW,
    in_lines: float = 0,
) -> go.Figure:
    """The grid, as high as its rows need; ``narrow`` for a phone. ``in_lines``: the size of the
    letters of long names that take more lines, as on a phone, so that the columns have room."""
    width = NARROW_WIDTH if narrow else width
    size = NARROW_SIZE if narrow else SIZE
    in_lines = LINES_ON_A_PHONE if narrow else in_lines
    names = [_name(name, size, in_lines) for name in grid.rows]
    sides = [(lines, size if len(lines) == 1 else in_lines) for lines in names]
    left = max([text_width(line, own) for lines, own in sides for line in lines] + [30]) + 10
    column = min((width - left) / max(len(grid.columns), 1), WIDEST)
    heads, head = _heads(grid.columns, left, column, NARROW_SMALL if narrow else SMALL)
    row = _low(grid, NARROW_ROW if narrow else row, in_lines) if in_lines else row
    place = _CellPlace(left, column, row, head, width)
    bars = _bars(grid, place, size)
    points = _visits(grid.columns, place)
    depth = place.head + place.row * len(grid.rows)
    foot = 8 + key_height(theme.key_names([*bars, *points]), width - 4)
    return theme.new_figure(
        [*bars, *points],
        width=width,
        height=round(depth) + foot,
        margin={"l": 0, "r": 0, "t": 0, "b": foot},
        barmode="overlay",
        bargap=0,
        showlegend=True,
        legend=theme.key_below(),
        xaxis=theme.axis(range=[0, width], showticklabels=False),
        yaxis=theme.axis(range=[round(depth), 0], showticklabels=False),
        shapes=_lines(grid, place),
        annotations=[*heads, *_sides(sides, place)],
    )


def _name(name: str, size: float, in_lines: float) -> list[str]:
    """A long name in more lines, in smaller letters."""
    room = in_lines * WIDEST_NAME
    fits = not in_lines or text_width(name, size) <= room
    return [name] if fits else wrapped(name, room=room, size=in_lines)


def _bars(grid: ThemeGrid, place: _CellPlace, size: float) -> list[theme.Trace]:
    """One trace a level, so that the key has each that occurs once."""
    looks = LOOKS[len(grid.levels)]
    return [
        _bar(cells, grid, place, level=level, look=looks[level], size=size)
        for level in range(len(grid.levels))
        if (cells := [cell for cell in grid.cells if cell.level == level])
    ]


def _bar(
    cells: list[GridCell],
    grid: ThemeGrid,
    place: _CellPlace,
    *,
    level: int,
    look: tuple[str, str],
    size: float,
) -> theme.Trace:
    fill, ink = look
    room = place.column - 4
    return theme.bar(
        orientation="h",
        name=theme.words(grid.levels[level]),
        base=[place.x(cell.column) for cell in cells],
        x=[round(place.column, 1)] * len(cells),
        y=[place.y(cell.row) for cell in cells],
        width=place.row,
        marker={"color": fill, "line": {"color": theme.PAPER, "width": theme.GAP}},
        text=[theme.words(_fitting(cell.text, room, size)) for cell in cells],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        cliponaxis=False,
        textfont={"color": ink, "size": size, "weight": 700},
        hovertext=[
            theme.words(f"{grid.rows[cell.row]}, {grid.columns[cell.column].name}: {cell.words}")
            for cell in cells
        ],
        hoverinfo="text",
    )


def _fitting(text: str, room: float, size: float) -> str:
    """A percentage goes without its sign where the column is too narrow for it."""
    return text if text_width(text, size, bold=True) <= room else text.removesuffix("%")


def _visits(columns: tuple[GridColumn, ...], place: _CellPlace) -> list[theme.Trace]:
    """The shape of each visit above its column, one trace a kind."""
    kinds = {column.kind: column.kind_name for column in columns if column.kind}
    return [
        theme.scatter(
            mode="markers",
            name=theme.words(name),
            x=[
                round(place.x(at) + place.column / 2, 1)
                for at, column in enumerate(columns)
                if column.kind == kind
            ],
            y=[round(place.head - MARK_ROW / 2, 1)]
            * sum(column.kind == kind for column in columns),
            marker={
                "symbol": theme.visit_symbol(kind),
                "size": 9,
                "color": theme.INK,
                "line": {"color": theme.INK, "width": 1.5},
            },
            cliponaxis=False,
            hoverinfo="skip",
        )
        for kind, name in kinds.items()
    ]


def _heads(
    columns: tuple[GridColumn, ...], left: float, column: float, size: float
) -> tuple[list[dict[str, Any]], float]:
    """The columns' names above them, upright where a line is wider than a column; and where the
    first row begins."""
    is_upright = _widest([line for c in columns for line in c.head], size) > column - 4
    most = max((len(c.head) for c in columns), default=1)
    tall = most * size * 1.3 + 6
    if is_upright:
        tall = _widest([" ".join(c.head) for c in columns], size) + 8
    marks = MARK_ROW if any(c.kind for c in columns) else 0
    heads = [
        note(
            text="<br>".join(theme.words(line) for line in _lines_of(c.head, is_upright)),
            x=round(left + column * (at + 0.5), 1),
            y=round(tall - 2, 1),
            xanchor="center",
            yanchor="bottom",
            align="center",
            textangle=-90 if is_upright else 0,
            borderpad=0,
            font={"size": size, "color": theme.INK, "weight": 400 if c.kind else 700},
        )
        for at, c in enumerate(columns)
    ]
    return heads, round(tall + marks, 1)


def _widest(lines: list[str], size: float) -> float:
    return max((text_width(line, size, bold=True) for line in lines), default=0)


def _lines_of(head: tuple[str, ...], is_upright: bool) -> tuple[str, ...]:
    """Turned round there is room for one line."""
    return (" ".join(head),) if is_upright and len(head) > 1 else head


def _sides(sides: list[tuple[list[str], float]], place: _CellPlace) -> list[dict[str, Any]]:
    return [
        note(
            text="<br>".join(theme.words(line) for line in lines),
            x=0,
            y=place.y(at),
            xanchor="left",
            align="left",
            borderpad=0,
            font={"size": size, "color": theme.INK},
        )
        for at, (lines, size) in enumerate(sides)
    ]


def _lines(grid: ThemeGrid, place: _CellPlace) -> list[dict[str, Any]]:
    """A thin line under each row leads the eye from the name to its cells."""
    return [
        {
            "type": "line",
            "layer": "below",
            "x0": 0,
            "x1": place.x(len(grid.columns)),
            "y0": round(place.head + place.row * (at + 1), 1),
            "y1": round(place.head + place.row * (at + 1), 1),
            "line": {"color": theme.LINE, "width": 0.5},
        }
        for at in range(len(grid.rows))
    ]
