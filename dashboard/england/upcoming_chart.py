"""Windows: what is asked and drawn."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dashboard import words
from dashboard.charted.entry import Entry
from dashboard.charted.kind import Answer, ChartKind, Shown
from dashboard.charts import windows as drawing
from dashboard.data.columns import IDS, of
from dashboard.data.document import Table
from dashboard.data.html import PageTable
from dashboard.state import lists
from dashboard.state.address import (
    KIND,
    REGION,
    ViewState,
    one_of,
    page_param,
    param,
    read_council,
    to_slug,
)
from dashboard.state.controls import Field
from dashboard.state.opening import Opening
from inspections.figure_rows import WindowRow, WindowsChart
from inspections.questions.among import Among
from inspections.questions.upcoming import (
    NAME,
    SOON_DAYS,
    SORTS,
    START,
    UpcomingPage,
    upcoming,
)
from inspections.questions.upcoming import (
    REGION as BY_REGION,
)
from inspections.questions.waits import Upcoming
from inspections.rules.outcomes import Standing
from inspections.rules.windows import WindowStatus
from inspections.vocabulary import Region


@dataclass(frozen=True, kw_only=True)
class UpcomingState(ViewState):
    """Windows; that of `council` stands before all others."""

    region: str | None = param(REGION, write=to_slug)
    kind: str | None = param(KIND, write=to_slug)
    council: str | None = param(read_council)
    outcome: str | None = param(one_of(*Standing, what="kind of outcome"), write=to_slug)
    status: str | None = param(one_of(*WindowStatus, what="state of a window"), write=to_slug)
    sort: str = param(one_of(*SORTS, what="order"), default=START)
    page: int = page_param()


WINDOWS_A_PAGE = 160


def ask_upcoming(start: Opening, *, whole: bool = False) -> UpcomingPage:
    """The asked page of windows, or all of them for a file or a feed."""
    state: UpcomingState = start.state
    return upcoming(
        start.record,
        start.day,
        among=lists.among_of(state.region, state.kind),
        standing=state.outcome or "",
        status=state.status or "",
        sort=state.sort,
        council=state.council or "",
        first=0 if whole else lists.asked_first(state, WINDOWS_A_PAGE),
        most=None if whole else WINDOWS_A_PAGE,
    )


PAST = {WindowStatus.PAST, WindowStatus.BEYOND}

MOST_AT_A_GLANCE = 14  # windows that a preview can hold


def window_row(row: Upcoming) -> WindowRow | None:
    """A window as pictures draw it; None for one without days."""
    window = row.window
    if window.earliest_date is None or window.median_date is None:
        return None
    return WindowRow(
        name=row.council.short_name,
        slug=row.council.slug,
        region=Region.label_of(row.council.ofsted_region),
        earliest=window.earliest_date,
        likeliest=window.median_date,
        latest=window.latest_date,
        is_past=window.status in PAST,
    )


def windows_rows(found: UpcomingPage, start: Opening) -> WindowsChart:
    """The windows that have days; a council without any is in the list alone."""
    asked = start.state.council
    return WindowsChart(
        rows=tuple(filter(None, map(window_row, found.rows))),
        today=start.seen_to,
        is_by_region=start.state.sort == "region",
        today_name=start.today_name,
        marked=next((r.council.short_name for r in found.rows if r.council.slug == asked), ""),
    )


def _windows_title(rows: WindowsChart) -> str:
    past = sum(row.is_past for row in rows.rows)
    begun = sum(not row.is_past and row.earliest <= rows.today for row in rows.rows)
    return (
        f"{words.count(begun, 'council')} in the likely window of the next full inspection, "
        f"{past} past it"
    )


def _windows_sentence(rows: WindowsChart) -> str:
    by = rows.today + timedelta(days=SOON_DAYS)
    soon = sum(not row.is_past and rows.today < row.earliest <= by for row in rows.rows)
    return (
        f"Of {words.count(len(rows.rows), 'window')} as at {words.day(rows.today)}; {soon} more "
        f"begin after that day, by {words.month(by)}. Past: longer than 9 in 10 such waits."
        f"{f' Framed: {rows.marked}.' if rows.marked else ''}"
    )


def _windows_glance(rows: WindowsChart) -> tuple[WindowsChart, str]:
    if len(rows.rows) <= MOST_AT_A_GLANCE:
        return rows, ""
    shown = replace(rows, rows=rows.rows[:MOST_AT_A_GLANCE])
    return shown, f"Here: the first {MOST_AT_A_GLANCE} of {len(rows.rows)}."


def _windows_sheets(rows: WindowsChart) -> list[tuple[WindowsChart, str]]:
    shown, total = drawing.first_lines(rows), len(rows.rows)
    if len(shown.rows) == total:
        return [(rows, "")]
    return [(shown, f"Here: the first {len(shown.rows)} of {total}; the rest is on the page.")]


WINDOWS = Entry(
    slug="windows",
    glance=_windows_glance,
    title=_windows_title,
    sentence=_windows_sentence,
    figure=drawing.figure,
    narrow=lambda rows: drawing.figure(rows, narrow=True),
    slide=drawing.slide,
    explored=drawing.explored,
    offers="every window at once, with zoom",
    sheets=_windows_sheets,
    note=lambda rows: (
        "Bar: from when 1 in 10 to when 9 in 10 councils had been inspected again after the same "
        "kind of outcome, given the wait so far; its mark: half. History, not a schedule."
    ),
)


WINDOW = (
    *of("council", *IDS, "ofsted_region", "ons_region"),
    *of("inspection", "inspection", "start_date", "publication_date"),
    *of("wait", "outcome", "outcome_read_from"),
    *of(
        "window", "status", "earliest_date", "median_date", "latest_date",
        "share_waiting_longer", "cases", "cases_re_inspected", "is_pooled", "seen_from_date",
        "seen_to_date", "told_for_date",
    ),
)  # fmt: skip


PAST_WORDS = "longer than 9 in 10 such waits"


def month_of(name: str) -> Callable[[Upcoming], str]:
    """Tells the month of one of a window's days."""

    def tell(row: Upcoming) -> str:
        day: date | None = getattr(row.window, name)
        return words.month(day) if day else "no known end"

    return tell


