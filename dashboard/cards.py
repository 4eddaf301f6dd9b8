"""What a chat shows of a page that has no chart of its own: its title, sentence and lines.

A card is made from what the page itself has asked for, so that the picture of a shared link
shows that very view.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
from django.conf import settings

from dashboard import (
    changes_page,
    council_list,
    england_parts,
    event_page,
    expected_page,
    inadequate_page,
    presenters,
    statistics_page,
    words,
)
from dashboard.charts import card as drawing
from dashboard.previews import Preview
from dashboard.state import CouncilsState
from inspections.figure_rows import CardBar, CardLine
from inspections.queries import events
from inspections.queries.corrections import LoggedCorrection
from inspections.queries.event import Event
from inspections.queries.expectations import Expectations
from inspections.queries.inadequate import Tracker
from inspections.queries.moved import Changes
from inspections.queries.statistics import Statistics
from inspections.rows import CouncilRow, GradeSpan, InspectionRow, JudgementRow
from inspections.vocabulary import CouncilKind, Region

PICTURE = ".preview.png"


@dataclass(frozen=True)
class Card:
    """`path` is the page's address without a query; `figure` is drawn for the picture alone."""

    title: str
    sentence: str
    path: str
    figure: Callable[[], go.Figure]

    @property
    def stem(self) -> str:
        return "-".join(part for part in self.path.split("/") if part)


def preview(card: Card, start: Any) -> Preview:
    state = start.state
    return Preview(
        title=card.title,
        description=f"{card.sentence} As at {words.day(start.clock.as_at)}.",
        image=settings.SITE_URL + state.url(card.path.rstrip("/") + PICTURE),
        alt=f"{card.title}. {card.sentence}",
        url=settings.SITE_URL + state.url(card.path),
    )


def _spell(judged: JudgementRow, row: InspectionRow, *, is_together: bool) -> GradeSpan:
    return GradeSpan(
        "", judged.area.short_name, judged.grade, row.event_date, None, is_combined=is_together
    )


# The list of councils ---------------------------------------------------------------------


def councils(found: council_list.Found, start: Any) -> Card:
    number = len(found.positions)
    area = found.lane.name.lower()
    which = f"{words.count(number, 'council')}, with the grade for {area}."
    if not number:
        which = "No council fits."

    def figure() -> go.Figure:
        rows = [
            CardLine(row.council.short_name, _mark(row, found.lane.code)) for row in found.positions
        ]
        return drawing.lines(rows)

    return Card(councils_title(start), which, "/councils/", figure)


def _mark(row: Any, lane: str) -> GradeSpan | str:
    if row.latest is None:
        return "?"
    judged = row.latest.in_lane(lane)
    if judged is None:
        return "–"
    is_together = judged.area.is_combined and judged.area.lanes[0].code != lane
    return _spell(judged, row.latest, is_together=is_together)


def councils_title(start: Any) -> str:
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
        f"{council_list.SINCE_LABELS[state.since]} since inspection" if state.since else "",
        f"by {council_list.SORT_LABELS[state.sort]}" if state.sort != "name" else "",
    ]
    said = [part for part in parts if part]
    return "Councils: " + (", ".join(said) if said else "inspections of children's services")


# Pages about all councils -----------------------------------------------------------------


def statistics(found: Statistics, start: Any) -> Card:
    state = start.state
    by = dict(statistics_page.BY_WORDS)[found.by]
    what = "every area" if found.by == "area" else found.lane.name.lower()
    rule = ", by Ofsted's own rule" if state.reading == "ofsted" else ""
    place = england_parts.place(state)

    def figure() -> go.Figure:
        rows = [
            CardBar(name, dict(group.by_grade))
            for name, group in statistics_page.ordered(found, start)
            if group.graded
        ]
        return drawing.bars(rows, found.grades)

    title = f"{place}: grades held for {what} by {by}{rule}"
    said = statistics_page.sentence(found, state)
    return Card(title, said, "/england/statistics/", figure)


