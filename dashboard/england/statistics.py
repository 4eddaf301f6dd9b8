"""Grades held on a day by either clock: the table, the marks beside official figures, the file."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import plotly.graph_objects as go
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from dashboard import words
from dashboard.charted.banner import of_england
from dashboard.charted.card import Card, preview
from dashboard.charted.card_picture import card_picture
from dashboard.charts import card as drawing
from dashboard.data.columns import grade_counts, of
from dashboard.data.described import page_csv
from dashboard.england import held as grades_held
from dashboard.england.page import WIDE_ALONE, answer, at_hand, in_figure
from dashboard.england.statistics_words import clock_words, day_of, not_judged_words, sentence
from dashboard.http.answers import asks
from dashboard.state import lists
from dashboard.state.address import (
    HELP,
    KIND,
    LANE,
    REGION,
    ViewState,
    one_of,
    param,
    to_slug,
)
from dashboard.state.controls import Field, filters
from dashboard.state.opening import Opening, opening
from inspections.country_rows import OfficialFigure
from inspections.diff import OFFICIAL
from inspections.figure_rows import CardBar
from inspections.framework_rows import FrameworkBook, Grade
from inspections.questions.official_figures import rounded
from inspections.questions.positions import ofsteds_rule
from inspections.questions.published import Published, releases
from inspections.questions.statistics import AREA, BY, CouncilGroup, Statistics, statistics
from inspections.rules.position import OfstedRule, PublishedBy, Reading
from inspections.vocabulary import CouncilKind, FigureUnit, Region, RegionScheme


@dataclass(frozen=True, kw_only=True)
class StatisticsState(ViewState):
    """Grades held. `reading` is the clock: published by the day, or Ofsted's own rule."""

    by: str = param(one_of(*BY, what="table"), default=AREA)
    area: str = param(LANE, default=HELP, write=to_slug)
    reading: str = param(one_of("published", "ofsted", what="clock"), default="published")
    regions: str = param(one_of("ofsted", "ons", what="set of regions"), default="ofsted")
    region: str | None = param(REGION, write=to_slug)
    kind: str | None = param(KIND, write=to_slug)


def ask_statistics(start: Opening) -> Statistics:
    state: StatisticsState = start.state
    day = start.day
    released = releases(start.record)
    reading: Reading = PublishedBy(day)
    if state.reading == "ofsted":
        reading = ofsteds_rule(start.record, day, released.get(day))
    found = statistics(
        start.record,
        by=state.by,
        lane=start.book.lane(state.area),
        reading=reading,
        among=lists.among_of(state.region, state.kind, state.regions),
    )
    return replace(found, released=tuple(released))


READINGS = (
    ("published", "published by the day"),
    ("ofsted", "Ofsted's own rule"),
)

BY_WORDS = (
    ("area", "judgement area"),
    ("region", "region"),
    ("kind", "kind of council"),
    ("framework", "framework"),
)


def context(found: Statistics, start: Opening, path: str) -> dict[str, Any]:
    state: StatisticsState = start.state
    rows = [row for row in ordered(found, start.book) if row[1].councils]
    return {
        "found": found,
        "lane": found.lane,
        "sentence": sentence(found, start),
        "clock_words": clock_words(found.reading, start.told_to),
        "not_judged": not_judged_words(found, start),
        "by_words": dict(BY_WORDS)[found.by],
        "rows": table_rows(found, rows),
        "total": _line(found, found.total, "All") if found.by not in {"area"} else None,
        "published": [published_words(row, found) for row in found.published],
        **in_figure(grades_held.beside(start)),
        "released": [
            (words.day(day), state.but(as_at=day, reading="ofsted").url(path))
            for day in found.released
        ],
        "csv_url": state.url("/england/statistics.csv"),
        "at_hand": at_hand(
            start,
            [
                ("Day", day_of(found, start)),
                ("Good or better", f"{found.total.count(found.good)} of {found.total.graded}"),
                ("Councils", str(found.total.councils)),
            ],
            [
                ("#official", "Checked against Ofsted's figures"),
                ("/england/changes/", "What changed"),
                ("/england/journeys/", "After a grade"),
                ("/england/upcoming/", "When the next are likely"),
                (state.url("/england/statistics.csv"), "This table as CSV"),
            ],
        ),
        "filters": filters(
            state,
            path,
            [
                Field(
                    "as_at",
                    "Grades on",
                    kind="date",
                    usual=None if state.as_at else start.told_to,
                ),
                Field("by", "A row for each", BY_WORDS),
                lists.area_field(start.book),
            ],
            [
                Field("reading", "Inspections counted", READINGS),
                Field(
                    "regions", "Set of regions", [(row.value, row.label) for row in RegionScheme]
                ),
                lists.region_field(),
                lists.kind_field(),
            ],
        ),
    }


