"""The parent's side of the child processes: hands out files, collects readings, kills the stuck.

Two children read in parallel, each watched by a thread. A child that crashes, hangs past the
wall-clock limit or answers too much is killed and replaced, and its file gets a problem; the
run goes on. An answer is JSON of bounded length and never a pickle: a file that takes over its
child can tell nonsense, and no more. Why no library: decision record 7.
"""

import json
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from queue import SimpleQueue
from threading import Timer

from pydantic import TypeAdapter

from ..records import DocumentReading
from .readers.limits import DEFAULT_LIMITS, Limits
from .readers.pages import shown_name
from .rules import ReadingRules
from .worker import failed

WORKERS = 2
READING = TypeAdapter(DocumentReading)
_ROOT = Path(__file__).resolve().parents[2]
_COMMAND = (sys.executable, "-m", "inspections.importers.worker")


def read_files(
    paths: Iterable[Path],
    rules: ReadingRules,
    *,
    limits: Limits = DEFAULT_LIMITS,
    workers: int = WORKERS,
    command: Sequence[str] = _COMMAND,
) -> Iterator[tuple[Path, DocumentReading]]:
    """Every path once with its reading, in the order given, as they are done.

    ``command`` starts a child; tests give one that hangs or crashes. Stopping the iteration
    early (or Ctrl-C) kills the children.
    """
    children = [_Child(command, rules, limits) for _ in range(workers)]
    idle: SimpleQueue[_Child] = SimpleQueue()
    for child in children:
        idle.put(child)

    def read(path: Path) -> tuple[Path, DocumentReading]:
        child = idle.get()
        try:
            return path, child.read(path)
        finally:
            idle.put(child)

    try:
        with ThreadPoolExecutor(workers) as executor:
            try:
                yield from executor.map(read, paths)
            finally:
                executor.shutdown(wait=False, cancel_futures=True)
                for child in children:
                    child.stop()  # its thread waits no longer
    finally:
        for child in children:
            child.stop()  # one that a thread was just starting


@dataclass
class _Child:
    """A process that reads one file after another, started when a file needs it."""

    command: Sequence[str]
    rules: ReadingRules
    limits: Limits
    process: subprocess.Popen[bytes] | None = None

    def read(self, path: Path) -> DocumentReading:
        """The reading of one file, or the problem that the child had with it."""
        task = json.dumps(str(path.absolute())).encode() + b"\n"
        process = self.process
        if process is None or process.poll() is not None:
            process = self.process = _start(self.command)
            task = pickle.dumps((os.getpid(), self.rules, self.limits)) + task
        seconds, most = self.limits.wall_seconds, self.limits.output_bytes
        deadline = time.monotonic() + seconds
        watch = Timer(seconds, process.kill)
        watch.start()
        try:
            with suppress(BrokenPipeError):  # it has died: the end of its output tells
                process.stdin.write(task)  # type: ignore[union-attr]
                process.stdin.flush()  # type: ignore[union-attr]
            answer = process.stdout.readline(most + 1)  # type: ignore[union-attr]
        finally:
            watch.cancel()
        if answer.endswith(b"\n") and len(answer) <= most:
            with suppress(ValueError):
                return replace(READING.validate_json(answer), file=shown_name(path))
            found = "a file on which the reader answers nonsense"
        elif len(answer) > most:
            found = f"a file that yields over {most / 1e6:g} MB"
        elif time.monotonic() >= deadline:
            found = f"a file that takes longer than {seconds:g} seconds"
        else:
            found = f"a file on which the reader stops ({_reason(process.wait())})"
        self.stop()
        return _sized(path, found)

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(_ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "LANG": "C.UTF-8",
        "MALLOC_ARENA_MAX": "1",
    }
    return subprocess.Popen(  # noqa: S603
        list(command),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=_ROOT,
        start_new_session=True,
    )


def _sized(path: Path, found: str) -> DocumentReading:
    try:
        size = path.stat().st_size
    except OSError:
        size = 0
    return replace(failed(path, found), size_bytes=size)


def _reason(code: int) -> str:
    if code >= 0:
        return f"exit status {code}"
    name = signal.Signals(-code).name
    # PDFium ends itself when it is refused memory.
    return f"{name}, mostly for too much memory" if name in ("SIGABRT", "SIGTRAP") else name
