"""Decides once whether a reader gets the whole page or the part that changed."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails

from dashboard.state.address import ViewState


def wants_part(request: HttpRequest) -> bool:
    """An htmx request that is neither boosted nor restoring history."""
    if "HTTP_HX_REQUEST" not in request.META:
        return False
    htmx = HtmxDetails(request)
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def page_or_part(
    request: HttpRequest,
    template: str | Sequence[str],
    part: str,
    context: dict[str, Any],
    state: ViewState,
) -> HttpResponse:
    """The page, or its part with the canonical address pushed to the browser. Of several
    templates the first that there is.

    Both show the part by `dashboard/part.html`, with what was ignored of the address.
    """
    is_part = wants_part(request)
    template = "dashboard/part.html" if is_part else template
    response = render(request, template, context | {"part_template": part, "is_part": is_part})
    if is_part:
        response.headers["HX-Push-Url"] = state.url(request.path)
    patch_vary_headers(response, ["HX-Request", "HX-Boosted", "HX-History-Restore-Request"])
    return response
