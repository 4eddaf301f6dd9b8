"""What stops a start, or should worry who runs the site, is told in words, not by a traceback."""

import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client

from inspections.management.doctor import check_record
from inspections.store import current_record
from tools.server import PREPARED, clean_environment, database_copy

SECURE = {
    "SITE_URL": "https://inspections.example.org",
    "ALLOWED_HOSTS": "inspections.example.org",
    "SECRET_KEY": "an invented key that is long enough, of 60 characters or so",
}
LEAVE = """
import django
django.setup()
from inspections import store
from inspections.store.left import leave
leave(store.current_record(), [])
"""


def run(*command: str | Path, **given: str) -> subprocess.CompletedProcess[str]:
    environment = clean_environment() | given
    environment.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # of the tests alone
    return subprocess.run(
        [sys.executable, *command], env=environment, cwd=settings.BASE_DIR,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_djangos_own_check_for_a_deployment_finds_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{database_copy(tmp_path)}"
    check = ("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    told = run(*check, DATABASE_URL=url, **SECURE)
    assert told.returncode == 0, told.stderr


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"DEBUG": "1", **SECURE}, "DEBUG: found 1, expected 0"),
        ({**SECURE, "SECRET_KEY": "short"}, "SECRET_KEY: found 5 characters"),
        ({"SITE_URL": "example.org"}, "SITE_URL: found 'example.org'"),
        ({"READ_ONLY": "perhaps"}, "READ_ONLY: found 'perhaps', expected 1 or 0"),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL"),
        ({"REPLICA_URL": "postgres://a@b/c"}, "REPLICA_URL: found one, expected none"),
        ({"DOCUMENT_STORAGE": "s3"}, "DOCUMENT_STORAGE: expected"),
        ({"DOCUMENT_STORAGE": '{"BACKEND": "nowhere.S3"}'}, "DOCUMENT_STORAGE: nowhere is not"),
    ],
)
def test_settings_refuse_nonsense(given: dict[str, str], said: str) -> None:
    told = run("manage.py", "check", **given)
    assert told.returncode
    assert said in told.stderr


def test_a_damaged_database_is_named(tmp_path: Path) -> None:
    file = tmp_path / "record.sqlite3"
    file.write_bytes(b"This is no database." * 500)
    url = f"sqlite:///{file}"
    (tmp_path / "sound").mkdir()
    sound = f"sqlite:///{database_copy(tmp_path / 'sound')}"
    # What a web server has left for another is no answer to a command.
    left = run("-c", LEAVE, DATABASE_URL=sound, DJANGO_SETTINGS_MODULE="config.settings")
    assert not left.returncode, left.stderr
    for command in (("manage.py", "check_record"), ("tools/serve.py",)):
        told = run(*command, DATABASE_URL=url)
        assert told.returncode == 1
        assert "Traceback" not in told.stderr
        assert f"{file}: damaged (file is not a database). Restore the last backup" in told.stderr


def test_two_starts_at_once_in_a_fresh_folder(tmp_path: Path) -> None:
    given = clean_environment() | {
        "VAR_DIR": str(tmp_path),
        "STATIC_ROOT": str(PREPARED / "static"),
    }
    starts = [
        subprocess.Popen(
            [sys.executable, "tools/prepare.py"], env=given, cwd=settings.BASE_DIR,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    said = [start.communicate(timeout=300)[1] for start in starts]
    assert [start.returncode for start in starts] == [0, 0], said
    assert not [line for line in said if "Traceback" in line]
    assert len((tmp_path / "secret_key").read_text()) > 50
    for private in ("secret_key", "record.sqlite3"):
        assert os.stat(tmp_path / private).st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_a_missing_list_of_static_files_is_not_ready(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/readyz").status_code == 200
    monkeypatch.setattr(staticfiles_storage, "hashed_files", {}, raising=False)
    assert client.get("/readyz").status_code == 503


@pytest.mark.django_db
def test_a_clock_of_years_ago_is_noticed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    record = current_record()
    known_to = record.known_to
    assert known_to
    then = date(2016, 3, 1)
    today = client.get("/councils/luton/?as_at=" + known_to.isoformat()).content.decode()
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *given: then)
    page = client.get("/councils/luton/").content.decode()
    assert "This machine&#x27;s clock says 1 March 2016, which is before the day" in page
    held = 'class="card'
    assert page.count(held) == today.count(held)
    assert client.get("/api/v1/councils?page_size=1").json()["as_at"] == known_to.isoformat()
    assert client.get("/readyz").status_code == 503
    told = [one.told for one in check_record(datetime.fromisoformat("2016-03-01T12:00:00+00:00"))
            if one.is_wrong]  # fmt: skip
    assert any("the record is complete to" in line for line in told)
