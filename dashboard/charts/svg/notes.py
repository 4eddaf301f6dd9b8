"""Shapes and annotations, which stand on axes or on the plot as a whole ("paper")."""

from collections import defaultdict
from itertools import groupby
from typing import Any

from dashboard.charts.svg.axes import Axis, axis_key
from dashboard.charts.svg.nodes import Node, Value, node
from dashboard.charts.svg.nodes import number as n
from dashboard.charts.svg.points import dash
from dashboard.charts.svg.reading import Part, font_of, refuse
from dashboard.charts.svg.text import block, grouped, label

ALIKE = 2  # more labels than these in a row are worth a group
Box = tuple[float, float, float, float]  # the plot's left, top, right, bottom in px


def _place(reference: str, value: Any, axes: dict[str, Axis], box: Box, letter: str) -> float:
    if reference == "paper":
        low, high = (box[0], box[2]) if letter == "x" else (box[3], box[1])
        return low + (high - low) * float(value)
    axis = axes.get(axis_key(reference.removesuffix(" domain")))
    if axis is None:
        raise refuse(f"{letter}ref", reference, "an axis of the layout or paper")
    if reference.endswith(" domain"):
        return axis.start + (axis.end - axis.start) * float(value)
    return axis.at(value)


def draw_shape(shape: Part, axes: dict[str, Axis], box: Box) -> Node:
    """A line or a rectangle."""
    x_reference, y_reference = shape.get("xref", "x"), shape.get("yref", "y")
    x0, x1 = (_place(x_reference, shape[key], axes, box, "x") for key in ("x0", "x1"))
    y0, y1 = (_place(y_reference, shape[key], axes, box, "y") for key in ("y0", "y1"))
    line = shape.get("line") or {}
    width = float(line.get("width", 2))
    look: dict[str, Any] = {
        "stroke": str(line.get("color", "#444")) if width else None,
        "stroke_width": width or None,
        "stroke_dasharray": dash(line.get("dash"), width) if width else None,
        "opacity": None if shape.get("opacity") in (None, 1) else f"{shape['opacity']:g}",
    }
    if shape["type"] == "line":
        end = (
            f"H{n(x1)}"
            if n(y0) == n(y1)
            else f"V{n(y1)}"
            if n(x0) == n(x1)
            else f"L{n(x1)} {n(y1)}"
        )
        return node("path", d=f"M{n(x0)} {n(y0)}{end}", **look)
    if shape["type"] != "rect":
        raise refuse("shape.type", shape["type"], "line or rect")
    return node(
        "rect",
        x=min(x0, x1),
        y=min(y0, y1),
        width=abs(x1 - x0),
        height=abs(y1 - y0),
        fill=str(shape.get("fillcolor") or "none"),
        **look,
    )


def draw_shapes(layout: Part, axes: dict[str, Axis], box: Box, *, layer: str) -> list[Node]:
    chosen = [s for s in layout.get("shapes") or [] if s.get("layer", "above") == layer]
    drawn: list[Node] = []
    for shape in (draw_shape(shape, axes, box) for shape in chosen):
        if drawn and _is_more(drawn[-1], shape):  # the lines of a grid are one path
            drawn[-1].attributes["d"] = f"{drawn[-1].attributes['d']}{shape.attributes['d']}"
        else:
            drawn.append(shape)
    return [Node("g", {"class": "shapes"}, list(drawn))] if drawn else []


def _is_more(before: Node, shape: Node) -> bool:
    """Whether the shape is a line that looks like the one drawn before it."""
    return before.tag == shape.tag == "path" and all(
        before.attributes.get(name) == value
        for name, value in shape.attributes.items()
        if name != "d"
    )


def draw_annotations(layout: Part, axes: dict[str, Axis], box: Box) -> list[Node]:
    """Labels without arrows, some on a ground of their own.

    The grounds of a colour are one path and labels alike in a row share a group, as a list of
    windows has 150 of them.
    """
    grounds: dict[str, list[str]] = defaultdict(list)
    labels = [
        _annotation(note, axes, box, layout, grounds) for note in layout.get("annotations") or []
    ]
    drawn = [node("path", fill=fill, d="".join(paths)) for fill, paths in grounds.items()]
    for _, alike in groupby(labels, key=_look):
        run = list(alike)
        group = grouped(run, "") if len(run) > ALIKE else None
        drawn.extend([group] if group else run)
    return [Node("g", {"class": "notes"}, list(drawn))] if drawn else []


def _look(text: Node) -> tuple[Value | None, ...]:
    """What a label has beside its place; one that is turned is like no other in a row."""
    names = ("font-size", "font-weight", "fill", "text-anchor", "transform")
    return tuple(text.attributes.get(name) for name in names)


def _annotation(
    note: Part, axes: dict[str, Axis], box: Box, layout: Part, grounds: dict[str, list[str]]
) -> Node:
    """The label; the outline of its ground is added to those of its colour."""
    if note.get("showarrow", True):
        raise refuse("annotation.showarrow", True, "False")
    x = _place(note.get("xref", "x"), note["x"], axes, box, "x") + float(note.get("xshift") or 0)
    y = _place(note.get("yref", "y"), note["y"], axes, box, "y") - float(note.get("yshift") or 0)
    font = font_of(note, "font", layout)
    _rows, _bold, width, height = block(note["text"], font)
    height = float(note.get("height") or height)
    angle = float(note.get("textangle") or 0)
    pad = float(note.get("borderpad", 1)) + float(note.get("borderwidth", 1))
    if angle % 180:
        width, height = height, width
    xanchor, yanchor = note.get("xanchor", "center"), note.get("yanchor", "middle")
    try:
        centre = x + {"left": 1, "center": 0, "right": -1}[xanchor] * (width / 2 + pad)
        middle = y + {"top": 1, "middle": 0, "bottom": -1}[yanchor] * (height / 2 + pad)
    except KeyError as error:
        raise refuse("annotation anchors", (xanchor, yanchor), "sides, not auto") from error
    align = note.get("align", "center") if "<br>" in str(note["text"]) else xanchor
    at = centre + {"left": -1, "center": 0, "right": 1}[align] * (0 if angle else width / 2)
    if note.get("bgcolor"):
        left, top = centre - width / 2 - pad, middle - height / 2 - pad
        wide, high = n(width + 2 * pad), n(height + 2 * pad)
        grounds[str(note["bgcolor"])].append(f"M{n(left)} {n(top)}h{wide}v{high}h-{wide}z")
    side = "center" if angle else align
    return label(note["text"], x=at, middle=middle, font=font, align=side, angle=angle)
