"""Councils side by side: judgements now, grades over time on one axis, time since."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from dashboard import words
from dashboard.charted.banner import banner
from dashboard.charted.kind import Shown
from dashboard.charted.share import share, with_more
from dashboard.council.context import NOT_CAUSE
from dashboard.council.council import lane_heads
from dashboard.council.figures_beside import BESIDE, by_group, lines
from dashboard.council.side_by_side import (
    MOST_IN_A_NAME,
    SIDE_BY_SIDE,
    CompareState,
    answer,
    ask,
    first_of,
    not_among,
    scope,
)
from dashboard.data.described import page_csv
from dashboard.data.document import STATISTICS
from dashboard.england.upcoming import span_words
from dashboard.http.answers import asks
from dashboard.state.address import (
    MOST_IN_A_LIST,
    Notice,
)
from dashboard.state.controls import Head
from dashboard.state.opening import Opening, opening
from dashboard.words import presenters
from inspections.framework_rows import Lane
from inspections.questions import search
from inspections.questions.positions import Position, last_overall, positions
from inspections.questions.waits import windows
from inspections.rows import Council
from inspections.rules.clock import a_year_before

LONGEST_SOUGHT = 80
NEWEST = 4  # of the newest reports, in an example


@dataclass(frozen=True)
class Side:
    """One council of the comparison."""

    council: Council
    cells: SafeString
    waited: str
    without: str
    first: str
    """The address of the view in which it stands first; of the one where none does, if it does."""
    is_first: bool


def _since(row: Position, seen_to: date) -> str:
    """`3 years 2 months (June 2023)`: from the first day to the day that the record ends."""
    if row.latest is None or row.unread:
        return presenters.inspected(row) or "no full inspection yet"
    begun = row.latest.event_date
    return f"{words.span(begun, max(begun, seen_to))} ({words.month(begun)})"


def sides(held: Sequence[Position], start: Opening, slugs: Sequence[str]) -> list[Side]:
    """Sorted by name; `without` is the address of the view without this council."""
    lanes = [lane for lane in start.book.lanes if lane.is_core]
    chosen = first_of([row.council for row in held], start)

    def side(row: Position) -> Side:
        slug, is_first = row.council.slug, row.council == chosen
        rest = tuple(one for one in slugs if one != slug)
        without = start.state.but(councils=rest, **({"council": None} if is_first else {}))
        return Side(
            row.council,
            presenters.overall_cell(row.latest, last_overall(start.record, row.council, start.day))
            + presenters.lane_cells(row.latest, lanes),
            _since(row, start.seen_to),
            without.url("/compare/"),
            start.state.but(council=None if is_first else slug).url("/compare/"),
            is_first,
        )

    return [side(row) for row in held]


def next_words(held: Sequence[Position], start: Opening) -> str:
    """`Bedford October 2028 to June 2030; Luton …`: each council's likely window, by its name."""
    found = windows(start.record, start.day)
    known = {
        row.council.short_name: found[row.council.id].window
        for row in held
        if row.council.id in found and not row.unread
    }
    told = [
        f"{name} {span_words(window, start.day)}"
        for name, window in known.items()
        if window.earliest_date
    ]
    return "; ".join(told)


def now_sentence(held: Sequence[Position], start: Opening) -> str:
    """`Help and protection: Good in Bury and Luton; Inadequate in Slough.` Of the page's lane."""
    lane = usual_lane(start)
    groups: dict[Any, list[str]] = {}
    for row in held:
        judged = row.latest.in_lane(lane.code) if row.latest and lane else None
        if judged:
            groups.setdefault(judged.grade, []).append(row.council.short_name)
    best_first = sorted(groups, key=lambda grade: grade.place)
    parts = [f"{grade.title} in {words.listing(groups[grade])}" for grade in best_first]
    return f"{lane.name}: {'; '.join(parts)}." if lane and parts else ""


