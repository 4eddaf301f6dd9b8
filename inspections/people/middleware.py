"""What holds on every page of the staff's: sessions end, and what is done is kept."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from inspections.people.audit import Kind, write
from inspections.people.guard import to_sign_in
from inspections.people.sessions import A_MINUTE, BEGAN, SEEN, ends_at, is_proved
from inspections.people.telling import told
from inspections.people.unsent import MAINTENANCE, forget, keep_at_the_end

STAFF_PAGES = ("/admin/", "/entry/")
PASSKEYS = "/entry/passkeys/"
NEW_PASSKEY = f"{PASSKEYS}registration/"
WITHOUT_CODE = {
    "/entry/code/",
    "/entry/second-factor/",
    "/entry/confirm/",
    "/admin/logout/",
    "/admin/jsi18n/",
}
GetResponse = Callable[[HttpRequest], HttpResponse]


class SessionsEndMiddleware:
    """Ends a session that is too old, or in which nothing was done for too long."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(STAFF_PAGES) or not request.user.is_authenticated:
            return self.get_response(request)
        session, now = request.session, time.time()
        if BEGAN not in session:
            session[BEGAN] = session[SEEN] = now
        elif now > ends_at(session):
            request.session_ended = True  # type: ignore[attr-defined]
            is_there_again = keep_at_the_end(request) or request.method == "GET"
            logout(request)
            back = request.get_full_path() if is_there_again else "/entry/"
            return _cleared(to_sign_in(request, back))
        elif now - session[SEEN] > A_MINUTE / 2:
            session[SEEN] = now
        response = self.get_response(request)
        if "text/html" in response.headers.get("Content-Type", ""):
            response.headers["Session-Ends"] = str(round(ends_at(request.session)))
        return response if request.user.is_authenticated else _cleared(response)


def _cleared(response: HttpResponseBase) -> HttpResponseBase:
    """Asks the browser to forget what it was given in a session that is over. Nothing that was
    typed is kept there (see unsent.py)."""
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


class SecondFactorMiddleware:
    """Leads whoever has given only a password to the page that asks for the code; takes no new
    passkey of somebody whose password was given a while ago."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(NEW_PASSKEY) and not is_proved(request):
            words = "Load this page again and give your password: it was a while ago."
            return JsonResponse({"detail": words, "code": "password_needed"}, status=403)
        if (
            not settings.SECOND_FACTOR
            or not request.path.startswith(STAFF_PAGES)
            or not request.user.is_authenticated
            or request.user.is_verified()  # type: ignore[attr-defined]
            or request.path in WITHOUT_CODE
            or request.path.startswith(PASSKEYS)
        ):
            return self.get_response(request)
        back = request.get_full_path() if request.method == "GET" else "/entry/"
        return redirect(f"/entry/code/?{urlencode({'next': back})}")


class UnsentMiddleware:
    """Forgets what was kept of a form of Maintenance once it was sent, or thrown away."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if _sends_in_maintenance(request) and response.status_code == 302:
            forget(request)
        return response

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        """After the form's token was looked at."""
        if _sends_in_maintenance(request) and "anew" in request.POST:
            return redirect(request.path)
        return None


def _sends_in_maintenance(request: HttpRequest) -> bool:
    is_sent = request.method == "POST" and request.path.startswith(MAINTENANCE)
    return is_sent and request.user.is_authenticated


class AuditMiddleware:
    """Keeps a line of everything that somebody signed in asks the site to do, and that it did."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or not request.path.startswith(STAFF_PAGES):
            return self.get_response(request)
        who = request.user.get_username() if request.user.is_authenticated else ""
        response = self.get_response(request)
        if who and response.status_code < 400 and (what := told(request, response)):
            write(Kind.ACTION, who, what, request=request, path=request.path)
        return response
