"""What came when: a line for each case on one axis of time, over the span that was to be expected.

The span is a pale bar, the line runs from the first day to the last, marks are what came.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import slide as canvas
from dashboard.charts import theme
from dashboard.charts.measure import key_height, text_width
from dashboard.charts.timeline import Scale, note, time_axis
from inspections.figure_rows import Tracks

WIDTH, NARROW_WIDTH = 960, 340
ROW, NARROW_ROW = 26, 40  # px; on a phone the name stands above its line
TOP = 40
LABEL, MARK = 12, 10  # px
MILLISECONDS = 86_400_000  # in a day
DOT = "circle"  # of what has no shape of its own


def slide(rows: Tracks, height: int = canvas.HEIGHT) -> go.Figure:
    """The lines for meeting mode, of as many cases as `first_tracks` leaves."""
    return figure(rows, width=canvas.WIDTH, height=height)


def first_tracks(rows: Tracks) -> Tracks:
    """The cases that a slide can hold."""
    return replace(rows, tracks=rows.tracks[: (canvas.HEIGHT - TOP - 60) // 18])


def figure(rows: Tracks, *, narrow: bool = False, width: int = WIDTH, height: int = 0) -> go.Figure:
    """The lines in their order; as high as they need, or ``height`` px."""
    width, row = (NARROW_WIDTH, NARROW_ROW) if narrow else (width, ROW)
    names = [track.name for track in rows.tracks]
    left = 4 if narrow else round(max([text_width(name, LABEL) for name in names] + [60])) + 12
    scale = _scale(rows, width - left - 8)
    drop = 0.22 if narrow else 0.0
    traces = [*_bars(rows, drop, narrow), *_marks(rows, drop)]
    foot = 28 + key_height(theme.key_names(traces), width - 4)
    count = max(len(names), 1)
    y_axis = theme.axis(range=[count - 0.5, -0.5], showticklabels=False)
    if not narrow:
        y_axis |= {
            "showticklabels": True,
            "tickvals": list(range(len(names))),
            "ticktext": [theme.words(name) for name in names],
            "tickfont": {"size": LABEL},
        }
    return theme.new_figure(
        traces,
        width=width,
        height=height or TOP + row * count + foot,
        margin={"l": left, "r": 8, "t": TOP, "b": foot},
        barmode="overlay",
        bargap=0,
        showlegend=True,
        legend=theme.key_below(),
        xaxis={**time_axis(scale), "side": "top", "showgrid": True, "gridcolor": theme.BAND},
        yaxis=y_axis,
        shapes=[_today(rows)],
        annotations=[
            _today_words(rows, scale),
            *(_name(name, place) for place, name in enumerate(names) if narrow),
        ],
    )


def _scale(rows: Tracks, px: float) -> Scale:
    days = [rows.today]
    for track in rows.tracks:
        days += [track.first, track.last, *(track.span or ()), *(x.day for x in track.marks)]
    first, last = min(days), max(days)
    edge = max((last - first).days // 40, 30)
    return Scale(first - timedelta(days=edge), last + timedelta(days=edge), px)


def _bars(rows: Tracks, drop: float, narrow: bool) -> list[theme.Trace]:
    """The spans, and over them the lines."""
    spans = [
        (place, *track.span, track.span_told)
        for place, track in enumerate(rows.tracks)
        if track.span
    ]
    lines = [
        (place, track.first, track.last, track.told)
        for place, track in enumerate(rows.tracks)
        if track.last > track.first
    ]
    thin = 0.14 if narrow else 0.22
    return [
        theme.bar(
            orientation="h",
            name=theme.words(name),
            base=[first.isoformat() for _, first, _, _ in found],
            x=[max((last - first).days, 1) * MILLISECONDS for _, first, last, _ in found],
            y=[round(place + drop, 2) for place, *_ in found],
            width=thick,
            marker={"color": colour},
            hovertext=[_told(told) for *_, told in found],
            hoverinfo="text",
        )
        for name, found, colour, thick in (
            (rows.span_name, spans, theme.TINT_3, 0.4 if narrow else 0.66),
            (rows.line_name, lines, theme.SERIES, thin),
        )
        if found
    ]


def _marks(rows: Tracks, drop: float) -> list[theme.Trace]:
    """What came, a trace a kind, in the kind's own shape."""
    found: dict[tuple[str, str], list[tuple[int, date, str]]] = {}
    for place, track in enumerate(rows.tracks):
        for mark in track.marks:
            found.setdefault((mark.kind, mark.kind_name), []).append((place, mark.day, mark.told))
    return [
        theme.scatter(
            mode="markers",
            name=theme.words(name),
            x=[day.isoformat() for _, day, _ in held],
            y=[round(place + drop, 2) for place, _, _ in held],
            marker={
                "symbol": theme.VISIT_SYMBOLS.get(kind, DOT),
                "size": MARK,
                "color": theme.INK,
                "line": {"color": theme.INK, "width": 1.5},
            },
            hovertext=[_told(told) for _, _, told in held],
            hoverinfo="text",
            cliponaxis=False,
        )
        for (kind, name), held in found.items()
    ]


def _told(text: str) -> str:
    """A part a line, as a phone is narrow."""
    return theme.words(text).replace(", ", "<br>")


def _today(rows: Tracks) -> dict[str, Any]:
    day = rows.today.isoformat()
    look = {"color": theme.INK, "width": 2}
    return {"type": "line", "yref": "paper", "x0": day, "x1": day, "y0": 0, "y1": 1, "line": look}


def _today_words(rows: Tracks, scale: Scale) -> dict[str, Any]:
    is_near = scale.room(rows.today, scale.last) < text_width(rows.today_name, LABEL, bold=True)
    return note(
        text=theme.words(rows.today_name),
        x=rows.today.isoformat(),
        xanchor="right" if is_near else "left",
        y=1,
        yref="paper",
        yanchor="bottom",
        yshift=20,
        font={"size": LABEL, "weight": 700, "color": theme.INK},
    )


def _name(name: str, place: int) -> dict[str, Any]:
    font = {"size": LABEL, "color": theme.INK}
    return note(
        text=theme.words(name),
        x=0,
        xref="paper",
        xanchor="left",
        y=place - 0.26,
        font=font,
        borderpad=0,
        bgcolor=theme.PAPER,
    )


def sheets(rows: Tracks) -> list[tuple[Tracks, str]]:
    """One slide with the first; it says that the rest is on the page."""
    shown, total = first_tracks(rows), len(rows.tracks)
    if len(shown.tracks) == total:
        return [(rows, "")]
    return [(shown, f"Here: the first {len(shown.tracks)} of {total}; the rest is on the page.")]
