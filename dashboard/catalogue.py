"""Every chart once: its question, figure, table, sentence and source joined.

A page, a picture and a download of the same chart all come from the same entry.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import plotly.graph_objects as go
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from dashboard import words
from dashboard.charts import grades_by_inspection, grades_held, grades_over_time
from dashboard.charts.svg import inline_svg
from inspections.queries.overview import HeldSeries
from inspections.rows import GradesHeld, GradesOverTime

MOST_PERIODS_ON_A_SLIDE = 16  # columns with their counts
NARROW = "narrow"  # asks for the phone's figure
SOURCE = "Ofsted inspection reports and workbooks (Open Government Licence v3.0)"


@dataclass(frozen=True)
class Chart:
    """A chart on a page. `narrow` is the picture for a phone, where it differs."""

    slug: str
    title: str
    sentence: str
    note: str
    source: str
    svg: SafeString
    narrow: SafeString | None
    columns: tuple[str, ...]
    cells: Callable[[], list[tuple[Any, ...]]]
    figure_url: str

    @cached_property
    def table(self) -> SafeString:
        """The body of the table, written where a page shows it."""
        return table_body(self.cells())

    @property
    def narrow_figure_url(self) -> str:
        """The address of the phone's figure, which the same question answers."""
        return f"{self.figure_url}{'&' if '?' in self.figure_url else '?'}{NARROW}=1"


@dataclass(frozen=True)
class Entry:
    """One kind of chart: what turns its rows into each of its parts."""

    slug: str
    title: Callable[[Any], str]
    sentence: Callable[[Any], str]
    figure: Callable[[Any], go.Figure]
    narrow: Callable[[Any], go.Figure] | None
    columns: Callable[[Any], tuple[str, ...]]
    cells: Callable[[Any], list[tuple[Any, ...]]]
    note: Callable[[Any], str]
    slide: Callable[[Any], go.Figure]
    """The figure for meeting mode, on the canvas of `charts.slide`."""

    glance: Callable[[Any], tuple[Any, str]] | None = None
    """Fewer rows, and what is left out in a sentence, for the preview in a chat."""

    sheets: Callable[[Any], list[tuple[Any, str]]] | None = None
    """The rows of each slide, and what it shows of all; without: all rows on one slide."""

    def at_a_glance(self, rows: Any) -> tuple[Any, str]:
        return self.glance(rows) if self.glance else (rows, "")

    def drawn(self, rows: Any, *, narrow: bool = False) -> go.Figure:
        """The figure; ``narrow``: the phone's, where it has one of its own."""
        return self.narrow(rows) if narrow and self.narrow else self.figure(rows)

    def slides(self, rows: Any) -> list[tuple[Chart, str]]:
        """The chart for meeting mode: each slide, and what it shows of all rows."""
        drawn = replace(self, figure=self.slide)
        sheets = self.sheets(rows) if self.sheets else [(rows, "")]
        return [
            (replace(drawn, slug=f"{self.slug}{place}").chart(part, figure_url=""), said)
            for place, (part, said) in enumerate(sheets)
        ]

    def chart(self, rows: Any, *, figure_url: str) -> Chart:
        """The chart with its pictures drawn."""
        title, sentence = self.title(rows), self.sentence(rows)

        def picture(figure: go.Figure, suffix: str, css_class: str) -> SafeString:
            # The renderer escapes every text that it writes.
            return mark_safe(  # noqa: S308
                inline_svg(
                    figure,
                    id_prefix=f"{self.slug}{suffix}",
                    title=title,
                    description=sentence,
                    css_class=css_class,
                )
            )

        return Chart(
            slug=self.slug,
            title=title,
            sentence=sentence,
            note=self.note(rows),
            source=SOURCE,
            svg=picture(self.figure(rows), "", "chart-wide" if self.narrow else ""),
            narrow=picture(self.narrow(rows), "-narrow", "chart-narrow") if self.narrow else None,
            columns=self.columns(rows),
            cells=lambda: self.cells(rows),
            figure_url=figure_url,
        )


def table_body(rows: list[tuple[Any, ...]]) -> SafeString:
    """Rows of cells; the first cell heads its row."""
    return format_html_join(
        "",
        '<tr><th scope="row">{}</th>{}</tr>',
        (
            (row[0], format_html_join("", "<td>{}</td>", ((cell,) for cell in row[1:])))
            for row in rows
        ),
    )


# Grades over time -----------------------------------------------------------------------


def _timeline_sentence(rows: GradesOverTime) -> str:
    starts = sorted({span.start for span in rows.spans})
    if not starts:
        return "No full inspection had been published by this day."
    years = f"in {starts[0].year}"
    if starts[-1].year > starts[0].year:
        years = f"from {starts[0].year} to {starts[-1].year}"
    return (
        f"{words.count(len(starts), 'full inspection')} of {rows.council_name} {years}, and "
        f"{words.count(len(rows.visits), 'visit')} in the record."
    )


