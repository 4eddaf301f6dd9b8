"""What each main page costs: bytes raw and compressed, queries, milliseconds, and what it loads.

make pagesize
"""

import gzip
import os
import re
import statistics
import sys
import time
from pathlib import Path

from tools.addresses import MAIN_PAGES
from tools.server import OURS, PREPARED, prepared_database

RAW_LIMIT, COMPRESSED_LIMIT, SCRIPT_LIMIT = 125_000, 25_000, 25_000  # bytes
TIMES = 15


def loaded_bytes(html: str, pattern: str) -> tuple[int, list[str]]:
    """Compressed bytes (brotli) of the static files that the pattern finds, and their names."""
    static = PREPARED / "static"
    names = [name for name in re.findall(pattern, html) if name.startswith("/static/")]
    size = 0
    for name in names:
        path = static / name.removeprefix("/static/")
        compressed = path.with_name(path.name + ".br")
        size += (compressed if compressed.exists() else path).stat().st_size
    return size, [Path(name).name for name in names]


def main() -> int:
    """1 when a page is larger than it may be."""
    prepared_database()
    for name in OURS:
        os.environ.pop(name, None)
    os.environ |= {"VAR_DIR": str(PREPARED), "DJANGO_SETTINGS_MODULE": "config.settings"}
    import brotli
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "127.0.0.1"})
    too_large = []
    print(
        f"{'':16}{'raw':>9}{'gzip':>8}{'brotli':>8}{'queries':>9}{'ms':>7}{'js br':>8}{'css br':>8}"
    )
    for name, path in MAIN_PAGES.items():
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path)
        asked = len(queries)  # The next request empties the list.
        if answer.status_code != 200:
            raise SystemExit(f"{path}: found status {answer.status_code}, expected 200")
        times = []
        for _ in range(TIMES):
            started = time.perf_counter()
            client.get(path)
            times.append((time.perf_counter() - started) * 1000)
        raw = len(answer.content)
        zipped = len(gzip.compress(answer.content, 6))
        html = answer.content.decode()
        scripts, script_names = loaded_bytes(html, r"<script[^>]*\bsrc=\"([^\"]+)\"")
        styles, _ = loaded_bytes(html, r"<link[^>]*rel=\"stylesheet\"[^>]*href=\"([^\"]+)\"")
        print(
            f"{name:16}{raw:>9,}{zipped:>8,}{len(brotli.compress(answer.content)):>8,}"
            f"{asked:>9}{statistics.median(times):>7.1f}{scripts:>8,}{styles:>8,}"
            f"  {' '.join(script_names)}"
        )
        if raw > RAW_LIMIT or zipped > COMPRESSED_LIMIT or scripts > SCRIPT_LIMIT:
            too_large.append(name)
    if too_large:
        print(
            f"Larger than {RAW_LIMIT:,} bytes raw, {COMPRESSED_LIMIT:,} compressed or "
            f"{SCRIPT_LIMIT:,} of scripts: {', '.join(too_large)}"
        )
    return bool(too_large)


if __name__ == "__main__":
    sys.exit(main())
