"""Runs the project's nginx.conf on this machine, without containers, in a temporary folder.

Finds nginx, or unpacks Debian's package: installing it would start a server on port 80;
unpacked, nothing runs and nothing is changed.
"""

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tools.server import free_port

BASE_DIR = Path(__file__).resolve().parent.parent
MIME_TYPES = "types { text/html html; text/css css; application/javascript js; image/svg+xml svg; }"
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


def configuration(folder: Path, *, proxy_port: int, web_port: int, limits: bool = True) -> str:
    """deploy/nginx.conf for this machine; every replacement must find its place.

    `limits` False: without the one on requests a second, for a bench that asks from one address.
    """
    text = (BASE_DIR / "deploy" / "nginx.conf").read_text()
    (folder / "mime.types").write_text(MIME_TYPES)
    replaced = {
        " /tmp/": f" {folder}/",
        "server web:8000;": f"server 127.0.0.1:{web_port};",
        "listen 8000;": f"listen 127.0.0.1:{proxy_port};",
        "alias /srv/static/;": f"alias {folder}/static/;",
        "include /etc/nginx/mime.types;": f"include {folder}/mime.types;",
        "/dev/stdout": f"{folder}/access.log",
        "/dev/stderr": f"{folder}/error.log",
    }
    if not limits:
        replaced |= {"rate=20r/s": "rate=1000000r/s"}
    for found, replacement in replaced.items():
        if found not in text:
            raise ValueError(f"deploy/nginx.conf: found no {found!r}")
        text = text.replace(found, replacement)
    return text


def arguments(folder: Path, conf: Path, *, user: str = "") -> list[str | Path]:
    """`user`: whose rights the workers get where we are root; else nginx's own choice."""
    given = "daemon off;" + (f" user {user};" if user else "")
    return ["-p", folder, "-c", conf, "-e", folder / "error.log", "-g", given]


@contextlib.contextmanager
def running(folder: Path, *, web: str, limits: bool = True) -> Iterator[str]:
    """The address of an nginx in front of a server of this machine; stopped afterwards.

    As root its workers belong to root too: the folder may lie where nobody else can read.
    """
    proxy_port = free_port()
    (folder / "static").mkdir(exist_ok=True)
    conf = folder / "nginx.conf"
    web_port = urlsplit(web).port or 80
    conf.write_text(configuration(folder, proxy_port=proxy_port, web_port=web_port, limits=limits))
    user = "root" if os.geteuid() == 0 else ""
    process = subprocess.Popen([obtain(), *arguments(folder, conf, user=user)])
    try:
        wait_for_port(proxy_port, process, folder / "error.log")
        yield f"http://127.0.0.1:{proxy_port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for_port(port: int, process: "subprocess.Popen[Any]", log: Path) -> None:
    """Returns when something listens; raises AssertionError with the log where nothing will."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"Nothing listens on port {port}:\n{log.read_text()[-3000:]}")
