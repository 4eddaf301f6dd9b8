"""Looks at an installation, and says in plain words what is wrong with it and what to do.

Each check gives findings and raises nothing; the first that fails for want of the database ends
those that need it.
"""

import json
import shutil
import socket
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from inspections.management.commands.restore import TESTED
from inspections.models import CollectRun, Coverage, Draft, RecordState
from inspections.store import current_record
from inspections.vocabulary import CoverageKind

PARTS = (
    "settings", "database", "migrations", "record", "clock", "replica", "collect", "worker",
    "cache", "static files", "disk", "mail", "backup", "restore",
)  # fmt: skip
"""Everything that a finding may be about."""
LEAST_FREE_BYTES = 500 * 1024 * 1024
LONGEST_WAIT = timedelta(minutes=10)
OLDEST_LOOK = timedelta(days=3)
OLDEST_BACKUP = timedelta(hours=26)
OLDEST_TRIAL = timedelta(days=32)
CLOCK_SECONDS = 5


@dataclass(frozen=True)
class Symptom:
    """`what`: the part that was looked at. `is_wrong`: a person has to do something; `is_end`: and
    nothing else can be asked of the database until then."""

    what: str
    told: str
    is_wrong: bool = False
    is_end: bool = False


Check = Callable[[datetime], Iterator[Symptom]]


def wrong(what: str, told: str, *, is_end: bool = False) -> Symptom:
    return Symptom(what, told, is_wrong=True, is_end=is_end)


def check_settings(now: datetime) -> Iterator[Symptom]:
    """What others must never reach."""
    if settings.DEBUG and not settings.IS_LOCAL:
        yield wrong("settings", "DEBUG is 1: strangers see how errors came about. Set it to 0.")
    if not settings.IS_LOCAL and not settings.IS_SECURE:
        yield wrong(
            "settings", f"SITE_URL is {settings.SITE_URL}: passwords go unencrypted. Use https."
        )
    yield Symptom("settings", f"The site is {settings.SITE_URL}.")


