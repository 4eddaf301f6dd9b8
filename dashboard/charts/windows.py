"""When each council's next full inspection may begin: a bar from the 10th to the 90th percentile.

The dot on a bar is the 50th. A bar with a dashed end has no known end. Today is a line.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.charts.measure import text_width

WIDTH, ROW = 960, 19
NARROW_WIDTH = 340
LABEL_SIZE = 12
SMALL = 11
MILLISECONDS = 86_400_000


@dataclass(frozen=True)
class WindowBar:
    """One council's window; ``heading`` opens a new group (a region) above it.

    ``earliest`` None: no window, ``said`` tells why. ``latest`` None: an open end.
    """

    name: str
    earliest: date | None
    likeliest: date | None
    latest: date | None
    said: str = ""
    heading: str = ""


@dataclass(frozen=True)
class Windows:
    """Bars from top to bottom. ``known_to``: the last day up to which the record is complete."""

    bars: tuple[WindowBar, ...]
    today: date
    known_to: date


def figure(rows: Windows, *, narrow: bool = False) -> go.Figure:
    """The bars on an axis of years."""
    width = NARROW_WIDTH if narrow else WIDTH
    size = SMALL if narrow else LABEL_SIZE
    names = [bar.name for bar in rows.bars]
    left = min(
        round(max((text_width(name, size) for name in names), default=40)) + 12,
        150 if narrow else 260,
    )
    first, last = _ends(rows)
    places, bottom, headings = _places(rows)
    height = round(ROW * max(bottom, 1)) + 76
    return theme.new_figure(
        [_bars(rows, places, last), _middles(rows, places)],
        width=width,
        height=height,
        margin={"l": left, "r": 12, "t": 42, "b": 34},
        barmode="overlay",
        xaxis=theme.axis(
            type="date",
            range=[first.isoformat(), last.isoformat()],
            tickvals=[f"{year}-01-01" for year in range(first.year + 1, last.year + 1)],
            ticktext=[str(year) for year in range(first.year + 1, last.year + 1)],
            showgrid=True,
            side="top",
            tickfont={"size": 12, "color": theme.MUTED},
        ),
        yaxis=theme.axis(
            range=[max(bottom, 1) - 0.5, -0.5],
            tickvals=places,
            ticktext=[theme.words(_short(name, left - 12, size)) for name in names],
            tickfont={"size": size},
        ),
        shapes=[*_today(rows), *_open_ends(rows, places, last)],
        annotations=[*_today_label(rows), *_said(rows, places, narrow), *headings],
    )


def _ends(rows: Windows) -> tuple[date, date]:
    days = [day for bar in rows.bars for day in (bar.earliest, bar.likeliest, bar.latest) if day]
    first = min([*days, rows.today, rows.known_to]) - timedelta(days=60)
    last = max([*days, rows.today + timedelta(days=365)]) + timedelta(days=90)
    return first, last


def _places(rows: Windows) -> tuple[list[float], float, list[dict[str, Any]]]:
    """Where each bar stands, how many rows there are, and the labels of the groups."""
    at, places, headings = 0.0, [], []
    for bar in rows.bars:
        if bar.heading:
            at += 0.4 if places else 0
            headings.append(
                _note(theme.words(bar.heading), y=at, x=0, xref="paper", weight=700, size=13)
            )
            at += 1.1
        places.append(round(at, 2))
        at += 1
    return places, at, headings


def _short(name: str, room: float, size: float) -> str:
    """The name, or as much of it as the margin has room for."""
    if text_width(name, size) <= room:
        return name
    while name and text_width(f"{name}…", size) > room:
        name = name[:-1].rstrip()
    return f"{name}…"


def _bars(rows: Windows, places: list[float], last: date) -> theme.Trace:
    drawn = [(bar, place) for bar, place in zip(rows.bars, places, strict=True) if bar.earliest]
    return theme.bar(
        orientation="h",
        y=[place for _bar, place in drawn],
        base=[bar.earliest.isoformat() for bar, _place in drawn],
        x=[((bar.latest or last) - bar.earliest).days * MILLISECONDS for bar, _place in drawn],
        width=0.68,
        marker={"color": theme.SERIES_PALE},
        hovertext=[theme.words(_in_words(bar)) for bar, _place in drawn],
        hoverinfo="text",
        name="window",
    )


def _middles(rows: Windows, places: list[float]) -> theme.Trace:
    drawn = [(bar, place) for bar, place in zip(rows.bars, places, strict=True) if bar.likeliest]
    return theme.scatter(
        x=[bar.likeliest.isoformat() for bar, _place in drawn],
        y=[place for _bar, place in drawn],
        mode="markers",
        marker={"symbol": "circle", "size": 7, "color": theme.SERIES},
        hoverinfo="skip",
        name="likeliest",
    )


def _in_words(bar: WindowBar) -> str:
    end = f"{bar.latest:%B %Y}" if bar.latest else "no known end"
    middle = f", likeliest {bar.likeliest:%B %Y}" if bar.likeliest else ""
    return f"{bar.name}: {bar.earliest:%B %Y} to {end}{middle}"


def _open_ends(rows: Windows, places: list[float], last: date) -> list[dict[str, Any]]:
    """A dashed line where a bar runs out of the picture without a known end."""
    return [
        {
            "type": "line",
            "x0": last.isoformat(),
            "x1": last.isoformat(),
            "y0": place - 0.34,
            "y1": place + 0.34,
            "line": {"color": theme.MUTED, "width": 3, "dash": "3px,2px"},
        }
        for bar, place in zip(rows.bars, places, strict=True)
        if bar.earliest and not bar.latest
    ]


def _today(rows: Windows) -> list[dict[str, Any]]:
    day = rows.today.isoformat()
    return [
        {
            "type": "line",
            "yref": "paper",
            "x0": day,
            "x1": day,
            "y0": 0,
            "y1": 1,
            "line": {"color": theme.INK, "width": 2},
        }
    ]


def _today_label(rows: Windows) -> list[dict[str, Any]]:
    return [
        _note("today", x=rows.today.isoformat(), y=0, yref="paper", yanchor="top", xanchor="center",
              colour=theme.INK, rise=-2)
    ]  # fmt: skip


def _said(rows: Windows, places: list[float], narrow: bool) -> list[dict[str, Any]]:
    """Why a council has no bar, written where the bar would be."""
    return [
        _note(theme.words(bar.said), x=rows.today.isoformat(), y=place, shift=6,
              size=SMALL if not narrow else 10)
        for bar, place in zip(rows.bars, places, strict=True)
        if bar.said and not bar.earliest
    ]  # fmt: skip


def _note(
    text: str,
    *,
    x: Any,
    y: float,
    xref: str = "x",
    yref: str = "y",
    xanchor: str = "left",
    yanchor: str = "middle",
    shift: float = 0,
    rise: float = 0,
    size: int = SMALL,
    colour: str = theme.MUTED,
    weight: int = 400,
) -> dict[str, Any]:
    return {
        "showarrow": False,
        "text": text,
        "x": x,
        "y": y,
        "xref": xref,
        "yref": yref,
        "xanchor": xanchor,
        "yanchor": yanchor,
        "xshift": shift,
        "yshift": rise,
        "font": {"size": size, "color": colour, "weight": weight},
    }
