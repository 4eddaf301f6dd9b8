"""What each page about England does alike: the page and its part, with banner and preview."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from dashboard.charted.banner import banner
from dashboard.charted.kind import Answer, ChartKind, Shown
from dashboard.charted.share import share
from dashboard.http.rendering import page_or_part
from dashboard.opening import Opening
from inspections.diff import Scope


def answer(
    request: HttpRequest, name: str, start: Opening, scope: Scope, context: dict[str, Any]
) -> HttpResponse:
    """A page and its part, from the same context; `scope` is what it rests on."""
    return page_or_part(
        request,
        f"dashboard/england_{name}.html",
        f"dashboard/partials/_england_{name}.html",
        start.context(banner=banner(start, scope), **context),
        start.state,
    )


def on_page(kind: ChartKind, start: Opening, found: Answer) -> dict[str, Any]:
    """The chart, its share panel and preview for a page that has asked already.

    Without rows there is the preview alone.
    """
    shown = Shown(kind, start, None, found)
    seen = {"preview": shown.preview(start.path)}
    if found.is_empty:
        return {"chart": None, **seen}
    return {"chart": shown.chart, "share": share(shown), **seen}
