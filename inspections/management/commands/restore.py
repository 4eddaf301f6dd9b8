import sqlite3
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from inspections.management import sqlite_file
from inspections.management.base import RecordCommand
from inspections.management.commands.backup import ON_POSTGRESQL

TESTED = "restore-tested"
"""The file in BACKUP_DIR whose time says when a restore was last tried."""


class Command(RecordCommand):
    help = (
        "Makes the SQLite database what a copy is; what was there before is kept beside it. Stop "
        "the site first, and run tools/prepare.py afterwards."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="A file that manage.py backup has made.")
        parser.add_argument(
            "--try", action="store_true", dest="only_try", help="Restore elsewhere, then forget it."
        )

    def handle(self, *, path: Path, only_try: bool, **options: Any) -> None:
        if connection.vendor != "sqlite":
            raise CommandError(ON_POSTGRESQL.replace("copied", "restored"))
        live = Path(connection.settings_dict["NAME"])
        connection.close()
        if sqlite_file.companions(path):
            raise CommandError(
                f"{path}: found a file -wal, -shm or -journal beside it, which may belong to "
                "another database; expected a copy made by manage.py backup. Nothing was changed."
            )
        try:
            identity = sqlite_file.identity_of(path)
            if only_try:
                self.try_restoring(path, identity)
                return
            kept = self.set_aside(live)
            sqlite_file.put_back(path, live)
        except sqlite_file.UnusableCopyError as error:
            raise CommandError(f"Nothing was changed. {error}") from None
        except (OSError, sqlite3.Error) as error:
            raise CommandError(f"The restore did not end: {error}") from None
        self.stdout.write(
            f"Restored (record {identity or 'not loaded yet'}). What was there before: {kept}."
        )

    def set_aside(self, live: Path) -> str:
        """Where what is there now is kept; stops where the site has it open."""
        if not live.exists():
            return "nothing"
        if sqlite_file.is_in_use(live):
            raise CommandError(f"{live}: in use. Stop the site, then restore. Nothing was changed.")
        ending = f"before-{timezone.now():%Y%m%dT%H%M%SZ}"
        return str(sqlite_file.set_aside(live, ending=ending))

    def try_restoring(self, path: Path, identity: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "record.sqlite3"
            sqlite_file.put_back(path, target)
            if sqlite_file.identity_of(target) != identity:
                raise CommandError(f"{path}: restored elsewhere, and found another record.")
        settings.BACKUP_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        (settings.BACKUP_DIR / TESTED).touch()
        self.stdout.write(f"{path} can be restored (record {identity or 'not loaded yet'}).")
