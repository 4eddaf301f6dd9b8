"""Breaks the services one after the other while readers and a writer go on, and counts.

    python -m tools.chaos [fault ...]      all of them, or some; --list names them

Readers ask through the proxy: one as any reader, one past the proxy's kept answers. The writer
notes each row that was acknowledged; lost is what of them is not there afterwards. Each line is a
fault: requests, those not answered 200, the longest wait, rows acknowledged, rows lost, and how
long nothing could be written. Exit status 1: an acknowledged row was lost, but for the control.
"""

import contextlib
import http.client
import itertools
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import psycopg
import redis

from tools import native_docker
from tools.native import BASE_DIR, LASTING, WEB, Native, running

PAGES = (
    "/",
    "/councils/",
    "/councils/luton/",
    "/method/",
    "/councils/luton/context.svg",
    "/councils.csv",
)
PAUSE_SECONDS = 0.05


@dataclass
class Told:
    """What came of one fault."""

    statuses: Counter[str] = field(default_factory=Counter)
    longest: float = 0
    acknowledged: list[int] = field(default_factory=list)
    lost: int = 0
    silent: float = 0

    @property
    def failed(self) -> dict[str, int]:
        """Answers that were not 200, by status or by what went wrong."""
        return {status: count for status, count in self.statuses.items() if status != "200"}


class Watch:
    """Readers and a writer that go on, whatever happens, until they are stopped."""

    def __init__(self, native: Native, numbers: Iterator[int]) -> None:
        self.native, self.numbers, self.told = native, numbers, Told()
        self.stopped = threading.Event()
        works = [lambda: self.read(), lambda: self.read(Cookie="past=proxy"), self.write]
        self.threads = [threading.Thread(target=work, daemon=True) for work in works]

    def __enter__(self) -> "Watch":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        for thread in self.threads:
            thread.join()

    def read(self, **headers: str) -> None:
        for path in itertools.cycle(PAGES):
            if self.stopped.wait(PAUSE_SECONDS):
                return
            began = time.monotonic()
            try:
                asked = http.client.HTTPConnection(
                    "127.0.0.1", self.native.ports["proxy"], timeout=60
                )
                asked.request("GET", path, headers=headers)
                answer = asked.getresponse()
                answer.read()
                status = str(answer.status)
                asked.close()
            except (OSError, http.client.HTTPException) as error:
                status = type(error).__name__
            self.told.statuses[status] += 1
            self.told.longest = max(self.told.longest, time.monotonic() - began)

    def write(self) -> None:
        connection, last = None, time.monotonic()
        while not self.stopped.wait(PAUSE_SECONDS):
            number = next(self.numbers)
            try:
                if connection is None:
                    connection = psycopg.connect(
                        address(self.native), autocommit=True, connect_timeout=2
                    )
                    connection.execute("SET statement_timeout = '10s'")
                notes: list[object] = []
                connection.add_notice_handler(notes.append)
                connection.execute("INSERT INTO chaos VALUES (%s)", [number])
                if notes:  # It is on this disk alone: not acknowledged.
                    continue
            except psycopg.Error:
                with contextlib.suppress(Exception):
                    connection.close()  # type: ignore[union-attr]
                connection = None
                continue
            self.told.acknowledged.append(number)
            self.told.silent = max(self.told.silent, time.monotonic() - last)
            last = time.monotonic()


def address(native: Native) -> str:
    """The database as the web has it: of two hosts the one that takes saves."""
    password = (native.folder / "keys/web_password").read_text()
    given = native.environment
    place = f"host={given['DATABASE_HOST']}&port={given['DATABASE_PORT']}"
    return f"postgresql://web:{password}@/dashboard?{place}&target_session_attrs=primary"


def held(native: Native) -> set[int]:
    """The numbers that are there."""
    with psycopg.connect(address(native), autocommit=True, connect_timeout=5) as connection:
        return {number for [number] in connection.execute("SELECT number FROM chaos").fetchall()}


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


def small_disk(native: Native) -> None:
    """Gives the database a disk of its own that can be filled; only root can."""
    import pwd

    owner = pwd.getpwnam(native.user or "root")
    given = f"size=700m,mode=700,uid={owner.pw_uid},gid={owner.pw_gid}"
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", given, "tmpfs", native.folder / "data"], check=True
    )


def forget_small_disk(native: Native) -> None:
    subprocess.run(["umount", "--lazy", native.folder / "data"], check=True)


def the_databases_disk_full(native: Native) -> None:
    """Until a change of the database is refused, and three seconds on; then there is room again."""
    filler = native.folder / "data/filler"
    with filler.open("wb") as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 2**20)
            file.flush()
    with contextlib.suppress(psycopg.Error), psycopg.connect(
        native.database_url, autocommit=True
    ) as connection:  # fmt: skip
        while True:
            connection.execute("SELECT pg_logical_emit_message(false, '', repeat('x', 1000000))")
    time.sleep(3)
    filler.unlink()
    native.start("database")  # As Docker does where it has ended.
    native.wait("database")


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


def upgraded(native: Native) -> None:
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
        ["sh", "-ec", command], env=environment, cwd=BASE_DIR, capture_output=True, text=True
    )
    if done.returncode:
        raise AssertionError(f"{command}: {done.stdout}{done.stderr}"[-3000:])


CONTROL = failed_over_without_waiting
FAULTS: tuple[Callable[[Native], None], ...] = (
    a_worker_killed, a_web_server_killed, all_web_servers_killed, redis_killed, redis_frozen,
    redis_poisoned, database_killed, database_frozen, too_many_connections, two_starts_at_once,
    the_databases_disk_full, upgraded, all_restarted_in_random_order, failed_over,
    failed_over_without_waiting,
)  # fmt: skip


def name_of(fault: Callable[[Native], None]) -> str:
    return fault.__name__.replace("_", " ")


def suffer(native: Native, fault: Callable[[Native], None], numbers: Iterator[int]) -> Told:
    """One fault, a second of peace before and after it."""
    with Watch(native, numbers) as watch:
        time.sleep(1)
        fault(native)
        time.sleep(1)
    watch.told.lost = len(set(watch.told.acknowledged) - held(native))
    return watch.told


def main(arguments: list[str]) -> int:
    """Prints a line for each fault."""
    if arguments == ["--list"]:
        print("\n".join(name_of(fault) for fault in FAULTS))
        return 0
    wanted = [fault for fault in FAULTS if not arguments or fault.__name__ in arguments]
    numbers, status = itertools.count(1), 0
    before = small_disk if os.geteuid() == 0 else None
    if before is None:
        wanted = [fault for fault in wanted if fault is not the_databases_disk_full]
        print("Left out, because only root can: the databases disk full")
    with running(before=before, PAGES_A_SECOND="100000") as native, contextlib.ExitStack() as left:
        if before:
            left.callback(forget_small_disk, native)
        with psycopg.connect(address(native), autocommit=True) as connection:
            connection.execute("CREATE TABLE chaos (number bigint PRIMARY KEY)")
        print(
            f"{'':32}{'asked':>6}{'not 200':>9}{'longest':>9}{'written':>9}{'lost':>6}{'silent':>8}"
        )
        for fault in wanted:
            told = suffer(native, fault, numbers)
            asked, failed = told.statuses.total(), sum(told.failed.values())
            print(
                f"{name_of(fault):32}{asked:>6}{failed:>9}{told.longest:>7.1f} s"
                f"{len(told.acknowledged):>9}{told.lost:>6}{told.silent:>6.1f} s"
                f"  {told.failed or ''}",
                flush=True,
            )
            status |= bool(told.lost) and fault is not CONTROL
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
