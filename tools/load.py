"""Load on one address, by wrk: requests a second, and how long answers took."""

import re
import shutil
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True)
class Measured:
    """Answers a second, and how long half and 99 in 100 of them took at most, in ms.

    `cpu_ms`: processor time of the server for one answer, which other programs on the machine
    disturb least; 0 where it is not measured.
    """

    per_second: float
    p50_ms: float
    p99_ms: float
    cpu_ms: float = 0


def need_wrk() -> None:
    """SystemExit where wrk is missing: slower tools tire before the server does, and flatter it."""
    if not shutil.which("wrk"):
        sys.exit("wrk: found none, expected one. Debian: apt-get install wrk; macOS: brew")


STRAY = "one answer never came"


def fault_in(told: str) -> str:
    """What was wrong by wrk's words; empty where nothing was."""
    errors = re.search(r"Socket errors: (.*)", told)
    if "Non-2xx" in told or (errors and errors[1] != "connect 0, read 0, write 0, timeout 1"):
        return "not every answer was a success"
    return STRAY if errors else ""


def under_load(
    url: str, *, seconds: int, connections: int, headers: Mapping[str, str] | None = None
) -> Measured:
    """Measures with wrk; raises SystemExit where an answer was not a success.

    A single request that a busy machine left without its answer is told and passed over.
    """
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency"]
    for name, value in (headers or {}).items():
        command += ["-H", f"{name}: {value}"]
    text = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    fault = fault_in(text)
    if fault:
        if fault != STRAY:
            raise SystemExit(f"{url}: not every answer was a success:\n{text}")
        print(f"{url}: {STRAY}; passed over", file=sys.stderr)
    quantiles = {
        percent: float(number) * UNITS[unit]
        for percent, number, unit in re.findall(r"(50|99)%\s+([\d.]+)(us|ms|s)\b", text)
    }
    (rate,) = re.findall(r"Requests/sec:\s+([\d.]+)", text)
    return Measured(float(rate), quantiles["50"], quantiles["99"])


def one_by_one(urls: Iterable[str]) -> Measured:
    """One request at a time, as one reader waits."""
    times = []
    for url in urls:
        started = time.perf_counter()
        with urllib.request.urlopen(url) as answer:  # noqa: S310
            answer.read()
        times.append((time.perf_counter() - started) * 1000)
    quantiles = statistics.quantiles(times, n=100, method="inclusive")
    return Measured(1000 * len(times) / sum(times), quantiles[49], quantiles[98])


def median(rounds: list[Measured]) -> Measured:
    """Each figure's median over the rounds."""
    return Measured(
        statistics.median(one.per_second for one in rounds),
        statistics.median(one.p50_ms for one in rounds),
        statistics.median(one.p99_ms for one in rounds),
        statistics.median(one.cpu_ms for one in rounds),
    )
