"""How many of the councils of a list hold each grade, and whom a misspelt name may mean."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from dashboard.state.address import ViewState
from dashboard.state.opening import Opening
from dashboard.words import presenters
from inspections.framework_rows import Lane
from inspections.questions.positions import Position, positions
from inspections.questions.search import Near


def meant(near: Sequence[Near], start: Opening) -> list[Position]:
    """The councils that a misspelt name may stand for, as they stand on the day."""
    held = {row.council.id: row for row in positions(start.record, start.day)}
    councils = {row.council.id: row.council for row in near}
    return [held.get(key, Position(row, None, None)) for key, row in councils.items()]


def counts(rows: Sequence[Position], lane: Lane) -> str:
    """`Help and protection: 24 Outstanding, 88 Good.`: what the councils shown hold."""
    parts = [
        f"{number} {grade.title}" for grade, number in presenters.held_by_grade(rows, lane).items()
    ]
    return f"{lane.name}: {', '.join(parts)}." if parts else ""


def count_links(rows: Sequence[Position], lane: Lane, state: ViewState, path: str) -> SafeString:
    """The same, each a link to the councils that hold it."""
    links = format_html_join(
        ", ",
        '<a href="{}">{} {}</a>',
        (
            (state.but(grade=grade.key).url(path), number, grade.title)
            for grade, number in presenters.held_by_grade(rows, lane).items()
        ),
    )
    return format_html("{}: {}.", lane.name, links) if links else SafeString("")
