"""The marks that both pictures of grades over time share: grade bars and visits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts import theme
from dashboard.charts.timeline import Scale, day_in_words
from inspections.figure_rows import GradeSpan, VisitMark

VISIT_SIZE = 10  # px


@dataclass(frozen=True)
class PlacedSpan:
    """A graded spell and where its bar lies, in the x axis's and y axis's own terms."""

    span: GradeSpan
    base: str | float
    length: float
    y: float
    text: str


@dataclass(frozen=True)
class PlacedVisit:
    visit: VisitMark
    x: str | float
    y: float


def grade_bars(
    placed: Iterable[PlacedSpan], *, thickness: float, size: float, anchor: str
) -> list[theme.Trace]:
    """One trace a grade, best first, so that the key has each once; hatched ones apart."""
    groups: dict[tuple[int, str, bool], list[PlacedSpan]] = {}
    for item in placed:
        if item.span.grade:
            key = (item.span.grade.place, item.span.grade.key, item.span.is_combined)
            groups.setdefault(key, []).append(item)
    bars: list[theme.Trace] = []
    named: set[str] = set()
    for key in sorted(groups):
        bars.append(_bar(groups[key], named=named, thickness=thickness, size=size, anchor=anchor))
        named.add(key[1])
    if any(is_combined for _order, _code, is_combined in groups):
        bars.append(theme.key_only(theme.TOGETHER_KEY, theme.together_marker()))
    return bars


def _bar(
    members: list[PlacedSpan], *, named: set[str], thickness: float, size: float, anchor: str
) -> theme.Trace:
    grade = members[0].span.grade
    assert grade is not None  # noqa: S101 - only graded spells are grouped
    colour = theme.grade_colour(grade.colour)
    marker: dict[str, Any] = {
        "color": colour.fill,
        "line": {"color": theme.PAPER, "width": theme.GAP},
    }
    is_combined = members[0].span.is_combined
    if is_combined:
        marker["pattern"] = theme.hatch(fgcolor=colour.text, bgcolor=colour.fill, opacity=0.4)
    return theme.bar(
        orientation="h",
        name=theme.words(f"{grade.letter} {grade.title}"),
        legendgroup=grade.key,
        showlegend=grade.key not in named,
        base=[item.base for item in members],
        x=[item.length for item in members],
        y=[item.y for item in members],
        width=thickness,
        marker=marker,
        # A hatched bar's words stand on a ground of their own: see the annotations.
        text=None if is_combined else [theme.words(item.text) for item in members],
        textposition="inside",
        insidetextanchor=anchor,
        textangle=0,
        constraintext="none",
        cliponaxis=False,
        textfont={"color": colour.text, "size": size, "weight": 700},
        hovertext=[theme.words(_span_told(item.span)) for item in members],
        hoverinfo="text",
    )


def plate(bar: float, *, pad: int) -> dict[str, Any]:
    """The height of a label's ground on a bar of ``bar`` px: the bar's own, less its edges."""
    return {"borderpad": pad, "height": round(bar - theme.GAP - 2 * (pad + 1), 1)}


def visit_points(placed: Iterable[PlacedVisit]) -> list[theme.Trace]:
    """One trace a kind of visit, in the order the kinds first occur."""
    kinds: dict[tuple[str, str], list[PlacedVisit]] = {}
    for item in placed:
        kinds.setdefault((item.visit.kind, item.visit.kind_name), []).append(item)
    return [
        theme.scatter(
            mode="markers",
            name=theme.words(kind_name),
            x=[item.x for item in members],
            y=[item.y for item in members],
            marker={
                "symbol": theme.visit_symbol(kind),
                "size": VISIT_SIZE,
                "color": theme.INK,
                "line": {"color": theme.INK, "width": 1.5},
            },
            cliponaxis=False,
            hovertext=[theme.words(_visit_told(item.visit)) for item in members],
            hoverinfo="text",
        )
        for (kind, kind_name), members in kinds.items()
    ]


def stacked(visits: Sequence[VisitMark], scale: Scale) -> list[int]:
    """For each visit the row it is drawn in, so that marks closer than 13 px do not touch."""
    ends: list[float] = []
    placed: dict[int, int] = {}
    for index in sorted(range(len(visits)), key=lambda i: visits[i].day):
        at = scale.at(visits[index].day)
        row = next((r for r, end in enumerate(ends) if end <= at), len(ends))
        ends[row : row + 1] = [at + 13]
        placed[index] = row
    return [placed[index] for index in range(len(visits))]


def _span_told(span: GradeSpan) -> str:
    """What a pointer is told about a bar."""
    grade = span.grade.name if span.grade else "Not graded"
    until = f" to {day_in_words(span.end)}" if span.end else ""
    parts = [f"{span.lane_name}: {grade}", f"{day_in_words(span.start)}{until}", span.note]
    return ". ".join(part for part in parts if part)


def _visit_told(visit: VisitMark) -> str:
    known = {"month": f"{visit.day:%B %Y}", "year": str(visit.day.year)}
    when = known.get(visit.precision) or day_in_words(visit.day)
    return ". ".join(part for part in (visit.kind_name, when, visit.topic) if part)
