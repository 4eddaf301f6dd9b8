"""The share of councils not yet re-inspected, by months since their inspection.

A step falls where an inspection came. Beneath the axis stands how many councils are still
watched and waiting, without which the right end of such a curve says more than is known.
"""

from math import ceil
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import slide as canvas
from dashboard.charts import theme
from dashboard.charts.measure import first_that_fits, key_height
from dashboard.charts.timeline import note
from inspections.figure_rows import SurvivalCurve, SurvivalOverlay

WIDTH, HEIGHT = 960, 320  # px, the plot's own height
NARROW_WIDTH, NARROW_HEIGHT = 340, 240
YEAR = 12  # months
RISK_ROW = 17  # px a row of councils at risk takes
HEADS = (
    "Months since the inspection; below, how many councils were still waiting",
    "Months; below, councils still waiting",
)
LOOKS = ((theme.SERIES, "solid"), (theme.SERIES_2, "6px,3px"))


def slide(rows: SurvivalCurve, height: int = canvas.HEIGHT) -> go.Figure:
    """The curves for meeting mode."""
    return figure(rows, size=(canvas.WIDTH, height))


def figure(
    rows: SurvivalCurve, *, narrow: bool = False, size: tuple[int, int] | None = None
) -> go.Figure:
    """The curve, a second one where there is one, and a council laid over the first.

    ``size`` is the width and height of a picture with bounds, in px.
    """
    width, plot = (NARROW_WIDTH, NARROW_HEIGHT) if narrow else (WIDTH, HEIGHT)
    if size:
        width = size[0]
    curves = [rows, *([rows.other] if rows.other else [])]
    last = _last_month(curves, rows.overlay)
    traces = [_line(curve, last, look) for curve, look in zip(curves, LOOKS, strict=False)]
    traces += _every_case(rows)
    shapes: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    if rows.overlay:
        shapes, notes, mark = _laid_over(rows, rows.overlay, last)
        traces.append(mark)
    key = key_height(theme.key_names(traces), width - 4)
    left, under = 46, 46 + RISK_ROW * len(curves)
    if size:
        plot = size[1] - 12 - under - key
    step = 2 * YEAR if narrow and last > 6 * YEAR else YEAR
    return theme.new_figure(
        traces,
        width=width,
        height=plot + 12 + under + key,
        margin={"l": left, "r": 14, "t": 12, "b": under + key},
        showlegend=True,
        legend=theme.key_below(),
        xaxis=theme.axis(
            range=[0, last],
            tickvals=list(range(0, last + 1, step)),
            ticktext=[str(month) for month in range(0, last + 1, step)],
            ticks="outside",
            ticklen=5,
            showline=True,
            tickfont={"size": 12, "color": theme.MUTED},
        ),
        yaxis=theme.axis(
            range=[0, 1.02],
            tickvals=[0, 0.25, 0.5, 0.75, 1],
            ticktext=["0%", "25%", "50%", "75%", "100%"],
            showgrid=True,
            gridcolor=theme.BAND,
            tickfont={"size": 12, "color": theme.MUTED},
        ),
        shapes=shapes,
        annotations=[*notes, *_at_risk(curves, step, left, width - 4)],
    )


def _last_month(curves: list[SurvivalCurve], overlay: SurvivalOverlay | None) -> int:
    """The axis's end: the last month anything is known of, up to a whole year."""
    months = [month for curve in curves for month, _share in curve.points]
    months += [month for curve in curves for month, n in curve.at_risk if n]
    months += [overlay.months] if overlay else []
    return max(ceil(max(months, default=0) / YEAR), 1) * YEAR


def share_at(rows: SurvivalCurve, months: float) -> float:
    """The share still waiting after so many months; 1 before the first step."""
    return next((share for month, share in reversed(rows.points) if month <= months), 1.0)


