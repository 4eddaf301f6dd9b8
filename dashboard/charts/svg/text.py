"""Text: one or more lines set at a point, with plotly's line height."""

from typing import Any

from dashboard.charts.measure import text_width
from dashboard.charts.svg.nodes import Node, node, number
from dashboard.charts.svg.reading import lines

LINE_HEIGHT = 1.3  # em, as plotly.js
BASELINE = 0.36  # em from a line's middle down to its baseline
ANCHORS = {"left": None, "center": "middle", "right": "end"}


def is_heavy(font: dict[str, Any]) -> bool:
    weight = font.get("weight", "normal")
    return weight == "bold" or (isinstance(weight, int) and weight >= 600)


def block(text: object, font: dict[str, Any]) -> tuple[list[str], bool, float, float]:
    """A label's lines, weight, width and height in px."""
    rows, bold = lines(text), is_heavy(font)
    size = float(font["size"])
    width = max(text_width(row, size, bold=bold) for row in rows)
    return rows, bold, width, size * LINE_HEIGHT * len(rows)


def label(
    text: object,
    *,
    x: float,
    middle: float,
    font: dict[str, Any],
    align: str = "left",
    angle: float = 0,
) -> Node:
    """Text whose lines are centred vertically on ``middle``; ``x`` is its ``align`` edge."""
    rows, bold, _width, _height = block(text, font)
    size = float(font["size"])
    step = size * LINE_HEIGHT
    first = middle - step * (len(rows) - 1) / 2 + size * BASELINE
    turn = f"rotate({number(angle)} {number(x)} {number(middle)})" if angle else None
    shared: dict[str, Any] = {
        "x": x,
        "y": first,
        "font_size": size,
        "font_weight": 700 if bold else None,
        "fill": font["color"],
        "text_anchor": ANCHORS[align],
        "transform": turn,
    }
    if len(rows) == 1:
        return node("text", rows[0], **shared)
    first_row, *others = rows
    return node("text", first_row, *(node("tspan", row, x=x, dy=step) for row in others), **shared)


def grouped(labels: list[Node], class_: str) -> Node | None:
    """Labels of one kind in a group that carries what they have in common."""
    labels = [item for item in labels if any(item.children)]
    if not labels:
        return None
    shared = {}
    for name in ("font-size", "font-weight", "fill", "text-anchor"):
        values = {item.attributes.get(name) for item in labels}
        value = values.pop()
        if not values and value is not None:
            shared[name] = value
            for item in labels:
                del item.attributes[name]
    return Node("g", {"class": class_, **shared}, list(labels))
