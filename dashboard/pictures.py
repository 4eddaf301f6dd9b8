"""The pictures of a chart: framed SVG, PNG in two shapes, QR codes. PNGs are kept."""

import hashlib
import io
import logging
from base64 import b64decode, b64encode
from typing import Any

import segno
from django.conf import settings
from django.core.cache import cache

from dashboard import words
from dashboard.cards import Card
from dashboard.catalogue import SOURCE
from dashboard.chart_pages import Shown
from dashboard.charts.png import png
from dashboard.charts.svg import Frame, framed_svg
from dashboard.state import LookState

logger = logging.getLogger(__name__)
KEEP_SECONDS = 24 * 3600
PREVIEW_SIZE = (1200, 630)  # px; what Open Graph asks for


def frame(title: str, sentence: str, *, start: Any, path: str) -> Frame:
    """The words around the picture; the short address is without scheme and query."""
    clock = start.clock
    as_at = f"As at {words.day(clock.as_at)}"
    if clock.known:
        as_at += f", as known on {clock.known:%Y-%m-%d}"
    return Frame(
        title=title,
        sentence=sentence,
        as_at=as_at,
        source=f"Source: {SOURCE}",
        address=settings.SITE_URL.split("://", 1)[1] + path,
        link=settings.SITE_URL + start.state.url(path),
    )


def svg(shown: Shown, look: LookState, *, is_preview: bool = False) -> str:
    """The framed picture, 1,200 wide; a preview has the height of one."""
    figure, sentence = shown.glance if is_preview else (shown.figure, shown.sentence)
    path = shown.kind.stem(shown.council) + "/"
    return framed_svg(
        figure,
        frame(shown.title, sentence, start=shown.start, path=path),
        width=PREVIEW_SIZE[0],
        height=PREVIEW_SIZE[1] if is_preview else None,
        scheme=look.theme or "light",
    )


def png_bytes(shown: Shown, look: LookState, *, is_preview: bool = False) -> bytes:
    return png(svg(shown, look, is_preview=is_preview), width=look.w or PREVIEW_SIZE[0])


def card_png(card: Card, start: Any, look: LookState) -> bytes:
    """The preview of a page without a chart of its own."""
    drawn = framed_svg(
        card.figure(),
        frame(card.title, card.sentence, start=start, path=card.path),
        width=PREVIEW_SIZE[0],
        height=PREVIEW_SIZE[1],
        scheme=look.theme or "light",
    )
    return png(drawn, width=look.w or PREVIEW_SIZE[0])


def picture_key(version: int, path: str, query: str, look: LookState, today: object) -> str:
    """Depends on nothing but the record's version, the canonical address and the day."""
    text = "\n".join([str(version), path, query, look.query(), str(today), settings.SITE_URL])
    return "png:" + hashlib.sha256(text.encode()).hexdigest()


def kept(key: str) -> tuple[str, bytes] | None:
    """File name and PNG, None where nothing is kept or the cache does not answer."""
    try:
        found = cache.get(key)
    except Exception:  # a cache that fails is a cache that holds nothing
        logger.exception("The cache did not answer; the picture is drawn again.")
        return None
    if not found:
        return None
    name, picture = found.split("\n", 1)
    return name, b64decode(picture)


def keep(key: str, content: tuple[str, bytes]) -> tuple[str, bytes]:
    """Kept as text, so that the cache needs no pickle."""
    name, picture = content
    try:
        cache.set(key, f"{name}\n{b64encode(picture).decode()}", KEEP_SECONDS)
    except Exception:  # see `kept`
        logger.exception("The cache did not keep a picture.")
    return content


def qr(link: str, kind: str) -> bytes:
    """A QR code of an address, with its quiet zone, large enough for a projector."""
    out = io.BytesIO()
    code = segno.make(link, error="m", micro=False)
    if kind == "svg":
        code.save(out, kind="svg", scale=8, border=4, light="#fff", dark="#000", title=link)
    else:
        code.save(out, kind="png", scale=12, border=4)
    return out.getvalue()
