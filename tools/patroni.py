"""Two databases under Patroni, of which the primary is killed: how long until saves go on, and
what was lost.

    python -m tools.patroni

Debian's `patroni` with deploy/patroni/patroni.yml, a third process that only votes, and a writer
as in tools/chaos.py. Exit status 1: an acknowledged row was lost.
"""

import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

from tools.chaos import Told, write_until
from tools.native import DEPLOY, ServiceError, as_user, roomy_memory
from tools.postgres import find_binaries, free_port, server_user

NEEDED = (
    "/usr/bin/patroni", "/usr/bin/patroni_raft_controller",
    "/usr/lib/python3/dist-packages/pysyncobj",
)  # fmt: skip
PASSWORD = "of-this-trial-alone"  # noqa: S105
NODES = ("one", "other")


class Cluster:
    """Two nodes and a witness below a folder, each a process group of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.user, self.binaries = folder, server_user(), find_binaries()
        self.ports = {
            (name, what): free_port()
            for name in (*NODES, "witness")
            for what in ("database", "asked", "raft")
        }
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def environment(self, name: str) -> dict[str, str]:
        """What stands in /etc/default/patroni on that machine."""
        ports = {what: self.ports[name, what] for what in ("database", "asked", "raft")}
        others = [
            f"127.0.0.1:{port}"
            for (other, what), port in self.ports.items()
            if what == "raft" and other != name
        ]
        return {
            "PATH": f"{self.binaries}{os.pathsep}/usr/bin{os.pathsep}/bin",
            "HOME": str(self.folder / name),
            "PATRONI_NAME": name,
            "PATRONI_RAFT_DATA_DIR": str(self.folder / name / "raft"),
            "PATRONI_RAFT_SELF_ADDR": f"127.0.0.1:{ports['raft']}",
            "PATRONI_RAFT_PARTNER_ADDRS": ",".join(f"'{other}'" for other in others),
            "PATRONI_RESTAPI_LISTEN": f"127.0.0.1:{ports['asked']}",
            "PATRONI_RESTAPI_CONNECT_ADDRESS": f"127.0.0.1:{ports['asked']}",
            "PATRONI_POSTGRESQL_LISTEN": f"127.0.0.1:{ports['database']}",
            "PATRONI_POSTGRESQL_CONNECT_ADDRESS": f"127.0.0.1:{ports['database']}",
            "PATRONI_POSTGRESQL_DATA_DIR": str(self.folder / name / "data"),
            "PATRONI_POSTGRESQL_BIN_DIR": str(self.binaries),
            "PATRONI_POSTGRESQL_CUSTOM_CONF": str(DEPLOY / "postgres/postgresql.conf"),
            "PATRONI_SUPERUSER_USERNAME": "dashboard",
            "PATRONI_SUPERUSER_PASSWORD": PASSWORD,
            "PATRONI_REPLICATION_USERNAME": "follower",
            "PATRONI_REPLICATION_PASSWORD": PASSWORD,
        }

    def start(self, name: str) -> None:
        """A node, or the witness."""
        place = self.folder / name
        place.mkdir(exist_ok=True)
        if self.user:
            shutil.chown(place, user=self.user)
        program = NEEDED[name == "witness"]
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                as_user([program, DEPLOY / "patroni/patroni.yml"], self.user),
                env=self.environment(name), cwd=place, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def kill(self, name: str) -> None:
        """As a power cut ends the machine: Patroni, PostgreSQL and all of its children at once."""
        data = self.folder / name / "data/postmaster.pid"
        if data.exists():
            postmaster = data.read_text().split()[0]
            children = subprocess.run(
                ["pgrep", "-P", postmaster], capture_output=True, text=True, check=False
            ).stdout.split()
            subprocess.run(["kill", "-9", postmaster, *children], check=False, capture_output=True)
        os.killpg(self.running[name].pid, signal.SIGKILL)
        self.running.pop(name).wait()

    def stop(self) -> None:
        for name in list(self.running):
            self.kill(name)

    @property
    def address(self) -> str:
        """Both, of which the client library finds the one that takes saves."""
        ports = ",".join(str(self.ports[name, "database"]) for name in NODES)
        place = f"host=127.0.0.1,127.0.0.1&port={ports}&target_session_attrs=primary"
        return f"postgresql://dashboard@/postgres?{place}&connect_timeout=2&password={PASSWORD}"

    def roles(self) -> dict[str, str]:
        """What each node that lives says of itself."""
        found = {}
        for name in NODES:
            asked = f"http://127.0.0.1:{self.ports[name, 'asked']}/patroni"
            try:
                with urllib.request.urlopen(asked, timeout=2) as answer:
                    told = json.loads(answer.read())
            except OSError:
                continue
            found[name] = "sync" if told.get("sync_standby") else str(told.get("role"))
        return found

    def wait_for(self, roles: set[str], *, seconds: float = 120) -> dict[str, str]:
        """Until the nodes say so of themselves."""
        deadline = time.monotonic() + seconds
        while set((found := self.roles()).values()) != roles:
            if time.monotonic() > deadline:
                logs = "".join(path.read_text()[-2000:] for path in self.folder.glob("*.log"))
                raise ServiceError(f"Patroni: found {found}, expected {roles}\n{logs}")
            time.sleep(0.2)
        return found


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A primary and its synchronous replica; stopped and forgotten afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="patroni-", dir=roomy_memory()))
    folder.chmod(0o755)
    made = Cluster(folder)
    with ExitStack() as left:
        left.callback(shutil.rmtree, folder, ignore_errors=True)
        left.callback(made.stop)
        for name in (*NODES, "witness"):
            made.start(name)
        made.wait_for({"master", "sync"})
        yield made


def failed_over() -> Told:
    """What came of a primary that was killed whole."""
    told, stopped = Told(), threading.Event()
    with cluster() as made:
        with psycopg.connect(made.address, autocommit=True) as connection:
            connection.execute("CREATE TABLE chaos (number bigint PRIMARY KEY)")
        given = (made.address, itertools.count(1), told, stopped)
        writer = threading.Thread(target=write_until, args=given)
        writer.start()
        time.sleep(2)
        [primary] = [name for name, role in made.roles().items() if role == "master"]
        before = len(told.acknowledged)
        made.kill(primary)
        deadline = time.monotonic() + 90
        while len(told.acknowledged) < before + 20 and time.monotonic() < deadline:
            time.sleep(0.1)
        stopped.set()
        writer.join()
        with psycopg.connect(made.address, autocommit=True) as connection:
            held = {number for [number] in connection.execute("SELECT number FROM chaos")}
        told.lost = len(set(told.acknowledged) - held)
        made.start(primary)  # It comes back as the replica, without anybody's help.
        made.wait_for({"master", "sync"})
    return told


def main() -> int:
    """Prints what came of it."""
    told = failed_over()
    print(
        f"the primary's machine killed, under Patroni: {len(told.acknowledged)} acknowledged, "
        f"{told.lost} lost, nothing written for {told.silent:.1f} s"
    )
    return int(bool(told.lost))


if __name__ == "__main__":
    sys.exit(main())
