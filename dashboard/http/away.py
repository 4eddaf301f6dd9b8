"""What readers and staff are told while the database does not answer, or takes nothing.

Public pages go on from the record in memory, with a line that says so and that no cache keeps.
What needs the database is answered with 503 and words; what somebody typed is given back.
"""

import contextlib
import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import Error, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static

from config.patient import patience
from dashboard import words
from dashboard.state.address import is_download
from inspections import store

STAFF = ("/admin/", "/entry/")
READER_SECONDS, STAFF_SECONDS = 1.0, 5.0
"""How long a query is waited for; longer than the database's own lock_timeout for staff."""
RETRY_SECONDS = "5"
HIDDEN = ("password", "token", "code", "secret")
AWAY = "The database does not answer just now."
READ_ONLY = "This site is being read only, for work on it: nothing can be entered or changed."
BUSY = "Somebody else is saving just now."
NOT_SAVED = "Nothing was saved."
UNKNOWN = (
    "It is not known whether what you sent was saved: look when it answers again, before you send "
    "it once more."
)
GetResponse = Callable[[HttpRequest], HttpResponse]


class AwayMiddleware:
    """Bounds every wait for the database, keeps the site read only where it is set to be, and lets
    nobody keep an answer that may have been overtaken."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_staff = request.path.startswith(STAFF)
        is_reading = request.method in {"GET", "HEAD", "OPTIONS"}
        if settings.READ_ONLY and (is_staff or not is_reading):
            reasons = [READ_ONLY, NOT_SAVED if not is_reading else ""]
            request.refused = reasons, 503  # type: ignore[attr-defined]
            return self.get_response(request)
        with patience(STAFF_SECONDS if is_staff or not is_reading else READER_SECONDS):
            response = self.get_response(request)
        if store.away_since():
            response.headers["Cache-Control"] = "no-store"
            del response.headers["ETag"]
        return response


def line() -> str:
    """What a page says while the database does not answer; empty while it does."""
    seen = store.away_since()
    if not seen:
        return ""
    return (
        f"The database cannot be reached: shown as read at {words.moment(seen)}; changes since "
        "are missing."
    )


def told(request: HttpRequest) -> dict[str, Any]:
    """A context processor: the line of every page."""
    return {"away": line()}


def failed(request: HttpRequest) -> HttpResponse:
    """The page of an error that nobody caught: the database's own are told as such (503)."""
    error = sys.exc_info()[1]
    if not isinstance(error, Error):
        return stopped(request, ["This page could not be made; the operator's log says why."], 500)
    if request.method in {"GET", "HEAD"}:
        needs = [f"{AWAY} What can be shown without it goes on: see the first page."]
        return stopped(request, needs if not request.path.startswith(STAFF) else [
            f"{AWAY} Nothing can be entered or changed until it does. What you had saved before is "
            "not touched by this."])  # fmt: skip
    said = str(error).lower()
    if isinstance(error, OperationalError) and ("lock" in said or "statement timeout" in said):
        return stopped(request, [BUSY, NOT_SAVED])
    was_begun = request.resolver_match is not None
    return stopped(request, [AWAY, UNKNOWN if was_begun else NOT_SAVED])


def stopped(request: HttpRequest, reasons: list[str], status: int = 503) -> HttpResponse:
    """An answer in the form that was asked for, with nothing that could fail again."""
    reasons = [reason for reason in reasons if reason]
    if request.path.startswith("/api/"):
        errors = [{"where": "server", "found": " ".join(reasons), "expected": "ask again"}]
        response: HttpResponse = JsonResponse({"errors": errors}, status=status)
    elif is_download(request.path):
        text = "\n".join(reasons) + "\n"
        response = HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    else:
        style = ""
        with contextlib.suppress(ValueError, OSError):  # the files' list may be what is missing
            style = static("css/site.css")
        context = {"reasons": reasons, "style": style, "typed": typed(request), "status": status,
                   "again": request.get_full_path()}  # fmt: skip
        response = HttpResponse(render_to_string("500.html", context), status=status)
    if status == 503:
        response.headers["Retry-After"] = RETRY_SECONDS
    response.headers["Cache-Control"] = "no-store"
    return response


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What a form sent, to be copied or sent again; nothing where it holds a secret."""
    if request.method != "POST":
        return []
    try:
        cells = [(name, value) for name, row in request.POST.lists() for value in row]
    except Exception:  # it did not arrive whole
        return []
    names = [name.lower() for name, _ in cells if name != "csrfmiddlewaretoken"]
    if any(word in name for name in names for word in HIDDEN):
        return []
    return cells
