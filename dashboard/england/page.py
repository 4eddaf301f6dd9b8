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


def in_figure(shown: Shown) -> dict[str, Any]:
    """A chart on a page, with its share panel; none without rows."""
    return {} if shown.answer.is_empty else {"chart": shown.chart, "share": share(shown)}


def on_page(kind: ChartKind, start: Opening, found: Answer) -> dict[str, Any]:
    """The chart of a page that has asked for its rows already, which gives the page's preview."""
    shown = Shown(kind, start, None, found)
    return {"preview": shown.preview(start.path), **in_figure(shown)}
