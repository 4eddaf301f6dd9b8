"""The list of councils: search, filters, order; the page, its part and its file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import plotly.graph_objects as go
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from dashboard import words
from dashboard.charted.banner import banner, of_england
from dashboard.charted.card import Card, preview, spell
from dashboard.charted.card_picture import card_picture
from dashboard.charts import card as drawing
from dashboard.council.listed_counts import count_links, counts, meant
from dashboard.data.columns import IDS, codes, lane_grades, of
from dashboard.data.described import page_csv
from dashboard.data.document import Column
from dashboard.http.answers import asks
from dashboard.http.rendering import page_or_part
from dashboard.state import lists
from dashboard.state.address import (
    FRAMEWORK,
    GRADE,
    KIND,
    LANE,
    REGION,
    ViewState,
    one_of,
    param,
    read_text,
    to_slug,
)
from dashboard.state.controls import Field, Head, filters, sorting_head
from dashboard.state.opening import Opening, opening
from dashboard.words import presenters
from inspections.figure_rows import CardLine, GradeSpan
from inspections.framework_rows import FrameworkBook, Lane
from inspections.questions import search
from inspections.questions.among import EVERY
from inspections.questions.positions import Position, last_overall, positions
from inspections.rows import Inspection
from inspections.vocabulary import CouncilKind, Region

WITHOUT = 999  # the place of a council without a grade, after every grade
SINCE = ("under-1", "1-2", "2-3", "3-4", "over-4")

SORTS = ("name", "grade", "worst", "longest", "newest")


@dataclass(frozen=True, kw_only=True)
class CouncilsState(ViewState):
    """The list of councils: search, filters, order. `since` is in years."""

    q: str = param(read_text, default="")
    region: str | None = param(REGION, write=to_slug)
    kind: str | None = param(KIND, write=to_slug)
    area: str = param(LANE, default="help_and_protection", write=to_slug)
    grade: str | None = param(GRADE, write=to_slug)
    framework: str | None = param(FRAMEWORK, write=to_slug)
    since: str | None = param(one_of(*SINCE, what="span of years"))
    sort: str = param(one_of(*SORTS, what="order"), default="name")


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
    "worst": "grade in the chosen area, worst first",
    "longest": "longest since inspection",
    "newest": "newest inspection",
}

assert set(SINCE_LABELS) == set(SINCE) and set(SORT_LABELS) == set(SORTS)  # noqa: S101


@dataclass(frozen=True)
class CouncilsFound:
    """The councils shown, of how many, and the area their grade is shown for.

    `gone` of those shown no longer existed on the day, `to_come` not yet; the rest are of the
    `total`. `led`: districts and trusts that the search stands for.
    """

    positions: list[Position]
    total: int
    gone: int
    to_come: int
    lane: Lane
    query: str
    led: Sequence[search.Led] = ()


def ask(start: Opening) -> CouncilsFound:
    """Councils that exist on the day and fit every filter; others when searched for."""
    record, day, state = start.record, start.day, start.state
    held = list(positions(record, day))
    told = [row for row in start.now.councils if record.tells_of(row.opened_date, day)]
    total, led = len(held), search.led(state.q, told)
    if state.q:
        held += [
            Position(row, None, None)
            for row in record.councils
            if row.closed_by(day) or (row.opens_after(start.today) and row in told)
        ]
        # A council is found by every name that it has now, whatever it was called then.
        wanted = {row.id for row in search.matching(state.q, start.now.councils)}
        # Those that only answer for a district of the name are told in words beside others.
        answering = {council.id for row in led for council in row.councils}
        by_name = [row for row in held if row.council.id in wanted]
        held = by_name or [row for row in held if row.council.id in answering]
    lane = start.book.lane(state.area)
    shown = [row for row in held if fits(row, state, lane, start.seen_to)]
    gone = sum(row.council.closed_by(day) for row in shown)
    to_come = sum(row.council.opens_after(start.today) for row in shown)
    return CouncilsFound(in_order(shown, state, lane), total, gone, to_come, lane, state.q, led)


def fits(row: Position, state: CouncilsState, lane: Lane, seen_to: date) -> bool:
    """Years since an inspection are counted to the day that the record ends."""
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
        if row.last_begun is None:
            return False
        low, high = SINCE_YEARS[state.since]
        return low <= (seen_to - row.last_begun).days / 365.25 < high
    return True


def in_order(rows: list[Position], state: CouncilsState, lane: Lane) -> list[Position]:
    rows = sorted(rows, key=lambda row: search.folded(row.council.short_name))
    if state.sort == "grade":
        return sorted(rows, key=lambda row: _grade_place(row, lane))
    if state.sort == "worst":
        return sorted(rows, key=lambda row: _worst_place(row, lane))
    if state.sort == "longest":
        return sorted(rows, key=lambda row: row.last_begun or date.max)
    if state.sort == "newest":
        return sorted(rows, key=lambda row: row.last_begun or date.min, reverse=True)
    return rows


def _grade_place(row: Position, lane: Lane) -> int:
    judged = row.latest.in_lane(lane.code) if row.latest else None
    return judged.grade.place if judged else WITHOUT


def _worst_place(row: Position, lane: Lane) -> int:
    """Worst first; a council without a grade stands last either way."""
    place = _grade_place(row, lane)
    return place if place == WITHOUT else -place


def is_narrowed(state: CouncilsState) -> bool:
    return any((state.q, state.region, state.kind, state.grade, state.framework, state.since))


def context(found: CouncilsFound, start: Opening, path: str) -> dict[str, Any]:
    state: CouncilsState = start.state
    lanes = [lane for lane in start.book.lanes if lane.is_core]
    is_whole = not is_narrowed(state) and state.sort == "name"
    near = search.near(state.q, start.now.councils) if not found.positions else []
    shown = found.positions or meant(near, start)
    return {
        "found": found,
        "without_overall": presenters.without_overall_words(start.book, start.day),
        "count_words": words.count(len(found.positions) - found.gone - found.to_come, "council"),
        "counts": count_links(found.positions, found.lane, state, path),
        "is_filtered": is_narrowed(state),
        "chart_url": state.but(sort="name").url("/england/grades-by-area/"),
        "lanes": lanes,
        "heads": heads(start.book.choosable_lanes, state, path),
        "shown": shown,
        "rows": table_rows(shown, lanes, start),
        "letters": initials(found.positions) if is_whole else [],
        "near": near,
        "csv_url": state.url("/councils.csv"),
        "filters": filters(state, path, *fields_of(start.book)),
    }


def fields_of(book: FrameworkBook) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    """The controls in the row, and those behind it."""
    areas = [(to_slug(row.code), row.name) for row in book.choosable_lanes]
    frameworks = [
        (to_slug(row.code), row.short_name) for row in book.in_order if row.is_whole_service
    ]
    row = (
        Field("q", "Name, district or code", kind="search"),
        Field("region", "Region", lists.region_choices(), "all regions"),
        Field("grade", "Grade", lists.grade_choices(book), "any grade"),
        Field("area", "In the area", areas),
    )
    more = (
        Field("kind", "Kind of council", lists.kind_choices(), "all kinds"),
        Field("framework", "Last inspected under", frameworks, "any framework"),
        Field("since", "Time since inspection", list(SINCE_LABELS.items()), "any time"),
        Field("sort", "Order by", list(SORT_LABELS.items())),
    )
    return row, more


def heads(lanes: Sequence[Lane], state: CouncilsState, path: str) -> list[Head]:
    """Every column is a way to sort: by name, by the grade in an area, by the last inspection."""
    return [
        sorting_head("Council", state, path, ascending={"sort": "name"}),
        *(
            sorting_head(
                lane.short_name, state, path, css="lane",
                short=lane.initials,
                ascending={"sort": "grade", "area": lane.code},
                descending={"sort": "worst", "area": lane.code},
            )
            for lane in lanes
        ),
        sorting_head(
            "Last inspected", state, path,
            descending={"sort": "newest"}, ascending={"sort": "longest"},
        ),
        Head("Region", css="wide"),
    ]  # fmt: skip


def initials(rows: list[Position]) -> list[tuple[str, str]]:
    """The letters that names begin with, each with the address of its first council's row."""
    first = {row.council.short_name[0].upper(): row.council.slug for row in reversed(rows)}
    return list(reversed(first.items()))


