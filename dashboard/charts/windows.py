"""Windows for the next inspection: a bar from earliest to latest, the median marked.

A council past its window is hatched and says that it has waited longer than 9 in 10 did.
The picture is as high as its rows need: 153 councils make a tall one.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import slide as canvas
from dashboard.charts import theme
from dashboard.charts.measure import first_that_fits, key_height, text_width
from dashboard.charts.timeline import Scale, day_in_words, note, time_axis
from inspections.figure_rows import WindowRow, WindowsChart

WIDTH, NARROW_WIDTH = 960, 340
ROW, NARROW_ROW, HIGHEST = 20, 32, 40  # px; on a phone the name stands above its bar
BAR, NARROW_BAR = 13, 11  # px
TOP, FOOT = 40, 51  # px; the foot with a key of one row
EXPLORED_HEIGHT = 720  # px
LABEL, SMALL = 12, 12
PAST = ("longer than 9 in 10 such waits", "over 9 in 10")
MILLISECONDS = 86_400_000  # in a day
OPEN = "no known end"
OPEN_END = timedelta(days=365)


@dataclass(frozen=True)
class _Line:
    """A row of the picture: a council, or the name of a region."""

    heading: str = ""
    row: WindowRow | None = None


def slide(rows: WindowsChart, height: int = canvas.HEIGHT) -> go.Figure:
    """The bars for meeting mode, of as many councils as `first_lines` leaves."""
    row = (height - TOP - FOOT) // max(len(_lines(rows)), 1)
    return figure(rows, width=canvas.WIDTH, row=min(row, HIGHEST))


def first_lines(rows: WindowsChart) -> WindowsChart:
    """The councils whose bars a slide can hold, the names of their regions included."""
    lines = _lines(rows)[: (canvas.HEIGHT - TOP - FOOT) // ROW]
    return replace(rows, rows=tuple(line.row for line in lines if line.row))


def figure(
    rows: WindowsChart, *, narrow: bool = False, width: int = WIDTH, row: int = ROW
) -> go.Figure:
    """The bars, earliest first, or by region and then earliest first."""
    lines = _lines(rows)
    width, step = (NARROW_WIDTH, NARROW_ROW) if narrow else (width, row)
    bar = NARROW_BAR if narrow else BAR * row / ROW
    names = [line.row.name for line in lines if line.row]
    left = 4 if narrow else round(max([text_width(n, LABEL) for n in names] + [60])) + 12
    scale = _scale(rows, width - left - 8)
    places = [(place, line.row) for place, line in enumerate(lines) if line.row]
    drop = 0.24 if narrow else 0.0  # rows below the middle
    thickness = bar / step
    traces = [
        trace
        for is_past in (False, True)
        for trace in _bars([p for p in places if p[1].is_past == is_past], drop, thickness)
    ]
    traces += _likeliest(places, drop, bar / 2.8)
    foot = 28 + key_height(theme.key_names(traces), width - 4) if places else 28
    top, count = TOP, max(len(lines), 1)
    axis = time_axis(scale)
    y_axis = theme.axis(range=[count - 0.5, -0.5], showticklabels=False)
    if not narrow:
        y_axis |= {
            "showticklabels": True,
            "tickvals": [place for place, _row in places],
            "ticktext": [theme.words(row.name) for _place, row in places],
            "tickfont": {"size": LABEL},
        }
    return theme.new_figure(
        traces,
        width=width,
        height=top + step * count + foot,
        margin={"l": left, "r": 8, "t": top, "b": foot},
        barmode="overlay",
        bargap=0,
        showlegend=True,
        legend=theme.key_below(),
        xaxis={**axis, "side": "top", "showgrid": True, "gridcolor": theme.BAND},
        yaxis=y_axis,
        shapes=[_today_line(rows), *_frame(rows, places)],
        annotations=[
            *_today_words(rows, scale),
            *_years_below(axis),
            *_words(lines, rows, scale, narrow),
            *_open_ends(places, drop),
        ],
    )


def explored(rows: WindowsChart) -> go.Figure:
    """Every window in one window of the screen, earliest first: names come with zooming in."""
    ordered = sorted(rows.rows, key=_order)
    soon = rows.today + timedelta(days=182)
    parts = (
        ("past its window", [r for r in ordered if r.is_past]),
        ("in its window", [r for r in ordered if not r.is_past and r.earliest <= rows.today]),
        ("within six months", [r for r in ordered if rows.today < r.earliest <= soon]),
        ("later", [r for r in ordered if r.earliest > soon]),
    )
    colours = (theme.INK, theme.SERIES, theme.SERIES_2, theme.TINT_3)
    scale = _scale(rows, WIDTH)
    return theme.new_figure(
        [
            theme.bar(
                orientation="h",
                name=name,
                base=[row.earliest.isoformat() for row in found],
                x=[max((_end(row) - row.earliest).days, 1) * MILLISECONDS for row in found],
                y=[theme.words(row.name) for row in found],
                marker={"color": colour},
                hovertext=[theme.words(_told(row)) for row in found],
                hoverinfo="text",
            )
            for (name, found), colour in zip(parts, colours, strict=True)
            if found
        ],
        width=WIDTH,
        height=EXPLORED_HEIGHT,
        margin={"l": 150, "r": 8, "t": 34, "b": 60},
        barmode="overlay",
        bargap=0.25,
        showlegend=True,
        legend=theme.key_below(),
        xaxis=theme.axis(
            type="date", range=[scale.first.isoformat(), scale.last.isoformat()], showgrid=True,
            side="top", gridcolor=theme.BAND,
        ),
        yaxis=theme.axis(
            type="category", autorange="reversed", fixedrange=False, nticks=40,
            categoryorder="array", categoryarray=[theme.words(row.name) for row in ordered],
        ),
        shapes=[_today_line(rows), *_frame(rows, list(enumerate(ordered)))],
    )  # fmt: skip


def _lines(rows: WindowsChart) -> list[_Line]:
    """Councils in order, with a line for each region's name where they are grouped."""
    if not rows.is_by_region:
        return [_Line(row=row) for row in sorted(rows.rows, key=_order)]
    found = []
    for region in sorted({row.region for row in rows.rows}):
        found.append(_Line(heading=region))
        members = [row for row in rows.rows if row.region == region]
        found.extend(_Line(row=row) for row in sorted(members, key=_order))
    return found


