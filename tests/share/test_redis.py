"""Answers kept in Redis: shared while it answers, and no need of it once the site runs."""

import pickle
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from dashboard.http import kept
from inspections.models import Council
from tools.server import clean_environment, database_copy, free_port

pytestmark = pytest.mark.services
ANSWER = kept.KeptAnswer((("Content-Type", "text/plain"),), b"body", b"packed")


class Redis:
    """A redis-server of the test's own, which keeps nothing on disk."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        program = shutil.which("redis-server")
        assert program, "redis-server: not found; install it (Debian: redis-server)"
        where = ["--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(folder)]
        with (folder / "redis.log").open("w") as log:
            self.process = subprocess.Popen([program, *where, "--save", ""], stdout=log)
        store = kept.RedisStore(self.url)
        while store.problem() and self.process.poll() is None:
            time.sleep(0.02)
        assert self.process.poll() is None, (folder / "redis.log").read_text()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    running = Redis(tmp_path)
    yield running
    running.stop()


def test_two_processes_share_their_answers(redis: Redis) -> None:
    one, other = kept.RedisStore(redis.url), kept.RedisStore(redis.url)
    one.set("key", ANSWER)
    assert other.get("key") == ANSWER
    assert 0 < one.client.ttl("answer:key") <= kept.KEPT_SECONDS
    one.client.set("answer:key", b"poisoned")
    assert other.get("key") is None


@pytest.mark.django_db
def test_a_redis_that_dies_is_not_missed(
    redis: Redis, client: Client, exampleshire: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "store", kept.RedisStore(redis.url))
    first = client.get("/councils/exampleshire/")
    assert len(kept.store.client.keys("answer:*")) == 1
    redis.stop()
    again, third = (client.get("/councils/exampleshire/") for _ in range(2))
    assert again.content == third.content == first.content
    assert again.headers["ETag"] == first.headers["ETag"]
    assert len(kept.store.own.held) == 1
    monkeypatch.setattr(kept, "store", kept.ProcessStore())


def test_a_frozen_redis_is_waited_for_once(redis: Redis) -> None:
    store = kept.RedisStore(redis.url)
    store.set("a", ANSWER)
    redis.process.send_signal(signal.SIGSTOP)
    try:
        began = time.monotonic()
        assert store.get("a") is None
        once = time.monotonic() - began
        for _ in range(50):
            store.get("a")
            store.set("b", ANSWER)
        assert store.get("b") == ANSWER  # of this process's own
        assert once >= kept.REDIS_SECONDS
        assert time.monotonic() - began < 3 * kept.REDIS_SECONDS
    finally:
        redis.process.send_signal(signal.SIGCONT)


def test_what_another_wrote_is_a_miss_and_runs_nothing(redis: Redis, tmp_path: Path) -> None:
    store, trap = kept.RedisStore(redis.url), tmp_path / "run"
    store.set("key", ANSWER)
    own = store.client.get("answer:key")
    forged = b'{"headers": [["Content-Type", "text/html"]], "body": 4}\n<b>x'
    for poison in (
        pickle.dumps(Runs(str(trap))), b"", b"{}", b"\n", own[:-1], own[1:], own + b"x",
        bytes(kept.SIGNATURE_BYTES) + forged, forged,
    ):  # fmt: skip
        store.client.set("answer:key", poison)
        assert store.get("key") is None
    store.client.delete("answer:key")
    store.client.lpush("answer:key", "no text at all")
    assert store.get("key") is None
    assert not trap.exists()


class Runs:
    """Makes a file as soon as somebody unpickles it."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return (open, (self.path, "w"))


def test_what_is_kept_can_be_forgotten_while_redis_is_away(redis: Redis) -> None:
    store = kept.RedisStore(redis.url)
    store.set("a", ANSWER)
    redis.stop()
    store.set("b", ANSWER)
    store.clear()
    assert store.get("b") is None


def start(redis_url: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {"REDIS_URL": redis_url, "DATABASE_URL": f"sqlite:///{database_copy(folder)}"}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--tag", "starting"],
        env=clean_environment() | environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_start_without_its_redis_is_refused(redis: Redis, tmp_path: Path) -> None:
    assert start(redis.url, tmp_path).returncode == 0
    redis.stop()
    refused = start(redis.url, tmp_path)
    assert refused.returncode == 1
    assert "REDIS_URL: Error 111 connecting to 127.0.0.1" in refused.stderr
    serving = (settings.BASE_DIR / "deploy" / "entrypoint.sh").read_text()
    assert serving.index("manage.py check --tag starting") < serving.index("exec gunicorn")
