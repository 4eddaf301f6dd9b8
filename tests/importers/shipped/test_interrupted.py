"""Loads that are killed or meet, and people who correct at once, in processes of their own."""

import contextlib
import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from inspections.importers.shipped import reading
from tests.importers.shipped import invented
from tools.server import database_copy, prepared_template

pytestmark = pytest.mark.database  # One of its own, of the kind that the tests run on.

# Loads like the command, and says on its output which file it has come to.
LOADER = """
import sys, time, django
django.setup()
from pathlib import Path
from django.utils import timezone
from inspections.importers.shipped import loading, reading

def say(what, done, total):
    print(what, flush=True)
    if what == sys.argv[2]:
        time.sleep(60)

record = reading.read_record(Path(sys.argv[1]), today=timezone.localdate())
counts = loading.load(record, progress=say)
print("created", sum(count.created for count in counts.values()))
"""
EMPTY = """
import django
django.setup()
from django.apps import apps
from django.db import transaction
with transaction.atomic():
    for model in apps.get_app_config("inspections").get_models(include_auto_created=True):
        model._base_manager.all()._raw_delete("default")
"""
COUNTS = """
import django
django.setup()
from inspections import models as m
print(*(x.objects.count() for x in (m.Council, m.Inspection, m.Judgement, m.Visit)))
print(*(x.history.count() for x in (m.Council, m.Inspection, m.Judgement, m.Visit)))
"""


CORRECTOR = """
import sys, django
django.setup()
from inspections import actions
from inspections.models import Inspection
fact = Inspection.objects.get()  # Read once: each correction below starts from this old copy.
field = sys.argv[1]
print("ready", flush=True)
sys.stdin.readline()
for number in range(1, 11):
    actions.correct(fact, changes={field: str(number)}, reason=f"Try {number}", by=None)
"""

ENTERER = """
import sys, django
django.setup()
from datetime import date
from inspections import actions, twins
from inspections.models import Council, Framework, Inspection
day = date.fromisoformat(sys.argv[1])
fact = Inspection(
    council=Council.objects.get(slug="northbridge"),
    framework=Framework.objects.get(code="old_rules"), kind="standard",
    start_date=day, publication_date=date(2022, 12, 20),
)
assert twins.twin_of(fact) is None
print("ready", flush=True)
sys.stdin.readline()
try:
    actions.record(fact, by=None)
    print("saved")
except actions.SameEventError:
    print("on record already")
"""

ENTERED = """
import django
django.setup()
from inspections.models import Inspection
own = Inspection.objects.filter(council__slug="northbridge")
print(own.count(), Inspection.history.filter(council__slug="northbridge").count())
own.delete()  # The other tests of this database expect one inspection.
"""

RESULT = """
import django
django.setup()
from inspections.models import Correction, Inspection
fact = Inspection.objects.get()
print(fact.improvement_points, fact.lead_inspector)
for field in ("improvement_points", "lead_inspector"):
    print(Correction.objects.filter(field=field).count())
print(fact.history.filter(history_type="~").count())
"""


@pytest.fixture(scope="module")
def environment(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: object
) -> Iterator[dict[str, str]]:
    """The environment of a process with an empty database of these tests' own."""
    tmp_path = tmp_path_factory.mktemp("own")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    kept |= {"DJANGO_SETTINGS_MODULE": "config.settings", "VAR_DIR": str(tmp_path / "var")}
    with own_database(tmp_path, django_db_blocker) as url:
        kept["DATABASE_URL"] = url
        run(kept, "-c", EMPTY)
        yield kept


@contextlib.contextmanager
def own_database(folder: Path, django_db_blocker: object) -> Iterator[str]:
    """The URL of a copy of the prepared database, of the kind that the tests run on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{database_copy(folder)}"
        return
    name = f"killed_{uuid.uuid4().hex[:12]}"
    server = settings.DATABASES["default"]
    where = {"host": server["HOST"], "port": server["PORT"], "user": server["USER"]}
    secret = {"password": server["PASSWORD"]} if server["PASSWORD"] else {}
    with psycopg.connect(dbname="postgres", autocommit=True, **where, **secret) as session:
        template = prepared_template(settings.DATABASE_URL)
        session.execute(f'CREATE DATABASE {name} TEMPLATE "{template}"')
        try:
            login = f"{server['USER']}:{server['PASSWORD']}" if secret else server["USER"]
            yield f"postgres://{login}@{server['HOST']}:{server['PORT']}/{name}"
        finally:
            session.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(environment: dict[str, str], *arguments: str) -> str:
    """What a Python process prints."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def start(environment: dict[str, str], folder: Path, stop_at: str) -> subprocess.Popen[str]:
    """A loading process that waits a minute when it comes to the file."""
    return subprocess.Popen(
        [sys.executable, "-c", LOADER, str(folder), stop_at],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def let_go_at_once(
    environment: dict[str, str], script: str, *arguments: str
) -> list[subprocess.Popen[str]]:
    """A process for each argument; all begin their work once the last of them is ready."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", script, argument],
            cwd=settings.BASE_DIR,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for argument in arguments
    ]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    return processes


def test_a_killed_load_leaves_nothing_and_two_at_once_leave_one_record(
    environment: dict[str, str], tmp_path: Path
) -> None:
    process = start(environment, reading.SHIPPED, "visits")
    try:
        said = []
        for line in process.stdout:
            said.append(line.strip())
            if said[-1] == "visits":
                break
        assert said[-1] == "visits", said
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert run(environment, "-c", COUNTS).split() == ["0"] * 8

    folder = tmp_path / "shipped"
    folder.mkdir()
    invented.write(folder)
    processes = [start(environment, folder, "nowhere") for _ in range(2)]
    printed = [process.communicate(timeout=60)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], printed
    created = sorted(int(text.split()[-1]) for text in printed)
    whole = sum(len(rows) for rows in invented.rows().values())
    assert created == [0, whole]
    assert run(environment, "-c", COUNTS).split() == ["2", "1", "3", "1"] * 2


def test_three_who_enter_one_inspection_at_once_enter_it_once(
    environment: dict[str, str], tmp_path: Path
) -> None:
    """Each has seen that it is not on record before any of them saves."""
    run(environment, "manage.py", "load_record", "--folder", str(invented.write(tmp_path)))
    processes = let_go_at_once(environment, ENTERER, "2022-11-07", "2022-11-08", "2022-11-09")
    said = sorted(process.communicate(timeout=90)[0] for process in processes)
    assert said == ["on record already\n", "on record already\n", "saved\n"]
    assert run(environment, "-c", ENTERED).split() == ["1", "1"]


def test_two_people_who_correct_at_once_lose_nothing(
    environment: dict[str, str], tmp_path: Path
) -> None:
    """Two fields of one inspection, ten times each, from copies read before it all began."""
    run(environment, "manage.py", "load_record", "--folder", str(invented.write(tmp_path)))
    processes = let_go_at_once(environment, CORRECTOR, "improvement_points", "lead_inspector")
    for process in processes:
        said = process.communicate(timeout=90)[1]
        assert process.returncode == 0, said
    found = run(environment, "-c", RESULT).split()
    assert found == ["10", "10", "10", "10", "20"]
