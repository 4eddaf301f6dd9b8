"""What breaks, one function each: it breaks a running set of services and lets them go on."""

import contextlib
import http.client
import os
import pwd
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import redis

from tools import native_docker
from tools.native import BASE_DIR, LASTING, WEB, Native


def address(native: Native) -> str:
    """The database as the web has it: of two hosts the one that takes saves."""
    password = (native.folder / "keys/web_password").read_text()
    given = native.environment
    place = f"host={given['DATABASE_HOST']}&port={given['DATABASE_PORT']}"
    return f"postgresql://web:{password}@/dashboard?{place}&target_session_attrs=primary"


def nothing(native: Native) -> None:
    """To compare with: what the machine is busy with besides."""
    time.sleep(3)


def a_worker_killed(native: Native) -> None:
    children = subprocess.run(
        ["pgrep", "-P", str(native.pid("web-a"))], capture_output=True, text=True, check=True
    ).stdout.split()
    subprocess.run(["kill", "-9", children[0]], check=True)


def a_web_server_killed(native: Native) -> None:
    native.kill("web-a")
    time.sleep(1)
    native.start("web-a")  # as Docker does


def all_web_servers_killed(native: Native) -> None:
    for web in WEB:
        native.kill(web)
    time.sleep(1)
    for web in WEB:
        native.start(web)


def redis_killed(native: Native) -> None:
    native.kill("redis")
    time.sleep(2)
    native.start("redis")


def redis_frozen(native: Native) -> None:
    native.signal("redis", signal.SIGSTOP)
    time.sleep(3)
    native.signal("redis", signal.SIGCONT)


def redis_slow(native: Native) -> None:
    """It answers a tenth of the time."""
    for _ in range(10):
        native.signal("redis", signal.SIGSTOP)
        time.sleep(0.27)
        native.signal("redis", signal.SIGCONT)
        time.sleep(0.03)


def redis_full(native: Native) -> None:
    """Twice what it may hold, by somebody else."""
    client = redis.Redis(port=native.ports["redis"])
    for number in range(256):
        client.set(f"other-{number}", os.urandom(2**20))


def redis_poisoned(native: Native) -> None:
    """Every kept answer is replaced by bytes that would run a command if they were unpickled."""
    client = redis.Redis(port=native.ports["redis"])
    poison = b"cos\nsystem\n(S'touch " + bytes(native.folder / "poisoned") + b"'\ntR."
    for _ in range(20):
        for key in client.scan_iter():
            client.set(key, poison)
        time.sleep(0.1)
    if (native.folder / "poisoned").exists():
        raise AssertionError("a value of Redis was run")


def the_pool_killed(native: Native) -> None:
    native.kill("pool")
    time.sleep(2)
    native.start("pool")


def database_killed(native: Native) -> None:
    native.kill("database")
    time.sleep(2)
    native.start("database")


def database_frozen(native: Native) -> None:
    native.signal("database", signal.SIGSTOP, to_all=True)
    for child in children_of(native.pid("database")):
        subprocess.run(["kill", "-STOP", child], check=False)
    time.sleep(5)
    for child in [*children_of(native.pid("database")), str(native.pid("database"))]:
        subprocess.run(["kill", "-CONT", child], check=False)


def children_of(pid: int) -> list[str]:
    return subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout.split()


def too_many_connections(native: Native) -> None:
    with contextlib.ExitStack() as opened:
        with contextlib.suppress(psycopg.Error):
            for _ in range(200):
                opened.enter_context(psycopg.connect(address(native), connect_timeout=2))
        time.sleep(3)


SMALL = {"data": 700, "files": 30, "proxy": 30, "logs": 30}
"""Folders that get a disk of their own, in megabytes, so that it can be filled; only root can."""


def small_disks(left: contextlib.ExitStack, native: Native) -> None:
    left.callback(forget_small_disks, native)  # When everything has been stopped.
    owner = pwd.getpwnam(native.user or "root")
    for name, size in SMALL.items():
        given = f"size={size}m,mode=700,uid={owner.pw_uid},gid={owner.pw_gid}"
        place = native.folder / name
        subprocess.run(["mount", "-t", "tmpfs", "-o", given, "tmpfs", place], check=True)


