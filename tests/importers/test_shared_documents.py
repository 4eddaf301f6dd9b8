"""Ofsted's own documents, where they lie beside the project. SHARED_DIR names another place."""

import os
import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.importers.world import TODAY
from tools.evaluate import Evaluation, evaluate
from tools.scoring import without_heading

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
NO_LIST = 3
"""Letters without a list of points, which the table counts as none and the reader as unknown."""


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    return evaluate(SHARED, TODAY)


def test_the_readers_reach_their_goals(evaluation: Evaluation) -> None:
    assert evaluation.missed == []
    assert [fault for score in evaluation.scores.values() for fault in score.wrong] == []
    assert evaluation.scores["reports"].refused == []
    assert evaluation.scores["sentences"].refused == []
    unknown = evaluation.scores["letters"].refused
    assert [(f.name, f.true) for f in unknown] == [("improvement points", "0")] * NO_LIST


def test_documents_that_are_cut_off_are_refused(evaluation: Evaluation) -> None:
    assert evaluation.cases > 0
    assert evaluation.taken_cases == []


def test_no_sentence_carries_a_heading_or_a_sign_without_a_meaning(evaluation: Evaluation) -> None:
    texts = evaluation.sentences
    assert len(texts) > 1_400
    assert [text for text in texts if without_heading(text) != text] == []
    assert [text for text in texts if re.search(r"[\ue000-\uf8ff]", text)] == []


def test_the_workbooks_alone_rebuild_the_record(evaluation: Evaluation) -> None:
    assert evaluation.unknown_names == []
    assert evaluation.cells > 5_000
    used = {(item.inspection_id, item.cell.split(" ")[0]) for item in evaluation.differences}
    assert used == set(EXCEPTIONS)
