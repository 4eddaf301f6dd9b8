"""Signing in, out, and failing to: each is a line of the audit; guesses at a name are noticed."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Count, Max
from django.http import HttpRequest

from inspections.models import AuditEntry, User
from inspections.people.audit import Kind, since, write

logger = logging.getLogger(__name__)
NOTICED = 10
"""Wrong passwords for one name in a day that are told as guesses."""
MOST_OF_A_NAME, MOST_OF_ALL = 100, 2000
"""Lines a day. Past them failures are not listed, so that nobody fills the disk."""


@dataclass(frozen=True, slots=True)
class Guessing:
    """A name at which somebody guesses: how often, from how many addresses, when last."""

    username: str
    count: int
    addresses: int
    last_at: datetime


def guesses() -> list[Guessing]:
    """The names with many failures since yesterday, most first."""
    found = (
        _failures()
        .values("username")
        .annotate(count=Count("pk"), addresses=Count("client_address", distinct=True))
        .annotate(last_at=Max("at"))
        .filter(count__gte=NOTICED)
        .order_by("-count", "username")
    )
    return [Guessing(**row) for row in found]


def _failures() -> Any:
    return AuditEntry.objects.filter(kind=Kind.FAILED, at__gte=since(days=1))


def signed_in(sender: Any, request: HttpRequest, user: User, **sent: Any) -> None:
    write(Kind.SIGNED_IN, user.username, "Signed in", request=request)


def signed_out(sender: Any, request: HttpRequest, user: User | None, **sent: Any) -> None:
    """By the button, or because the time was up: then the middleware has marked the request."""
    if user is not None:
        what = "Session ended" if getattr(request, "session_ended", False) else "Signed out"
        write(Kind.SIGNED_OUT, user.username, what, request=request)


def failed(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **sent: Any
) -> None:
    """Keeps a failure, and says so in the log at the tenth, twentieth … for one name."""
    username = str(credentials.get("username", ""))[:150]
    held = _failures().filter(username=username).count()
    if held >= MOST_OF_A_NAME or _failures().count() >= MOST_OF_ALL:
        return
    what = "Wrong name, password or code"
    entry = write(Kind.FAILED, username, what, request=request)
    if (held + 1) % NOTICED == 0:
        addresses = _failures().filter(username=entry.username).values("client_address").distinct()
        logger.warning(
            "Guesses at the name %r: %d wrong passwords in a day from %d addresses.",
            entry.username, held + 1, addresses.count(),
        )  # fmt: skip


def begin() -> None:
    user_logged_in.connect(signed_in)
    user_logged_out.connect(signed_out)
    user_login_failed.connect(failed)
