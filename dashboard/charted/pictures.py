"""The pictures of a chart: framed SVG, PNG in two shapes, QR codes. PNGs are kept."""

import io

import segno
from django.conf import settings

from dashboard.charted.card import Card
from dashboard.charted.entry import SOURCE
from dashboard.charted.kind import Shown
from dashboard.charts.png import png
from dashboard.charts.svg import Frame, framed_svg
from dashboard.state.address import LookState
from dashboard.state.opening import Opening

PREVIEW_SIZE = (1200, 630)  # px; what Open Graph asks for


def frame(
    title: str, sentence: str, as_at: str, *, start: Opening, path: str, source: str = SOURCE
) -> Frame:
    """The words around the picture; the short address is without scheme and query."""
    if start.known:
        as_at += f", as known on {start.known:%Y-%m-%d}"
    return Frame(
        title=title,
        sentence=sentence,
        as_at=as_at,
        source=f"Source: {source}",
        address=settings.SITE_URL.split("://", 1)[1] + path,
        link=settings.SITE_URL + start.state.url(path),
    )


def svg(shown: Shown, look: LookState, *, is_preview: bool = False) -> str:
    """The framed picture, 1,200 wide; a preview has the height of one."""
    figure, sentence = shown.glance if is_preview else (shown.figure, shown.sentence)
    path = shown.kind.stem(shown.council) + "/"
    return framed_svg(
        figure,
        frame(
            shown.title,
            sentence,
            shown.as_at,
            start=shown.start,
            path=path,
            source=shown.kind.entry.source,
        ),
        width=PREVIEW_SIZE[0],
        height=PREVIEW_SIZE[1] if is_preview else None,
        scheme=look.theme or "light",
    )


def png_bytes(shown: Shown, look: LookState, *, is_preview: bool = False) -> bytes:
    return png(svg(shown, look, is_preview=is_preview), width=look.w or PREVIEW_SIZE[0])


def card_png(card: Card, start: Opening, look: LookState) -> bytes:
    """The preview of a page without a chart of its own."""
    drawn = framed_svg(
        card.figure(),
        frame(card.title, card.sentence, start.stands, start=start, path=card.path),
        width=PREVIEW_SIZE[0],
        height=PREVIEW_SIZE[1],
        scheme=look.theme or "light",
    )
    return png(drawn, width=look.w or PREVIEW_SIZE[0])


def qr(link: str, kind: str) -> bytes:
    """A QR code of an address, with its quiet zone, large enough for a projector."""
    out = io.BytesIO()
    code = segno.make(link, error="m", micro=False)
    if kind == "svg":
        code.save(out, kind="svg", scale=8, border=4, light="#fff", dark="#000", title=link)
    else:
        code.save(out, kind="png", scale=12, border=4)
    return out.getvalue()
