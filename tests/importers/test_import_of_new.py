"""New inspections whose documents leave something out, and lists that the record disputes."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError

from inspections.models import ImportRun, ImprovementPoint, Inspection, Visit
from tests.importers import documents as d
from tests.importers.importing import run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_lock", "invented_councils")]
OFSTEDS_NAME = "50308602.pdf"
DAY = date(2024, 7, 23)


def inspection() -> Inspection:
    return Inspection.objects.get(council__slug="exampleshire")


def problems() -> list[tuple[str, str, str]]:
    (document,) = ImportRun.objects.latest("pk").documents.all()
    return [(p.fact, p.severity, p.advice) for p in document.problems.all()]


def test_a_report_under_ofsteds_own_name_asks_for_its_one_date(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        run(d.ilacs_report(tmp_path / OFSTEDS_NAME))
    ((fact, severity, advice),) = problems()
    assert (fact, severity) == ("publication_date", "refused")
    assert "--published YYYY-MM-DD" in advice
    assert not Inspection.objects.filter(council__slug="exampleshire").exists()


def test_the_date_given_stands_in_and_is_told_as_given(tmp_path: Path) -> None:
    run(d.ilacs_report(tmp_path / OFSTEDS_NAME), published=DAY)
    found = inspection()
    assert found.publication_date == DAY
    assert found.readings.get(fact="publication_date").place == "--published"


def test_an_undated_letter_takes_the_date_given(tmp_path: Path) -> None:
    run(d.letter(tmp_path / "a.pdf", day="December 2025"), published=date(2025, 12, 4))
    assert Visit.objects.get(council__slug="exampleshire").publication_date == date(2025, 12, 4)


@pytest.mark.parametrize("given", [date(2024, 6, 1), date(2027, 1, 4), date(2025, 12, 1)])
def test_a_date_that_cannot_be_is_refused(tmp_path: Path, given: date) -> None:
    with pytest.raises(SystemExit):
        run(d.ilacs_report(tmp_path / OFSTEDS_NAME), published=given)
    assert ("publication date", "refused") in {p[:2] for p in problems()}
    assert not Inspection.objects.filter(council__slug="exampleshire").exists()


def test_a_date_that_contradicts_the_printed_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        run(d.sif_report(tmp_path / "a.pdf"), published=date(2016, 7, 8))
    assert ("publication date", "refused") in {p[:2] for p in problems()}
    run(d.sif_report(tmp_path / "a.pdf"), published=date(2016, 7, 7))
    assert inspection().publication_date == date(2016, 7, 7)


def test_one_date_is_not_for_two_documents(tmp_path: Path) -> None:
    paths = [d.ilacs_report(tmp_path / name) for name in ("1.pdf", "2.pdf")]
    with pytest.raises(CommandError, match="found 2 files") as ended:
        run(*paths, published=DAY)
    assert ended.value.returncode == 2


def test_a_single_framework_report_enters_a_record_without_inspections(tmp_path: Path) -> None:
    run(d.sif_report(tmp_path / "a.pdf"))
    assert inspection().kind == "sif"
    assert ("kind", "note") in {p[:2] for p in problems()}


def test_a_second_single_framework_report_is_a_reinspection(tmp_path: Path) -> None:
    run(d.sif_report(tmp_path / "a.pdf"))
    run(
        d.sif_report(
            tmp_path / "b.pdf", dates="Inspection date: 2 – 26 October 2017",
            published="7 December 2017",
        )
    )  # fmt: skip
    found = Inspection.objects.filter(council__slug="exampleshire").order_by("publication_date")
    assert [item.kind for item in found] == ["sif", "sif_reinspection"]


def test_no_sentence_is_written_where_the_record_keeps_another_number(tmp_path: Path) -> None:
    run(d.ilacs_report(tmp_path / "a_2024-07-23.pdf"))
    found = inspection()
    ImprovementPoint.objects.all().delete()
    found.readings.all().delete()
    found.citations.all().delete()
    path = d.ilacs_report(tmp_path / "b_2024-07-23.pdf", points=[*d.POINTS, "Another point."])
    Inspection.objects.filter(pk=found.pk).update(improvement_points=2)
    _enter_by_a_person(found)
    out = run(path)
    assert "! exampleshire, inspection of 2024-06-10: improvement_points: 2 → 4" in out
    assert not ImprovementPoint.objects.filter(inspection=found).exists()


def _enter_by_a_person(found: Inspection) -> None:
    from inspections import actions
    from inspections.models import User

    person = User.objects.create(username="editor")
    actions.correct(
        found, changes={"lead_inspector": "Jo Specimen"}, reason="Read again", by=person
    )
