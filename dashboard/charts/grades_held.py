"""Grades held at the end of each period: stacked columns with the counts inside.

The worst grade stands at the bottom and the best on top, in the order of the grades' own
scale. Councils not yet inspected are hatched, periods without grades a dashed frame.
"""

from datetime import date
from itertools import groupby
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import slide as canvas
from dashboard.charts import theme
from dashboard.charts.measure import text_width
from inspections.figure_rows import GradesHeld
from inspections.framework_rows import Grade

WIDTH, HEIGHT = 960, 360
NARROW_WIDTH, NARROW_HEIGHT = 340, 330
FILLED = 0.86  # of a column's room


def slide(rows: GradesHeld, height: int = canvas.HEIGHT) -> go.Figure:
    """The columns for meeting mode."""
    return figure(rows, size=(canvas.WIDTH, height))


def figure(
    rows: GradesHeld, *, narrow: bool = False, size: tuple[int, int] = (WIDTH, HEIGHT)
) -> go.Figure:
    """The columns; ``narrow`` for a phone, with the key below instead of beside them.

    ``size`` is the wide picture's width and height in px.
    """
    width, height = (NARROW_WIDTH, NARROW_HEIGHT) if narrow else size
    key_names = [*(f"{g.letter} {g.title}" for g in rows.grades), "not yet inspected"]
    beside = 52 + round(max(text_width(name, 12) for name in key_names))
    margin = {"l": 2, "r": 2, "t": 8, "b": 72} if narrow else {"l": 2, "r": beside, "t": 8, "b": 42}
    column = (width - margin["l"] - margin["r"]) / max(len(rows.periods), 1) * FILLED
    tallest = max(
        (
            sum(counts.values()) + ungraded + waiting
            for counts, ungraded, waiting in zip(
                rows.counts,
                rows.ungraded or (0,) * len(rows.periods),
                rows.not_inspected,
                strict=True,
            )
        ),
        default=0,
    )
    unit = (height - margin["t"] - margin["b"]) / max(tallest, 1)
    letters = 10.5 if narrow else 12
    with_letters = all(
        text_width(f"{grade.letter} {count}", letters, bold=True) <= column - 3
        for grade in rows.grades
        for count in (c.get(grade.key, 0) for c in rows.counts)
    )
    traces = [_layer(rows, grade, unit, letters, with_letters) for grade in reversed(rows.grades)]
    if any(rows.ungraded):
        traces.append(_hatched(rows, "no grade of its own", rows.ungraded, theme.BAND))
    if any(rows.not_inspected):
        traces.append(_hatched(rows, "not yet inspected", rows.not_inspected, theme.HATCH_PAPER))
    shapes, notes = _endings(rows, tallest, column)
    return theme.new_figure(
        traces,
        width=width,
        height=height,
        margin=margin,
        barmode="stack",
        bargap=round(1 - FILLED, 2),
        showlegend=True,
        legend=_key(narrow),
        xaxis=_period_axis(rows.periods, column, narrow),
        yaxis=theme.axis(range=[0, max(tallest, 1)], showticklabels=False),
        shapes=[*shapes, *_frames(rows)],
        annotations=notes,
    )


def _frames(rows: GradesHeld) -> list[dict[str, Any]]:
    """Around the grade in which the marked council was counted, period by period."""
    found = []
    for place, key in enumerate(rows.stood):
        under = [grade for grade in rows.grades if grade.key != key]
        below = under[[grade.key for grade in rows.grades].index(key) :] if key else []
        foot = sum(rows.counts[place].get(grade.key, 0) for grade in below)
        if key:
            found.append(
                {
                    "type": "rect",
                    "x0": place - FILLED / 2,
                    "x1": place + FILLED / 2,
                    "y0": foot,
                    "y1": foot + rows.counts[place].get(key, 0),
                    "line": {"color": theme.INK, "width": 3},
                }
            )
    return found


