"""A person's own sessions: where they are signed in, how to end that, and the password asked for
again before anything of a sign-in changes."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from inspections.models import User

BEGAN, SEEN, BROWSER, PROVED = "began_at", "seen_at", "browser", "password_at"
A_MINUTE = 60
PROVED_FOR = 5 * A_MINUTE
"""Seconds for which a password that was given is enough to change the ways of signing in."""
BROWSERS = {
    "Edg": "Edge", "OPR/": "Opera", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox",
    "FxiOS": "Firefox", "Chrome": "Chrome", "CriOS": "Chrome", "Safari": "Safari",
}  # fmt: skip
MACHINES = {
    "iPhone": "an iPhone", "iPad": "an iPad", "Android": "Android", "Windows": "Windows",
    "Mac OS": "a Mac", "CrOS": "a Chromebook", "Linux": "Linux",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One session that is open. `mark` stands for its secret name, which is on no page."""

    mark: str
    browser: str
    began_at: datetime
    seen_at: datetime
    is_this: bool


def browser_of(request: HttpRequest) -> str:
    """The family of browser and machine in plain words, such as "Firefox on Windows"."""
    agent = request.headers.get("User-Agent", "")
    browser = next((words for part, words in BROWSERS.items() if part in agent), "A browser")
    machine = next((words for part, words in MACHINES.items() if part in agent), "")
    return f"{browser} on {machine}" if machine else browser


def ends_at(session: Any) -> float:
    """When a session ends if nothing more is done (seconds since 1970)."""
    idle = session.get(SEEN, time.time()) + settings.SESSION_IDLE_MINUTES * A_MINUTE
    return float(min(idle, session.get(BEGAN, time.time()) + settings.SESSION_COOKIE_AGE))


def sessions_of(person: User, request: HttpRequest) -> list[OpenSession]:
    """Those that are open, this one first, then the last used."""
    found = [
        OpenSession(
            mark=_mark(name),
            browser=held.get(BROWSER, "Not known"),
            began_at=_moment(held.get(BEGAN)),
            seen_at=_moment(held.get(SEEN)),
            is_this=name == request.session.session_key,
        )
        for name, held in _open(person)
    ]
    return sorted(found, key=lambda one: (one.is_this, one.seen_at), reverse=True)


def end(person: User, request: HttpRequest, mark: str | None) -> int:
    """Ends one session, or all but this; how many that were."""
    here = request.session.session_key
    names = [
        name
        for name, _ in _open(person)
        if (name != here if mark is None else constant_time_compare(_mark(name), mark))
    ]
    return Session.objects.filter(session_key__in=names).delete()[0]


def _open(person: User) -> list[tuple[str, dict[str, Any]]]:
    """Of all that there are: only staff have sessions, of eight hours at most."""
    rows = Session.objects.filter(expire_date__gt=timezone.now())
    given = ((row.session_key, row.get_decoded()) for row in rows)
    own = (str(person.pk), person.get_session_auth_hash())
    return [
        (name, held)
        for name, held in given
        if (held.get(SESSION_KEY), held.get(HASH_SESSION_KEY)) == own
        and ends_at(held) > time.time()
    ]


def _mark(name: str) -> str:
    return salted_hmac("inspections.people.sessions", name, algorithm="sha256").hexdigest()[:32]


def _moment(at: float | None) -> datetime:
    return datetime.fromtimestamp(time.time() if at is None else at, UTC)


def prove(request: HttpRequest) -> None:
    """The password was given just now."""
    request.session[PROVED] = time.time()


def is_proved(request: HttpRequest) -> bool:
    return bool(time.time() - request.session.get(PROVED, 0) < PROVED_FOR)


def to_prove(request: HttpRequest) -> HttpResponse:
    """Leads to the page that asks for the password, and back."""
    return redirect(f"{reverse('entry:confirm')}?{urlencode({'next': request.path})}")


def begin() -> None:
    user_logged_in.connect(_signed_in)


def _signed_in(sender: Any, request: HttpRequest, **sent: Any) -> None:
    prove(request)
    request.session[BROWSER] = browser_of(request)
