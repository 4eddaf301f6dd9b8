"""The Records that this process holds: the current one, and a few that links have pinned.

A request asks the database one thing, the record's identity; where that is what this process
holds already, nothing else is read. A Record is read whole in one look at the database, so that
none is ever torn, and writers wait for no reader.
"""

import contextlib
import logging
import time
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from threading import RLock, Thread, Timer

from django.conf import settings
from django.db import (
    Error,
    InterfaceError,
    OperationalError,
    connection,
    connections,
    transaction,
)
from django.utils import timezone

from config.patient import patience
from inspections import models
from inspections.record import Record
from inspections.store.left import leave, taken_up
from inspections.store.rows import read_record

MOST_PINNED = 4
"""Records of earlier moments that a process keeps; each takes about as much memory as the
current one (see docs/operations.md)."""
TRIES = 5
ASK_AGAIN_SECONDS = 1.0
"""How often a database that does not answer is asked again, beside the requests."""
LEAVE_AGAIN = timedelta(minutes=1)
"""How often a process notes for others which record it has (`inspections.store.left`)."""
LEAVE_AFTER_SECONDS = 1.0
"""How long after a change: the pages that everybody asks for anew come first."""
REPLICA_SECONDS, WITHOUT_REPLICA_SECONDS = 0.5, 10.0
"""How long a replica may take, and how long one that did not answer is not asked again."""
IDENTITY = f"SELECT identity FROM {models.RecordState._meta.db_table} WHERE id = 1"  # noqa: S608
logger = logging.getLogger(__name__)


