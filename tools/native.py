"""The services of docker-compose.yml on this machine, without containers.

The same scripts and configuration files that compose mounts start the machine's own PostgreSQL,
Redis, nginx and gunicorn, with other ports and folders and nothing else changed. As root each
service runs as an ordinary user. `python -m tools.native` starts all and says where they are.
"""

import contextlib
import fcntl
import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools import nginx
from tools.postgres import find_binaries, free_port, server_user
from tools.server import PREPARED, clean_environment, dump_of, prepared_database

BASE_DIR = Path(__file__).resolve().parent.parent
DEPLOY = BASE_DIR / "deploy"
ENTRYPOINT = DEPLOY / "entrypoint.sh"
WEB = ("web-a", "web-b")
ONCE = ("keys", "roles", "prepare")
"""Services that do their work and end, in docker-compose.yml's order around the database."""
LASTING = ("redis", "database", *WEB, "proxy")
PORTS = (*LASTING, "tls", "health", "metrics", "replica", "pool")
FOLDERS = ("keys", "static", "files", "backups", "data", "replica", "run", "proxy", "tls", "logs")
Command = list[str | Path]


class ServiceError(Exception):
    """A service did not start or did not do its work; the text is what it said."""


def as_user(command: Command, user: str | None) -> Command:
    """The command with another user's rights, where we are root; None: as it is.

    That user may read every folder, because Python and the clone may lie in root's own.
    """
    if user is None:
        return command
    entry = pwd.getpwnam(user)
    rights = [f"--{kind}-caps=-all,+dac_read_search" for kind in ("inh", "ambient")]
    ids = [f"--reuid={entry.pw_uid}", f"--regid={entry.pw_gid}", "--clear-groups"]
    return ["setpriv", *ids, *rights, *command]


