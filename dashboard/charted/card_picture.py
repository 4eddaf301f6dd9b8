"""The picture that a chat shows of a page without a chart of its own."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from dashboard.charted import pictures
from dashboard.charted.card import Card
from dashboard.http.files import png_named
from dashboard.state.address import ViewState
from dashboard.state.opening import Opening, look, opening


def card_picture(
    request: HttpRequest, kind: type[ViewState], made: Callable[[Opening], Card]
) -> HttpResponse:
    start = opening(request, kind)
    card = made(start)
    name = f"{card.stem}-as-at-{start.day}.png"
    return png_named((name, pictures.card_png(card, start, look(request))))
