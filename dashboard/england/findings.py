"""What inspectors ask for in England: the page, its list of findings and its file."""

from statistics import median
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dashboard import words
from dashboard.charted.banner import of_england
from dashboard.data.columns import IDS, of
from dashboard.data.described import page_csv
from dashboard.data.tables import reference_of
from dashboard.england.findings_chart import (
    DOCUMENTS,
    KIND_OF_CHART,
    FindingsState,
    among_words,
    answer_themes,
    asked_documents,
    by_words,
    document_name,
    event_words,
)
from dashboard.england.findings_chart import sentence as of_all
from dashboard.england.findings_chart import share_words as themes_share
from dashboard.england.page import answer, at_hand, on_page
from dashboard.findings.asked_for import LETTERS, document_of, page_address, share_words
from dashboard.http.answers import asks
from dashboard.state import lists
from dashboard.state.address import Notice, to_slug
from dashboard.state.controls import Field, filters
from dashboard.state.opening import Opening, opening
from dashboard.words import presenters
from dashboard.words.coverage import complete
from inspections.diff import POINTS
from inspections.questions.asked_for import raised_again
from inspections.questions.findings import (
    INSPECTION,
    Asked,
    By,
    Finding,
    ThemeGroup,
    by_frequency,
    findings,
    holds_sentences,
    latest_raising,
    told,
    whole,
)
from inspections.rows import Council, Event, Inspection, Point, Visit
from inspections.rules.clock import a_year_before

A_PAGE = 40
MOST_NAMED = 3  # themes in the first sentence


class FindingLine(NamedTuple):
    """A finding for a file."""

    council: Council
    event: Event
    point: Point


FINDING = (
    *of("council", *IDS, "ons_region"),
    *of("event", inspection=reference_of(Inspection), visit=reference_of(Visit)),
    *of("event", "start_date", "publication_date", document_url=document_of),
    *of("point", "point_number", "point_kind", "page", "themes", "themes_basis",
        "themes_version", "sentence"),
)  # fmt: skip


def found_in(start: Opening, rows: list[Asked]) -> list[Finding]:
    state: FindingsState = start.state
    return findings(
        rows, theme=state.asked or "", is_priority_only=bool(state.priority), said=state.q
    )


def context(start: Opening, rows: list[Asked], path: str) -> dict[str, Any]:
    state: FindingsState = start.state
    found, last = found_in(start, rows), start.seen_to
    part = lists.slice_of(state, path, total=len(found), size=A_PAGE)
    theme = start.record.theme_by_code.get(state.asked or "")
    risen = told_context(start)
    raising, councils = latest_raising(rows, state.asked) if state.asked else ([], 0)
    return {
        **on_page(KIND_OF_CHART, start, answer_themes(start, rows)),
        "filters": filters(state, path, *fields(start)),
        "sentence": now_words(start, rows),
        "by_words": by_words(start),
        "fewer": "" if state.council or state.by != By.YEAR else fewer_words(rows),
        "known": words.begun(complete(start.record.coverage, a_year_before(last), last, LETTERS)),
        "asked_theme": theme,
        "raising": [link(row, start) for row in raising],
        "councils": councils,
        "told": risen,
        "lines": [line(row, start) for row in found[part.first : part.last]],
        "found_words": words.count(len(found), "point"),
        "part": part,
        "holds_sentences": holds_sentences(start.record),
        "share_words": share_words(raised_again(start.record, start.day)),
        "at_hand": at_hand(
            start,
            [
                ("Reports and letters", f"{whole(rows).documents:,}"),
                ("Points", f"{len(found):,}"),
            ],
            [
                ("#list", "Every point"),
                *([("#risen", "What councils that rose had been told")] if risen["rows"] else []),
                ("/method/#themes", "How points are sorted under themes"),
                (state.url("/england/findings.csv"), "All points as CSV"),
                (state.but(page=1).url("/england/findings.atom"), "Feed"),
                ("/api/v1/", "API"),
            ],
        ),
        "atom": [("What inspectors ask for", state.but(page=1).url("/england/findings.atom"))],
    }


def now_words(start: Opening, rows: list[Asked]) -> str:
    """What the reports and letters of the twelve months to the record's end ask for most; of one
    council what its newest one asks for; where other days are asked about, what all of them do."""
    state: FindingsState = start.state
    if state.council and rows:
        return own_words(start, rows)
    last = start.seen_to
    first = a_year_before(last)
    kept = [row for row in rows if row.published and first < row.published <= last]
    if state.start or state.end or not kept:
        return of_all(start, rows, by_frequency(start.record, whole(rows)))
    total = whole(kept)
    themes = by_frequency(start.record, total)[:MOST_NAMED]
    number = words.count(total.documents, "report or letter", "reports and letters")
    span = f"{among_words(start)} of the twelve months to {words.day(last)}"
    if not themes:
        return f"{number}{span} raise no theme."
    said = [f"{row.name.lower()} ({themes_share(total, row.code)})" for row in themes]
    chosen = start.record.theme_by_code.get(state.asked or "")
    own = (
        f"; {chosen.name.lower()}: {themes_share(total, chosen.code)}"
        if chosen and chosen not in themes
        else ""
    )
    asks = "asks for" if total.documents == 1 else "most often ask for"
    return f"What {number}{span} {asks}: {words.listing(said)}{own}."


