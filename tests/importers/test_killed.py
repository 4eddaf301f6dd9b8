"""An import killed with SIGKILL, in a database of its own: nothing lost, nothing half done."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from tests.importers import documents as d
from tools.server import database_copy

LETTERS = 24  # 65 days apart: they end before the next visit on record there


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ,
        "VAR_DIR": str(tmp_path / "var"),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'record.sqlite3'}",
    }


def manage(environment: dict[str, str], *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def ask(path: Path, query: str) -> list[tuple]:
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=20) as connection:
        return connection.execute(query).fetchall()


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
    tmp_path: Path, environment: dict[str, str]
) -> None:
    record, folder = database_copy(tmp_path), tmp_path / "letters"
    letters(folder)
    before = ask(record, "SELECT COUNT(*) FROM inspections_visit")[0][0]
    asked = ask(record, "SELECT COUNT(*) FROM inspections_improvementpoint")[0][0]
    process = manage(environment, "import", str(folder), "--save")
    until = time.monotonic() + 90
    while time.monotonic() < until and process.poll() is None:
        if ask(record, "SELECT COUNT(*) FROM inspections_importdocument")[0][0] >= 3:
            process.send_signal(signal.SIGKILL)
            break
        time.sleep(0.02)
    process.wait(timeout=30)
    written = ask(record, "SELECT COUNT(*) FROM inspections_importdocument")[0][0]
    assert process.returncode == -signal.SIGKILL
    assert 3 <= written < LETTERS
    # Every document in the run is whole: its visit, its readings and its points.
    assert ask(record, "SELECT COUNT(*) FROM inspections_visit")[0][0] == before + written
    points = ask(record, "SELECT COUNT(*) FROM inspections_improvementpoint")[0][0]
    assert points == asked + written * len(d.POINTS)
    assert ask(record, "SELECT state FROM inspections_importrun") == [("running",)]
    assert manage(environment, "import", str(folder), "--save").wait(timeout=120) == 0
    assert ask(record, "SELECT COUNT(*) FROM inspections_visit")[0][0] == before + LETTERS
    states = ask(record, "SELECT state FROM inspections_importrun ORDER BY id")
    assert states == [("interrupted",), ("finished",)]