def usual_lane(start: Opening) -> Lane | None:
    """Help and protection, or the first core area that the record has in its place."""
    return next((row for row in start.book.lanes if row.is_core and row.order == 3), None)


def alike(start: Opening, council: Council) -> list[tuple[str, str]]:
    """Ready-made comparisons with a council: neighbours, region, same grade two years ago."""
    neighbours = [start.record.council(pk) for pk in council.neighbours]
    councils = start.record.councils_on(start.day)
    region = [row for row in councils if row.ons_region == council.ons_region]
    found = [
        (
            "Nearest statistical neighbours",
            [council.slug, *(row.slug for row in neighbours)][:MOST_IN_A_LIST],
        ),
        ("Same region", [council.slug, *(row.slug for row in region)]),
        *same_grades(start, council, councils),
    ]
    return [
        (
            f"{label}: {council.short_name}" + cut(slugs),
            start.state.but(councils=tuple(dict.fromkeys(slugs))[:MOST_IN_A_LIST]).url("/compare/"),
        )
        for label, slugs in found
        if len(set(slugs)) > 1
    ]


def examples(start: Opening) -> list[tuple[str, str]]:
    """What a reader may want beside each other who has named nobody: the newest inspected, those
    with the worst grade for the usual area, and one council with those most like it."""
    held, lane = positions(start.record, start.day), usual_lane(start)
    done = [(row.latest, row.council) for row in held if row.latest]
    done.sort(key=lambda pair: pair[0].publication_date, reverse=True)
    newest = [council for _, council in done[:NEWEST]]
    named = words.listing([row.short_name for row in newest])
    found = [(f"Newest reports: {named}", [row.slug for row in newest])]
    if lane:
        graded = [(row.in_lane(lane.code), council.slug) for row, council in done]
        bad = [slug for judged, slug in graded if judged and judged.grade.is_inadequate]
        found.append((f"Inadequate for {lane.name.lower()} ({len(bad)})", sorted(bad)))
    for row in newest[:1]:
        like = [start.record.council(pk).slug for pk in row.neighbours]
        found.append(
            (f"{row.short_name} and the councils most like it", [row.slug, *like][:MOST_IN_A_LIST])
        )
    return [
        (
            f"{label}{cut(slugs)}",
            start.state.but(councils=tuple(slugs[:MOST_IN_A_LIST])).url("/compare/"),
        )
        for label, slugs in found
        if len(slugs) > 1
    ]


def cut(slugs: list[str]) -> str:
    """Said where more councils fit than can stand side by side."""
    total = len(set(slugs))
    return f" (first {MOST_IN_A_LIST} of {total} by name)" if total > MOST_IN_A_LIST else ""


def same_grades(
    start: Opening, council: Council, councils: list[Council]
) -> list[tuple[str, list[str]]]:
    """Councils that two years ago held the same grade for help and protection, or for the
    first core area that the record has."""
    day = start.day
    before = a_year_before(a_year_before(day))
    held = positions(start.record, before, councils)
    lane = usual_lane(start)
    if lane is None:
        return []
    grades = {
        row.council.id: judged.grade
        for row in held
        if row.latest and (judged := row.latest.in_lane(lane.code))
    }
    own = grades.get(council.id)
    if own is None:
        return []
    slugs = [row.slug for row in councils if grades.get(row.id) == own]
    label = f"{own.name} for {lane.name.lower()} two years ago"
    return [(label, [council.slug, *slugs])]


