"""The pictures that a chat shows of pages without a chart of their own."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from dashboard import (
    cards,
    changes_page,
    council_list,
    england_parts,
    england_questions,
    expected_page,
    inadequate_page,
    pictures,
)
from dashboard.cards import PICTURE, Card
from dashboard.state import CorrectionsState, CouncilsState, PlainState, ViewState
from dashboard.state_england import ChangesState, ExpectedState, InadequateState, StatisticsState
from dashboard.views.charts import picture_key, png_named
from dashboard.views.common import Opening, look, opening
from dashboard.views.corrections import asked
from inspections.queries.council import find_council
from inspections.queries.event import all_events, find_event


def _councils(start: Opening) -> Card:
    return cards.councils(council_list.ask(start.book, start.clock, start.state), start)


def _statistics(start: Opening) -> Card:
    return cards.statistics(england_questions.ask_statistics(start), start)


def _changes(start: Opening) -> Card:
    start, found = england_parts.asked_page(start, england_questions.ask_changes, changes_page.SIZE)
    return cards.changes(found, start)


def _inadequate(start: Opening) -> Card:
    start, found = england_parts.asked_page(
        start, england_questions.ask_inadequate, inadequate_page.SIZE
    )
    return cards.inadequate(found, start)


def _expected(start: Opening) -> Card:
    council = find_council(start.state.council)[0] if start.state.council else None
    start, found = england_parts.asked_page(
        start,
        lambda start: expected_page.ask(start, council.id if council else None),
        expected_page.SIZE,
    )
    return cards.expected(found, start, council)


def _corrections(start: Opening) -> Card:
    return cards.corrections(*asked(start))


PAGES: dict[str, tuple[type[ViewState], Callable[[Opening], Card]]] = {
    "councils": (CouncilsState, _councils),
    "england/statistics": (StatisticsState, _statistics),
    "england/changes": (ChangesState, _changes),
    "england/inadequate": (InadequateState, _inadequate),
    "england/expected": (ExpectedState, _expected),
    "corrections": (CorrectionsState, _corrections),
}


@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    kind, made = PAGES[name]
    return _picture(request, kind, made)


@require_safe
def event(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """The picture of an inspection or visit; other forms of its address lead to it."""
    start = opening(request)
    council, is_slug = find_council(slug, start.clock)
    found = (
        find_event(all_events(council, start.book, start.clock), council, reference)
        if council
        else None
    )
    if council is None or found is None or len(found.rows) != 1:
        raise Http404(reference)
    row = found.rows[0]
    if not (is_slug and found.is_exact):
        path = f"/councils/{council.slug}/inspections/{row.reference}{PICTURE}"
        return HttpResponsePermanentRedirect(start.state.url(path))
    return _picture(request, PlainState, lambda start: cards.event(row, council, start))


def _picture(
    request: HttpRequest, kind: type[ViewState], made: Callable[[Any], Card]
) -> HttpResponse:
    """Kept until the record changes, as the pictures of charts are."""
    key = picture_key(request, kind)
    if content := pictures.kept(key):
        return png_named(content)
    start = opening(request, kind)
    card = made(start)
    name = f"{card.stem}-as-at-{start.clock.as_at}.png"
    return png_named(pictures.keep(key, (name, pictures.card_png(card, start, look(request)))))
