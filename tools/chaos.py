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
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import psycopg

from tools import faults
from tools.faults import CONTROL, FAULTS, address
from tools.native import WEB, Native, running

PAGES = (
    "/",
    "/councils/",
    "/councils/luton/",
    "/method/",
    "/councils/luton/context.svg",
    "/councils.csv",
)
PAUSE_SECONDS = 0.05
WARM_UP_SECONDS = 15
"""Each process reads the record and its templates once."""


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
        write_until(address(self.native), self.numbers, self.told, self.stopped)


def write_until(address: str, numbers: Iterator[int], told: Told, stopped: threading.Event) -> None:
    """Writes a row after the other and notes each that was acknowledged."""
    connection, last = None, time.monotonic()
    while not stopped.wait(PAUSE_SECONDS):
        number = next(numbers)
        try:
            if connection is None:
                connection = psycopg.connect(address, autocommit=True, connect_timeout=2)
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
        told.acknowledged.append(number)
        told.silent = max(told.silent, time.monotonic() - last)
        last = time.monotonic()


def held(native: Native) -> set[int]:
    """The numbers that are there."""
    with psycopg.connect(address(native), autocommit=True, connect_timeout=5) as connection:
        return {number for [number] in connection.execute("SELECT number FROM chaos").fetchall()}


def name_of(fault: Callable[[Native], None]) -> str:
    return fault.__name__.replace("_", " ")


def suffer(native: Native, fault: Callable[[Native], None], numbers: Iterator[int]) -> Told:
    """One fault, a second of peace before and after it."""
    with Watch(native, numbers) as watch:
        time.sleep(1)
        fault(native)
        time.sleep(1)
        deadline = time.monotonic() + 60
        while watch.told.statuses["200"] < 20 and time.monotonic() < deadline:
            time.sleep(0.1)  # A busy machine: too few answers tell nothing.
    watch.told.lost = len(set(watch.told.acknowledged) - held(native))
    return watch.told


def main(arguments: list[str]) -> int:
    """Prints a line for each fault."""
    if arguments == ["--list"]:
        print("\n".join(name_of(fault) for fault in FAULTS))
        return 0
    wanted = [fault for fault in FAULTS if not arguments or fault.__name__ in arguments]
    numbers, status = itertools.count(1), 0
    is_root = os.geteuid() == 0
    left_out = () if is_root else faults.ROOTS
    for fault in left_out:
        print(f"Left out, because only root can: {name_of(fault)}")
    wanted = [fault for fault in wanted if fault not in left_out]
    services = ("redis", "database", "pool", *WEB, "proxy")
    given = {"PAGES_A_SECOND": "100000", "POOL_HOST": "127.0.0.1"}
    with contextlib.ExitStack() as left:

        def before(native: Native) -> None:
            faults.with_a_clock(native)
            if is_root:
                faults.small_disks(left, native)

        native = left.enter_context(running(*services, before=before, **given))
        with psycopg.connect(address(native), autocommit=True) as connection:
            connection.execute("CREATE TABLE chaos (number bigint PRIMARY KEY)")
        print(
            f"{'':32}{'asked':>6}{'not 200':>9}{'longest':>9}{'written':>9}{'lost':>6}{'silent':>8}"
        )
        with Watch(native, numbers):
            time.sleep(WARM_UP_SECONDS)
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