def _order(row: WindowRow) -> tuple[date, date, str]:
    return (row.earliest, row.likeliest, row.name)


def _scale(rows: WindowsChart, px: float) -> Scale:
    first = min([rows.today, *(row.earliest for row in rows.rows)]) - timedelta(days=60)
    ends = (row.latest or row.likeliest + OPEN_END for row in rows.rows)
    last = max([rows.today, *ends]) + timedelta(days=90)
    return Scale(first, max(last, first + timedelta(days=365)), px)


def _bars(places: list[tuple[int, WindowRow]], drop: float, thickness: float) -> list[theme.Trace]:
    """One trace of bars that are all in time or all past."""
    if not places:
        return []
    is_past = places[0][1].is_past
    marker: dict[str, Any] = {"color": theme.TINT_3, "line": {"color": theme.SERIES, "width": 1}}
    if is_past:
        marker = {
            "color": theme.HATCH_PAPER,
            "line": {"color": theme.MUTED, "width": 1},
            "pattern": theme.hatch(fgcolor=theme.MUTED, bgcolor=theme.HATCH_PAPER),
        }
    return [
        theme.bar(
            orientation="h",
            name=f"past its window: {PAST[0]}" if is_past else "window, earliest to latest",
            base=[row.earliest.isoformat() for _place, row in places],
            x=[max((_end(row) - row.earliest).days, 1) * MILLISECONDS for _place, row in places],
            y=[round(place + drop, 2) for place, _row in places],
            width=round(thickness, 3),
            marker=marker,
            hovertext=[theme.words(_told(row)) for _place, row in places],
            hoverinfo="text",
        )
    ]


def _end(row: WindowRow) -> date:
    """Where the bar ends; one without a known end is drawn a year past the median."""
    return row.latest or row.likeliest + OPEN_END


def _open_ends(places: list[tuple[int, WindowRow]], drop: float) -> list[dict[str, Any]]:
    """A mark behind each bar whose end is not known."""
    return [
        note(
            text="… " + OPEN if place == places[0][0] else "…",
            x=_end(row).isoformat(),
            xanchor="left",
            xshift=2,
            y=round(place + drop, 2),
            font={"size": SMALL, "color": theme.MUTED},
        )
        for place, row in places
        if row.latest is None
    ]


