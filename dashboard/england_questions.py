"""From a page's state to its question: one function each, for pages, charts and files alike."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from dashboard import england_parts
from dashboard.state_england import (
    ChangesState,
    InadequateState,
    JourneysState,
    StatisticsState,
    TimingState,
    UpcomingState,
)
from inspections.queries import (
    changes,
    inadequate,
    journeys,
    published,
    reporting,
    statistics,
    upcoming,
)
from inspections.queries.held import ofsteds_rule
from inspections.queries.journey import Journey, Journeys
from inspections.rules.position import PublishedBy, Reading

USUAL_DAYS = 365
LONGEST = 25
WINDOWS_A_PAGE = 160
MOVED_A_PAGE = 60
WAITS_A_PAGE = 40
TRACKED_A_PAGE = 25


def ask_statistics(start: Any) -> statistics.Statistics:
    state: StatisticsState = start.state
    day = start.clock.as_at
    known = start.clock.known
    releases = published.releases(known)
    reading: Reading = PublishedBy(day)
    if state.reading == "ofsted":
        reading = ofsteds_rule(day, releases.get(day), known)
    found = statistics.statistics(
        start.book,
        by=state.by,
        lane=start.book.lane(state.area),
        reading=reading,
        among=england_parts.among_of(state.region, state.kind, state.regions),
        known=known,
    )
    return replace(found, released=tuple(releases))


def earlier_day(state: ChangesState, later: date) -> date:
    """The earlier day: as asked, or a year before the later one."""
    return state.since or later - timedelta(days=USUAL_DAYS)


def ask_changes(start: Any, *, most: int | None = MOVED_A_PAGE) -> changes.Changes:
    """The asked page of councils; all that fit (None) for a file, none (0) for a chart."""
    state: ChangesState = start.state
    later = start.clock.as_at
    return changes.changes(
        start.book,
        start.clock,
        lane=start.book.lane(state.area),
        earlier=min(earlier_day(state, later), later),
        later=later,
        among=england_parts.among_of(state.region, state.kind),
        wanted=changes.Wanted(
            state.direction or "", state.steps or 0, state.was or "", state.now or ""
        ),
        first=england_parts.asked_first(state, MOVED_A_PAGE) if most else 0,
        most=most,
    )


def ask_journeys(start: Any, *, most: int | None = WAITS_A_PAGE) -> Journeys:
    """The asked page of waits; all of them (None) for a file, none of them (0) for a chart."""
    state: JourneysState = start.state
    return journeys.journeys(
        start.book,
        lane=start.book.lane(state.area),
        grade=state.grade,
        clock=start.clock,
        framework=state.framework or "",
        among=england_parts.among_of(state.region),
        council=state.council or "",
        first=england_parts.asked_first(state, WAITS_A_PAGE) if most else 0,
        most=most,
    )


def laid_over(found: Journeys) -> Journey | None:
    """The council's wait to lay over the curve: its last finished one, else the one going on."""
    return next((row for row in found.own if row.is_over), found.own[0] if found.own else None)


def ask_timing(start: Any) -> reporting.Reporting:
    state: TimingState = start.state
    return reporting.reporting(
        start.book,
        by=state.by,
        clock=start.clock,
        among=england_parts.among_of(state.region, state.kind),
        listed=LONGEST,
    )


def ask_upcoming(start: Any, *, whole: bool = False) -> upcoming.UpcomingPage:
    """The asked page of windows, or all of them for a file or a feed."""
    state: UpcomingState = start.state
    return upcoming.upcoming(
        start.book,
        start.clock,
        among=england_parts.among_of(state.region, state.kind),
        standing=state.outcome or "",
        status=state.status or "",
        sort=state.sort,
        first=0 if whole else england_parts.asked_first(state, WINDOWS_A_PAGE),
        most=None if whole else WINDOWS_A_PAGE,
    )


def ask_inadequate(start: Any, *, whole: bool = False) -> inadequate.Tracker:
    state: InadequateState = start.state
    return inadequate.tracker(
        start.book,
        clock=start.clock,
        among=england_parts.among_of(state.region, state.kind),
        first=0 if whole else england_parts.asked_first(state, TRACKED_A_PAGE),
        most=None if whole else TRACKED_A_PAGE,
    )