def _line(rows: SurvivalCurve, last: int, look: tuple[str, str]) -> theme.Trace:
    """The staircase from all waiting to as far as anybody is still watched."""
    watched = max([month for month, n in rows.at_risk if n] or [last])
    end = max([watched, *(month for month, _share in rows.points)])
    spots = [(0, 1.0), *rows.points, (min(end, last), share_at(rows, end))]
    colour, dash = look
    return theme.scatter(
        mode="lines",
        name=theme.words(rows.title_name),
        x=[month for month, _share in spots],
        y=[share for _month, share in spots],
        line={"shape": "hv", "color": colour, "width": 3, "dash": dash},
        hoverinfo="text",
        hovertext=[f"{share:.0%} still waiting after {month:.0f} months" for month, share in spots],
    )


def _every_case(rows: SurvivalCurve) -> list[theme.Trace]:
    """Each wait as a dot on the curve: a full one where it is over, an open one where it lasts."""
    return [
        theme.scatter(
            mode="markers",
            name="inspected again" if is_over else "still waiting",
            x=[row.months for row in found],
            y=[share_at(rows, row.months) for row in found],
            marker={
                "symbol": "circle" if is_over else "circle-open",
                "size": 8,
                "color": theme.SERIES,
                "line": {"color": theme.SERIES, "width": 2},
            },
            hoverinfo="text",
            hovertext=[theme.words(f"{row.label}: {_told(row)}") for row in found],
        )
        for is_over in (True, False)
        if (found := [row for row in rows.cases if row.is_event == is_over])
    ]


def _told(row: SurvivalOverlay) -> str:
    months = f"{row.months:.0f} months"
    return months if row.is_event else f"{months} so far, still waiting"


def _laid_over(
    rows: SurvivalCurve, overlay: SurvivalOverlay, last: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], theme.Trace]:
    """A council's own wait: a line from the axis to the curve, a point there, its name."""
    share = share_at(rows, overlay.months)
    told = _told(overlay)
    line = {
        "type": "line",
        "x0": overlay.months,
        "x1": overlay.months,
        "y0": 0,
        "y1": share,
        "line": {"color": theme.INK, "width": 1.5, "dash": "2px,3px"},
    }
    mark = theme.scatter(
        mode="markers",
        x=[overlay.months],
        y=[share],
        showlegend=False,
        cliponaxis=False,
        marker={
            "symbol": "circle" if overlay.is_event else "circle-open",
            "size": 11,
            "color": theme.INK,
            "line": {"color": theme.INK, "width": 2},
        },
        hoverinfo="text",
        hovertext=[theme.words(f"{overlay.label}: {told}")],
    )
    is_left = overlay.months > last / 2
    label = note(
        text="<br>".join(theme.words(text) for text in (overlay.label, told)),
        x=overlay.months,
        y=0.1,
        xanchor="right" if is_left else "left",
        align="right" if is_left else "left",
        xshift=-3 if is_left else 3,
        font={"size": 12, "weight": 700, "color": theme.INK},
        bgcolor=theme.PAPER,
        borderpad=1,
    )
    return [line], [label], mark


def _at_risk(
    curves: list[SurvivalCurve], step: int, left: int, room: float
) -> list[dict[str, Any]]:
    """Rows of councils still waiting under the axis, in the colours of their curves."""
    under: dict[str, Any] = {"y": 0, "yref": "paper", "yanchor": "top", "borderpad": 0}
    head = first_that_fits(HEADS, room=room, size=12)
    notes = [
        note(
            text=head,
            x=0,
            xref="paper",
            xanchor="left",
            xshift=-left + 2,
            yshift=-24,
            **under,
            font={"size": 12, "color": theme.MUTED},
        )
    ]
    for place, (curve, (colour, _dash)) in enumerate(zip(curves, LOOKS, strict=False)):
        notes.extend(
            note(
                text=str(n),
                x=month,
                xanchor="center",
                yshift=-24 - RISK_ROW * (place + 1),
                **under,
                font={"size": 12, "weight": 700, "color": colour},
            )
            for month, n in curve.at_risk
            if month % step == 0
        )
    return notes
