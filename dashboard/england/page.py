"""What each page about England does alike: the page and its part, with banner and preview."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe

from dashboard.charted.banner import banner
from dashboard.charted.kind import Answer, ChartKind, Shown
from dashboard.charted.share import share
from dashboard.http.rendering import page_or_part
from dashboard.state import lists
from dashboard.state.opening import Opening
from inspections.diff import Scope

WIDE_ALONE = SafeString(' class="wide"')
"""Of a cell that a phone leaves out."""
Facts = Sequence[tuple[str, str]]
Links = Sequence[tuple[str, str]]  # of addresses and their names


def answer(
    request: HttpRequest, name: str, start: Opening, scope: Scope, context: dict[str, Any]
) -> HttpResponse:
    """A page and its part, from the same context; `scope` is what it rests on.

    A page that has no template of its own has the one of all.
    """
    told = next(row for row in lists.PAGES if row[0] == name)
    return page_or_part(
        request,
        (f"dashboard/england_{name}.html", "dashboard/england_page.html"),
        f"dashboard/partials/_england_{name}.html",
        start.context(
            banner=banner(start, scope),
            pages=lists.page_links(name, start.keep),
            page_name=told[2],
            **{"heading": told[3] or told[2], **context},
        ),
        start.state,
    )


def at_hand(start: Opening, facts: Facts, links: Links) -> dict[str, Any]:
    """What a reader wants beside a page's finding: facts, the day, and where to go next, to pages
    of the same clocks."""
    links = [(f"{path}{start.keep}" if path[-1] == "/" else path, name) for path, name in links]
    return {"facts": [*facts, ("Record", start.stands)], "links": links}


def drawn(svg: str) -> SafeString:
    """A picture of `charts.in_rows`, which escapes its words."""
    return mark_safe(svg)  # noqa: S308


def in_figure(shown: Shown) -> dict[str, Any]:
    """A chart on a page, with its share panel; none without rows."""
    return {} if shown.answer.is_empty else {"chart": shown.chart, "share": share(shown)}


def on_page(kind: ChartKind, start: Opening, found: Answer) -> dict[str, Any]:
    """The chart of a page that has asked for its rows already, which gives the page's preview and
    what a reader may choose."""
    shown = Shown(kind, start, None, found)
    return {
        "preview": shown.preview(start.path),
        "notices": (*start.notices, *found.notices),
        **in_figure(shown),
        "filters": shown.filters(start.path),
        "is_chosen": True,
    }
