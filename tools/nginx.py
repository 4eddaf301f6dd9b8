"""Finds nginx for the test of the deployment, or unpacks Debian's package without installing it.

Installing it would start a server on port 80; unpacked, nothing runs and nothing is changed.
"""

import shutil
import subprocess
from pathlib import Path
from typing import Any

BASE_DIR = Path(__file__).resolve().parent.parent
UNPACKED = BASE_DIR / "var" / "nginx"


class NginxMissingError(Exception):
    """No nginx here and none could be got; the text says what to install."""


def runs(program: str | Path) -> bool:
    """Whether the program starts, with all its libraries."""
    try:
        return subprocess.run([program, "-v"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def unpack_debian_package() -> None:
    """Fetches Debian's nginx into var/nginx, where there is apt-get."""
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        return
    UNPACKED.mkdir(parents=True, exist_ok=True)
    fetch = ["apt-get", "download", "-q", "nginx"]
    quiet: dict[str, Any] = {"cwd": UNPACKED, "capture_output": True, "check": False}
    if subprocess.run(fetch, **quiet).returncode:
        subprocess.run(["apt-get", "update", "-q"], **quiet)
        subprocess.run(fetch, **quiet)
    for package in UNPACKED.glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", package, UNPACKED], check=False)


def obtain() -> Path:
    """The program nginx; NginxMissingError says what to install."""
    for place in (shutil.which("nginx"), "/usr/sbin/nginx", UNPACKED / "usr/sbin/nginx"):
        if place and runs(place):
            return Path(place)
    unpack_debian_package()
    if runs(UNPACKED / "usr/sbin/nginx"):
        return UNPACKED / "usr/sbin/nginx"
    raise NginxMissingError(
        "nginx: found none, expected one for the test of the deployment.\n"
        "  Debian:  apt-get install nginx\n"
        "  macOS:   brew install nginx"
    )
