"""Brings the database, the national record and the static files up to date.

One process for all three steps, because starting Django is most of what a step costs
when nothing changed. Used by `make start`, by the browser tests and at deployment.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django
from django.core.management import call_command


def prepare() -> None:
    """Migrates, loads the shipped record where it changed, collects changed static files."""
    from tools.static_files import collect_if_changed

    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_record", if_changed=True)
    if count := collect_if_changed():
        print(f"Static files: {count} collected.", flush=True)


if __name__ == "__main__":
    django.setup()
    prepare()
