import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from inspections.importers.fuzz import fuzz
from inspections.importers.known import rules_from_database
from inspections.importers.pipeline import NothingToReadError, files_of
from inspections.management.progress import bar
from inspections.management.record import require_record


class Command(BaseCommand):
    help = (
        "Mutates files and asserts that the readers do not crash, hang or make anything up. "
        "Exit status 1 where one does; the seed in the message makes the same mutant again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--count", type=int, default=1_000, help="Mutants, 1,000 by default.")
        parser.add_argument("--seed", type=int, default=0)

    def handle(self, *, paths: list[Path], count: int, seed: int, **options: Any) -> None:
        require_record()
        try:
            originals = files_of(paths)
        except NothingToReadError as error:
            raise CommandError(str(error), returncode=2) from None
        rules, progress, faults = rules_from_database(timezone.localdate()), bar(), []
        with tempfile.TemporaryDirectory() as folder:
            for done, found in fuzz(originals, Path(folder), rules, count=count, seed=seed):
                faults += found
                progress("mutants", done, count)
        for fault in faults:
            self.stdout.write(f"{fault.file} (seed {fault.seed}): {fault.what}")
        self.stdout.write(f"{count} mutants of {len(originals)} files: {len(faults)} faults.")
        if faults:
            raise SystemExit(1)
