"""TLS to a database and a Redis that stand elsewhere: their certificates are checked."""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from dashboard.http import kept
from tests.operations.test_proxy import signed_by_itself
from tools.postgres import server_user, temporary_postgres
from tools.server import BASE_DIR, clean_environment, free_port

pytestmark = pytest.mark.services
ASKED = """
from django.db import connection
cursor = connection.cursor()
cursor.execute("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
print(cursor.fetchone())
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """One that the servers' users may read too, with a certificate for the name localhost."""
    made = Path(tempfile.mkdtemp(prefix="tls-"))
    made.chmod(0o755)
    signed_by_itself(made)
    (made / "other").mkdir()
    signed_by_itself(made / "other")
    yield made
    shutil.rmtree(made)


def asked(url: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", ASKED],
        cwd=BASE_DIR, env=clean_environment() | {"DATABASE_URL": url},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_database_is_asked_over_tls_and_its_certificate_checked(folder: Path) -> None:
    key = folder / "privkey.pem"
    key.chmod(0o600)
    if user := server_user():
        shutil.chown(key, user=user)
    with temporary_postgres() as url:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(f"ALTER SYSTEM SET ssl_cert_file = '{folder}/fullchain.pem'")
            server.execute(f"ALTER SYSTEM SET ssl_key_file = '{key}'")
            server.execute("ALTER SYSTEM SET ssl = on")
            server.execute("SELECT pg_reload_conf()")
        by_name = url.replace("127.0.0.1", "localhost")
        checked = "?sslmode=verify-full&sslrootcert="
        told = asked(f"{by_name}{checked}{folder}/fullchain.pem")
        assert told.stdout.strip() == "(True,)", told.stderr
        for wrong in (
            f"{by_name}{checked}{folder}/other/fullchain.pem",
            f"{url}{checked}{folder}/fullchain.pem",
        ):
            told = asked(wrong)
            assert told.returncode and "certificate" in told.stderr, wrong


def test_redis_is_asked_over_tls_and_its_certificate_checked(folder: Path) -> None:
    port = free_port()
    given = {
        "--tls-port": port, "--port": 0, "--bind": "127.0.0.1", "--save": "",
        "--tls-auth-clients": "no",
        "--tls-cert-file": folder / "fullchain.pem", "--tls-key-file": folder / "privkey.pem",
        "--tls-ca-cert-file": folder / "fullchain.pem", "--dir": folder,
    }  # fmt: skip
    server = subprocess.Popen(
        ["redis-server", *(str(part) for row in given.items() for part in row)],
        stdout=subprocess.DEVNULL,
    )
    try:
        right = f"rediss://localhost:{port}/0?ssl_ca_certs={folder}/fullchain.pem"
        store = kept.RedisStore(right)
        while store.problem() and server.poll() is None:
            time.sleep(0.02)
        assert server.poll() is None
        store.set("a", kept.KeptAnswer((("Content-Type", "text/plain"),), b"body", b"packed"))
        assert store.get("a").body == b"body"
        for wrong in (
            right.replace("/fullchain", "/other/fullchain"),
            right.replace("localhost", "127.0.0.1"),
        ):
            assert "certificate" in kept.RedisStore(wrong).problem(), wrong
    finally:
        server.terminate()
        server.wait(timeout=20)
