"""What changed between two days: from the answer to what the page and the file show."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

import plotly.graph_objects as go
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from dashboard import words
from dashboard.charted.banner import of_england
from dashboard.charted.card import Card, preview
from dashboard.charted.card_picture import card_picture
from dashboard.charts import card as drawing
from dashboard.data.columns import IDS, of
from dashboard.data.described import page_csv
from dashboard.england import changes_any as any_area
from dashboard.england.changes_any import ANY, AnyChanges, ChangesPageState
from dashboard.england.changes_chart import (
    KIND_OF_CHART,
    MOVED_A_PAGE,
    ChangesState,
    answer_moves,
    ask_changes,
    became_words,
    days_of,
    out_of_order,
)
from dashboard.england.page import answer, at_hand, on_page
from dashboard.http.answers import asks
from dashboard.state import lists
from dashboard.state.address import to_slug
from dashboard.state.controls import Field, Head, filters, sorting_head
from dashboard.state.opening import Opening, opening, told
from dashboard.words import presenters
from inspections.figure_rows import CardLine
from inspections.framework_rows import FrameworkBook, Lane
from inspections.questions.changes import BY_CHANGE, NAME, NEWEST, Changes, Direction, Held, Moved
from inspections.questions.published import releases

WORDS = {
    Direction.UP: "up",
    Direction.DOWN: "down",
    Direction.SAME: "the same",
    Direction.FIRST: "first judgement",
    Direction.NOT_COMPARABLE: "not comparable",
    Direction.NOT_AGAIN: "not re-inspected",
    Direction.NOT_INSPECTED: "not yet inspected",
}


class ChangeLine(NamedTuple):
    """A council between two days, with what was asked."""

    moved: Moved
    lane: Lane
    earlier: date
    later: date


CHANGE = (
    *of("moved.council", *IDS, "ofsted_region"),
    *of("", "lane"),
    *of("moved", "direction", "steps", "reason_not_compared"),
    *(
        column
        for side in ("earlier", "later")
        for column in (
            *of("", role=side, day=side),
            *of(
                f"moved.{side}.inspection",
                "inspection",
                "start_date",
                "publication_date",
                role=side,
            ),
            *of(f"moved.{side}", "grade", role=side),
        )
    ),
)


def shown_of(found: Changes | AnyChanges, start: Opening, path: str) -> dict[str, Any]:
    """What differs where any area is asked about: no chart and no table from grade to grade."""
    state: ChangesState = start.state
    if isinstance(found, AnyChanges):
        return {
            "lanes": found.lanes,
            "bodies": bodies(any_area.table_rows(found, start.keep), state),
            "preview": preview(card(found, start), start),
        }
    unfiltered = state.but(direction=None, steps=None, was=None, now=None)
    return {
        "lane": found.lane,
        "heads": [
            sorting_head("Council", state, path, ascending={"sort": NAME}),
            Head(f"Held on {words.day(found.earlier)}"),
            Head(f"Held on {words.day(found.later)}"),
            sorting_head("Change", state, path, ascending={"sort": BY_CHANGE}),
            sorting_head("Published", state, path, descending={"sort": NEWEST}),
        ],
        "matrix": matrix(found, state, path),
        "bodies": bodies(table_rows(found, start.keep), state),
        **on_page(KIND_OF_CHART, replace(start, state=unfiltered), answer_moves(found, start)),
    }


def context(found: Changes | AnyChanges, start: Opening, path: str) -> dict[str, Any]:
    state: ChangesState = start.state
    book = start.book
    part = lists.slice_of(state, path, total=found.total, size=MOVED_A_PAGE)
    return {
        "found": found,
        "earlier": found.earlier,
        "sentence": newest_words(found, state),
        "counted": counted_words(found, state),
        "summary": [
            {
                "words": WORDS[direction],
                "count": found.directions[direction],
                "href": _only(state, direction=direction.value).url(path),
                "is_on": state.direction == direction,
            }
            for direction in Direction
            if found.directions[direction]
        ],
        **shown_of(found, start, path),
        "shown": words.count(found.total, "council"),
        "left_out": 0 if state.direction else found.directions[Direction.NOT_AGAIN],
        "part": part,
        "is_filtered": is_filtered(state),
        "clear": _only(state).url(path),
        "csv_url": state.url("/england/changes.csv"),
        "at_hand": at_hand(
            start,
            [
                ("Inspected again", f"{found.inspected_again} of {found.councils} councils"),
                ("From", words.day(found.earlier)),
                ("To", words.day(found.later)),
            ],
            [
                *([] if isinstance(found, AnyChanges) else [("#from-to", "From grade to grade")]),
                ("/england/week/", "This week"),
                ("/england/statistics/", "Grades on any date"),
                ("/england/journeys/", "After a grade"),
                ("/subscribe/", "Be told of changes"),
                (state.url("/england/changes.csv"), "These councils as CSV"),
            ],
        ),
        "presets": presets(state, start, path),
        "filters": filters(
            state,
            path,
            [area_field(book), lists.region_field(), lists.kind_field()],
            [
                Field("from", "Since", kind="date"),
                Field(
                    "direction",
                    "Direction",
                    [(to_slug(code), text) for code, text in WORDS.items()],
                    any="any",
                ),
                Field(
                    "steps", "Moved by", [(str(n), words.steps(n)) for n in (1, 2, 3)], any="any"
                ),
                Field("was", "Grade before", lists.grade_choices(book), any="any grade"),
                Field("now", "Grade after", lists.grade_choices(book), any="any grade"),
            ],
        ),
    }


def area_field(book: FrameworkBook) -> Field:
    return Field("area", "Judgement area", [*lists.area_choices(book), (ANY, "Any area")])


def presets(state: ChangesState, start: Opening, path: str) -> list[dict[str, Any]]:
    """Spans that are often asked for, the chosen one marked."""
    released = max((day for day in releases(start.record) if day < start.told_to), default=None)
    spans = [("Last 12 months", None), ("This year", date(start.told_to.year, 1, 1))]
    if released:
        spans.append((f"Since Ofsted's figures of {words.day(released)}", released))
    return [
        {
            "words": name,
            "href": state.but(since=since, page=1).url(path),
            "is_on": state.since == since,
        }
        for name, since in spans
    ]


def is_filtered(state: ChangesState) -> bool:
    """Whether the list is narrowed; the sums and their chart are of all councils asked about."""
    return any((state.direction, state.steps, state.was, state.now))


def narrowing(state: ChangesState, book: FrameworkBook) -> str:
    """Which councils are listed, as `up, moved by two grades, from Requires improvement`."""
    grades = {grade.key: grade.title for grade in book.grades.values()}
    parts = (
        WORDS[Direction(state.direction)] if state.direction else "",
        f"moved by {words.steps(state.steps)}" if state.steps else "",
        f"from {grades[state.was]}" if state.was else "",
        f"to {grades[state.now]}" if state.now else "",
    )
    return ", ".join(part for part in parts if part)


def _only(state: ChangesState, **filters: Any) -> ChangesState:
    """The state with these filters of the list and no others."""
    none = {"direction": None, "steps": None, "was": None, "now": None, "page": 1}
    return state.but(**{**none, **filters})


def newest_words(found: Changes | AnyChanges, state: ChangesState) -> str:
    """Who went up or down last, each with the day of its report."""
    if isinstance(found, AnyChanges):
        where, told = "in any area", any_area.newest(found)
    else:
        where, told = f"for {found.lane.name.lower()}", newest(found)
    if not told:
        return (
            f"No council{lists.among_words(state.region, state.kind)} went up or down {where} "
            f"between {words.day(found.earlier)} and {words.day(found.later)}."
        )
    named = words.listing([f"{name} ({words.day(day)})" for name, day in told])
    return f"Newest change{'' if len(told) == 1 else 's'} {where}: {named}."


def newest(found: Changes) -> list[tuple[str, date]]:
    """`Luton up to Good`, with the day of its report."""
    return [
        (f"{row.council.short_name} {row.direction} to {row.later.grade.title}", row.published)
        for row in found.newest[: any_area.NAMED]
        if row.later and row.later.grade
    ]


def counted_words(found: Changes | AnyChanges, state: ChangesState) -> str:
    """How many were inspected in between, and what became of them."""
    among = lists.among_words(state.region, state.kind)
    span = f"between {words.day(found.earlier)} and {words.day(found.later)}"
    if not found.inspected_again:
        return f"No council{among} had a report of a new full inspection {span}."
    said = f"{found.inspected_again} of {found.councils} councils{among} had a report of a new"
    told = any_area.counted(found) if isinstance(found, AnyChanges) else became_words(found)
    return f"{said} full inspection {span}: {told}."


def matrix(found: Changes, state: ChangesState, path: str) -> list[dict[str, Any]]:
    """A row for each earlier grade; each count opens the councils behind it."""
    return [
        {
            "tag": presenters.grade_tag(old),
            "cells": [
                _cell(
                    found.matrix[old.key, new.key],
                    _only(state, was=old.key, now=new.key).url(path),
                )
                for new in found.grades
            ],
            "n": sum(found.matrix[old.key, new.key] for new in found.grades),
        }
        for old in found.grades
    ]


def _cell(number: int, href: str) -> SafeString | str:
    return format_html('<a href="{}#list">{}</a>', href, number) if number else "–"


def table_rows(found: Changes, keep: str) -> Iterator[tuple[bool, SafeString]]:
    for row in found.rows:
        before, after = _held(row.earlier), _held(row.later)
        yield row.has_moved, any_area.change_row(keep, row, before, after, _said(row))


GROUPS = {True: "Up or down", False: "Neither up nor down"}


def bodies(
    rows: Iterable[tuple[bool, SafeString]], state: ChangesState
) -> list[tuple[str, SafeString]]:
    """The rows of a page, those that went up or down apart where the newest stand first."""
    is_apart = state.sort == NEWEST and not state.direction
    return [
        (
            GROUPS[has_moved] if is_apart else "",
            format_html_join("", "{}", ((row,) for _, row in part)),
        )
        for has_moved, part in groupby(rows, key=lambda pair: is_apart and pair[0])
    ]


def _held(held: Held | None) -> SafeString:
    if held is None:
        return format_html('<span class="quiet">{}</span>', "not yet inspected")
    return presenters.grade_tag(held.grade)


def _day(held: Held) -> date:
    return held.inspection.event_date


def note(row: Moved) -> str:
    """A council's change in words, as `Good (July 2022) → Outstanding (May 2026): up one grade`."""
    held = [
        f"{side.grade.title if side.grade else 'not graded'} ({words.month(_day(side))})"
        if side
        else "not yet inspected"
        for side in (row.earlier, row.later)
    ]
    return f"{held[0]} → {held[1]}: {_said(row)}"


