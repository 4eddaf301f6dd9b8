"""A council's own register of its action plan, where the council made it public."""

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dashboard import words
from dashboard.data.columns import IDS, of
from dashboard.data.described import page_csv
from dashboard.findings.asked_for import page_address
from dashboard.http.of_council import of_council
from dashboard.state.opening import Opening
from dashboard.words import presenters
from inspections.rows import Council, Event, PlannedAction, Point
from inspections.vocabulary import ActionState, OwnerRole

WHOSE = (
    "What the council itself says it does, kept by its own officers; this record does not check "
    "it. Owners are roles."
)


class Planned(NamedTuple):
    """A point of a report or letter with what the council says of it."""

    council: Council
    event: Event
    point: Point
    action: PlannedAction


PLANNED = (
    *of("council", *IDS),
    *of("event", "event"),
    *of("point", "point_number", "page", "themes"),
    *of("action", "owner_role", "due_date", "action_state", "evidence", "updated_date"),
)


def planned(council: Council, start: Opening) -> list[Planned]:
    """By report or letter, oldest first; of events that were public by the day."""
    points = {
        (event.reference, point.number): (event, point)
        for event in start.record.events_of(council.id, start.day)
        for point in start.record.points_of(event)
    }
    return [
        Planned(council, *points[row.event_reference, row.number], row)
        for row in start.record.planned_of(council.id)
        if (row.event_reference, row.number) in points
    ]


def sentence(rows: list[Planned]) -> str:
    """`12 actions: 3 done, 7 under way, 2 not begun.`; empty without any."""
    if not rows:
        return ""
    states = [ActionState(row.action.state) for row in rows]
    counted = [
        f"{states.count(state)} {state.label.lower()}" for state in ActionState if state in states
    ]
    return f"{words.count(len(rows), 'action')}: {words.listing(counted)}."


def line(row: Planned, start: Opening) -> dict[str, Any]:
    names = start.record.theme_by_code
    return {
        "point": f"{presenters.event_month(row.event)}, point {row.point.number}",
        "href": page_address(row.event, row.point.page),
        "themes": "; ".join(names[code].name for code in row.point.themes),
        "owner": OwnerRole.label_of(row.action.owner_role),
        "due": words.day(row.action.due_date) if row.action.due_date else "not set",
        "state": ActionState.label_of(row.action.state),
        "evidence": row.action.evidence,
        "updated": words.day(row.action.updated_date),
    }


@of_council()
def page(request: HttpRequest, start: Opening, council: Council) -> HttpResponse:
    rows = planned(council, start)
    shown = start.context(
        f"{council.short_name}: register of its action plan",
        council=council,
        atom=presenters.feeds_of(council),
        sentence=sentence(rows),
        lines=[line(row, start) for row in rows],
        whose=WHOSE,
        csv_url=start.state.url(f"/councils/{council.slug}/plan.csv"),
    )
    return render(request, "dashboard/plan.html", shown)


@of_council()
def csv(request: HttpRequest, start: Opening, council: Council) -> HttpResponse:
    return page_csv("plan", PLANNED, planned(council, start), start)
