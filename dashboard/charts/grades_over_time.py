"""Grades over time: a lane per area, a bar from inspection to inspection, visits beneath.

``figure`` is the wide picture, ``narrow_figure`` (in grades_by_inspection) the phone's.
Lanes stand at y = 0, 1, … downwards; the visits follow below the last lane.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.charts.measure import first_that_fits, text_width
from inspections.rows import FrameworkBand, GradesOverTime, GradeSpan, VisitMark

WIDTH = 960
LANE_HEIGHT = 40  # px, of which the bar takes 26
BAR = 0.65  # of a lane's height
VISIT_ROW = 0.34  # lanes between visits drawn one above the other
LABEL_SIZE = 13
SMALL = 11
MILLISECONDS = 86_400_000  # in a day


@dataclass(frozen=True)
class _Scale:
    """The days on the axis and how many px one takes."""

    first: date
    last: date
    px: float

    @property
    def px_per_day(self) -> float:
        return self.px / (self.last - self.first).days

    def room(self, start: date, end: date) -> float:
        return (end - start).days * self.px_per_day

    def at(self, day: date) -> float:
        return self.room(self.first, day)


def figure(rows: GradesOverTime, *, width: int = WIDTH) -> go.Figure:
    """The timeline, ``width`` px wide. Colours are the light scheme's (see theme)."""
    names = [name for _code, name in rows.lanes]
    left = round(max([*(text_width(n, LABEL_SIZE, bold=True) for n in names), 40]) + 16)
    right = 12
    scale = _scale(rows, px=width - left - right)
    visit_rows = _stack_visits(rows.visits, scale)
    depth = max(visit_rows, default=0)
    bottom = len(names) - 0.5 + (0.62 + depth * VISIT_ROW if rows.visits else 0.12)
    band_labels, label_rows = _band_labels(rows, scale)
    top, foot = 10 + 15 * label_rows, 62
    height = round((bottom + 0.5) * LANE_HEIGHT) + top + foot
    drawn = theme.new_figure(
        width=width,
        height=height,
        margin={"l": left, "r": right, "t": top, "b": foot},
        barmode="overlay",
        bargap=0,
        showlegend=True,
        legend={
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 0,
            "yref": "container",
            "yanchor": "bottom",
            "traceorder": "normal",
            "itemclick": False,
            "itemdoubleclick": False,
            "font": {"size": 12},
        },
        xaxis=_time_axis(scale),
        yaxis=theme.axis(
            range=[bottom, -0.5],
            tickvals=[*range(len(names)), *([_visits_y(names)] if rows.visits else [])],
            ticktext=[
                *(f"<b>{theme.words(name)}</b>" for name in names),
                *(["Visits"] if rows.visits else []),
            ],
            tickfont={"size": LABEL_SIZE},
        ),
    )
    shapes = _band_shapes(rows, scale) + _marker_shapes(rows, scale)
    notes = band_labels + _today_label(rows, scale)
    lane_at = {code: place for place, (code, _name) in enumerate(rows.lanes)}
    for span in rows.spans:
        if span.grade is None and span.lane in lane_at:
            shape, label = _not_graded(span, lane_at[span.lane], rows, scale)
            shapes.append(shape)
            notes.extend(label)
        elif span.is_combined and span.lane in lane_at:
            notes.extend(_combined_label(span, lane_at[span.lane], rows, scale))
    drawn.add_traces(_bars(rows, lane_at, scale))
    drawn.add_traces(_visit_points(rows, visit_rows))
    drawn.update_layout(shapes=shapes, annotations=notes)
    return theme.finish(drawn)


