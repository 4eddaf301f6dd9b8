"""Reads reports and tells the time taken and the most memory of all processes together.

.venv/bin/python -m tools.time_readers DIR [--count 100]
"""

import argparse
import os
import threading
import time
from datetime import date
from pathlib import Path

from inspections.importers.pool import WORKERS, read_files
from tools.reading import documents, shipped_rules


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.time_readers", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--count", type=int, default=100, help="Files, 100 by default.")
    wanted = parser.parse_args()
    files = documents([wanted.folder])[: wanted.count]
    rules = shipped_rules(date.today())  # noqa: DTZ011
    peak = _Peak()
    peak.start()
    started = time.perf_counter()
    read = sum(1 for _ in read_files(files, rules))
    seconds = time.perf_counter() - started
    megabytes = peak.stop()
    print(
        f"{read} files in {seconds:.1f} s with {WORKERS} processes "
        f"({1000 * seconds / max(read, 1):.0f} ms a file); "
        f"at most {megabytes:.0f} MB for all processes together."
    )


class _Peak(threading.Thread):
    """Watches the resident memory of this process and its children, ten times a second."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.megabytes = 0.0
        self._stopping = threading.Event()

    def run(self) -> None:
        while not self._stopping.wait(0.1):
            self.megabytes = max(self.megabytes, _resident_megabytes())

    def stop(self) -> float:
        self._stopping.set()
        self.join()
        return max(self.megabytes, _resident_megabytes())


def _resident_megabytes() -> float:
    """Resident memory of this process and its direct children, in megabytes (Linux)."""
    own = str(os.getpid())
    total = 0
    for entry in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":", 1) for line in entry.read_text().splitlines())
        except (OSError, ValueError):
            continue
        if entry.parent.name == own or fields.get("PPid", "").strip() == own:
            total += int(fields.get("VmRSS", "0 kB").split()[0])
    return total / 1024


if __name__ == "__main__":
    main()
