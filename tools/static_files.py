"""Collects static files into STATIC_ROOT, compressed and hashed, only when one of them changed.

Compressing takes seconds, so a fingerprint of every source file is kept beside the result.
"""

import hashlib
import os
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command

# Parts of installed packages that no page of ours loads.
UNUSED = ["redoc*", "htmx-4*", "htmax*", "htmx-2.js", "ext"]


def fingerprint() -> str:
    """A checksum of how files are stored and of every file's path and content."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    digest.update(repr(sorted(settings.WHITENOISE_SKIP_COMPRESS_EXTENSIONS)).encode())
    for finder in finders.get_finders():
        for path, storage in sorted(finder.list(UNUSED), key=lambda found: found[0]):
            digest.update(f"\n{path}\n".encode())
            digest.update(Path(storage.path(path)).read_bytes())
    return digest.hexdigest()


def collect_if_changed() -> int:
    """How many files were collected; 0 when STATIC_ROOT already holds exactly these."""
    root = Path(settings.STATIC_ROOT)
    stamp = root / ".fingerprint"
    found = fingerprint()
    if stamp.exists() and stamp.read_text() == found:
        return 0
    if stamp.exists():  # Only a folder that this script filled is emptied.
        shutil.rmtree(root, ignore_errors=True)
    print("Static files: compressing (some seconds, once) ...", flush=True)
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=UNUSED)
    stamp.write_text(found)
    return sum(1 for path in root.rglob("*") if path.is_file()) - 1


if __name__ == "__main__":
    django.setup()
    print(f"Static files: {collect_if_changed()} collected.")
