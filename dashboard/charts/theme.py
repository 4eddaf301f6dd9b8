"""Colours, patterns and the small plotly template every chart starts from.

Every role has a light colour of its own, so that a finished figure can be recoloured by
looking its colours up: the SVG turns them into classes, ``charts.js`` into the dark scheme.
Near-equal values such as ``#0b0c0d`` are therefore meant, not slips.

Colours of the four grades: tested for three kinds of colour blindness and for greyscale
(smallest difference ΔE2000 24.8). Their grey order is not the grade order, so the letter
always shows.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape
from typing import Any, Final

import plotly.graph_objects as go

FONT_FAMILY: Final = "Arial, Helvetica, 'Liberation Sans', Arimo, sans-serif"
Trace = dict[str, Any]
GAP: Final = 2  # px of paper between neighbouring marks


@dataclass(frozen=True)
class ColourRole:
    """A use of colour: its name (class and custom property) and its value in each scheme."""

    name: str
    light: str
    dark: str
    printed: str


def _role(name: str, light: str, dark: str, printed: str = "") -> ColourRole:
    return ColourRole(name, light, dark, printed or light)


@dataclass(frozen=True)
class GradeColour:
    """Fill and text of a grade's mark, by light value."""

    fill: str
    text: str


PAPER: Final = "#ffffff"
INK: Final = "#0b0c0c"
MUTED: Final = "#505a5f"
LINE: Final = "#b1b4b6"
BAND: Final = "#f3f2f1"
BAND_ALT: Final = "#fafaf9"
HATCH: Final = "#8a9297"
HATCH_PAPER: Final = "#f7f7f6"
SERIES: Final = "#1d70b8"
SERIES_2: Final = "#8f5a0a"
SERIES_PALE: Final = "#d2e2f1"
TINT_1: Final = "#edf3f9"
TINT_3: Final = "#a9c8e6"

_BASE = (
    _role("paper", PAPER, "#0b0c0c"),
    _role("ink", INK, "#f3f3f3", "#000000"),
    _role("muted", MUTED, "#b1b4b6", "#333333"),
    _role("line", LINE, "#505a5f", "#777777"),
    _role("band", BAND, "#1d2022", "#eeeeee"),
    _role("band-alt", BAND_ALT, "#141617", "#ffffff"),
    _role("hatch", HATCH, "#6f777b", "#555555"),
    _role("hatch-paper", HATCH_PAPER, "#17191a", "#ffffff"),
    _role("series", SERIES, "#6fb1ea", "#000000"),
    _role("series-2", SERIES_2, "#e0a95a", "#444444"),
    _role("series-pale", SERIES_PALE, "#16324c", "#dddddd"),
    _role("tint-1", TINT_1, "#121c26", "#f0f0f0"),
    _role("tint-3", TINT_3, "#1f4a72", "#bbbbbb"),
)
# token: (light fill, dark fill, light text, dark text). The first four are the design's;
# the others stand ready for a scale that has more steps.
_GRADES: dict[str, tuple[str, str, str, str]] = {
    "outstanding": ("#003c94", "#6d87c7", "#fffffe", "#0b0c0c"),
    "good": ("#3ca1aa", "#33fae2", "#0b0c0d", "#0b0c0c"),
    "requires-improvement": ("#b64400", "#d9a938", "#fffffd", "#0b0c0c"),
    "inadequate": ("#3b0a1e", "#ba2653", "#fffffc", "#ffffff"),
    "spare-1": ("#6b4fa0", "#b9a3e3", "#fffffb", "#0b0c0c"),
    "spare-2": ("#c9c24a", "#8f8a12", "#0b0c0e", "#0b0c0c"),
    "spare-3": ("#4f6f2a", "#a7d27a", "#fffffa", "#0b0c0c"),
    "neutral": ("#6f777b", "#9aa2a6", "#fffff9", "#0b0c0c"),
}
ROLES: Final[tuple[ColourRole, ...]] = _BASE + tuple(
    role
    for token, (fill, dark, text, dark_text) in _GRADES.items()
    for role in (_role(token, fill, dark), _role(f"on-{token}", text, dark_text))
)
ROLE_OF: Final[dict[str, ColourRole]] = {role.light: role for role in ROLES}


def grade_colour(token: str) -> GradeColour:
    """The colours of a grade by its token; an unknown token is drawn in neutral grey."""
    fill, _dark, text, _dark_text = _GRADES.get(token, _GRADES["neutral"])
    return GradeColour(fill, text)


