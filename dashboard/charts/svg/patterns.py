"""Hatches: one <pattern> for each different pattern in a picture."""

import math
from typing import Any

from dashboard.charts.svg.nodes import Node, node, number
from dashboard.charts.svg.reading import refuse


class Patterns:
    """Collects the patterns a picture needs; ``prefix`` keeps their ids apart on a page."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self._found: dict[tuple[Any, ...], Node] = {}

    def fill(self, pattern: dict[str, Any], colour: str) -> str:
        """The fill for a marker: a reference to its hatch, or its plain colour."""
        shape = pattern.get("shape")
        if not shape:
            return colour
        if shape not in ("/", "\\"):
            raise refuse("marker.pattern.shape", shape, "/ or \\")
        overlay = pattern.get("fillmode", "replace") == "overlay"
        ground = colour if overlay else pattern.get("bgcolor")
        line = pattern.get("fgcolor") or ("#fff" if overlay else colour)
        key = (
            shape,
            ground,
            line,
            pattern.get("size", 8),
            pattern.get("solidity", 0.3),
            pattern.get("fgopacity", 0.5 if overlay else 1),
        )
        if key not in self._found:
            self._found[key] = self._pattern(f"{self.prefix}h{len(self._found) + 1}", *key)
        return f"url(#{self._found[key].attributes['id']})"

    def _pattern(
        self, id_: str, shape: str, ground: str | None, line: str, size: float, solid: float,
        opacity: float,
    ) -> Node:  # fmt: skip
        """Lines at 45 degrees, as thick as plotly.js draws them (solidity of the square)."""
        thick = solid * size / math.sqrt(2) * 1.4
        s, q = number(size), number(size / 4)
        far, over = number(size * 0.75), number(size * 1.25)
        path = f"M-{q} {q}L{q} -{q}M0 {s}L{s} 0M{far} {over}L{over} {far}"
        if shape == "\\":
            path = f"M{far} -{q}L{over} {q}M0 0L{s} {s}M-{q} {far}L{q} {over}"
        square = node("rect", width=size, height=size, fill=ground) if ground else None
        hatch = node(
            "path",
            d=path,
            stroke=line,
            stroke_width=thick,
            stroke_opacity=None if opacity == 1 else f"{opacity:g}",
        )
        return node(
            "pattern",
            *([square] if square else []),
            hatch,
            id=id_,
            width=size,
            height=size,
            patternUnits="userSpaceOnUse",
        )

    def definitions(self) -> list[Node]:
        return [node("defs", *self._found.values())] if self._found else []
