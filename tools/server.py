"""A server of our own on a free port of 127.0.0.1, with the record loaded; gone afterwards.

Used by the browser tests, the screenshots and the measurements: the same gunicorn, static
files and settings as `make start`, so that what is measured is what people get.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from tools.postgres import find_binaries

BASE_DIR = Path(__file__).resolve().parent.parent
PREPARED = BASE_DIR / "var" / "prepared"  # its own database, so that `make start`'s is left alone
OURS = ("DATABASE_URL", "REDIS_URL", "SITE_URL", "ALLOWED_HOSTS", "PROXY_COUNT", "SECRET_KEY",
        "READ_ONLY", "SERVING", "REPLICA_URL", "DOCUMENT_STORAGE")  # fmt: skip


class ServerError(Exception):
    """The server did not start; the text is what it said."""


def clean_environment() -> dict[str, str]:
    """This process's environment without the settings of a deployment."""
    kept = {name: value for name, value in os.environ.items() if name not in (*OURS, "DEBUG")}
    return kept | {"VAR_DIR": str(PREPARED), "PYTHONPATH": str(BASE_DIR)}


def free_port() -> int:
    """A port of 127.0.0.1 that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@cache
def prepared_database() -> Path:
    """An SQLite file with the shipped record, brought up to date once in each process.

    It is made anew where the domain's code or data are not those that it was made of: a record
    loaded over an older one has that one's history. Waits while another process prepares it.
    """
    PREPARED.mkdir(parents=True, exist_ok=True)
    with (PREPARED / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made_of, now = PREPARED / "made_of", digest_of_domain()
        if not made_of.exists() or made_of.read_text() != now:
            for left in PREPARED.glob("record.sqlite3*"):
                left.unlink()
        prepare()
        made_of.write_text(now)
    return PREPARED / "record.sqlite3"


def prepared_template(database_url: str) -> str:
    """The name of a database beside this one of PostgreSQL, with the shipped record, to copy.

    Made by the first who asks and kept while the code is the same; the others wait.
    """
    import psycopg

    name = f"prepared_{digest_of_domain()[:16]}"
    own = urlsplit(database_url)._replace(path=f"/{name}").geturl()
    with psycopg.connect(database_url, autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(hashtext('prepared'))")
        made = "SELECT datname FROM pg_database WHERE datname LIKE 'prepared%'"
        there = [row[0] for row in server.execute(made)]
        if name not in there:
            for old in ("preparing", *there):
                server.execute(f'DROP DATABASE IF EXISTS "{old}"')
            server.execute("CREATE DATABASE preparing")
            being_made = own.replace(name, "preparing")
            if (dump := dump_of(binaries := find_binaries())).exists():
                restore = [str(binaries / "pg_restore"), "--no-owner", "--no-privileges"]
                subprocess.run([*restore, "--dbname", being_made, str(dump)], check=True)
            prepare(being_made)
            server.execute(f'ALTER DATABASE preparing RENAME TO "{name}"')
    return name


def dump_of(binaries: Path) -> Path:
    """Where the services (`tools/native.py`) keep a dump of the shipped record for this code."""
    return PREPARED / f"record-{binaries.parent.name}-{digest_of_domain()[:16]}.dump"


def prepare(database_url: str | None = None) -> None:
    """Migrates and loads the shipped record: into the prepared SQLite file, or another database."""
    more = {"DATABASE_URL": database_url} if database_url else {}
    done = subprocess.run(
        [sys.executable, BASE_DIR / "tools" / "prepare.py"],
        env=clean_environment() | more,
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        told = f"{done.stdout[-2000:]}{done.stderr[-4000:]}"
        raise ServerError(f"tools/prepare.py failed:\n{told}")


def digest_of_domain() -> str:
    """SHA-256 over the code and the shipped record that a prepared database is made of."""
    summed = hashlib.sha256()
    for path in sorted((BASE_DIR / "inspections").rglob("*")):
        if path.suffix in {".py", ".csv", ".json", ".toml"}:
            summed.update(str(path.relative_to(BASE_DIR)).encode() + b"\0" + path.read_bytes())
    return summed.hexdigest()


def database_copy(folder: Path) -> Path:
    """A copy of the prepared database that may be written to."""
    return Path(shutil.copy(prepared_database(), folder / "record.sqlite3"))


@contextlib.contextmanager
def running_server(
    database_url: str,
    *,
    application: str = "config.wsgi:application",
    workers: int = 1,
    threads: int = 4,
    environment: dict[str, str] | None = None,
    log: Path | None = None,
    host: str = "127.0.0.1",
    config: str = "",
) -> Iterator[str]:
    """The address of a gunicorn that answers, e.g. http://127.0.0.1:43210; stopped afterwards."""
    port = free_port()
    address = f"http://{host}:{port}"
    log = log or PREPARED / f"server-{port}.log"
    settings = clean_environment() | {"DATABASE_URL": database_url, "SITE_URL": address}
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", str(workers), "--no-control-socket", "--log-level", "warning"]
    command += ["--graceful-timeout", "1"]  # a browser keeps connections that it asks nothing on
    command += ["--config", config] if config else []
    if threads > 1:
        command += ["--threads", str(threads)]
    with log.open("w") as output:
        server = subprocess.Popen(
            command,
            env=settings | (environment or {}),
            cwd=BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        wait_until_answering(f"{address}/healthz", server=server, log=log)
        yield address
        log.unlink()
    finally:
        stop(server)


def wait_until_answering(
    address: str, *, server: subprocess.Popen[bytes], log: Path, seconds: float = 60
) -> None:
    """Returns when the address answers 200; raises ServerError with the log otherwise."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise ServerError(f"{address} did not answer:\n{log.read_text()[-4000:]}")


def stop(server: subprocess.Popen[bytes]) -> None:
    """Ends the server and its workers, by force where they do not end."""
    if server.poll() is not None:
        return
    server.terminate()
    try:
        server.wait(timeout=5)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
