"""Axes: from values to px, and their ticks, grid lines and titles."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from dashboard.charts.svg.nodes import Node, node
from dashboard.charts.svg.nodes import number as n
from dashboard.charts.svg.reading import Part, font_of, milliseconds, refuse
from dashboard.charts.svg.text import block, grouped, label


@dataclass
class Axis:
    """One axis: where its range's two ends stand in px, and what its values are."""

    name: str  # as in the layout: xaxis, yaxis2, …
    settings: Part
    kind: str  # linear, date or category
    start: float  # px of the range's first end
    end: float
    low: float = 0.0
    high: float = 1.0
    categories: list[str] = field(default_factory=list)

    def value(self, raw: object) -> float:
        """A raw value as a number on the axis; a category is its place."""
        if self.kind == "category" and not isinstance(raw, int | float):
            if str(raw) not in self.categories:
                raise refuse(self.name, raw, f"one of {self.categories}")
            return float(self.categories.index(str(raw)))
        if self.kind == "date":
            return milliseconds(raw)
        if not isinstance(raw, int | float):
            raise refuse(self.name, raw, "a number")
        return float(raw)

    def px(self, place: float) -> float:
        return self.start + (place - self.low) / (self.high - self.low) * (self.end - self.start)

    def at(self, raw: object) -> float:
        return self.px(self.value(raw))


def axis_key(reference: str) -> str:
    """ "x2" as a trace says it is "xaxis2" in the layout."""
    return f"{reference[0]}axis{reference[1:]}"


def read_axis(
    name: str, layout: Part, traces: list[Part], box: tuple[float, float, float, float]
) -> Axis:
    """An axis of the layout; ``box`` is the plot's left, top, right and bottom in px."""
    settings: Part = layout.get(name) or {}
    letter = name[0]
    reference = name.replace("axis", "")
    mine = [t for t in traces if (t.get(f"{letter}axis") or letter) == reference]
    left, top, right, bottom = box
    low, high = settings.get("domain") or (0, 1)
    if letter == "x":
        start, end = left + (right - left) * low, left + (right - left) * high
    else:
        start, end = bottom - (bottom - top) * low, bottom - (bottom - top) * high
    kind = settings.get("type") or _guess(letter, mine)
    axis = Axis(name, settings, kind, start, end)
    if kind == "category":
        given = settings.get("categoryarray")
        seen = given or [v for t in mine for v in (t.get(letter) or [])]
        axis.categories = list(dict.fromkeys(str(value) for value in seen))
        axis.low, axis.high = -0.5, len(axis.categories) - 0.5
        if settings.get("autorange") == "reversed":
            axis.low, axis.high = axis.high, axis.low
    if settings.get("range"):
        axis.low, axis.high = (axis.value(end) for end in settings["range"])
    elif kind != "category":
        raise refuse(f"layout.{name}.range", None, "two ends (nothing is ranged by itself)")
    if axis.low == axis.high:
        raise refuse(f"layout.{name}.range", settings.get("range"), "two different ends")
    return axis


def _guess(letter: str, traces: list[Part]) -> str:
    values = [value for trace in traces for value in (trace.get(letter) or [])]
    return "category" if any(isinstance(value, str) for value in values) else "linear"


def ticks(axis: Axis) -> list[tuple[float, str]]:
    """Places in px and labels of the ticks within the range."""
    settings = axis.settings
    if settings.get("tickvals") is not None:
        values = [axis.value(raw) for raw in settings["tickvals"]]
        names = [str(name) for name in settings.get("ticktext") or settings["tickvals"]]
        if len(values) != len(names):
            raise refuse(f"layout.{axis.name}.ticktext", len(names), f"{len(values)} labels")
    elif axis.kind == "category":
        values, names = [float(i) for i in range(len(axis.categories))], axis.categories
    elif axis.kind == "date":
        values, names = _date_ticks(axis)
    else:
        values, names = _number_ticks(axis)
    low, high = min(axis.low, axis.high), max(axis.low, axis.high)
    return [
        (axis.px(value), name)
        for value, name in zip(values, names, strict=True)
        if low <= value <= high
    ]