# Visits are ungraded, so they are told apart by shape alone. plotly symbols by kind.
VISIT_SYMBOLS: Final[dict[str, str]] = {
    "focused_visit": "diamond-open",
    "monitoring_visit": "triangle-up",
    "jtai": "square",
    "assurance_visit": "circle-open",
}


def visit_symbol(kind: str) -> str:
    """The shape of a kind of visit; a kind that has none of its own gets a cross."""
    return VISIT_SYMBOLS.get(kind, "x-thin")


def words(text: str) -> str:
    """Text for a figure. plotly reads a little HTML in labels; names are shown as they are."""
    return escape(text, quote=False)


def hatch(*, fgcolor: str, bgcolor: str | None = None, opacity: float = 1.0) -> dict[str, Any]:
    """The diagonal pattern of a bar's marker: lines of ``fgcolor`` every 8 px."""
    pattern: dict[str, Any] = {
        "shape": "/",
        "size": 8,
        "solidity": 0.16,
        "fgcolor": fgcolor,
        "fgopacity": opacity,
        "fillmode": "replace",
    }
    if bgcolor:
        pattern["bgcolor"] = bgcolor
    return pattern


def new_figure(
    traces: Iterable[Trace] = (), *, width: int, height: int, margin: dict[str, int], **layout: Any
) -> go.Figure:
    """A figure in the house style: no plotly template, fixed size and margins in px.

    plotly's own checks are left out, as they take longer than all the rest of a picture; a
    test has plotly check every figure instead. ``layout.meta`` says how the colours used
    here look in the dark scheme.
    """
    drawn: dict[str, Any] = {
        "data": list(traces),
        "layout": {
            "template": {},
            "width": width,
            "height": height,
            "margin": {"pad": 0, "autoexpand": False, **margin},
            "paper_bgcolor": PAPER,
            "plot_bgcolor": PAPER,
            "font": {"family": FONT_FAMILY, "size": 13, "color": INK},
            "hoverlabel": {"bgcolor": PAPER, "font": {"color": INK}, "bordercolor": INK},
            "dragmode": False,
            "showlegend": False,
            **layout,
        },
    }
    used = set(_strings(drawn))
    drawn["layout"]["meta"] = {
        "dark": {role.light: role.dark for role in ROLES if role.light in used}
    }
    return go.Figure(drawn, _validate=False)


def _strings(part: Any) -> Iterator[str]:
    """Every text in a figure's parts."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        for value in part.values():
            yield from _strings(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _strings(value)


def axis(**settings: Any) -> dict[str, Any]:
    """An axis with nothing on it except what is asked for. Ranges are always given."""
    return {
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "automargin": False,
        "ticklabeloverflow": "allow",
        "showline": False,
        "ticks": "",
        "color": INK,
        "linecolor": LINE,
        "gridcolor": LINE,
        "tickcolor": LINE,
        **settings,
    }


def key_below() -> dict[str, Any]:
    """A legend in rows along the bottom edge, for reading and not for pressing."""
    return {
        "orientation": "h",
        "x": 0,
        "xref": "container",
        "xanchor": "left",
        "y": 0,
        "yref": "container",
        "yanchor": "bottom",
        "traceorder": "normal",
        "itemclick": False,
        "itemdoubleclick": False,
        "font": {"size": 12},
    }


def bar(**settings: Any) -> Trace:
    """A bar trace; its name is already in plotly's own writing (see ``words``)."""
    return {"type": "bar", **settings}


def scatter(**settings: Any) -> Trace:
    """A trace of points or lines."""
    return {"type": "scatter", **settings}


def key_only(name: str, marker: dict[str, Any]) -> Trace:
    """An entry of the key that stands for a look, not for a trace: a bar without bars."""
    return bar(x=[None], y=[None], name=words(name), marker=marker, hoverinfo="skip")


def key_names(traces: Iterable[Trace]) -> list[str]:
    """The names that the key shows, as a reader sees them."""
    return [unescape(t["name"]) for t in traces if t.get("name") and t.get("showlegend", True)]


TOGETHER_KEY: Final = "judged together with another area"


def together_marker() -> dict[str, Any]:
    """The key's sample of the hatch that says that one judgement fills two lanes."""
    return {"color": MUTED, "pattern": hatch(fgcolor=PAPER, bgcolor=MUTED, opacity=0.6)}
