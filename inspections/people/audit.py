"""Writes what staff did. Nothing here reads it back but the audit page and the watch on guesses."""

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone

from config.client_address import client_address, is_address
from inspections.models import AuditEntry

Kind = AuditEntry.Kind


def write(
    kind: AuditEntry.Kind, username: str, what: str, *, request: HttpRequest | None, path: str = ""
) -> AuditEntry:
    """Adds a line; control characters are left out, so that no line looks like another."""
    address = client_address(request) if request is not None else ""
    return AuditEntry.objects.create(
        kind=kind,
        username=_plain(username, 150) or "(no name)",
        what=_plain(what, 250),
        path=_plain(path, 300),
        client_address=address if is_address(address) else None,
    )


def since(**ago: float) -> datetime:
    return timezone.now() - timedelta(**ago)


def _plain(text: str, most: int) -> str:
    return "".join(c for c in str(text) if c.isprintable())[:most]
