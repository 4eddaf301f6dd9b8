from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from inspections.management import sqlite_file
from inspections.management.base import RecordCommand

ON_POSTGRESQL = (
    "This installation keeps its record in PostgreSQL, which has its own tools: see Backup in "
    "docs/operations.md. Nothing was copied."
)


class Command(RecordCommand):
    help = "Copies the SQLite database while the site runs, checks the copy and says where it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "path", nargs="?", type=Path, help="A file that is not there yet; else in BACKUP_DIR."
        )

    def handle(self, *, path: Path | None, **options: Any) -> None:
        if connection.vendor != "sqlite":
            raise CommandError(ON_POSTGRESQL)
        live = Path(connection.settings_dict["NAME"])
        if path is None:
            settings.BACKUP_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = settings.BACKUP_DIR / f"record-{timezone.now():%Y%m%dT%H%M%SZ}.sqlite3"
        if not live.exists():
            raise CommandError(f"{live}: found no database, expected one. Nothing was copied.")
        if path.exists() or sqlite_file.companions(path):
            raise CommandError(f"{path}: found a file, expected none. Nothing was copied.")
        try:
            identity = sqlite_file.back_up(live, path)
        except (sqlite_file.UnusableCopyError, OSError) as error:
            raise CommandError(f"Nothing was copied. {error}") from None
        self.stdout.write(f"Copied to {path} (record {identity or 'not loaded yet'}); it is whole.")
