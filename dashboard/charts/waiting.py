"""How long councils waited for their next full inspection: the share still waiting, by months.

A falling staircase (Kaplan-Meier) that counts those not yet inspected again, with the number at
risk beneath it and, if asked for, one council's own wait laid over it.
"""

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import theme

WIDTH, HEIGHT = 960, 380
NARROW_WIDTH, NARROW_HEIGHT = 340, 360
SMALL = 11


@dataclass(frozen=True)
class Overlay:
    """One council's wait: its length in months, and whether it is over."""

    name: str
    months: float
    is_over: bool


@dataclass(frozen=True)
class Waiting:
    """The estimate after one starting grade.

    ``steps``: (months, share still waiting, 0-1), falling, without the start at (0, 1).
    ``at_risk``: (months, councils still watched then). ``reach``: the last month watched.
    """

    grade_name: str
    cases: int
    events: int
    steps: tuple[tuple[float, float], ...]
    at_risk: tuple[tuple[int, int], ...]
    reach: float
    overlay: Overlay | None = None


def figure(rows: Waiting, *, narrow: bool = False) -> go.Figure:
    """The staircase from 0 to the last month watched."""
    width, height = (NARROW_WIDTH, NARROW_HEIGHT) if narrow else (WIDTH, HEIGHT)
    last = max([rows.reach, rows.overlay.months if rows.overlay else 0, 12]) + 2
    months = [0.0, *(month for month, _share in rows.steps)]
    shares = [1.0, *(share for _month, share in rows.steps)]
    if rows.reach > months[-1]:
        months.append(rows.reach)
        shares.append(shares[-1])
    ticks = list(range(0, int(last) + 1, 24 if narrow else 12))
    return theme.new_figure(
        [
            theme.scatter(
                x=months,
                y=shares,
                mode="lines",
                line={"shape": "hv", "color": theme.SERIES, "width": 3},
                name="still waiting",
                hovertext=[
                    f"{share:.0%} still waiting after {month:.0f} months"
                    for month, share in zip(months, shares, strict=True)
                ],
                hoverinfo="text",
            ),
            *_overlay(rows.overlay),
        ],
        width=width,
        height=height,
        margin={"l": 52, "r": 12, "t": 26, "b": 82},
        xaxis=theme.axis(
            range=[0, last],
            tickvals=ticks,
            ticktext=[str(tick) for tick in ticks],
            showline=True,
            ticks="outside",
            ticklen=5,
            title={"text": "months since the inspection began", "font": {"size": 12}},
        ),
        yaxis=theme.axis(
            range=[0, 1.02],
            tickvals=[0, 0.25, 0.5, 0.75, 1],
            ticktext=["0%", "25%", "50%", "75%", "100%"],
            showgrid=True,
        ),
        annotations=[
            _note("still waiting for the next full inspection", 0, 1.02, "y", "left", "bottom", 2),
            *_at_risk(rows, narrow),
            *_overlay_label(rows.overlay, last),
        ],
    )


def _overlay(overlay: Overlay | None) -> list[theme.Trace]:
    if overlay is None:
        return []
    return [
        theme.scatter(
            x=[overlay.months, overlay.months],
            y=[0, 1],
            mode="lines",
            line={
                "color": theme.SERIES_2,
                "width": 2,
                "dash": "solid" if overlay.is_over else "dash",
            },
            name=theme.words(overlay.name),
            hoverinfo="skip",
        )
    ]


def _overlay_label(overlay: Overlay | None, last: float) -> list[dict[str, Any]]:
    if overlay is None:
        return []
    is_right = overlay.months > last * 0.6
    state = "inspected again after" if overlay.is_over else "waiting since"
    text = f"{overlay.name}: {state} {overlay.months:.0f} months"
    return [
        _note(
            theme.words(text), overlay.months, 0.94, "y", "right" if is_right else "left", "middle",
            0, shift=-5 if is_right else 5, colour=theme.SERIES_2, size=13,
        )
    ]  # fmt: skip


def _at_risk(rows: Waiting, narrow: bool) -> list[dict[str, Any]]:
    """The numbers still watched, under the months; every second on a phone."""
    shown = [row for row in rows.at_risk if not narrow or row[0] % 24 == 0]
    return [
        _note("councils at risk (n):", 0, 0, "paper", "left", "top", -52, xref="paper"),
        *(
            _note(str(number), month, 0, "paper", "center", "top", -66, colour=theme.INK)
            for month, number in shown
        ),
    ]


def _note(
    text: str,
    x: float,
    y: float,
    yref: str,
    xanchor: str,
    yanchor: str,
    rise: float,
    *,
    shift: float = 0,
    colour: str = theme.MUTED,
    size: int = SMALL,
    xref: str = "x",
) -> dict[str, Any]:
    return {
        "showarrow": False,
        "xref": xref,
        "yref": yref,
        "x": x,
        "y": y,
        "xanchor": xanchor,
        "yanchor": yanchor,
        "xshift": shift,
        "yshift": rise,
        "text": text,
        "font": {"size": size, "color": colour},
    }
