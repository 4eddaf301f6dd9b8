"""The charts of the pages about all councils; see `catalogue` for what an entry joins."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from dashboard import words
from dashboard.catalogue import Entry
from dashboard.charts import grade_moves, reporting, survival, windows
from inspections.figure_rows import (
    GradeMoves,
    SurvivalCurve,
    SurvivalOverlay,
    WindowRow,
    WindowsChart,
)
from inspections.queries.journey import Journey, Journeys
from inspections.queries.moved import Changes
from inspections.queries.reporting import Reporting, Spread
from inspections.queries.upcoming import UpcomingPage
from inspections.rows import FrameworkBook
from inspections.rules.intervals import DAYS_PER_MONTH
from inspections.rules.windows import WindowStatus
from inspections.vocabulary import InspectionKind, Region

PAST = {WindowStatus.PAST, WindowStatus.BEYOND}
RISK_EVERY = 12  # months
MOST_AT_A_GLANCE = 14  # windows that a preview can hold
# From grade to grade ----------------------------------------------------------------------


def moves_rows(found: Changes) -> GradeMoves:
    """The pairs that were compared; what was not comparable by the grade before."""
    keys = {grade.key for grade in found.grades}
    return GradeMoves(
        area_name=found.lane.name,
        grades=found.grades,
        counts=dict(found.matrix),
        not_comparable={key: number for key, number in found.not_comparable.items() if key in keys},
        earlier=found.earlier,
        later=found.later,
    )


def _moves_sentence(rows: GradeMoves) -> str:
    total = sum(rows.counts.values())
    order = {grade.key: grade.order for grade in rows.grades}
    up = sum(n for (old, new), n in rows.counts.items() if order[new] < order[old])
    down = sum(n for (old, new), n in rows.counts.items() if order[new] > order[old])
    span = (
        f"Between {words.day(rows.earlier)} and {words.day(rows.later)}, of"
        if rows.earlier
        else "Of"
    )
    return (
        f"{span} {words.count(total, 'council')} inspected again and compared, {up} went up, "
        f"{total - up - down} held the same grade again and {down} went down."
    )


MOVES = Entry(
    slug="moves",
    title=lambda rows: f"From grade to grade: {rows.area_name.lower()}",
    sentence=_moves_sentence,
    figure=grade_moves.figure,
    narrow=lambda rows: grade_moves.figure(rows, narrow=True),
    slide=grade_moves.slide,
    columns=lambda rows: (
        "Held before", *(f"then {grade.title}" for grade in rows.grades), "Not comparable",
    ),
    cells=lambda rows: [
        (
            old.title,
            *(rows.counts.get((old.key, new.key), 0) for new in rows.grades),
            rows.not_comparable.get(old.key, 0),
        )
        for old in rows.grades
    ],
    note=lambda rows: "Councils with a new full inspection between the two days.",
)  # fmt: skip


# How long councils waited -----------------------------------------------------------------


def waiting_rows(found: Journeys, overlay: Journey | None) -> SurvivalCurve:
    """The estimate in months, with the number at risk each year."""
    years = range(0, int(found.longest / DAYS_PER_MONTH) + 1, RISK_EVERY)
    name = found.grade.title if found.grade else ""
    return SurvivalCurve(
        title_name=f"After {name}",
        points=tuple(
            (step.days / DAYS_PER_MONTH, step.share_waiting) for step in found.curve.steps
        ),
        at_risk=tuple((month, found.at_risk(round(month * DAYS_PER_MONTH))) for month in years),
        overlay=SurvivalOverlay(
            overlay.council_name, overlay.days / DAYS_PER_MONTH, overlay.is_over
        )
        if overlay
        else None,
    )


def _half_point(rows: SurvivalCurve) -> str:
    half = next((month for month, share in rows.points if share <= 0.5), None)
    if half is None:
        return "more than half were still waiting when last seen"
    return f"half had been inspected again after {half:.1f} months"


def _waiting_sentence(rows: SurvivalCurve) -> str:
    first = next((n for month, n in rows.at_risk if month == 0), 0)
    return (
        f"{rows.title_name}: {words.count(first, 'wait')} counted, those still going on "
        f"included; {_half_point(rows)}."
    )


WAITING = Entry(
    slug="waiting",
    title=lambda rows: f"{rows.title_name}: councils not yet inspected again",
    sentence=_waiting_sentence,
    figure=survival.figure,
    narrow=lambda rows: survival.figure(rows, narrow=True),
    slide=survival.slide,
    columns=lambda rows: ("Months since the inspection began", "Still waiting", "At risk (n)"),
    cells=lambda rows: [
        (
            month,
            f"{next((s for m, s in reversed(rows.points) if m <= month), 1.0):.0%}",
            number,
        )
        for month, number in rows.at_risk
    ],
    note=lambda rows: (
        "Kaplan-Meier estimate from the first day on site to the next one's; a council that "
        "is still waiting, or ceased to exist, counts for as long as it was seen. Calendar "
        "months, the pause of 2020-21 included."
    ),
)


# Days to publication ----------------------------------------------------------------------


def grade_names(book: FrameworkBook) -> dict[str, str]:
    return {grade.key: grade.title for grade in book.grades.values()}


def group_name(by: str, key: str, grades: dict[str, str]) -> str:
    """A group as a reader sees it."""
    if by == "kind":
        return InspectionKind.label_of(key)
    if by == "grade":
        return grades.get(key, key) if key else "No overall grade"
    return key


def reporting_rows(found: Reporting, grades: dict[str, str]) -> reporting.Reporting:
    return reporting.Reporting(
        by_name={"year": "year of publication", "kind": "kind", "grade": "overall grade"}[found.by],
        groups=tuple(_reported(row, group_name(found.by, row.key, grades)) for row in found.groups),
    )


def _reported(row: Spread, name: str) -> reporting.Reported:
    return reporting.Reported(name, row.n, row.lower, row.median, row.upper, row.longest)


def _reporting_sentence(rows: reporting.Reporting) -> str:
    if not rows.groups:
        return "No report with known days on site had been published by this day."
    last = rows.groups[-1]
    n = sum(group.n for group in rows.groups)
    return (
        f"{words.count(n, 'report')} by {rows.by_name}; in {last.name} the median was "
        f"{last.median:.0f} days and half took {last.lower:.0f} to {last.upper:.0f}."
    )


REPORTING = Entry(
    slug="reporting",
    title=lambda rows: f"Days from the last day on site to publication, by {rows.by_name}",
    sentence=_reporting_sentence,
    figure=reporting.figure,
    narrow=lambda rows: reporting.figure(rows, narrow=True),
    slide=reporting.slide,
    columns=lambda rows: (
        rows.by_name.capitalize(),
        "Reports (n)",
        "A quarter within",
        "Median",
        "Three quarters within",
        "Longest",
    ),
    cells=lambda rows: [
        (g.name, g.n, f"{g.lower:.0f}", f"{g.median:.0f}", f"{g.upper:.0f}", g.longest)
        for g in rows.groups
    ],
    note=lambda rows: (
        "Bar: the middle half of the reports; diamond: the median. Inspections whose last day "
        "on site is not recorded are left out."
    ),
)  # fmt: skip


# Windows ----------------------------------------------------------------------------------


def windows_rows(found: UpcomingPage, start: Any) -> WindowsChart:
    """The windows that have days; a council without any is in the list alone."""
    return WindowsChart(
        rows=tuple(
            WindowRow(
                name=row.council_name,
                slug=row.slug,
                region=Region.label_of(row.ofsted_region),
                earliest=row.window.earliest_date,
                likeliest=row.window.likeliest_date,
                latest=row.window.latest_date,
                is_past=row.window.window_status in PAST,
            )
            for row in found.rows
            if row.window.earliest_date and row.window.likeliest_date
        ),
        today=start.clock.as_at,
        is_by_region=start.state.sort == "region",
        today_name=start.today_name,
    )


def _windows_sentence(rows: WindowsChart) -> str:
    past = sum(row.is_past for row in rows.rows)
    begun = sum(not row.is_past and row.earliest <= rows.today for row in rows.rows)
    soon = sum(
        not row.is_past and rows.today < row.earliest <= rows.today + timedelta(days=182)
        for row in rows.rows
    )
    return (
        f"Of {words.count(len(rows.rows), 'window')}, {begun} have begun, {soon} begin within six "
        f"months and {past} {'is' if past == 1 else 'are'} over: waits longer than 90% of cases."
    )


def _windows_glance(rows: WindowsChart) -> tuple[WindowsChart, str]:
    if len(rows.rows) <= MOST_AT_A_GLANCE:
        return rows, ""
    shown = replace(rows, rows=rows.rows[:MOST_AT_A_GLANCE])
    return shown, f"Here: the first {MOST_AT_A_GLANCE} of {len(rows.rows)}."


def _windows_sheets(rows: WindowsChart) -> list[tuple[WindowsChart, str]]:
    shown, total = windows.first_lines(rows), len(rows.rows)
    if len(shown.rows) == total:
        return [(rows, "")]
    return [(shown, f"Here: the first {len(shown.rows)} of {total}; the rest is on the page.")]


WINDOWS = Entry(
    slug="windows",
    glance=_windows_glance,
    title=lambda rows: "Windows of the next full inspection",
    sentence=_windows_sentence,
    figure=windows.figure,
    narrow=lambda rows: windows.figure(rows, narrow=True),
    slide=windows.slide,
    sheets=_windows_sheets,
    columns=lambda rows: ("Council", "Region", "Earliest", "Likeliest", "Latest", "State"),
    cells=lambda rows: [
        (
            row.name,
            row.region,
            words.month(row.earliest),
            words.month(row.likeliest),
            words.month(row.latest) if row.latest else "no known end",
            "longer than 90% of cases" if row.is_past else "",
        )
        for row in rows.rows
    ],
    note=lambda rows: (
        "10th, 50th and 90th percentile of waits after the same kind of outcome, given the wait "
        "so far. History, not a schedule."
    ),
)
