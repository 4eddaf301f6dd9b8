"""What charts on an axis of years share: the scale, framework bands, today and the window."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dashboard.charts import theme
from dashboard.charts.measure import text_width
from inspections.figure_rows import FrameworkBand, GradesOverTime

SMALL = 11  # px
ROW = 15  # px from one row of band labels to the next
HALF_LABEL = 7  # px of a year's label beyond the margin


@dataclass(frozen=True)
class Scale:
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


def scale_of(rows: GradesOverTime, *, px: float) -> Scale:
    """From a little before the first thing shown (at least a year before today) to a little
    after the last."""
    days = [span.start for span in rows.spans] + [visit.day for visit in rows.visits]
    first = min([*days, rows.today - timedelta(days=365)])
    last = max([*days, rows.today, *([rows.window.latest] if rows.window else [])])
    reach = (last - first).days
    return Scale(
        first - timedelta(days=max(reach // 60, 30)), last + timedelta(days=reach // 30 + 30), px
    )


def time_axis(scale: Scale) -> dict[str, Any]:
    years = range(scale.first.year + 1, scale.last.year + 1)
    step = 1
    while years and len(years) / step * 40 > scale.px:
        step += 1
    # A year whose label would be cut off at the right edge goes without.
    shown = [
        year
        for year in years
        if year % step == 0 and scale.room(date(year, 1, 1), scale.last) >= HALF_LABEL
    ]
    return theme.axis(
        type="date",
        range=[scale.first.isoformat(), scale.last.isoformat()],
        tickvals=[f"{year}-01-01" for year in shown],
        ticktext=[str(year) for year in shown],
        ticks="outside",
        ticklen=5,
        tickfont={"size": 12, "color": theme.MUTED},
    )


def note(**settings: Any) -> dict[str, Any]:
    """A label without an arrow, standing where it is told to."""
    return {"showarrow": False, "xref": "x", "yref": "y", "yanchor": "middle", **settings}


def _stretches(rows: GradesOverTime, scale: Scale) -> list[tuple[FrameworkBand, date, date]]:
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


def band_shapes(rows: GradesOverTime, scale: Scale) -> list[dict[str, Any]]:
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


def band_labels(rows: GradesOverTime, scale: Scale) -> tuple[list[dict[str, Any]], int]:
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
            note(
                text=theme.words(name),
                x=scale.last.isoformat() if is_moved else start.isoformat(),
                xanchor="right" if is_moved else "left",
                xshift=0 if is_moved else 1,
                y=1,
                yref="paper",
                yanchor="bottom",
                yshift=ROW * row,
                borderpad=0,
                font={"size": SMALL, "color": theme.MUTED},
            )
        )
    return labels, sum(end > -1e9 for end in taken) or 1


def marker_shapes(rows: GradesOverTime, scale: Scale) -> list[dict[str, Any]]:
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


def today_label(rows: GradesOverTime, scale: Scale) -> list[dict[str, Any]]:
    is_near_edge = scale.room(rows.today, scale.last) < 44
    return [
        note(
            text=theme.words(rows.today_name),
            x=rows.today.isoformat(),
            xanchor="right" if is_near_edge else "left",
            xshift=-3 if is_near_edge else 3,
            y=0,
            yref="paper",
            yanchor="bottom",
            font={"size": SMALL, "color": theme.INK},
        )
    ]


def day_in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