def answer_windows(found: UpcomingPage, start: Opening) -> Answer:
    rows = windows_rows(found, start)

    def table() -> PageTable:
        lines = [row for row in found.rows if row.window.earliest_date and row.window.median_date]
        days = ("earliest_date", "median_date", "latest_date")
        return PageTable(
            Table("windows", WINDOW, lines),
            ("council", "ofsted_region", *days, "status"),
            {"ofsted_region": "Region"},
            {
                **{name: month_of(name) for name in days},
                "status": lambda row: PAST_WORDS if row.window.status in PAST else "",
            },
        )

    return Answer(rows, table, is_empty=not rows.rows)


def ask_windows(start: Opening) -> Answer:
    """The windows of the asked page; past the end those of the last."""
    shown, found = lists.asked_page(start, ask_upcoming, WINDOWS_A_PAGE)
    return replace(answer_windows(found, shown), notices=shown.notices[len(start.notices) :])


SORT_WORDS = ((START, "start of the window"), (NAME, "name"), (BY_REGION, "region"))
STATUS_WORDS = {
    WindowStatus.ESTIMATED: "within or before its window",
    WindowStatus.PAST: "past its window: longer than 9 in 10 such waits",
    WindowStatus.BEYOND: "longer than every case",
    WindowStatus.UNKNOWN: "no window: no such re-inspection on record",
}


def choices(shown: Shown) -> tuple[tuple[Field, ...], ...]:
    outcomes = [(to_slug(kind), kind.label) for kind in Standing]
    states = [(code.value, text) for code, text in STATUS_WORDS.items()]
    return (
        (lists.council_field(shown.start, "Your council"), lists.region_field()),
        (
            lists.kind_field(),
            Field("outcome", "Last outcome", outcomes, any="any outcome"),
            Field("status", "State", states, any="any state"),
            Field("sort", "Order", SORT_WORDS),
        ),
    )


KIND_OF_CHART = ChartKind(
    WINDOWS,
    UpcomingState,
    False,
    lambda start, council: ask_windows(start),
    choices=choices,
    rests_on=lambda state: Among(),  # a window rests on the waits of every council
)
