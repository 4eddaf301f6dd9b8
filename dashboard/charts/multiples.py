"""Small multiples: one measure a panel, all on one axis of time, inspections on each.

A council is a line, its neighbours a band, England a thin line; or the median of all councils and
their band. A period that cannot be set beside the one before begins a new line: a break is drawn as
a break, and so is a missing figure.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from math import ceil, floor, log10
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import slide as canvas
from dashboard.charts import theme
from dashboard.charts.marks import PlacedVisit, stacked, visit_points
from dashboard.charts.measure import first_that_fits, key_height, wrapped
from dashboard.charts.timeline import Scale
from inspections.figure_rows import Multiples, Panel, PanelPoint, VisitMark

WIDTH, NARROW_WIDTH = 960, 340  # px
COLUMNS, NARROW_COLUMNS = 3, 1
PLOT, NARROW_PLOT = 104, 96  # px, a panel's own height
LEFT, RIGHT, HEAD, YEARS = 44, 14, 54, 24  # px around each plot
SLIDE_HEAD = 36
VISITS = 0.13
"""Of a panel's height, above the plot: a row for visits, and one more where they touch."""
NAME, SMALL = 13, 12  # px
LONE = 7  # px, the width of a band of a single period
ON_A_SLIDE = 6  # panels
TICKS = 3
Ends = tuple[float, float, float]  # of an axis: low, high, and the step between ticks


@dataclass(frozen=True)
class _PanelGrid:
    """Where each panel's plot stands, in px from the picture's top left corner."""

    width: int
    columns: int
    plot: int
    head: int
    count: int

    @property
    def rows(self) -> int:
        return max(ceil(self.count / self.columns), 1)

    @property
    def row(self) -> int:
        return self.head + self.plot + YEARS

    @property
    def height(self) -> int:
        return self.rows * self.row

    def box(self, place: int) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the plot."""
        column = self.width / self.columns
        left = column * (place % self.columns) + LEFT
        top = self.row * (place // self.columns) + self.head
        return left, top, left + column - LEFT - RIGHT, top + self.plot


def slide(rows: Multiples, height: int = canvas.HEIGHT) -> go.Figure:
    """Some of the panels for meeting mode, which has no room for visits."""
    rows = replace(rows, visits=())
    grid = _PanelGrid(canvas.WIDTH, COLUMNS, 0, SLIDE_HEAD, len(rows.panels))
    foot = key_height(theme.key_names(_key(rows)), canvas.WIDTH - 4)
    room = (height - foot) // grid.rows - SLIDE_HEAD - YEARS
    return _figure(rows, replace(grid, plot=room))


def figure(rows: Multiples, *, narrow: bool = False) -> go.Figure:
    """Three panels a row, one on a phone; a single panel takes the whole width."""
    count = len(rows.panels)
    if narrow:
        return _figure(rows, _PanelGrid(NARROW_WIDTH, NARROW_COLUMNS, NARROW_PLOT, HEAD, count))
    is_alone = count < COLUMNS
    plot = 2 * PLOT if is_alone else PLOT
    return _figure(
        rows, _PanelGrid(WIDTH, max(count, 1) if is_alone else COLUMNS, plot, HEAD, count)
    )


def _figure(rows: Multiples, grid: _PanelGrid) -> go.Figure:
    traces: list[theme.Trace] = []
    axes: dict[str, Any] = {}
    notes: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    first, last = _ends(rows)
    key = _key(rows)
    foot = key_height(theme.key_names(key), grid.width - 4)
    visits = _in_rows(rows, grid)
    share = VISITS * (1 + max((row for _, row in visits), default=0))
    for place, panel in enumerate(rows.panels):
        number = "" if place == 0 else str(place + 1)
        box = grid.box(place)
        low, high, step = _scale(panel)
        names = {"xaxis": f"x{number}", "yaxis": f"y{number}"}
        axes[f"xaxis{number}"] = _time(first, last, box, grid, f"y{number}")
        above = (high - low) * share
        axes[f"yaxis{number}"] = _values(panel, (low, high, step), above, box, grid, f"x{number}")
        traces += [{**trace, **names} for trace in _traces(panel)]
        traces += [
            {**trace, **names, "showlegend": False}
            for trace in visit_points(_placed(visits, low, high))
        ]
        shapes += _inspections(rows.inspections, first, number)
        notes += _heads(panel, box, grid)
    return theme.new_figure(
        [*traces, *key],
        width=grid.width,
        height=grid.height + foot,
        margin={"l": 0, "r": 0, "t": 0, "b": foot},
        showlegend=True,
        legend=theme.key_below(),
        shapes=shapes,
        annotations=notes,
        **(axes or {"xaxis": theme.axis(range=[0, 1], visible=False),
                    "yaxis": theme.axis(range=[0, 1], visible=False)}),
    )  # fmt: skip


def _ends(rows: Multiples) -> tuple[date, date]:
    """From the first period to the day that the picture stands on: inspections before are left
    out, as nothing stands beside them."""
    days = [point.day for panel in rows.panels for point in panel.points]
    first = min([*days, rows.today - timedelta(days=365)])
    return first - timedelta(days=150), max([*days, rows.today]) + timedelta(days=60)


def _time(
    first: date, last: date, box: tuple[float, ...], grid: _PanelGrid, anchor: str
) -> dict[str, Any]:
    years = range(first.year + 1, last.year + 1)
    step = 1
    while len(years) / step * 36 > box[2] - box[0]:
        step += 1
    shown = [year for year in years if year % step == 0]
    return theme.axis(
        type="date",
        anchor=anchor,
        domain=[box[0] / grid.width, box[2] / grid.width],
        range=[first.isoformat(), last.isoformat()],
        tickvals=[f"{year}-01-01" for year in shown],
        ticktext=[str(year) for year in shown],
        ticks="outside",
        ticklen=4,
        showline=True,
        tickfont={"size": SMALL, "color": theme.MUTED},
    )


def _values(
    panel: Panel,
    scale: tuple[float, float, float],
    above: float,
    box: tuple[float, ...],
    grid: _PanelGrid,
    anchor: str,
) -> dict[str, Any]:
    low, high, step = scale
    ticks = [low + step * place for place in range(round((high - low) / step) + 1)]
    return theme.axis(
        anchor=anchor,
        domain=[1 - box[3] / grid.height, 1 - box[1] / grid.height],
        range=[low, high + above],
        tickvals=ticks,
        ticktext=[tick_words(value, panel.unit) for value in ticks],
        showgrid=True,
        gridcolor=theme.BAND,
        tickfont={"size": SMALL, "color": theme.MUTED},
    )


def tick_words(value: float, unit: str) -> str:
    """`20%`, `£120k`, `1,500`: as short as the axis has room for."""
    if unit == "percent":
        return f"{value:,.10g}%"
    if unit == "pounds":
        return f"£{value / 1000:,.10g}k" if value else "£0"
    return f"{value:,.10g}"


def _scale(panel: Panel) -> Ends:
    """The axis's ends and step. It begins at nothing, but for figures that all lie far above it."""
    parts = ((row.value, row.low, row.high, row.england) for row in panel.points)
    found = [value for part in parts for value in part if value is not None]
    high, low = max(found, default=1.0), min([*found, max(found, default=1.0)])
    base = low if low > 0.5 * high else min(low, 0.0)
    span = (high - base) or abs(high) or 1.0
    rough = span / TICKS
    size = 10.0 ** floor(log10(rough))
    step = next(size * times for times in (1, 2, 2.5, 5, 10) if size * times >= rough * 0.999)
    start = floor(base / step + 1e-9) * step
    end = max(ceil(high / step - 1e-9) * step, start + step)
    return start, end, step


