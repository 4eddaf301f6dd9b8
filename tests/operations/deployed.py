"""Services that a test has started, and one request to them."""

import http.client
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tools.native import Native


@dataclass(frozen=True)
class Deployment:
    """Where the services of the test listen, and whose rights gunicorn has."""

    native: Native
    web_user_ids: set[int]

    @property
    def proxy_port(self) -> int:
        return self.native.ports["proxy"]

    @property
    def static(self) -> Path:
        return self.native.folder / "static"


def user_ids(parent: int) -> set[int]:
    """The user ids of a process and of its children."""
    lines = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,uid="], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    rows = [tuple(map(int, line.split())) for line in lines]
    return {uid for pid, ppid, uid in rows if parent in (pid, ppid)}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def ask(
    port: int, path: str, *, method: str = "GET", body: str | None = None, **headers: str
) -> Answer:
    """One request on a connection of its own; header names are written with underscores."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(
        method, path, body=body, headers={k.replace("_", "-"): v for k, v in headers.items()}
    )
    response = connection.getresponse()
    answer = Answer(
        status=response.status,
        headers={name.lower(): value for name, value in response.getheaders()},
        body=response.read(),
    )
    connection.close()
    return answer
