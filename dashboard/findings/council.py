"""What inspectors asked for, on a council's page: the newest report, the letters since, when."""

from typing import Any

from dashboard import words
from dashboard.findings import asked_for, over_time
from dashboard.state.opening import Opening
from inspections.questions.asked_for import asked_for as ask
from inspections.questions.asked_for import history
from inspections.rows import Council, Event, Inspection


def block(council: Council, start: Opening) -> dict[str, Any] | None:
    """The newest full report whose points are on record, else the newest letter; the letters
    since; the chart. None where nothing is on record by the page's day."""
    record, day = start.record, start.day
    found = history(record, council.id, day)
    if not found.events:
        return None
    reports = [row for row in found.events if isinstance(row, Inspection)]
    event: Event = reports[-1] if reports else found.events[-1]
    asked = ask(record, event, day)
    since = asked.later if asked else ()
    shown = over_time.on_council_page(start, council)
    return {
        "asked": asked_for.context(asked, council, start),
        "event": asked_for.event_link(council, event, start.keep),
        "since": [
            (
                asked_for.event_link(council, row, start.keep),
                words.count(len(record.points_of(row)), "point"),
            )
            for row in since
        ],
        "chart": None if shown.answer.is_empty else shown.chart,
        "panel": shown.path("/share/"),
        "page": shown.path("/"),
    }
