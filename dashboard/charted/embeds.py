"""Charts for other people's pages: frameable, without cookies, and how to find them."""

from html import escape
from urllib.parse import parse_qsl, urlsplit

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from dashboard.charted import share as sharing
from dashboard.charted.kind import ChartKind
from dashboard.charted.views import CouncilMoved, banner_of, moved, subject
from dashboard.http.links import clean_parts, clean_path, without_tracking
from dashboard.state.address import LookState, RefusedError
from dashboard.state.opening import look, look_of, opening, opening_of


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": settings.EMBED_SITES})  # type: ignore[arg-type]  # takes more than a request
def chart(request: HttpRequest, kind: ChartKind, slug: str | None = None) -> HttpResponse:
    """One chart with its sentence, table and source; every site may frame it."""
    start = opening(request, kind.state)
    try:
        shown = kind.show(start, subject(slug, start))
    except CouncilMoved as to:
        return moved(request, start, to)
    context = start.context(
        shown=shown,
        chart=shown.chart,
        banner=banner_of(shown),
        theme=look(request).theme,
    )
    return render(request, "dashboard/embed.html", context)


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """oEmbed 1.0, JSON: `url` is a chart's page of this site. What its address holds and a page
    would ignore with a notice is refused, as nobody reads a notice here."""
    if request.GET.get("format", "json") != "json":
        return JsonResponse({"error": "format: only json is offered"}, status=501)
    here = {urlsplit(settings.SITE_URL).netloc, request.get_host()}
    try:
        parts = urlsplit(request.GET.get("url", "")[:2000])
        path = clean_path(parts.path)
        found = resolve(path) if parts.netloc in here else None
    except (Resolver404, ValueError):  # ValueError: not an address at all
        found = None
    if found is None or not found.view_name.startswith("dashboard:chart-"):
        return JsonResponse(
            {"error": "url: expected the address of a chart's page on this site"}, status=404
        )
    kind: ChartKind = found.kwargs["kind"]
    asked: dict[str, list[str]] = {}
    for name, cell in clean_parts(parse_qsl(without_tracking(parts.query), keep_blank_values=True)):
        asked.setdefault(name, []).append(cell)
    slug = found.kwargs.get("slug")
    try:
        start = opening_of(request, kind.state, f"/embed{path}", asked)
        theme = LookState(theme=look_of(path, asked).theme).query()
        council, _ = start.council(slug) if slug else (None, True)
        if slug and council is None:
            return JsonResponse({"error": f"url: no council {slug}"}, status=404)
        title = kind.show(start, council).title
    except RefusedError as error:
        said = " ".join(notice.refusal for notice in error.notices)
        return JsonResponse({"error": f"url: {said}"}, status=400)
    state = start.state
    width = size(request, "maxwidth", 800)
    height = size(request, "maxheight", sharing.EMBED_HEIGHT)
    stem = kind.stem(council)
    embedded = sharing.whole(state.url(f"/embed{stem}/"))
    source = escape(sharing.with_more(embedded, theme) if theme else embedded)
    return JsonResponse(
        {
            "version": "1.0",
            "type": "rich",
            "title": title,
            "provider_name": sharing.SITE,
            "provider_url": settings.SITE_URL,
            "html": f'<iframe src="{source}" title="{escape(title)}" width="{width}" '
            f'height="{height}" style="border:0" loading="lazy"></iframe>',
            "width": width,
            "height": height,
            "thumbnail_url": sharing.whole(state.url(f"{stem}.preview.png")),
            "thumbnail_width": 1200,
            "thumbnail_height": 630,
            "cache_age": 3600,
        }
    )


def size(request: HttpRequest, name: str, default: int) -> int:
    """At most the default, at least 100; what is no number is left out of account."""
    given = request.GET.get(name, "")
    if not (given.isascii() and given.isdigit() and len(given) < 6):
        return default
    return min(max(int(given), 100), default)