def _said(row: Moved) -> str:
    if row.change is None:
        return WORDS[row.direction]
    return words.change(row.change, None)


def card(found: Changes | AnyChanges, start: Opening) -> Card:
    """The councils of a narrowed list; without one the page's preview is that of its chart."""
    place, which = lists.place(start.state), narrowing(start.state, start.book)

    def figure() -> go.Figure:
        if isinstance(found, AnyChanges):
            noted = [(row.council.short_name, any_area.said(row)) for row in found.rows]
        else:
            noted = [(row.council.short_name, note(row)) for row in found.rows]
        return drawing.lines([CardLine(name, note=text) for name, text in noted])

    if not which:
        which = "between two days"
        said = f"{newest_words(found, start.state)} {counted_words(found, start.state)}"
        return Card(f"{place}, what changed: {which}", said, "/england/changes/", figure)
    area = "any area" if isinstance(found, AnyChanges) else found.lane.name.lower()
    said = (
        f"{words.count(found.total, 'council')} {which} for {area} between "
        f"{words.day(found.earlier)} and {words.day(found.later)}."
    )
    return Card(f"{place}, what changed: {which}", said, "/england/changes/", figure)


def in_order(start: Opening) -> Opening:
    """With what cannot be the earlier day told, and the day that stands for it."""
    return told(start, *out_of_order(start)).showing("from", days_of(start)[0])


