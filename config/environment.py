"""Reads environment variables, and refuses nonsense with the variable's name."""

import contextlib
import importlib.util
import json
import os
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    """The variable's value without spaces around it, or the default when it is not set."""
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool) -> bool:
    """True or False; any word other than 1/true/yes/on or 0/false/no/off is refused."""
    found = os.environ.get(name)
    if found is None:
        return default
    word = found.strip().lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ImproperlyConfigured(f"{name}: found {found!r}, expected 1 or 0")


def whole_number(name: str, *, default: int, least: int, most: int) -> int:
    """A whole number from `least` to `most`."""
    found = os.environ.get(name)
    if found is None:
        return default
    if not found.strip().isascii() or not found.strip().isdigit():
        raise ImproperlyConfigured(f"{name}: found {found!r}, expected a whole number")
    number = int(found.strip())
    if not least <= number <= most:
        raise ImproperlyConfigured(f"{name}: found {number}, expected {least} to {most}")
    return number


def names(name: str, *, default: list[str]) -> list[str]:
    """A comma-separated list; empty parts are dropped."""
    found = os.environ.get(name)
    if found is None:
        return default
    return [part.strip() for part in found.split(",") if part.strip()]


def storage(name: str) -> dict[str, Any]:
    """Django's description of a storage, as JSON; files on this disk where none is given."""
    given = text(name)
    if not given:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    with contextlib.suppress(ValueError):
        found = json.loads(given)
        if isinstance(found, dict) and isinstance(found.get("BACKEND"), str):
            package = found["BACKEND"].split(".")[0]
            if not importlib.util.find_spec(package):
                raise ImproperlyConfigured(f"{name}: {package} is not installed")
            return found
    raise ImproperlyConfigured(f'{name}: expected {{"BACKEND": "a.class", "OPTIONS": {{…}}}}')


def private_file(path: Path) -> None:
    """Makes a file that others cannot read, where there is none and its folder can be written."""
    if path.parent.is_dir() and not path.exists() and os.access(path.parent, os.W_OK):
        path.touch(mode=0o600)


def made_once(path: Path, text: str) -> str:
    """What a private file holds: `text` where there was none, also for two who start at once."""
    if not path.exists():
        part = path.with_name(f"{path.name}.{os.getpid()}")
        part.touch(mode=0o600)
        part.write_text(text)
        with contextlib.suppress(FileExistsError):
            os.link(part, path)
        part.unlink()
    return path.read_text()
