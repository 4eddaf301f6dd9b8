"""Points, lines, steps and filled areas of scatter traces, and heatmap cells."""

from typing import Any

from dashboard.charts.svg.axes import Axis
from dashboard.charts.svg.nodes import Node, node
from dashboard.charts.svg.nodes import number as n
from dashboard.charts.svg.reading import Part, each, font_of, refuse
from dashboard.charts.svg.text import grouped, label

Point = tuple[float, float]
# plotly's dash names in units of the line's width, as plotly.js draws them.
DASHES = {"dot": (1, 1), "dash": (3, 3), "longdash": (5, 5), "dashdot": (3, 1, 1, 1)}


def dash(name: str | None, width: float) -> str | None:
    """stroke-dasharray for a plotly dash: a name or a list such as "4px,3px"."""
    if not name or name == "solid":
        return None
    if name in DASHES:
        return " ".join(n(part * max(width, 3)) for part in DASHES[name])
    return " ".join(part.strip().removesuffix("px") for part in name.split(","))


def symbol_path(name: str, x: float, y: float, size: float) -> str:
    """The outline of a marker, ``size`` px wide, with plotly.js's own proportions."""
    r = size / 2
    shape = name.removesuffix("-open")
    if shape == "circle":
        half = f"a{n(r)} {n(r)} 0 1 1 "
        return f"M{n(x - r)} {n(y)}{half}{n(2 * r)} 0{half}-{n(2 * r)} 0Z"
    if shape == "square":
        return f"M{n(x - r)} {n(y - r)}h{n(2 * r)}v{n(2 * r)}h-{n(2 * r)}Z"
    if shape == "diamond":
        d = r * 1.3
        return f"M{n(x + d)} {n(y)}L{n(x)} {n(y + d)}L{n(x - d)} {n(y)}L{n(x)} {n(y - d)}Z"
    if shape == "triangle-up":
        wide, high = r * 2 / 3**0.5, r / 2
        return f"M{n(x - wide)} {n(y + high)}H{n(x + wide)}L{n(x)} {n(y - r)}Z"
    if shape == "x-thin":
        d = r / 2**0.5
        return f"M{n(x - d)} {n(y - d)}l{n(2 * d)} {n(2 * d)}m0 -{n(2 * d)}l-{n(2 * d)} {n(2 * d)}"
    if shape == "line-ns":
        return f"M{n(x)} {n(y - 1.4 * r)}v{n(2.8 * r)}"
    raise refuse("marker.symbol", name, "line-ns, circle, square, diamond, triangle-up or x-thin")


def draw_marker(
    symbol: str, x: float, y: float, marker: dict[str, Any], *, colour: str, size: float
) -> Node:
    """One marker; an open one is paper inside a line of its own colour."""
    line = marker.get("line") or {}
    is_open = symbol.endswith(("-open", "-thin", "-ns"))
    return node(
        "path",
        d=symbol_path(symbol, x, y, size),
        fill="none" if is_open else colour,
        stroke=colour if is_open else (line.get("color") if line.get("width") else None),
        stroke_width=(line.get("width") or 1) if is_open else (line.get("width") or None),
    )


def _runs(trace: Part, x_axis: Axis, y_axis: Axis) -> list[list[Point]]:
    """Points in px, broken where a value is missing."""
    runs: list[list[Point]] = [[]]
    for x, y in zip(trace.get("x") or [], trace.get("y") or [], strict=True):
        if x is None or y is None:
            runs.append([])
        else:
            runs[-1].append((x_axis.at(x), y_axis.at(y)))
    return [run for run in runs if run]


def _path(run: list[Point], shape: str) -> str:
    parts = [f"M{n(run[0][0])} {n(run[0][1])}"]
    for x, y in run[1:]:
        if shape == "hv":
            parts.append(f"H{n(x)}V{n(y)}")
        elif shape == "vh":
            parts.append(f"V{n(y)}H{n(x)}")
        elif shape == "linear":
            parts.append(f"L{n(x)} {n(y)}")
        else:
            raise refuse("scatter.line.shape", shape, "linear, hv or vh")
    return "".join(parts)


def draw_scatter(
    trace: Part, before: Part | None, axes: dict[str, Axis], layout: Part
) -> list[Node]:
    """Area, line, markers and texts of a trace. ``before``: what "tonexty" fills to."""
    x_axis, y_axis = axes["x"], axes["y"]
    modes = (trace.get("mode") or "lines").split("+")
    line = trace.get("line") or {}
    shape = line.get("shape", "linear")
    runs = _runs(trace, x_axis, y_axis)
    drawn: list[Node] = []
    fill = trace.get("fill", "none")
    if fill != "none" and runs:
        drawn.append(
            node("path", class_="area", d=_area(runs, fill, shape, before, axes),
                 fill=str(trace.get("fillcolor", "#ccc")))
        )  # fmt: skip
    width = float(line.get("width", 2))
    if "lines" in modes and width and runs:
        path = "".join(_path(run, shape) for run in runs)
        drawn.append(
            node(
                "path",
                class_="line",
                d=path,
                fill="none",
                stroke=str(line.get("color", "#444")),
                stroke_width=width,
                stroke_dasharray=dash(line.get("dash"), width),
            )
        )
    spots = [point for run in runs for point in run]
    if "markers" in modes and spots:
        drawn.append(_markers(trace, spots))
    if "text" in modes:
        words = grouped(_texts(trace, spots, layout), "pointtext")
        drawn.extend([words] if words else [])
    return drawn


