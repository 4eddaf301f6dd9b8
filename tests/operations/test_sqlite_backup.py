"""`manage.py backup` and `restore` on SQLite, run as a web officer runs them."""

import contextlib
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from subprocess import CompletedProcess
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from inspections.management.commands import backup, restore
from tests.operations.conftest import procedure, run_printed
from tools.server import PREPARED, clean_environment, database_copy

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture
def live(tmp_path: Path) -> Path:
    return database_copy(tmp_path)


@pytest.fixture
def manage(tmp_path: Path, live: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on the file as manage.py does, in this process."""
    held = SimpleNamespace(vendor="sqlite", settings_dict={"NAME": str(live)}, close=lambda: None)
    for command in (backup, restore):
        monkeypatch.setattr(command, "connection", held)
    monkeypatch.setattr(settings, "BACKUP_DIR", tmp_path / "backups")

    def run(name: str, *arguments: str | Path) -> CompletedProcess[str]:
        told = StringIO()
        try:
            call_command(name, *map(str, arguments), stdout=told)
        except CommandError as error:
            return CompletedProcess([], error.returncode, told.getvalue(), str(error))
        return CompletedProcess([], 0, told.getvalue(), "")

    return run


def identity(path: Path) -> str:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT identity FROM inspections_recordstate").fetchone()[0]


def change(path: Path, value: str) -> sqlite3.Connection:
    """A write as a server makes it; the connection stays open, so the log stays beside the file."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("UPDATE inspections_recordstate SET identity = ?", [value])
    connection.commit()
    return connection


def test_a_copy_is_made_while_a_server_writes_and_holds_what_was_committed(
    manage: Run, live: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite3"
    with contextlib.closing(change(live, "committed")) as server:
        server.execute("BEGIN IMMEDIATE")
        server.execute("UPDATE inspections_recordstate SET identity = 'not committed'")
        done = manage("backup", copy)
        assert done.returncode == 0, done.stderr
    assert identity(copy) == "committed"
    assert copy.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.glob("copy*")] == ["copy.sqlite3"]


def test_the_commands_as_they_are_printed(live: Path, tmp_path: Path) -> None:
    environment = clean_environment() | {
        "VAR_DIR": str(tmp_path),
        "STATIC_ROOT": str(PREPARED / "static"),
        "DATABASE_URL": f"sqlite:///{live}",
    }
    before = identity(live)
    take, put_back = (procedure("On one machine, with SQLite", place=place) for place in (0, 1))
    for commands in (take, put_back):
        done = run_printed(
            commands.replace(".venv/bin/python", sys.executable)
            .replace("var/copy", f"{tmp_path}/copy"),
            environment,
            settings.BASE_DIR,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        change(live, "later").close()
    assert identity(tmp_path / "copy.sqlite3") == before
    assert identity(next(tmp_path.glob("record.sqlite3.before-*"))) == "later"


def test_without_a_path_it_goes_to_the_folder_of_backups(manage: Run, tmp_path: Path) -> None:
    assert manage("backup").returncode == 0
    [copy] = (tmp_path / "backups").iterdir()
    assert copy.parent.stat().st_mode & 0o777 == 0o700
    assert identity(copy)


def test_a_file_that_is_there_is_never_written_over(manage: Run, tmp_path: Path) -> None:
    taken = tmp_path / "copy.sqlite3"
    taken.write_text("kept")
    done = manage("backup", taken)
    assert done.returncode == 1
    assert "Nothing was copied" in done.stderr
    assert taken.read_text() == "kept"


def test_a_damaged_database_gives_no_copy_and_no_traceback(
    manage: Run, live: Path, tmp_path: Path
) -> None:
    with live.open("r+b") as file:
        file.seek(4096 * 20)
        file.write(os.urandom(4096 * 50))
    done = manage("backup", tmp_path / "copy.sqlite3")
    assert done.returncode == 1
    assert "Nothing was copied" in done.stderr
    assert list(tmp_path.glob("copy*")) == []


def test_a_restore_brings_the_copy_back_and_keeps_what_was_there(
    manage: Run, live: Path, tmp_path: Path
) -> None:
    before = identity(live)
    copy = tmp_path / "copy.sqlite3"
    manage("backup", copy)
    change(live, "later").close()
    done = manage("restore", copy)
    assert done.returncode == 0, done.stderr
    assert identity(live) == before
    assert live.stat().st_mode & 0o777 == 0o600
    [kept] = tmp_path.glob("record.sqlite3.before-*")
    assert identity(kept) == "later"


def test_a_restore_is_not_mixed_with_the_log_of_a_killed_server(
    manage: Run, live: Path, tmp_path: Path
) -> None:
    before = identity(live)
    copy, killed = tmp_path / "copy.sqlite3", tmp_path / "killed"
    manage("backup", copy)
    killed.mkdir()
    with contextlib.closing(change(live, "only in the log")):
        for file in tmp_path.glob("record.sqlite3*"):
            shutil.copy(file, killed)
    for file in killed.iterdir():  # as a kill -9 leaves them
        shutil.copy(file, tmp_path)
    assert (tmp_path / "record.sqlite3-wal").stat().st_size > 0
    assert manage("restore", copy).returncode == 0
    assert identity(live) == before
    assert manage("backup", tmp_path / "again.sqlite3").returncode == 0  # checks every page


def test_a_restore_also_replaces_a_damaged_database(
    manage: Run, live: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite3"
    manage("backup", copy)
    live.write_bytes(b"no database" * 1000)
    done = manage("restore", copy)
    assert done.returncode == 0, done.stderr
    assert identity(live) == identity(copy)


def test_a_restore_waits_for_nobody_and_is_refused_while_the_site_runs(
    manage: Run, live: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite3"
    manage("backup", copy)
    with contextlib.closing(change(live, "running")):
        done = manage("restore", copy)
    assert done.returncode == 1
    assert "Stop the site" in done.stderr
    assert identity(live) == "running"


@pytest.mark.parametrize("content", [b"", b"not a database at all", b"SQLite format 3\0"])
def test_what_is_no_copy_changes_nothing(
    manage: Run, live: Path, tmp_path: Path, content: bytes
) -> None:
    before = identity(live)
    wrong = tmp_path / "wrong.sqlite3"
    wrong.write_bytes(content)
    done = manage("restore", wrong)
    assert done.returncode == 1
    assert "Nothing was changed" in done.stderr
    assert identity(live) == before


def test_a_copy_with_a_log_beside_it_is_refused(manage: Run, live: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    manage("backup", copy)
    (tmp_path / "copy.sqlite3-wal").write_bytes(b"of another database")
    done = manage("restore", copy)
    assert done.returncode == 1
    assert "may belong to another database" in done.stderr


def test_a_tried_restore_changes_nothing_and_is_remembered(
    manage: Run, live: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite3"
    manage("backup", copy)
    change(live, "later").close()
    done = manage("restore", copy, "--try")
    assert done.returncode == 0, done.stderr
    assert identity(live) == "later"
    assert (tmp_path / "backups" / "restore-tested").exists()
