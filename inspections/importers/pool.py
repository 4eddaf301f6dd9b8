"""The parent's side of the child processes: hands out files, collects readings, kills the stuck.

Two children read in parallel. A child that crashes, hangs past the wall-clock limit or answers
too much is killed and replaced, and its file gets a problem; the run goes on.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..records import DocumentReading
from .readers.limits import DEFAULT_LIMITS, Limits
from .rules import ReadingRules
from .worker import failed, setup_line

WORKERS = 2
_ROOT = Path(__file__).resolve().parents[2]
_COMMAND = (sys.executable, "-m", "inspections.importers.worker")


@dataclass
class _Child:
    process: subprocess.Popen[bytes]
    path: Path | None = None
    deadline: float = 0.0
    answer: bytearray = field(default_factory=bytearray)


def read_files(
    paths: Iterable[Path],
    rules: ReadingRules,
    *,
    limits: Limits = DEFAULT_LIMITS,
    workers: int = WORKERS,
    command: Sequence[str] = _COMMAND,
) -> Iterator[tuple[Path, DocumentReading]]:
    """Readings as they are done, in no fixed order. Every path comes back exactly once.

    ``command`` starts a child; tests give one that hangs or crashes. Stopping the iteration
    early (or Ctrl-C) kills the children.
    """
    waiting = deque(paths)
    selector = selectors.DefaultSelector()
    children: list[_Child] = []
    try:
        for _ in range(min(workers, len(waiting))):
            children.append(_start(command, rules, limits, selector))
        for child in children:
            _next_task(child, waiting, limits)
        while any(child.path for child in children):
            soonest = min(child.deadline for child in children if child.path)
            for key, _ in selector.select(max(0.0, min(soonest - time.monotonic(), 1.0))):
                yield from _receive(key.data, limits)
            for child in children:
                if child.path and time.monotonic() > child.deadline:
                    path = child.path
                    child.path = None
                    _kill(child)
                    found = f"a file that takes longer than {limits.wall_seconds:g} seconds"
                    yield path, _sized(path, found)
            for index, child in enumerate(children):
                if child.path is None and waiting:
                    if child.process.poll() is not None or child.process.stdin is None:
                        selector.unregister(child.process.stdout)  # type: ignore[arg-type]
                        _kill(child)
                        child = children[index] = _start(command, rules, limits, selector)
                    _next_task(child, waiting, limits)
    finally:
        for child in children:
            _kill(child)
        selector.close()


def _start(
    command: Sequence[str],
    rules: ReadingRules,
    limits: Limits,
    selector: selectors.BaseSelector,
) -> _Child:
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(_ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "LANG": "C.UTF-8",
        "MALLOC_ARENA_MAX": "1",
    }
    process = subprocess.Popen(  # noqa: S603
        list(command),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=_ROOT,
        start_new_session=True,
    )
    child = _Child(process)
    _send(child, setup_line(rules, limits))
    os.set_blocking(process.stdout.fileno(), False)  # type: ignore[union-attr]
    selector.register(process.stdout, selectors.EVENT_READ, child)  # type: ignore[arg-type]
    return child


def _send(child: _Child, line: bytes) -> None:
    try:
        child.process.stdin.write(line)  # type: ignore[union-attr]
        child.process.stdin.flush()  # type: ignore[union-attr]
    except (BrokenPipeError, ValueError):
        pass  # it has died: the end of its output tells


def _next_task(child: _Child, waiting: deque[Path], limits: Limits) -> None:
    if not waiting:
        return
    child.path = waiting.popleft()
    child.answer.clear()
    child.deadline = time.monotonic() + limits.wall_seconds
    _send(child, json.dumps({"path": str(child.path.absolute())}).encode() + b"\n")


def _receive(child: _Child, limits: Limits) -> Iterator[tuple[Path, DocumentReading]]:
    block = os.read(child.process.stdout.fileno(), 1 << 20)  # type: ignore[union-attr]
    path = child.path
    if not block:
        if path:
            child.path = None
            code = child.process.wait()
            yield path, _sized(path, f"a file on which the reader stops ({_reason(code)})")
        else:
            time.sleep(0.01)
        return
    child.answer += block
    if path is None:
        return
    if len(child.answer) > limits.output_bytes:
        child.path = None
        _kill(child)
        yield path, _sized(path, f"a file that yields over {limits.output_bytes / 1e6:g} MB")
    elif child.answer.endswith(b"\n"):
        child.path = None
        yield path, _parsed(path, bytes(child.answer))


def _parsed(path: Path, answer: bytes) -> DocumentReading:
    try:
        reading = DocumentReading.from_data(json.loads(answer))
    except (ValueError, TypeError, KeyError, AttributeError):
        return _sized(path, "a file on which the reader answers nonsense")
    return replace(reading, file=shown_name(path))


def shown_name(path: Path) -> str:
    """A file's name without characters that move the text around it (line ends, right to left)."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in path.name)


def _sized(path: Path, found: str) -> DocumentReading:
    try:
        size = path.stat().st_size
    except OSError:
        size = 0
    return replace(failed(path, found), file=shown_name(path), size_bytes=size)


def _reason(code: int) -> str:
    if code >= 0:
        return f"exit status {code}"
    name = signal.Signals(-code).name
    # PDFium ends itself when it is refused memory.
    return f"{name}, mostly for too much memory" if name in ("SIGABRT", "SIGTRAP") else name


def _kill(child: _Child) -> None:
    if child.process.poll() is None:
        child.process.kill()
    child.process.wait()
    for stream in (child.process.stdin, child.process.stdout):
        try:
            if stream and not stream.closed:
                stream.close()
        except (BrokenPipeError, OSError):
            continue
