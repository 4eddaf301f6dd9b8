"""Ofsted's own documents, where they lie beside the project. SHARED_DIR names another place."""

import csv
import os
from pathlib import Path

import pytest
from django.conf import settings

from inspections.importers.evaluate import evaluate
from inspections.importers.pool import read_files
from inspections.importers.rebuild import compare, rebuild
from inspections.importers.rules import rules_from_rows
from inspections.rules.matching import Directory, directory_from_rows
from tests.importers.world import TODAY

SHARED = Path(os.environ.get("SHARED_DIR", settings.BASE_DIR.parent / "shared"))
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not (SHARED / "data").is_dir(),
        reason=f"SKIPPED FOR LACK OF OFSTED'S DOCUMENTS: no folder {SHARED}",
    ),
]

# Cells in which the workbooks and the record differ, and why the record is kept.
ONLY_IN_REPORTS = "the workbooks give the overall grade of the 2013 inspections only"
COVER = "a workbook of 2022 gives another day than the report's cover"
EXCEPTIONS = {
    ("kent-2013-07-15", "grade"): ONLY_IN_REPORTS,
    ("medway-2013-07-15", "grade"): ONLY_IN_REPORTS,
    ("norfolk-2013-07-08", "grade"): ONLY_IN_REPORTS,
    ("sandwell-2013-06-24", "grade"): ONLY_IN_REPORTS,
    ("lambeth-2018-01-29", "start_date"): COVER,
    ("merton-2017-06-12", "start_date"): COVER,
    ("sefton-2016-04-11", "start_date"): COVER,
    ("stockport-2017-06-12", "start_date"): COVER,
    ("slough-2015-11-24", "grade"): "the workbooks have no column for a board's second review",
}


def rows(name: str) -> list[dict[str, str]]:
    with (SHARED / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def directory() -> Directory:
    return directory_from_rows(rows("data/councils.csv"))


@pytest.fixture(scope="module")
def rules():
    return rules_from_rows(rows("data/frameworks.csv"), rows("data/judgement_areas.csv"), TODAY)


@pytest.mark.parametrize("folder", ["reports", "letters"])
def test_the_readers_reach_their_figures(folder: str, rules, directory: Directory) -> None:
    readings = {
        path.name: reading
        for path, reading in read_files(sorted((SHARED / folder).glob("*.pdf")), rules)
    }
    score = evaluate(readings, rows(f"{folder}/truth.csv"), directory)
    exact = ("grade", "council", "first day", "last day", "publication date")
    assert [item for item in score.wrong if item.name.startswith(exact)] == []
    assert score.share_right >= 0.995
    points = [row for row in score.rows() if row[1] == "improvement points"]
    right, wrong, refused = (sum(row[i] for row in points) for i in (2, 3, 4))
    assert right >= 0.98 * (right + wrong + refused)


def test_the_workbooks_alone_rebuild_the_record(rules, directory: Directory) -> None:
    readings = [
        reading for _, reading in read_files(sorted((SHARED / "official").iterdir()), rules)
    ]
    rebuilt, unknown = rebuild(readings, directory)
    assert unknown == []
    cells, differences = compare(rebuilt, rows("data/inspections.csv"), rows("data/judgements.csv"))
    assert cells > 5_000
    unexplained = [
        item
        for item in differences
        if (item.inspection_id, item.cell.split(" ")[0]) not in EXCEPTIONS
    ]
    assert unexplained == []
    used = {(item.inspection_id, item.cell.split(" ")[0]) for item in differences}
    assert used == set(EXCEPTIONS)
