"""Rules that hold for every response."""

from collections.abc import Callable

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt

from dashboard.address import RefusedError

PRIVATE_PREFIXES = ("/admin/", "/entry/")


class RefuseTraceMiddleware:
    """Answers TRACE with 405: Django would answer it with 200 and echo nothing useful."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in {"TRACE", "TRACK", "CONNECT"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return self.get_response(request)


class PublicPagesMiddleware:
    """Public pages can be kept and checked again; private ones are never stored."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(PRIVATE_PREFIXES):
            response.headers["Cache-Control"] = "no-store"
        elif not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """A refused file or picture says why as plain text, an embed as a small page."""
        if not isinstance(error, RefusedError):
            return None
        reasons = [notice.refusal for notice in error.notices]
        if request.path.startswith("/embed/"):

            @xframe_options_exempt
            @csp_replace({"frame-ancestors": ["*"]})
            def refused(request: HttpRequest) -> HttpResponse:
                return render(request, "dashboard/refused.html", {"reasons": reasons}, status=400)

            return refused(request)
        text = "\n".join(reasons) + "\n"
        return HttpResponse(text, status=400, content_type="text/plain; charset=utf-8")