def forget_small_disks(native: Native) -> None:
    for name in SMALL:
        subprocess.run(["umount", "--lazy", native.folder / name], check=False)
    shutil.rmtree(native.folder, ignore_errors=True)


@contextlib.contextmanager
def filled(native: Native, name: str) -> Iterator[None]:
    """Not a byte is free on the disk of that folder meanwhile."""
    filler = native.folder / name / "filler"
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 4096)
    yield
    filler.unlink()


def the_databases_disk_full(native: Native) -> None:
    """Until a change of the database is refused, and three seconds on; then there is room again."""
    with filled(native, "data"):
        with contextlib.suppress(psycopg.Error), psycopg.connect(
            native.database_url, autocommit=True
        ) as connection:  # fmt: skip
            while True:
                connection.execute(
                    "SELECT pg_logical_emit_message(false, '', repeat('x', 1000000))"
                )
        time.sleep(3)
    native.start("database")  # As Docker does where it has ended.
    native.wait("database")


def the_disk_of_kept_answers_full(native: Native) -> None:
    with filled(native, "proxy"):
        time.sleep(3)


def the_disk_of_logs_full(native: Native) -> None:
    with filled(native, "logs"):
        time.sleep(3)


def the_disk_of_uploads_full(native: Native) -> None:
    with filled(native, "files"):
        time.sleep(3)


def file_systems_read_only(native: Native) -> None:
    """As after an error of the disk: the web's own, and the database's, which then cannot begin."""
    native.kill("database")
    for name in ("files", "data"):
        make_read_only(native.folder / name)
    native.spawn("database")
    time.sleep(3)
    for name in ("files", "data"):
        subprocess.run(["mount", "-o", "remount,rw", native.folder / name], check=True)
    native.start("database")


def make_read_only(place: Path) -> None:
    """As soon as nobody writes there any more."""
    deadline = time.monotonic() + 20
    while subprocess.run(
        ["mount", "-o", "remount,ro", place], capture_output=True, check=False
    ).returncode:
        if time.monotonic() > deadline:
            raise AssertionError(f"{place}: somebody still writes there")
        time.sleep(0.2)


def with_a_clock(native: Native) -> None:
    """The web servers' clock can be moved from now on."""
    path = os.pathsep.join([str(BASE_DIR / "tools/moved_clock"), str(BASE_DIR)])
    native.extra |= {"MOVED_CLOCK": str(native.folder / "run/clock"), "PYTHONPATH": path}


def the_clock_jumps(native: Native) -> None:
    """Seven years back, where the record's days lie ahead; three years on; and right again."""
    clock = native.folder / "run/clock"
    for years, ready in ((-7, 503), (3, 200), (0, 200)):
        clock.write_text(str(years * 365.25 * 86_400))
        time.sleep(3)
        asked = http.client.HTTPConnection("127.0.0.1", native.ports["proxy"], timeout=60)
        asked.request("GET", "/readyz")
        if (found := asked.getresponse().status) != ready:
            raise AssertionError(f"{years} years: /readyz is {found}, expected {ready}")


def two_starts_at_once(native: Native) -> None:
    command = native.command_of("prepare")
    with contextlib.ExitStack() as waiting:
        from concurrent.futures import ThreadPoolExecutor

        pool = waiting.enter_context(ThreadPoolExecutor(2))
        for done in [pool.submit(native.run, command) for _ in range(2)]:
            if done.result().returncode:
                raise AssertionError(done.result().stderr[-2000:])


def all_restarted_in_random_order(native: Native) -> None:
    names = list(LASTING)
    random.shuffle(names)
    for name in names:
        native.stop(name)
        native.start(name)


MIGRATION = """
from django.db import migrations

class Migration(migrations.Migration):
    dependencies = [("inspections", "{after}")]
    operations = [migrations.RunSQL(
        "ALTER TABLE inspections_inspection ADD COLUMN new_fact text NOT NULL DEFAULT '';"
        "UPDATE inspections_inspection SET new_fact = 'known';"
        "CREATE TABLE inspections_newtable AS SELECT * FROM inspections_council;"
        "CREATE INDEX new_index ON inspections_inspection (new_fact, id);"
    )]
"""


