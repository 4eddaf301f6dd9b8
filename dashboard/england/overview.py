"""England: what every council holds."""

from collections import defaultdict
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from dashboard import lists, presenters, words
from dashboard.address import LANE, ViewState, param, to_slug
from dashboard.charted.banner import banner, of_england
from dashboard.charted.share import share
from dashboard.coverage import complete
from dashboard.england import held as grades_held
from dashboard.http.answers import asks
from dashboard.http.rendering import page_or_part
from dashboard.opening import Opening, opening
from dashboard.presenters import squares
from inspections.framework_rows import Lane
from inspections.questions import overview
from inspections.questions.among import EVERY
from inspections.questions.positions import Position, positions
from inspections.rules.lanes import counted_lanes
from inspections.vocabulary import Region


@dataclass(frozen=True, kw_only=True)
class EnglandState(ViewState):
    area: str = param(LANE, default="help_and_protection", write=to_slug)


LATEST = 6


def drawn_squares(region: str, rows: list[Position], lane: Lane, start: Opening) -> SafeString:
    """A region's squares, made once for one Record, area and day."""
    key = ("squares", region, lane.code, start.day, start.keep)
    counted_as = counted_lanes(start.book)
    return start.record.draw(key, lambda: squares(rows, lane, counted_as, start.keep))


@asks(EnglandState)
@require_safe
def england(request: HttpRequest) -> HttpResponse:
    start = opening(request, EnglandState)
    book, state, day = start.book, start.state, start.day
    record = start.record
    inspections = record.full_inspections(day)
    visits = [row for row in record.visits if row.is_public_by(day)]
    held = positions(record, day)
    lane = book.lane(state.area)
    lanes = [row for row in book.lanes if row.is_core]
    counted_as = counted_lanes(book)
    sentence = presenters.england_sentence(held, lane, counted_as, start.seen_to)
    shown = grades_held.beside(start)
    unread = record.unread_by(day)
    regions = defaultdict(list)
    for row in held:
        regions[row.council.ofsted_region].append(row)
    latest = sorted(inspections, key=lambda row: row.publication_date, reverse=True)[:LATEST]
    changed = {
        row.id: words.change(change, since)
        for row, change, since in overview.changes_in_lane(record, lane, latest, day=day)
    }
    published = [(row.publication_date, row) for row in visits if row.publication_date]
    published.sort(key=lambda pair: pair[0], reverse=True)
    outcomes = overview.next_outcomes(record, day, lane)
    grades = presenters.outcome_grades(book, inspections, lane)
    context = start.context(
        pages=lists.page_links("now", start.keep),
        lane=lane,
        lanes=lanes,
        lane_links=[
            (row, state.but(area=row.code).url(request.path), row.code == lane.code)
            for row in book.choosable_lanes
        ],
        sentence=sentence,
        council_count=len(held),
        regions=[
            (
                Region.label_of(code),
                words.count(len(rows), "council"),
                drawn_squares(code, rows, lane, start),
            )
            for code, rows in sorted(regions.items(), key=lambda item: Region.label_of(item[0]))
        ],
        chart=shown.chart,
        share=share(shown),
        banner=banner(start, of_england(EVERY, start, has_visits=True)),
        preview=start.preview(f"Children's services in England: {lane.name.lower()}", sentence),
        unread=[(record.council(row.council_id), row) for row in unread.values()],
        apart=sorted(
            {
                said
                for row in held
                if row.latest
                and (
                    said := presenters.apart_words(row.latest.in_lane(lane.code), lane, counted_as)
                )
            }
        ),
        outcomes=outcomes,
        outcome_grades=grades,
        outcome_rows=[
            {
                "tag": presenters.grade_tag(row.grade),
                "cells": [row.counts[grade.key] for grade in grades],
                "n": row.n,
                "not_comparable": row.not_comparable,
            }
            for row in outcomes
        ],
        latest=[
            (
                record.council(row.council_id),
                row,
                presenters.lane_letters(row, lanes),
                changed.get(row.id, ""),
            )
            for row in latest
        ],
        visits=[
            (record.council(row.council_id), row, presenters.event_name(row), presenters.topic(row))
            for _day, row in published[:LATEST]
        ],
        visits_known=complete(record.coverage, day, day),
        longest=[
            (row, words.span(row.latest.event_date, start.seen_to))
            for row in overview.longest_since_inspection(held, LATEST)
            if row.latest
        ],
    )
    return page_or_part(
        request, "dashboard/england.html", "dashboard/partials/_england.html", context, state
    )
