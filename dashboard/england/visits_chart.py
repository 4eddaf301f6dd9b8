"""Visits: what is asked, how it is chosen, and the chart of them by quarter and kind."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from dashboard import words
from dashboard.charted.entry import Entry
from dashboard.charted.kind import Answer, ChartKind, Shown
from dashboard.charts import visits_by_quarter as drawing
from dashboard.data.columns import of
from dashboard.data.document import Table
from dashboard.data.html import PageTable
from dashboard.state import lists
from dashboard.state.address import (
    KIND,
    REGION,
    THEME,
    Notice,
    ViewState,
    one_of,
    page_param,
    param,
    read_council,
    read_day,
    to_slug,
)
from dashboard.state.controls import Field
from dashboard.state.opening import Opening
from dashboard.words.coverage import complete
from inspections.diff import POINTS
from inspections.figure_rows import VisitsByQuarter
from inspections.questions.visits import Visited, WhichVisits, visits
from inspections.questions.visits_by_quarter import visits_by_quarter
from inspections.vocabulary import VisitKind, VisitTopic


@dataclass(frozen=True, kw_only=True)
class VisitsState(ViewState):
    """The list of visits; days are those of the visit itself. `type`: kind of visit."""

    type: str | None = param(one_of(*VisitKind, what="kind of visit"), write=to_slug)
    topic: str | None = param(one_of(*VisitTopic, what="topic"), write=to_slug)
    region: str | None = param(REGION, write=to_slug)
    asked: str | None = param(THEME, write=to_slug)
    kind: str | None = param(KIND, write=to_slug)
    council: str | None = param(read_council)
    start: date | None = param(read_day, name="from")
    end: date | None = param(read_day, name="to")
    priority: str | None = param(one_of("some", what="choice"))
    sort: str = param(one_of("newest", "council", what="order"), default="newest")
    page: int = page_param()


def ask(start: Opening) -> list[Visited]:
    state: VisitsState = start.state
    which = WhichVisits(
        among=lists.among_of(state.region, state.kind),
        council=state.council or "",
        kind=state.type or "",
        topic=state.topic or "",
        theme=state.asked or "",
        first=state.start,
        last=state.end,
        has_priority=bool(state.priority),
    )
    found = visits(start.record, start.day, which)
    return (
        sorted(found, key=lambda row: row.council.short_name) if state.sort == "council" else found
    )


def fields(start: Opening) -> tuple[list[Field], list[Field]]:
    themes = [(to_slug(row.code), row.name) for row in start.record.themes]
    row = [
        Field("type", "Kind", [(to_slug(k), k.label) for k in VisitKind], any="all visits"),
        lists.council_field(start, "Council"),
        Field("topic", "Topic", [(to_slug(t), t.label) for t in VisitTopic], any="all topics"),
        lists.region_field(),
    ]
    more = [
        Field("asked", "Theme of a point", themes, any="all themes"),
        lists.kind_field(),
        Field("from", "Visited from", kind="date"),
        Field("to", "Visited to", kind="date"),
        Field("priority", "Priority actions", [("some", "with some")], any="with or without"),
    ]
    return row, more


def sentence(start: Opening, found: list[Visited]) -> str:
    """How many, of which kinds, and that what is not on record is no proof of none."""
    return " ".join(filter(None, (counted_words(start, found), known_words(start, found))))


def counted_words(start: Opening, found: list[Visited]) -> str:
    """How many, of which kinds, and of how many a letter asks for priority action."""
    kinds = [row.visit.kind for row in found]
    parts = [
        words.count(kinds.count(kind), kind.label[0].lower() + kind.label[1:])
        if kind is not VisitKind.JTAI
        else words.count(kinds.count(kind), "joint inspection")
        for kind in VisitKind
        if kind in kinds
    ]
    told = f": {words.listing(parts)}" if len(parts) > 1 else ""
    by = f" by {words.day(start.day)}" if start.state.as_at else ""
    return f"{words.count(len(found), 'visit')} on record{by}{told}.{priority_words(found)}"


def known_words(start: Opening, found: list[Visited]) -> str:
    """For which days the lists of these kinds are complete; empty where they are for all."""
    there = [kind for kind in VisitKind if any(row.visit.kind == kind for row in found)]
    begun = [row.visit.event_date for row in found if row.visit.event_date]
    known = complete(start.record.coverage, min(begun, default=date.min), start.day, there)
    return f"{words.begun(known)}; others are here where they were found." if known else ""


def priority_words(found: list[Visited]) -> str:
    """Of how many a letter asks for priority action, of those of which that is recorded."""
    told = [number for row in found if (number := row.visit.priority_actions) is not None]
    some = sum(number > 0 for number in told)
    if not told:
        return ""
    letters = "letters were" if len(told) > 1 else "letter was"
    return f" Of {len(told):,} whose {letters} counted, {some} found areas for priority action."


def known_council(start: Opening) -> Opening:
    """A council of no such name is told and left out of account."""
    state: VisitsState = start.state
    if state.council and start.council(state.council)[0] is None:
        notice = Notice("council", state.council, "there is no council of this name")
        return start.but_notice(notice, council=None)
    return start


def title(rows: VisitsByQuarter) -> str:
    """How many in the last year that is known whole, and in the year before."""
    total = sum(len(found) for row in rows.quarters for found in row.councils.values())
    if not total:
        return "No visit on record"
    before = "" if rows.year_before is None else f", {rows.year_before} in the year before"
    return (
        f"{words.count(rows.last_year, 'visit')} in the year to {words.day(rows.known[1])}{before}"
    )


@dataclass(frozen=True)
class VisitRows:
    """What the chart is drawn from, and its sentence, which is the page's."""

    drawn: VisitsByQuarter
    said: str


