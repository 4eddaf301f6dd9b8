"""The import from file to record: what is written, what is kept, what is refused."""

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from inspections import actions, store
from inspections.importers import pipeline
from inspections.importers.disagreements import disagreements
from inspections.importers.lock import import_lock
from inspections.models import (
    Citation,
    Correction,
    ImportRun,
    ImprovementPoint,
    Inspection,
    Judgement,
    Reading,
    Source,
    User,
    Visit,
)
from inspections.rows import Point
from tests.importers import documents as d
from tests.importers import workbooks as w
from tests.importers.importing import run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_lock", "invented_councils")]
REPORT = "exampleshire_2024-07-23.pdf"


def points_of(kind: str, pk: int) -> tuple[Point, ...]:
    """What inspectors asked for, as the record shows it now."""
    store.forget()
    return store.current_record().points.get((kind, pk), ())


def facts() -> list[int]:
    models = (Inspection, Judgement, Visit, Source, Citation, Reading, ImprovementPoint, Correction)
    return [model.objects.count() for model in models]


def inspection() -> Inspection:
    return Inspection.objects.get(council__slug="exampleshire")


def grades() -> dict[str, str]:
    return {j.area.code: j.grade.code for j in inspection().judgements.all()}


def test_by_default_no_fact_is_written_and_the_run_is_kept(tmp_path: Path) -> None:
    before = facts()
    out = run(d.ilacs_report(tmp_path / REPORT), save=False)
    assert facts() == before
    assert out.startswith(f"new        {REPORT}")
    assert "+ exampleshire, inspection of 2024-06-10: grade:in_care: outstanding" in out
    assert "No fact was written" in out
    kept = ImportRun.objects.get()
    assert (kept.is_saving, kept.state, kept.counts["new"]) == (False, "finished", 1)
    document = kept.documents.get()
    assert document.size_bytes == (tmp_path / REPORT).stat().st_size
    assert len(document.sha256) == 64


def test_a_report_is_recorded_whole_with_its_source_and_points(tmp_path: Path) -> None:
    run(d.ilacs_report(tmp_path / REPORT))
    found = inspection()
    assert (found.framework.code, found.kind) == ("ilacs_2023", "short")
    assert (found.start_date, found.end_date) == (date(2024, 6, 10), date(2024, 6, 14))
    assert found.publication_date == date(2024, 7, 23)
    assert found.lead_inspector == "Rae Sample"
    assert grades() == {
        "leaders": "good",
        "help_and_protection": "requires_improvement",
        "in_care": "outstanding",
        "care_leavers": "inadequate",
        "overall": "good",
    }
    points = points_of("inspection", found.pk)
    assert [(p.number, p.page) for p in points] == [(1, 2), (2, 2), (3, 2)]
    assert points[0].text == d.POINTS[0]
    assert found.citations.get().source.kind == "report"
    placed = Reading.objects.get(inspection=found, fact="grade:leaders")
    assert (placed.value, placed.place) == ("good", "page 1")


def test_importing_the_same_again_changes_nothing(tmp_path: Path) -> None:
    files = [
        d.ilacs_report(tmp_path / REPORT),
        d.letter(tmp_path / "exampleshire_2025-12-04.pdf"),
        w.write_ods(tmp_path / "a.ods", {"List": w.AS_AT_2025, "History": w.HISTORY_2025}),
    ]
    with pytest.raises(SystemExit):  # one row of the workbook is too little for a new inspection
        run(*files)
    before = facts()
    with pytest.raises(SystemExit):
        run(*files)
    assert facts() == before


def test_a_letter_is_recorded_as_a_visit_without_grades(tmp_path: Path) -> None:
    run(d.letter(tmp_path / "exampleshire_2025-12-04.pdf", actions=["A first action."]))
    visit = Visit.objects.get(council__slug="exampleshire")
    assert (visit.kind, visit.topic_codes) == ("focused_visit", "care_leavers")
    assert (visit.improvement_points, visit.priority_actions) == (3, 1)
    assert points_of("visit", visit.pk)[0].is_priority_action


def workbook(path: Path, year: int, grade: str = "Good") -> Path:
    """A history sheet as at 31 March of a year, with the overall grade given."""
    rows = [list(row) for row in w.HISTORY_2025]
    rows[0] = [f"Local authority inspection history as at 31 March {year}"]
    rows[3][8] = grade
    del rows[2]
    return w.write_ods(path, {"ILACS_inspection_history": rows})