def _runs(points: tuple[PanelPoint, ...]) -> list[list[PanelPoint]]:
    """Periods that may be joined: a break, and a year left out, begin a new run."""
    runs: list[list[PanelPoint]] = []
    for before, point in pairwise((None, *points)):
        is_next = before is not None and (point.day - before.day).days < 400  # type: ignore[union-attr]
        if point is None:
            continue
        if is_next and not point.is_break:
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs


def _traces(panel: Panel) -> Iterator[theme.Trace]:
    """The band, England's line and the council's, from back to front."""
    runs = _runs(panel.points)
    yield from _bands(runs)
    yield _line(
        runs,
        "england",
        mode="lines+markers",
        line={"color": theme.MUTED, "width": 1.5, "dash": "4px,3px"},
        marker={"size": 3, "color": theme.MUTED},
        hoverinfo="skip",
    )
    yield _line(
        runs,
        "value",
        mode="lines+markers",
        line={"color": theme.SERIES, "width": 2.5},
        marker={"size": 6, "color": theme.SERIES},
        hoverinfo="text",
    )


def _line(runs: list[list[PanelPoint]], name: str, **look: Any) -> theme.Trace:
    """Points joined within a run; None between runs, and where there is no figure."""
    x: list[str | None] = []
    y: list[float | None] = []
    said: list[str] = []
    for run in runs:
        if x:
            x, y, said = [*x, None], [*y, None], [*said, ""]
        for point in run:
            value = getattr(point, name)
            x.append(point.day.isoformat())
            y.append(value)
            said.append(theme.words(f"{point.period}: {point.said}{point.beside}"))
    return theme.scatter(x=x, y=y, hovertext=said, showlegend=False, **look)