ENTRY = Entry(
    slug="visits-by-quarter",
    title=lambda rows: title(rows.drawn),
    sentence=lambda rows: rows.said,
    figure=lambda rows: drawing.figure(rows.drawn),
    narrow=lambda rows: drawing.figure(rows.drawn, narrow=True),
    slide=lambda rows, height: drawing.slide(rows.drawn, height),
    offers="the councils visited",
    note=lambda rows: (
        "By the quarter in which a visit began. Grey: Ofsted’s lists of that time are not at hand "
        "whole, so fewer visits may be on record than there were"
        + (f"; {rows.drawn.undated} without a day are not drawn." if rows.drawn.undated else ".")
    ),
)


class QuarterLine(NamedTuple):
    """Visits of one kind in one quarter."""

    by: str
    group: str
    group_name: str
    visit_kind: str
    kind_name: str
    number: int
    first_known: date | None
    last_known: date


COLUMNS = (
    *of("", "by", group="group", group_name="group_name", visit_kind="visit_kind"),
    *of("", visits_on_record="number", complete_from_date="first_known",
        complete_to_date="last_known"),
)  # fmt: skip


def answer_visits(start: Opening, found: list[Visited]) -> Answer:
    drawn = visits_by_quarter(start.record, start.day, found)

    def table() -> PageTable:
        lines = [
            QuarterLine(
                "quarter",
                f"{row.first.year} Q{row.first.month // 3 + 1}",
                drawing.months(row),
                code,
                name,
                len(row.councils.get(code, ())),
                *drawn.known,
            )
            for row in reversed(drawn.quarters)
            for code, name in drawn.kinds
        ]
        return PageTable(
            Table("visits_by_quarter", COLUMNS, lines),
            ("group_name", "visit_kind", "visits_on_record"),
            {"group_name": "Quarter", "visits_on_record": "Visits"},
            {"visit_kind": lambda row: row.kind_name},
            [row for row in lines if row.number],
        )

    return Answer(VisitRows(drawn, sentence(start, found)), table, is_empty=not found)


def choices(shown: Shown) -> tuple[list[Field], list[Field]]:
    return fields(shown.start)


def answer_for(start: Opening) -> Answer:
    start = known_council(start)
    return answer_visits(start, ask(start))


KIND_OF_CHART = ChartKind(
    ENTRY,
    VisitsState,
    False,
    lambda start, council: answer_for(start),
    choices=choices,
    reference_data=frozenset({POINTS}),
)