def upgraded(native: Native) -> None:
    """By the documented command, to a release with a migration that changes what is asked for."""
    release = native.folder / "release"
    left = shutil.ignore_patterns(".git", "var", "node_modules", ".*_cache", "__pycache__")
    shutil.copytree(BASE_DIR, release, ignore=left)
    migrations = release / "inspections/migrations"
    newest = max(path.stem for path in migrations.glob("0*.py"))
    (migrations / "9999_new.py").write_text(MIGRATION.format(after=newest))
    native.code = release
    run_printed(native, "deploy/upgrade.sh")


def failed_over(native: Native) -> None:
    """The primary dies; what was acknowledged is on the replica, which takes its place."""
    follow(native)
    time.sleep(1)
    native.kill("database")
    run_printed(native, "deploy/failover.sh")


def failed_over_without_waiting(native: Native) -> None:
    """The control: acknowledged before the replica, which hears nothing for a second, has it."""
    follow(native)
    primary = "database" if is_primary(native, "database") else "replica"
    other = "replica" if primary == "database" else "database"
    ask = ["psql", "--quiet", "--port", str(native.ports[primary]), "--dbname", "postgres"]
    native.do(
        [
            *ask,
            "--command",
            "ALTER SYSTEM SET synchronous_standby_names = ''",
            "--command",
            "SELECT pg_reload_conf()",
        ]
    )
    receiver = subprocess.run(
        ["pgrep", "-P", str(native.pid(other)), "-f", "walreceiver"], capture_output=True, text=True
    ).stdout.split()
    subprocess.run(["kill", "-STOP", *receiver], check=True)
    time.sleep(1)
    native.kill(primary)
    subprocess.run(["kill", "-9", *receiver], check=True)
    time.sleep(0.5)
    native.wait(other)  # It begins anew, without what it had not been told.
    run_printed(native, f"deploy/failover.sh {primary}")


def the_replica_killed(native: Native) -> None:
    """Every save waits, until the documented command lets it go on without the replica."""
    follow(native)
    primary = "database" if is_primary(native, "database") else "replica"
    native.kill("replica" if primary == "database" else "database")
    time.sleep(2)
    psql = f"docker compose exec --no-TTY {primary} psql --username dashboard --dbname dashboard"
    let_go = '--command "ALTER SYSTEM RESET synchronous_standby_names"'
    run_printed(native, f'{psql} {let_go} --command "SELECT pg_reload_conf()"')


def follow(native: Native) -> None:
    """Both run, and one follows the other."""
    native.start("database")
    native.start("replica")
    primary = "database" if is_primary(native, "database") else "replica"
    with psycopg.connect(native.database_url.replace(
        str(native.ports["database"]), str(native.ports[primary])
    ), autocommit=True) as connection:  # fmt: skip
        while not connection.execute(
            "SELECT 1 FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum')"
        ).fetchall():
            time.sleep(0.05)


def is_primary(native: Native, name: str) -> bool:
    told = native.run(["psql", "-At", "--port", str(native.ports[name]), "--dbname", "dashboard",
                       "--command", "SELECT pg_is_in_recovery()"])  # fmt: skip
    return told.stdout.strip() == "f"


def run_printed(native: Native, command: str) -> None:
    environment = native_docker.install(native)
    done = subprocess.run(
        ["sh", "-ec", command], env=environment, cwd=native.code, capture_output=True, text=True
    )
    if done.returncode:
        raise AssertionError(f"{command}: {done.stdout}{done.stderr}"[-3000:])


CONTROL = failed_over_without_waiting
Fault = Callable[[Native], None]
FAULTS: tuple[Fault, ...] = (
    nothing, a_worker_killed, a_web_server_killed, all_web_servers_killed, redis_killed,
    redis_frozen, redis_slow, redis_full, redis_poisoned, the_pool_killed, database_killed,
    database_frozen, too_many_connections, the_clock_jumps, two_starts_at_once,
    the_databases_disk_full,
    the_disk_of_kept_answers_full, the_disk_of_logs_full, the_disk_of_uploads_full,
    file_systems_read_only, upgraded, all_restarted_in_random_order,
    failed_over, failed_over_without_waiting, the_replica_killed,
)  # fmt: skip
ROOTS: tuple[Fault, ...] = (
    the_databases_disk_full, the_disk_of_kept_answers_full, the_disk_of_logs_full,
    the_disk_of_uploads_full, file_systems_read_only,
)  # fmt: skip
