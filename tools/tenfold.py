"""The record at ten times today's size: how long it loads, what it weighs, what pages cost.

    .venv/bin/python -m tools.tenfold      # the last part of `make bench`

Built from the shipped record: nine more of each council under invented names, with all their
inspections, judgements, visits and statements. Processor time, because that is what a page
costs whatever else the machine does. It fails on nothing: it is a bench.
"""

import io
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from tools.addresses import every_page
from tools.server import (
    BASE_DIR,
    clean_environment,
    database_copy,
    prepared_database,
    running_server,
)

TIMES, APART = 10, 1_000_000  # primary keys of one copy lie so far from those of the next
METHOD = "/method/"
MOST_LOAD_S, MOST_MB, MOST_PAGE_MS = 1.0, 150, 150
TABLES = (
    "council", "councilalias", "council_predecessors", "statisticalneighbour", "inspection",
    "judgement", "visit", "statement", "citation",
)  # fmt: skip
MOVED = ("id", "council_id", "neighbour_id", "inspection_id", "visit_id", "from_council_id",
         "to_council_id")  # fmt: skip
INVENTED = {
    ("council", "slug"): "'newtown-' || {n} || '-' || id",
    ("council", "name"): "'Newtown ' || {n} || ' ' || id || ' Council'",
    ("council", "short_name"): "'Newtown ' || {n} || ' ' || id",
    ("council", "ons_code"): "printf('X%d%07d', {n}, id)",
    ("council", "dfe_code"): "printf('x%d%05d', {n}, id)",
    ("council", "ofsted_urn"): "printf('x%d%05d', {n}, id)",
    ("councilalias", "value"): "'oldtown-' || {n} || '-' || id",
}


def multiply(file: Path) -> None:
    """Adds the copies to a database file with the shipped record."""
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA ignore_check_constraints = ON")
        for table in TABLES:
            name = f"inspections_{table}"
            columns = [row[1] for row in database.execute(f"PRAGMA table_info({name})")]
            for n in range(1, TIMES):
                values = [
                    INVENTED.get((table, column), column).format(n=n)
                    if column not in MOVED
                    else f"{column} + {n * APART}"
                    for column in columns
                ]
                database.execute(
                    f"INSERT INTO {name} ({', '.join(columns)}) "  # noqa: S608
                    f"SELECT {', '.join(values)} FROM {name} WHERE id < {APART}"
                )
        database.execute("UPDATE inspections_recordstate SET identity = 'ten times'")


def megabytes() -> float:
    """The most memory that this process has had."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def processor_ms(application: Any, address: str) -> float:
    """What one page costs where no answer is kept; SystemExit where it is not 200 or 404."""
    path, _, query = address.partition("?")
    said: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "",
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1", "REMOTE_ADDR": "127.0.0.1", "HTTP_ACCEPT_ENCODING": "gzip",
        "HTTP_X_BENCH_NOTHING_KEPT": "1", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http", "wsgi.multithread": False, "wsgi.multiprocess": True,
        "wsgi.run_once": False, "wsgi.version": (1, 0),
    }  # fmt: skip
    started = time.thread_time()
    answer = application(environ, lambda status, headers, error=None: said.append(status))
    b"".join(answer)
    answer.close()
    if not said[0].startswith(("200", "404")):
        raise SystemExit(f"{address}: found {said[0]}, expected 200")
    return (time.thread_time() - started) * 1000


def measure(site: str) -> None:
    """In a process of its own, on the database of DATABASE_URL. `site`: tells which pages are."""
    application = import_module("tools.bench_application").application  # sets Django up
    store = import_module("inspections.store")

    started = time.process_time()
    record = store.current_record()
    seconds, weight = time.process_time() - started, megabytes()
    print(
        f"\nten times the record: {len(record.councils):,} councils, "
        f"{len(record.inspections):,} inspections, {len(record.visits):,} visits"
    )
    print(f"{'loading, s of processor time':36}{seconds:>8.2f}{f'<= {MOST_LOAD_S:.0f}':>9}")
    print(f"{'memory of the process, MB':36}{weight:>8.0f}{f'<= {MOST_MB}':>9}")
    print(f"{'pages, ms of processor time':36}{'first':>8}{'again':>9}   at most {MOST_PAGE_MS}")
    found = []
    for page in (page for page in every_page(site) if page != METHOD):
        first = processor_ms(application, page)
        found.append((min(processor_ms(application, page) for _ in range(3)), first, page))
    for again, first, page in sorted(found, reverse=True):
        said = "   too slow" if again > MOST_PAGE_MS else ""
        print(f"{page[:35]:36}{first:>8.0f}{again:>9.1f}{said}", flush=True)
    started = time.process_time()
    import_module("inspections.questions.backtest").backtest(record)
    beside = time.process_time() - started
    print(f"{METHOD:36}{processor_ms(application, METHOD):>8.0f}")
    print(f"{'its backtest, beside requests, s':36}{beside:>8.1f}")
    print(f"{'memory after all pages, MB':36}{megabytes():>8.0f}")


def main() -> None:
    if sys.argv[1:]:
        measure(sys.argv[1])
        return
    with tempfile.TemporaryDirectory() as folder:
        file = database_copy(Path(folder))
        multiply(file)
        url = f"sqlite:///{file}"
        settings = {"DATABASE_URL": url, "LOG_LEVEL": "ERROR"}
        settings |= {"DJANGO_SETTINGS_MODULE": "config.settings"}
        with running_server(f"sqlite:///{prepared_database()}") as address:
            subprocess.run(
                [sys.executable, "-m", "tools.tenfold", address],
                env=clean_environment() | settings,
                cwd=BASE_DIR,
                check=True,
            )


if __name__ == "__main__":
    main()
