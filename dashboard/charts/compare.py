"""Councils side by side on one axis of time: each with its areas as thin lettered bars."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import slide as canvas
from dashboard.charts import theme
from dashboard.charts.marks import PlacedSpan, grade_bars, plate
from dashboard.charts.measure import first_that_fits, key_height, text_width, wrapped
from dashboard.charts.timeline import (
    ROW,
    Scale,
    band_labels,
    band_shapes,
    marker_shapes,
    note,
    scale_of,
    time_axis,
)
from inspections.figure_rows import CompareChart, GradesOverTime, GradeSpan
from inspections.framework_rows import Grade

MOST = 10  # councils
WIDTH, NARROW_WIDTH = 1120, 340
LANE, NARROW_LANE, SLIDE_LANE, HIGHEST = 20, 24, 14, 40  # px
NARROW_ROOM = 96  # px; two lines of an area's name would touch the next area's
BAR, SLIDE_BAR = 0.84, 0.92  # of a lane's height
AFTER_TODAY = 22  # px
HEAD = 1.5  # lanes that a council's name takes
SIZE, SMALL, HEAD_SIZE = 12, 12, 14
MILLISECONDS = 86_400_000  # in a day


class TooManyCouncilsError(ValueError):
    """More councils than the picture can hold."""


@dataclass(frozen=True)
class _ComparePlace:
    """Where a council's name and its areas stand, in lanes from the top."""

    council: GradesOverTime
    head: float
    lanes: dict[str, float]


def slide(rows: CompareChart, height: int = canvas.HEIGHT) -> go.Figure:
    """The councils of one of `sheets` for meeting mode."""
    return figure(rows, size=(canvas.WIDTH, height))


def sheets(rows: CompareChart) -> list[CompareChart]:
    """As many councils a slide as its height holds, at least one; all slides have one axis."""
    scale = _scale(rows, canvas.WIDTH - NARROW_ROOM)
    found: list[CompareChart] = []
    for council in rows.councils:
        alone = replace(rows, councils=(council,), between=(scale.first, scale.last))
        more = replace(alone, councils=(*found[-1].councils, council)) if found else alone
        if found and slide(more).layout.height <= canvas.HEIGHT:
            found[-1] = more
        else:
            found.append(alone)
    return found


def figure(
    rows: CompareChart, *, narrow: bool = False, size: tuple[int, int] | None = None
) -> go.Figure:
    """The councils in the order given; ``narrow`` for a phone, its areas' names smaller.

    ``size`` is the width and height of a picture with bounds, in px.
    Raises TooManyCouncilsError for more than ten.
    """
    if len(rows.councils) > MOST:
        raise TooManyCouncilsError(f"councils: found {len(rows.councils)}, expected {MOST} or less")
    width = NARROW_WIDTH if narrow else size[0] if size else WIDTH
    lane: float = NARROW_LANE if narrow else LANE
    small = 11 if narrow else SMALL
    placed, depth = _places(rows.councils)
    names = {name for council in rows.councils for _code, name in council.lanes}
    shown = {name: _lines(name, small, narrow) for name in names}
    widest = (text_width(line, small) for lines in shown.values() for line in lines)
    left = round(max([*widest, 30])) + 10
    merged = _merged(rows)
    px = width - left - 8
    scale = Scale(*rows.between, px) if rows.between else _scale(rows, px)
    thickness = SLIDE_BAR if size else BAR
    bars = grade_bars(
        [bar for place in placed for bar in _bars(place, rows.today, scale)],
        thickness=thickness,
        size=SIZE,
        anchor="middle" if narrow else "start",
    )
    foot = 30 + key_height(theme.key_names(bars), width - 4)
    era_labels, label_rows = band_labels(merged, scale)
    top = 10 + ROW * label_rows
    if size:
        lane = min(max((size[1] - top - foot) / depth, SLIDE_LANE), HIGHEST)
    shapes, notes = _details(placed, rows.today, scale, lane * thickness)
    return theme.new_figure(
        bars,
        width=width,
        height=top + round(depth * lane) + foot,
        margin={"l": left, "r": 8, "t": top, "b": foot},
        barmode="overlay",
        bargap=0,
        showlegend=True,
        legend=theme.key_below(),
        xaxis=time_axis(scale),
        yaxis=theme.axis(
            range=[depth - 0.5, -0.5],
            tickvals=[y for place in placed for y in place.lanes.values()],
            ticktext=[
                "<br>".join(theme.words(line) for line in shown[dict(place.council.lanes)[code]])
                for place in placed
                for code in place.lanes
            ],
            tickfont={"size": small},
        ),
        shapes=[
            *band_shapes(merged, scale),
            *(_frame(place) for place in placed if place.council.council_name == rows.marked),
            *marker_shapes(merged, scale),
            *shapes,
        ],
        annotations=[
            *era_labels,
            *notes,
            *(_head(place, left) for place in placed),
        ],
    )