def test_a_newer_workbook_changes_a_report_and_the_change_is_logged(tmp_path: Path) -> None:
    run(d.ilacs_report(tmp_path / REPORT))
    out = run(workbook(tmp_path / "a.ods", 2027, "Outstanding"))
    assert "~ exampleshire, inspection of 2024-06-10: grade:overall: good → outstanding" in out
    assert grades()["overall"] == "outstanding"
    logged = Correction.objects.get(council__slug="exampleshire")
    assert (logged.old, logged.new, logged.corrected_by) == ("Good", "Outstanding", None)


def test_an_older_workbook_does_not_change_a_report(tmp_path: Path) -> None:
    run(d.ilacs_report(tmp_path / REPORT))
    out = run(workbook(tmp_path / "a.ods", 2024, "Outstanding"))
    assert "! exampleshire" in out
    assert grades()["overall"] == "good"
    (row,) = disagreements(council="exampleshire")
    assert (row.fact, row.recorded, row.told) == ("grade:overall", "good", "outstanding")
    listed = StringIO()
    call_command("disagreements", stdout=listed)
    assert "Exampleshire" in listed.getvalue()
    assert "says outstanding" in listed.getvalue()


def test_what_a_person_confirmed_is_never_overwritten(tmp_path: Path) -> None:
    run(d.ilacs_report(tmp_path / REPORT))
    person = User.objects.create(username="editor")
    judgement = inspection().judgements.get(area__code="overall")
    better = judgement.grade.scale.grades.get(code="requires_improvement")
    actions.correct(judgement, changes={"grade": better}, reason="Read again", by=person)
    run(workbook(tmp_path / "a.ods", 2027, "Outstanding"))
    assert grades()["overall"] == "requires_improvement"
    told = {row.told for row in disagreements(council="exampleshire")}
    assert told == {"good", "outstanding"}


def test_a_second_report_that_differs_is_refused(tmp_path: Path) -> None:
    run(d.ilacs_report(tmp_path / REPORT))
    rows = [(d.LEADERS, "Inadequate"), *d.TABLE_2023[1:]]
    (tmp_path / "again").mkdir()
    revised = d.ilacs_report(tmp_path / "again" / REPORT, rows=rows)
    before = facts()
    with pytest.raises(SystemExit) as ended:
        run(revised)
    assert ended.value.code == 1
    assert facts() == before
    assert "second report" in ImportRun.objects.first().documents.get().problems.first().found


def test_two_reports_for_one_inspection_in_one_run(tmp_path: Path) -> None:
    rows = [(d.LEADERS, "Inadequate"), *d.TABLE_2023[1:]]
    paths = [
        d.ilacs_report(tmp_path / REPORT),
        d.ilacs_report(tmp_path / "exampleshire_2024-07-24.pdf", rows=rows),
    ]
    with pytest.raises(SystemExit):
        run(*paths, save=False)
    outcomes = ImportRun.objects.get().documents.values_list("file_name", "outcome")
    assert dict(outcomes) == {REPORT: "new", "exampleshire_2024-07-24.pdf": "problem"}


def test_a_council_that_is_unknown_stops_its_document_only(tmp_path: Path) -> None:
    stranger = d.ilacs_report(
        tmp_path / "a_2024-07-23.pdf",
        title=("Inspection of Nowhereshire local authority", "children’s services"),
    )
    data = tmp_path / "out.json"
    with pytest.raises(SystemExit) as ended:
        run(stranger, d.ilacs_report(tmp_path / REPORT), json=data)
    assert ended.value.code == 1
    assert inspection().judgements.count() == 5
    told = json.loads(data.read_text())
    assert told["counts"]["new"] == told["counts"]["problem"] == 1
    (problem,) = [p for x in told["documents"] for p in x["problems"]]
    assert problem["found"] == 'no council is called "Nowhereshire"'


def test_a_workbook_with_one_bad_row_is_refused_whole(tmp_path: Path) -> None:
    before = facts()
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("import", str(two_rows(tmp_path / "a.ods", "Goood")), save=True, stdout=out)
    assert ended.value.code == 1
    assert facts() == before
    assert "--leave-out-rows takes the others" in out.getvalue()


