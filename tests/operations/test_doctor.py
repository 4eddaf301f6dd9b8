"""`manage.py doctor`: what it says of each fault, and that it says nothing of a sound site."""

import json
import os
import socket
import time
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from inspections.management import doctor
from inspections.models import CollectRun, RecordState

pytestmark = pytest.mark.django_db
HOUR = 3600


@pytest.fixture
def sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an installation on which nothing is wrong."""
    (tmp_path / "static").mkdir()
    (tmp_path / "static/a.1.css").touch()
    (tmp_path / "static/staticfiles.json").write_text(json.dumps({"paths": {"a.css": "a.1.css"}}))
    (tmp_path / "backups/dumps").mkdir(parents=True)
    (tmp_path / "backups/dumps/now.dump").touch()
    (tmp_path / "backups/restore-tested").touch()
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path)
    monkeypatch.setattr(settings, "STATIC_ROOT", tmp_path / "static")
    monkeypatch.setattr(settings, "BACKUP_DIR", tmp_path / "backups")
    monkeypatch.setattr(settings, "IS_LOCAL", True)
    monkeypatch.setattr(doctor, "_file", lambda: tmp_path / "none")
    if connection.vendor == "postgresql":  # whose role in tests is the administrator
        with connection.cursor() as cursor:
            cursor.execute("CREATE ROLE web; GRANT ALL ON ALL TABLES IN SCHEMA public TO web")
            cursor.execute("SET LOCAL ROLE web")
    now = timezone.now()
    CollectRun.objects.create(started_at=now, finished_at=now, state=CollectRun.State.FINISHED)
    return tmp_path


def faults() -> list[str]:
    """`part: what is wrong`, of each fault."""
    return [f"{one.what}: {one.told}" for one in doctor.look(timezone.now()) if one.is_wrong]


def the_fault() -> str:
    """The only one."""
    [found] = faults()
    return found


def test_a_sound_installation_is_well_and_tells_its_coverage(sound: Path) -> None:
    told = StringIO()
    call_command("doctor", stdout=told)
    assert told.getvalue().endswith("All is well.\n")
    assert "complete to 31 March 2025" in told.getvalue()
    assert "WRONG" not in told.getvalue()


def test_any_fault_is_the_exit_status(sound: Path) -> None:
    (sound / "static/a.1.css").unlink()
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", stdout=StringIO())
    assert ended.value.code == 1


def test_a_database_that_does_not_answer(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(now: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(doctor, "ON_DATABASE", (refuse, doctor.check_record))
    assert the_fault() == "database: The database does not answer: connection refused"


def test_a_damaged_file(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(now: object) -> None:
        raise OperationalError("database disk image is malformed")

    monkeypatch.setattr(doctor, "ON_DATABASE", (refuse,))
    assert "Restore the last backup" in the_fault()


def test_a_file_that_others_may_read(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "sqlite":
        return
    held = sound / "record.sqlite3"
    held.touch(mode=0o644)
    monkeypatch.setattr(doctor, "_file", lambda: held)
    assert "others may read it" in the_fault()


def test_a_migration_that_waits(sound: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'axes'")
    assert the_fault().startswith("migrations: ")
    assert "Run manage.py migrate" in the_fault()


def test_no_record(sound: Path) -> None:
    RecordState.objects.all().delete()
    assert the_fault() == "record: There is none. Run manage.py load_record."


def test_a_clock_that_stands_before_the_record(sound: Path) -> None:
    RecordState.objects.update(changed_at=timezone.now() + timedelta(days=2000))
    assert the_fault().startswith("clock: ")


def test_nobody_looks_at_ofsteds_site(sound: Path) -> None:
    CollectRun.objects.update(finished_at=timezone.now() - timedelta(days=12, hours=1))
    assert "The last look at Ofsted's site was 12 days ago" in the_fault()
    CollectRun.objects.all().delete()
    assert "Nobody has looked" in the_fault()


def test_a_look_that_needs_a_person(sound: Path) -> None:
    problem = {"place": "the list", "found": "no council", "expected": "", "advice": "Look at it."}
    CollectRun.objects.update(problems=[problem | {"is_note": False}, problem | {"is_note": True}])
    assert the_fault() == "collect: the list: no council. Look at it."


def test_tasks_that_nobody_takes_up(sound: Path) -> None:
    long_ago = timezone.now() - timedelta(hours=1)
    task = DBTaskResult.objects.create(
        args_kwargs={}, task_path="a", backend_name="default", run_after=long_ago
    )
    assert faults() == []
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=long_ago)
    assert the_fault().startswith("worker: 1 tasks")


@pytest.fixture
def deaf_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return bound.getsockname()[1]


def test_a_redis_that_does_not_answer(
    sound: Path, deaf_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "REDIS_URL", f"redis://127.0.0.1:{deaf_port}/0")
    assert the_fault().startswith("cache: Redis does not answer")


def test_a_mail_server_that_does_not_answer(
    sound: Path, deaf_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "MAIL_URL", "smtp://127.0.0.1")
    monkeypatch.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
    monkeypatch.setattr(settings, "EMAIL_HOST", "127.0.0.1")
    monkeypatch.setattr(settings, "EMAIL_PORT", deaf_port)
    assert the_fault().startswith("mail: The mail server does not take us")


def lose_a_file(sound: Path) -> None:
    (sound / "static/a.1.css").unlink()


def lose_the_manifest(sound: Path) -> None:
    (sound / "static/staticfiles.json").unlink()


def spoil_the_manifest(sound: Path) -> None:
    (sound / "static/staticfiles.json").write_text("[]")


def age(path: Path, hours: int) -> None:
    then = time.time() - hours * HOUR
    os.utime(path, (then, then))


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lose_a_file, "static files: 1 are gone, such as a.1.css."),
        (lose_the_manifest, "staticfiles.json: cannot be read"),
        (spoil_the_manifest, "staticfiles.json: cannot be read"),
        (lambda at: (at / "backups/dumps/now.dump").unlink(), "backup: There is none in"),
        (lambda at: age(at / "backups/dumps/now.dump", 30), "backup: The last is 30 hours ago."),
        (lambda at: (at / "backups/restore-tested").unlink(), "restore: None was ever tried."),
        (
            lambda at: age(at / "backups/restore-tested", 24 * 40),
            "restore: Last tried 40 days ago.",
        ),
    ],
)
def test_what_is_missing_or_old(sound: Path, spoil: Callable[[Path], None], told: str) -> None:
    spoil(sound)
    assert told in the_fault()


def test_a_disk_that_is_nearly_full(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = SimpleNamespace(free=10 * 1024**2)
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda folder: usage)
    assert {one.split(":")[0] for one in faults()} == {"disk"}


def test_details_of_errors_for_strangers(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "IS_LOCAL", False)
    monkeypatch.setattr(settings, "IS_SECURE", True)
    monkeypatch.setattr(settings, "DEBUG", True)
    assert the_fault().startswith("settings: DEBUG is 1")
    monkeypatch.setattr(settings, "DEBUG", False)
    monkeypatch.setattr(settings, "IS_SECURE", False)
    assert "passwords go unencrypted" in the_fault()
