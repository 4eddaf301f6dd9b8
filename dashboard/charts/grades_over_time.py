"""Grades over time: a lane per area, a bar from inspection to inspection, visits beneath.

``figure`` is the wide picture, ``narrow_figure`` (in grades_by_inspection) the phone's.
Lanes stand at y = 0, 1, … downwards; the visits follow below the last lane.
"""

from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import slide as canvas
from dashboard.charts import theme
from dashboard.charts.marks import (
    PlacedSpan,
    PlacedVisit,
    grade_bars,
    plate,
    stacked,
    visit_points,
)
from dashboard.charts.measure import first_that_fits, key_height, text_width
from dashboard.charts.timeline import (
    ROW,
    SMALL,
    Scale,
    band_labels,
    band_shapes,
    marker_shapes,
    note,
    scale_of,
    time_axis,
)
from inspections.figure_rows import GradesOverTime, GradeSpan

WIDTH = 880
LANE_HEIGHT = 40  # px, of which the bar takes 26
SLIDE_LANE, HIGHEST = 17, 48  # px of a slide's lane, at least and at most
SLIDE_BAR = 0.92  # of a lane's height, so that a label's ground stays within its bar
BAR = 0.65  # of a lane's height
VISIT_ROW = 0.34  # lanes between visits drawn one above the other
LABEL_SIZE = 13
MILLISECONDS = 86_400_000  # in a day


def slide(rows: GradesOverTime, height: int = canvas.HEIGHT) -> go.Figure:
    """The timeline for meeting mode."""
    return figure(rows, width=canvas.WIDTH, height=height, bar=SLIDE_BAR)


def figure(
    rows: GradesOverTime,
    *,
    width: int = WIDTH,
    height: int | None = None,
    bar: float = BAR,
) -> go.Figure:
    """The timeline, ``width`` px wide and as high as its lanes need, or ``height`` px.

    Colours are the light scheme's (see theme).
    """
    names = [name for _code, name in rows.lanes]
    left = round(max([*(text_width(n, LABEL_SIZE, bold=True) for n in names), 40]) + 16)
    right = 12
    scale = scale_of(rows, px=width - left - right)
    visit_rows = stacked(rows.visits, scale)
    depth = max(visit_rows, default=0)
    bottom = len(names) - 0.5 + (0.62 + depth * VISIT_ROW if rows.visits else 0.12)
    era_labels, label_rows = band_labels(rows, scale)
    lane_at = {code: place for place, (code, _name) in enumerate(rows.lanes)}
    placed = _placed(rows, lane_at, scale)
    bars = grade_bars(placed, thickness=bar, size=LABEL_SIZE, anchor="start")
    points = visit_points(
        PlacedVisit(visit, visit.day.isoformat(), round(_visits_y(names) + row * VISIT_ROW, 2))
        for visit, row in zip(rows.visits, visit_rows, strict=True)
    )
    top, foot = 10 + ROW * label_rows, 36 + key_height(theme.key_names([*bars, *points]), width - 4)
    lane_height = (height - top - foot) / (bottom + 0.5) if height else LANE_HEIGHT
    lane_height = min(max(lane_height, SLIDE_LANE), HIGHEST)
    shapes = band_shapes(rows, scale) + marker_shapes(rows, scale)
    notes = era_labels
    for span in rows.spans:
        if span.grade is None and span.lane in lane_at:
            shape, label = _not_graded(span, lane_at[span.lane], rows, scale)
            shapes.append(shape)
            notes.extend(label)
        elif span.is_combined and span.lane in lane_at:
            notes.extend(_combined_label(span, lane_at[span.lane], rows, scale, lane_height * bar))
    return theme.new_figure(
        [*bars, *points],
        width=width,
        height=round((bottom + 0.5) * lane_height) + top + foot,
        margin={"l": left, "r": right, "t": top, "b": foot},
        barmode="overlay",
        bargap=0,
        showlegend=True,
        legend=theme.key_below(),
        xaxis=time_axis(scale),
        yaxis=theme.axis(
            range=[bottom, -0.5],
            tickvals=[*range(len(names)), *([_visits_y(names)] if rows.visits else [])],
            ticktext=[
                *(theme.words(name) for name in names),
                *(["Visits"] if rows.visits else []),
            ],
            tickfont={"size": LABEL_SIZE, "weight": 700},
        ),
        shapes=shapes,
        annotations=notes,
    )


def _end(span: GradeSpan, rows: GradesOverTime) -> date:
    """A spell still held is drawn up to today; one that begins later is not drawn back."""
    return span.end or max(rows.today, span.start + timedelta(days=1))


def _placed(rows: GradesOverTime, lane_at: dict[str, int], scale: Scale) -> list[PlacedSpan]:
    return [
        PlacedSpan(
            span,
            scale.within(span.start).isoformat(),
            (_end(span, rows) - scale.within(span.start)).days * MILLISECONDS,
            lane_at[span.lane],
            _label(span, rows, scale),
        )
        for span in rows.spans
        if span.lane in lane_at
    ]


def _label(span: GradeSpan, rows: GradesOverTime, scale: Scale) -> str:
    """The grade's name, its letter, or nothing, whichever the bar has room for."""
    if span.grade is None:
        return ""
    room = scale.room(scale.within(span.start), _end(span, rows)) - 8
    return first_that_fits(
        (span.grade.name, span.grade.letter), room=room, size=LABEL_SIZE, bold=True
    )


def _combined_label(
    span: GradeSpan, place: int, rows: GradesOverTime, scale: Scale, bar: float
) -> list[dict[str, Any]]:
    """The letter on a plain ground, no higher than its bar of ``bar`` px, and the reason for the
    hatch where there is room."""
    if span.grade is None:
        return []
    colour = theme.grade_colour(span.grade.colour)
    room = scale.room(scale.within(span.start), _end(span, rows)) - 10
    choices = (
        f"{span.grade.name}, {span.note}" if span.note else "",
        f"{span.grade.letter}, {span.note}" if span.note else "",
        span.grade.name,
        span.grade.letter,
    )
    text = first_that_fits(choices, room=room, size=12, bold=True)
    if not text:
        return []
    return [
        note(
            text=theme.words(text),
            x=scale.within(span.start).isoformat(),
            y=place,
            xanchor="left",
            xshift=2,
            font={"color": colour.text, "size": 12, "weight": 700},
            bgcolor=colour.fill,
            **plate(bar, pad=2),
        )
    ]


def _not_graded(
    span: GradeSpan, place: int, rows: GradesOverTime, scale: Scale
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A dashed outline, no fill, with the reason where there is room."""
    end = _end(span, rows)
    shape = {
        "type": "rect",
        "x0": scale.within(span.start).isoformat(),
        "x1": end.isoformat(),
        "y0": place - BAR / 2 + 0.04,
        "y1": place + BAR / 2 - 0.04,
        "line": {"color": theme.MUTED, "width": 1.5, "dash": "4px,3px"},
    }
    text = first_that_fits(
        (span.note, "not graded", "–"),
        room=scale.room(scale.within(span.start), end) - 8,
        size=SMALL,
    )
    label = note(
        text=theme.words(text),
        x=scale.within(span.start).isoformat(),
        y=place,
        xanchor="left",
        xshift=3,
        font={"color": theme.MUTED, "size": SMALL},
    )
    return shape, [label] if text else []


def _visits_y(names: list[str]) -> float:
    return len(names) - 0.5 + 0.3
