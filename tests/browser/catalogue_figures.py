"""Every chart of the catalogue with real rows, as JSON: name → figure.

    DATABASE_URL=… python -m tests.browser.catalogue_figures

A process of its own, because the browser driver's event loop keeps Django's connections
of the tests' process apart.
"""

import json
import os
from datetime import date
from types import SimpleNamespace
from typing import Any

# Entry → names of the rows to draw it with.
ROWS = {
    "grades": ["luton", "bradford", "trafford"],
    "grades-held": ["overall", "care_leavers"],
}
NAMES = [
    f"{slug}-{name}-{shape}"
    for slug, names in ROWS.items()
    for name in names
    for shape in ("figure", "narrow")
]


def figures() -> dict[str, Any]:
    from dashboard import catalogue
    from dashboard.state import PlainState
    from inspections.queries import events, overview
    from inspections.queries.council import council_answer, find_council
    from inspections.queries.frameworks import framework_book
    from inspections.rows import Clock

    book, clock = framework_book(), Clock(date(2026, 9, 1))
    start = SimpleNamespace(book=book, clock=clock, state=PlainState())

    def of_council(slug: str) -> Any:
        council, _ = find_council(slug)
        return catalogue.timeline_rows(council_answer(council, book, clock), start)

    def of_area(lane: str) -> Any:
        inspections = events.inspections(book, clock, whole_service_only=True)
        series = overview.held_series(
            book, clock, lane=book.lane(lane), councils=events.councils(), inspections=inspections
        )
        return catalogue.held_rows(series)

    ask = {"grades": of_council, "grades-held": of_area}
    found = {}
    for entry in catalogue.ENTRIES:
        # An entry without rows here is an error: name some in ROWS.
        for name in ROWS[entry.slug]:
            rows = ask[entry.slug](name)
            found[f"{entry.slug}-{name}-figure"] = entry.figure(rows)
            found[f"{entry.slug}-{name}-narrow"] = entry.narrow(rows)
    return found


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    drawn = {name: json.loads(figure.to_json()) for name, figure in figures().items()}
    print(json.dumps(drawn))
