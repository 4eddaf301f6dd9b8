import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tools.port import problem


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