def _bands(runs: list[list[PanelPoint]]) -> Iterator[theme.Trace]:
    """The neighbours' band as areas; of a single period, an upright stroke."""
    areas: list[tuple[str | None, float | None]] = []
    for run in runs:
        for part in _banded(run):
            if len(part) == 1:
                yield theme.scatter(
                    mode="lines",
                    x=[part[0].day.isoformat()] * 2,
                    y=[part[0].low, part[0].high],
                    line={"color": theme.SERIES_PALE, "width": LONE},
                    hoverinfo="skip",
                    showlegend=False,
                )
                continue
            areas += [(None, None)] if areas else []
            areas += [(point.day.isoformat(), point.high) for point in part]
            areas += [(point.day.isoformat(), point.low) for point in reversed(part)]
    if areas:
        yield theme.scatter(
            mode="none",
            fill="toself",
            fillcolor=theme.SERIES_PALE,
            x=[x for x, _ in areas],
            y=[y for _, y in areas],
            hoverinfo="skip",
            showlegend=False,
        )


def _banded(run: list[PanelPoint]) -> list[list[PanelPoint]]:
    """Stretches of a run in which every period has a band."""
    parts: list[list[PanelPoint]] = [[]]
    for point in run:
        if point.low is None or point.high is None:
            parts.append([])
        else:
            parts[-1].append(point)
    return [part for part in parts if part]


def _in_rows(rows: Multiples, grid: _PanelGrid) -> list[tuple[VisitMark, int]]:
    """The visits that have room, each with its row: 0 next to the plot, 1 above it."""
    first, last = _ends(rows)
    left, _, right, _ = grid.box(0)
    visits = [row for row in rows.visits if row.day > first]
    places = stacked(visits, Scale(first, last, right - left))
    return [(row, place % 2) for row, place in zip(visits, places, strict=True)]


def _placed(visits: list[tuple[VisitMark, int]], low: float, high: float) -> Iterator[PlacedVisit]:
    for row, place in visits:
        y = high + (high - low) * VISITS * (place + 0.5)
        yield PlacedVisit(row, row.day.isoformat(), y)


def _inspections(days: tuple[date, ...], first: date, number: str) -> list[dict[str, Any]]:
    return [
        {
            "type": "line",
            "xref": f"x{number}",
            "yref": f"y{number} domain",
            "x0": day.isoformat(),
            "x1": day.isoformat(),
            "y0": 0,
            "y1": 1,
            "line": {"color": theme.INK, "width": 1.5},
        }
        for day in days
        if day > first
    ]


def _heads(panel: Panel, box: tuple[float, ...], grid: _PanelGrid) -> list[dict[str, Any]]:
    """The measure's name and its newest figure, above the plot."""
    room = grid.width / grid.columns - 16
    lines = wrapped(panel.name, room=room, size=NAME, bold=True)
    latest = first_that_fits((panel.latest, panel.latest.split(" (")[0]), room=room, size=SMALL)
    base = {
        "showarrow": False,
        "xref": "paper",
        "yref": "paper",
        "x": (box[0] - LEFT + 4) / grid.width,
        "xanchor": "left",
        "borderpad": 0,
        "align": "left",
    }
    at = box[1] - grid.head
    return [
        {
            **base,
            "text": theme.words(lines[0]),
            "y": 1 - (at + 16 if grid.head > SLIDE_HEAD else at + 10) / grid.height,
            "yanchor": "middle",
            "font": {"size": NAME, "weight": 700, "color": theme.INK},
        },
        {
            **base,
            "text": theme.words(latest),
            "y": 1 - (at + 35 if grid.head > SLIDE_HEAD else at + 24) / grid.height,
            "yanchor": "middle",
            "font": {"size": SMALL, "color": theme.MUTED},
        },
    ]


def _key(rows: Multiples) -> list[theme.Trace]:
    """What the marks mean, each once, in the first panel's axes and without a point there."""
    nothing: dict[str, Any] = {"x": [None], "y": [None], "hoverinfo": "skip"}
    found = [
        theme.scatter(
            **nothing, name=theme.words(rows.council_name), mode="lines",
            line={"color": theme.SERIES, "width": 2.5},
        ),
        theme.key_only(rows.band_name, {"color": theme.SERIES_PALE}),
        theme.scatter(
            **nothing, name="England", mode="lines",
            line={"color": theme.MUTED, "width": 1.5, "dash": "4px,3px"},
        ),
    ]  # fmt: skip
    if rows.inspections:
        mark = {"symbol": "line-ns", "size": 10, "color": theme.INK,
                "line": {"color": theme.INK, "width": 1.5}}  # fmt: skip
        found.append(theme.scatter(**nothing, name="full inspection", mode="markers", marker=mark))
    kinds = {visit.kind: visit.kind_name for visit in rows.visits}
    return found + [
        theme.scatter(
            **nothing,
            name=theme.words(name.lower() if name[1:].islower() else name),
            mode="markers",
            marker={
                "symbol": theme.visit_symbol(kind),
                "size": 10,
                "color": theme.INK,
                "line": {"color": theme.INK, "width": 1.5},
            },
        )
        for kind, name in kinds.items()
    ]
