"""Days from the last day on site to publication: the middle half and the median of each group."""

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import slide as canvas
from dashboard.charts import theme
from dashboard.charts.measure import text_width, wrapped

WIDTH, HEIGHT = 960, 340
NARROW_WIDTH, NARROW_ROW = 340, 34
LABEL_SIZE = 12
FEW = 6  # reports: a group of fewer has no bar


@dataclass(frozen=True)
class Reported:
    """One group of reports; days at which a quarter, half and three quarters were out."""

    name: str
    n: int
    lower: float
    median: float
    upper: float
    longest: int

    @property
    def is_few(self) -> bool:
        """Too few to say anything by their middle half: each report is a dot."""
        return self.n < FEW


@dataclass(frozen=True)
class Report:
    """One report: the place of its group, its days, and what is told of it."""

    place: int
    days: int
    told: str


@dataclass(frozen=True)
class ReportingGroups:
    """Groups in the order in which they stand. ``reports``: each by name, for exploring;
    ``single``: those of groups that are too small for a bar; ``own``: those of the council that a
    reader marks, whose name is ``marked``."""

    by_name: str
    groups: tuple[Reported, ...]
    reports: tuple[Report, ...] = ()
    single: tuple[Report, ...] = ()
    own: tuple[Report, ...] = ()
    marked: str = ""

    @property
    def drawn(self) -> tuple[tuple[int, Reported], ...]:
        """The groups that have a bar, each with its place."""
        return tuple(pair for pair in enumerate(self.groups) if not pair[1].is_few)


def figure(rows: ReportingGroups, *, narrow: bool = False) -> go.Figure:
    """A floating bar for the middle half with the median on it; lying bars on a phone."""
    return _lying(rows) if narrow else _upright(rows, WIDTH, HEIGHT)


def slide(rows: ReportingGroups, height: int = canvas.HEIGHT) -> go.Figure:
    """The bars for meeting mode."""
    return _upright(rows, canvas.WIDTH, height)


def _top(rows: ReportingGroups) -> float:
    days = [group.upper for _, group in rows.drawn] + [
        report.days for report in (*rows.reports, *rows.single, *rows.own)
    ]
    return max(days, default=10) * 1.12 + 4


def _upright(rows: ReportingGroups, width: int, height: int) -> go.Figure:
    groups = rows.groups
    places = list(range(len(groups)))
    room = (width - 64) / max(len(groups), 1)
    heads = [wrapped(group.name, room=room, size=LABEL_SIZE) for group in groups]
    lines = max((len(head) for head in heads), default=1)
    return theme.new_figure(
        [
            theme.bar(
                x=[place for place, _ in rows.drawn],
                base=[group.lower for _, group in rows.drawn],
                y=[group.upper - group.lower for _, group in rows.drawn],
                marker={"color": theme.SERIES_PALE},
                hovertext=_hovers(rows),
                hoverinfo="text",
                name="middle half of the reports",
            ),
            *_dots(rows, lying=False),
            _medians(rows, lying=False),
            *_rings(rows, lying=False),
        ],
        width=width,
        height=height,
        margin={"l": 46, "r": 10, "t": 20, "b": 40 + 16 * lines},
        barmode="overlay",
        bargap=0.4,
        xaxis=theme.axis(
            range=[-0.6, max(len(groups), 1) - 0.4],
            tickvals=places,
            ticktext=[
                "<br>".join([*(theme.words(line) for line in head), f"n {group.n}"])
                for head, group in zip(heads, groups, strict=True)
            ],
            tickfont={"size": LABEL_SIZE},
        ),
        yaxis=theme.axis(range=[0, _top(rows)], dtick=20, showgrid=True),
        annotations=[_unit()],
    )


def _lying(rows: ReportingGroups) -> go.Figure:
    groups = rows.groups
    places = list(range(len(groups)))
    names = [theme.words(f"{group.name} (n {group.n})") for group in groups]
    left = round(max((text_width(name, LABEL_SIZE) for name in names), default=20)) + 12
    return theme.new_figure(
        [
            theme.bar(
                orientation="h",
                y=[place for place, _ in rows.drawn],
                base=[group.lower for _, group in rows.drawn],
                x=[group.upper - group.lower for _, group in rows.drawn],
                width=0.55,
                marker={"color": theme.SERIES_PALE},
                hovertext=_hovers(rows),
                hoverinfo="text",
                name="middle half of the reports",
            ),
            *_dots(rows, lying=True),
            _medians(rows, lying=True),
            *_rings(rows, lying=True),
        ],
        width=NARROW_WIDTH,
        height=NARROW_ROW * max(len(groups), 1) + 60,
        margin={"l": left, "r": 12, "t": 44, "b": 16},
        barmode="overlay",
        xaxis=theme.axis(
            range=[0, _top(rows)], dtick=20, showgrid=True, title={"text": "days"}, side="top"
        ),
        yaxis=theme.axis(
            range=[max(len(groups), 1) - 0.5, -0.5],
            tickvals=places,
            ticktext=names,
            tickfont={"size": LABEL_SIZE},
        ),
    )


def _medians(rows: ReportingGroups, *, lying: bool) -> theme.Trace:
    places = [place for place, _ in rows.drawn]
    medians = [group.median for _, group in rows.drawn]
    return theme.scatter(
        x=medians if lying else places,
        y=places if lying else medians,
        mode="markers+text",
        marker={"symbol": "diamond", "size": 9, "color": theme.INK},
        text=[f"{median:.0f}" for median in medians],
        textposition="middle right",
        textfont={"size": LABEL_SIZE, "color": theme.INK, "weight": 700},
        hoverinfo="skip",
        name="median",
    )


def _dots(rows: ReportingGroups, *, lying: bool) -> list[theme.Trace]:
    """Every report as a dot, or those of small groups, spread over the breadth of a bar."""
    reports = rows.reports or rows.single
    if not reports:
        return []
    days = [report.days for report in reports]
    across = [
        report.place + (number * 0.618 % 1 - 0.5) * 0.5 for number, report in enumerate(reports)
    ]
    return [
        theme.scatter(
            x=days if lying else across,
            y=across if lying else days,
            mode="markers",
            marker={"size": 7, "color": theme.SERIES, "line": {"color": theme.PAPER, "width": 1}},
            hovertext=[theme.words(report.told) for report in reports],
            hoverinfo="text",
            name="one report",
        )
    ]


def _rings(rows: ReportingGroups, *, lying: bool) -> list[theme.Trace]:
    """The reports of the council that a reader marks, left of the medians."""
    days = [report.days for report in rows.own]
    across = [report.place - 0.2 for report in rows.own]
    ring = theme.scatter(
        x=days if lying else across,
        y=across if lying else days,
        mode="markers",
        marker={"symbol": "circle-open", "size": 12, "color": theme.INK, "line": {"width": 3}},
        hovertext=[theme.words(report.told) for report in rows.own],
        hoverinfo="text",
        name=theme.words(rows.marked),
    )
    return [ring] if rows.own else []


def _hovers(rows: ReportingGroups) -> list[str]:
    return [
        theme.words(
            f"{group.name}: half of {group.n} reports took {group.lower:.0f} to "
            f"{group.upper:.0f} days, median {group.median:.0f}, longest {group.longest}"
        )
        for _, group in rows.drawn
    ]


def _unit() -> dict[str, Any]:
    return {
        "showarrow": False,
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 1,
        "xanchor": "left",
        "yanchor": "bottom",
        "text": "days from the last day on site to publication",
        "font": {"size": 12, "color": theme.MUTED},
    }
