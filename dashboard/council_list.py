"""The list of councils: which ones, in what order, as cells and as CSV."""

import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from dashboard import presenters, words
from dashboard.downloads import safe_cell
from dashboard.england_parts import grade_choices
from dashboard.state import SINCE, SORTS, CouncilsState, to_slug
from inspections.queries import events, search
from inspections.queries.positions import positions
from inspections.rows import Clock, FrameworkBook, InspectionRow, LaneRow, Position
from inspections.vocabulary import CouncilKind, Region

SINCE_LABELS = {
    "under-1": "under a year",
    "1-2": "one to two years",
    "2-3": "two to three years",
    "3-4": "three to four years",
    "over-4": "over four years",
}
SINCE_YEARS = {
    "under-1": (0, 1),
    "1-2": (1, 2),
    "2-3": (2, 3),
    "3-4": (3, 4),
    "over-4": (4, 200),
}
SORT_LABELS = {
    "name": "name",
    "grade": "grade in the chosen area, best first",
    "longest": "longest since inspection",
    "newest": "newest inspection",
}
assert set(SINCE_LABELS) == set(SINCE) and set(SORT_LABELS) == set(SORTS)  # noqa: S101


@dataclass(frozen=True)
class Found:
    """The councils shown, of how many, and the area their grade is shown for.

    `gone` of the councils shown no longer existed on the day; the rest are of the `total`.
    """

    positions: list[Position]
    total: int
    gone: int
    lane: LaneRow
    query: str
    inspections: list[InspectionRow]


def ask(book: FrameworkBook, clock: Clock, state: CouncilsState) -> Found:
    """Councils that exist on the day and fit every filter; closed ones when searched for."""
    councils, aliases = events.councils_with_aliases()
    inspections = events.inspections(book, clock, whole_service_only=True)
    held = positions(book, clock, councils=councils, inspections=inspections)
    total = len(held)
    if state.q:
        held += [Position(row, None, None) for row in councils if row.closed_by(clock.as_at)]
        wanted = {row.id for row in search.matching(state.q, councils, aliases)}
        held = [row for row in held if row.council.id in wanted]
    lane = book.lane(state.area)
    shown = [row for row in held if fits(row, state, lane, clock.as_at)]
    gone = sum(row.council.closed_by(clock.as_at) for row in shown)
    return Found(in_order(shown, state, lane), total, gone, lane, state.q, inspections)


def fits(row: Position, state: CouncilsState, lane: LaneRow, day: date) -> bool:
    council, latest = row.council, row.latest
    if state.region and state.region not in {council.ons_region, council.ofsted_region}:
        return False
    if state.kind and council.kind != state.kind:
        return False
    if state.framework and (latest is None or latest.framework.code != state.framework):
        return False
    if state.grade:
        judged = latest.in_lane(lane.code) if latest else None
        if judged is None or judged.grade.key != state.grade:
            return False
    if state.since:
        if latest is None:
            return False
        low, high = SINCE_YEARS[state.since]
        return low <= (day - latest.event_date).days / 365.25 < high
    return True


def in_order(rows: list[Position], state: CouncilsState, lane: LaneRow) -> list[Position]:
    rows = sorted(rows, key=lambda row: search.folded(row.council.short_name))
    if state.sort == "grade":
        return sorted(rows, key=lambda row: _grade_place(row, lane))
    if state.sort == "longest":
        return sorted(rows, key=lambda row: row.latest.event_date if row.latest else date.max)
    if state.sort == "newest":
        return sorted(
            rows, key=lambda row: row.latest.event_date if row.latest else date.min, reverse=True
        )
    return rows


def _grade_place(row: Position, lane: LaneRow) -> int:
    judged = row.latest.in_lane(lane.code) if row.latest else None
    return judged.grade.place if judged else 999


def context(found: Found, start: Any, path: str) -> dict[str, Any]:
    state: CouncilsState = start.state
    lanes = [lane for lane in start.book.lanes if lane.is_core]
    frameworks = [row for row in start.book.in_order if row.is_whole_service]
    is_narrowed = any((state.region, state.kind, state.grade, state.framework, state.since))
    return {
        "found": found,
        "count_words": words.count(len(found.positions) - found.gone, "council"),
        "is_narrowed": is_narrowed,
        "is_filtered": bool(state.q) or is_narrowed,
        "lanes": lanes,
        "rows": table_rows(found.positions, lanes, start.clock.as_at, start.keep),
        "csv_url": state.url("/councils.csv"),
        "canonical": state.url(path),
        "options": {
            "region": [(to_slug(code), label) for code, label in Region.choices()],
            "kind": [(to_slug(code), label) for code, label in CouncilKind.choices()],
            "area": [(to_slug(row.code), row.name) for row in start.book.choosable_lanes],
            "grade": grade_choices(start.book),
            "framework": [(to_slug(row.code), row.short_name) for row in frameworks],
            "since": list(SINCE_LABELS.items()),
            "sort": list(SORT_LABELS.items()),
        },
        "chosen": {
            name: to_slug(getattr(state, name) or "")
            for name in ("region", "kind", "area", "grade", "framework", "since", "sort")
        },
    }


def table_rows(rows: list[Position], lanes: list[LaneRow], day: date, keep: str = "") -> SafeString:
    """The table's body in one pass: a template loop over 153 rows costs ten times as much."""
    return format_html_join(
        "",
        '<tr><th scope="row"><a href="/councils/{}/{}">{}</a></th>'
        '<td class="letters">{}</td><td>{}</td><td class="wide">{}</td></tr>',
        (
            (
                row.council.slug,
                keep,
                row.council.short_name,
                presenters.lane_letters(row.latest, lanes),
                words.month(row.latest.event_date) if row.latest else _none(row, day),
                Region.label_of(row.council.ofsted_region),
            )
            for row in rows
        ),
    )


def _none(row: Position, day: date) -> str:
    if row.council.closed_by(day):
        return f"closed {words.day(row.council.closed_date)}"
    return "not yet inspected"


def as_csv(found: Found, start: Any) -> HttpResponse:
    """What the page shows, as CSV with a header line; codes identify council and inspection.

    One judgement of two areas stands in both columns; `judged_together` names them.
    """
    lanes = [lane for lane in start.book.lanes if lane.is_core or lane.is_overall]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        ["council", "ons_code", "slug", "kind", "ons_region", "ofsted_region",
         "last_inspection", "framework", "first_day_on_site", "publication_date",
         *(lane.code for lane in lanes), "judged_together", "as_at", "source", "licence"]
    )  # fmt: skip
    for row in found.positions:
        council, latest = row.council, row.latest
        judged = [latest.in_lane(lane.code) if latest else None for lane in lanes]
        cells = [
            council.short_name, council.ons_code, council.slug, council.kind,
            council.ons_region, council.ofsted_region,
            latest.reference if latest else "", latest.framework.code if latest else "",
            latest.start_date or "" if latest else "",
            latest.publication_date if latest else "",
            *(item.grade.code if item else "" for item in judged),
            "|".join(
                lane.code
                for lane, item in zip(lanes, judged, strict=True)
                if item and item.area.is_combined
            ),
            start.clock.as_at, "Ofsted", "Open Government Licence v3.0",
        ]  # fmt: skip
        writer.writerow([safe_cell(cell) for cell in cells])
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    name = f"councils-as-at-{start.clock.as_at}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
