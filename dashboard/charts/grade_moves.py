"""From grade to grade: how many councils moved where at the inspection after.

Rows are the grade before, columns the grade after, both best first, so that the squares of
no change run along the diagonal: left of it a council went up, right of it down.
"""

from typing import Any

import plotly.graph_objects as go

from dashboard.charts import slide as canvas
from dashboard.charts import theme
from dashboard.charts.measure import wrapped
from dashboard.charts.timeline import note
from inspections.figure_rows import GradeMoves
from inspections.framework_rows import Grade

WIDTH, NARROW_WIDTH = 720, 340
ROW, NARROW_ROW = 52, 46
NOT_COMPARABLE = "not comparable"
SHADES = (theme.PAPER, theme.TINT_1, theme.SERIES_PALE, theme.TINT_3)


def slide(rows: GradeMoves, height: int = canvas.HEIGHT) -> go.Figure:
    """The matrix for meeting mode."""
    return figure(rows, height=height)


def figure(rows: GradeMoves, *, narrow: bool = False, height: int | None = None) -> go.Figure:
    """The matrix with its counts; ``narrow`` for a phone, with letters alone beside it.

    As high as its rows need, or ``height`` px.
    """
    width, row = (NARROW_WIDTH, NARROW_ROW) if narrow else (WIDTH, ROW)
    left, top, foot = (48, 62, 40) if narrow else (212, 84, 26)
    places = len(rows.grades)
    if height:
        row = (height - top - foot) // max(places, 1)
    shades, texts = _cells(rows)
    size = 14 if narrow else 16
    matrix = {
        "type": "heatmap",
        "x": list(range(places + 1)),
        "y": list(range(places)),
        "z": shades,
        "zmin": 0,
        "zmax": len(SHADES) - 1,
        "colorscale": [[i / (len(SHADES) - 1), shade] for i, shade in enumerate(SHADES)],
        "showscale": False,
        "xgap": theme.GAP,
        "ygap": theme.GAP,
        "text": texts,
        "texttemplate": "%{text}",
        "textfont": {"size": size, "weight": 700, "color": theme.INK},
        "hovertext": _told(rows),
        "hoverinfo": "text",
    }
    column = (width - left - 2) / (places + 1)
    notes = [
        *_heads(rows.grades, column, narrow),
        *_sides(rows.grades, left, narrow),
        *_foot(left, narrow),
    ]
    return theme.new_figure(
        [matrix] if places else [],
        width=width,
        height=top + row * max(places, 1) + foot,
        margin={"l": left, "r": 2, "t": top, "b": foot},
        xaxis=theme.axis(range=[-0.5, places + 0.5], showticklabels=False),
        yaxis=theme.axis(range=[max(places, 1) - 0.5, -0.5], showticklabels=False),
        shapes=[_frame(place) for place in range(places)],
        annotations=notes,
    )


def _cells(rows: GradeMoves) -> tuple[list[list[int]], list[list[str]]]:
    """The shade of each cell by its share of the largest count, and the count as text."""
    most = max([*rows.counts.values(), 1])
    shades, texts = [], []
    for before in rows.grades:
        found = [rows.counts.get((before.key, after.key), 0) for after in rows.grades]
        apart = rows.not_comparable.get(before.key, 0)
        shades.append([*(_shade(count, most) for count in found), 0])
        texts.append([str(count) if count else "–" for count in [*found, apart]])
    return shades, texts