def _area(
    runs: list[list[Point]], fill: str, shape: str, before: Part | None, axes: dict[str, Axis]
) -> str:
    if fill == "toself":
        return "".join(_path(run, shape) + "Z" for run in runs)
    if fill == "tozeroy":
        zero = n(axes["y"].px(0))
        return "".join(f"{_path(r, shape)}V{zero}H{n(r[0][0])}Z" for r in runs)
    if fill != "tonexty" or before is None:
        raise refuse("scatter.fill", fill, "toself, tozeroy, or tonexty after another trace")
    under = _runs(before, axes["x"], axes["y"])
    if len(under) != 1 or len(runs) != 1:
        raise refuse("scatter.fill", fill, "two lines without missing values")
    back = {"hv": "vh", "vh": "hv"}.get(shape, shape)
    return _path(runs[0], shape) + "L" + _path(under[0][::-1], back)[1:] + "Z"


def _markers(trace: Part, spots: list[Point]) -> Node:
    marker = trace.get("marker") or {}
    count = len(spots)
    symbols = each(marker.get("symbol") or "circle", count)
    colours = each(marker.get("color") or "#444", count)
    sizes = each(marker.get("size") or 6, count)
    drawn = [
        draw_marker(str(symbols[i]), x, y, marker, colour=str(colours[i]), size=float(sizes[i]))
        for i, (x, y) in enumerate(spots)
    ]
    shared = {}
    for name in ("fill", "stroke", "stroke-width"):
        values = {item.attributes.get(name) for item in drawn}
        value = values.pop()
        if not values and value is not None:
            shared[name] = value
            for item in drawn:
                del item.attributes[name]
    return Node("g", {"class": "points", **shared}, list(drawn))


def _texts(trace: Part, spots: list[Point], layout: Part) -> list[Node]:
    font = font_of(trace, "textfont", layout)
    texts = each(trace.get("text"), len(spots))
    position = str(trace.get("textposition") or "middle center")
    vertical, horizontal = position.split()
    size = float((trace.get("marker") or {}).get("size") or 0)
    away = size / 2 + 3 if "markers" in (trace.get("mode") or "") else 0
    rise = {"top": -1, "middle": 0, "bottom": 1}[vertical]
    shift = {"left": -1, "center": 0, "right": 1}[horizontal]
    align = {"left": "right", "center": "center", "right": "left"}[horizontal]
    if not vertical == "middle" and shift:
        raise refuse("scatter.textposition", position, "one direction only")
    return [
        label(
            text,
            x=x + shift * (away or 3),
            middle=y + rise * (away + float(font["size"]) * 0.65),
            font=font,
            align=align,
        )
        for text, (x, y) in zip(texts, spots, strict=True)
        if text not in (None, "")
    ]


def draw_heatmap(trace: Part, axes: dict[str, Axis], layout: Part) -> list[Node]:
    """Cells between category places, coloured by a scale, with their texts inside."""
    x_axis, y_axis = axes["x"], axes["y"]
    stops = trace.get("colorscale")
    if (
        not isinstance(stops, list | tuple)
        or trace.get("zmin") is None
        or trace.get("zmax") is None
    ):
        raise refuse("heatmap", "no colorscale, zmin or zmax", "all three given")
    low, high = float(trace["zmin"]), float(trace["zmax"])
    xs = trace.get("x") or list(range(len(trace["z"][0])))
    ys = trace.get("y") or list(range(len(trace["z"])))
    half_x, half_y = abs(x_axis.px(0.5) - x_axis.px(0)), abs(y_axis.px(0.5) - y_axis.px(0))
    gap_x, gap_y = float(trace.get("xgap") or 0) / 2, float(trace.get("ygap") or 0) / 2
    font = font_of(trace, "textfont", layout)
    cells: list[Node] = []
    labels: list[Node] = []
    for row, y in enumerate(ys):
        for column, x in enumerate(xs):
            value = trace["z"][row][column]
            if value is None:
                continue
            centre, middle = x_axis.at(x), y_axis.at(y)
            cells.append(
                node(
                    "rect",
                    x=centre - half_x + gap_x,
                    y=middle - half_y + gap_y,
                    width=2 * (half_x - gap_x),
                    height=2 * (half_y - gap_y),
                    fill=_shade(stops, (float(value) - low) / (high - low or 1)),
                )
            )
            text = (trace.get("text") or [[None] * len(xs)] * len(ys))[row][column]
            if text not in (None, "") and trace.get("texttemplate") == "%{text}":
                labels.append(label(text, x=centre, middle=middle, font=font, align="center"))
    words = grouped(labels, "celltext")
    group = Node("g", {"class": "cells"}, list(cells))
    return [group, words] if words else [group]


def _shade(stops: Any, at: float) -> str:
    """The colour at ``at`` (0 to 1) on a scale; exactly a stop's own colour at a stop."""
    at = min(max(at, 0.0), 1.0)
    previous = stops[0]
    for stop in stops:
        if at == stop[0]:
            return str(stop[1])
        if at < stop[0]:
            share = (at - previous[0]) / (stop[0] - previous[0])
            pairs = zip(_rgb(str(previous[1])), _rgb(str(stop[1])), strict=True)
            return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
        previous = stop
    return str(stops[-1][1])


def _rgb(colour: str) -> tuple[int, ...]:
    if len(colour) != 7 or not colour.startswith("#"):
        raise refuse("colorscale", colour, "#rrggbb")
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))
