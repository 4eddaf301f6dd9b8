"""Visits by the quarter in which they began, stacked by kind, with what is known of each quarter.

Quarters whose visits are not known to be complete stand on grey, pauses of routine inspection in
a dashed frame: a low column there says nothing of how much was inspected.
"""

from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import slide as canvas
from dashboard.charts import theme
from dashboard.charts.measure import first_that_fits, key_height
from dashboard.charts.timeline import note
from inspections.figure_rows import VisitQuarter, VisitsByQuarter

WIDTH, HEIGHT = 960, 300
NARROW_WIDTH = 340
LABEL = 12  # px
STEPS = (1, 2, 5, 10, 20, 50)
LOOKS = (theme.SERIES, theme.TINT_3, theme.SERIES_2, theme.SERIES_PALE)
NOT_KNOWN = ("may be incomplete", "incomplete?")
PAUSED = ("routine inspection paused", "paused")


def slide(rows: VisitsByQuarter, height: int = canvas.HEIGHT) -> go.Figure:
    """The columns for meeting mode."""
    return figure(rows, size=(canvas.WIDTH, height))


def figure(
    rows: VisitsByQuarter, *, narrow: bool = False, size: tuple[int, int] = (WIDTH, HEIGHT)
) -> go.Figure:
    """The columns, as many years named as there is room for."""
    width, height = (NARROW_WIDTH, HEIGHT) if narrow else size
    count = max(len(rows.quarters), 1)
    column = (width - 36 - 4) / count
    most = max([sum(map(len, row.councils.values())) for row in rows.quarters] + [4])
    step = next((step for step in STEPS if most / step <= 6), STEPS[-1])
    traces = [_layer(rows, place, code, name) for place, (code, name) in enumerate(rows.kinds)]
    foot = 24 + key_height(theme.key_names(traces), width - 4)
    shapes, notes = _limits(rows, column)
    return theme.new_figure(
        traces,
        width=width,
        height=height,
        margin={"l": 36, "r": 4, "t": 40, "b": foot},
        barmode="stack",
        bargap=0.16,
        showlegend=True,
        legend=theme.key_below(),
        xaxis=_years(rows, column),
        yaxis=theme.axis(
            range=[0, most * 1.04], dtick=step, showgrid=True, gridcolor=theme.BAND,
            tickfont={"size": LABEL, "color": theme.MUTED},
        ),
        shapes=shapes,
        annotations=notes,
    )  # fmt: skip


def _layer(rows: VisitsByQuarter, place: int, code: str, name: str) -> theme.Trace:
    """One kind in every quarter; what is told of it names the councils."""
    names = [row.councils.get(code, ()) for row in rows.quarters]
    colour = LOOKS[place % len(LOOKS)]
    marker: dict[str, Any] = {"color": colour, "line": {"color": theme.PAPER, "width": 1}}
    if place == len(LOOKS) - 1:
        marker["pattern"] = theme.hatch(fgcolor=theme.MUTED, bgcolor=colour)
    return theme.bar(
        name=theme.words(name),
        x=list(range(len(names))),
        y=[len(found) for found in names],
        marker=marker,
        hovertext=[
            theme.words(f"{name}, {months(row)}: {len(found)}") + _named(found) if found else ""
            for row, found in zip(rows.quarters, names, strict=True)
        ],
        hoverinfo="text",
    )


def months(row: VisitQuarter) -> str:
    """`April to June 2023`."""
    return f"{row.first:%B} to {row.first + timedelta(days=62):%B %Y}"


def _named(names: tuple[str, ...], by: int = 5) -> str:
    lines = [", ".join(names[first : first + by]) for first in range(0, len(names), by)]
    return "".join(f"<br>{theme.words(line)}" for line in lines)


def _years(rows: VisitsByQuarter, column: float) -> dict[str, Any]:
    starts = [(place, row.first.year) for place, row in enumerate(rows.quarters)
              if row.first.month == 1]  # fmt: skip
    step = 1
    while starts and column * 4 * step < 34:
        step += 1
    shown = [pair for pair in starts if pair[1] % step == 0]
    return theme.axis(
        range=[-0.5, max(len(rows.quarters), 1) - 0.5],
        tickvals=[place - 0.5 for place, _ in shown],
        ticktext=[str(year) for _, year in shown],
        ticks="outside",
        ticklen=5,
        showline=True,
        tickfont={"size": LABEL, "color": theme.MUTED},
    )


def _place(rows: VisitsByQuarter, day: date) -> float:
    """Where a day lies among the columns, within the picture."""
    first = rows.quarters[0].first
    quarter = (day.year - first.year) * 4 + (day.month - 1) // 3 - (first.month - 1) // 3
    into = ((day.month - 1) % 3 + (day.day - 1) / 31) / 3
    return round(min(max(quarter + into, 0), len(rows.quarters)) - 0.5, 2)


def _limits(
    rows: VisitsByQuarter, column: float
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Grey where not all visits are known, a dashed frame around each pause, and their words."""
    if not rows.quarters:
        return [], []
    end = len(rows.quarters) - 0.5
    begins, ends = rows.known
    unknown = [(-0.5, _place(rows, begins) if begins else -0.5),
               (_place(rows, ends + timedelta(days=1)), end)]  # fmt: skip
    paused = [
        (_place(rows, first), _place(rows, last + timedelta(days=1))) for first, last in rows.pauses
    ]
    shapes, notes = [], []
    for spans, words, up, look in (
        (unknown, NOT_KNOWN, 4, {"line": {"width": 0}, "fillcolor": theme.BAND}),
        (paused, PAUSED, 20, {"line": {"color": theme.MUTED, "width": 1.5, "dash": "4px,3px"}}),
    ):
        for low, high in spans:
            if high - low < 0.1:
                continue
            shapes.append({"type": "rect", "layer": "below", "yref": "paper", "x0": low,
                           "x1": high, "y0": 0, "y1": 1, **look})  # fmt: skip
            room = (len(rows.quarters) - 0.5 - low) * column
            is_left = room < 150
            said = first_that_fits(words, room=high * column if is_left else room, size=LABEL)
            notes.append(
                note(
                    text=said or words[-1],
                    x=high if is_left else low,
                    xanchor="right" if is_left else "left",
                    y=1,
                    yref="paper",
                    yanchor="bottom",
                    yshift=up,
                    borderpad=0,
                    font={"size": LABEL, "color": theme.MUTED},
                )
            )
    return shapes, notes
