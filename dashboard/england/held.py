"""The chart of grades held each half-year: what is asked, drawn and told."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from dashboard import words
from dashboard.charted.entry import Entry
from dashboard.charted.kind import MEANINGS, Answer, ChartKind, Shown
from dashboard.charts import grades_held
from dashboard.data.columns import grade_counts, of
from dashboard.data.document import Table
from dashboard.data.html import PageTable
from dashboard.state import lists
from dashboard.state.address import (
    KIND,
    LANE,
    REGION,
    ViewState,
    param,
    read_council,
    read_year,
    to_slug,
)
from dashboard.state.controls import Field
from dashboard.state.opening import Opening
from inspections.figure_rows import GradesHeld
from inspections.framework_rows import Lane
from inspections.questions import overview
from inspections.questions.overview import HeldPeriod, HeldSeries
from inspections.rules.clock import a_year_before


@dataclass(frozen=True, kw_only=True)
class GradesHeldState(ViewState):
    area: str = param(LANE, default="help_and_protection", write=to_slug)
    region: str | None = param(REGION, write=to_slug)
    kind: str | None = param(KIND, write=to_slug)
    council: str | None = param(read_council)
    start: int | None = param(read_year, name="from")
    end: int | None = param(read_year, name="to")


HALF_A_YEAR = 183  # days
MOST_PERIODS_ON_A_SLIDE = 16  # columns with their counts


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
        latest=(series.latest.day, series.latest.counts) if series.latest else None,
        since=series.since,
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
        stood=pick(rows.stood),
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


def _given(rows: GradesHeld) -> dict[date, dict[str, int]]:
    """The counts of each day on which inspections graded the area."""
    periods = zip(rows.periods, rows.counts, rows.no_longer_given, strict=True)
    return {day: counts for day, counts, is_over in periods if not is_over}


def _held_title(rows: GradesHeld) -> str:
    """How many are good or better on the last day known, and how many were a year before, or at
    the half-year's end nearest to that; of how many is told again only where it is another."""
    given, area = _given(rows), rows.area_name.lower()
    day, counts = rows.latest or max(given.items(), default=(None, {}))
    if day is None or not any(counts.values()):
        return f"Grades held each half-year: {area}"
    total = sum(counts.values())
    said = (
        f"{_good(rows, counts)} of {total} councils were Good or better for {area} at "
        f"{words.day(day)}"
    )
    ago = a_year_before(day)
    before = min(given, key=lambda held: abs((held - ago).days))
    then = sum(given[before].values())
    if before == max(given) or abs((before - ago).days) > HALF_A_YEAR or not then:
        return said
    of = "" if then == total else f" of {then}"
    when = "a year before" if before == ago else f"in {words.month(before)}"
    return f"{said}, {_good(rows, given[before])}{of} {when}"


def _good(rows: GradesHeld, counts: Mapping[str, int]) -> int:
    return sum(counts.get(grade.key, 0) for grade in rows.grades if grade.is_good_or_better)


def _held_sentence(rows: GradesHeld) -> str:
    """What is held on the last day; where the record ends after the last column, that column too,
    and how many reports came out between the two."""
    given = _given(rows)
    if not given:
        return "No inspection had been published by this day."
    day, counts = max(given.items())
    ended = (
        f" The series ends there: inspections after {words.day(rows.ends)} do not grade it."
        if any(rows.no_longer_given) and rows.ends
        else ""
    )
    if not sum(counts.values()):
        return f"At {words.day(day)} no council had a grade of its own.{ended}"
    where, column = "", ""
    if rows.latest:
        numbers = [str(counts.get(grade.key, 0)) for grade in rows.grades]
        column = (
            f" The last column, {words.day(day)}, holds {words.listing(numbers)}: "
            f"{words.count(rows.since, 'full report')} came out since."
        )
        where, (day, counts) = ", where this record ends", rows.latest
    parts = [f"{counts.get(grade.key, 0)} {grade.title}" for grade in rows.grades]
    total = sum(counts.values())
    return (
        f"At {words.day(day)}{where}, of {total} councils with a grade: {words.listing(parts)}."
        f"{column}{ended}{_marked_words(rows, max(given))}"
    )


def _marked_words(rows: GradesHeld, day: date) -> str:
    """Where the marked council stood on the day, with the key of its mark."""
    if not rows.marked:
        return ""
    held = dict(zip(rows.periods, rows.stood, strict=True)).get(day, "")
    name = next((grade.name for grade in rows.grades if grade.key == held), "no grade of its own")
    return f" {rows.marked}, framed: {name}."


GRADES_HELD = Entry(
    slug="grades-held",
    title=_held_title,
    sentence=_held_sentence,
    figure=grades_held.figure,
    narrow=lambda rows: grades_held.figure(each_year(rows), narrow=True),
    slide=grades_held.slide,
    offers="zoom into years, hide grades",
    sheets=_held_sheets,
    note=lambda rows: (
        "The latest full inspection published by each day, of councils that existed then. "
        "Hatched: not yet inspected, or without a grade of its own in the area. "
        "On a phone the picture shows each March. Grades on any date tells of every other day."
    ),
)


class HalfYear(NamedTuple):
    """What councils held in one area at a half-year's end."""

    period: HeldPeriod
    lane: Lane


def ask_held(start: Opening, council: None = None) -> Answer:
    lane = start.book.lane(start.state.area)
    among = lists.among_in(start.state)
    series = overview.held_series(start.record, start.day, lane, among)
    first, last = start.state.start or 0, start.state.end or start.day.year
    kept = tuple(row for row in series.periods if first <= row.day.year <= last)
    series = replace(series, periods=kept)
    rows: GradesHeld = held_rows(series)
    marked, notices = lists.marked_council(start)
    if marked:
        stood = overview.held_by(start.record, marked, lane, rows.periods)
        rows = replace(rows, marked=marked.short_name, stood=tuple(stood))

    def table() -> PageTable:
        columns = (
            *of("period", "day"),
            *of("", "lane"),
            *grade_counts(lists.grades_given(start), "period.counts"),
            *of("period", "with_a_grade", "no_own_grade", "not_yet_inspected"),
        )
        kept = tuple(HalfYear(row, series.lane) for row in series.periods if not row.is_over)
        ungraded = ["no_own_grade"] if any(rows.ungraded) else []
        grades = [grade.key for grade in series.grades]
        shown = ["day", *grades, "with_a_grade", *ungraded, "not_yet_inspected"]
        return PageTable(Table("grades_held", columns, kept), shown)

    return Answer(rows, table, is_empty=not series.periods, notices=notices)


def choices(shown: Shown) -> tuple[tuple[Field, ...], ...]:
    return (
        (
            lists.area_field(shown.start.book),
            lists.region_field(),
            lists.kind_field(),
            lists.council_field(shown.start, "Mark a council"),
            *lists.year_fields(shown.start),
        ),
    )


def beside(start: Opening) -> Shown:
    """The chart for a page that is about the same area and the same councils."""
    names = ("as_at", "known", "area", "region", "kind")
    shared: dict[str, Any] = {name: getattr(start.state, name, None) for name in names}
    return OF_ENGLAND.show(replace(start, state=GradesHeldState(**shared)), None)


OF_ENGLAND = ChartKind(
    GRADES_HELD, GradesHeldState, False, ask_held, choices=choices, below=MEANINGS
)
