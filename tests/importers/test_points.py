"""What an import does with what a report or letter asks for."""

from datetime import date
from pathlib import Path

import pytest

from inspections.models import (
    Correction,
    Council,
    Framework,
    ImprovementPoint,
    Inspection,
    Theme,
    Visit,
)
from inspections.rules import themes
from inspections.vocabulary import ThemeBasis
from tests import factories as make
from tests.importers import documents as d
from tests.importers.importing import run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_lock", "invented_councils")]
REPORT = "exampleshire_2024-07-23.pdf"
LETTER = "exampleshire_2025-12-04.pdf"


def rows() -> list[tuple[int, str, str, str]]:
    found = ImprovementPoint.objects.filter(inspection__council__slug="exampleshire")
    return list(found.order_by("number").values_list("number", "kind", "themes", "text"))


def entered(**fields: object) -> Inspection:
    """The inspection of the report, recorded before by a person with points of no sentence."""
    council = Council.objects.get(slug="exampleshire")
    return make.make_inspection(
        council,
        Framework.objects.get(code="ilacs_2023"),
        start_date=date(2024, 6, 10),
        end_date=date(2024, 6, 14),
        publication_date=date(2024, 7, 23),
        **fields,
    )


def test_new_points_are_sorted_by_the_words_they_use(tmp_path: Path) -> None:
    run(d.ilacs_report(tmp_path / REPORT))
    known = list(Theme.objects.values_list("code", flat=True))
    expected = [(text, *themes.sorted_under(text, known)) for text in d.POINTS]
    found = ImprovementPoint.objects.order_by("number").filter(text__in=d.POINTS)
    assert [(row.text, row.themes, row.basis) for row in found] == expected
    assert {row.themes_version for row in found} == {themes.VERSION}
    # Of children who live far away: the words for homes are weak, so a person decides.
    assert found[0].themes.split("|")[0] == "seen_and_heard"
    assert (found[0].basis, found[1].basis) == (ThemeBasis.UNSURE, ThemeBasis.RULE)


def test_areas_for_priority_action_stand_first(tmp_path: Path) -> None:
    run(d.letter(tmp_path / LETTER, actions=["A first action."]))
    visit = Visit.objects.get(council__slug="exampleshire")
    kinds = visit.points.order_by("number").values_list("kind", flat=True)
    assert list(kinds) == ["priority_action", *["improvement_point"] * len(d.POINTS)]
    assert visit.points.get(number=1).basis == ThemeBasis.UNSURE


def test_a_point_on_record_gets_its_sentence_and_keeps_its_themes(tmp_path: Path) -> None:
    inspection = entered(improvement_points=len(d.POINTS))
    for _ in d.POINTS:
        make.make_point(inspection, "health")
    run(d.ilacs_report(tmp_path / REPORT))
    assert rows() == [
        (number, "improvement_point", "health", text)
        for number, text in enumerate(d.POINTS, start=1)
    ]
    assert ImprovementPoint.objects.filter(source__kind="report").count() == len(d.POINTS)
    assert not Correction.objects.filter(kind="improvement_point").exists()


def test_a_sentence_that_is_held_already_stays(tmp_path: Path) -> None:
    inspection = entered(improvement_points=len(d.POINTS))
    for _ in d.POINTS:
        make.make_point(inspection, "health", text="As a person typed it.")
    run(d.ilacs_report(tmp_path / REPORT))
    assert {row[3] for row in rows()} == {"As a person typed it."}


def test_a_list_of_another_length_leaves_the_points_as_they_are(tmp_path: Path) -> None:
    inspection = entered()
    make.make_point(inspection, "health")
    run(d.ilacs_report(tmp_path / REPORT))
    assert rows() == [(1, "improvement_point", "health", "")]
