"""Imports beside what people entered: by field, by the one rule, and no document stops another."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from inspections import actions
from inspections.importers import pipeline
from inspections.models import ImportRun, Inspection, Judgement, User, Visit
from tests import factories as make
from tests.importers import documents as d
from tests.importers.importing import run
from tests.importers.test_import import REPORT, grades, inspection, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_lock", "invented_councils")]
LETTER = "exampleshire_2025-12-04.pdf"


@pytest.fixture
def officer(db: None) -> User:
    return make.make_user()


def refused(*paths: Path) -> str:
    """What the problem found, where the run ends with one."""
    with pytest.raises(SystemExit):
        run(*paths)
    return ImportRun.objects.first().documents.get(outcome="problem").problems.first().found


def test_a_note_of_a_persons_leaves_the_other_facts_to_newer_sources(
    tmp_path: Path, officer: User
) -> None:
    run(d.ilacs_report(tmp_path / REPORT))
    actions.correct(inspection(), changes={"notes": "Seen"}, reason="Seen", by=officer)
    overall = inspection().judgements.get(area__code="overall")
    actions.correct(overall, changes={"note": "As printed"}, reason="Seen", by=officer)
    run(workbook(tmp_path / "a.ods", 2027, "Outstanding"))
    assert grades()["overall"] == "outstanding"


def test_a_judgement_that_a_person_withdrew_does_not_come_back(
    tmp_path: Path, officer: User
) -> None:
    run(d.ilacs_report(tmp_path / REPORT))
    actions.withdraw(
        inspection().judgements.get(area__code="overall"), reason="Not judged", by=officer
    )
    run(workbook(tmp_path / "a.ods", 2027, "Outstanding"))
    assert "overall" not in grades()


def test_a_visit_some_weeks_from_a_recorded_one_is_for_a_person(tmp_path: Path) -> None:
    run(d.letter(tmp_path / LETTER))
    held = Visit.objects.get(council__slug="exampleshire")
    opening = (
        "This letter summarises the findings of the focused visit to Exampleshire children’s "
        "services on 9 and 10 December 2025. His Majesty’s Inspectors for this visit were "
        "Rae Sample and Jo Specimen."
    )
    second = d.letter(
        tmp_path / "exampleshire_2026-01-15.pdf", day="15 January 2026", opening=opening
    )
    assert f"a few weeks from one of its kind on record ({held})" in refused(second)
    assert Visit.objects.get(council__slug="exampleshire") == held
    held.refresh_from_db()
    assert held.start_date == date(2025, 11, 4)


def test_an_inspection_that_a_person_entered_by_its_report_alone_is_recognised(
    tmp_path: Path, officer: User
) -> None:
    run(d.ilacs_report(tmp_path / REPORT))
    told = inspection()
    council, framework = told.council, told.framework
    judgements = {row.area: row.grade for row in told.judgements.all()}
    Judgement.objects.filter(inspection=told).delete()
    told.delete()
    entered = Inspection(
        council=council, framework=framework, kind="standard", publication_date=date(2024, 7, 23)
    )
    actions.record_inspection(entered, judgements=judgements, by=officer)
    run(d.ilacs_report(tmp_path / REPORT))
    held = inspection()
    assert held.reference == "pub-2024-07-23"
    assert held.start_date == date(2024, 6, 10)


def test_a_mistyped_first_day_of_the_record_stops_no_document(
    tmp_path: Path, officer: User
) -> None:
    """A year between the first day and the report, and a healthy document beside it."""
    report = d.ilacs_report(tmp_path / REPORT)
    run(report)
    slip = {"start_date": date(2023, 6, 12), "end_date": date(2024, 6, 14)}
    actions.correct(inspection(), changes=slip, reason="A slip", by=officer)
    run(report, d.letter(tmp_path / LETTER))
    assert Visit.objects.filter(council__slug="exampleshire").exists()
    assert ImportRun.objects.first().state == ImportRun.State.FINISHED


def test_an_error_in_writing_one_document_leaves_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = pipeline.write

    def fails_for_letters(plan: Any, *, reason: str) -> Any:
        if plan.reading.layout == "letter":
            raise ZeroDivisionError("an invented fault")
        return write(plan, reason=reason)

    monkeypatch.setattr(pipeline, "write", fails_for_letters)
    said = refused(d.letter(tmp_path / LETTER), d.ilacs_report(tmp_path / REPORT))
    assert "an invented fault" in said
    assert inspection().judgements.exists()
    assert not Visit.objects.filter(council__slug="exampleshire").exists()
    assert ImportRun.objects.first().state == ImportRun.State.FINISHED
