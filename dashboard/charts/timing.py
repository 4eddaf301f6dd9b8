"""Days from the last day on site to publication: a point an inspection, a median a year."""

from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.charts.measure import key_height, text_width
from dashboard.charts.timeline import Scale, day_in_words, note, time_axis
from inspections.figure_rows import TimingChart, TimingPoint

WIDTH, HEIGHT = 960, 320  # px, the plot's own height
NARROW_WIDTH, NARROW_HEIGHT = 340, 260
MARK, NARROW_MARK = 7, 5
SMALL = 11
TOP = 38  # px for the years' medians
# Kinds are told apart by shape first. A fifth kind and more share the last look.
LOOKS = (
    ("circle", theme.SERIES),
    ("square-open", theme.SERIES_2),
    ("diamond-open", theme.MUTED),
    ("triangle-up", theme.HATCH),
)


def figure(rows: TimingChart, *, narrow: bool = False) -> go.Figure:
    """The points by the last day on site, and each year's median as a line with its days."""
    width, plot = (NARROW_WIDTH, NARROW_HEIGHT) if narrow else (WIDTH, HEIGHT)
    left = 42
    scale = _scale(rows, width - left - 8)
    traces = [
        *_points(rows.points, NARROW_MARK if narrow else MARK),
        *([_median_line(rows)] if rows.medians else []),
    ]
    step = _step(max([*(point.days for point in rows.points), 30]))
    most = max([*(point.days for point in rows.points), 30])
    key = key_height(theme.key_names(traces), width - 4)
    pauses = [pause for pause in rows.pauses if pause[1] > scale.first and pause[0] < scale.last]
    return theme.new_figure(
        traces,
        width=width,
        height=plot + TOP + 28 + key,
        margin={"l": left, "r": 8, "t": TOP, "b": 28 + key},
        showlegend=True,
        legend=theme.key_below(),
        xaxis={**time_axis(scale), "showline": True},
        yaxis=theme.axis(
            range=[0, most * 1.06],
            tickvals=list(range(0, most + 1, step)),
            ticktext=[str(days) for days in range(0, most + 1, step)],
            showgrid=True,
            gridcolor=theme.BAND,
            tickfont={"size": 12, "color": theme.MUTED},
        ),
        shapes=[_band(start, end, scale) for start, end, _reason in pauses],
        annotations=[
            _said("days", y=1, yanchor="top", bgcolor=theme.PAPER, xshift=1),
            *(label for pause in pauses for label in _reason(*pause, scale)),
            *_median_words(rows, scale),
        ],
    )


def _scale(rows: TimingChart, px: float) -> Scale:
    """Whole years, from the first year with a point or median to the last."""
    years = [point.day.year for point in rows.points] + [year for year, *_ in rows.medians]
    first, last = min(years, default=2000), max(years, default=2000)
    return Scale(date(first - 1, 12, 31), date(last, 12, 31), px)


def _step(most: int) -> int:
    """Weeks and months rather than tens: 28 days, or twice or four times as many."""
    return next(step for step in (28, 56, 112, 224, 448, most) if most / step <= 7)


def _points(points: tuple[TimingPoint, ...], size: int) -> list[theme.Trace]:
    """One trace a kind of inspection, the most frequent first."""
    kinds: dict[str, list[TimingPoint]] = {}
    for point in points:
        kinds.setdefault(point.kind, []).append(point)
    ordered = sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0]))
    traces = []
    for place, (kind, members) in enumerate(ordered):
        symbol, colour = LOOKS[min(place, len(LOOKS) - 1)]
        traces.append(
            theme.scatter(
                mode="markers",
                name=theme.words(kind),
                x=[point.day.isoformat() for point in members],
                y=[point.days for point in members],
                marker={
                    "symbol": symbol,
                    "size": size,
                    "color": colour,
                    "line": {"color": colour, "width": 1.5},
                },
                cliponaxis=False,
                hoverinfo="text",
                hovertext=[theme.words(_told(point)) for point in members],
            )
        )
    return traces


def _told(point: TimingPoint) -> str:
    name = f"{point.label}, " if point.label else ""
    return f"{name}{point.kind}: {point.days} days after {day_in_words(point.day)}"


def _median_line(rows: TimingChart) -> theme.Trace:
    """A level stretch for each year, broken between them."""
    days: list[str | None] = []
    heights: list[float | None] = []
    told: list[str] = []
    for year, median, n in rows.medians:
        days += [f"{year}-01-12", f"{year}-12-20", None]
        heights += [median, median, None]
        told += [f"{year}: median {median:g} days, n = {n}"] * 3
    return theme.scatter(
        mode="lines",
        name="median of the year",
        x=days,
        y=heights,
        line={"color": theme.INK, "width": 3},
        hoverinfo="text",
        hovertext=told,
    )


def _median_words(rows: TimingChart, scale: Scale) -> list[dict[str, Any]]:
    """The medians in a row above the plot, where they hide no point, each over its year; in
    every second year where they are too wide for each."""
    texts = [f"{median:g}" for _year, median, _n in rows.medians]
    widest = max((text_width(text, 12, bold=True) for text in texts), default=0)
    step = 1
    while widest + 4 > scale.px_per_day * 365 * step:
        step += 1
    over: dict[str, Any] = {"y": 1, "yanchor": "bottom", "yshift": 2}
    notes = [
        note(
            text=text,
            x=f"{year}-07-01",
            xanchor="center",
            yref="paper",
            **over,
            borderpad=0,
            font={"size": 12, "weight": 700, "color": theme.INK},
        )
        for text, (year, _median, _n) in list(zip(texts, rows.medians, strict=True))[::-step]
    ]
    head = _said("median days of the year", **{**over, "yshift": 19}, xshift=1)
    return [head, *notes] if notes else []


def _said(text: str, **place: Any) -> dict[str, Any]:
    """A word at the plot's left edge."""
    return note(
        text=text,
        x=0,
        xref="paper",
        xanchor="left",
        yref="paper",
        borderpad=1,
        font={"size": 12, "color": theme.MUTED},
        **place,
    )


def _band(start: date, end: date, scale: Scale) -> dict[str, Any]:
    return {
        "type": "rect",
        "layer": "below",
        "yref": "paper",
        "x0": max(start, scale.first).isoformat(),
        "x1": min(end, scale.last).isoformat(),
        "y0": 0,
        "y1": 1,
        "line": {"width": 0},
        "fillcolor": theme.BAND,
    }


def _reason(start: date, end: date, reason: str, scale: Scale) -> list[dict[str, Any]]:
    """Why publication was held back, upright in its band."""
    middle = max(start, scale.first) + timedelta(
        days=(min(end, scale.last) - max(start, scale.first)).days // 2
    )
    return [
        note(
            text=theme.words(reason),
            x=middle.isoformat(),
            y=1,
            yref="paper",
            xanchor="center",
            yanchor="top",
            textangle=-90,
            font={"size": SMALL, "color": theme.MUTED},
        )
    ]