def ordered(found: Statistics, book: FrameworkBook) -> list[tuple[str, CouncilGroup]]:
    """The rows with the names that a reader sees: areas in their order, the rest by name."""
    if found.by == "area":
        names = {lane.code: lane.name for lane in book.choosable_lanes}
        by_key = {row.key: row for row in found.groups}
        return [(names[code], by_key[code]) for code in names if code in by_key]
    if found.by == "framework":
        order = [row.code for row in book.in_order]
        frameworks = {row.code: row.title for row in book.in_order}
        rows = sorted(
            found.groups, key=lambda row: order.index(row.key) if row.key in order else 99
        )
        return [(frameworks.get(row.key, "None yet"), row) for row in rows]
    label = Region.label_of if found.by == "region" else CouncilKind.label_of
    return sorted(((label(row.key), row) for row in found.groups), key=lambda item: item[0])


def _line(found: Statistics, group: CouncilGroup, name: str) -> SafeString:
    """On a phone each number stands behind its own head, and what none has is left out."""
    cells = [
        *((grade.letter, group.by_grade[grade.key]) for grade in found.grades),
        ("n", group.graded),
        (
            "Good or better",
            f"{group.count(found.good)} ({lists.percent(group.share(found.good))})",
        ),
        ("Judged jointly", group.combined or "–"),
        ("Not judged", group.not_judged or "–"),
        ("Not yet inspected", group.not_inspected or "–"),
    ]
    return format_html(
        '<tr><th scope="row">{}</th>{}</tr>',
        name,
        format_html_join(
            "",
            '<td data-label="{}"{}>{}</td>',
            ((label, WIDE_ALONE if cell == "–" else "", cell) for label, cell in cells),
        ),
    )


def table_rows(found: Statistics, rows: list[tuple[str, CouncilGroup]]) -> SafeString:
    return format_html_join("", "{}", ((_line(found, group, name),) for name, group in rows))


def published_words(answer: Published, found: Statistics) -> dict[str, Any]:
    """One published figure beside ours: what it is of, both values, matches or differs."""
    key, figure = answer
    group = next((g for g in found.groups if g.key == key and key), found.total)
    number = group.count(frozenset(figure.grades)) if figure.grades else group.graded
    ours: Decimal | None = Decimal(number)
    if figure.unit == FigureUnit.COUNT:
        unit = ""
    else:
        share = number / group.graded if group.graded else None
        ours, unit = rounded(share, figure.unit), "%"
    matches = ours == figure.value
    return {
        "what": _what(key, figure, found),
        "theirs": f"{figure.value.normalize():f}{unit}",
        "ours": f"{ours.normalize():f}{unit}" if ours is not None else "nothing to count",
        "matches": matches,
        "mark": (
            ("matches Ofsted's published figure" if figure.is_official else "matches this count")
            if matches
            else f"differs, because: {figure.difference}"
            if figure.difference
            else "differs; the reason is not known"
        ),
        "title": figure.source.title,
        "url": figure.source.url,
    }


