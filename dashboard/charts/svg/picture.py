"""A plotly figure as an SVG: for a page (``inline_svg``) or by itself (``standalone_svg``)."""

from typing import Final

import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.charts.svg.axes import Axis, axis_key, draw_axis, read_axis
from dashboard.charts.svg.bars import draw_bars, lay_out
from dashboard.charts.svg.legend import draw_legend
from dashboard.charts.svg.nodes import Node, Scheme, node, number, write
from dashboard.charts.svg.notes import draw_annotations, draw_shapes
from dashboard.charts.svg.patterns import Patterns
from dashboard.charts.svg.points import draw_heatmap, draw_scatter
from dashboard.charts.svg.reading import Part, parts, refuse

PICTURE_FONT: Final = "Record Sans, Arial, Helvetica, sans-serif"
TRACES: Final = ("bar", "scatter", "heatmap")
LONGEST_ON_PAPER: Final = 1.3  # height to width: a longer picture does not fit on a sheet of A4


def inline_svg(
    figure: go.Figure, *, id_prefix: str, title: str, description: str, css_class: str = ""
) -> str:
    """The picture for a page that links site.css: classes, no colours and no styles.

    ``id_prefix`` is unique on the page. ``title`` and ``description`` are what a screen
    reader says; the table beside the picture says the rest.
    """
    body, width, height = draw(figure, id_prefix)
    length = "chart-long" if height > LONGEST_ON_PAPER * width else ""
    root = node(
        "svg",
        node("title", title, id=f"{id_prefix}t"),
        node("desc", description, id=f"{id_prefix}d"),
        *body,
        class_=" ".join(name for name in ("chart", css_class, length) if name),
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        role="img",
        aria_labelledby=f"{id_prefix}t {id_prefix}d",
    )
    return write(root, None)


def standalone_svg(
    figure: go.Figure, *, title: str, description: str, scheme: Scheme = "light"
) -> str:
    """The picture as a file of its own, all colours as attributes. Without frame or source:
    see ``frame.framed_svg`` for the one that people share."""
    body, width, height = draw(figure, "p")
    root = document(body, width=width, height=height, title=title, description=description)
    return write(root, scheme)


def document(
    body: list[Node], *, width: float, height: float, title: str, description: str
) -> Node:
    """The root element of an SVG file, with ground, font and words for screen readers."""
    return node(
        "svg",
        node("title", title, id="t"),
        node("desc", description, id="d"),
        node("rect", width=width, height=height, fill=theme.PAPER),
        *body,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=width,
        height=height,
        role="img",
        aria_labelledby="t d",
        font_family=PICTURE_FONT,
    )


def draw(figure: go.Figure, id_prefix: str) -> tuple[list[Node], float, float]:
    """What the figure shows, from back to front, and its width and height in px."""
    traces, layout = parts(figure)
    for key in ("width", "height", "margin"):
        if not layout.get(key):
            raise refuse(f"layout.{key}", None, "a size in px")
    if (layout.get("title") or {}).get("text"):
        raise refuse("layout.title", layout["title"], "no title: it stands outside the figure")
    for trace in traces:
        if trace["type"] not in TRACES:
            raise refuse("trace.type", trace["type"], f"one of {TRACES}")
    width, height, margin = float(layout["width"]), float(layout["height"]), layout["margin"]
    box = (margin["l"], margin["t"], width - margin["r"], height - margin["b"])
    names = {name for name in layout if name[1:].startswith("axis")} | {"xaxis", "yaxis"}
    axes = {name: read_axis(name, layout, traces, box) for name in sorted(names)}
    patterns = Patterns(id_prefix)
    under, over = _axes(axes, layout)
    marks = _marks(traces, axes, layout, patterns)
    body = [
        *draw_shapes(layout, axes, box, layer="below"),
        *under,
        *marks,
        *draw_shapes(layout, axes, box, layer="above"),
        *over,
        *draw_annotations(layout, axes, box),
        *draw_legend(traces, layout, patterns),
    ]
    return [*patterns.definitions(), *body], width, height


def _axes(axes: dict[str, Axis], layout: Part) -> tuple[list[Node], list[Node]]:
    under, over = [], []
    for name, axis in axes.items():
        partner = axis.settings.get("anchor") or ("y" if name[0] == "x" else "x")
        other = axes.get(axis_key(partner))
        if other is None:
            raise refuse(f"layout.{name}.anchor", partner, "an axis of the layout")
        across = (min(other.start, other.end), max(other.start, other.end))
        below, above = draw_axis(axis, layout, across)
        under.extend(below)
        over.extend(above)
    return under, over


def _marks(
    traces: list[Part], axes: dict[str, Axis], layout: Part, patterns: Patterns
) -> list[Node]:
    """Cells, then bars, then areas, lines and points: plotly.js's own order of layers."""

    def of(trace: Part) -> dict[str, Axis]:
        return {
            "x": axes[axis_key(trace.get("xaxis") or "x")],
            "y": axes[axis_key(trace.get("yaxis") or "y")],
        }

    drawn = [
        mark for t in traces if t["type"] == "heatmap" for mark in draw_heatmap(t, of(t), layout)
    ]
    plots: dict[tuple[str, str], list[Part]] = {}
    for trace in traces:
        if trace["type"] == "bar":
            plots.setdefault((trace.get("xaxis", "x"), trace.get("yaxis", "y")), []).append(trace)
    for group in plots.values():
        for trace, bars in zip(group, lay_out(group, of(group[0]), layout), strict=True):
            drawn.extend(draw_bars(trace, bars, of(trace), layout, patterns))
    previous: dict[tuple[str, str], Part] = {}
    for trace in traces:
        if trace["type"] == "scatter":
            plot = (trace.get("xaxis", "x"), trace.get("yaxis", "y"))
            drawn.extend(draw_scatter(trace, previous.get(plot), of(trace), layout))
            previous[plot] = trace
    return drawn
