"""Grades over time for a phone: turned round, newest inspection first, one row of letters each.

The axes are in px of the whole picture, y downwards, so that nothing needs sideways scrolling.
Visits stand in a slim row above the inspection they followed.
"""

from dataclasses import dataclass, field
from datetime import date
from math import ceil
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.charts.marks import PlacedSpan, PlacedVisit, grade_bars, visit_points
from dashboard.charts.measure import first_that_fits, key_height, text_width, wrapped
from inspections.figure_rows import GradesOverTime, GradeSpan, VisitMark, brief

WIDTH = 340
LEFT = 78  # px for the dates
ROW = 38  # px an inspection takes
CELL = 34  # px of it filled
VISIT_ROW = 24
MARK = 16  # px from one visit's mark to the next
HEAD_SIZE, DATE_SIZE, LETTER_SIZE, SMALL = 11, 13, 15, 11


@dataclass
class _Row:
    """An inspection with the visits that followed it before the next one."""

    start: date
    framework_name: str
    spans: list[GradeSpan]
    visits: list[VisitMark] = field(default_factory=list)


def figure(rows: GradesOverTime) -> go.Figure:
    """Cells of letters, ``WIDTH`` px wide and as high as the history needs."""
    column = (WIDTH - LEFT) / max(len(rows.lanes), 1)
    column_at = {code: LEFT + column * i for i, (code, _name) in enumerate(rows.lanes)}
    notes, shapes, at = _heads(rows, column)
    cells: list[PlacedSpan] = []
    marks: list[PlacedVisit] = []
    for row in _history(rows):
        lines = _visit_lines(row.visits)
        if lines:
            notes.append(_words("visits", 0, at + VISIT_ROW / 2, SMALL, theme.MUTED))
        for line in lines:
            marks.extend(
                PlacedVisit(visit, LEFT + MARK * (i + 0.5), round(at + VISIT_ROW / 2, 1))
                for i, visit in enumerate(line)
            )
            at += VISIT_ROW
        if row.spans:
            middle = at + ROW / 2
            notes.extend(_date_notes(row, middle))
            for span in row.spans:
                letter = span.grade.letter if span.grade else ""
                left, y = round(column_at[span.lane], 1), round(middle, 1)
                cells.append(PlacedSpan(span, left, round(column, 1), y, letter))
                if span.grade is None:
                    shapes.append(_empty(column_at[span.lane], column, middle))
                    notes.append(_centred("–", column_at[span.lane] + column / 2, middle))
                elif span.is_combined:
                    notes.append(_letter(span, column_at[span.lane] + column / 2, middle))
            at += ROW
    bars = grade_bars(cells, thickness=CELL, size=LETTER_SIZE, anchor="middle")
    points = visit_points(sorted(marks, key=lambda mark: mark.visit.kind))
    foot = 10 + key_height(theme.key_names([*bars, *points]), WIDTH - 4)
    return theme.new_figure(
        [*bars, *points],
        width=WIDTH,
        height=round(at) + foot,
        margin={"l": 0, "r": 0, "t": 0, "b": foot},
        barmode="overlay",
        bargap=0,
        showlegend=True,
        legend=theme.key_below(),
        xaxis=theme.axis(range=[0, WIDTH], showticklabels=False),
        yaxis=theme.axis(range=[round(at), 0], showticklabels=False),
        shapes=shapes,
        annotations=notes,
    )


def _history(rows: GradesOverTime) -> list[_Row]:
    """Inspections newest first; a first row without spans holds visits before any of them."""
    lanes = {code for code, _name in rows.lanes}
    found: dict[tuple[date, str], _Row] = {}
    for span in rows.spans:
        if span.lane in lanes:
            key = (span.start, span.inspection_ref)
            found.setdefault(key, _Row(span.start, span.framework_name, [])).spans.append(span)
    history = [found[key] for key in sorted(found)]
    before = _Row(date.min, "", [])
    for visit in sorted(rows.visits, key=lambda v: v.day):
        earlier = [row for row in history if row.start <= visit.day]
        (earlier[-1] if earlier else before).visits.append(visit)
    return [*reversed(history), before]


def _visit_lines(visits: list[VisitMark]) -> list[list[VisitMark]]:
    """Visits oldest first from left to right, broken into lines, the newest line on top."""
    most = int((WIDTH - LEFT) / MARK)
    return [visits[i : i + most] for i in range(0, len(visits), most)][::-1]