def _timeline_cells(rows: GradesOverTime) -> list[tuple[Any, ...]]:
    return [
        (
            span.lane_name,
            span.grade.name if span.grade else "not graded",
            words.day(span.start),
            words.day(span.end) if span.end else f"held on {words.day(rows.today)}",
            span.framework_name,
            span.note,
        )
        for span in rows.spans
    ]


GRADES_OVER_TIME = Entry(
    slug="grades",
    title=lambda rows: "Grades over time",
    sentence=_timeline_sentence,
    figure=grades_over_time.figure,
    narrow=grades_by_inspection.figure,
    slide=grades_over_time.slide,
    columns=lambda rows: ("Area", "Grade", "From", "To", "Framework", "Note"),
    cells=_timeline_cells,
    note=lambda rows: (
        "A bar runs from one inspection to the next; on a phone a row is one inspection, newest "
        "first. ◇ focused visit ▲ monitoring visit ■ joint inspection ○ assurance visit: visits "
        "have no grade. Hatched: judged together with another area. Dashed: not graded."
    ),
)


# Grades held each half-year ---------------------------------------------------------------


def held_rows(series: HeldSeries) -> GradesHeld:
    """The series as the chart's rows."""
    return GradesHeld(
        area_name=series.lane.name,
        periods=tuple(row.day for row in series.periods),
        grades=series.grades,
        counts=tuple(row.counts for row in series.periods),
        not_inspected=tuple(row.not_inspected for row in series.periods),
        ungraded=tuple(row.ungraded for row in series.periods),
        no_longer_given=tuple(row.is_over for row in series.periods),
        ends=series.ends,
    )


def each_year(rows: GradesHeld, month: int = 3) -> GradesHeld:
    """The periods that end in one month: as many columns as a phone or a slide can label."""
    kept = [place for place, day in enumerate(rows.periods) if day.month == month]

    def pick(values: tuple) -> tuple:
        return tuple(values[place] for place in kept) if values else values

    return replace(
        rows,
        periods=pick(rows.periods),
        counts=pick(rows.counts),
        not_inspected=pick(rows.not_inspected),
        ungraded=pick(rows.ungraded),
        no_longer_given=pick(rows.no_longer_given),
    )


def _held_sheets(rows: GradesHeld) -> list[tuple[GradesHeld, str]]:
    if len(rows.periods) <= MOST_PERIODS_ON_A_SLIDE:
        return [(rows, "")]
    given = [
        d for d, is_over in zip(rows.periods, rows.no_longer_given, strict=True) if not is_over
    ]
    last = (given or rows.periods)[-1]  # the day of which the sentence tells
    said = f"Here: each {last:%B}; the half-years between are on the page."
    return [(each_year(rows, last.month), said)]


def _held_sentence(rows: GradesHeld) -> str:
    given = [
        (day, counts)
        for day, counts, is_over in zip(
            rows.periods, rows.counts, rows.no_longer_given, strict=True
        )
        if not is_over
    ]
    if not given:
        return "No inspection had been published by this day."
    day, counts = given[-1]
    total = sum(counts.values())
    parts = [f"{counts.get(grade.key, 0)} {grade.title}" for grade in rows.grades]
    ended = (
        f" The series ends there: inspections after {words.day(rows.ends)} do not grade it."
        if any(rows.no_longer_given) and rows.ends
        else ""
    )
    if not total:
        return f"At {words.day(day)} no council had a grade of its own.{ended}"
    return f"At {words.day(day)}, of {total} councils with a grade: {words.listing(parts)}.{ended}"


def _held_cells(rows: GradesHeld) -> list[tuple[Any, ...]]:
    return [
        (
            words.day(day),
            *(counts.get(grade.key, 0) for grade in rows.grades),
            sum(counts.values()),
            *((ungraded,) if any(rows.ungraded) else ()),
            waiting,
        )
        for day, counts, ungraded, waiting, is_over in zip(
            rows.periods,
            rows.counts,
            rows.ungraded,
            rows.not_inspected,
            rows.no_longer_given,
            strict=True,
        )
        if not is_over
    ]


GRADES_HELD = Entry(
    slug="grades-held",
    title=lambda rows: f"Grades held each half-year: {rows.area_name.lower()}",
    sentence=_held_sentence,
    figure=grades_held.figure,
    narrow=lambda rows: grades_held.figure(each_year(rows), narrow=True),
    slide=grades_held.slide,
    sheets=_held_sheets,
    columns=lambda rows: (
        "Day",
        *(grade.title for grade in rows.grades),
        "With a grade",
        *(("No grade of its own",) if any(rows.ungraded) else ()),
        "Not yet inspected",
    ),
    cells=_held_cells,
    note=lambda rows: (
        "The latest full inspection published by each day, of councils that existed then. "
        "Hatched: not yet inspected, or without a grade of its own in the area. "
        "On a phone the picture shows each March."
    ),
)
