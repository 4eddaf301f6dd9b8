"""Rows of every catalogue entry from the shipped record, chosen for how they differ."""

from collections.abc import Callable
from datetime import date
from functools import partial
from types import SimpleNamespace
from typing import Any, Final

import plotly.graph_objects as go

from dashboard import catalogue
from dashboard.chart_index import BY_SLUG, KINDS
from dashboard.chart_pages import timeline_rows
from dashboard.state import CompareState, CouncilGradesState, ViewState
from dashboard.state_england import ChangesState, JourneysState, TimingState, UpcomingState
from inspections.queries import events, overview
from inspections.queries.council import council_answer
from inspections.queries.frameworks import framework_book
from inspections.queries.record import record_state
from inspections.rows import Clock, CouncilRow

Cases = dict[str, Any]  # name of a case to the rows of its chart


def opened() -> SimpleNamespace:
    """The frameworks and a clock on the day the shipped record ends."""
    as_at = record_state().as_at_date
    assert as_at is not None
    return SimpleNamespace(
        book=framework_book(),
        clock=Clock(as_at),
        state=CouncilGradesState(),
        today_name="today",
    )


def council_cases() -> Cases:
    """Luton, the council with the fewest full inspections, and the one with the most visits."""
    start = opened()
    councils = [row for row in events.councils() if row.existed_on(start.clock.as_at)]
    whole = events.inspections(start.book, start.clock, whole_service_only=True)
    visits = events.visits(start.clock)

    def count(rows: list[Any], council: CouncilRow) -> int:
        return sum(row.council_id == council.id for row in rows)

    inspected = [row for row in councils if count(whole, row)]
    chosen = {
        "luton": next(row for row in councils if row.slug == "luton"),
        "fewest": min(inspected, key=partial(count, whole)),
        "most-visits": max(councils, key=partial(count, visits)),
    }
    return {
        name: timeline_rows(start, row, council_answer(row, start.book, start.clock))
        for name, row in chosen.items()
    }


def england_cases() -> Cases:
    """Every area that a page can be switched to."""
    start = opened()
    councils = events.councils()
    inspections = events.inspections(start.book, start.clock, whole_service_only=True)
    return {
        lane.code: catalogue.held_rows(
            overview.held_series(
                start.book, start.clock, lane=lane, councils=councils, inspections=inspections
            )
        )
        for lane in start.book.choosable_lanes
    }


def asked(slug: str, **states: ViewState) -> Cases:
    """What the chart's own question answers for some states of its page."""
    start, record = opened(), record_state()
    found = {}
    for name, state in states.items():
        given = SimpleNamespace(**vars(start) | {"state": state, "record": record})
        found[name] = BY_SLUG[slug].ask(given, None).rows
    return found


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


CASES: Final[dict[str, Callable[[], Cases]]] = {
    "grades": council_cases,
    "grades-held": england_cases,
    "moves": moves_cases,
    "waiting": waiting_cases,
    "reporting": reporting_cases,
    "windows": windows_cases,
    "side-by-side": compare_cases,
}


def figures() -> dict[str, go.Figure]:
    """Every picture of every entry, wide and narrow, by name."""
    found = {}
    for kind in KINDS:
        entry = kind.entry
        for name, rows in CASES[entry.slug]().items():
            found[f"{entry.slug}-{name}"] = entry.figure(rows)
            if entry.narrow:
                found[f"{entry.slug}-{name}-narrow"] = entry.narrow(rows)
    return found
