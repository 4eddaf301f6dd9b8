"""The database that tests and tools copy is made anew when what it is made of has changed."""

import subprocess
from pathlib import Path

import pytest

from tools import server


@pytest.fixture
def prepared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own; preparing writes a file and starts no Django."""

    def prepare(*args: object, **options: object) -> subprocess.CompletedProcess:
        with (tmp_path / "record.sqlite3").open("a") as file:
            file.write("prepared ")
        return subprocess.CompletedProcess([], 0, "", "")

    monkeypatch.setattr(server, "PREPARED", tmp_path)
    monkeypatch.setattr(server.subprocess, "run", prepare)
    return tmp_path


def content() -> str:
    return server.prepared_database.__wrapped__().read_text()


def test_it_is_kept_while_nothing_changes_and_made_anew_otherwise(
    prepared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (prepared / "record.sqlite3").write_text("of an older version ")
    assert content() == "prepared "
    assert content() == "prepared prepared "
    monkeypatch.setattr(server, "digest_of_domain", lambda: "other code")
    assert content() == "prepared "


def test_the_digest_is_of_code_and_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "BASE_DIR", tmp_path)
    (tmp_path / "inspections").mkdir()
    seen = {server.digest_of_domain()}
    for name in ("rows.py", "grades.csv"):
        for text in ("a", "b"):
            (tmp_path / "inspections" / name).write_text(text)
            seen.add(server.digest_of_domain())
    assert len(seen) == 5