@dataclass
class Native:
    """One set of services below a folder; what is told of them lies there, so that another
    process may go on with the same set."""

    folder: Path
    ports: dict[str, int]
    user: str | None
    binaries: Path
    site_url: str = ""
    extra: dict[str, str] = field(default_factory=dict)
    code: Path = BASE_DIR  # of the release that runs
    services: tuple[str, ...] = LASTING  # that `up` starts

    @classmethod
    def made(cls, folder: Path, **extra: str) -> "Native":
        """A new set in an empty folder, nothing started. `extra`: settings besides."""
        user = server_user()
        folder.chmod(0o755)
        ports = {name: free_port() for name in PORTS}
        for name in FOLDERS:
            (folder / name).mkdir()
            if user:
                shutil.chown(folder / name, user=user)
        for name in ("data", "replica"):
            (folder / name).chmod(0o700)
        made = cls(folder, ports, user, find_binaries(), f"http://127.0.0.1:{ports['proxy']}")
        # Another release that is put into service has its files there too.
        made.extra = {"STATIC_ROOT": str(PREPARED / "static")} | extra
        nginx.obtain()
        if user and "POOL_HOST" in extra and not shutil.which("pgbouncer"):
            install = ["apt-get", "install", "-yq", "--no-install-recommends", "pgbouncer"]
            subprocess.run(install, stdout=subprocess.DEVNULL, check=True)
        prepared_database()  # Also collects the static files, as building the image does.
        return made

    def save(self) -> None:
        """For :meth:`opened`, in another process."""
        told = {name: value for name, value in vars(self).items() if name != "folder"}
        (self.folder / "native.json").write_text(json.dumps(told, default=str))

    @classmethod
    def opened(cls, folder: Path) -> "Native":
        """The set that another process has made and saved."""
        told = json.loads((folder / "native.json").read_text())
        return cls(folder, **told | {name: Path(told[name]) for name in ("binaries", "code")})

    @property
    def environment(self) -> dict[str, str]:
        """What docker-compose.yml sets, with this machine's folders and ports."""
        found = {
            name: value for name, value in clean_environment().items() if not name.startswith("PG")
        }
        path = [Path(sys.executable).parent, self.binaries, nginx.obtain().parent]
        servers = " ".join(f"127.0.0.1:{self.ports[name]}" for name in WEB)
        return found | {
            "PATH": os.pathsep.join([*map(str, path), os.environ["PATH"]]),
            "HOME": str(self.folder),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": str(self.code),
            "KEYS_DIR": str(self.folder / "keys"),
            "BACKUP_DIR": str(self.folder / "backups"),
            "VAR_DIR": str(self.folder / "files"),
            "PUBLISHED_STATIC": str(self.folder / "static"),
            "DATABASE_HOST": "127.0.0.1,127.0.0.1",
            "DATABASE_PORT": f"{self.ports['database']},{self.ports['replica']}",
            "PRIMARY": "127.0.0.1",
            "PRIMARY_PORT": str(self.ports["database"]),
            "REDIS_URL": f"redis://127.0.0.1:{self.ports['redis']}/0",
            "SITE_URL": self.site_url,
            "PROXY_COUNT": "1",
            "WORKERS": "2",
            "WORKER_TMP_DIR": str(self.folder / "run"),
            "PGHOST": str(self.folder / "run"),
            "PGPORT": str(self.ports["database"]),
            "PGUSER": "dashboard",
            "PGDATA": str(self.folder / "data"),
            "PROXY_FOLDER": str(self.folder / "proxy"),
            "STATIC_FOLDER": str(self.folder / "static"),
            "WEB_SERVERS": servers,
            "LISTEN_ADDRESS": "127.0.0.1",
            "HTTP_PORT": str(self.ports["proxy"]),
            "HTTPS_PORT": str(self.ports["tls"]),
            "HEALTH_PORT": str(self.ports["health"]),
            "METRICS_PORT": str(self.ports["metrics"]),
            "TLS_CERTIFICATE": str(self.folder / "tls/fullchain.pem"),
            "TLS_KEY": str(self.folder / "tls/privkey.pem"),
            "ACCESS_LOG": str(self.folder / "logs/access.log"),
            "ERROR_LOG": str(self.folder / "logs/proxy-error.log"),
            "MIME_TYPES": str(nginx.mime_types(self.folder)),
            "POOL_FOLDER": str(self.folder / "run"),
            "POOL_ADDRESS": "127.0.0.1",
            "POOL_PORT": str(self.ports["pool"]),
            **self.extra,
        }

    @property
    def database_url(self) -> str:
        """The database as the administrator has it, over the socket that needs no password."""
        place = f"host={self.folder / 'run'}&port={self.ports['database']}"
        return f"postgresql://dashboard@/dashboard?{place}"

    def command_of(self, name: str) -> Command:
        """What runs the service, with the variables of `environment`."""
        deploy = self.code / "deploy"
        entrypoint = deploy / "entrypoint.sh"
        if name in WEB:
            bound = f"BIND=127.0.0.1:{self.ports[name]}"
            return ["env", bound, entrypoint, "serve"]
        if name == "database":
            return self.postgres("database", self.folder / "data")
        if name == "replica":
            given = self.postgres("replica", self.folder / "replica")[3:]
            data = f"PGDATA={self.folder / 'replica'}"
            return ["env", data, deploy / "postgres/replica.sh", "start", *given]
        if name == "redis":
            given = ["--bind", "127.0.0.1", "--port", str(self.ports["redis"])]
            return ["redis-server", deploy / "redis.conf", *given, "--dir", self.folder / "run"]
        roles = deploy / "postgres/roles.sql"
        commands: dict[str, Command] = {
            "keys": [entrypoint, "keys"],
            "roles": ["psql", "--quiet", "--dbname", "dashboard", "--file", roles],
            "prepare": [entrypoint, "prepare"],
            "worker": [entrypoint, "work"],
            "backup": [deploy / "postgres/backup.sh", "run"],
            "proxy": [deploy / "proxy/proxy.sh"],
            "pool": [deploy / "pool/pool.sh"],
        }  # fmt: skip
        return commands[name]

    def postgres(self, name: str, data: Path, *settings: str) -> Command:
        """PostgreSQL with the files that compose mounts."""
        deploy = self.code / "deploy"
        given = [
            f"config_file={deploy / 'postgres/postgresql.conf'}",
            f"hba_file={deploy / 'postgres/pg_hba.conf'}",
            "listen_addresses=127.0.0.1",
            f"port={self.ports[name]}",
            f"unix_socket_directories={self.folder / 'run'}",
            *settings,
        ]
        options = [part for setting in given for part in ("-c", setting)]
        return [self.binaries / "postgres", "-D", data, *options]

    def run(self, command: Command, **given: Any) -> subprocess.CompletedProcess[str]:
        """A command as the services' user, with their variables; its output is kept as text."""
        options: dict[str, Any] = {"capture_output": True, "text": True, "check": False}
        options |= {"env": self.environment, "cwd": self.code} | given
        return subprocess.run(as_user(command, self.user), **options)

    def do(self, command: Command, **given: Any) -> str:
        """The same, for what has to succeed; gives its output."""
        done = self.run(command, **given)
        if done.returncode:
            raise ServiceError(f"{command}: {done.returncode}\n{done.stdout}{done.stderr}"[-4000:])
        return done.stdout

    def log(self, name: str) -> Path:
        """What the service has said."""
        return self.folder / "logs" / f"{name}.log"

    def spawn(self, name: str) -> None:
        """Starts a lasting service and does not wait for it."""
        with self.log(name).open("ab") as output:
            started = subprocess.Popen(
                as_user(self.command_of(name), self.user),
                env=self.environment, cwd=self.code, stdin=subprocess.DEVNULL,
                stdout=output, stderr=output, start_new_session=True,
            )  # fmt: skip
        (self.folder / "logs" / f"{name}.pid").write_text(str(started.pid))

    def start(self, name: str) -> None:
        """Starts a service; returns when it answers, or has done its work."""
        if name in ONCE:
            self.do(self.command_of(name))
            return
        if not self.is_running(name):
            self.spawn(name)
            self.wait(name)

    def start_all(self, names: Iterable[str]) -> None:
        """In their order; nobody waits for one web server before the other is begun."""
        begun = [name for name in names if name in WEB and not self.is_running(name)]
        for name in names:
            (self.spawn if name in begun else self.start)(name)
        for name in begun:
            self.wait(name)

    def wait(self, name: str, *, seconds: float = 180) -> None:
        """Returns when the service is well by the check that docker-compose.yml makes of it."""
        deadline = time.monotonic() + seconds
        while not self.is_well(name):
            if time.monotonic() > deadline or not self.is_running(name):
                raise ServiceError(f"{name}: is not well:\n{self.log(name).read_text()[-4000:]}")
            time.sleep(0.25 if name in WEB else 0.05)  # Asking a web server is a process itself.

    def is_well(self, name: str) -> bool:
        """The health check of the service."""
        port = self.ports.get(name, 0)
        health = f"http://127.0.0.1:{self.ports['health']}/well"
        checks: dict[str, Command] = {
            "database": ["pg_isready", "--quiet"],
            "replica": ["pg_isready", "--quiet", "--port", str(port)],
            "redis": ["redis-cli", "-p", str(port), "ping"],
            "proxy": ["curl", "-fsS", "-o", "/dev/null", health],
            "pool": ["pg_isready", "--quiet", "--host", "127.0.0.1", "--port", str(port)],
        }  # fmt: skip
        if name in WEB:
            bound = f"BIND=127.0.0.1:{port}"
            checks[name] = ["env", bound, self.code / "deploy/entrypoint.sh", "healthy"]
        return name not in checks or self.run(checks[name]).returncode == 0

    def pid(self, name: str) -> int:
        """The process of a lasting service; 0 before its first start."""
        file = self.folder / "logs" / f"{name}.pid"
        return int(file.read_text()) if file.exists() else 0

    def is_running(self, name: str) -> bool:
        """Whether its process lives."""
        if not (pid := self.pid(name)):
            return False
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)  # One that has ended is no child any more.
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        state = Path(f"/proc/{pid}/stat")
        return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"

    def signal(self, name: str, number: int, *, to_all: bool = False) -> None:
        """Sends a signal to the service; to its children too where `to_all`."""
        with contextlib.suppress(ProcessLookupError):
            if pid := self.pid(name):
                (os.killpg if to_all else os.kill)(pid, number)

    def kill(self, name: str) -> None:
        """As a power cut ends it: kill -9 for it and its children."""
        self.signal(name, signal.SIGKILL, to_all=True)
        self._gone(name, seconds=10)

    def stop(self, name: str, *, seconds: float = 25) -> None:
        """As compose stops it, by force after so many seconds."""
        self.signal(name, signal.SIGINT if name in ("database", "replica") else signal.SIGTERM)
        if not self._gone(name, seconds=seconds):
            self.kill(name)

    def _gone(self, name: str, *, seconds: float) -> bool:
        # Also until its number is free: a PostgreSQL that begins anew asks whether it is taken.
        place, deadline = Path(f"/proc/{self.pid(name)}"), time.monotonic() + seconds
        while (self.is_running(name) or place.exists()) and time.monotonic() < deadline:
            time.sleep(0.02)
        return not self.is_running(name)

    def make_database(self) -> None:
        """What the image of PostgreSQL does at its first start; then its roles."""
        password = self.folder / "keys/database_password"
        self.do([
            self.binaries / "initdb", "-D", self.folder / "data", "-U", "dashboard", "-E", "UTF8",
            "--locale=C", "--auth=trust", f"--pwfile={password}",
        ])  # fmt: skip
        self.start("database")
        self.do(["createdb", "--maintenance-db", "postgres", "dashboard"])
        self.start("roles")

    def fill(self) -> None:
        """Migrations, record and static files; from a dump of the same code where there is one."""
        dump = dump_of(self.binaries)
        with (PREPARED / "dump.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # Of several that begin together one makes it.
            if not dump.exists():
                self.start("prepare")
                for old in PREPARED.glob("record-*.dump"):
                    old.unlink()
                with (part := dump.with_suffix(".part")).open("wb") as taken:
                    self.do(["pg_dump", "-Fc", "dashboard"], stdout=taken, capture_output=False)
                part.rename(dump)
                return
        self.do(["dropdb", "dashboard"])
        with dump.open("rb") as given:
            self.do([DEPLOY / "postgres/restore.sh", "dump"], stdin=given)
        self.start("prepare")

    def up(self) -> None:
        """Makes the keys and the database where they are missing, and starts the services."""
        self.start("keys")
        self.start("redis")
        if not (self.folder / "data/PG_VERSION").exists():
            self.make_database()
            self.fill()
        self.start_all(self.services)

    def down(self) -> None:
        """Stops everything that runs, at once: the folder goes with it."""
        names = [file.stem for file in (self.folder / "logs").glob("*.pid")]
        for name in names:
            # PostgreSQL's children leave shared memory behind unless it ends them itself.
            is_postgres = name in ("database", "replica")
            self.signal(name, signal.SIGCONT, to_all=True)
            number = signal.SIGQUIT if is_postgres else signal.SIGKILL
            self.signal(name, number, to_all=not is_postgres)
        for name in names:
            if not self._gone(name, seconds=10):
                self.kill(name)


def roomy_memory() -> Path | None:
    """A file system in memory with 2 GB to spare, where there is one: databases are made and thrown
    away in a fraction of the time. What is tested is the death of processes, not of disks."""
    memory = Path("/dev/shm")  # noqa: S108
    is_there = memory.is_dir() and os.access(memory, os.W_OK)
    return memory if is_there and shutil.disk_usage(memory).free > 2 * 1024**3 else None


@contextlib.contextmanager
def running(
    *names: str, before: Callable[[Native], None] | None = None, **extra: str
) -> Iterator[Native]:
    """The services named (all where none is), well; stopped and forgotten afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="native-", dir=roomy_memory()))
    native = Native.made(folder, **extra)
    native.services = names or LASTING
    try:
        if before:
            before(native)
        native.save()
        native.up()
        yield native
    finally:
        native.down()
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Starts all, says where they are, and stops them at Ctrl+C."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with contextlib.suppress(KeyboardInterrupt), running() as native:
        print(f"{native.site_url}/   (Ctrl+C stops it)\n{native.folder}", flush=True)
        signal.pause()
    return 0


if __name__ == "__main__":
    sys.exit(main())
