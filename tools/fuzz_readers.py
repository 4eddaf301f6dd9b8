"""Mutates files and checks that the readers neither crash nor hang nor make anything up.

    .venv/bin/python -m tools.fuzz_readers PATH… [--count 1000] [--seed 0]

A mutant must come back from the child process as a reading or a problem. What a reading says must
stand in the mutant itself: every council, inspector's name and improvement point in its text,
every grade's wording on some page. Exit status 1 where a reader did wrong; the seed in the message
makes the same mutant again.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from inspections.importers.pool import read_files
from inspections.importers.readers.formats import read_file
from inspections.importers.readers.limits import DEFAULT_LIMITS, Limits, UnreadableFileError
from inspections.importers.readers.pages import Pdf
from inspections.importers.rules import ReadingRules
from inspections.importers.wording.grades import GRADE_WORDINGS
from inspections.importers.wording.text import plain
from inspections.records import (
    DocumentReading,
    InspectionRecord,
    PrintedPoint,
    VisitRecord,
)
from tools.reading import documents, shipped_rules

_OURS = ("on which the reader", "longer than")
"""Words of problems that mean the reader itself failed, not the file."""
FUZZ_LIMITS = replace(DEFAULT_LIMITS, wall_seconds=10.0)


@dataclass(frozen=True)
class Fault:
    """A mutant on which the readers did wrong."""

    file: str
    seed: int
    what: str


def fuzz(
    originals: Sequence[Path],
    folder: Path,
    rules: ReadingRules,
    *,
    count: int,
    seed: int,
    limits: Limits = FUZZ_LIMITS,
    batch: int = 100,
) -> Iterator[tuple[int, list[Fault]]]:
    """Read ``count`` mutants made in ``folder``: (mutants read so far, faults of this batch)."""
    done = 0
    while done < count:
        mutants: dict[Path, int] = {}
        for number in range(done, min(done + batch, count)):
            original = originals[number % len(originals)]
            path = folder / f"{number}{original.suffix}"
            path.write_bytes(mutate(original.read_bytes(), random.Random(seed + number)))
            mutants[path] = seed + number
        faults = []
        for path, reading in read_files(list(mutants), rules, limits=limits):
            faults += [Fault(path.name, mutants[path], what) for what in faults_of(path, reading)]
        for path in mutants:
            path.unlink(missing_ok=True)
        done += len(mutants)
        yield done, faults


def mutate(content: bytes, chance: random.Random) -> bytes:
    """One to eight changes: flipped bytes, cut, doubled or swapped pieces, changed text."""
    data = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        if not data:
            break
        at = chance.randrange(len(data))
        size = min(chance.choice((1, 2, 8, 64, 512)), len(data) - at)
        match chance.randrange(7):
            case 0:
                data[at] ^= 1 << chance.randrange(8)
            case 1:
                del data[at : at + size]
            case 2:
                data[at:at] = data[at : at + size] * chance.choice((1, 2, 50))
            case 3:
                data[at : at + size] = chance.randbytes(size)
            case 4:
                other = chance.randrange(len(data))
                data[at : at + size] = data[other : other + size]
            case 5:
                del data[at:]
            case _:
                numbers = list(re.finditer(rb"\d+", bytes(data[at : at + 2_000])))
                if numbers:
                    found = chance.choice(numbers)
                    new = chance.choice((b"0", b"-1", b"99999999999", b"65536", b"1e9"))
                    data[at + found.start() : at + found.end()] = new
    return bytes(data)


def faults_of(path: Path, reading: DocumentReading, limits: Limits = FUZZ_LIMITS) -> list[str]:
    """What is wrong with a reading of this file; nothing for an honest one."""
    own = [p.found for p in reading.problems if any(words in p.found for words in _OURS)]
    if own:
        return own
    if not reading.inspections and not reading.visits:
        return [] if reading.problems else ["neither a record nor a problem"]
    text = _text_of(path, limits)
    return [
        f"{what} {value!r} is not in the file"
        for what, value in _claims(reading)
        if _squeezed(value) not in text
    ]


def _claims(reading: DocumentReading) -> Iterator[tuple[str, str]]:
    records: Sequence[InspectionRecord | VisitRecord] = (*reading.inspections, *reading.visits)
    for record in records:
        yield "council", record.council
        for name in record.lead_inspectors:
            yield "lead inspector", name
        for point in record.improvement_points or ():
            yield from _parts(point)
    for inspection in reading.inspections:
        for judgement in inspection.judgements:
            words = GRADE_WORDINGS.get(judgement.grade, (judgement.grade,))
            # The shortest wording stands in every longer one; the old scale was recoded.
            yield (
                "grade",
                "improvement"
                if judgement.grade == "requires_improvement"
                else (min(words, key=len) if judgement.grade != "adequate" else "e"),
            )


def _parts(point: PrintedPoint) -> Iterator[tuple[str, str]]:
    """A point's words in pieces: page furniture may stand between its lines in the file."""
    for word in point.text.split():
        yield "improvement point", word.strip("-")


def _text_of(path: Path, limits: Limits) -> str:
    try:
        document = read_file(path, limits)
    except (UnreadableFileError, zipfile.BadZipFile):
        return ""
    if isinstance(document, Pdf):
        return _squeezed(" ".join(line.text for line in document.lines))
    cells = (c.text for sheet in document.sheets for _, row in sheet.rows for c in row)
    return _squeezed(" ".join(cells))


def _squeezed(text: str) -> str:
    return re.sub(r"[\s-]+", "", plain(text).lower())


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.fuzz_readers", description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--count", type=int, default=1_000, help="Mutants, 1,000 by default.")
    parser.add_argument("--seed", type=int, default=0)
    wanted = parser.parse_args()
    originals = documents(wanted.paths)
    rules, faults = shipped_rules(date.today()), []  # noqa: DTZ011
    with tempfile.TemporaryDirectory() as folder:
        batches = fuzz(originals, Path(folder), rules, count=wanted.count, seed=wanted.seed)
        for done, found in batches:
            faults += found
            print(f"{done} mutants read", file=sys.stderr)
    for fault in faults:
        print(f"{fault.file} (seed {fault.seed}): {fault.what}")
    print(f"{wanted.count} mutants of {len(originals)} files: {len(faults)} faults.")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