def _words(
    said: str, x: float, y: float, size: float, colour: str, *, bold: bool = False, **more: Any
) -> dict[str, Any]:
    return {
        "showarrow": False,
        "xref": "x",
        "yref": "y",
        "x": x,
        "y": y,
        "xanchor": "left",
        "yanchor": "middle",
        "borderpad": 0,
        "text": theme.words(said),
        "font": {"size": size, "color": colour, **({"weight": 700} if bold else {})},
        **more,
    }


def _centred(text: str, x: float, y: float) -> dict[str, Any]:
    return _words(text, x, y, LETTER_SIZE, theme.MUTED, xanchor="center")


def _letter(span: GradeSpan, x: float, y: float) -> dict[str, Any]:
    """A hatched cell's letter, on plain ground so that the hatch does not cross it."""
    assert span.grade is not None  # noqa: S101 - the caller has looked
    colour = theme.grade_colour(span.grade.colour)
    return _words(
        span.grade.letter,
        x,
        y,
        LETTER_SIZE,
        colour.text,
        bold=True,
        xanchor="center",
        bgcolor=colour.fill,
        borderpad=2,
    )


def _heads(
    rows: GradesOverTime, column: float
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], float]:
    """The lanes' names above their columns, by turns above one another where a word is wider than
    a column, with a line down to its column from a name that does not stand on it.

    Returns the labels, the lines and where the first row begins.
    """
    tiers, wanted = _tiers([name for _code, name in rows.lanes], column)
    tier_of = [(len(wanted) - 1 - place) % tiers for place in range(len(wanted))]
    tall = [0.0] * tiers
    for tier, lines in zip(tier_of, wanted, strict=True):
        tall[tier] = max(tall[tier], len(lines) * HEAD_SIZE * 1.3)
    height = sum(tall) + 4 * (tiers - 1) + 8
    notes, drops = [], []
    for place, (tier, lines) in enumerate(zip(tier_of, wanted, strict=True)):
        middle = LEFT + column * (place + 0.5)
        foot = round(height - 3 - sum(tall[:tier]) - 4 * tier, 1)
        if tier:
            drops.append(_drop(round(middle, 1), foot, height))
        over = max(text_width(line, HEAD_SIZE) for line in lines) / 2 - (WIDTH - middle)
        more = {"x": WIDTH, "xanchor": "right"} if over > 0 else {"xanchor": "center"}
        notes.append(
            _words("", middle, foot, HEAD_SIZE, theme.INK)
            | {
                "text": "<br>".join(theme.words(line) for line in lines),
                "yanchor": "bottom",
                "align": "center",
                **({"bgcolor": theme.PAPER} if tiers > 1 else {}),
                **more,
            }
        )
    return notes, drops, height


def _tiers(names: list[str], column: float) -> tuple[int, list[list[str]]]:
    """In how many tiers the longest word has room, and the lines of each name."""
    words = " ".join(names).split()
    longest = max((text_width(word, HEAD_SIZE) for word in words), default=0)
    wanted = [wrapped(name, room=max(column - 2, longest), size=HEAD_SIZE) for name in names]
    return max(1, ceil((longest + 2) / column)), wanted


def _drop(x: float, top: float, bottom: float) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": x,
        "x1": x,
        "y0": top,
        "y1": round(bottom - 2, 1),
        "line": {"color": theme.LINE, "width": 1},
    }


def _date_notes(row: _Row, middle: float) -> list[dict[str, Any]]:
    """The month of the inspection and, where there is room, its framework below."""
    framework = first_that_fits((brief(row.framework_name),), room=LEFT - 8, size=SMALL)
    month = f"{row.start:%b %Y}"
    shift = 8 if framework else 0
    notes = [_words(month, 0, middle - shift, DATE_SIZE, theme.INK, bold=True)]
    if framework:
        notes.append(_words(framework, 0, middle + 8, SMALL, theme.MUTED))
    return notes


def _empty(x: float, column: float, middle: float) -> dict[str, Any]:
    return {
        "type": "rect",
        "x0": x + 2,
        "x1": x + column - 2,
        "y0": middle - CELL / 2 + 1,
        "y1": middle + CELL / 2 - 1,
        "line": {"color": theme.MUTED, "width": 1.5, "dash": "4px,3px"},
    }
