"""The child process: reads one file a line of JSON and answers with one line. No Django.

Started by :mod:`.pool` as ``python -m inspections.importers.worker``. It limits its own memory,
processor time and open files before it touches anything, and cannot write to the disk.
"""

import ctypes
import hashlib
import json
import os
import pickle
import resource
import signal
import sys
from dataclasses import asdict, replace
from pathlib import Path

from ..records import DocumentReading, Problems
from .parsers.document import read_document
from .readers.formats import read_file
from .readers.limits import Limits, UnreadableFileError
from .readers.pages import shown_name
from .rules import ReadingRules

_PR_SET_PDEATHSIG = 1
"""Linux: the signal this process gets when its parent dies."""


def main() -> None:
    """Answer tasks until the parent closes the pipe."""
    parent, rules, limits = pickle.load(sys.stdin.buffer)  # noqa: S301 - the parent is trusted
    limit_process(limits)
    if os.getppid() != parent:
        return  # it died before this process was bound to it
    for line in sys.stdin.buffer:
        more_processor_time(limits)
        reading = read_path(Path(json.loads(line)), rules, limits)
        answer = json.dumps(asdict(reading), default=str)  # a date is its ISO text
        sys.stdout.buffer.write(answer.encode() + b"\n")
        sys.stdout.buffer.flush()


def limit_process(limits: Limits) -> None:
    """Bound this process for good: it ends with its parent, and has bounded address space, no
    core dumps, no writing to files."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def more_processor_time(limits: Limits) -> None:
    """Allow ``cpu_seconds`` from now; the system kills the process after that."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (used + limits.cpu_seconds, hard))


def read_path(path: Path, rules: ReadingRules, limits: Limits) -> DocumentReading:
    """One file read; everything that can go wrong comes back as a problem."""
    try:
        size = path.stat().st_size
        digest = _digest(path) if size <= max(limits.pdf_bytes, limits.workbook_bytes) else ""
    except OSError:
        size, digest = 0, ""
    try:
        reading = read_document(read_file(path, limits), rules)
    except UnreadableFileError as error:
        reading = _refused(path, error.found, error.expected, error.advice, error.place)
    except MemoryError:
        reading = failed(path, "a file that needs more memory than allowed")
    except RecursionError:
        reading = failed(path, "a file nested too deeply")
    except Exception as error:  # a parser's mistake must not stop the run
        reading = failed(path, f"a file on which the reader fails ({type(error).__name__})")
    return replace(reading, size_bytes=size, sha256=digest)


def failed(path: Path, found: str) -> DocumentReading:
    """The reading of a file that could not be read for a reason of our own."""
    expected = "a report, letter or workbook that can be read"
    advice = "Enter its facts by hand and report the file to the maintainers."
    return _refused(path, found, expected, advice, "file")


def _refused(path: Path, found: str, expected: str, advice: str, place: str) -> DocumentReading:
    problems = Problems(shown_name(path))
    problems.refuse(place, "file", found, expected, advice)
    return DocumentReading(file=problems.file, problems=tuple(problems))


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


if __name__ == "__main__":
    main()
