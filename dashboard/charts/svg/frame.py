"""The picture people share: title, chart with its key, as-at date, source, address and QR."""

from dataclasses import dataclass

import plotly.graph_objects as go
import segno

from dashboard.charts import theme
from dashboard.charts.measure import text_width, wrapped
from dashboard.charts.svg.nodes import Node, Scheme, node, number, write
from dashboard.charts.svg.picture import document, draw
from dashboard.charts.svg.text import label

PAD = 28  # px around everything
QR_SIZE = 84  # px
QR_MASK = 2
TITLE_SIZES = (34, 30, 26, 22)


@dataclass(frozen=True)
class Frame:
    """The words around a shared picture. ``address`` is short; ``link`` is what the QR holds."""

    title: str
    sentence: str
    as_at: str
    source: str
    address: str
    link: str


def framed_svg(
    figure: go.Figure,
    frame: Frame,
    *,
    width: int = 1200,
    height: int | None = 630,
    scheme: Scheme = "light",
) -> str:
    """An SVG file of ``width`` px; ``height`` None: as high as the chart needs.

    The chart is scaled to the room it is left. ``scheme`` "print" is for paper.
    """
    body, chart_width, chart_height = draw(figure, "p")
    head, top = _head(frame, width)
    foot_height = QR_SIZE + 8
    room_wide = width - 2 * PAD
    scale = room_wide / chart_width
    if height is None:
        scale = min(scale, 1.4)
        height = round(top + chart_height * scale + foot_height + 2 * PAD)
    room_high = height - top - foot_height - 2 * PAD
    scale = min(scale, max(room_high, 40) / chart_height)
    left = PAD + (room_wide - chart_width * scale) / 2
    rise = top + (room_high - chart_height * scale) / 2 + PAD / 2
    move = f"translate({round(left)} {round(rise)}) scale({scale:.4f})"
    picture = node("g", *(on_pixels(part, scale) for part in body), transform=move)
    foot = _foot(frame, width, height)
    root = document(
        [*head, picture, *foot],
        width=width,
        height=height,
        title=frame.title,
        description=f"{frame.sentence} {frame.as_at}. {frame.source}",
    )
    return write(root, scheme)


def on_pixels(part: Node, scale: float) -> Node:
    """The part with bars whose edges fall on whole px, and hatches whose tiles do.

    Sharper, and a sixth less work for the PNG: soft edges are many colours to compress.
    """
    attributes = dict(part.attributes)
    if attributes.get("class") == "bars":
        attributes["shape-rendering"] = "crispEdges"
    elif part.tag == "pattern":
        side = float(attributes["width"])
        tile = max(round(side * scale), 1) / scale
        whole = {"viewBox": f"0 0 {number(side)} {number(side)}"}
        attributes |= {"width": f"{tile:.5f}", "height": f"{tile:.5f}", **whole}
    elif part.tag not in {"defs", "g"}:
        return part
    inside = [on_pixels(each, scale) if isinstance(each, Node) else each for each in part.children]
    return Node(part.tag, attributes, inside)


def _head(frame: Frame, width: int) -> tuple[list[Node], float]:
    """The title as large as one line allows, the sentence in at most two lines below."""
    room = width - 2 * PAD
    size = next(
        (s for s in TITLE_SIZES if text_width(frame.title, s, bold=True) <= room), TITLE_SIZES[-1]
    )
    lines = _at_most(wrapped(frame.title, room=room, size=size, bold=True), 2)
    nodes = []
    at = PAD + size * 0.6
    for line in lines:
        font = {"size": size, "color": theme.INK, "weight": 700}
        nodes.append(_words(line, PAD, at, font))
        at += size * 1.2
    at -= size * 0.2
    for line in _at_most(wrapped(frame.sentence, room=room, size=18), 2):
        nodes.append(_words(line, PAD, at + 4, {"size": 18, "color": theme.MUTED}))
        at += 24
    return nodes, at


def _at_most(lines: list[str], count: int) -> list[str]:
    return lines if len(lines) <= count else [*lines[: count - 1], lines[count - 1] + " …"]


def _words(text: str, x: float, middle: float, font: dict[str, object]) -> Node:
    return label(theme.words(text), x=x, middle=middle, font=font)


def _foot(frame: Frame, width: int, height: int) -> list[Node]:
    top = height - PAD - QR_SIZE
    rule = node(
        "path", d=f"M{PAD} {number(top - 10)}H{width - PAD}", stroke=theme.LINE, stroke_width=1
    )
    room = width - 2 * PAD - QR_SIZE - 20
    small = {"size": 16, "color": theme.MUTED}
    strong = {"size": 18, "color": theme.INK, "weight": 700}
    lines = [(frame.as_at, strong)]
    lines += [(line, small) for line in _at_most(wrapped(frame.source, room=room, size=16), 2)]
    lines.append((frame.address, {"size": 16, "color": theme.INK}))
    nodes = [
        _words(text, PAD, top + 10 + 22 * place, font) for place, (text, font) in enumerate(lines)
    ]
    return [rule, *nodes, qr_code(frame.link, x=width - PAD - QR_SIZE, y=top, size=QR_SIZE)]


def qr_code(link: str, *, x: float, y: float, size: float) -> Node:
    """A QR code of ``link``, always dark on white, because readers expect that.

    Its mask is fixed: choosing the best of eight takes longer than drawing the chart, and
    readers take any.
    """
    code = segno.make(link, error="m", micro=False, mask=QR_MASK)
    modules = len(code.matrix)
    parts = []
    for row, line in enumerate(code.matrix):
        start = None
        for column in range(modules + 1):
            is_dark = column < modules and line[column]
            if is_dark and start is None:
                start = column
            elif not is_dark and start is not None:
                parts.append(f"M{start} {row}h{column - start}v1h-{column - start}z")
                start = None
    quiet = 2
    scale = size / (modules + 2 * quiet)
    ground = node("rect", width=modules + 2 * quiet, height=modules + 2 * quiet, fill="#fff")
    dark = node("path", d="".join(parts), fill="#000", transform=f"translate({quiet} {quiet})")
    move = f"translate({number(x)} {number(y)}) scale({scale:.4f})"
    return node("g", ground, dark, class_="qr", transform=move, shape_rendering="crispEdges")
