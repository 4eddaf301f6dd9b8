"""One import at a time: a lock that the system releases when its holder dies."""

import fcntl
import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from django.conf import settings
from django.db import connection

_ADVISORY_KEY = 7_203_114


class ImportLockedError(Exception):
    """Another import is running."""


@contextmanager
def import_lock() -> Iterator[None]:
    """Hold the lock, or raise :class:`ImportLockedError` at once.

    A lock on a file keeps other processes of this host out; on PostgreSQL an advisory lock keeps
    other hosts out too. Both end with the process, also after ``kill -9``.
    """
    path = Path(settings.VAR_DIR) / f"import-{_database_name()}.lock"
    with path.open("a") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ImportLockedError from None
        with _advisory() if connection.vendor == "postgresql" else nullcontext():
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
    """Fit for a file's name; each database in memory has one of its own."""
    return re.sub(r"\W+", "-", Path(str(connection.settings_dict["NAME"])).name)
