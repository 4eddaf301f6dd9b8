"""A chart at its own address, and at the same address with another suffix."""

from datetime import date
from functools import lru_cache

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dashboard import pictures, presenters, sharing, words
from dashboard.banner import Banner, banner, england_banner
from dashboard.chart_index import BY_SLUG, KINDS
from dashboard.chart_pages import Shown
from dashboard.formats import WRITERS
from dashboard.formats.archive import as_zip, frameworks_of
from dashboard.previews import preview_of
from dashboard.state import LOOK, Choices, LookState, ViewState
from dashboard.versioned import record_of
from dashboard.views.common import Opening, look, opening
from inspections.queries.council import find_council
from inspections.queries.frameworks import framework_book
from inspections.queries.since import ENGLAND_FACTS
from inspections.rows import Clock, CouncilRow, InspectionRow

SUFFIXES = ("svg", "png", "preview.png", "qr.svg", "qr.png", "figure.json", "zip", *WRITERS)
MOST_OF_AN_ADDRESS = 70  # characters on a slide; the QR code has the whole
DEFINITIONS = {
    "as_at": "Only what had been published by this day.",
    "known": "The record as this site held it at this moment; now where it is not pinned.",
    "judgement": "The grade given to one area in one inspection. Grades are never averaged.",
    "visit": "An ungraded visit that ended in a published letter.",
}


class Moved(Exception):  # noqa: N818 - it is no error
    """The council has another address; the argument is its slug."""


def subject(slug: str | None, clock: Clock) -> CouncilRow | None:
    if slug is None:
        return None
    council, is_slug = find_council(slug, clock)
    if council is None:
        raise Http404(slug)
    if not is_slug:
        raise Moved(council.slug)
    return council


def moved(request: HttpRequest, start: Opening, slug: str, new: str) -> HttpResponse:
    path = request.path.replace(f"/councils/{slug}/", f"/councils/{new}/", 1)
    query = "&".join(part for part in (start.state.query(), look(request).query()) if part)
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)


def banner_of(shown: Shown) -> Banner | None:
    if shown.council:
        return banner(shown.start, shown.answer.events, council_ids=[shown.council.id])
    if shown.answer.council_ids is None:
        return england_banner(shown.start, shown.kind.rests_on(shown.start.state))
    return banner(
        shown.start,
        shown.answer.events,
        council_ids=shown.answer.council_ids,
        names=shown.start.names(),
        with_visits=False,
        facts=ENGLAND_FACTS,
    )


def chart_context(shown: Shown) -> dict:
    return shown.start.context(
        shown=shown,
        chart=shown.chart,
        council=shown.council,
        share=sharing.share(shown),
        banner=banner_of(shown),
        preview=preview_of(shown),
        notices=(*shown.start.notices, *shown.answer.notices),
    )


@require_safe
def page(request: HttpRequest, chart: str, slug: str | None = None) -> HttpResponse:
    return html(request, chart, slug, "dashboard/chart.html")


@require_safe
def share_page(request: HttpRequest, chart: str, slug: str | None = None) -> HttpResponse:
    return html(request, chart, slug, "dashboard/share.html")


def html(request: HttpRequest, chart: str, slug: str | None, template: str) -> HttpResponse:
    kind = BY_SLUG[chart]
    start = opening(request, kind.state)
    try:
        shown = kind.show(start, subject(slug, start.clock))
    except Moved as to:
        return moved(request, start, slug, str(to))
    context = chart_context(shown)
    shape = look(request)
    if shape.present and template == "dashboard/chart.html":
        template = "dashboard/present.html"
        context["leave"] = shown.path("/")
        whole = len(shown.address) <= MOST_OF_AN_ADDRESS
        context["address"] = shown.address if whole else shown.address.split("?")[0] + "?…"
        context["qr"] = shown.path(".qr.svg")
        context["inspections"] = [slide(row) for row in reversed(shown.answer.reports)]
    return render(request, template, context | {"theme": shape.theme})


def slide(row: InspectionRow) -> dict:
    """One inspection for meeting mode: each judgement by letter, word and colour."""
    return {
        "title": f"Inspected in {words.month(row.event_date)}",
        "when": f"Published {words.day(row.publication_date)}",
        "judgements": [
            (judged.area.short_name, presenters.grade_tag(judged.grade))
            for judged in row.judgements
            if not judged.area.is_part
        ],
    }


@require_safe
def file(request: HttpRequest, chart: str, suffix: str, slug: str | None = None) -> HttpResponse:
    """The chart as a picture or as data, by suffix."""
    kind = BY_SLUG[chart]
    key = picture_key(request, kind.state) if suffix.endswith("png") else None
    if key and (content := pictures.kept(key)):
        return png_named(content)
    start = opening(request, kind.state)
    try:
        council = subject(slug, start.clock)
    except Moved as to:
        return moved(request, start, slug, str(to))
    shown = kind.show(start, council)
    if key:
        return png_named(pictures.keep(key, drawn(shown, suffix, look(request))))
    if suffix == "figure.json":
        return HttpResponse(
            kind.entry.drawn(shown.answer.rows, narrow=look(request).narrow).to_json(),
            content_type="application/json",
        )
    if suffix == "svg":
        found = pictures.svg(shown, look(request))
        return named(found, "image/svg+xml", shown.stem + ".svg")
    if suffix == "qr.svg":
        return named(pictures.qr(shown.address, "svg"), "image/svg+xml", f"{shown.stem}-qr.svg")
    told = banner_of(shown)
    document = shown.document(since=told.text if told else "")
    if suffix == "zip":
        content = as_zip(
            document,
            definitions=DEFINITIONS,
            frameworks=frameworks_of(start.book, start.clock.as_at),
            version=start.record.version,
            picture=pictures.png_bytes(shown, look(request)),
        )
        return attached(content, "application/zip", document.file_name("zip"))
    content_type, write = WRITERS[suffix]
    return attached(write(document), content_type, document.file_name(suffix))


@lru_cache(maxsize=4)
def choices_of(version: int, changed_at: object, today: date) -> Choices:
    """What parameters may name, kept until the record changes."""
    return Choices.of(framework_book(), today)


def picture_key(request: HttpRequest, kind: type[ViewState]) -> str:
    """What the picture depends on: the record's version, the canonical address, the day.

    One query, so that a kept picture costs next to nothing.
    """
    record, today = record_of(request), timezone.localdate()
    query = {name: cells for name, cells in request.GET.lists() if name not in LOOK}
    state, _ = kind.read(query, choices_of(record.version, record.changed_at, today))
    return pictures.picture_key(record.version, request.path, state.query(), look(request), today)


def drawn(shown: Shown, suffix: str, shape: LookState) -> tuple[str, bytes]:
    """The picture's file name and its bytes."""
    if suffix == "qr.png":
        return f"{shown.stem}-qr.png", pictures.qr(shown.address, "png")
    is_preview = suffix == "preview.png"
    return f"{shown.stem}.png", pictures.png_bytes(shown, shape, is_preview=is_preview)


def png_named(content: tuple[str, bytes]) -> HttpResponse:
    name, picture = content
    return named(picture, "image/png", name)


def named(content: bytes | str, content_type: str, name: str) -> HttpResponse:
    """Shown in the browser; saved under the name."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def attached(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = named(content, content_type, name)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


__all__ = ["KINDS", "SUFFIXES", "file", "page", "share_page"]