def check_database(now: datetime) -> Iterator[Symptom]:
    """Whether it answers, is whole where that can be asked, and its clock is ours."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA quick_check(1)")
            [found] = cursor.fetchone()
            if found != "ok":
                told = f"{_file()}: damaged ({found}). Restore the last backup."
                yield wrong("database", told, is_end=True)
            elif _file().exists() and _file().stat().st_mode & 0o077:
                yield wrong("database", f"{_file()}: others may read it. Run chmod 600 on it.")
            yield Symptom("database", f"SQLite {sqlite3.sqlite_version} answers.")
            return
        cursor.execute("SELECT clock_timestamp(), current_setting('server_version'), rolsuper "
                       "FROM pg_roles WHERE rolname = current_user")  # fmt: skip
        theirs, version, is_superuser = cursor.fetchone()
        yield Symptom("database", f"PostgreSQL {version} answers.")
        if is_superuser:
            yield wrong(
                "database", "The web's role is a superuser. Use one that owns its database alone."
            )
        apart = abs((theirs - timezone.now()).total_seconds())
        if apart > CLOCK_SECONDS:
            yield wrong("clock", f"{apart:.0f} s from the database's. Set both by a time server.")
        cursor.execute("SELECT current_setting('synchronous_standby_names'), "
                       "(SELECT count(*) FROM pg_stat_replication)")  # fmt: skip
        names, followers = cursor.fetchone()
        if names and not followers:
            yield wrong(
                "replica",
                "The synchronous replica is away: every save waits for it for ever. Start it, or "
                "see Failover in docs/operations.md.",
            )


def check_migrations(now: datetime) -> Iterator[Symptom]:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        names = ", ".join(f"{one.app_label} {one.name}" for one, _ in waiting[:3])
        yield wrong(
            "migrations", f"{len(waiting)} wait ({names} …). Run manage.py migrate.", is_end=True
        )
    else:
        yield Symptom("migrations", "All are applied.")


def check_record(now: datetime) -> Iterator[Symptom]:
    """Whether there is a record, to which days it is complete, and whether the clock agrees."""
    state = RecordState.objects.filter(pk=1).first()
    if state is None or not state.identity:
        yield wrong("record", "There is none. Run manage.py load_record.")
        return
    if state.changed_at > now + timedelta(minutes=5):
        yield wrong(
            "clock",
            f"It is {now:%d %B %Y %H:%M} here, and the record was changed on "
            f"{state.changed_at:%d %B %Y %H:%M}. Set the clock: pages show an earlier day.",
        )
    known_to = current_record().known_to
    if known_to and known_to > now.date() + timedelta(days=1):
        yield wrong(
            "clock",
            f"It is {now:%d %B %Y} here, and the record is complete to {known_to:%d %B %Y}. "
            "Set it: pages count from that day meanwhile.",
        )
    yield Symptom(
        "record", f"Version {state.version}, changed {state.changed_at:%d %B %Y %H:%M} UTC."
    )
    for row in Coverage.objects.order_by("kind"):
        label = CoverageKind.label_of(row.kind)
        yield Symptom("record", f"{label}: complete to {row.complete_to_date:%-d %B %Y}.")


def check_collect(now: datetime) -> Iterator[Symptom]:
    run = CollectRun.objects.filter(finished_at__isnull=False).order_by("-finished_at").first()
    if run is None or run.finished_at is None:
        yield wrong("collect", "Nobody has looked at Ofsted's site yet. Run manage.py collect.")
        return
    if now - run.finished_at > OLDEST_LOOK:
        yield wrong("collect", f"The last look at Ofsted's site was {_when(run.finished_at, now)}. "
                               "Does the worker run?")  # fmt: skip
    for problem in [one for one in run.problems if not one["is_note"]][:3]:
        yield wrong("collect", f"{problem['place']}: {problem['found']}. {problem['advice']}")
    yield Symptom(
        "collect", f"Last look {_when(run.finished_at, now)}: {run.get_state_display().lower()}."
    )


def check_worker(now: datetime) -> Iterator[Symptom]:
    """Whether what waits for a worker is taken up."""
    waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=now - LONGEST_WAIT).count()
    overdue = Draft.objects.filter(
        state=Draft.State.SCHEDULED, scheduled_at__lt=now - LONGEST_WAIT
    ).count()
    if waiting or overdue:
        yield wrong("worker", f"{waiting} tasks and {overdue} scheduled drafts are overdue. "
                              "Does the worker run?")  # fmt: skip
    else:
        yield Symptom("worker", "Nothing is overdue.")


def check_cache(now: datetime) -> Iterator[Symptom]:
    if not settings.REDIS_URL:
        yield Symptom("cache", "REDIS_URL is not set: each process keeps its own answers.")
        return
    import redis

    try:
        client = redis.Redis.from_url(
            settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1, retry=None
        )
        client.ping()
        bound = client.info("memory").get("maxmemory", 0)
    except (redis.RedisError, OSError) as error:
        yield wrong("cache", f"Redis does not answer ({error}): pages are slower. Start it.")
        return
    if not bound:
        yield wrong(
            "cache", "Redis has no maxmemory: it may fill the machine. Use deploy/redis.conf."
        )
    yield Symptom("cache", "Redis answers.")


def check_static_files(now: datetime) -> Iterator[Symptom]:
    """Whether every file that a page may name is there; without one each page is an error."""
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    try:
        named = json.loads(manifest.read_text())["paths"].values()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        yield wrong("static files", f"{manifest}: cannot be read. Run tools/static_files.py.")
        return
    gone = [name for name in named if not (settings.STATIC_ROOT / name).is_file()]
    if gone:
        yield wrong(
            "static files", f"{len(gone)} are gone, such as {gone[0]}. Run tools/static_files.py."
        )
    else:
        yield Symptom("static files", f"All {len(named)} are there.")


def check_disk(now: datetime) -> Iterator[Symptom]:
    for folder in dict.fromkeys((settings.VAR_DIR, settings.BACKUP_DIR)):
        if not folder.exists():
            continue
        left = shutil.disk_usage(folder).free
        told = f"{folder}: {left // 1024**2:,} MB free"
        if left < LEAST_FREE_BYTES:
            yield wrong(
                "disk", f"{told}, expected {LEAST_FREE_BYTES // 1024**2:,} or more. Make room."
            )
        else:
            yield Symptom("disk", f"{told}.")
    probe = settings.VAR_DIR / ".doctor"
    try:
        probe.touch()
        probe.unlink()
    except OSError as error:
        yield wrong("disk", f"{settings.VAR_DIR}: nothing can be written ({error.strerror}).")


def check_mail(now: datetime) -> Iterator[Symptom]:
    if not settings.MAIL_URL:
        yield Symptom("mail", "MAIL_URL is not set: nobody is mailed.")
        return
    try:
        get_connection(timeout=5).open()
    except (OSError, socket.gaierror) as error:  # smtplib's errors are OSErrors too
        yield wrong("mail", f"The mail server does not take us: {error}.")
    else:
        yield Symptom("mail", "The mail server takes us.")


def check_backup(now: datetime) -> Iterator[Symptom]:
    folder = settings.BACKUP_DIR
    made = [
        path
        for pattern in ("record-*.sqlite3", "dumps/*.dump", "current/base/*/base.tar.gz")
        for path in folder.glob(pattern)
    ]
    if not made:
        yield wrong("backup", f"There is none in {folder}. See Backup in docs/operations.md.")
        return
    newest = max(_changed(path) for path in made)
    told = f"The last is {_when(newest, now)}."
    yield Symptom("backup", told, is_wrong=now - newest > OLDEST_BACKUP)
    tried = folder / TESTED
    if not tried.exists():
        yield wrong("restore", "None was ever tried. See Backup in docs/operations.md.")
    else:
        is_old = now - _changed(tried) > OLDEST_TRIAL
        yield Symptom("restore", f"Last tried {_when(_changed(tried), now)}.", is_wrong=is_old)


ON_DATABASE: tuple[Check, ...] = (
    check_database, check_migrations, check_record, check_collect, check_worker,
)  # fmt: skip
BESIDE: tuple[Check, ...] = (
    check_settings, check_cache, check_static_files, check_disk, check_mail, check_backup,
)  # fmt: skip


def look(now: datetime) -> Iterator[Symptom]:
    """Every finding, those on the database first."""
    for check in ON_DATABASE:
        try:
            found = list(check(now))
        except DatabaseError as error:
            yield wrong("database", told_of(error))
            break
        yield from found
        if any(one.is_end for one in found):
            break
    for check in BESIDE:
        yield from check(now)


def told_of(error: DatabaseError) -> str:
    """What is wrong with a database that cannot be asked, and what to do."""
    said = " ".join(str(error).split())
    if "malformed" in said or "not a database" in said:
        return f"{_file()}: damaged ({said}). Restore the last backup: manage.py restore PATH."
    if "unable to open" in said:
        return f"{_file()}: cannot be opened. Does its folder exist, and may it be written to?"
    return f"The database does not answer: {said}"


def _file() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def _changed(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, tz=timezone.get_default_timezone())


def _when(moment: datetime, now: datetime) -> str:
    """`3 hours ago`, `12 days ago`: whole hours to two days, then days."""
    hours = max(0, int((now - moment).total_seconds() // 3600))
    number, unit = (hours, "hour") if hours < 48 else (hours // 24, "day")
    return f"{number} {unit}{'' if number == 1 else 's'} ago"
