"""The charts about all councils as charts with addresses: their rows and their tables."""

from dataclasses import replace
from typing import Any

from dashboard import catalogue_england, england_parts, england_questions, sharing
from dashboard.chart_pages import Answer, ChartKind, Shown
from dashboard.formats import Column, Table
from dashboard.previews import preview_of
from dashboard.state import Notice, to_slug
from dashboard.state_england import ChangesState, JourneysState, TimingState, UpcomingState
from inspections.queries.held import Among
from inspections.queries.journey import Journeys
from inspections.queries.moved import Changes
from inspections.queries.reporting import Reporting
from inspections.queries.upcoming import UpcomingPage


def answer_moves(found: Changes) -> Answer:
    rows = catalogue_england.moves_rows(found)

    def tables() -> tuple[Table, ...]:
        columns = (
            Column("area", "Code of the judgement area's lane"),
            Column("earlier_day", "The earlier day"),
            Column("earlier_grade", "Code of the grade held on the earlier day"),
            Column("later_day", "The later day"),
            Column("later_grade", "Code of the grade held on the later day"),
            Column("councils", "Councils inspected in between that moved so"),
        )
        cells = tuple(
            (found.lane.code, found.earlier, old.key, found.later, new.key,
             rows.counts.get((old.key, new.key), 0))
            for old in rows.grades
            for new in rows.grades
        )  # fmt: skip
        return (Table("moves", columns, cells),)

    return Answer(rows, tables, is_empty=not found.matrix)


def ask_moves(start: Any) -> Answer:
    """The sums of all councils asked about; what narrows the page's list alone is named."""
    state: ChangesState = start.state
    reason = "the chart counts every council compared; the list on the page of changes narrows"
    notices = tuple(
        Notice(name, to_slug(str(value)), reason)
        for name in ("direction", "steps", "was", "now")
        if (value := getattr(state, name)) is not None
    )
    return replace(answer_moves(england_questions.ask_changes(start, most=0)), notices=notices)


def answer_waiting(found: Journeys) -> Answer:
    overlay = england_questions.laid_over(found)
    rows = catalogue_england.waiting_rows(found, overlay)

    def tables() -> tuple[Table, ...]:
        steps = (
            Column("days", "Calendar days since the first day on site"),
            Column("at_risk", "Councils still watched and waiting just before"),
            Column("inspected_again", "Councils whose next full inspection began on this day"),
            Column("share_waiting", "Share (0-1) still waiting after it, Kaplan-Meier"),
        )
        cells = tuple(
            (step.days, step.at_risk, step.events, round(step.share_waiting, 4))
            for step in found.curve.steps
        )
        return (Table("waiting", steps, cells),)

    return Answer(rows, tables, is_empty=not found.total)


def answer_reporting(found: Reporting, start: Any) -> Answer:
    grades = catalogue_england.grade_names(start.book)
    rows = catalogue_england.reporting_rows(found, grades)

    def tables() -> tuple[Table, ...]:
        columns = (
            Column(found.by, f"The {rows.by_name}"),
            Column("reports", "Reports counted"),
            Column("quarter_within", "Days within which a quarter came out"),
            Column("median", "Days within which half came out"),
            Column("three_quarters_within", "Days within which three quarters came out"),
            Column("longest", "Days that the longest took"),
        )
        cells = tuple(
            (group.name, group.n, group.lower, group.median, group.upper, group.longest)
            for group in rows.groups
        )
        return (Table("reporting", columns, cells),)

    return Answer(rows, tables, is_empty=not found.groups)


def answer_windows(found: UpcomingPage, start: Any) -> Answer:
    rows = catalogue_england.windows_rows(found, start)

    def tables() -> tuple[Table, ...]:
        codes = england_parts.ons_codes(start)
        last = {row.slug: (row.reference, row.wait.start_date) for row in found.rows}
        columns = (
            Column("council", "The council's short name"),
            Column("ons_code", "The council's ONS code"),
            Column("council_slug", "The last part of the council's address on this site"),
            Column("last_inspection", "The last inspection's permanent reference"),
            Column("first_day_on_site", "Its first day on site; empty where not recorded"),
            Column("ofsted_region", "Ofsted's region"),
            Column("earliest", "10th percentile"),
            Column("likeliest", "50th percentile"),
            Column("latest", "90th percentile; empty: the cases show no end"),
            Column("is_past", "true: it has waited longer than 90% of cases"),
        )
        cells = tuple(
            (row.name, codes.get(row.slug), row.slug, *last[row.slug], row.region, row.earliest,
             row.likeliest, row.latest, "true" if row.is_past else "false")
            for row in rows.rows
        )  # fmt: skip
        return (Table("windows", columns, cells),)

    return Answer(rows, tables, is_empty=not rows.rows)


def ask_windows(start: Any) -> Answer:
    """The windows of the asked page; past the end those of the last."""
    size = england_questions.WINDOWS_A_PAGE
    start, found = england_parts.asked_page(start, england_questions.ask_upcoming, size)
    return answer_windows(found, start)


KINDS = (
    ChartKind(
        catalogue_england.MOVES,
        ChangesState,
        False,
        lambda start, council: ask_moves(start),
    ),
    ChartKind(
        catalogue_england.WAITING,
        JourneysState,
        False,
        lambda start, council: answer_waiting(england_questions.ask_journeys(start, most=0)),
    ),
    ChartKind(
        catalogue_england.REPORTING,
        TimingState,
        False,
        lambda start, council: answer_reporting(england_questions.ask_timing(start), start),
    ),
    ChartKind(
        catalogue_england.WINDOWS,
        UpcomingState,
        False,
        lambda start, council: ask_windows(start),
        rests_on=lambda state: Among(),  # a window rests on the waits of every council
    ),
)
MOVES, WAITING, REPORTING, WINDOWS = KINDS


def on_page(kind: ChartKind, start: Any, answer: Answer) -> dict[str, Any]:
    """The chart, its share panel and preview for a page that has asked already.

    Without rows there is the preview alone.
    """
    shown = Shown(kind, start, None, answer)
    seen = {"preview": preview_of(shown, page=start.path)}
    if answer.is_empty:
        return {"chart": None, **seen}
    return {"chart": shown.chart, "share": sharing.share(shown), **seen}