def test_a_person_may_leave_the_bad_row_out(tmp_path: Path) -> None:
    path = two_rows(tmp_path / "a.ods", "Goood")
    with pytest.raises(SystemExit) as ended:
        run(path, leave_out_rows=True)
    assert ended.value.code == 1
    assert [i.start_date.year for i in Inspection.objects.filter(council__slug="exampleshire")] == [
        2024
    ]
    kept = ImportRun.objects.get()
    assert (kept.counts["new"], kept.counts["left_out"]) == (1, 1)
    (problem,) = kept.documents.get().problems.all()
    assert (problem.severity, problem.fact) == ("left out", "overall")
    assert problem.place == "sheet 'ILACS_inspection_history', row 3"
    # The row put right, nothing of the others changes.
    run(two_rows(tmp_path / "b.ods", "Good"))
    assert Inspection.objects.filter(council__slug="exampleshire").count() == 2


def test_rows_that_contradict_each_other_are_a_problem(tmp_path: Path) -> None:
    heads, row = w.HISTORY_2025[:2], w.HISTORY_2025[3]
    other = tuple("Inadequate" if cell == "Outstanding" else cell for cell in row)
    path = w.write_ods(tmp_path / "a.ods", {"ILACS_inspection_history": (*heads, row, other)})
    with pytest.raises(SystemExit) as ended:
        run(path)
    assert ended.value.code == 1
    (problem,) = ImportRun.objects.get().documents.get().problems.all()
    assert (problem.severity, problem.fact) == ("left out", "grade:in_care")
    assert "outstanding and inadequate in one workbook" in problem.found
    assert "in_care" not in grades()  # neither of the two is recorded
    assert grades()["overall"] == "good"


def test_rows_are_never_left_out_of_a_table_that_is_not_understood(tmp_path: Path) -> None:
    rows = [list(row) for row in w.HISTORY_2025]
    rows[1][8] = "Strategic vision"
    before = facts()
    with pytest.raises(SystemExit):
        run(w.write_ods(tmp_path / "a.ods", {"History": rows}), leave_out_rows=True)
    assert facts() == before


def two_rows(path: Path, grade: str) -> Path:
    """A history as at 31 March 2025 with the first row's overall grade given."""
    rows = [list(row) for row in w.HISTORY_2025]
    rows[0] = ["Local authority inspection history as at 31 March 2025"]
    rows[2][8] = grade
    return w.write_ods(path, {"ILACS_inspection_history": rows})


def test_an_import_stopped_in_the_middle_leaves_whole_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    true = actions.record_many
    calls = []

    def stop_at_the_second(facts: Any, *, reason: str) -> None:
        calls.append(reason)
        if "letter" in reason:
            raise KeyboardInterrupt
        true(facts, reason=reason)

    monkeypatch.setattr(actions, "record_many", stop_at_the_second)
    files = [d.ilacs_report(tmp_path / REPORT), d.letter(tmp_path / "letter.pdf")]
    with pytest.raises(CommandError):
        run(*files)
    assert inspection().judgements.count() == 5
    assert not Visit.objects.filter(council__slug="exampleshire").exists()
    assert ImportRun.objects.get().state == "interrupted"
    monkeypatch.undo()
    run(*files)
    assert Visit.objects.filter(council__slug="exampleshire").count() == 1


def test_each_database_in_memory_has_a_lock_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    with import_lock():
        another = "file:another?mode=memory&cache=shared"
        monkeypatch.setitem(connection.settings_dict, "NAME", another)
        with import_lock():
            pass


def test_a_second_import_at_once_is_told_to_wait(tmp_path: Path) -> None:
    path = d.letter(tmp_path / "a.pdf")
    with import_lock(), pytest.raises(CommandError, match="Another import is running"):
        run(path)
    assert not ImportRun.objects.exists()


def test_a_run_that_was_killed_is_called_interrupted_by_the_next(tmp_path: Path) -> None:
    from django.utils import timezone

    killed = ImportRun.objects.create(started_at=timezone.now())
    run(d.letter(tmp_path / "a.pdf"), save=False)
    killed.refresh_from_db()
    assert killed.state == "interrupted"


def test_a_path_without_files_says_so(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.pdf"):
        with pytest.raises(CommandError, match="found n"):
            run(path)


def test_files_and_folders_may_be_mixed_and_are_read_once(tmp_path: Path) -> None:
    path = d.letter(tmp_path / "a.PDF")
    (tmp_path / "notes.txt").write_text("not read")
    assert pipeline.files_of([tmp_path, path]) == [path]
