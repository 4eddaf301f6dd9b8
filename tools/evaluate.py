"""How well the readers do on Ofsted's own documents, against tables made by reading them.

    make evaluate
    .venv/bin/python -m tools.evaluate FOLDER

FOLDER (../shared by default) holds ``reports/`` and ``letters/`` with their ``truth.csv``,
``points/points.csv``, ``official/`` with workbooks, ``data/`` with the record and ``cases/`` with
files that must be refused. Files are read under names that say nothing. Exit status 1 where
anything is wrong or a goal is missed.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from inspections.importers.pool import read_files
from inspections.importers.rules import ReadingRules
from inspections.records import NOTE, DocumentReading
from tools.reading import shipped_directory, shipped_rules
from tools.rebuild import Difference, compare, rebuild
from tools.scoring import Score, score_letters, score_reports, score_sentences, sentences_of

EXACT = ("grade", "council", "first day", "last day", "publication date")
"""Fields of which none may be wrong."""
GOALS = {"reports": 0.998, "letters": 0.993, "sentences": 0.99}


@dataclass
class Evaluation:
    """Scores of the reports, letters and sentences; every sentence read; workbooks' cells, names
    of no council and refused rows; how many cases, and those that were taken."""

    scores: dict[str, Score]
    sentences: list[str]
    cells: int
    differences: list[Difference]
    unknown_names: list[str]
    refused_rows: int
    cases: int
    taken_cases: list[str]

    @property
    def wrong_facts(self) -> int:
        """Wrong grades, councils and dates of reports and letters."""
        faults = [fault for score in self.scores.values() for fault in score.wrong]
        return sum(fault.name.startswith(EXACT) for fault in faults)

    @property
    def missed(self) -> list[str]:
        """Goals that are not reached, in words."""
        found = [
            f"{name}: {100 * self.scores[name].share_right:.2f} %, expected {100 * goal:.1f} %"
            for name, goal in GOALS.items()
            if self.scores[name].share_right < goal
        ]
        if self.wrong_facts:
            found.append(f"{self.wrong_facts} wrong grades, councils or dates, expected 0")
        return [*found, *(f"{name}: taken, expected refused" for name in self.taken_cases)]


def evaluate(folder: Path, today: date) -> Evaluation:
    """Read every document of a folder and compare with its tables."""
    rules = shipped_rules(today)
    directory = shipped_directory()
    reports, letters = (_read(folder / name, rules) for name in ("reports", "letters"))
    report_truth, letter_truth = (
        _rows(folder / name / "truth.csv") for name in ("reports", "letters")
    )
    points = _rows(folder / "points/points.csv")
    visits = _rows(folder / "data/visits.csv")
    sentences = score_sentences(
        reports, report_truth, [row for row in points if row["event"] == "inspection"]
    )
    of_letters = score_sentences(
        letters, letter_truth, [row for row in points if row["event"] == "visit"]
    )
    sentences.right += of_letters.right
    sentences.wrong += of_letters.wrong
    sentences.refused += of_letters.refused
    workbooks = [
        reading for _, reading in read_files(sorted((folder / "official").iterdir()), rules)
    ]
    rebuilt, unknown = rebuild(workbooks, directory)
    cells, differences = compare(
        rebuilt, _rows(folder / "data/inspections.csv"), _rows(folder / "data/judgements.csv")
    )
    cases = _read(folder / "cases", rules)
    return Evaluation(
        scores={
            "reports": score_reports(reports, report_truth, directory),
            "letters": score_letters(letters, letter_truth, visits, directory),
            "sentences": sentences,
        },
        sentences=[
            text for r in (*reports.values(), *letters.values()) for text in sentences_of(r)
        ],
        cells=cells,
        differences=differences,
        unknown_names=unknown,
        refused_rows=len(
            {(p.file, p.place) for r in workbooks for p in r.problems if p.severity != NOTE}
        ),
        cases=len(cases),
        taken_cases=[name for name, reading in cases.items() if reading.is_readable],
    )


def _read(folder: Path, rules: ReadingRules) -> dict[str, DocumentReading]:
    """File name → reading; the reader gets links whose names say nothing of the document."""
    files = sorted(folder.glob("*.pdf"))
    with tempfile.TemporaryDirectory() as directory:
        links = {Path(directory) / f"{number}.pdf": file for number, file in enumerate(files)}
        for link, file in links.items():
            link.symlink_to(file.resolve())
        return {links[path].name: reading for path, reading in read_files(links, rules)}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def told(evaluation: Evaluation) -> Iterator[str]:
    """The evaluation as lines of text."""
    for name, score in evaluation.scores.items():
        yield f"{name:<28} {'right':>6} {'wrong':>6} {'refused':>8}"
        for field, right, wrong, refused in score.rows():
            yield f"  {field:<26} {right:>6} {wrong:>6} {refused:>8}"
        yield (
            f"  {score.total} compared: {100 * score.share_right:.2f} % right, "
            f"{len(score.wrong)} wrong, {len(score.refused)} refused\n"
        )
    for word, faults in (
        ("WRONG  ", [f for score in evaluation.scores.values() for f in score.wrong]),
        ("refused", [f for score in evaluation.scores.values() for f in score.refused]),
    ):
        for fault in faults:
            read, true = (_short(text) for text in (fault.read, fault.true))
            yield f"{word} {fault.file}: {fault.name}: read {read!r}, true {true!r}"
    yield (
        f"workbooks: {evaluation.cells} cells rebuilt, {len(evaluation.differences)} differ from "
        f"the record, {evaluation.refused_rows} rows refused"
    )
    taken = len(evaluation.taken_cases)
    yield f"cases: {evaluation.cases - taken} of {evaluation.cases} refused, as they must be"
    yield f"wrong grades, councils and dates: {evaluation.wrong_facts}"
    yield from (f"MISSED {goal}" for goal in evaluation.missed)


def _short(text: str) -> str:
    return text if len(text) <= 90 else f"{text[:40]} … {text[-40:]}"


def main(arguments: Iterable[str]) -> int:
    folder = Path(next(iter(arguments), "../shared"))
    try:
        evaluation = evaluate(folder, datetime.now(tz=UTC).date())
    except OSError as error:
        print(f"{error.filename}: {error.strerror}; expected Ofsted's documents", file=sys.stderr)
        return 2
    print(*told(evaluation), sep="\n")
    return 1 if evaluation.missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