def _places(councils: tuple[GradesOverTime, ...]) -> tuple[list[_ComparePlace], float]:
    """Where each council stands, and how many lanes deep the picture is."""
    found, at = [], 0.0
    for council in councils:
        first = at + HEAD - 0.25
        lanes = {code: round(first + i, 2) for i, (code, _name) in enumerate(council.lanes)}
        found.append(_ComparePlace(council, round(at + 0.2, 2), lanes))
        at += HEAD + len(lanes)
    return found, at + 0.6


def _lines(name: str, size: float, narrow: bool) -> list[str]:
    return wrapped(name, room=NARROW_ROOM, size=size) if narrow else [name]


def _merged(rows: CompareChart) -> GradesOverTime:
    """All councils' spells and frameworks as one, for the axis that they share."""
    bands = {band.name: band for council in rows.councils for band in council.bands}
    return GradesOverTime(
        council_name="",
        lanes=(),
        spans=tuple(span for council in rows.councils for span in council.spans),
        bands=tuple(bands.values()),
        visits=(),
        today=rows.today,
        today_name=rows.today_name,
        begins=next((council.begins for council in rows.councils), None),
    )


def _end(span: GradeSpan, today: date) -> date:
    return span.end or max(today, span.start + timedelta(days=1))


def _bars(place: _ComparePlace, today: date, scale: Scale) -> list[PlacedSpan]:
    found = []
    for span in place.council.spans:
        if span.grade is None or span.lane not in place.lanes:
            continue
        end = _end(span, today)
        told = replace(span, lane_name=f"{place.council.council_name}, {span.lane_name}")
        begun = scale.within(span.start)
        text = _text(span.grade, scale.room(begun, end))
        y = place.lanes[span.lane]
        length = (end - begun).days * MILLISECONDS
        found.append(PlacedSpan(told, begun.isoformat(), length, y, text))
    return found


def _text(grade: Grade, room: float) -> str:
    """The grade's name where a bar of ``room`` px holds it well, else its letter, or nothing."""
    name = first_that_fits((grade.name,), room=room - 8, size=SIZE, bold=True)
    return name or first_that_fits((grade.letter,), room=room - 1, size=SIZE, bold=True)


def _scale(rows: CompareChart, px: float) -> Scale:
    """An axis with room for the letters that the bars of new inspections cannot hold."""
    scale, today = scale_of(_merged(rows), px=px), rows.today
    days = (scale.last - scale.first).days * AFTER_TODAY / (scale.px - AFTER_TODAY)
    return Scale(scale.first, max(scale.last, today + timedelta(days=round(days))), scale.px)


def _details(
    placed: list[_ComparePlace], today: date, scale: Scale, bar: float
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Dashed outlines of what was not graded, letters of what was judged together, and behind
    today's line the letters of grades held now whose bars are too short."""
    shapes: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    for place in placed:
        for span in place.council.spans:
            if span.lane not in place.lanes:
                continue
            y, begun, end = place.lanes[span.lane], scale.within(span.start), _end(span, today)
            if span.grade is None:
                shapes.append(_outline(begun, end, y))
                text = first_that_fits(
                    ("not graded", "–"), room=scale.room(begun, end) - 6, size=SMALL
                )
                if text:
                    notes.append(_at(text, begun, y, size=SMALL, color=theme.MUTED))
            elif span.end is None and not _text(span.grade, scale.room(begun, end)):
                look = {"size": SIZE, "weight": 700, "color": theme.INK}
                notes.append(_at(span.grade.letter, end, y, **look))
            elif span.is_combined:
                colour = theme.grade_colour(span.grade.colour)
                look = {"size": SMALL, "weight": 700, "color": colour.text}
                ground = {"bgcolor": colour.fill, **plate(bar, pad=0)}
                notes.append({**_at(span.grade.letter, begun, y, **look), **ground})
    return shapes, notes


def _at(text: str, day: date, y: float, **font: Any) -> dict[str, Any]:
    return note(text=theme.words(text), x=day.isoformat(), y=y, xanchor="left", xshift=2, font=font)


def _outline(start: date, end: date, y: float) -> dict[str, Any]:
    return {
        "type": "rect",
        "x0": start.isoformat(),
        "x1": end.isoformat(),
        "y0": round(y - BAR / 2 + 0.05, 3),
        "y1": round(y + BAR / 2 - 0.05, 3),
        "line": {"color": theme.MUTED, "width": 1.5, "dash": "4px,3px"},
    }


def _frame(place: _ComparePlace) -> dict[str, Any]:
    """Around the lanes of the council that a reader marks."""
    last = max(place.lanes.values(), default=place.head)
    return {
        "type": "rect",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": round(min(place.lanes.values(), default=place.head) - 0.52, 2),
        "y1": round(last + 0.52, 2),
        "line": {"color": theme.INK, "width": 3},
    }


def _head(place: _ComparePlace, left: int) -> dict[str, Any]:
    return note(
        text=theme.words(place.council.council_name),
        x=0,
        xref="paper",
        xanchor="left",
        xshift=-left,
        y=place.head,
        font={"size": HEAD_SIZE, "weight": 700, "color": theme.INK},
    )