def own_words(start: Opening, rows: list[Asked]) -> str:
    """What the newest document of a council asks for, and what all of them ask for most."""
    newest, total = rows[0], whole(rows)
    names = [row.name.lower() for row in start.record.themes if row.code in newest.themes]
    asks = "; ".join(names) or "nothing that belongs to a theme"
    what = event_words(newest)
    number = words.count(total.documents, "report or letter", "reports and letters")
    often = [f"{row.name.lower()} (in {total.raised[row.code]})"
             for row in by_frequency(start.record, total)[:MOST_NAMED]]  # fmt: skip
    most = f", most often {words.listing(often)}" if often and total.documents > 1 else ""
    return (
        f"{newest.council.short_name}, {what[0].lower()}{what[1:]}: asked for {asks}. "
        f"{number} on record{most}."
    )


def fewer_words(rows: list[Asked]) -> str:
    """How many points half of the reports of the first and the last year had: why shares fall."""
    points: dict[int, list[int]] = {}
    for row in rows:
        if row.kind == INSPECTION and row.published:
            points.setdefault(row.published.year, []).append(len(row.points))
    if len(points) < 2:
        return ""
    first, last = min(points), max(points)
    then, now = (round(median(points[year])) for year in (first, last))
    if then <= now:
        return ""
    return (
        f"Inspection reports ask for fewer points than they did: half had {then} or more in "
        f"{first}, {now} in {last}."
    )


def fields(start: Opening) -> tuple[list[Field], list[Field]]:
    themes = [(to_slug(row.code), row.name) for row in start.record.themes]
    kinds = [(to_slug(kind), document_name(kind)) for kind in DOCUMENTS]
    row = [
        lists.council_field(start, "Your council"),
        Field("asked", "Theme", themes, any="all themes"),
    ]
    if holds_sentences(start.record):
        row.insert(0, Field("q", "Words of the point", kind="search"))
    more = [
        Field("by", "Table by", [(by.value, by.label) for by in By]),
        lists.region_field(),
        Field("document", "Report or letter", kinds, any="all"),
        lists.kind_field(),
        lists.area_field(start.book),
        Field("grade", "Grade given there", lists.grade_choices(start.book), any="any grade"),
        Field("from", "Published from", kind="date"),
        Field("to", "Published to", kind="date"),
        Field(
            "priority", "Kind of point", [("some", "areas for priority action")], any="every point"
        ),
    ]
    return row, more


def link(row: Asked, start: Opening) -> dict[str, str]:
    return {
        "name": row.council.short_name,
        "href": f"/councils/{row.council.slug}/inspections/{row.event.reference}/{start.keep}",
        "month": presenters.event_month(row.event),
    }


def line(row: Finding, start: Opening) -> dict[str, Any]:
    names = start.record.theme_by_code
    return {
        **link(row.asked, start),
        "event": event_words(row.asked),
        "point": row.point,
        "sentence": row.point.text.removesuffix("."),  # its page stands behind it
        "themes": "; ".join(names[code].name for code in row.point.themes),
        "page_url": page_address(row.asked.event, row.point.page),
    }


def told_context(start: Opening) -> dict[str, Any]:
    """What councils that rose from inadequate in the area had been told, beside the others."""
    lane = start.book.lane(start.state.area)
    found = told(start.record, start.day, lane, lists.among_in(start.state))
    sides = (found.rose, found.stayed, found.waiting)
    themes = sorted(start.record.themes, key=lambda row: -found.rose.raised.get(row.code, 0))
    return {
        "lane": lane,
        "sides": sides,
        "unread": found.unread,
        "rows": [
            (theme.name, [_count(side, theme.code) for side in sides])
            for theme in themes
            if any(side.raised.get(theme.code) for side in sides)
        ],
        "risen": [
            {
                **link(row.asked, start),
                "later": words.month(row.later.event_date),
                "after": lists.months(row.days),
            }
            for row in found.risen
        ],
    }


def _count(side: ThemeGroup, theme: str) -> str:
    return f"{side.raised.get(theme, 0)} of {side.documents}" if side.documents else "–"


def asked(start: Opening) -> tuple[Opening, list[Asked]]:
    """The documents asked about; a council of no such name is told and left out of account."""
    state: FindingsState = start.state
    if state.council and start.council(state.council)[0] is None:
        notice = Notice("council", state.council, "there is no council of this name")
        start = start.but_notice(notice, council=None)
    return start, asked_documents(start)


@asks(FindingsState)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    start, rows = asked(opening(request, FindingsState))
    total = len(found_in(start, rows))
    last = lists.last_page(total, A_PAGE)
    if start.state.page > last:
        reason = f"the list ends with page {last}, which is shown"
        start = start.but_notice(Notice("page", str(start.state.page), reason), page=last)
    scope = of_england(
        lists.among_in(start.state), start, has_visits=True, reference_data=frozenset({POINTS})
    )
    return answer(request, "findings", start, scope, context(start, rows, request.path))


@asks(FindingsState)
@require_safe
def csv(request: HttpRequest) -> HttpResponse:
    start, rows = asked(opening(request, FindingsState))
    lines = (
        FindingLine(row.asked.council, row.asked.event, row.point) for row in found_in(start, rows)
    )
    return page_csv("findings", FINDING, lines, start)
