"""How long the preview of a shared link takes to draw, and once it is kept.

    make bench          # after the pages
    .venv/bin/python -m tools.bench_pictures

One request at a time under one gunicorn worker, because the question is how long one chat
waits. Each uncached request asks for a picture that nobody has asked for before; the cached
ones ask for the same again. The ratio is to an empty Django view of the same run.
"""

import statistics
import time
import urllib.request

from tools.addresses import EMPTY_VIEW
from tools.bench import database_url
from tools.server import running_server

COUNCILS = ("luton", "bedford", "slough", "kent", "leeds", "york", "devon", "essex")
PICTURES = {
    "grades of a council": [
        f"/councils/{slug}/grades.preview.png?from={year}"
        for slug in COUNCILS
        for year in range(2010, 2015)
    ],
    "grades held": [
        f"/england/grades-held.preview.png?area={area}&from={year}"
        for area in ("leaders", "help-and-protection", "overall", "care-leavers")
        for year in range(2010, 2020)
    ],
    "windows": [
        f"/england/windows.preview.png?as_at={2020 + n % 6}-0{1 + n // 6}-15" for n in range(40)
    ],
}
MOST_MS = {"uncached": 150.0, "cached": 5.0}  # what design asks of the median


def milliseconds(url: str) -> float:
    started = time.perf_counter()
    with urllib.request.urlopen(url) as answer:  # noqa: S310
        answer.read()
    return (time.perf_counter() - started) * 1000


def main() -> None:
    with running_server(
        database_url(), application="tools.bench_application:application", workers=1, threads=1
    ) as address:
        for paths in PICTURES.values():  # code and fonts are loaded before it counts
            milliseconds(f"{address}{paths[0]}&w=400")
        for _ in range(20):
            milliseconds(address + EMPTY_VIEW)
        empty = statistics.median(milliseconds(address + EMPTY_VIEW) for _ in range(100))
        print(f"{'':22}{'':10}{'median ms':>10}{'ratio':>8}{'at most':>9}")
        print(f"{'empty view':22}{'':10}{empty:>10.2f}{1:>8.1f}")
        for name, paths in PICTURES.items():
            for kind in ("uncached", "cached"):
                median = statistics.median(milliseconds(address + path) for path in paths)
                most = MOST_MS[kind]
                said = "" if median <= most else "  too slow"
                print(f"{name:22}{kind:10}{median:>10.2f}{median / empty:>8.1f}{most:>9.0f}{said}")


if __name__ == "__main__":
    main()
