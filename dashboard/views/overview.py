"""England: what every council holds."""

from collections import defaultdict

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dashboard import england_parts, presenters, words
from dashboard.banner import banner
from dashboard.chart_pages import on_england_page
from dashboard.previews import preview
from dashboard.rendering import page_or_part
from dashboard.sharing import share
from dashboard.state import EnglandState
from dashboard.views.common import opening
from inspections.queries import events, overview
from inspections.queries.held import counted_lanes
from inspections.queries.positions import positions
from inspections.queries.since import ENGLAND_FACTS
from inspections.vocabulary import Region

LATEST = 6


@require_safe
def england(request: HttpRequest) -> HttpResponse:
    start = opening(request, EnglandState)
    book, clock, state = start.book, start.clock, start.state
    councils = events.councils(clock)
    inspections = events.inspections(book, clock, whole_service_only=True)
    visits = events.visits(clock)
    held = positions(book, clock, councils=councils, inspections=inspections)
    lane = book.lane(state.area)
    by_id = {row.id: row for row in councils}
    series = overview.held_series(
        book, clock, lane=lane, councils=councils, inspections=inspections
    )
    counted_as = counted_lanes(book)
    sentence = presenters.england_sentence(held, lane, counted_as, clock.as_at)
    shown = on_england_page(start, series)
    regions = defaultdict(list)
    for row in held:
        regions[row.council.ofsted_region].append(row)
    latest = sorted(inspections, key=lambda row: row.publication_date, reverse=True)[:LATEST]
    changed = {
        row.id: words.change(change, since)
        for row, change, since in overview.changes_in_lane(
            book, lane=lane, inspections=inspections, of=latest
        )
    }
    published = [row for row in visits if row.publication_date]
    published.sort(key=lambda row: row.publication_date, reverse=True)
    outcomes = overview.next_outcomes(book, lane=lane, inspections=inspections)
    grades = presenters.outcome_grades(book, inspections, lane)
    context = start.context(
        pages=england_parts.page_links("now", start.keep),
        lane=lane,
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
                presenters.squares(rows, lane, counted_as, start.keep),
            )
            for code, rows in sorted(regions.items(), key=lambda item: Region.label_of(item[0]))
        ],
        chart=shown.chart,
        share=share(shown),
        banner=banner(
            start,
            [*inspections, *visits],
            names={row.id: row.short_name for row in councils},
            whole_service_only=True,
            facts=ENGLAND_FACTS,
        ),
        preview=preview(
            f"Children's services in England: {lane.name.lower()}",
            sentence,
            state.url(request.path),
            state=state,
        ),
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
            (by_id[row.council_id], row, presenters.letters(row), changed.get(row.id, ""))
            for row in latest
        ],
        visits=[
            (by_id[row.council_id], row, presenters.event_name(row), presenters.topic(row))
            for row in published[:LATEST]
        ],
        longest=[
            (row, words.span(row.latest.event_date, clock.as_at))
            for row in overview.longest_since_inspection(held, LATEST)
        ],
    )
    return page_or_part(
        request, "dashboard/england.html", "dashboard/partials/_england.html", context, state
    )
