"""Requests a second and p50/p99 of the main pages, as a ratio to an empty Django view.

    make bench                                      # SQLite
    .venv/bin/python tools/postgres.py -- make bench

Everything runs under one gunicorn in one run, because absolute figures of two runs cannot be
compared. Load comes from wrk where it is installed, else from threads of this program, which
tire before gunicorn does: the empty view then looks slower and every ratio better than it is.
Loopback only, bounded in time.
"""

import http.client
import os
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from tools.addresses import EMPTY_VIEW, MAIN_PAGES
from tools.server import BASE_DIR, clean_environment, prepared_database, running_server

ROUNDS, SECONDS, CONNECTIONS, WORKERS = 3, 3, 8, 2
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True)
class Measured:
    """One page under load: requests a second, and how long half and 99 in 100 took at most."""

    per_second: float
    p50_ms: float
    p99_ms: float


def with_wrk(url: str) -> Measured:
    """Measures with wrk; raises SystemExit where an answer was not a success."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", url]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in text:
        raise SystemExit(f"{url}: not every answer was 200:\n{text}")
    quantiles = {
        percent: float(number) * UNITS[unit]
        for percent, number, unit in re.findall(r"(50|99)%\s+([\d.]+)(us|ms|s)\b", text)
    }
    (rate,) = re.findall(r"Requests/sec:\s+([\d.]+)", text)
    return Measured(per_second=float(rate), p50_ms=quantiles["50"], p99_ms=quantiles["99"])


def with_threads(url: str) -> Measured:
    """Measures with this program's own threads; raises SystemExit where an answer was not 200."""
    parts = urlsplit(url)
    times: list[float] = []
    wrong: list[int] = []
    end = time.perf_counter() + SECONDS

    def ask_on_and_on() -> None:
        while time.perf_counter() < end and not wrong:
            started = time.perf_counter()
            connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=30)
            connection.request("GET", parts.path)
            answer = connection.getresponse()
            answer.read()
            connection.close()
            times.append(time.perf_counter() - started)
            if answer.status != 200:
                wrong.append(answer.status)

    threads = [threading.Thread(target=ask_on_and_on) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise SystemExit(f"{url}: found status {wrong[0]}, expected 200")
    quantiles = statistics.quantiles(times, n=100)
    return Measured(
        per_second=len(times) / SECONDS, p50_ms=quantiles[49] * 1000, p99_ms=quantiles[98] * 1000
    )


def median(rounds: list[Measured]) -> Measured:
    """Each figure's median over the rounds."""
    return Measured(
        per_second=statistics.median(one.per_second for one in rounds),
        p50_ms=statistics.median(one.p50_ms for one in rounds),
        p99_ms=statistics.median(one.p99_ms for one in rounds),
    )


def database_url() -> str:
    """DATABASE_URL, migrated and loaded; without one, a prepared SQLite file."""
    prepared = f"sqlite:///{prepared_database()}"
    if given := os.environ.get("DATABASE_URL"):
        subprocess.run(
            [sys.executable, BASE_DIR / "tools" / "prepare.py"],
            env=clean_environment() | {"DATABASE_URL": given},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        return given
    return prepared


def main() -> None:
    url = database_url()
    measure = with_wrk if shutil.which("wrk") else with_threads
    pages = {"empty view": EMPTY_VIEW} | MAIN_PAGES
    measured: dict[str, list[Measured]] = {name: [] for name in pages}
    with running_server(
        url, application="tools.bench_application:application", workers=WORKERS, threads=1
    ) as address:
        for path in pages.values():  # Each worker has compiled its templates before it counts.
            for _ in range(4 * WORKERS):
                connection = http.client.HTTPConnection(address.removeprefix("http://"))
                connection.request("GET", path)
                connection.getresponse().read()
                connection.close()
        for _ in range(ROUNDS):
            for name, path in pages.items():
                measured[name].append(measure(address + path))
    results = {name: median(rounds) for name, rounds in measured.items()}
    empty = results["empty view"].per_second
    print(
        f"{url.split(':')[0]}, {WORKERS} sync workers, {CONNECTIONS} connections by "
        f"{'wrk' if measure is with_wrk else 'threads'}, median of {ROUNDS} rounds of {SECONDS} s"
    )
    print(f"{'':16}{'ratio':>8}{'per second':>12}{'p50 ms':>9}{'p99 ms':>9}")
    for name, one in results.items():
        print(
            f"{name:16}{one.per_second / empty:>8.3f}{one.per_second:>12.1f}"
            f"{one.p50_ms:>9.1f}{one.p99_ms:>9.1f}"
        )


if __name__ == "__main__":
    main()
