"""What charts on an axis of years share: the scale, framework bands, today and the window."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dashboard.charts import theme
from dashboard.charts.measure import text_width
from inspections.figure_rows import FrameworkBand, GradesOverTime, brief

SMALL = 12  # px
ROW = 16  # px from one row of band labels to the next
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

    def within(self, day: date) -> date:
        """What began before the picture is drawn from the picture's edge."""
        return max(day, self.first)

    def at(self, day: date) -> float:
        return self.room(self.first, day)


def scale_of(rows: GradesOverTime, *, px: float) -> Scale:
    """From a little before the first thing shown (at least a year before today), or from the day
    asked for, to a little after the last."""
    days = [span.start for span in rows.spans] + [visit.day for visit in rows.visits]
    first = rows.begins or min([*days, rows.today - timedelta(days=365)])
    first = min(first, rows.today - timedelta(days=180))
    last = max([*days, rows.today, *([rows.window.latest] if rows.window else [])])
    reach = (last - first).days
    before = 0 if rows.begins else max(reach // 60, 30)
    return Scale(first - timedelta(days=before), last + timedelta(days=reach // 30 + 30), px)


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
    """Names above the bands, of the window and of the day, in as many rows (at most four) as
    keep them apart. The day's own always finds room. Returns the labels and the number of rows.
    """
    wanted = [(rows.today_name, rows.today, theme.INK)]
    if rows.window:
        wanted.append(("next inspection, likely", rows.window.earliest, theme.MUTED))
    wanted += [(brief(band.name), start, theme.MUTED) for band, start, _ in _stretches(rows, scale)]
    labels: list[dict[str, Any]] = []
    taken: list[list[tuple[float, float]]] = [[], [], [], []]
    for name, start, colour in wanted:
        size = text_width(name, SMALL) + 10
        at = min(scale.at(start), scale.px - size + 4)
        row = next((r for r in taken if all(at + size <= a or b <= at for a, b in r)), None)
        if row is None or at < 0:
            continue
        row.append((at, at + size))
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
                yshift=ROW * next(i for i, held in enumerate(taken) if held is row),
                borderpad=0,
                font={"size": SMALL, "color": colour},
            )
        )
    return labels, sum(bool(row) for row in taken)


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


def day_in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
