"""What the readers make of a document, as their tests ask for it."""

from pathlib import Path
from typing import Any

from inspections.importers.readers.limits import DEFAULT_LIMITS
from inspections.importers.worker import read_path
from inspections.records import REFUSED, DocumentReading, VisitRecord
from tests.importers import documents as d
from tests.importers.world import rules


def read(path: Path) -> DocumentReading:
    return read_path(path, rules(), DEFAULT_LIMITS)


def read_letter(path: Path, **options: Any) -> DocumentReading:
    """Of a letter drawn with these options of `documents.letter`."""
    return read(d.letter(path, **options))


def visit(path: Path, **options: Any) -> VisitRecord:
    return read_letter(path, **options).visits[0]


def grades(reading: DocumentReading) -> dict[str, str]:
    return {judged.area: judged.grade for judged in reading.inspections[0].judgements}


def refused(reading: DocumentReading) -> set[str]:
    """The facts that were refused."""
    return {problem.fact for problem in reading.problems if problem.severity == REFUSED}