def _shade(count: int, most: int) -> int:
    """0 for none, then one step for each third of the largest count."""
    return 0 if count <= 0 else min(1 + 3 * count // (most + 1), len(SHADES) - 1)


def _told(rows: GradeMoves) -> list[list[str]]:
    return [
        [
            *(
                f"From {theme.words(before.name)} to {theme.words(after.name)}: "
                f"{rows.counts.get((before.key, after.key), 0)}"
                f"{_named(rows, before, after)}"
                for after in rows.grades
            ),
            f"After {theme.words(before.name)}, {NOT_COMPARABLE}: "
            f"{rows.not_comparable.get(before.key, 0)}",
        ]
        for before in rows.grades
    ]


def _named(rows: GradeMoves, before: Grade, after: Grade) -> str:
    """The councils behind a count, a few to a line."""
    names = [theme.words(name) for name in rows.names.get((before.key, after.key), ())]
    lines = [", ".join(names[first : first + 5]) for first in range(0, len(names), 5)]
    return "".join(f"<br>{line}" for line in lines)


def _frame(place: int) -> dict[str, Any]:
    """The outline of a square of no change."""
    return {
        "type": "rect",
        "x0": place - 0.48,
        "x1": place + 0.48,
        "y0": place - 0.47,
        "y1": place + 0.47,
        "line": {"color": theme.INK, "width": 2},
    }


def _chip(grade: Grade, **place: Any) -> dict[str, Any]:
    """A grade's letter on its colour."""
    colour = theme.grade_colour(grade.colour)
    return note(
        text=theme.words(grade.letter),
        font={"size": 13, "weight": 700, "color": colour.text},
        bgcolor=colour.fill,
        borderpad=3,
        **place,
    )


def _heads(grades: tuple[Grade, ...], column: float, narrow: bool) -> list[dict[str, Any]]:
    """The grades after: a letter above each column, and on the wide picture its name."""
    above: dict[str, Any] = {"y": 1, "yref": "paper", "yanchor": "bottom", "xanchor": "center"}
    words: dict[str, Any] = {"size": 12, "color": theme.MUTED}
    heads = [_chip(g, x=i, **above, yshift=4 if narrow else 34) for i, g in enumerate(grades)]
    if not narrow:
        heads += [
            note(text=_broken(g.name, column), x=i, **above, yshift=0, font=words, align="center")
            for i, g in enumerate(grades)
        ]
    said = _broken(NOT_COMPARABLE, min(column, 64), size=11 if narrow else 12)
    heads.append(
        note(text=said, x=len(grades), **above, yshift=0, align="center",
             font={**words, "size": 11 if narrow else 12})
    )  # fmt: skip
    heads.append(
        note(
            text="grade after",
            x=0,
            xref="paper",
            xanchor="left",
            y=1,
            yref="paper",
            yanchor="bottom",
            yshift=38 if narrow else 62,
            borderpad=0,
            font={**words, "weight": 700},
        )
    )
    return heads


def _sides(grades: tuple[Grade, ...], left: int, narrow: bool) -> list[dict[str, Any]]:
    """The grades before, at the left of each row."""
    beside: dict[str, Any] = {"x": 0, "xref": "paper", "xanchor": "right"}
    words: dict[str, Any] = {"size": 12, "color": theme.MUTED}
    sides = [_chip(g, y=i, **beside, xshift=-6) for i, g in enumerate(grades)]
    if not narrow:
        sides += [
            note(text=theme.words(g.name), y=i, **beside, xshift=-46, font=words)
            for i, g in enumerate(grades)
        ]
    said = "grade<br>before" if narrow else "grade before"
    sides.append(
        note(
            text=said,
            x=0,
            xref="paper",
            xanchor="left",
            xshift=-left,
            y=1,
            yref="paper",
            yanchor="bottom",
            yshift=2,
            align="left",
            borderpad=0,
            font={**words, "weight": 700},
        )
    )
    return sides


def _foot(left: int, narrow: bool) -> list[dict[str, Any]]:
    said = "Outlined: the same grade again.{}Left of it: up. Right of it: down."
    return [
        note(
            text=said.format("<br>" if narrow else " "),
            x=0,
            xref="paper",
            xanchor="left",
            xshift=-left if narrow else 0,
            y=0,
            yref="paper",
            yanchor="top",
            yshift=-4,
            align="left",
            borderpad=0,
            font={"size": 12, "color": theme.MUTED},
        )
    ]


def _broken(text: str, room: float, size: float = 12) -> str:
    return "<br>".join(theme.words(line) for line in wrapped(text, room=room - 6, size=size))
