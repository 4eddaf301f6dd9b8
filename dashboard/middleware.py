"""Rules that hold for every response."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.middleware.gzip import GZipMiddleware

PRIVATE_PREFIXES = ("/admin/",)


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


class CompressPagesMiddleware(GZipMiddleware):
    """Compresses public pages, also where no proxy stands in front.

    Other answers are left to the proxy; the admin's pages carry secrets and stay as they are.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if not is_page or request.path.startswith(PRIVATE_PREFIXES):
            return response
        return super().process_response(request, response)
