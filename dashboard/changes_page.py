"""What changed between two days: from the answer to what the page and the file show."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from dashboard import chart_kinds_england, england_parts, england_questions, presenters, words
from dashboard.state import to_slug
from dashboard.state_england import DIRECTIONS, ChangesState
from inspections.queries import events
from inspections.queries.moved import Changes, Direction, Moved
from inspections.rows import CouncilRow, FrameworkBook

SIZE = england_questions.MOVED_A_PAGE
WORDS = {
    Direction.UP: "up",
    Direction.DOWN: "down",
    Direction.SAME: "the same again",
    Direction.FIRST: "judged for the first time",
    Direction.NOT_COMPARABLE: "not comparable",
    Direction.NOT_AGAIN: "not inspected in between",
    Direction.NOT_INSPECTED: "not yet inspected",
}
assert tuple(WORDS) == DIRECTIONS  # noqa: S101


def context(found: Changes, start: Any, path: str) -> dict[str, Any]:
    state: ChangesState = start.state
    book = start.book
    part = england_parts.slice_of(state, path, total=found.total, size=SIZE)
    councils = {
        row.id: row
        for row in events.councils(start.clock, id__in=[m.council_id for m in found.rows])
    }
    return {
        "pages": england_parts.page_links("changes", start.keep),
        "found": found,
        "lane": found.lane,
        "earlier": found.earlier,
        "sentence": sentence(found, state),
        "summary": [
            {
                "words": WORDS[direction],
                "count": found.directions[direction],
                "href": _only(state, direction=direction.value).url(path),
                "is_on": state.direction == direction,
            }
            for direction in Direction
        ],
        "matrix": matrix(found, state, path),
        **chart_kinds_england.on_page(
            chart_kinds_england.MOVES,
            replace(start, state=state.but(direction=None, steps=None, was=None, now=None)),
            chart_kinds_england.answer_moves(found),
        ),
        "rows": table_rows(found, councils, start.keep),
        "shown": words.count(found.total, "council"),
        "left_out": 0 if state.direction else found.directions[Direction.NOT_AGAIN],
        "part": part,
        "is_filtered": is_filtered(state),
        "clear": _only(state).url(path),
        "csv_url": state.url("/england/changes.csv"),
        "options": {
            "area": england_parts.area_choices(book),
            "region": england_parts.region_choices(),
            "kind": england_parts.kind_choices(),
            "direction": [(to_slug(code), text) for code, text in WORDS.items()],
            "steps": [(str(n), words.steps(n)) for n in (1, 2, 3)],
            "grade": england_parts.grade_choices(book),
        },
        "chosen": england_parts.chosen(
            state, "area", "region", "kind", "direction", "steps", "was", "now"
        ),
    }


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


def sentence(found: Changes, state: ChangesState) -> str:
    """How many were inspected in between, and what became of them."""
    span = f"Between {words.day(found.earlier)} and {words.day(found.later)}"
    among = england_parts.among_words(state.region, state.kind)
    again = found.inspected_again
    if not again:
        return f"{span} no full inspection of a council{among} was published."
    counts = found.directions
    parts = [
        f"{counts[direction]} {word}"
        for direction, word in (
            (Direction.UP, "up"),
            (Direction.SAME, "the same"),
            (Direction.DOWN, "down"),
            (Direction.FIRST, "judged for the first time"),
            (Direction.NOT_COMPARABLE, "not comparable"),
        )
        if counts[direction]
    ]
    return (
        f"{span} new full inspections of {again} of {found.councils} councils{among} were "
        f"published. For {found.lane.name.lower()}: {words.listing(parts)}."
    )


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


def table_rows(found: Changes, councils: dict[int, CouncilRow], keep: str) -> SafeString:
    return format_html_join(
        "",
        '<tr><th scope="row"><a href="/councils/{}/{}">{}</a></th><td data-label="Before">{}</td>'
        '<td data-label="After">{}</td><td data-label="Change">{}</td></tr>',
        (
            (
                councils[row.council_id].slug,
                keep,
                councils[row.council_id].short_name,
                _held(row.earlier),
                _held(row.later),
                _said(row),
            )
            for row in found.rows
        ),
    )


def _held(held: Any) -> SafeString:
    if held is None:
        return format_html('<span class="quiet">{}</span>', "not yet inspected")
    tag = presenters.grade_tag(held.grade)
    return format_html('{} <span class="quiet">{}</span>', tag, words.month(_day(held)))


def _day(held: Any) -> date:
    return held.start_date or held.publication_date


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


def as_csv(found: Changes, start: Any) -> HttpResponse:
    """Every council that fits the filters, one a line."""
    councils = {row.id: row for row in events.councils(start.clock)}
    rows = (
        (
            councils[row.council_id].short_name,
            councils[row.council_id].ons_code,
            councils[row.council_id].slug,
            councils[row.council_id].ofsted_region,
            found.lane.code,
            found.earlier,
            row.earlier.reference if row.earlier else None,
            row.earlier.start_date if row.earlier else None,
            row.cell[0],
            found.later,
            row.later.reference if row.later else None,
            row.later.start_date if row.later else None,
            row.cell[1],
            row.direction.value,
            row.change.steps if row.change else None,
            row.change.reason if row.change else None,
        )
        for row in found.rows
    )
    header = (
        "council", "ons_code", "slug", "ofsted_region", "area", "earlier_day",
        "earlier_inspection", "earlier_first_day_on_site", "earlier_grade", "later_day",
        "later_inspection", "later_first_day_on_site", "later_grade", "direction", "steps",
        "reason",
    )  # fmt: skip
    return england_parts.csv_file(f"changes-since-{found.earlier}", header, rows, start)
