"""Grades that councils hold, area by area: lying bars with the counts inside, best grade first."""

from typing import Any

import plotly.graph_objects as go

from dashboard.charts import slide as canvas
from dashboard.charts import theme
from dashboard.charts.measure import first_that_fits, key_height, text_width
from dashboard.charts.timeline import note
from inspections.figure_rows import AreaHeld, GradesByArea

WIDTH, NARROW_WIDTH = 960, 340
ROW, NARROW_ROW = 44, 54  # px; on a phone the area's name stands above its bar
LABEL, COUNT = 13, 13  # px
NAMES_A_LINE, MOST_NAMED = 5, 40
UNGRADED, WITHOUT = "no grade of its own", "not yet inspected"


def slide(rows: GradesByArea, height: int = canvas.HEIGHT) -> go.Figure:
    """The bars for meeting mode."""
    return figure(rows, width=canvas.WIDTH, height=height)


def figure(
    rows: GradesByArea, *, narrow: bool = False, width: int = WIDTH, height: int = 0
) -> go.Figure:
    """The bars; as high as they need, or ``height`` px."""
    width, row = (NARROW_WIDTH, NARROW_ROW) if narrow else (width, ROW)
    names = [area.name for area in rows.areas]
    left = 2 if narrow else round(max([text_width(n, LABEL) for n in names] + [40])) + 12
    most = max([total(area) for area in rows.areas] + [1])
    unit = (width - left - 2) / most
    traces = _layers(rows, unit, drop=0.16 if narrow else 0, thickness=0.52 if narrow else 0.78)
    foot = key_height(theme.key_names(traces), width - 4) + 8
    places = list(range(len(names)))
    return theme.new_figure(
        traces,
        width=width,
        height=height or 4 + row * max(len(names), 1) + foot,
        margin={"l": left, "r": 2, "t": 4, "b": foot},
        barmode="overlay",
        showlegend=True,
        legend=theme.key_below(),
        xaxis=theme.axis(range=[0, most], showticklabels=False),
        yaxis=theme.axis(
            range=[max(len(names), 1) - 0.5, -0.5],
            showticklabels=not narrow,
            tickvals=places,
            ticktext=[theme.words(name) for name in names],
            tickfont={"size": LABEL},
        ),
        shapes=_frames(rows, narrow),
        annotations=[_name(name, place) for place, name in enumerate(names)] if narrow else [],
    )


def total(area: AreaHeld) -> int:
    return sum(area.counts.values()) + area.ungraded + area.not_inspected


def _name(name: str, place: int) -> dict[str, Any]:
    font = {"size": LABEL, "color": theme.INK}
    return note(text=theme.words(name), x=0, xanchor="left", y=place - 0.3, font=font, borderpad=0)


def _layers(rows: GradesByArea, unit: float, *, drop: float, thickness: float) -> list[theme.Trace]:
    """A trace for each grade, then those without one; empty ones are left out."""
    starts = [0] * len(rows.areas)
    looks = [
        (
            grade.title,
            [area.counts.get(grade.key, 0) for area in rows.areas],
            [area.names.get(grade.key, ()) for area in rows.areas],
            grade.letter,
            theme.grade_colour(grade.colour),
        )
        for grade in rows.grades
    ]
    grey = theme.GradeColour(theme.HATCH_PAPER, theme.INK)
    none: list[tuple[str, ...]] = [()] * len(rows.areas)
    looks.append((UNGRADED, [area.ungraded for area in rows.areas], none, "", grey))
    looks.append((WITHOUT, [area.not_inspected for area in rows.areas], none, "", grey))
    found = []
    for name, counts, councils, letter, colour in looks:
        marker: dict[str, Any] = {
            "color": colour.fill,
            "line": {"color": theme.PAPER, "width": theme.GAP},
        }
        if not letter:
            bare = name == WITHOUT
            lines = theme.MUTED if bare else theme.LINE
            marker["pattern"] = theme.hatch(fgcolor=lines, bgcolor=colour.fill)
        texts = [
            first_that_fits((f"{letter} {n}", letter), room=n * unit - 4, size=COUNT, bold=True)
            if letter
            else ""
            for n in counts
        ]
        if any(counts):
            found.append(
                theme.bar(
                    orientation="h",
                    name=theme.words(f"{letter} {name}".strip()),
                    base=starts,
                    x=counts,
                    y=[round(place + drop, 2) for place in range(len(counts))],
                    width=thickness,
                    text=[theme.words(text) for text in texts],
                    textposition="inside",
                    insidetextanchor="middle",
                    textangle=0,
                    constraintext="none",
                    cliponaxis=False,
                    textfont={"color": colour.text, "size": COUNT, "weight": 700},
                    marker=marker,
                    hovertext=[
                        theme.words(f"{area.name}: {n} {name}") + _named(who)
                        for area, n, who in zip(rows.areas, counts, councils, strict=True)
                    ],
                    hoverinfo="text",
                )
            )
        starts = [start + n for start, n in zip(starts, counts, strict=True)]
    return found


def _named(names: tuple[str, ...]) -> str:
    """The councils behind a count, a few to a line, where they are not too many to read."""
    shown = [theme.words(name) for name in names[:MOST_NAMED]]
    more = [f"and {len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else []
    lines = [
        ", ".join(shown[first : first + NAMES_A_LINE])
        for first in range(0, len(shown), NAMES_A_LINE)
    ]
    return "".join(f"<br>{line}" for line in [*lines, *more])


def _frames(rows: GradesByArea, narrow: bool) -> list[dict[str, Any]]:
    """Around the grade in which the marked council is counted, area by area."""
    found = []
    for place, area in enumerate(rows.areas):
        keys = [grade.key for grade in rows.grades]
        if area.stood in keys:
            before = sum(area.counts.get(key, 0) for key in keys[: keys.index(area.stood)])
            low, high = (-0.12, 0.44) if narrow else (-0.42, 0.42)
            found.append(
                {
                    "type": "rect",
                    "x0": before,
                    "x1": before + area.counts[area.stood],
                    "y0": place + low,
                    "y1": place + high,
                    "line": {"color": theme.INK, "width": 3},
                }
            )
    return found
