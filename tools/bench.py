"""Requests a second and p50/p99 of the main pages, as a ratio to an empty Django view.

    make bench                 # SQLite, then PostgreSQL, then nginx in front
    ROUNDS=1 SECONDS=1 make bench

All rows of a table come from one gunicorn in one run, because absolute figures of two runs
cannot be compared. Each is shown beside its goal and none fails: it is a bench. Readers ask as
browsers do, for gzip. Loopback only, bounded in time.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tools import nginx
from tools.addresses import EMPTY_VIEW, MAIN_PAGES, SPENT_VIEW
from tools.load import Measured, median, need_wrk, one_by_one, under_load
from tools.postgres import temporary_postgres
from tools.server import BASE_DIR, clean_environment, prepared_database, running_server

ROUNDS, SECONDS = (int(os.environ.get(name, "3")) for name in ("ROUNDS", "SECONDS"))
CONNECTIONS, WORKERS = 8, 2
APPLICATION = "tools.bench_application:application"
UNCACHED = {"X-Bench-Nothing-Kept": "1"}  # bench_application.NOTHING_KEPT
PART = {"HX-Request": "true"}
PARTS = {
    "Councils of one region": "/councils/?region=london",
    "Councils that a search finds": "/councils/?q=east",
    "England, another area": "/?area=leaders",
}
COUNCILS = ("luton", "bedford", "slough", "kent", "leeds", "york", "devon", "essex")
PICTURES = {
    "Grades of a council": [
        f"/councils/{slug}/grades.preview.png?from={year}"
        for slug in COUNCILS
        for year in range(2010, 2015)
    ],
    "Grades held": [
        f"/england/grades-held.preview.png?area={area}&from={year}"
        for area in ("leaders", "help-and-protection", "overall", "care-leavers")
        for year in range(2010, 2020)
    ],
    "Windows": [
        f"/england/windows.preview.png?as_at={2020 + n % 6}-0{1 + n // 6}-15" for n in range(40)
    ],
}


@dataclass(frozen=True)
class Row:
    """One address to measure. `goal`: the least ratio of answers a second, 0 without one."""

    name: str
    path: str
    headers: dict[str, str]
    goal: float = 0


def first_answer(url: str) -> Any:
    """Its headers, as a browser gets them."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})  # noqa: S310
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        return answer


def rows(address: str, *, is_sqlite: bool) -> Iterator[Row]:
    """Everything asked under load, the empty view aside."""
    for name, path in MAIN_PAGES.items():
        yield Row(f"{name}, kept", path, {}, 0.80)
    for name, path in MAIN_PAGES.items():
        etag = first_answer(address + path).headers["ETag"]
        goal = 0.80 if is_sqlite else 0.60
        yield Row(f"{name}, 304", path, {"If-None-Match": etag}, goal)
    for name, path in MAIN_PAGES.items():
        yield Row(f"{name}, not kept", path, UNCACHED, 0.10)
    for name, path in PARTS.items():
        yield Row(f"{name}, part", path, UNCACHED | PART, 0.30)


def head(what: str) -> None:
    heads = f"{'ratio':>8}{'goal':>9}{'per second':>12}{'p50 ms':>9}{'p99 ms':>9}{'CPU ms':>9}"
    print(f"\n{what:36}{heads}")


def line(name: str, ratio: float, goal: str, one: Measured) -> None:
    figures = f"{one.per_second:>12.1f}{one.p50_ms:>9.1f}{one.p99_ms:>9.1f}"
    cpu = f"{one.cpu_ms:>9.2f}" if one.cpu_ms else ""
    print(f"{name:36}{ratio:>8.2f}{goal:>9}{figures}{cpu}", flush=True)


def spent(address: str) -> float:
    """Seconds of processor time of the server so far."""
    with urllib.request.urlopen(address + SPENT_VIEW) as answer:  # noqa: S310
        return float(answer.read())


def measure(address: str, row: Row, *, web: str = "") -> Measured:
    """`web`: the server whose processor time counts, where it is not the one that is asked."""
    before = spent(web or address)
    one = under_load(
        address + row.path,
        seconds=SECONDS,
        connections=CONNECTIONS,
        headers={"Accept-Encoding": "gzip"} | row.headers,
    )
    answers = one.per_second * SECONDS
    return replace(one, cpu_ms=(spent(web or address) - before) * 1000 / answers)