def table_rows(rows: list[Position], lanes: list[Lane], start: Opening) -> SafeString:
    """The table's body; each council's row is made once for one Record and day."""

    def drawn(row: Position) -> SafeString:
        return start.draw(("row", row.council.id), lambda: table_row(row, lanes, start))

    return SafeString("".join([drawn(row) for row in rows]))


def table_row(row: Position, lanes: list[Lane], start: Opening) -> SafeString:
    given = last_overall(start.record, row.council, start.day)
    return format_html(
        '<tr id="{0}"><th scope="row"><input type="checkbox" name="councils-any" value="{0}" '
        'aria-label="Compare {2}"><a href="/councils/{0}/{1}">{2}</a></th>'
        "{3}{4}<td>{5}</td><td>{6}</td></tr>",
        row.council.slug,
        start.keep,
        row.council.short_name,
        presenters.overall_cell(row.latest, given),
        presenters.lane_cells(row.latest, lanes, cell="<td>"),
        presenters.inspected(row) or _none(row, start.day),
        Region.label_of(row.council.ons_region),
    )


def _none(row: Position, day: date) -> str:
    if row.council.closed_by(day):
        return f"closed {words.day(row.council.closed_date)}"
    if row.council.opens_after(day):
        return f"from {words.day(row.council.opened_date)}"
    return "no full inspection yet"


