import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from inspections.importers.evaluate import evaluate, table
from inspections.importers.known import directory_from_database, rules_from_database
from inspections.importers.pipeline import NothingToReadError, files_of
from inspections.importers.pool import read_files
from inspections.management.progress import bar
from inspections.management.record import require_record


class Command(BaseCommand):
    help = (
        "Compares what the readers find in a folder with a truth table: right, wrong, refused, "
        "by layout and field, and every wrong one. Exit status 1 where something is wrong."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--truth", type=Path, required=True, metavar="FILE")

    def handle(self, *, folder: Path, truth: Path, **options: Any) -> None:
        require_record()
        try:
            with truth.open(encoding="utf-8-sig", newline="") as stream:
                rows = list(csv.DictReader(stream))
            files = files_of([folder])
        except OSError as error:
            raise CommandError(
                f"{truth}: {error.strerror}; expected a table", returncode=2
            ) from None
        except NothingToReadError as error:
            raise CommandError(str(error), returncode=2) from None
        if not rows or "file" not in rows[0]:
            raise CommandError(f"{truth}: expected a table with a column “file”", returncode=2)
        wanted = {row["file"] for row in rows}
        progress, readings = bar(), {}
        chosen = [path for path in files if path.name in wanted]
        rules = rules_from_database(timezone.localdate())
        for path, reading in read_files(chosen, rules):
            readings[path.name] = reading
            progress(path.name, len(readings), len(chosen))
        score = evaluate(readings, rows, directory_from_database())
        self.stdout.write(table(score))
        if score.wrong:
            raise SystemExit(1)
