import csv
import sys
from argparse import ArgumentParser
from dataclasses import asdict, fields
from typing import Any

from inspections.importers.disagreements import Disagreement, disagreements
from inspections.management.base import RecordCommand


class Command(RecordCommand):
    help = "Lists every fact on which an imported source and the record disagree."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--council", default="", help="One council's, by its slug.")
        parser.add_argument("--csv", action="store_true", help="As a table for a spreadsheet.")

    def handle(self, *, council: str, csv: bool, **options: Any) -> None:
        found = disagreements(council=council)
        if csv:
            _write_csv(found)
            return
        for row in found:
            confirmed = " (confirmed by a person)" if row.is_confirmed else ""
            self.stdout.write(
                f"{row.council}: {row.event}: {row.fact}: the record has "
                f"{row.recorded or 'nothing'}{confirmed}; {row.source}, {row.place}, "
                f"says {row.told}"
            )
        self.stdout.write(f"{len(found)} disagreements.")


def _write_csv(found: list[Disagreement]) -> None:
    names = [field.name for field in fields(Disagreement)]
    writer = csv.DictWriter(sys.stdout, names)
    writer.writeheader()
    writer.writerows(asdict(row) for row in found)