@asks(CompareState)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    start = opening(request, CompareState)
    slugs = start.state.councils
    sought = request.GET.get("add", "")[:LONGEST_SOUGHT].strip()
    found = ask(start)
    chosen, held = found.chosen, found.held
    known = {row.slug for row in chosen}
    first = next((row for slug in slugs for row in chosen if row.slug == slug), None)
    names = names_of([row.council.short_name for row in held])
    shown = Shown(SIDE_BY_SIDE, start, None, answer(found, start))
    preview = shown.preview(request.path)
    lanes = [lane for lane in start.book.lanes if lane.is_core]
    context = start.context(
        "Compare councils",
        sides=sides(held, start, slugs),
        chart=None
        if shown.answer.is_empty
        else replace(
            shown.chart,
            choose=partial(shown.filters, request.path, without="council"),
            choose_at=request.path,
        ),
        share=share(shown),
        alike=alike(start, first) if first else examples(start),
        lanes=lanes,
        heads=[
            Head("Council"),
            Head("Overall", css="lane", short="Ov"),
            *lane_heads(lanes),
            Head("Since the last full inspection"),
            Head("Order", css="no-print"),
        ],
        without_overall=presenters.without_overall_words(start.book, start.day),
        can_add=len(known) < MOST_IN_A_LIST,
        joined="~".join(slug for slug in slugs if slug in known),
        names=names,
        absent=[row.short_name for row in chosen if row not in [x.council for x in held]],
        banner=banner(start, scope(found)),
        notices=[*notices(start, sought), *not_among(found, start)],
        first=first_of(chosen, start),
        sentence=now_sentence(held, start),
        likely=next_words(held, start),
        meant=offered(start, sought),
        figures=by_group(start, [row.council for row in held]),
        not_cause=NOT_CAUSE,
        figures_csv=start.state.url("/compare/figures.csv"),
        **({"preview": preview} if first else {}),
    )
    return render(request, "dashboard/compare.html", context)


@asks(CompareState)
@require_safe
def figures_csv(request: HttpRequest) -> HttpResponse:
    """Every period of every measure of the councils compared, beside neighbours and England."""
    start = opening(request, CompareState)
    councils = [row.council for row in ask(start).held]
    rows = lines(start, councils, start.record.measures.measures)
    return page_csv("figures-side-by-side", BESIDE, rows, start, source=STATISTICS)


def names_of(councils: Sequence[str]) -> str:
    """`Bedford and Luton`, or `5 councils` where there are more than a title holds."""
    return (
        words.listing(councils) if len(councils) <= MOST_IN_A_NAME else f"{len(councils)} councils"
    )


def notices(start: Opening, sought: str) -> list[Notice]:
    """Those of the address; a council that was not added is told why."""
    is_full = len(start.state.councils) == MOST_IN_A_LIST
    full = f"{MOST_IN_A_LIST} councils stand side by side already; remove one first"
    several = "it is not the name or code of one council"
    reason = full if is_full else several if sought else "nothing was named"
    return [replace(row, reason=reason) if row.name == "add" else row for row in start.notices]


def offered(start: Opening, sought: str) -> list[tuple[str, str]]:
    """Councils that an unclear or misspelt name may stand for, each with its comparison."""
    councils = start.state.councils
    if not sought or len(councils) == MOST_IN_A_LIST:
        return []
    known = start.now.councils
    meant = [search.Near(row) for row in search.matching(sought, known)[:MOST_IN_A_LIST]]
    return [
        (
            row.council.name + (f" (for {row.name})" if row.name else ""),
            start.state.but(councils=(*councils, row.council.slug)).url("/compare/"),
        )
        for row in meant or search.near(sought, known)
        if row.council.slug not in councils
    ]


@require_safe
def add(request: HttpRequest) -> HttpResponse:
    """The address of the comparison with one more council, named or by code.

    Where ten stand there already, or the name is unclear, the page says that none was added.
    """
    start = opening(request, CompareState)
    sought = request.GET.get("add", "")[:LONGEST_SOUGHT].strip()
    here = start.state.url("/compare/")
    if not sought:
        return HttpResponseRedirect(here)
    found, _ = start.council(sought)
    if found is None:
        return HttpResponseRedirect(with_more(here, urlencode({"add": sought})))
    slugs = tuple(dict.fromkeys((*start.state.councils, found.slug)))
    to = start.state.but(councils=slugs[:MOST_IN_A_LIST]).url("/compare/")
    return HttpResponseRedirect(to if len(slugs) <= MOST_IN_A_LIST else f"{to}&add={found.slug}")
