"""England: what every council holds."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from dashboard import words
from dashboard.charted.banner import banner, of_england
from dashboard.charted.share import share
from dashboard.england import held as grades_held
from dashboard.england.changes_chart import USUAL_DAYS, became_words
from dashboard.england.page import at_hand
from dashboard.http.answers import asks
from dashboard.http.rendering import page_or_part
from dashboard.state import lists
from dashboard.state.address import HELP, LANE, ViewState, param, read_flag, to_slug
from dashboard.state.opening import Opening, opening
from dashboard.words import presenters
from dashboard.words.coverage import complete
from inspections.framework_rows import Grade, Lane
from inspections.questions import overview
from inspections.questions.among import EVERY
from inspections.questions.changes import Changes, Direction, changes
from inspections.questions.positions import Position, positions
from inspections.rows import Council, Inspection, Visit
from inspections.rules.lanes import counted_lanes
from inspections.vocabulary import Region


@dataclass(frozen=True, kw_only=True)
class EnglandState(ViewState):
    """`names`: the squares with the names of their councils."""

    area: str = param(LANE, default=HELP, write=to_slug)
    names: bool = param(read_flag, default=False)


LATEST = 6


def regions(start: Opening, lane: Lane) -> list[tuple[str, str, SafeString]]:
    """Each region with its number of councils and their squares."""
    found = defaultdict(list)
    for row in positions(start.record, start.day):
        found[row.council.ons_region].append(row)
    counted_as = counted_lanes(start.book)
    return [
        (
            Region.label_of(code),
            words.count(len(rows), "council"),
            presenters.squares(rows, lane, counted_as, start.keep),
        )
        for code, rows in sorted(found.items(), key=lambda item: Region.label_of(item[0]))
    ]


def apart(start: Opening, lane: Lane) -> list[str]:
    """Why some of the squares are hatched."""
    counted_as = counted_lanes(start.book)
    judged = [
        row.latest.in_lane(lane.code) for row in positions(start.record, start.day) if row.latest
    ]
    said = {presenters.apart_words(row, lane, counted_as) for row in judged}
    return sorted(said - {""})


def outcome_grades(start: Opening, lane: Lane) -> list[Grade]:
    """Asked by several sections of the page; found once for a Record and a day."""

    def found() -> list[Grade]:
        inspections = start.record.full_inspections(start.day)
        return presenters.outcome_grades(start.book, inspections, lane)

    return start.record.remember(("grades that occur", lane.code, start.day), found)


def key(start: Opening, lane: Lane) -> list[tuple[Grade, str]]:
    """The grades of the squares, each with the list of the councils that hold it."""
    more = start.keep.replace("?", "&")
    return [
        (grade, f"/councils/?area={to_slug(lane.code)}&grade={to_slug(grade.key)}{more}")
        for grade in outcome_grades(start, lane)
    ]


def beside(start: Opening, lane: Lane, held: Sequence[Position]) -> dict[str, Any]:
    """Beside the news: how many councils hold each grade, and where to go.

    A number leads to the list of them, but where the list has those too that were judged together
    with another area, which are not counted.
    """
    lists_of = dict(key(start, lane))
    told = presenters.held_by_grade(held, lane, counted_lanes(start.book))
    listed = presenters.held_by_grade(held, lane)
    facts = [
        (
            format_html("{} {}", presenters.grade_mark(grade), grade.title),
            format_html('<a class="listed" href="{}">{}</a>', lists_of[grade], number)
            if listed.get(grade) == number and grade in lists_of
            else str(number),
        )
        for grade, number in told.items()
    ]
    links = [
        ("/england/upcoming/", "When the next are likely"),
        ("/subscribe/", "Be told of new reports"),
    ]
    if newest := newest_report(start):
        facts.append((SafeString("Newest report"), newest))
    return at_hand(start, (), links) | {"facts": facts}  # the day stands above


def newest_report(start: Opening) -> SafeString:
    """Whose full report came last, and when; how many that came later are not read here yet."""
    found = start.record.full_inspections(start.day)
    if not found:
        return SafeString("")
    day = max(row.publication_date for row in found)
    newest = [row for row in found if row.publication_date == day]
    links = [
        format_html(
            '<a href="/councils/{}/inspections/{}/{}">{}</a>',
            council.slug, row.reference, start.keep, council.short_name,
        )
        for council, row in ((start.record.council(row.council_id), row) for row in newest)
    ]  # fmt: skip
    unread = start.record.unread_by(start.day).values()
    later = sum(row.publication_date > day for row in unread)
    told = f"; {later} newer not read here yet" if later else ""
    return format_html("{}, {}{}", SafeString(words.listing(links)), words.day(day), told)


def outcome_rows(start: Opening, lane: Lane) -> list[dict[str, Any]]:
    grades = outcome_grades(start, lane)
    return [
        {
            "tag": presenters.grade_tag(row.grade),
            "cells": [row.counts[grade.key] for grade in grades],
            "n": row.n,
            "not_comparable": row.not_comparable,
        }
        for row in overview.next_outcomes(start.record, start.day, lane)
    ]


def latest(start: Opening, lane: Lane) -> list[tuple[Council, Inspection, SafeString, str]]:
    """The latest full inspections: letters, and the change in the area in words."""
    record, day = start.record, start.day
    lanes = [row for row in start.book.lanes if row.is_core]
    found = record.full_inspections(day)
    found = sorted(found, key=lambda row: row.publication_date, reverse=True)[:LATEST]
    changed = {
        row.id: words.change(change, since)
        for row, change, since in overview.changes_in_lane(record, lane, found, day=day)
    }
    return [
        (
            record.council(row.council_id),
            row,
            presenters.lane_letters(row, lanes),
            changed.get(row.id, ""),
        )
        for row in found
    ]


def visits(start: Opening) -> list[tuple[Council, Visit, str, str]]:
    """The latest visits whose letters have a date."""
    record = start.record
    published = [
        (row.publication_date, row)
        for row in record.visits
        if row.publication_date and row.is_public_by(start.day)
    ]
    published.sort(key=lambda pair: pair[0], reverse=True)
    return [
        (record.council(row.council_id), row, presenters.event_name(row), presenters.topic(row))
        for _day, row in published[:LATEST]
    ]


def longest(start: Opening) -> list[tuple[Position, str]]:
    held = positions(start.record, start.day)
    return [
        (row, words.span(row.latest.event_date, start.seen_to))
        for row in overview.longest_since_inspection(held, LATEST)
        if row.latest
    ]


def overall_words(held: Sequence[Position], lane: Lane, start: Opening) -> str:
    """What is held overall, as a count of its own beside another area's, and why a page does not
    open on it; empty on the page of overall grades."""
    if lane.is_overall:
        return ""
    given = Counter(row.latest.overall.grade for row in held if row.latest and row.latest.overall)
    parts = [
        f"{number} {grade.title}"
        for grade, number in sorted(given.items(), key=lambda item: item[0].place)
    ]
    if not parts:
        return ""
    among, since = sum(given.values()), presenters.without_overall_words(start.book, start.day)
    if not since or among == len(held):
        return f"another count: {words.listing(parts)}."
    why = f", which is why this page opens on {lane.name.lower()}" if lane.code == HELP else ""
    whose = f"of the {words.count(among, 'council')} whose last inspection gave a grade"
    return f"another count: {words.listing(parts)}, {whose}; {since}{why}."


NAMED = 6  # councils that went down, in the first sentence


def news(start: Opening, lane: Lane) -> tuple[str, list[Council], int]:
    """What the reports of the last 12 months brought; who went down, newest first, to be named; how
    many more did."""
    later = start.told_to
    found = changes(
        start.record,
        lane=lane,
        earlier=later - timedelta(days=USUAL_DAYS),
        later=later,
        among=EVERY,
        most=0,
    )
    down = [row.council for row in found.newest if row.direction is Direction.DOWN]
    return news_words(found), down[:NAMED], len(down[NAMED:])


def news_words(found: Changes) -> str:
    """`32 councils had a new full report in the 12 months to 22 August 2026. Leaders: 16 up`."""
    again = words.count(found.inspected_again, "council")
    said = f"{again} had a new full report in the 12 months to {words.day(found.later)}"
    return f"{said}. {found.lane.name}: {became_words(found)}" if found.inspected_again else said


@asks(EnglandState)
@require_safe
def england(request: HttpRequest) -> HttpResponse:
    """What a section shows is asked for where the section is drawn: once for one Record."""
    start = opening(request, EnglandState)
    book, state, record = start.book, start.state, start.record
    lane = book.lane(state.area)
    held = positions(record, start.day)
    sentence = start.draw(
        ("held in England", lane.code),
        lambda: presenters.england_sentence(held, lane, counted_lanes(book), start.seen_to),
    )
    shown = grades_held.beside(start)
    said, down, more = record.remember(
        ("news of England", lane.code, start.told_to), lambda: news(start, lane)
    )
    listed = [row.short_name for row in down] + ([f"{more} more"] if more else [])
    names = f". Down: {words.listing(listed)}" if down else ""
    context = start.context(
        pages=lists.page_links("now", start.keep),
        lane=lane,
        lanes=[row for row in book.lanes if row.is_core],
        lane_links=[
            (row, state.but(area=row.code).url(request.path), row.code == lane.code)
            for row in book.choosable_lanes
        ],
        sentence=sentence,
        overall=start.draw(
            ("overall in England", lane.code), lambda: overall_words(held, lane, start)
        ),
        overall_url=state.but(area="overall").url(request.path),
        at_hand=record.remember(
            ("beside England's news", lane.code, start.day, start.keep),
            lambda: beside(start, lane, held),
        ),
        news=said,
        went_down=down,
        more_down=more,
        changes_query=state.but(names=False).url(""),
        names_url=state.but(names=not state.names).url(request.path),
        key=partial(key, start, lane),
        council_count=len(held),
        regions=partial(regions, start, lane),
        apart=partial(apart, start, lane),
        chart=shown.chart,
        share=share(shown),
        banner=banner(start, of_england(EVERY, start, has_visits=True)),
        preview=start.preview(
            f"Children's services in England: {lane.name.lower()}", f"{said}{names}. {sentence}"
        ),
        outcome_grades=partial(outcome_grades, start, lane),
        outcome_rows=partial(outcome_rows, start, lane),
        latest=partial(latest, start, lane),
        unread=[
            (record.council(row.council_id), row) for row in record.unread_by(start.day).values()
        ],
        visits=partial(visits, start),
        visits_known=complete(record.coverage, start.day, start.day),
        longest=partial(longest, start),
    )
    return page_or_part(
        request, "dashboard/england.html", "dashboard/partials/_england.html", context, state
    )
