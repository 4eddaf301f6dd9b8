"""Brings the database, the national record and the static files up to date.

One process for all three steps, because starting Django is most of what a step costs
when nothing changed. Used by `make start`, by the browser tests and at deployment.
"""

import fcntl
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection


def prepare() -> None:
    """Migrates, loads the shipped record where it changed, collects changed static files."""
    with (settings.VAR_DIR / "prepare.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # Of two starts at once one waits for the other.
        make_private()
        make_ready()


def make_ready() -> None:
    from tools.static_files import collect_if_changed

    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_record", if_changed=True)
    if count := collect_if_changed():
        print(f"Static files: {count} collected.", flush=True)


def make_private() -> None:
    """SQLite's file can be read by its owner alone; what SQLite keeps beside it follows it."""
    if connection.vendor == "sqlite":
        file = Path(str(connection.settings_dict["NAME"]))
        file.touch(mode=0o600)
        file.chmod(0o600)


if __name__ == "__main__":
    django.setup()
    prepare()