def _key(narrow: bool) -> dict[str, Any]:
    """Below on a phone, else beside the last column and in its order, best on top."""
    if narrow:
        return {**theme.key_below(), "traceorder": "reversed"}
    beside = {"orientation": "v", "x": 1, "y": 1, "xref": "paper", "yref": "paper"}
    return {**theme.key_below(), **beside, "yanchor": "top", "traceorder": "reversed"}


def _period_axis(periods: tuple[date, ...], column: float, narrow: bool) -> dict[str, Any]:
    """Month over year under each column, or where that is too tight the year alone."""
    places, labels = [], []
    for place, day in enumerate(periods):
        if column >= 26:
            places.append(place)
            labels.append(f"{day:%b}<br>{day.year}")
        elif place == 0 or periods[place - 1].year != day.year:
            places.append(place)
            labels.append(str(day.year))
    step = 1
    while narrow and len(labels) / step * 27 > NARROW_WIDTH:
        step += 1
    return theme.axis(
        range=[-0.5, max(len(periods), 1) - 0.5],
        tickvals=places[::step],
        ticktext=labels[::step],
        tickfont={"size": 10.5 if narrow else 12, "color": theme.MUTED},
    )


def _layer(
    rows: GradesHeld, grade: Grade, unit: float, size: float, with_letters: bool
) -> theme.Trace:
    """One grade in every period; a count that is too low a column has no text."""
    colour = theme.grade_colour(grade.colour)
    counts = [c.get(grade.key, 0) for c in rows.counts]
    letter = f"{grade.letter} " if with_letters else ""
    return theme.bar(
        name=theme.words(f"{grade.letter} {grade.title}"),
        x=list(range(len(counts))),
        y=counts,
        text=[theme.words(f"{letter}{n}") if n * unit >= size + 3 else "" for n in counts],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        cliponaxis=False,
        textfont={"color": colour.text, "size": size, "weight": 700},
        marker={"color": colour.fill, "line": {"color": theme.PAPER, "width": theme.GAP}},
        hovertext=[
            theme.words(f"{grade.title}: {n} at {_day(day)}")
            for n, day in zip(counts, rows.periods, strict=True)
        ],
        hoverinfo="text",
    )


def _hatched(rows: GradesHeld, name: str, counts: tuple[int, ...], ground: str) -> theme.Trace:
    """Councils without a grade of their own in the area, for the reason that `name` says."""
    return theme.bar(
        name=name,
        x=list(range(len(rows.periods))),
        y=list(counts),
        marker={
            "color": ground,
            "line": {"color": theme.PAPER, "width": theme.GAP},
            "pattern": theme.hatch(fgcolor=theme.LINE, bgcolor=ground),
        },
        hovertext=[
            f"{name.capitalize()}: {n} at {_day(day)}"
            for n, day in zip(counts, rows.periods, strict=True)
        ],
        hoverinfo="text",
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _endings(
    rows: GradesHeld, tallest: int, column: float
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """A dashed frame, with the reason, around each run of periods without this grade."""
    shapes, notes = [], []
    runs = groupby(range(len(rows.periods)), key=lambda i: rows.no_longer_given[i])
    for is_gone, group in runs:
        places = list(group)
        if not is_gone:
            continue
        first, last = places[0], places[-1]
        shapes.append(
            {
                "type": "rect",
                "x0": first - FILLED / 2,
                "x1": last + FILLED / 2,
                "y0": tallest * 0.005,
                "y1": tallest * 0.995,
                "line": {"color": theme.MUTED, "width": 1.5, "dash": "4px,3px"},
            }
        )
        text = f"{rows.area_name}: no longer graded"
        notes.append(
            {
                "showarrow": False,
                "xref": "x",
                "yref": "y",
                "x": (first + last) / 2,
                "y": tallest / 2,
                "xanchor": "center",
                "yanchor": "middle",
                "textangle": -90,
                "text": theme.words(text),
                "font": {"size": 12, "color": theme.MUTED},
            }
        )
    return shapes, notes
