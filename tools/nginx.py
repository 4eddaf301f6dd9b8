"""Runs the project's proxy on this machine, without containers, in a temporary folder.

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


def mime_types(folder: Path) -> Path:
    """The file that names the types of files: the one beside nginx, or a short one in `folder`."""
    for place in (Path("/etc/nginx/mime.types"), UNPACKED / "etc/nginx/mime.types"):
        if place.is_file():
            return place
    short = folder / "mime.types"
    short.write_text(MIME_TYPES)
    return short


@contextlib.contextmanager
def running(folder: Path, *, web: str, limits: bool = True, **given: str) -> Iterator[str]:
    """The address of an nginx in front of a server of this machine; stopped afterwards.

    `limits` False: without those on requests a second, for a bench that asks from one address.
    `given`: variables of deploy/proxy/proxy.sh besides. As root its workers belong to root too:
    the folder may lie where nobody else can read.
    """
    port = free_port()
    static = folder / "static"
    static.mkdir(exist_ok=True)
    made = {
        "PATH": f"{obtain().parent}{os.pathsep}{os.environ['PATH']}",
        "PROXY_FOLDER": str(folder),
        "STATIC_FOLDER": str(static),
        "WEB_SERVERS": web.removeprefix("http://"),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "LISTEN_ADDRESS": "127.0.0.1",
        "HTTP_PORT": str(port),
        "HEALTH_PORT": str(free_port()),
        "METRICS_PORT": str(free_port()),
        "ACCESS_LOG": str(folder / "access.log"),
        "ERROR_LOG": str(folder / "error.log"),
        "MIME_TYPES": str(mime_types(folder)),
        "NGINX_USER": "root" if os.geteuid() == 0 else "",
        **given,
    }
    if not limits:
        made |= {"PAGES_A_SECOND": "1000000", "ANYTHING_A_SECOND": "1000000", "AT_ONCE": "10000"}
    process = subprocess.Popen([BASE_DIR / "deploy/proxy/proxy.sh"], env=made)
    try:
        wait_for_port(port, process, folder / "error.log")
        yield f"http://127.0.0.1:{port}"
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
