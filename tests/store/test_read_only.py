"""One setting keeps the site to reading."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tools.server import clean_environment


@pytest.mark.django_db
def test_readers_read_and_nobody_saves(client: Client, settings: object) -> None:
    settings.READ_ONLY = True  # type: ignore[attr-defined]
    assert client.get("/councils/luton/").status_code == 200
    for answer in (
        client.get("/entry/"),
        client.get("/admin/login/"),
        client.post("/subscribe/", {"email": "somebody@example.org"}),
        client.post("/report/", {"said": "Typed <words>"}),
    ):
        assert answer.status_code == 503
        assert "being read only" in answer.content.decode()
        assert answer.headers["Retry-After"]
    assert "Typed &lt;words&gt;" in answer.content.decode()


def test_the_database_itself_refuses_a_change(database_url: str) -> None:
    code = (
        "import django; django.setup()\n"
        "from inspections.models import RecordState\n"
        "from inspections.store import current_record\n"
        "from django.db import Error\n"
        "print(len(current_record().councils))\n"
        "try: RecordState.objects.update(identity='x')\n"
        "except Error as error: print(error)\n"
    )
    given = {"READ_ONLY": "1", "DATABASE_URL": database_url}
    told = subprocess.run(
        [sys.executable, "-c", code],
        env=clean_environment() | given | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        cwd=settings.BASE_DIR, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert told.startswith("160\n")
    assert "readonly" in told or "read-only transaction" in told


def test_a_new_database_file_is_its_owners_alone_and_is_flushed(tmp_path: Path) -> None:
    code = (
        "import django; django.setup()\n"
        "from django.db import connection\n"
        "cursor = connection.cursor(); cursor.execute('PRAGMA synchronous')\n"
        "print(cursor.fetchone()[0])\n"
    )
    file = tmp_path / "new.sqlite3"
    told = subprocess.run(
        [sys.executable, "-c", code],
        env=clean_environment()
        | {"DATABASE_URL": f"sqlite:///{file}", "DJANGO_SETTINGS_MODULE": "config.settings"},
        cwd=settings.BASE_DIR, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert told == "2\n"  # FULL
    assert file.stat().st_mode & 0o777 == 0o600
