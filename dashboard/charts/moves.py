"""From which grade to which: a grid of counts, the earlier grade down, the later across."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.charts.measure import text_width
from inspections.rows import GradeMark

WIDTH, ROW = 640, 44
NARROW_WIDTH = 340
LABEL_SIZE = 13


@dataclass(frozen=True)
class Moves:
    """Councils by the grade held on two days; ``counts`` by codes (earlier, later).

    ``grades`` best first, of one scale or of several; only comparable pairs are counted.
    """

    area_name: str
    earlier: date
    later: date
    grades: tuple[GradeMark, ...]
    counts: Mapping[tuple[str, str], int]


def figure(rows: Moves, *, narrow: bool = False) -> go.Figure:
    """The grid; empty cells stay pale, the diagonal (the same grade) grey, the moves blue."""
    width = NARROW_WIDTH if narrow else WIDTH
    names = [
        theme.words(grade.letter if narrow else f"{grade.letter} {grade.name}")
        for grade in rows.grades
    ]
    places = list(range(len(names)))
    left = round(max((text_width(name, LABEL_SIZE) for name in names), default=20)) + 14
    counts = [
        [rows.counts.get((old.code, new.code), 0) for new in rows.grades] for old in rows.grades
    ]
    return theme.new_figure(
        [_cells(rows, counts, places)] if names else [],
        width=width,
        height=ROW * max(len(names), 1) + 64,
        margin={"l": left, "r": 8, "t": 56, "b": 8},
        xaxis=theme.axis(
            range=[-0.5, max(len(names), 1) - 0.5],
            side="top",
            tickvals=places,
            ticktext=names,
            tickfont={"size": LABEL_SIZE},
        ),
        yaxis=theme.axis(
            range=[max(len(names), 1) - 0.5, -0.5],
            tickvals=places,
            ticktext=names,
            tickfont={"size": LABEL_SIZE},
        ),
        annotations=[_corner("later →", -0.5, "left", 26), _corner("earlier ↓", -0.5, "right", 4)],
    )


def _cells(rows: Moves, counts: list[list[int]], places: list[int]) -> theme.Trace:
    return {
        "type": "heatmap",
        "x": places,
        "y": places,
        "z": [
            [0 if not number else 1 if down == across else 2 for across, number in enumerate(line)]
            for down, line in enumerate(counts)
        ],
        "zmin": 0,
        "zmax": 2,
        "colorscale": [[0, theme.BAND_ALT], [0.5, theme.LINE], [1, theme.SERIES_PALE]],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "text": [[str(number) if number else "–" for number in line] for line in counts],
        "texttemplate": "%{text}",
        "textfont": {"size": 15, "color": theme.INK},
        "hovertext": [
            [
                theme.words(f"{number} from {old.name} to {new.name}")
                for new, number in zip(rows.grades, line, strict=True)
            ]
            for old, line in zip(rows.grades, counts, strict=True)
        ],
        "hoverinfo": "text",
    }


def _corner(text: str, x: float, side: str, rise: int) -> dict[str, Any]:
    """What runs across and what runs down, beside the corner of the grid."""
    return {
        "showarrow": False,
        "xref": "x",
        "yref": "paper",
        "x": x,
        "y": 1,
        "xanchor": side,
        "yanchor": "bottom",
        "xshift": 2 if side == "left" else -2,
        "yshift": rise,
        "text": text,
        "font": {"size": 11, "color": theme.MUTED},
    }
