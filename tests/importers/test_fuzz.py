"""A thousand mutants of small files: no crash, no hang, nothing made up."""

import random
from dataclasses import replace
from pathlib import Path

from inspections.importers.readers.limits import DEFAULT_LIMITS
from inspections.importers.worker import read_path
from inspections.records import DocumentReading
from tests.importers import documents as d
from tests.importers import workbooks as w
from tests.importers.world import rules
from tools.fuzz_readers import faults_of, fuzz, mutate

MUTANTS = 1_000


def test_a_thousand_mutants_are_read_or_refused(tmp_path: Path) -> None:
    originals = [
        d.ilacs_report(tmp_path / "a.pdf"),
        d.sif_report(tmp_path / "b.pdf"),
        d.report_2013(tmp_path / "c.pdf"),
        d.letter(tmp_path / "d.pdf"),
        w.write_ods(tmp_path / "e.ods", {"List": w.AS_AT_2025, "Year": w.IN_YEAR_2023}),
        w.write_xlsx(tmp_path / "f.xlsx", {"History": w.WIDE_HISTORY}),
    ]
    folder = tmp_path / "mutants"
    folder.mkdir()
    faults = [
        fault
        for _, found in fuzz(originals, folder, rules(), count=MUTANTS, seed=1)
        for fault in found
    ]
    assert faults == []


def test_the_same_seed_makes_the_same_mutant() -> None:
    content = b"%PDF-1.4 one two three 1234"
    assert mutate(content, random.Random(7)) == mutate(content, random.Random(7))
    assert mutate(content, random.Random(7)) != mutate(content, random.Random(8))


def test_a_made_up_fact_and_a_failing_reader_are_faults(tmp_path: Path) -> None:
    path = d.letter(tmp_path / "a.pdf")
    honest = read_path(path, rules(), DEFAULT_LIMITS)
    assert faults_of(path, honest) == []
    (visit,) = honest.visits
    liar = replace(honest, visits=(replace(visit, council="Atlantis"),))
    assert faults_of(path, liar) == ["council 'Atlantis' is not in the file"]
    assert faults_of(path, DocumentReading(file="a.pdf")) == ["neither a record nor a problem"]