def asked(start: Opening, **size: Any) -> Changes | AnyChanges:
    return (any_area.ask if start.state.area == ANY else ask_changes)(start, **size)


@asks(ChangesPageState)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    start = in_order(opening(request, ChangesPageState))
    start, found = lists.asked_page(start, asked, MOVED_A_PAGE)
    shown = context(found, start, request.path)
    if is_filtered(start.state):
        shown["preview"] = preview(card(found, start), start)
    return answer(request, "changes", start, of_england(lists.among_in(start.state), start), shown)


@asks(ChangesPageState)
@require_safe
def csv(request: HttpRequest) -> HttpResponse:
    """Every council that fits the filters, one a line; of any area, a line for each area."""
    start = in_order(opening(request, ChangesPageState))
    found = asked(start, most=None)
    moves = (
        any_area.moves(found)
        if isinstance(found, AnyChanges)
        else ((found.lane, row) for row in found.rows)
    )
    rows = (ChangeLine(row, lane, found.earlier, found.later) for lane, row in moves)
    return page_csv(f"changes-since-{found.earlier}", CHANGE, rows, start)


def _card(start: Opening) -> Card:
    start, found = lists.asked_page(in_order(start), asked, MOVED_A_PAGE)
    return card(found, start)


@asks(ChangesPageState)
@require_safe
def picture(request: HttpRequest) -> HttpResponse:
    return card_picture(request, ChangesPageState, _card)
