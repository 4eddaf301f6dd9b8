"""Stands in for `docker` where there is none, so that documented commands can be run as printed.

    python -m tools.native_docker FOLDER compose up --detach

understands the `docker compose` commands of docs/operations.md and deploy/, and does what they
say to the services of tools/native.py that lie in FOLDER. Anything else is refused.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from tools.native import BASE_DIR, LASTING, ONCE, WEB, Command, Native, as_user

# Where the containers' folders are here.
MOUNTED = {"/etc/postgresql/": "deploy/postgres/", "/etc/dashboard/": "deploy/proxy/"}
WAITING = {"web-a": ["prepare"], "web-b": ["prepare"], "prepare": ["roles"]}
"""What `up` does before a service, unless it is told --no-deps."""


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(prog="docker compose", allow_abbrev=False)
    found.add_argument("--file", "-f", action="append")
    verbs = found.add_subparsers(dest="verb", required=True)
    up = verbs.add_parser("up")
    for flag in ("--build", "--detach", "--no-deps", "--wait", "--force-recreate"):
        up.add_argument(flag, action="store_true")
    up.add_argument("names", nargs="*")
    for verb in ("stop", "restart", "build"):
        one = verbs.add_parser(verb)
        one.add_argument("--timeout", type=float, default=25)
        one.add_argument("names", nargs="*")
    kill = verbs.add_parser("kill")
    kill.add_argument("--signal", "-s", default="KILL")
    kill.add_argument("names", nargs="*")
    for verb in ("exec", "run"):
        one = verbs.add_parser(verb)
        for flag in ("--no-TTY", "--rm", "--no-deps"):
            one.add_argument(flag, action="store_true")
        one.add_argument("name")
        one.add_argument("command", nargs=argparse.REMAINDER)
    return found


def here(native: Native, name: str, command: list[str]) -> Command:
    """The command of a service, with the containers' folders replaced by this machine's."""
    if name == "restore":
        command = ["/etc/postgresql/restore.sh", *command]
    elif name.startswith("follow-"):
        lost, primary = command[1:]
        folder = native.folder / {"database": "data", "replica": "replica"}[lost]
        place = [f"PGDATA={folder}", f"PRIMARY_PORT={native.ports[primary]}"]
        return [
            "env",
            *place,
            native.code / "deploy/postgres/replica.sh",
            "follow",
            lost,
            "127.0.0.1",
        ]
    elif name in ONCE:
        return native.command_of(name)
    for inside, outside in MOUNTED.items():
        command = [part.replace(inside, f"{native.code}/{outside}") for part in command]
    for web in WEB:
        command = [
            part.replace(f"{web}:8000", f"127.0.0.1:{native.ports[web]}") for part in command
        ]
    if command[0] == "python":
        command = [str(native.code / "deploy/entrypoint.sh"), *command]
    if name == "replica":
        command = ["env", f"PGPORT={native.ports['replica']}", *command]
    bound = f"BIND=127.0.0.1:{native.ports.get(name, 0)}"
    return ["env", bound, *command]


def up(native: Native, names: list[str], *, no_deps: bool) -> None:
    """Starts what is not running, after what it depends on."""
    lasting = [name for name in native.services if name not in ("redis", "database")]
    wanted = names or ["redis", "database", "roles", "prepare", *lasting]
    if not no_deps and names:
        wanted = [
            "redis",
            "database",
            *(dep for name in names for dep in WAITING.get(name, [])),
            *names,
        ]
    native.start("keys")
    if not (native.folder / "data/PG_VERSION").exists():
        native.make_database()  # As the image of PostgreSQL does on an empty volume.
    native.start_all(wanted)


def main(arguments: list[str]) -> int:
    """The exit status of what was asked."""
    folder, docker, *rest = arguments
    if docker != "compose":
        raise SystemExit(f"docker: found {docker!r}, expected compose")
    native = Native.opened(Path(folder))
    asked = parser().parse_args(rest)
    if asked.verb in ("exec", "run"):
        command = as_user(here(native, asked.name, asked.command), native.user)
        return subprocess.run(
            command, env=native.environment, cwd=native.code, check=False
        ).returncode
    names = asked.names or [name for name in reversed(LASTING) if native.is_running(name)]
    if asked.verb == "up":
        if asked.force_recreate:
            for name in asked.names or LASTING:
                native.stop(name)
        up(native, asked.names, no_deps=asked.no_deps)
    elif asked.verb in ("stop", "restart"):
        for name in names:
            native.stop(name, seconds=asked.timeout)
            if asked.verb == "restart":
                native.start(name)
    elif asked.verb == "kill":
        for name in names:
            native.signal(name, getattr(__import__("signal"), f"SIG{asked.signal}"))
    return 0


def install(native: Native) -> dict[str, str]:
    """An environment in which `docker` is this program."""
    folder = native.folder / "bin"
    folder.mkdir(exist_ok=True)
    program = folder / "docker"
    program.write_text(
        f'#!/bin/sh\nexport PYTHONPATH="{BASE_DIR}"\n'
        f'exec "{sys.executable}" -m tools.native_docker "{native.folder}" "$@"\n'
    )
    program.chmod(0o755)
    native.save()
    return os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
