"""A sender that is killed: before the server has taken a letter, and after."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tools.server import BASE_DIR, clean_environment, database_copy, free_port

NOW = "2026-11-29 03:00:00"


class Killer:
    """A mail server that kills whoever sends to it, in one of two moments; then never again."""

    def __init__(self, when: str) -> None:
        self.when, self.taken, self.sender = when, 0, 0

    def kill(self, moment: str) -> None:
        if self.when == moment and self.sender:
            os.kill(self.sender, signal.SIGKILL)
            self.when = ""

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str,  # noqa: N802
                          options: list[str]) -> str:  # fmt: skip
        self.kill("address")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.taken += 1
        self.kill("taken")
        return "250 OK"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Path]:
    """A record with five letters of one reader that wait."""
    found = database_copy(tmp_path)
    with closing(sqlite3.connect(found)) as held:
        held.execute(
            "INSERT INTO inspections_subscription (email, token, regions, kinds, topics, themes, "
            "rhythm, asked_at, confirmed_at) VALUES ('r@example.org', 't', '[]', '[]', '[]', '[]', "
            "'at_once', ?, ?)", (NOW, NOW),
        )  # fmt: skip
        for number in range(5):
            held.execute(
                "INSERT INTO inspections_letter (subscription_id, subject, body, state, tries, "
                "told, made_at) VALUES (1, ?, 'Invented.', 'waiting', 0, '', ?)",
                (f"Letter {number}", NOW),
            )
        held.commit()
    yield found


@pytest.mark.parametrize(("when", "taken"), [("address", 4), ("taken", 5)])
def test_no_letter_goes_twice_when_the_sender_is_killed(
    database: Path, when: str, taken: int
) -> None:
    """The letter of that moment is in doubt: that is told, and it is never sent again by itself.
    All others go."""
    killer, port = Killer(when), free_port()
    controller = Controller(killer, hostname="127.0.0.1", port=port)
    controller.start()
    environment = clean_environment() | {
        "DATABASE_URL": f"sqlite:///{database}",
        "MAIL_URL": f"smtp://127.0.0.1:{port}",
        "MAIL_FROM": "record@example.org",
    }
    codes = []
    try:
        for _ in range(3):
            sender = subprocess.Popen(
                [sys.executable, "manage.py", "send_alerts"], env=environment, cwd=BASE_DIR,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            )  # fmt: skip
            killer.sender = sender.pid
            _, told = sender.communicate(timeout=60)
            codes.append(sender.returncode)
    finally:
        controller.stop()
    assert codes == [-signal.SIGKILL, 1, 1], told
    assert killer.taken == taken
    assert "1 in doubt" in told