def changes(found: Changes, start: Any) -> Card:
    """The councils of a narrowed list; without one the page's preview is that of its chart."""
    place, which = england_parts.place(start.state), changes_page.narrowing(start.state, start.book)

    def figure() -> go.Figure:
        listed = events.councils(start.clock, id__in=[row.council_id for row in found.rows])
        names = {row.id: row.short_name for row in listed}
        rows = [CardLine(names[row.council_id], note=changes_page.note(row)) for row in found.rows]
        return drawing.lines(rows)

    if not which:
        which, said = "between two days", changes_page.sentence(found, start.state)
        return Card(f"{place}, what changed: {which}", said, "/england/changes/", figure)
    said = (
        f"{words.count(found.total, 'council')} {which} for {found.lane.name.lower()} between "
        f"{words.day(found.earlier)} and {words.day(found.later)}."
    )
    return Card(f"{place}, what changed: {which}", said, "/england/changes/", figure)


def inadequate(found: Tracker, start: Any) -> Card:
    def figure() -> go.Figure:
        rows = [
            CardLine(
                row.council_name,
                note=f"{words.listing([x.area.short_name.lower() for x in row.inadequate])}: "
                f"report of {words.day(row.publication_date)}",
            )
            for row in found.rows
        ]
        return drawing.lines(rows)

    title = f"{england_parts.place(start.state)}: after an inadequate judgement"
    return Card(title, inadequate_page.sentence(found, start), "/england/inadequate/", figure)


def expected(found: Expectations, start: Any, council: CouncilRow | None) -> Card:
    def figure() -> go.Figure:
        rows = [
            CardLine(
                row.council_name,
                note=f"{expected_page.stated(row)}: "
                + (expected_page.window(row) or words.listing([row.what])),
            )
            for row in found.rows
        ]
        return drawing.lines(rows)

    title = f"{council.short_name if council else 'England'}: expected and actual"
    return Card(title, expected_page.sentence(found, start), "/england/expected/", figure)


# The corrections log, an inspection, a visit ----------------------------------------------


def corrections(found: Sequence[LoggedCorrection], council: CouncilRow | None) -> Card:
    whose = f" of {council.short_name}" if council else ""

    def figure() -> go.Figure:
        rows = [
            CardLine(row.council_name, note=f"{row.subject}, {row.field}: {row.old} → {row.new}")
            for row in found
        ]
        return drawing.lines(rows)

    said = f"{words.count(len(found), 'correction')} of the record{whose}: what changed, when, "
    return Card(f"Corrections{whose}", said + "why, and its source.", "/corrections/", figure)


def event(row: Event, council: CouncilRow, start: Any) -> Card:
    is_graded = isinstance(row, InspectionRow)
    name = presenters.event_name(row).lower()
    said = (
        event_page.inspection_sentence(row, start.book)
        if isinstance(row, InspectionRow)
        else f"{presenters.topic(row)}. A visit has no grade."
    )

    def figure() -> go.Figure:
        return drawing.lines(_judged(row) if is_graded else _visited(row))

    return Card(
        f"{council.short_name}: {name}, {presenters.event_month(row)}",
        said,
        f"/councils/{council.slug}/inspections/{row.reference}/",
        figure,
    )


def _judged(row: InspectionRow) -> list[CardLine]:
    return [
        CardLine(judged.area.short_name, _spell(judged, row, is_together=judged.area.is_combined))
        for judged in row.judgements
        if not judged.area.is_part
    ]


def _visited(row: Any) -> list[CardLine]:
    return [
        CardLine("Visit", note=presenters.event_name(row)),
        CardLine("On site", note=presenters.event_day(row)),
        CardLine("Topic", note=presenters.topic(row)),
        CardLine("Letter published", note=words.day(row.publication_date)),
    ]
