"""Rows of every kind of chart from the shipped record, chosen for how they differ."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

import plotly.graph_objects as go

from dashboard.charted.kind import ChartKind
from dashboard.council.by_area_chart import ByAreaState
from dashboard.council.context import ContextState
from dashboard.council.context import rows_of as context_rows
from dashboard.council.grades import CouncilGradesState, ask_grades
from dashboard.council.side_by_side import CompareState
from dashboard.england.changes_chart import ChangesState
from dashboard.england.findings_chart import FindingsState
from dashboard.england.held import held_rows
from dashboard.england.journeys_chart import JourneysState
from dashboard.england.spreads import SpreadsState
from dashboard.england.timing_chart import TimingState
from dashboard.england.upcoming_chart import UpcomingState
from dashboard.england.visits_chart import VisitsState
from dashboard.findings.over_time import OF_A_COUNCIL, AskedForState
from dashboard.state.address import ViewState
from dashboard.state.opening import Opening
from dashboard.urls import KINDS
from inspections import store
from inspections.questions import overview
from inspections.questions.asked_for import history

Cases = dict[str, Any]  # name of a case to the rows of its chart


def opened(state: ViewState) -> Opening:
    """A page's beginning on the day the shipped record ends."""
    record = store.current_record()
    assert record.as_at_date is not None
    day = record.as_at_date
    return Opening(record, record, state, notices=(), day=day, today=day)


def council_cases() -> Cases:
    """Luton, the council with the fewest full inspections, and the one with the most visits."""
    start = opened(CouncilGradesState())
    record, day = start.record, start.day
    councils = record.councils_on(day)
    inspected = [row for row in councils if record.full_inspections_of(row.id, day)]
    chosen = {
        "luton": record.council_by_slug["luton"],
        "fewest": min(inspected, key=lambda row: len(record.full_inspections_of(row.id, day))),
        "most-visits": max(councils, key=lambda row: len(record.visits_of(row.id, day))),
    }
    return {name: ask_grades(start, row).rows for name, row in chosen.items()}


def asked_for_cases() -> Cases:
    """Luton, and the councils of most and of fewest themes."""
    start = opened(AskedForState())
    councils = start.record.councils_on(start.day)
    sizes = {row: len(history(start.record, row.id, start.day).raised) for row in councils}
    chosen = {
        "luton": start.record.council_by_slug["luton"],
        "most": max(councils, key=sizes.__getitem__),
        "fewest": min((row for row in councils if sizes[row]), key=sizes.__getitem__),
    }
    return {name: OF_A_COUNCIL.ask(start, row).rows for name, row in chosen.items()}


def england_cases() -> Cases:
    """Every area that a page can be switched to."""
    start = opened(ViewState())
    return {
        lane.code: held_rows(overview.held_series(start.record, start.day, lane))
        for lane in start.book.choosable_lanes
    }


def asked(slug: str, **states: ViewState) -> Cases:
    """What the chart's own question answers for some states of its page."""
    kinds = {kind.slug: kind for kind in KINDS}
    return {name: kinds[slug].ask(opened(state), None).rows for name, state in states.items()}


def moves_cases() -> Cases:
    """A year, and every year of an area that was split: few and many pairs."""
    since = date(2015, 1, 1)
    return asked(
        "moves",
        year=ChangesState(),
        split=ChangesState(since=since, area="in_care"),
    )


def waiting_cases() -> Cases:
    """With a council that came back, and with one that is still waiting."""
    return asked(
        "waiting",
        back=JourneysState(council="luton"),
        lasting=JourneysState(grade="good", area="leaders", council="luton"),
    )


def reporting_cases() -> Cases:
    return asked("reporting", **{by: TimingState(by=by) for by in ("year", "grade")})


def windows_cases() -> Cases:
    """All of them, and those of one region."""
    return asked(
        "windows",
        all=UpcomingState(),
        region=UpcomingState(sort="region", region="south_east"),
    )


def compare_cases() -> Cases:
    """Two councils, and as many as fit."""
    many = ("luton", "bedford", "slough", "croydon", "bradford", "devon")
    return asked(
        "side-by-side",
        two=CompareState(councils=("luton", "bradford")),
        many=CompareState(councils=many),
    )


def context_cases() -> Cases:
    """Every measure; the council of which least is published; one measure alone."""
    start = opened(ContextState())
    held = start.record.council_by_slug
    one = opened(ContextState(measures=("children_in_care_rate",)))
    return {
        "luton": context_rows(start, held["luton"]),
        "least": context_rows(start, held["isles-of-scilly"]),
        "one": context_rows(one, held["luton"]),
    }


def spreads_cases() -> Cases:
    """Every measure; those of one region that break; one measure alone."""
    return asked(
        "spreads",
        all=SpreadsState(),
        region=SpreadsState(region="london", measures=("children_in_care_rate", "caseload")),
        one=SpreadsState(measures=("deprivation_rank",)),
    )


def themes_cases() -> Cases:
    """By year, by grade, and with few documents in a group."""
    return asked(
        "themes",
        year=FindingsState(),
        grade=FindingsState(by="grade", area="leaders"),
        few=FindingsState(by="region", document="assurance_visit"),
    )


def by_area_cases() -> Cases:
    """All councils; with one marked; a few of one grade."""
    return asked(
        "grades-by-area",
        all=ByAreaState(),
        marked=ByAreaState(council="luton"),
        few=ByAreaState(region="north_east", grade="good"),
    )


def visits_cases() -> Cases:
    """All of them, and the few of one council."""
    return asked(
        "visits-by-quarter",
        all=VisitsState(),
        few=VisitsState(council="luton", type="focused_visit"),
    )


CASES: Final[dict[str, Callable[[], Cases]]] = {
    "grades": council_cases,
    "asked-for": asked_for_cases,
    "context": context_cases,
    "grades-held": england_cases,
    "themes": themes_cases,
    "spreads": spreads_cases,
    "moves": moves_cases,
    "waiting": waiting_cases,
    "reporting": reporting_cases,
    "windows": windows_cases,
    "side-by-side": compare_cases,
    "grades-by-area": by_area_cases,
    "visits-by-quarter": visits_cases,
}


def cases_of(kind: ChartKind) -> Cases:
    """Those chosen above; else what the chart shows without settings, of Luton or of England."""
    if kind.slug in CASES:
        return CASES[kind.slug]()
    start = opened(kind.state())
    council = start.record.council_by_slug["luton"] if kind.is_of_council else None
    return {"usual": kind.ask(start, council).rows}


def figures() -> dict[str, go.Figure]:
    """Every picture of every entry, wide and narrow, by name."""
    found = {}
    for kind in KINDS:
        entry = kind.entry
        for name, rows in cases_of(kind).items():
            found[f"{entry.slug}-{name}"] = entry.figure(rows)
            if entry.narrow:
                found[f"{entry.slug}-{name}-narrow"] = entry.narrow(rows)
    return found
