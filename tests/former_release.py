"""A database as a former release left it: `python former_release.py 0008_unread_reports`."""

import os
import sys

import django
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

AT_ONCE = ("inspections", "0001_squashed_0028")
"""The step that makes a new database, which stands for those before it."""


class StepByStep(MigrationLoader):
    """As releases went that knew of no step that stands for many."""

    def load_disk(self) -> None:
        super().load_disk()
        del self.disk_migrations[AT_ONCE]


def main() -> None:
    """Goes as far as the named step, and no further."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    executor = MigrationExecutor(connection)
    executor.loader = StepByStep(connection)
    executor.migrate([("inspections", sys.argv[1])])


if __name__ == "__main__":
    main()
