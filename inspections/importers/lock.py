"""One import at a time: a lock that the system releases when its holder dies."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

_ADVISORY_KEY = 7_203_114


class ImportLockedError(Exception):
    """Another import is running."""


@contextmanager
def import_lock() -> Iterator[None]:
    """Hold the lock, or raise :class:`ImportLockedError` at once.

    On PostgreSQL an advisory lock (several hosts), else a lock on a file beside the database;
    both end with the process, also after ``kill -9``.
    """
    if connection.vendor == "postgresql":
        with _advisory():
            yield
        return
    path = Path(settings.VAR_DIR) / f"import-{Path(str(_database_name())).name}.lock"
    with path.open("a") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ImportLockedError from None
        yield


@contextmanager
def _advisory() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_ADVISORY_KEY])
        if not cursor.fetchone()[0]:
            raise ImportLockedError
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_ADVISORY_KEY])


def _database_name() -> str:
    name = str(connection.settings_dict["NAME"])
    return "memory" if "memory" in name else name
