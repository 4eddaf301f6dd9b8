"""The import as its tests call it."""

from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command


def run(*paths: Path, save: bool = True, **options: Any) -> str:
    """What `manage.py import` prints; facts are written unless told otherwise."""
    out = StringIO()
    call_command("import", *map(str, paths), save=save, stdout=out, **options)
    return out.getvalue()