def _what(key: str, figure: OfficialFigure, found: Statistics) -> str:
    names = {grade.key: grade.title for grade in found.grades}
    grades = words.listing([names.get(code, code) for code in figure.grades]) or "with a grade"
    if key in Region._value2member_map_:
        return f"{grades}, {Region.label_of(key)}"
    return f"{grades}, {key.replace('_', ' ')}" if key else grades


class StatisticsLine(NamedTuple):
    """One group of councils by its name; `grade` where a line is of one grade alone."""

    name: str
    group: CouncilGroup
    found: Statistics
    grade: Grade | None = None

    @property
    def lane(self) -> str:
        return self.group.key if self.found.by == AREA else self.found.lane.code

    @property
    def reading(self) -> str:
        return "ofsted" if isinstance(self.found.reading, OfstedRule) else "published"

    @property
    def cut_off_date(self) -> date | None:
        reading = self.found.reading
        return reading.cut_off if isinstance(reading, OfstedRule) else None

    @property
    def good_or_better(self) -> int:
        return self.group.count(self.found.good)

    @property
    def councils_holding(self) -> int:
        return self.group.by_grade[self.grade.key] if self.grade else 0

    @property
    def share_holding(self) -> float | None:
        return self.councils_holding / self.group.graded if self.group.graded else None


GROUP = (*of("found", "by"), *of("group", "group"), *of("", "group_name", lane="lane"))
COUNTED = (
    *of("group", "with_a_grade"),
    *of("", "good_or_better"),
    *of("group", "judged_together", "not_judged", "not_yet_inspected", "councils"),
    *of("", "reading", "cut_off_date"),
)
BY_GRADE = (*GROUP, *of("", "grade", "councils_holding", "share_holding"), *COUNTED)


def lines(found: Statistics, book: FrameworkBook) -> list[StatisticsLine]:
    return [StatisticsLine(name, group, found) for name, group in ordered(found, book)]


def lines_by_grade(found: Statistics, book: FrameworkBook) -> list[StatisticsLine]:
    """A line for each grade of a group, one without a grade where none is held."""
    return [
        line._replace(grade=grade)
        for line in lines(found, book)
        for grade in (found.grades if line.group.graded else (None,))
    ]


def card(found: Statistics, start: Opening) -> Card:
    state = start.state
    by = dict(BY_WORDS)[found.by]
    name = found.lane.name.lower()
    what = "in every judgement area" if found.by == "area" else f"for {name}, by {by}"
    rule = ", by Ofsted's own rule" if state.reading == "ofsted" else ""
    place = lists.place(state)

    def figure() -> go.Figure:
        rows = [
            CardBar(name, dict(group.by_grade))
            for name, group in ordered(found, start.book)
            if group.graded
        ]
        return drawing.bars(rows, found.grades)

    title = f"{place}: grades held {what}{rule}"
    said = sentence(found, start)
    return Card(title, said, "/england/statistics/", figure)


@asks(StatisticsState)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    start = opening(request, StatisticsState)
    found = ask_statistics(start)
    among = lists.among_in(start.state)
    scope = of_england(among, start, reference_data=frozenset({OFFICIAL}))
    shown = context(found, start, request.path)
    shown["preview"] = preview(card(found, start), start)
    return answer(request, "statistics", start, scope, shown)


@asks(StatisticsState)
@require_safe
def csv(request: HttpRequest) -> HttpResponse:
    """The page's table: counts by grade and the denominators, one line a group."""
    start = opening(request, StatisticsState)
    found = ask_statistics(start)
    columns = (*GROUP, *grade_counts(lists.grades_given(start), "group.by_grade"), *COUNTED)
    name = f"grades-held-{to_slug(found.lane.code)}-by-{found.by}"
    return page_csv(name, columns, lines(found, start.book), start)


@asks(StatisticsState)
@require_safe
def picture(request: HttpRequest) -> HttpResponse:
    return card_picture(request, StatisticsState, lambda start: card(ask_statistics(start), start))
