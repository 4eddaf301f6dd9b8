"""The key: one entry a trace, in rows under the plot or in a column beside it."""

from typing import Any

from dashboard.charts.measure import KEY_ROW, SWATCH, key_places
from dashboard.charts.svg.nodes import Node, node
from dashboard.charts.svg.nodes import number as n
from dashboard.charts.svg.patterns import Patterns
from dashboard.charts.svg.points import dash, draw_marker
from dashboard.charts.svg.reading import Part, each, font_of, lines, refuse
from dashboard.charts.svg.text import grouped, label


def draw_legend(traces: list[Part], layout: Part, patterns: Patterns) -> list[Node]:
    """The key, or nothing where the layout shows none."""
    if not layout.get("showlegend"):
        return []
    settings = layout.get("legend") or {}
    shown = [t for t in traces if t.get("showlegend", True) and t.get("name")]
    if settings.get("traceorder") == "reversed":
        shown.reverse()
    if not shown:
        return []
    font = font_of(settings, "font", layout)
    if settings.get("orientation") == "h":
        places = _in_rows([lines(trace["name"])[0] for trace in shown], layout)
    else:
        places = _in_a_column(len(shown), settings, layout)
    swatches = [_swatch(trace, x, y, patterns) for trace, (x, y) in zip(shown, places, strict=True)]
    labels = [
        label(trace["name"], x=x + SWATCH + 6, middle=y, font=font)
        for trace, (x, y) in zip(shown, places, strict=True)
    ]
    words = grouped(labels, "legendtext")
    group = Node("g", {"class": "legend"}, [*(s for s in swatches if s)])
    if words:
        group.children.append(words)
    return [group]


def _in_rows(names: list[str], layout: Part) -> list[tuple[float, float]]:
    rows = key_places(names, float(layout["width"]) - 4)
    first = float(layout["height"]) - KEY_ROW * len(rows) + KEY_ROW / 2 - 2
    return [(x + 1, first + KEY_ROW * place) for place, row in enumerate(rows) for x in row]


def _in_a_column(count: int, settings: Part, layout: Part) -> list[tuple[float, float]]:
    margin = layout["margin"]
    left = float(layout["width"]) - float(margin["r"]) + 12
    if float(settings.get("x", 1.02)) < 1 or settings.get("yanchor", "top") not in ("top", "auto"):
        raise refuse("layout.legend", settings, "a row below, or a column to the right")
    return [
        (left, float(margin["t"]) + KEY_ROW / 2 + KEY_ROW * 1.2 * place) for place in range(count)
    ]


def _swatch(trace: Part, x: float, y: float, patterns: Patterns) -> Node | None:
    marker: dict[str, Any] = trace.get("marker") or {}
    if trace["type"] == "bar":
        colour = str(each(marker.get("color"), 1)[0])
        fill = patterns.fill(marker.get("pattern") or {}, colour)
        return node("rect", x=x, y=y - SWATCH / 2, width=SWATCH, height=SWATCH, fill=fill)
    modes = (trace.get("mode") or "lines").split("+")
    if "markers" in modes:
        symbol = str(each(marker.get("symbol") or "circle", 1)[0])
        size = min(float(each(marker.get("size") or 6, 1)[0]), SWATCH)
        colour = str(each(marker.get("color") or "#444", 1)[0])
        return draw_marker(symbol, x + SWATCH / 2, y, marker, colour=colour, size=size)
    line = trace.get("line") or {}
    width = float(line.get("width", 2))
    if trace.get("fill", "none") != "none" and not width:
        return node(
            "rect", x=x, y=y - SWATCH / 2, width=SWATCH, height=SWATCH, fill=trace["fillcolor"]
        )
    return node(
        "path",
        d=f"M{n(x)} {n(y)}h{SWATCH}",
        stroke=str(line.get("color", "#444")),
        stroke_width=width,
        stroke_dasharray=dash(line.get("dash"), width),
    )
