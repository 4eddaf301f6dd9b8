"""Answers that depend on nothing but the record's version and their address.

A reader who has the answer already is told so (304) after one query.
"""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.http import parse_etags

from inspections.queries.record import RecordRow, record_state

PREFIXES = ("/api/", "/embed/", "/councils", "/england", "/compare/", "/corrections", "/data/")


API = "/api/"
METHODS = "GET, HEAD, OPTIONS"


def allowed() -> HttpResponse:
    """What other sites may ask, also with the header that spares them an unchanged answer."""
    response = HttpResponse(status=204)
    response.headers["Allow"] = METHODS
    response.headers["Access-Control-Allow-Methods"] = METHODS
    response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


@cache
def release() -> str:
    """Changes with the code and templates, so that a new release is asked for anew."""
    folders = ("dashboard", "inspections", "templates", "static/css", "static/js")
    times = (
        path.stat().st_mtime_ns
        for folder in folders
        for path in (Path(settings.BASE_DIR) / folder).rglob("*")
        if path.suffix in {".py", ".html", ".css", ".js"}
    )
    return str(max(times, default=0))


def record_of(request: HttpRequest) -> RecordRow:
    """The record's state, asked for once in each request."""
    found = getattr(request, "record_row", None)
    if found is None:
        found = request.record_row = record_state()
    return found


def etag_of(request: HttpRequest) -> str:
    parts = [
        str(record_of(request).version),
        release(),
        str(timezone.localdate()),
        request.get_full_path(),
        request.headers.get("HX-Request", "") + request.headers.get("HX-Boosted", ""),
        settings.SITE_URL,
    ]
    return f'"{hashlib.sha256(chr(10).join(parts).encode()).hexdigest()[:32]}"'


class VersionedAnswersMiddleware:
    """Gives public answers an ETag, and the API its open CORS header."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(API):
            if request.method == "OPTIONS":
                return self._open(request, allowed())
            if request.method == "HEAD":
                return self._head(request)
        is_asking = request.method in {"GET", "HEAD"}
        is_kept = request.path == "/" or request.path.startswith(PREFIXES)
        if not (is_asking and is_kept):
            return self._open(request, self.get_response(request))
        etag = etag_of(request)
        asked = parse_etags(request.headers.get("If-None-Match", ""))
        if etag in (tag.removeprefix("W/") for tag in asked):
            response: HttpResponse = HttpResponseNotModified()
        else:
            response = self.get_response(request)
        if response.status_code in {200, 304} and not response.cookies:
            response.headers.setdefault("ETag", etag)
        return self._open(request, response)

    def _head(self, request: HttpRequest) -> HttpResponse:
        """The headers of the same question by GET, which is all that the API's views answer."""
        request.method = "GET"
        response = self(request)
        request.method = "HEAD"
        response.headers.setdefault("Content-Length", str(len(response.content)))
        response.content = b""
        return response

    @staticmethod
    def _open(request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.path.startswith(API):
            if response.status_code == 405:
                response.headers["Allow"] = METHODS
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Expose-Headers"] = "ETag"
        return response
