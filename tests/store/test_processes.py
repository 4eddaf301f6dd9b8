"""Several processes, one record: what one writes, the others see with their next question."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection

RECORDS = 12


def start(database_url: str, *command: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.store.processes", *command],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": database_url},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@contextlib.contextmanager
def running(database_url: str, *command: str) -> Iterator["subprocess.Popen[str]"]:
    process = start(database_url, *command)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def asked(process: "subprocess.Popen[str]", line: str = "") -> dict[str, Any]:
    process.stdin.write(f"{line}\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


def told(process: "subprocess.Popen[str]") -> list[dict[str, Any]]:
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return [json.loads(line) for line in said.splitlines()]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no connection to lose")
def test_a_connection_that_the_server_ended_is_made_anew_by_the_same_question(
    database_url: str,
) -> None:
    with running(database_url, "read") as reader:
        asked(reader)
        told(start(database_url, "write", "77"))
        with psycopg.connect(database_url, autocommit=True) as server:
            ended = server.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            ).fetchone()
        assert ended and ended[0] >= 1
        assert asked(reader)["pair"] == [77, 77]


def test_a_write_of_one_process_is_seen_by_the_others_next_question(database_url: str) -> None:
    with running(database_url, "read") as one, running(database_url, "read") as other:
        before = asked(one)
        assert asked(one) == asked(other) == before
        told(start(database_url, "write", "77"))
        after = asked(one)
        assert after["pair"] == [77, 77]
        assert after["version"] == before["version"] + 1
        assert after["identity"] != before["identity"]
        assert asked(other) == after


def test_a_pair_half_corrected_is_shown_as_at_no_moment(database_url: str) -> None:
    """Asked as at every moment so far, after each step of the writer."""
    told(start(database_url, "write", "76"))
    with (
        running(database_url, "read_known") as reader,
        running(database_url, "write_slowly", "77") as writer,
    ):
        moments = [json.loads(writer.stdout.readline())["at"]]
        for expected in ([76], [76, 76], [76, 76, 76], [76, 76, 76, 77]):
            seen = [asked(reader, moment)["pair"] for moment in moments]
            assert seen == [[number, number] for number in expected]
            if len(moments) < 4:
                moments.append(asked(writer)["at"])


def test_no_record_is_torn_while_pairs_of_facts_are_corrected(database_url: str) -> None:
    """Threads of two processes read without a pause, now and as at moments just gone."""
    with running(database_url, "write_on") as writer:
        assert json.loads(writer.stdout.readline()) == {"ready": True}
        watchers = [start(database_url, "watch", str(RECORDS), "3") for _ in range(2)]
        seen = [said for watcher in watchers for said in told(watcher)]
        (written,) = told(writer)
    assert written["writes"] >= RECORDS
    for said in seen:
        assert (said["torn"], said["failed"]) == ([], [])
        assert said["records"] >= RECORDS
