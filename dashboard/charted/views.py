"""A chart at its own address, and at the same address with another suffix."""

from collections import defaultdict
from dataclasses import replace

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from dashboard import words
from dashboard.charted import pictures
from dashboard.charted.banner import Banner, banner
from dashboard.charted.kind import ChartKind, Shown
from dashboard.charted.share import share
from dashboard.data.archive import DEFINITIONS, as_zip, frameworks_of
from dashboard.data.described import csv_answer
from dashboard.data.writers import WRITERS
from dashboard.http.files import attached, named, png_named
from dashboard.http.rendering import wants_part
from dashboard.state.address import LookState
from dashboard.state.opening import Opening, look, opening
from dashboard.words import presenters
from inspections.figure_rows import GradesOverTime, GradeSpan
from inspections.framework_rows import Grade
from inspections.rows import Council, Inspection

SUFFIXES = ("svg", "png", "preview.png", "qr.svg", "qr.png", "figure.json", "zip", *WRITERS,
            "csv-metadata.json")  # fmt: skip
MOST_OF_AN_ADDRESS = 70  # characters on a slide; the QR code has the whole


class CouncilMoved(Exception):  # noqa: N818 - it is no error
    """The council has another address; the arguments are the slug asked for and its own."""


def subject(slug: str | None, start: Opening) -> Council | None:
    if slug is None:
        return None
    council, is_slug = start.council(slug)
    if council is None:
        raise Http404(slug)
    if not is_slug:
        raise CouncilMoved(slug, council.slug)
    return council


def moved(request: HttpRequest, start: Opening, to: CouncilMoved) -> HttpResponse:
    old, new = to.args
    path = request.path.replace(f"/councils/{old}/", f"/councils/{new}/", 1)
    query = "&".join(part for part in (start.state.query(), look(request).query()) if part)
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)


def banner_of(shown: Shown) -> Banner | None:
    return banner(shown.start, shown.scope)


def chart_context(shown: Shown) -> dict:
    feeds = {"atom": presenters.feeds_of(shown.council)} if shown.council else {}
    return shown.start.context(
        **feeds,
        shown=shown,
        chart=shown.chart,
        council=shown.council,
        share=share(shown),
        banner=banner_of(shown),
        preview=shown.preview(),
        more=shown.kind.more(shown) if shown.kind.more else None,
    )


@require_safe
def page(request: HttpRequest, kind: ChartKind, slug: str | None = None) -> HttpResponse:
    return html(request, kind, slug, "dashboard/chart.html")


@require_safe
def share_page(request: HttpRequest, kind: ChartKind, slug: str | None = None) -> HttpResponse:
    return html(request, kind, slug, "dashboard/share.html")


def html(request: HttpRequest, kind: ChartKind, slug: str | None, template: str) -> HttpResponse:
    start = opening(request, kind.state)
    try:
        shown = kind.show(start, subject(slug, start))
    except CouncilMoved as to:
        return moved(request, start, to)
    context = chart_context(shown)
    shape = look(request)
    if shape.present and template == "dashboard/chart.html":
        template = "dashboard/present.html"
        context["leave"] = shown.path("/")
        whole = len(shown.address) <= MOST_OF_AN_ADDRESS
        context["address"] = shown.address if whole else shown.address.split("?")[0] + "?…"
        context["qr"] = shown.path(".qr.svg")
        context["inspections"] = [slide(row, shown) for row in shown.answer.reports]
        context["word_slides"] = kind.word_slides(shown) if kind.word_slides else ()
    response = render(request, template, context | {"theme": shape.theme})
    if wants_part(request):  # the form takes its part out of the whole
        response.headers["HX-Push-Url"] = start.state.url(request.path)
    patch_vary_headers(response, ["HX-Request"])
    return response


def slide(row: Inspection, shown: Shown) -> dict:
    """One inspection for meeting mode: its judgements and, of a chart of grades, what it came to
    then and the grade that each judgement can be compared with."""
    rows, before, sentence, is_first = shown.answer.rows, {}, "", True
    if isinstance(rows, GradesOverTime):
        own = [span for span in rows.spans if span.inspection_ref == row.reference]
        before = befores(own, rows.spans)
        spans = tuple(span for span in rows.spans if span.start <= row.event_date)
        until = replace(rows, spans=spans, unread=rows.unread if spans == rows.spans else None)
        sentence = shown.kind.entry.sentence(until)
        is_first = all(span.inspection_ref == row.reference for span in until.spans)
    judgements = sorted(  # in the order of the chart's lanes, on every slide the same
        (
            judged
            for judged in row.judgements
            if not judged.area.is_part or any(lane.is_core for lane in judged.area.lanes)
        ),
        key=lambda judged: min(
            (lane.order for lane in judged.area.lanes), default=len(row.judgements)
        ),
    )
    when = f"Published by Ofsted on {words.day(row.publication_date)}"
    if not is_first and not all(before.get(judged.area.short_name) for judged in judgements):
        when += ". Without an arrow: not comparable with before"
    return {
        "title": f"{shown.place}, inspected in {words.month(row.event_date)}",
        "when": when,
        "sentence": sentence,
        "judgements": [
            (
                judged.area.short_name,
                presenters.grade_mark(before.get(judged.area.short_name)),
                presenters.grade_tag(judged.grade),
            )
            for judged in judgements
        ],
    }


def befores(own: list[GradeSpan], spans: tuple[GradeSpan, ...]) -> dict[str, Grade | None]:
    """The grade before each judgement. One of two lanes that held different grades before is
    set beside neither: an arrow from one would hide the other."""
    found: dict[str, Grade | None] = {}
    held: dict[str, set[Grade]] = defaultdict(set)
    for span in own:
        found[span.area_name] = span.before
        earlier = [row for row in spans if row.lane == span.lane and row.start < span.start]
        last = max(earlier, key=lambda row: row.start, default=None)
        if last and last.grade:
            held[span.area_name].add(last.grade)
    return found | {name: None for name, grades in held.items() if len(grades) > 1}


@require_safe
def file(
    request: HttpRequest, kind: ChartKind, suffix: str, slug: str | None = None
) -> HttpResponse:
    """The chart as a picture or as data, by suffix."""
    start = opening(request, kind.state)
    try:
        council = subject(slug, start)
    except CouncilMoved as to:
        return moved(request, start, to)
    shown = kind.show(start, council)
    if suffix.endswith("png"):
        return png_named(drawn(shown, suffix, look(request)))
    if suffix == "figure.json":
        explored = shown.answer.explored
        rows = explored() if explored else shown.answer.rows
        figure = kind.entry.interactive(rows, narrow=look(request).narrow)
        return named(figure.to_json(), "application/json", f"{shown.stem}.figure.json")
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
            frameworks=frameworks_of(start.book, start.day),
            version=start.now.version,
            picture=pictures.png_bytes(shown, look(request)),
        )
        return attached(content, "application/zip", document.file_name("zip"))
    if suffix.startswith("csv"):
        return csv_answer(document, start)
    content_type, write = WRITERS[suffix]
    return attached(write(document), content_type, document.file_name(suffix))


def drawn(shown: Shown, suffix: str, shape: LookState) -> tuple[str, bytes]:
    """The picture's file name and its bytes."""
    if suffix == "qr.png":
        return f"{shown.stem}-qr.png", pictures.qr(shown.address, "png")
    is_preview = suffix == "preview.png"
    return f"{shown.stem}.png", pictures.png_bytes(shown, shape, is_preview=is_preview)
