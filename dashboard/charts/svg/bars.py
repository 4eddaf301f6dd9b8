"""Bars, upright or lying, stacked, grouped or with a base of their own."""

import itertools
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from dashboard.charts.svg.axes import Axis
from dashboard.charts.svg.nodes import Node, node
from dashboard.charts.svg.nodes import number as n
from dashboard.charts.svg.patterns import Patterns
from dashboard.charts.svg.reading import Part, each, font_of, refuse
from dashboard.charts.svg.text import block, grouped, label

TEXT_PAD = 3  # px between a bar's end and its text, as plotly.js


@dataclass
class Bar:
    """One bar in axis numbers: across its width and along its length."""

    near: float
    far: float
    base: float
    top: float
    place: int  # in its trace


def lay_out(traces: list[Part], axes: dict[str, Axis], layout: Part) -> list[list[Bar]]:
    """For each bar trace its bars; missing values and bars of no length are left out."""
    mode = layout.get("barmode", "group")
    if mode not in ("stack", "overlay", "group"):
        raise refuse("layout.barmode", mode, "stack, overlay or group")
    heights: dict[Any, float] = defaultdict(float)
    found = []
    for number, trace in enumerate(traces):
        is_lying = trace.get("orientation") == "h"
        across, along = (
            (axes["y"], axes["x"]) if is_lying else (axes["x"], axes["y"])
        )  # by direction
        places, sizes = (
            (trace.get("y"), trace.get("x")) if is_lying else (trace.get("x"), trace.get("y"))
        )
        places, sizes = list(places or []), list(sizes or [])
        bases = each(trace.get("base"), len(sizes))
        slot = _slot(traces, across) * (1 - float(layout.get("bargap", 0.2)))
        widths = each(trace.get("width"), len(sizes))
        bars = []
        for i, (place, size) in enumerate(zip(places, sizes, strict=True)):
            if place is None or not size:
                continue
            centre = across.value(place)
            width = float(widths[i] or slot)
            if mode == "group" and len(traces) > 1 and widths[i] is None:
                width = slot / len(traces)
                centre += width * (number - (len(traces) - 1) / 2)
            base = along.value(bases[i]) if bases[i] is not None else 0.0
            if mode == "stack" and bases[i] is None:
                key = (centre, size > 0)
                base, heights[key] = heights[key], heights[key] + size
            bars.append(Bar(centre - width / 2, centre + width / 2, base, base + size, i))
        found.append(bars)
    return found


def _slot(traces: list[Part], across: Axis) -> float:
    """The smallest distance between two places, over all bar traces, as plotly.js takes it."""
    if across.kind == "category":
        return 1.0
    letter = across.name[0]
    given = [v for t in traces for v in (t.get(letter) or []) if v is not None]
    values = sorted({across.value(v) for v in given})
    return min((b - a for a, b in itertools.pairwise(values)), default=1.0)


def draw_bars(
    trace: Part, bars: list[Bar], axes: dict[str, Axis], layout: Part, patterns: Patterns
) -> list[Node]:
    """A group of the bars and a group of the texts inside them."""
    is_lying = trace.get("orientation") == "h"
    count = max(len(trace.get("x") or []), len(trace.get("y") or []))
    marker = trace.get("marker") or {}
    colours = each(marker.get("color"), count)
    line = marker.get("line") or {}
    texts = each(trace.get("text"), count)
    font = font_of(trace, "textfont", layout)
    font_colours = each(font["color"], count)
    fills = [patterns.fill(marker.get("pattern") or {}, str(c or "#444")) for c in colours]
    shared = fills[0] if len(set(fills)) == 1 else None
    rectangles: list[Node] = []
    outlines: list[str] = []  # of bars of one colour: one path, as a grid of themes has 80 of them
    last: tuple[float, float] | None = None  # where the bar before begins
    labels: list[Node] = []
    for bar in bars:
        across, along = (axes["y"], axes["x"]) if is_lying else (axes["x"], axes["y"])
        side = sorted((across.px(bar.near), across.px(bar.far)))
        length = sorted((along.px(bar.base), along.px(bar.top)))
        (x0, x1), (y0, y1) = (length, side) if is_lying else (side, length)
        width, height = max(x1 - x0, 0), max(y1 - y0, 0)
        if shared:
            at = (round(x0, 1), round(y0, 1))
            step = f"m{n(at[0] - last[0])} {n(at[1] - last[1])}" if last else f"M{n(x0)} {n(y0)}"
            outlines.append(f"{step}h{n(width)}v{n(height)}h-{n(width)}z")
            last = at
        else:
            fill = fills[bar.place]
            rectangles.append(node("rect", x=x0, y=y0, width=width, height=height, fill=fill))
        text = texts[bar.place]
        if text not in (None, ""):
            colour = {**font, "color": font_colours[bar.place]}
            labels.append(_text(trace, str(text), colour, (x0, x1, y0, y1)))
    if outlines:
        rectangles.append(node("path", d="".join(outlines)))
    if not rectangles:
        return []
    group = Node(
        "g",
        {
            "class": "bars",
            **({"fill": shared} if shared else {}),
            **(
                {"stroke": line["color"], "stroke-width": line["width"]}
                if line.get("width") and line.get("color")
                else {}
            ),
        },
        list(rectangles),
    )
    words = grouped(labels, "bartext")
    return [group, words] if words else [group]


def _text(
    trace: Part, text: str, font: dict[str, Any], box: tuple[float, float, float, float]
) -> Node:
    position = trace.get("textposition", "auto")
    is_lying = trace.get("orientation") == "h"
    x0, x1, y0, y1 = box
    middle = (y0 + y1) / 2
    if position == "outside":
        if is_lying:
            return label(text, x=x1 + TEXT_PAD, middle=middle, font=font)
        _rows, _bold, _width, height = block(text, font)
        above = y0 - TEXT_PAD - height / 2
        return label(text, x=(x0 + x1) / 2, middle=above, font=font, align="center")
    if position != "inside":
        raise refuse("bar.textposition", position, "inside or outside")
    if trace.get("constraintext") not in ("none", "outside"):
        raise refuse("bar.constraintext", trace.get("constraintext"), "none (text is not scaled)")
    anchor = trace.get("insidetextanchor", "end")
    if is_lying and anchor == "start":
        return label(text, x=x0 + TEXT_PAD, middle=middle, font=font)
    if is_lying and anchor == "end":
        return label(text, x=x1 - TEXT_PAD, middle=middle, font=font, align="right")
    if anchor != "middle":
        raise refuse("bar.insidetextanchor", anchor, "middle")
    return label(text, x=(x0 + x1) / 2, middle=middle, font=font, align="center")