def _scale(rows: GradesOverTime, *, px: float) -> _Scale:
    """From the January before the first thing shown to a little after the last."""
    days = [span.start for span in rows.spans] + [visit.day for visit in rows.visits]
    first = min([*days, rows.today - timedelta(days=365)])
    last = max([*days, rows.today, *([rows.window.latest] if rows.window else [])])
    reach = (last - first).days
    return _Scale(
        first - timedelta(days=max(reach // 60, 30)), last + timedelta(days=reach // 30 + 30), px
    )


def _time_axis(scale: _Scale) -> dict[str, Any]:
    years = range(scale.first.year + 1, scale.last.year + 1)
    step = 1
    while years and len(years) / step * 40 > scale.px:
        step += 1
    shown = [year for year in years if year % step == 0]
    return theme.axis(
        type="date",
        range=[scale.first.isoformat(), scale.last.isoformat()],
        tickvals=[f"{year}-01-01" for year in shown],
        ticktext=[str(year) for year in shown],
        ticks="outside",
        ticklen=5,
        tickfont={"size": 12, "color": theme.MUTED},
    )


def _end(span: GradeSpan, rows: GradesOverTime) -> date:
    """A spell still held is drawn up to today; one that begins later is not drawn back."""
    return span.end or max(rows.today, span.start + timedelta(days=1))


def _bars(rows: GradesOverTime, lane_at: dict[str, int], scale: _Scale) -> list[go.Bar]:
    """One trace a grade, best first, so that the legend has each once; hatched ones apart."""
    groups: dict[tuple[int, str, bool], list[GradeSpan]] = {}
    for span in rows.spans:
        if span.grade and span.lane in lane_at:
            key = (span.grade.order, span.grade.code, span.is_combined)
            groups.setdefault(key, []).append(span)
    bars = []
    named: set[str] = set()
    for (_order, code, is_combined), spans in sorted(groups.items(), key=lambda item: item[0]):
        grade = spans[0].grade
        assert grade is not None  # noqa: S101 - narrowed when grouping
        colour = theme.grade_colour(grade.colour)
        marker: dict[str, Any] = {
            "color": colour.fill,
            "line": {"color": theme.PAPER, "width": theme.GAP},
        }
        if is_combined:
            marker["pattern"] = theme.hatch(fgcolor=colour.text, bgcolor=colour.fill, opacity=0.6)
        bars.append(
            go.Bar(
                orientation="h",
                name=theme.words(f"{grade.letter} {grade.name}"),
                legendgroup=code,
                showlegend=code not in named,
                base=[span.start.isoformat() for span in spans],
                x=[(_end(span, rows) - span.start).days * MILLISECONDS for span in spans],
                y=[lane_at[span.lane] for span in spans],
                width=BAR,
                marker=marker,
                text=["" if is_combined else theme.words(_label(s, rows, scale)) for s in spans],
                textposition="inside",
                insidetextanchor="start",
                textangle=0,
                constraintext="none",
                cliponaxis=False,
                textfont={"color": colour.text, "size": LABEL_SIZE, "weight": 700},
                hovertext=[theme.words(_told(span)) for span in spans],
                hoverinfo="text",
            )
        )
        named.add(code)
    return bars


def _label(span: GradeSpan, rows: GradesOverTime, scale: _Scale) -> str:
    """The grade's name, its letter, or nothing, whichever the bar has room for."""
    if span.grade is None:
        return ""
    room = scale.room(span.start, _end(span, rows)) - 8
    return first_that_fits(
        (span.grade.name, span.grade.letter), room=room, size=LABEL_SIZE, bold=True
    )


def _told(span: GradeSpan) -> str:
    """What a pointer is told about a bar."""
    grade = span.grade.name if span.grade else "Not graded"
    until = f" to {_day(span.end)}" if span.end else ""
    parts = [f"{span.lane_name}: {grade}", f"{_day(span.start)}{until}", span.note]
    return ". ".join(part for part in parts if part)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _combined_label(
    span: GradeSpan, place: int, rows: GradesOverTime, scale: _Scale
) -> list[dict[str, Any]]:
    """The letter on a plain ground, and the reason for the hatch where there is room."""
    if span.grade is None:
        return []
    colour = theme.grade_colour(span.grade.colour)
    room = scale.room(span.start, _end(span, rows)) - 10
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
        _note(
            text=f"<b>{theme.words(text)}</b>",
            x=span.start.isoformat(),
            y=place,
            xanchor="left",
            xshift=2,
            font={"color": colour.text, "size": 12},
            bgcolor=colour.fill,
            borderpad=2,
        )
    ]


def _not_graded(
    span: GradeSpan, place: int, rows: GradesOverTime, scale: _Scale
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A dashed outline, no fill, with the reason where there is room."""
    end = _end(span, rows)
    shape = {
        "type": "rect",
        "x0": span.start.isoformat(),
        "x1": end.isoformat(),
        "y0": place - BAR / 2 + 0.04,
        "y1": place + BAR / 2 - 0.04,
        "line": {"color": theme.MUTED, "width": 1.5, "dash": "4px,3px"},
    }
    text = first_that_fits(
        (span.note, "not graded", "–"), room=scale.room(span.start, end) - 8, size=SMALL
    )
    label = _note(
        text=theme.words(text),
        x=span.start.isoformat(),
        y=place,
        xanchor="left",
        xshift=3,
        font={"color": theme.MUTED, "size": SMALL},
    )
    return shape, [label] if text else []


def _note(**settings: Any) -> dict[str, Any]:
    """A label without an arrow, standing where it is told to."""
    return {"showarrow": False, "xref": "x", "yref": "y", "yanchor": "middle", **settings}


def _stretches(rows: GradesOverTime, scale: _Scale) -> list[tuple[FrameworkBand, date, date]]:
    """Bands on the axis in order; where two overlap, the older ends as the newer begins."""
    bands = sorted(rows.bands, key=lambda band: band.start)
    found = []
    for place, band in enumerate(bands):
        later = bands[place + 1].start if place + 1 < len(bands) else scale.last
        start = max(band.start, scale.first)
        end = min(band.end or scale.last, later, scale.last)
        if end > start:
            found.append((band, start, end))
    return found


def _band_shapes(rows: GradesOverTime, scale: _Scale) -> list[dict[str, Any]]:
    return [
        {
            "type": "rect",
            "layer": "below",
            "yref": "paper",
            "x0": start.isoformat(),
            "x1": end.isoformat(),
            "y0": 0,
            "y1": 1,
            "line": {"width": 0},
            "fillcolor": theme.BAND if place % 2 == 0 else theme.BAND_ALT,
        }
        for place, (_band, start, end) in enumerate(_stretches(rows, scale))
    ]


def _band_labels(rows: GradesOverTime, scale: _Scale) -> tuple[list[dict[str, Any]], int]:
    """Names above the bands in as many rows (at most three) as keep them apart.

    The window's label joins them. Returns the labels and the number of rows.
    """
    wanted = [(band.name, start) for band, start, _end in _stretches(rows, scale)]
    if rows.window:
        wanted.append(("next inspection, if as before", rows.window.earliest))
    labels = []
    taken = [-1e9, -1e9, -1e9]
    for name, start in wanted:
        size = text_width(name, SMALL) + 10
        at = min(scale.at(start), scale.px - size + 4)
        row = next((r for r, end in enumerate(taken) if end <= at), None)
        if row is None or at < 0:
            continue
        taken[row] = at + size
        is_moved = at < scale.at(start)
        labels.append(
            _note(
                text=theme.words(name),
                x=scale.last.isoformat() if is_moved else start.isoformat(),
                xanchor="right" if is_moved else "left",
                xshift=0 if is_moved else 1,
                y=1,
                yref="paper",
                yanchor="bottom",
                yshift=15 * row,
                borderpad=0,
                font={"size": SMALL, "color": theme.MUTED},
            )
        )
    return labels, sum(end > -1e9 for end in taken) or 1


def _marker_shapes(rows: GradesOverTime, scale: _Scale) -> list[dict[str, Any]]:
    """Today's line, and the window as a dashed frame with a dotted line at its middle."""
    line: dict[str, Any] = {"type": "line", "yref": "paper", "y0": 0, "y1": 1}
    today = rows.today.isoformat()
    shapes = [{**line, "x0": today, "x1": today, "line": {"color": theme.INK, "width": 2}}]
    if rows.window:
        earliest = max(rows.window.earliest, scale.first).isoformat()
        dashed = {"color": theme.MUTED, "width": 1.5, "dash": "5px,4px"}
        shapes.append(
            {
                "type": "rect",
                "yref": "paper",
                "x0": earliest,
                "x1": rows.window.latest.isoformat(),
                "y0": 0.01,
                "y1": 0.99,
                "line": dashed,
            }
        )
        middle = rows.window.likeliest.isoformat()
        dotted = {**dashed, "width": 1, "dash": "1px,3px"}
        shapes.append({**line, "x0": middle, "x1": middle, "line": dotted})
    return shapes


def _today_label(rows: GradesOverTime, scale: _Scale) -> list[dict[str, Any]]:
    is_near_edge = scale.room(rows.today, scale.last) < 44
    return [
        _note(
            text="today",
            x=rows.today.isoformat(),
            xanchor="right" if is_near_edge else "left",
            xshift=-3 if is_near_edge else 3,
            y=0,
            yref="paper",
            yanchor="bottom",
            font={"size": SMALL, "color": theme.INK},
        )
    ]


def _visits_y(names: list[str]) -> float:
    return len(names) - 0.5 + 0.3


def _stack_visits(visits: tuple[VisitMark, ...], scale: _Scale) -> list[int]:
    """For each visit the row it is drawn in, so that marks closer than 13 px do not touch."""
    ends: list[float] = []
    placed: dict[int, int] = {}
    for index in sorted(range(len(visits)), key=lambda i: visits[i].day):
        at = scale.at(visits[index].day)
        row = next((r for r, end in enumerate(ends) if end <= at), len(ends))
        ends[row : row + 1] = [at + 13]
        placed[index] = row
    return [placed[index] for index in range(len(visits))]


def _visit_points(rows: GradesOverTime, stacked: list[int]) -> list[go.Scatter]:
    base = _visits_y([name for _code, name in rows.lanes])
    kinds = dict.fromkeys((visit.kind, visit.kind_name) for visit in rows.visits)
    points = []
    for kind, kind_name in kinds:
        chosen = [(v, row) for v, row in zip(rows.visits, stacked, strict=True) if v.kind == kind]
        points.append(
            go.Scatter(
                mode="markers",
                name=theme.words(kind_name),
                x=[visit.day.isoformat() for visit, _row in chosen],
                y=[round(base + row * VISIT_ROW, 2) for _visit, row in chosen],
                marker={
                    "symbol": theme.visit_symbol(kind),
                    "size": 10,
                    "color": theme.INK,
                    "line": {"color": theme.INK, "width": 1.5},
                },
                cliponaxis=False,
                hovertext=[theme.words(_visit_told(visit)) for visit, _row in chosen],
                hoverinfo="text",
            )
        )
    return points


def _visit_told(visit: VisitMark) -> str:
    when = f"{visit.day:%B %Y}" if visit.precision == "month" else _day(visit.day)
    return ". ".join(part for part in (visit.kind_name, when, visit.topic) if part)
