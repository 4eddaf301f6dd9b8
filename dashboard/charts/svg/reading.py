"""Reads a plotly figure as plain data, and refuses what this renderer does not draw."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from html import unescape
from itertools import cycle, islice
from typing import Any

import plotly.graph_objects as go

Part = dict[str, Any]


class UnsupportedFigureError(ValueError):
    """The figure asks for something that the renderer would draw wrongly or not at all."""


def refuse(place: str, found: object, expected: str) -> UnsupportedFigureError:
    return UnsupportedFigureError(f"{place}: found {found!r}, expected {expected}")


def parts(figure: go.Figure) -> tuple[list[Part], Part]:
    """The traces that are visible, and the layout; for reading only.

    Plotly's own way to hand them over copies every value twice, a third of a picture's time.
    """
    traces = [dict(trace) for trace in figure._data if trace.get("visible", True) is True]
    return traces, dict(figure._layout)


def each(value: object, count: int) -> list[Any]:
    """An attribute that may be one value or a list, as ``count`` values."""
    if value is None or isinstance(value, str | int | float | Mapping):
        return [value] * count
    if isinstance(value, Sequence):
        if not value:
            return [None] * count
        return list(islice(cycle(value), count))
    raise refuse("attribute", value, "one value or a list")


def milliseconds(value: object) -> float:
    """A day or moment as plotly writes it, in milliseconds since 1970."""
    if isinstance(value, datetime):
        moment = value
    elif isinstance(value, date):
        moment = datetime(value.year, value.month, value.day)
    elif isinstance(value, int | float):
        return float(value)
    else:
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError as error:
            raise refuse("date axis", value, "an ISO date") from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.timestamp() * 1000


def lines(text: object) -> list[str]:
    """A label's lines. Of plotly's HTML only <br> is read; plotly.js draws the rest with
    style attributes, which a strict Content-Security-Policy forbids, so it is refused here.
    (Names go through ``theme.words`` and come out as they were.)"""
    found = ("" if text is None else str(text)).split("<br>")
    if any("<" in line for line in found):
        raise refuse("label", text, "no HTML but <br>; bold is a font weight")
    return [unescape(line) for line in found]


def font_of(part: Mapping[str, Any], name: str, layout: Mapping[str, Any], **other: Any) -> Part:
    """A font with what the layout's own font and then ``other`` say where it is silent."""
    return {"size": 12, "color": "#444", **(layout.get("font") or {}), **other} | {
        key: value for key, value in (part.get(name) or {}).items() if value is not None
    }