def lanes_together(row: Inspection, lanes: list[Lane]) -> str:
    return codes(
        lane for lane in lanes if (judged := row.in_lane(lane.code)) and judged.area.is_combined
    )


def columns(start: Opening) -> tuple[Column, ...]:
    """One judgement of two areas stands in both columns; `lanes_judged_together` names them."""
    lanes = [lane for lane in start.book.lanes if lane.is_core or lane.is_overall]
    return (
        *of("council", *IDS, "council_kind", "ons_region", "ofsted_region"),
        *of("latest", "inspection", "framework", "start_date", "publication_date"),
        *lane_grades(lanes, "latest"),
        *of("latest", lanes_judged_together=lambda row: lanes_together(row, lanes)),
        *of("", day=lambda row: start.day),
    )


def card(found: CouncilsFound, start: Opening) -> Card:
    number = len(found.positions)
    which = f"{words.count(number, 'council')}. {counts(found.positions, found.lane)}".strip()
    if not number:
        which = "No council fits."

    def figure() -> go.Figure:
        rows = [
            CardLine(row.council.short_name, _mark(row, found.lane.code)) for row in found.positions
        ]
        return drawing.lines(rows)

    return Card(title(start), which, "/councils/", figure)


def _mark(row: Any, lane: str) -> GradeSpan | str:
    if row.latest is None:
        return "?"
    judged = row.latest.in_lane(lane)
    if judged is None:
        return "–"
    is_together = judged.area.is_combined and judged.area.lanes[0].code != lane
    return spell(judged, row.latest, is_together=is_together)


def title(start: Opening) -> str:
    """`Councils: Good for care leavers, London, …`: every filter in words."""
    state: CouncilsState = start.state
    area = start.book.lane(state.area).name.lower()
    named = {grade.key: grade.title for grade in start.book.grades.values()}
    frameworks = {row.code: row.short_name for row in start.book.in_order}
    parts = [
        f"“{state.q}”" if state.q else "",
        f"{named[state.grade]} for {area}" if state.grade else "",
        Region.label_of(state.region) if state.region else "",
        CouncilKind.label_of(state.kind).lower() if state.kind else "",
        f"inspected under {frameworks[state.framework]}" if state.framework else "",
        f"{SINCE_LABELS[state.since]} since inspection" if state.since else "",
        f"by {SORT_LABELS[state.sort]}" if state.sort != "name" else "",
    ]
    said = [part for part in parts if part]
    return "Councils: " + (", ".join(said) if said else "inspections of children's services")


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Opens the council whose name or code was typed; else the list that it leads to."""
    start = opening(request, CouncilsState)
    council, _ = start.council(start.state.q) if start.state.q else (None, False)
    to = start.clocks.url(f"/councils/{council.slug}/") if council else ""
    return HttpResponseRedirect(to or start.state.url("/councils/"))


@asks(CouncilsState)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    start = opening(request, CouncilsState)
    found = ask(start)
    shown = start.context(
        banner=banner(start, of_england(EVERY, start)),
        **context(found, start, request.path),
        preview=preview(card(found, start), start),
    )
    return page_or_part(
        request,
        "dashboard/councils.html",
        "dashboard/partials/_councils.html",
        shown,
        start.state,
    )


@asks(CouncilsState)
@require_safe
def csv_file(request: HttpRequest) -> HttpResponse:
    start = opening(request, CouncilsState)
    return page_csv("councils", columns(start), ask(start).positions, start)


@asks(CouncilsState)
@require_safe
def picture(request: HttpRequest) -> HttpResponse:
    return card_picture(request, CouncilsState, lambda start: card(ask(start), start))
