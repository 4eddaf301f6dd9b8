from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import OperationalError
from django.utils import timezone

from inspections.importers.shipped import loading, reading, writing
from inspections.management.base import RecordCommand
from inspections.management.progress import bar


class Command(RecordCommand):
    help = "Loads the shipped national record: whole or not at all, again without effect."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=reading.SHIPPED)
        parser.add_argument(
            "--if-changed", action="store_true", help="Do nothing where it is loaded already."
        )

    def handle(self, *, folder: Path, if_changed: bool, **options: Any) -> None:
        if if_changed and loading.is_loaded(reading.digest_of(folder)):
            self.stdout.write("The record is loaded already.")
            return
        try:
            record = reading.read_record(folder, today=timezone.localdate())
            counts = loading.load(record, progress=bar())
        except (reading.MalformedRecordError, writing.LoadRefusedError) as error:
            raise CommandError(f"Nothing was loaded. {error}") from None
        except OperationalError as error:
            raise CommandError(f"Nothing was loaded. The database said: {error}") from None
        self.stdout.write(f"{'':24}{'created':>9}{'changed':>9}{'unchanged':>11}")
        for file, count in counts.items():
            self.stdout.write(f"{file:24}{count.created:>9}{count.changed:>9}{count.unchanged:>11}")
        for file, count in counts.items():
            for line in count.kept:
                self.stdout.write(f"kept as a person entered it: {file}: {line}")
            for line in count.not_in_record:
                self.stdout.write(f"not in the shipped record: {file}: {line}")
            if count.removed:
                self.stdout.write(f"no longer in the shipped record: {file}: {count.removed}")
        if any(count.kept for count in counts.values()):
            self.stdout.write(
                "What was kept is listed in the admin under Differences from the shipped record."
            )
        self.stdout.write(f"Record as at {record.as_at}.")