def _told(row: WindowRow) -> str:
    earliest, likeliest = day_in_words(row.earliest), day_in_words(row.likeliest)
    latest = day_in_words(row.latest) if row.latest else OPEN
    past = f". Has waited {PAST[0]}" if row.is_past else ""
    return f"{row.name}: {earliest} to {latest}, median {likeliest}{past}"


def _likeliest(places: list[tuple[int, WindowRow]], drop: float, size: float) -> list[theme.Trace]:
    shown = [(place, row) for place, row in places if not row.is_past]
    if not shown:
        return []
    return [
        theme.scatter(
            mode="markers",
            name="median",
            x=[row.likeliest.isoformat() for _place, row in shown],
            y=[round(place + drop, 2) for place, _row in shown],
            marker={
                "symbol": "line-ns",
                "size": round(size * 2, 1),
                "color": theme.INK,
                "line": {"color": theme.INK, "width": 2.5},
            },
            hoverinfo="skip",
            cliponaxis=False,
        )
    ]


def _today_line(rows: WindowsChart) -> dict[str, Any]:
    today = rows.today.isoformat()
    return {
        "type": "line",
        "yref": "paper",
        "x0": today,
        "x1": today,
        "y0": 0,
        "y1": 1,
        "line": {"color": theme.INK, "width": 2},
    }


def _frame(rows: WindowsChart, places: list[tuple[int, WindowRow]]) -> list[dict[str, Any]]:
    """Around the row of the council that a reader marks."""
    return [
        {
            "type": "rect",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "y0": place - 0.5,
            "y1": place + 0.5,
            "line": {"color": theme.INK, "width": 2},
        }
        for place, row in places
        if row.name == rows.marked
    ]


def _today_words(rows: WindowsChart, scale: Scale) -> list[dict[str, Any]]:
    is_near_edge = scale.room(rows.today, scale.last) < 44
    return [
        note(
            text=theme.words(rows.today_name),
            x=rows.today.isoformat(),
            xanchor="right" if is_near_edge else "left",
            xshift=-2 if is_near_edge else -3,
            y=1,
            yref="paper",
            yanchor="bottom",
            yshift=20,
            font={"size": SMALL, "weight": 700, "color": theme.INK},
        )
    ]


def _years_below(axis: dict[str, Any]) -> list[dict[str, Any]]:
    """The years once more under the last row, where a tall picture has lost its top."""
    return [
        note(
            text=year,
            x=day,
            xanchor="center",
            y=0,
            yref="paper",
            yanchor="top",
            yshift=-3,
            font={"size": LABEL, "color": theme.MUTED},
        )
        for day, year in zip(axis["tickvals"], axis["ticktext"], strict=True)
    ]


def _words(
    lines: list[_Line], rows: WindowsChart, scale: Scale, narrow: bool
) -> list[dict[str, Any]]:
    """Names of regions, of councils on a phone, and what is said of those past their window."""
    found = []
    for place, line in enumerate(lines):
        if line.heading:
            found.append(_at_edge(line.heading, place, bold=True, narrow=narrow))
        elif line.row and narrow:
            said = f"{line.row.name}: {PAST[0]}" if line.row.is_past else line.row.name
            room = NARROW_WIDTH - 12
            said = first_that_fits((said, line.row.name), room=room, size=LABEL) or line.row.name
            found.append(_at_edge(said, place - 0.24, bold=False, narrow=narrow))
        elif line.row and line.row.is_past:
            found.extend(_past(line.row, place, rows, scale))
    return found


def _at_edge(text: str, y: float, *, bold: bool, narrow: bool) -> dict[str, Any]:
    look = {"size": LABEL, "color": theme.INK, **({"weight": 700} if bold else {})}
    return note(
        text=theme.words(text),
        x=0,
        xref="paper",
        xanchor="left",
        y=y,
        font=look,
        borderpad=0,
        **({"bgcolor": theme.PAPER} if narrow else {}),
    )


def _past(row: WindowRow, place: int, rows: WindowsChart, scale: Scale) -> list[dict[str, Any]]:
    """The words behind the bar, or before it where the axis ends."""
    after = max(_end(row), rows.today)
    text = first_that_fits(PAST, room=scale.room(after, scale.last) - 4, size=SMALL)
    day, side = (after, "left") if text else (row.earliest, "right")
    return [
        note(
            text=text or PAST[0],
            x=day.isoformat(),
            xanchor=side,
            xshift=3 if text else -3,
            y=place,
            font={"size": SMALL, "color": theme.MUTED},
        )
    ]
