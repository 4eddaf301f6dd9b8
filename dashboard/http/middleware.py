"""Rules that hold for every response."""

from collections.abc import Callable

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt

from dashboard.http.away import stopped
from dashboard.state.address import RefusedError, is_file

PRIVATE_PREFIXES = ("/admin/", "/entry/")


TAKE_FORMS = (*PRIVATE_PREFIXES, "/subscribe/", "/report/")
PERMISSIONS = ", ".join(
    f"{name}=()"
    for name in (
        "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation",
        "gyroscope", "magnetometer", "microphone", "midi", "payment", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip
"""What no page here ever asks a browser for."""


class RefuseMiddleware:
    """Nothing can be sent to a page without a form: 405, before its token is asked for. What a
    middleware further out refuses (`request.refused`) is told here too, with every header."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if refused := getattr(request, "refused", None):
            return stopped(request, *refused)
        takes_forms = request.path.startswith(TAKE_FORMS) and request.method == "POST"
        is_known = request.method in {"GET", "HEAD", "OPTIONS"} or takes_forms
        if not (is_known or request.path.startswith("/api/")):  # which answers by itself
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
        is_shared = response.headers.get("Access-Control-Allow-Origin") == "*"
        is_shared = is_shared or is_file(request.path)
        policy = "cross-origin" if is_shared else "same-origin"
        response.headers["Cross-Origin-Resource-Policy"] = policy
        response.headers["Permissions-Policy"] = PERMISSIONS
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """A refused file or picture says why as plain text, an embed as a small page."""
        if not isinstance(error, RefusedError):
            return None
        reasons = [notice.refusal for notice in error.notices]
        if request.path.startswith("/embed/"):

            @xframe_options_exempt
            @csp_replace({"frame-ancestors": settings.EMBED_SITES})
            def refused(request: HttpRequest) -> HttpResponse:
                return render(request, "dashboard/refused.html", {"reasons": reasons}, status=400)

            return refused(request)
        text = "\n".join(reasons) + "\n"
        return HttpResponse(text, status=400, content_type="text/plain; charset=utf-8")