def rounds_of(address: str, asked: list[Row], *, web: str = "") -> dict[str, list[Measured]]:
    """Each row's measurements, in rounds, so that a busy minute slows down all rows."""
    found: dict[str, list[Measured]] = {row.name: [] for row in asked}
    for _ in range(ROUNDS):
        for row in asked:
            found[row.name].append(measure(address, row, web=web))
    return found


def ratio_to(first: list[Measured], own: list[Measured]) -> float:
    """The median of each round's ratio."""
    return statistics.median(b.per_second / a.per_second for a, b in zip(first, own, strict=True))


def pages(url: str) -> None:
    """The main pages under load, on two workers."""
    with running_server(url, application=APPLICATION, workers=WORKERS, threads=1) as address:
        empty = Row("An empty view", EMPTY_VIEW, {})
        asked = [empty, *rows(address, is_sqlite=url.startswith("sqlite"))]
        for row in asked:  # each worker has compiled its templates before it counts
            under_load(address + row.path, seconds=1, connections=CONNECTIONS, headers=row.headers)
        found = rounds_of(address, asked)
    head(f"{url.split(':')[0]}: answers a second")
    for row in asked:
        ratio = ratio_to(found[empty.name], found[row.name])
        line(row.name, ratio, f">= {row.goal:.2f}" if row.goal else "", median(found[row.name]))


def pictures(url: str) -> None:
    """Previews of shared links, one at a time on one worker, as one chat waits for them.

    Each picture is one that nobody has asked for before, then the same again. The ratio is of
    the median time to that of an empty view.
    """
    with running_server(url, application=APPLICATION, workers=1, threads=1) as address:
        for paths in PICTURES.values():  # code and fonts are loaded before it counts
            one_by_one([f"{address}{paths[0]}&w=400"] * 2)
        one_by_one([address + EMPTY_VIEW] * 100)
        empty = one_by_one([address + EMPTY_VIEW] * 200)
        head(f"{url.split(':')[0]}: pictures, one by one")
        line("An empty view", 1, "", empty)
        for name, paths in PICTURES.items():
            for kind, goal in (("not kept", "<= 60"), ("kept", "<= 2")):
                one = one_by_one(address + path for path in paths)
                line(f"{name}, {kind}", one.p50_ms / empty.p50_ms, goal, one)


def proxied(url: str) -> None:
    """A page that nginx keeps, against a static file of the same size."""
    with (
        running_server(url, application=APPLICATION, workers=WORKERS, threads=1) as web,
        tempfile.TemporaryDirectory() as folder,
        nginx.running(Path(folder), web=web, limits=False) as address,
    ):
        path = MAIN_PAGES["A council"]
        size = int(first_answer(address + path).headers["Content-Length"])
        (Path(folder) / "static" / "of_that_size.bin").write_bytes(os.urandom(size))
        static = Row(f"A static file, {size:,} bytes", "/static/of_that_size.bin", {})
        page = Row("A council", path, {}, 0.90)
        found = rounds_of(address, [static, page], web=web)
        head("through nginx: answers a second")
        line(static.name, 1, "", median(found[static.name]))
        line(
            page.name,
            ratio_to(found[static.name], found[page.name]),
            f">= {page.goal:.2f}",
            median(found[page.name]),
        )


def loaded(url: str) -> str:
    """The database, migrated and loaded."""
    subprocess.run(
        [sys.executable, BASE_DIR / "tools" / "prepare.py"],
        env=clean_environment() | {"DATABASE_URL": url},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return url


def main() -> None:
    need_wrk()
    sqlite = f"sqlite:///{prepared_database()}"
    print(
        f"{WORKERS} sync workers, {CONNECTIONS} connections of wrk, median of {ROUNDS} rounds of "
        f"{SECONDS} s; the ratio of each round is to the empty view of that round."
    )
    with temporary_postgres() as postgres:
        for url in (sqlite, loaded(postgres)):
            pages(url)
        pictures(sqlite)
        pictures(postgres)
    proxied(sqlite)


if __name__ == "__main__":
    main()
