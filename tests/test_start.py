import os
import re
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

from tools.port import problem
from tools.server import clean_environment, database_copy, free_port, stop, wait_until_answering


def test_a_taken_port_is_told_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert problem(str(port)).startswith(f"Port {port} on 127.0.0.1 is taken")
        assert "make start PORT=" in problem(str(port))
    assert problem(str(port)) == ""


@pytest.mark.parametrize("found", ["", "abc", "0", "65536", "-1", "80 80", "٨٠٠٠"])
def test_a_port_that_is_no_port_is_told(found: str) -> None:
    assert problem(found).startswith(f"PORT: found {found!r}, expected")


def test_a_taken_port_is_told_before_anything_slow(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        environment = os.environ | {
            "PORT": str(other.getsockname()[1]),
            "PYTHON": sys.executable,
            "VENV": str(tmp_path / "none"),
        }
        started = subprocess.run(
            [settings.BASE_DIR / "tools" / "start.sh"],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    assert started.returncode == 1
    assert "is taken" in started.stderr
    assert not (tmp_path / "none").exists()


@pytest.mark.services
def test_the_very_first_start_serves_the_styles_and_scripts(tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "server.log"
    address = f"http://127.0.0.1:{port}"
    settings_of_start = {
        "PORT": str(port),
        "WORKERS": "1",
        "STATIC_ROOT": str(tmp_path / "static"),
        "DATABASE_URL": f"sqlite:///{database_copy(tmp_path)}",
    }
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, settings.BASE_DIR / "tools" / "serve.py"],
            env=clean_environment() | settings_of_start,
            cwd=settings.BASE_DIR,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        wait_until_answering(f"{address}/healthz", server=server, log=log)
        with urllib.request.urlopen(address) as answer:
            page = answer.read().decode()
        found = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
        assert {Path(one).suffix for one in found} >= {".css", ".js"}
        for one in found:
            with urllib.request.urlopen(address + one) as answer:
                assert answer.read(), one
    finally:
        stop(server)