class _Kept:
    """What this process holds. `moments`: when each version was made, oldest first. `seen_at`:
    when the database last said that the current record is its own; `is_away`: it says nothing."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.current: Record | None = None
        self.moments: list[datetime] = []
        self.pinned: OrderedDict[datetime, Record] = OrderedDict()
        self.seen_at: datetime | None = None
        self.left: tuple[Record, datetime] | None = None
        self.is_away = False
        self.without_replica_until = 0.0

    def clear(self) -> None:
        with self.lock:
            self.current, self.moments = None, []
            self.pinned.clear()


_kept = _Kept()


def current_identity() -> str:
    """The identity of the record as it is now; empty before anything was recorded. One query.

    In SQL, because every request asks it: building it anew took longer than asking it.
    """
    with connection.cursor() as cursor:
        cursor.execute(IDENTITY)
        found = cursor.fetchone()
    return found[0] if found else ""


def current_record(*, for_reader: bool = False) -> Record:
    """The record as it is now; one query where this process holds it already.

    While the database does not answer, the record that this process holds (`away_since`), asking
    nothing; a web server that holds none takes up what another has left. Raises the database's
    error where nobody has, in a command that holds none, and inside of a transaction.

    `for_reader`: for who can have written nothing, a replica may say that the record held here is
    the newest. Where it says another, the database itself is asked: this process may have what
    the replica has not heard of yet.
    """
    if connection.in_atomic_block:
        return _current_record()
    if for_reader and _kept.current is not None and _replica_has(_kept.current.identity):
        return _kept.current
    if _kept.is_away and _kept.current is not None:
        return _kept.current
    try:
        found = _current_record()
    except Error as error:
        held = _kept.current or (_taken_up() if settings.SERVING else None)
        if held is None:
            raise
        _went_away(error)
        return held
    _kept.seen_at = timezone.now()
    if settings.SERVING:
        _leave(found, _kept.seen_at)
    return found


def _replica_has(identity: str) -> bool:
    if "replica" not in connections.settings or time.monotonic() < _kept.without_replica_until:
        return False
    replica = connections["replica"]
    try:
        with patience(REPLICA_SECONDS), replica.cursor() as cursor:
            cursor.execute(IDENTITY)
            return bool(cursor.fetchone() == (identity,))
    except Error:
        _kept.without_replica_until = time.monotonic() + WITHOUT_REPLICA_SECONDS
        with contextlib.suppress(Error):
            replica.close()
        return False


def _leave(found: Record, now: datetime) -> None:
    if not _kept.left or _kept.left[0] is not found or now - _kept.left[1] > LEAVE_AGAIN:
        pause = LEAVE_AFTER_SECONDS if _kept.left else 0
        _kept.left = (found, now)
        writer = Timer(pause, leave, args=(found, list(_kept.moments)))
        writer.daemon = True
        writer.start()


def _taken_up() -> Record | None:
    if (found := taken_up()) is None:
        return None
    with _kept.lock:
        _kept.current, _kept.moments, _kept.seen_at = found
    return _kept.current


def _identity_now() -> str:
    """`current_identity`, asked anew where the connection had ended since its last use.

    Django would ask each connection first whether it still holds: two questions a request.
    """
    if connection.in_atomic_block or connection.connection is None:
        return current_identity()
    connection.health_check_done = True  # type: ignore[attr-defined]
    try:
        return current_identity()
    except (InterfaceError, OperationalError):
        connection.close()
        return current_identity()


def _current_record() -> Record:
    identity, held = _identity_now(), _kept.current
    if held is not None and held.identity == identity:
        return held
    with _kept.lock:
        # Another thread may have read it while this one waited.
        held = _kept.current
        if held is None or held.identity != current_identity():
            held = _take(_read_whole(None))
        return held


def hold(record: Record) -> None:
    """Goes on with the record that a writer has read within its own action, unless another
    action has followed."""
    with _kept.lock:
        if record.identity == current_identity():
            _take(record)


def _take(record: Record) -> Record:
    _kept.pinned.clear()
    _kept.moments = list(
        models.RecordMoment.objects.order_by("made_at").values_list("made_at", flat=True)
    )
    _kept.current = record if _kept.current is None else record.following(_kept.current)
    return _kept.current


def away_since() -> datetime | None:
    """While the database does not answer: when the record in memory was last its own."""
    return _kept.seen_at if _kept.is_away else None


def ask_again() -> None:
    """The next request asks the database, also where it did not answer the last one."""
    _kept.is_away = False


def _went_away(error: Error) -> None:
    with contextlib.suppress(Error):
        connection.close()
    with _kept.lock:
        if _kept.is_away:
            return
        _kept.is_away = True
    logger.error("The database does not answer (%s): pages go on from memory.", _line(error))
    Thread(target=_wait_for_return, daemon=True).start()


def _wait_for_return() -> None:
    while _kept.is_away:
        time.sleep(ASK_AGAIN_SECONDS)
        try:
            with patience(ASK_AGAIN_SECONDS):
                current_identity()
        except Error:
            continue
        finally:
            with contextlib.suppress(Error):
                connection.close()
        _kept.is_away = False
    logger.error("The database answers again.")


def _line(error: Exception) -> str:
    return " ".join(str(error).split())


def record_known_at(known: datetime, now: Record) -> Record:
    """The record as this site held it at a moment; no query where the process holds it.

    `now`: the current record, as this request has it. Moments between two versions are one:
    that of the earlier version, and where nothing has changed since, it is `now`. One before the
    first version on record stands for itself, and before there were frameworks those of now are
    used, so that a page can be drawn.
    """
    with _kept.lock:
        place = bisect_right(_kept.moments, known)
        moment = _kept.moments[place - 1] if place else known
        if moment not in _kept.pinned:
            is_newest = now is _kept.current and place == len(_kept.moments) > 0
            found = now.known_then(moment) if is_newest else _read_whole(moment)
            if not found.book.areas:
                found = replace(found, book=now.book)
            while len(_kept.pinned) >= MOST_PINNED:
                _kept.pinned.popitem(last=False)
            _kept.pinned[moment] = found
        _kept.pinned.move_to_end(moment)
        return _kept.pinned[moment]


def forget() -> None:
    """Drops every Record that this process holds."""
    _kept.clear()


def _read_whole(known: datetime | None) -> Record:
    if not connection.in_atomic_block:
        with _one_look():
            return read_record(known)
    # Inside the caller's transaction, which may see what others write between two queries:
    # what was read while the identity changed is thrown away.
    for _ in range(TRIES):
        identity = current_identity()
        found = read_record(known)
        if found.identity == identity == current_identity():
            return found
    with transaction.atomic():
        models.RecordState.objects.select_for_update().filter(pk=1).first()
        return read_record(known)


@contextlib.contextmanager
def _one_look() -> Iterator[None]:
    """All queries inside see the database as it was at the first of them.

    Django's own transactions would take SQLite's turn to write.
    """
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(
            "BEGIN DEFERRED" if is_sqlite else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        )
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
