"""Timing: what is asked and drawn."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from dashboard import words
from dashboard.charted.entry import Entry
from dashboard.charted.kind import Answer, ChartKind, Shown
from dashboard.charts import reporting as drawing
from dashboard.data.columns import of
from dashboard.data.document import Table
from dashboard.data.html import PageTable
from dashboard.state import lists
from dashboard.state.address import (
    KIND,
    REGION,
    ViewState,
    one_of,
    param,
    read_council,
    read_year,
    to_slug,
)
from dashboard.state.controls import Field
from dashboard.state.opening import Opening
from inspections.framework_rows import FrameworkBook
from inspections.questions.reporting import BY, YEAR, DaysSpread, Reporting, key_of, reporting
from inspections.vocabulary import InspectionKind


@dataclass(frozen=True, kw_only=True)
class TimingState(ViewState):
    by: str = param(one_of(*BY, what="grouping"), default=YEAR)
    region: str | None = param(REGION, write=to_slug)
    kind: str | None = param(KIND, write=to_slug)
    council: str | None = param(read_council)
    start: int | None = param(read_year, name="from")
    end: int | None = param(read_year, name="to")
    sort: str = param(one_of("longest", "council", "newest", what="order"), default="longest")


LONGEST = 12
BY_NAMES = {YEAR: "year of publication", "kind": "kind of inspection", "grade": "overall grade"}


def ask_timing(start: Opening, *, listed: int | None = LONGEST) -> Reporting:
    """The groups and so many of the longest waits for a report; None: every one."""
    state: TimingState = start.state
    return reporting(
        start.record,
        start.day,
        by=state.by,
        among=lists.among_of(state.region, state.kind),
        listed=listed,
        years=(state.start or 0, state.end or start.day.year),
    )


def chosen_words(state: TimingState) -> str:
    """Which reports are counted, for the end of a sentence; empty for all."""
    among = lists.among_words(state.region, state.kind)
    if state.start and state.start == state.end:
        return f"{among} published in {state.start}"
    ends = [f"{word} {year}" for word, year in (("from", state.start), ("to", state.end)) if year]
    return f"{among} published {' '.join(ends)}" if ends else among


def grade_names(book: FrameworkBook) -> dict[str, str]:
    return {grade.key: grade.title for grade in book.grades.values()}


def group_name(by: str, key: str, grades: dict[str, str]) -> str:
    """A group as a reader sees it."""
    if by == "kind":
        return InspectionKind.label_of(key)
    if by == "grade":
        return grades.get(key, key) if key else "No overall grade"
    return key


def reporting_rows(found: Reporting, grades: dict[str, str]) -> drawing.ReportingGroups:
    return drawing.ReportingGroups(
        by_name=BY_NAMES[found.by],
        groups=tuple(_reported(row, group_name(found.by, row.key, grades)) for row in found.groups),
    )


def _reported(row: DaysSpread, name: str) -> drawing.Reported:
    return drawing.Reported(name, row.n, row.lower, row.median, row.upper, row.longest)


def reports_of(found: Reporting, start: Opening, slug: str = "") -> tuple[drawing.Report, ...]:
    """Each report by name, or those of one council."""
    every = ask_timing(start, listed=None)
    place_of = {row.key: place for place, row in enumerate(found.groups)}
    return tuple(
        drawing.Report(
            place_of[key_of(row.inspection, found.by)],
            row.days,
            f"{row.council.short_name}: {words.count(row.days, 'day')}, published "
            f"{words.day(row.inspection.publication_date)}",
        )
        for row in every.longest
        if slug in ("", row.council.slug)
    )


def _reporting_title(rows: drawing.ReportingGroups) -> str:
    """The medians of the last two years, or of the quickest and the slowest group."""
    groups = [group for _, group in rows.drawn]
    if not groups:
        return f"Days from the last day on site to publication, by {rows.by_name}"
    told = groups[:-3:-1]
    if rows.by_name != BY_NAMES[YEAR]:
        slow_last = sorted(groups, key=lambda group: group.median)
        told = list(dict.fromkeys((slow_last[0], slow_last[-1])))
    medians = [f"{group.median:.0f} days ({group.name})" for group in told]
    return f"Half of the reports came out within {words.listing(medians)}"


def _reporting_sentence(rows: drawing.ReportingGroups) -> str:
    if not rows.groups:
        return "No report with known days on site had been published by this day."
    n = sum(group.n for group in rows.groups)
    marked = f" {marked_words(rows)}" if rows.marked else ""
    said = f"{words.count(n, 'report')} by {rows.by_name}."
    if not rows.drawn:
        return f"{said}{marked}"
    _, last = rows.drawn[-1]
    return (
        f"{said} {last.name}: the middle half took {last.lower:.0f} to {last.upper:.0f} days, "
        f"the longest {last.longest}.{marked}"
    )


def marked_words(rows: drawing.ReportingGroups) -> str:
    """`Luton, ringed: 42 (2022) and 50 (2026) days.`, the reports of the council that is marked."""
    told = [f"{report.days} ({rows.groups[report.place].name})" for report in rows.own]
    return f"{rows.marked}, ringed: {words.listing(told)} days." if told else ""


def no_bar(rows: drawing.ReportingGroups) -> str:
    """` 2021 has no bar: its middle half took 42 days each.`, where a bar has no height; which
    groups have dots instead, as they are too small."""
    same = [row for _, row in rows.drawn if round(row.lower) == round(row.upper)]
    few = [row.name for row in rows.groups if row.is_few]
    told = [f" {row.name} has no bar: its middle half took {row.median:.0f} days each."
            for row in same]  # fmt: skip
    if few:
        which = words.listing(few) if rows.drawn else "all of these"
        told.append(f" Fewer than {drawing.FEW} reports: a dot for each, as a bar would say too "
                    f"much ({which}).")  # fmt: skip
    return "".join(told)


REPORTING = Entry(
    slug="reporting",
    title=_reporting_title,
    sentence=_reporting_sentence,
    figure=drawing.figure,
    narrow=lambda rows: drawing.figure(rows, narrow=True),
    slide=drawing.slide,
    offers="every report by name",
    note=lambda rows: (
        "Bar: the middle half of the reports; diamond: half took no longer; n: "
        "reports. Inspections whose last day "
        f"on site is not recorded are left out.{no_bar(rows)}"
    ),
)


class TimingLine(NamedTuple):
    """The reports of one group."""

    by: str
    name: str
    spread: DaysSpread


GROUPS = (
    *of("", "by"),
    *of("spread", "group"),
    *of("", "group_name"),
    *of(
        "spread", "reports", "quarter_within_days", "median_days", "three_quarters_within_days",
        "longest_days",
    ),
)  # fmt: skip


def group_lines(found: Reporting, start: Opening) -> list[TimingLine]:
    names = grade_names(start.book)
    return [TimingLine(found.by, group_name(found.by, row.key, names), row) for row in found.groups]


def answer_reporting(found: Reporting, start: Opening) -> Answer:
    grades = grade_names(start.book)
    marked, notices = lists.marked_council(start)
    rows = reporting_rows(found, grades)
    if few := {place for place, group in enumerate(rows.groups) if group.is_few}:
        single = (report for report in reports_of(found, start) if report.place in few)
        rows = replace(rows, single=tuple(single))
    if marked:
        own = sorted(reports_of(found, start, marked.slug), key=lambda report: report.place)
        rows = replace(rows, own=tuple(own), marked=marked.short_name if own else "")

    def table() -> PageTable:
        shown = GROUPS[2:]  # under the names of the groups
        return PageTable(
            Table("reporting", GROUPS, group_lines(found, start)),
            [column.name for column in shown],
            {"group_name": rows.by_name.capitalize(), "reports": "Reports (n)"},
        )

    return Answer(
        rows,
        table,
        is_empty=not found.groups,
        notices=notices,
        explored=lambda: replace(rows, reports=reports_of(found, start)),
    )


def choices(shown: Shown) -> tuple[tuple[Field, ...], ...]:
    return (
        (
            Field("by", "Grouped by", list(BY_NAMES.items())),
            lists.region_field(),
            lists.council_field(shown.start, "Your council"),
        ),
        (lists.kind_field(), *lists.year_fields(shown.start)),
    )


KIND_OF_CHART = ChartKind(
    REPORTING,
    TimingState,
    False,
    lambda start, council: answer_reporting(ask_timing(start), start),
    choices=choices,
)
