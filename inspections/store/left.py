"""The record as it was last read, left in a file for processes that begin while the database is
away.

It is signed with the site's secret key and bound to the code that wrote it: what anybody else
wrote, or another release, is not read.
"""

import hashlib
import hmac
import os
import pickle
from dataclasses import fields
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from django.conf import settings

from inspections.record import Record

HEAD = hashlib.sha256().digest_size


def _file() -> Path:
    return Path(settings.VAR_DIR) / "last-read"


@cache
def _code() -> str:
    """Changes with the code whose rows are kept."""
    files = Path(__file__).parents[1].rglob("*.py")
    return str(max(path.stat().st_mtime_ns for path in files))


def _digest(told: bytes) -> bytes:
    return hmac.digest(f"{settings.SECRET_KEY}\n{_code()}".encode(), told, hashlib.sha256)


def leave(record: Record, moments: list[datetime]) -> None:
    """Writes the file anew, or where it tells of this record already, that it is still so."""
    file, part = _file(), _file().with_suffix(f".{os.getpid()}")
    name = _digest(record.identity.encode())
    try:
        if file.exists():
            with file.open("rb") as held:
                if held.read(HEAD) == name:
                    os.utime(file)
                    return
        cells = {spec.name: getattr(record, spec.name) for spec in fields(record) if spec.compare}
        told = pickle.dumps((cells, moments))
        part.touch(mode=0o600)
        part.write_bytes(name + _digest(told) + told)
        part.replace(file)
    except OSError:  # a full disk: the site needs no such file
        part.unlink(missing_ok=True)


def taken_up() -> tuple[Record, list[datetime], datetime] | None:
    """The record, its moments, and when it was last known to be the database's own."""
    try:
        given, at = _file().read_bytes(), _file().stat().st_mtime
    except OSError:
        return None
    signature, told = given[HEAD : 2 * HEAD], given[2 * HEAD :]
    if not hmac.compare_digest(signature, _digest(told)):
        return None
    cells, moments = pickle.loads(told)  # noqa: S301  signed by this site
    return Record(**cells), moments, datetime.fromtimestamp(at, UTC)
