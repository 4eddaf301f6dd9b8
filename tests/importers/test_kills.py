"""Migrations, loads and imports ended by SIGKILL at random moments, each begun anew on what the one
before left behind: nothing half done, and in the end what one gives that nobody killed.

`make kills` does it a hundred times.
"""

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from tests.importers import documents as d
from tools.server import clean_environment, prepared_database

KILLS = int(os.environ.get("KILLS", "3"))
LETTERS = 24  # 65 days apart: they end before the next visit on record there
FACTS = ("council", "inspection", "visit", "judgement", "improvementpoint", "source", "statement")


class Work:
    """One command on one database. `span`: how long it takes, as far as that is known."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.database, self.arguments, self.span = folder / "record.sqlite3", arguments, 5.0
        self.environment = clean_environment() | {
            "VAR_DIR": str(folder),
            "DATABASE_URL": f"sqlite:///{self.database}",
        }

    def begin(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "manage.py", *self.arguments],
            env=self.environment, cwd=settings.BASE_DIR,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip

    def kill(self, chance: random.Random) -> bool:
        """Whether it was killed before its end."""
        began, running = time.monotonic(), self.begin()
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(timeout=chance.uniform(0, self.span))
        running.send_signal(signal.SIGKILL)
        error = running.communicate()[1]
        assert running.returncode in {0, -signal.SIGKILL}, error[-2000:]
        was_killed = running.returncode != 0
        self.span = self.span * 1.1 if was_killed else time.monotonic() - began
        return was_killed

    def finish(self) -> None:
        running = self.begin()
        assert running.wait(timeout=300) == 0, running.stderr

    @contextlib.contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        with contextlib.closing(sqlite3.connect(self.database, timeout=20)) as opened:
            yield opened

    def is_intact(self) -> bool:
        with self.open() as opened:
            checked = [opened.execute(f"PRAGMA {what}").fetchall() for what in
                       ("integrity_check", "foreign_key_check")]  # fmt: skip
        return checked == [[("ok",)], []]


def counts(opened: sqlite3.Connection) -> dict[str, int]:
    return {
        name: opened.execute(f"SELECT count(*) FROM inspections_{name}").fetchone()[0]
        for name in FACTS
    }


def schema(opened: sqlite3.Connection) -> set[str]:
    rows = opened.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {sql.split("AUTOINCREMENT")[0] for [sql] in rows if "sqlite_" not in sql}


@pytest.fixture
def whole() -> Iterator[sqlite3.Connection]:
    """What comes of all three when nobody kills them."""
    with contextlib.closing(sqlite3.connect(prepared_database())) as opened:
        yield opened


@pytest.fixture
def chance() -> random.Random:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    return random.Random(seed)


def times(work: int) -> range:
    """How often that one of the three is killed."""
    return range((KILLS + work) // 3)


@pytest.mark.long
def test_killed_migrations_end_in_the_same_tables(
    tmp_path: Path, whole: sqlite3.Connection, chance: random.Random
) -> None:
    work = Work(tmp_path, "migrate", "--verbosity", "0")
    for _ in times(0):
        if not work.kill(chance):
            work.database.unlink()  # from the beginning
        else:
            assert work.is_intact()
    work.finish()
    with work.open() as opened:
        assert schema(opened) == schema(whole)


def without_a_record(path: Path) -> Path:
    shutil.copy(prepared_database(), path)
    with contextlib.closing(sqlite3.connect(path)) as opened:
        named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'inspections_%'"
        for [name] in opened.execute(named).fetchall():
            opened.execute(f"DELETE FROM {name}")
        opened.commit()
    return path


def test_a_killed_load_leaves_the_record_untouched_or_complete(
    tmp_path: Path, whole: sqlite3.Connection, chance: random.Random
) -> None:
    work = Work(tmp_path, "load_record", "--if-changed")
    empty = without_a_record(tmp_path / "empty.sqlite3")
    shutil.copy(empty, work.database)
    with work.open() as opened:
        nothing = counts(opened)
    for _ in times(1):
        if not work.kill(chance):
            shutil.copy(empty, work.database)
            continue
        assert work.is_intact()
        with work.open() as opened:
            assert counts(opened) in (nothing, counts(whole))
    work.finish()
    with work.open() as opened:
        assert counts(opened) == counts(whole)


def letters(folder: Path) -> None:
    folder.mkdir()
    for number in range(LETTERS):
        first = date(2018, 3, 5) + timedelta(days=65 * number)
        day, after = f"{first:%-d %B %Y}", first + timedelta(days=20)
        d.letter(
            folder / f"letter_{number:02}.pdf",
            day=f"{after:%-d %B %Y}",
            title="Focused visit to Isles of Scilly children’s services",
            opening=(
                "This letter summarises the findings of a focused visit to Isles of Scilly "
                f"children’s services on {day}. The inspectors were Rae Sample and Jo Specimen."
            ),
        )


def test_a_killed_import_leaves_whole_documents_and_can_be_run_again(
    tmp_path: Path, whole: sqlite3.Connection, chance: random.Random
) -> None:
    letters(tmp_path / "letters")
    work = Work(tmp_path, "import", str(tmp_path / "letters"), "--save")
    before = counts(whole)
    shutil.copy(prepared_database(), work.database)

    def are_whole() -> int:
        """The documents so far, each with its visit and its points."""
        with work.open() as opened:
            now = counts(opened)
        written = now["visit"] - before["visit"]
        points = now["improvementpoint"] - before["improvementpoint"]
        assert points == written * len(d.POINTS)
        return written

    for _ in times(2):
        was_killed = work.kill(chance)
        assert work.is_intact()
        are_whole()
        if not was_killed:
            shutil.copy(prepared_database(), work.database)
    work.finish()
    assert are_whole() == LETTERS
    with work.open() as opened:
        states = [state for [state] in opened.execute("SELECT state FROM inspections_importrun")]
    # One that was killed after its last word had finished.
    assert states[-1] == "finished" and set(states[:-1]) <= {"interrupted", "finished"}
