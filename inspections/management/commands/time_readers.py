import os
import threading
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from inspections.importers.known import rules_from_database
from inspections.importers.pipeline import NothingToReadError, files_of
from inspections.importers.pool import WORKERS, read_files
from inspections.management.record import require_record


class Command(BaseCommand):
    help = "Reads reports and tells the time taken and the most memory of all processes together."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--count", type=int, default=100, help="Files, 100 by default.")

    def handle(self, *, folder: Path, count: int, **options: Any) -> None:
        require_record()
        try:
            files = files_of([folder])[:count]
        except NothingToReadError as error:
            raise CommandError(str(error), returncode=2) from None
        rules = rules_from_database(timezone.localdate())
        peak = _Peak()
        peak.start()
        started = time.perf_counter()
        read = sum(1 for _ in read_files(files, rules))
        seconds = time.perf_counter() - started
        megabytes = peak.stop()
        self.stdout.write(
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