def _number_ticks(axis: Axis) -> tuple[list[float], list[str]]:
    step = axis.settings.get("dtick")
    if not isinstance(step, int | float):
        raise refuse(f"layout.{axis.name}.dtick", step, "a number, or tickvals")
    base = float(axis.settings.get("tick0") or 0)
    low, high = min(axis.low, axis.high), max(axis.low, axis.high)
    first = -(-(low - base) // step)
    values = [base + (first + i) * step for i in range(int((high - low) / step) + 2)]
    suffix = str(axis.settings.get("ticksuffix") or "")
    if axis.settings.get("tickformat") == ".0%":
        return values, [f"{value * 100:.0f}%{suffix}" for value in values]
    return values, [f"{value:,.10g}{suffix}" for value in values]


def _date_ticks(axis: Axis) -> tuple[list[float], list[str]]:
    step = str(axis.settings.get("dtick") or "")
    if not (step.startswith("M") and step[1:].isdigit()):
        raise refuse(f"layout.{axis.name}.dtick", step, "months such as M12, or tickvals")
    months = int(step[1:])
    pattern = axis.settings.get("tickformat") or "%Y"
    low, high = sorted((axis.low, axis.high))
    year = datetime.fromtimestamp(low / 1000, UTC).year
    values, names = [], []
    for i in range(0, 12 * 200, months):
        day = datetime(year + i // 12, i % 12 + 1, 1, tzinfo=UTC)
        if day.timestamp() * 1000 > high:
            break
        values.append(day.timestamp() * 1000)
        names.append(day.strftime(pattern))
    return values, names


def draw_axis(
    axis: Axis, layout: Part, across: tuple[float, float]
) -> tuple[list[Node], list[Node]]:
    """Grid lines (under the marks) and ticks, labels and title (over them).

    ``across`` is the plot's extent in px along the other direction: top and bottom for an x
    axis, left and right for a y axis.
    """
    settings = axis.settings
    if settings.get("visible") is False:
        return [], []
    is_x = axis.name.startswith("x")
    side = settings.get("side") or ("bottom" if is_x else "left")
    edge = across[1] if side in ("bottom", "right") else across[0]
    outward = 1 if side in ("bottom", "right") else -1
    has_labels = settings.get("showticklabels", True)
    needs_ticks = has_labels or settings.get("showgrid") or settings.get("ticks") == "outside"
    found = ticks(axis) if needs_ticks else []
    under, over = [], []
    if settings.get("showgrid"):
        path = "".join(_line(is_x, at, *across) for at, _name in found)
        under.append(_stroke("grid", path, settings.get("gridcolor", "#eee"), 1))
    if settings.get("showline"):
        path = _line(not is_x, edge, *sorted((axis.start, axis.end)))
        over.append(_stroke("axis", path, settings.get("linecolor", "#444"), 1))
    length = float(settings.get("ticklen") or 5) if settings.get("ticks") == "outside" else 0
    if length:
        path = "".join(_line(is_x, at, edge, edge + outward * length) for at, _name in found)
        over.append(_stroke("ticks", path, settings.get("tickcolor", "#444"), 1))
    font = font_of(settings, "tickfont", layout)
    widest = 0.0
    if has_labels:
        away = edge + outward * (length + 0.25 * font["size"] + 1)
        labels = []
        for at, name in found:
            _rows, _bold, width, height = block(name, font)
            widest = max(widest, height if is_x else width)
            if is_x:
                middle = away + outward * height / 2
                labels.append(label(name, x=at, middle=middle, font=font, align="center"))
            else:
                align = "right" if side == "left" else "left"
                labels.append(label(name, x=away, middle=at, font=font, align=align))
        group = grouped(labels, f"{axis.name[0]}tick")
        over.extend([group] if group else [])
    over.extend(_title(axis, layout, edge + outward * (length + widest + 8), outward))
    return under, [node_ for node_ in over if node_.children or node_.attributes.get("d")]


def _title(axis: Axis, layout: Part, away: float, outward: int) -> list[Node]:
    title = axis.settings.get("title") or {}
    if not title.get("text"):
        return []
    font = font_of(title, "font", layout)
    centre = (axis.start + axis.end) / 2
    middle = away + outward * (float(font["size"]) * 0.65 + float(title.get("standoff") or 0))
    is_x = axis.name.startswith("x")
    words = (
        label(title["text"], x=centre, middle=middle, font=font, align="center")
        if is_x
        else label(title["text"], x=middle, middle=centre, font=font, align="center", angle=-90)
    )
    return [node("g", words, class_="axtitle")]


def _line(is_upright: bool, at: float, start: float, end: float) -> str:
    return f"M{n(at)} {n(start)}V{n(end)}" if is_upright else f"M{n(start)} {n(at)}H{n(end)}"


def _stroke(class_: str, path: str, colour: Any, width: float) -> Node:
    return node("path", class_=class_, d=path, stroke=str(colour), stroke_width=width)
