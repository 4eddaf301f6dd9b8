"""Child processes that hang, crash or answer too much are stopped and reported."""

import contextlib
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from inspections.importers.pool import read_files
from inspections.importers.readers.limits import Limits
from inspections.importers.worker import read_path
from tests.importers import documents as d
from tests.importers.world import rules

# A child that answers as the true one does, but does ill on files of certain names.
CHILD = """
import sys
from inspections.importers import worker
true = worker.read_path
def ill(path, rules, limits):
    if "hang" in path.name:
        while True: pass
    if "crash" in path.name:
        import os, signal; os.kill(os.getpid(), signal.SIGSEGV)
    if "flood" in path.name:
        sys.stdout.write("x" * 3_000_000); sys.stdout.flush()
        while True: pass
    if "greedy" in path.name:
        return true_with_memory(path)
    if "nonsense" in path.name:
        sys.stdout.write("[]\\n"); sys.stdout.flush()
        sys.stdin.buffer.readline()
    if "writes" in path.name:
        with open(path.with_suffix(".written"), "w") as stream:
            stream.write("x" * 10)
    return true(path, rules, limits)
def true_with_memory(path):
    try:
        bytearray(2_000_000_000)
    except MemoryError:
        return worker.failed(path, "a file that needs more memory than allowed")
worker.read_path = ill
worker.main()
"""
COMMAND = (sys.executable, "-c", CHILD)
LIMITS = Limits(wall_seconds=2.0, output_bytes=1_000_000)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("hang.pdf", "longer than 2 seconds"),
        ("crash.pdf", "SIGSEGV"),
        ("flood.pdf", "yields over 1 MB"),
        ("greedy.pdf", "more memory"),
        ("nonsense.pdf", "nonsense"),
        ("writes.pdf", "reader stops"),
    ],
)
def test_an_ill_child_is_replaced_and_the_rest_is_read(
    tmp_path: Path, name: str, words: str
) -> None:
    paths = [d.letter(tmp_path / name), d.sif_report(tmp_path / "b.pdf")]
    paths.append(d.letter(tmp_path / "c.pdf"))
    started = time.monotonic()
    readings = dict(read_files(paths, rules(), limits=LIMITS, command=COMMAND))
    assert time.monotonic() - started < 20
    assert list(readings) == paths
    assert words in readings[paths[0]].problems[0].found
    for path in paths[1:]:
        assert readings[path].is_readable
        assert readings[path].sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert all(path.stat().st_size == 0 for path in tmp_path.glob("*.written"))


def test_a_single_child_survives_hang_after_hang(tmp_path: Path) -> None:
    paths = [d.letter(tmp_path / n) for n in ("hang1.pdf", "b.pdf", "hang2.pdf", "c.pdf")]
    readings = dict(
        read_files(paths, rules(), limits=Limits(wall_seconds=1.5), workers=1, command=COMMAND)
    )
    assert [readings[path].is_readable for path in paths] == [False, True, False, True]


def test_stopping_early_leaves_no_child(tmp_path: Path) -> None:
    paths = [d.letter(tmp_path / f"{n}.pdf") for n in range(4)]
    before = _children()
    run = read_files(paths, rules())
    next(run)
    run.close()
    wait_for(lambda: _children() <= before)


def _children(pid: int = os.getpid()) -> set[str]:
    """The processes that a process has started and that live (Linux)."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            state, parent = status.read_text().rpartition(")")[2].split()[:2]
            if int(parent) == pid and state not in ("Z", "X"):
                found.add(status.parent.name)
    return found


def test_the_child_tells_the_same_as_the_parent(tmp_path: Path) -> None:
    path = d.sif_report(tmp_path / "a.pdf")
    ((_, reading),) = read_files([path], rules())
    assert reading == read_path(path, rules(), Limits())


def test_a_name_that_moves_the_text_around_it_is_shown_harmless(tmp_path: Path) -> None:
    path = tmp_path / "a\nb\u202efdp.pdf"
    path.write_bytes(b"%PDF-1.4 broken")
    ((_, reading),) = read_files([path], rules(), limits=LIMITS)
    assert reading.file == "a\\u000ab\\u202efdp.pdf"


def test_a_child_ends_with_a_killed_parent(tmp_path: Path) -> None:
    path = d.ilacs_report(tmp_path / "hang.pdf")
    parent = (
        "import sys; from pathlib import Path; from inspections.importers import pool;"
        "from tests.importers.world import rules;"
        "list(pool.read_files([Path(sys.argv[1])], rules(), command=sys.argv[2:]))"
    )
    process = subprocess.Popen([sys.executable, "-c", parent, str(path), *COMMAND])
    (child,) = wait_for(lambda: _children(process.pid))
    wait_for(lambda: runs(child, "worker"))
    process.kill()  # whether the child has bound itself to its parent yet or not
    process.wait()
    wait_for(lambda: not runs(child, "worker"))


def runs(pid: str, word: str) -> bool:
    """Does the process live, with the word in its command? A number may be given again."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        return state not in ("Z", "X") and word in Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return False


def wait_for(question: Callable[[], object]) -> Any:
    """Waits for the fact; the time is only for a test that would never end."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        if answer := question():
            return answer
        time.sleep(0.02)
    raise AssertionError("nothing came of it within two minutes")
