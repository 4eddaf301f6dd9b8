"""Copies of an SQLite database, made and taken back by SQLite's own online copy.

The online copy goes through SQLite's locks and its write-ahead log, so a server may run
meanwhile, and a log that lies beside the file is never mixed with another file's pages.
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

COMPANIONS = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database; a file belongs to the database it was written with."""
BUSY_SECONDS = 30


class UnusableCopyError(Exception):
    """The file is no whole database of this program; the text says what was found."""


@contextlib.contextmanager
def opened(path: Path, *, read_only: bool = False) -> Iterator[sqlite3.Connection]:
    """A connection in autocommit, closed afterwards."""
    mode = "?mode=ro" if read_only else ""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}{mode}", uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )
    with contextlib.closing(connection):
        yield connection


def companions(path: Path) -> list[Path]:
    """The files that lie beside the database now."""
    beside = (path.with_name(path.name + ending) for ending in COMPANIONS)
    return [file for file in beside if file.exists()]


def identity_of(path: Path) -> str:
    """The identity of the record in the file, after every page of the file was checked.

    :class:`UnusableCopyError` where the file is damaged, or not one of this program's.
    """
    try:
        with opened(path, read_only=True) as connection:
            [found] = connection.execute("PRAGMA integrity_check(1)").fetchone()
            if found != "ok":
                raise UnusableCopyError(f"{path}: found {found}, expected a whole database")
            row = connection.execute("SELECT identity FROM inspections_recordstate").fetchone()
    except sqlite3.DatabaseError as error:
        told = f"{path}: found {error}, expected a database of this program"
        raise UnusableCopyError(told) from None
    return row[0] if row else ""


def back_up(source: Path, target: Path) -> str:
    """Copies the database as it is at one moment; gives the identity of the record in the copy.

    The copy appears under its name only when it is whole, checked and on the disk; its owner
    alone may read it.
    """
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    try:
        with opened(source, read_only=True) as live, opened(part) as copy:
            live.backup(copy)
            # One file that can be carried about, with no log beside it.
            copy.execute("PRAGMA journal_mode=DELETE")
        identity = identity_of(part)
        _flush(part)
        part.rename(target)
        _flush(target.parent)
    except sqlite3.DatabaseError as error:
        raise UnusableCopyError(f"{source}: found {error}, expected a whole database") from None
    finally:
        part.unlink(missing_ok=True)
    return identity


def put_back(copy: Path, live: Path) -> None:
    """Makes the live database what the copy is, in one transaction; `copy` was checked."""
    with opened(copy, read_only=True) as source, opened(live) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=WAL")
    live.chmod(0o600)


def is_in_use(live: Path) -> bool:
    """Whether another program has the database open; one that is damaged counts as not in use.

    Leaving the write-ahead log needs the file alone, and moves what the log holds into it.
    """
    try:
        with opened(live) as connection:
            connection.execute("PRAGMA busy_timeout=1000")
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        return "locked" in str(error)
    except sqlite3.DatabaseError:
        return False
    return False


def set_aside(live: Path, *, ending: str) -> Path:
    """Renames the database and what lies beside it, together; gives the new path."""
    kept = live.with_name(f"{live.name}.{ending}")
    for file in (live, *companions(live)):
        file.rename(file.with_name(file.name.replace(live.name, kept.name, 1)))
    return kept


def _flush(path: Path) -> None:
    """To the disk: a file's content, or a folder's names."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
