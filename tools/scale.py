"""Whether the pages stay as quick at 100 times the record: queries and time to first byte.

    make scale
    .venv/bin/python tools/postgres.py -- .venv/bin/python -m tools.scale /england/changes/

Makes two databases on the server of DATABASE_URL, one with the shipped record and one with a
plainly invented record of COUNCILS and INSPECTIONS, and asks each page of both. The databases
stay on that server, so a second run with the same DATABASE_URL only measures.

Rounds alternate between the two, because this machine's speed changes from minute to minute.
The time is that of the whole answer but for streamed files, whose first byte is what counts.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass

from tools.server import BASE_DIR, clean_environment

COUNCILS, INSPECTIONS = 15_300, 50_000
MOST_QUERIES, MOST_RATIO = 12, 3.0
ROUNDS, TIMES = 3, 5
SHIPPED, LARGE = "scale_shipped", "scale_large"
OWN = {SHIPPED: "nottingham", LARGE: "exampleshire-00007"}
PAGES = (
    "/england/statistics/",
    "/england/statistics/?by=region&area=overall&as_at=2026-03-31",
    "/england/statistics/?by=region&regions=ons&area=leaders",
    "/england/statistics/?by=kind&area=leaders&reading=ofsted&as_at=2025-03-31",
    "/england/statistics/?by=framework&area=leaders",
    "/england/changes/",
    "/england/changes/?from=2021-01-01&area=leaders&direction=up&region=london",
    "/england/journeys/",
    "/england/journeys/?grade=good&area=leaders&council={own}",
    "/england/timing/",
    "/england/timing/?by=grade&region=london",
    "/england/upcoming/",
    "/england/upcoming/?sort=region&region=london",
    "/england/inadequate/",
    "/england/expected/",
    "/england/moves/",
    "/england/waiting/",
    "/england/reporting/",
    "/england/windows/",
    "/councils/{own}/",
    "/councils/{own}.ics",
)


@dataclass(frozen=True)
class Measured:
    """A page of one record: its queries, and milliseconds of each request of a round."""

    queries: int
    milliseconds: list[float]


def database(server: str, name: str) -> str:
    """The address of a database of this name on the server."""
    return f"{server.rsplit('/', 1)[0]}/{name}"


def manage(url: str, *arguments: str) -> None:
    """Runs a command of manage.py on that database; raises where it fails."""
    subprocess.run(
        [sys.executable, "manage.py", *arguments],
        env=clean_environment() | {"DATABASE_URL": url},
        cwd=BASE_DIR,
        stdout=subprocess.DEVNULL,
        check=True,
    )


def prepare(server: str) -> None:
    """Makes the two databases where they are missing."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        held = {name for (name,) in connection.execute("select datname from pg_database")}
        for name in {SHIPPED, LARGE} - held:
            connection.execute(f"create database {name}")
    for name in (SHIPPED, LARGE):
        manage(database(server, name), "migrate", "--verbosity=0")
    manage(database(server, SHIPPED), "load_record", "--if-changed")
    with psycopg.connect(database(server, LARGE)) as connection:
        is_filled = connection.execute("select exists (select from inspections_council)")
        if not is_filled.fetchone()[0]:
            print(f"Making {COUNCILS:,} councils and {INSPECTIONS:,} inspections ...", flush=True)
            made = (("councils", COUNCILS), ("inspections", INSPECTIONS))
            manage(
                database(server, LARGE),
                "make_synthetic",
                *(f"--{what}={number}" for what, number in made),
            )
    for name in (SHIPPED, LARGE):
        with psycopg.connect(database(server, name), autocommit=True) as connection:
            connection.execute("vacuum analyze")


def measure(own: str, pages: list[str]) -> dict[str, Measured]:
    """Asks every page of the database of this process, once to warm up and then TIMES times."""
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "127.0.0.1"})
    found = {}
    for page in pages:
        path = page.format(own=own)
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            status = client.get(path).status_code
        asked = len(queries)
        if status != 200:
            raise SystemExit(f"{path}: found status {status}, expected 200")
        times = []
        for _ in range(TIMES):
            started = time.perf_counter()
            client.get(path)
            times.append((time.perf_counter() - started) * 1000)
        found[page] = Measured(asked, times)
    return found


def measured_apart(server: str, name: str, pages: list[str]) -> dict[str, Measured]:
    """The same in a process of its own, so that neither record warms the other's."""
    done = subprocess.run(
        [sys.executable, "-m", "tools.scale", "--measure", OWN[name], *pages],
        env=clean_environment()
        | {
            "DATABASE_URL": database(server, name),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DEBUG": "1",  # static files as they are: nothing has been collected for this
        },
        cwd=BASE_DIR,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return {page: Measured(**held) for page, held in json.loads(done.stdout).items()}


def main(arguments: list[str]) -> int:
    """1 where a page asks too often, more often than on the shipped record, or is too slow."""
    if arguments[:1] == ["--measure"]:
        found = measure(arguments[1], arguments[2:])
        print(json.dumps({page: vars(held) for page, held in found.items()}))
        return 0
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        print("DATABASE_URL: expected a PostgreSQL server, see tools/postgres.py", file=sys.stderr)
        return 2
    prepare(server)
    pages = arguments or list(PAGES)
    rounds = [
        {name: measured_apart(server, name, pages) for name in (SHIPPED, LARGE)}
        for _ in range(ROUNDS)
    ]
    print(
        f"{COUNCILS:,} councils, {INSPECTIONS:,} inspections; median of {ROUNDS * TIMES} requests\n"
        f"{'':74}{'queries':>9}{'':>5}{'shipped ms':>12}{'large ms':>10}{'ratio':>7}"
    )
    missed = []
    for page in pages:
        ms = {
            name: statistics.median(
                one for found in rounds for one in found[name][page].milliseconds
            )
            for name in (SHIPPED, LARGE)
        }
        asked = [rounds[0][name][page].queries for name in (SHIPPED, LARGE)]
        ratio = ms[LARGE] / ms[SHIPPED]
        print(
            f"{page:74}{asked[0]:>9}{asked[1]:>5}{ms[SHIPPED]:>12.1f}{ms[LARGE]:>10.1f}{ratio:>7.2f}"
        )
        most = MOST_QUERIES if page.startswith("/england/") else asked[0]
        if ratio > MOST_RATIO or asked[0] != asked[1] or asked[0] > most:
            missed.append(page)
    if missed:
        print(
            f"More than {MOST_QUERIES} queries, another number of them, or more than "
            f"{MOST_RATIO:g} times as long: {', '.join(missed)}"
        )
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
