"""Points and themes of the shipped record: loaded, sorted anew, and kept as people entered them."""

from pathlib import Path

import pytest
from django.core.management import CommandError

from inspections import actions, store
from inspections.models import Correction, ImprovementPoint, Inspection, Theme
from inspections.vocabulary import ThemeBasis
from tests import factories as make
from tests.importers.shipped import invented
from tests.importers.shipped.invented import Rows
from tests.importers.shipped.test_loading import counted, load

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_record")]


def with_points(rows: Rows) -> None:
    """Two points of the inspection, one of the visit."""
    rows["improvement_points"] = [
        invented.point("inspection", "2021-03-01", 1, "plans|health", kind="priority_action"),
        invented.point("inspection", "2021-03-01", 2, "plans"),
        invented.point("visit", "2022-06-07", 1, ""),
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    load(invented.write(tmp_path, with_points))
    return tmp_path


def second() -> ImprovementPoint:
    return ImprovementPoint.objects.get(inspection__reference="2021-03-01", number=2)


def sorted_anew(rows: Rows) -> None:
    """The second version of the themes: one has another name, a point is of another theme."""
    with_points(rows)
    rows["themes"][0] |= {"name": "Plans and reviews", "version": "2"}
    for row in rows["improvement_points"]:
        row["themes_version"] = "2"
    rows["improvement_points"][1]["themes"] = "health"


def test_points_are_loaded_with_their_event_kind_and_themes(folder: Path) -> None:
    record = store.current_record()
    inspection, visit = record.inspections[0], record.visits[0]
    assert [row.code for row in record.themes] == ["plans", "health"]
    assert [(row.number, row.kind, row.themes) for row in record.points_of(inspection)] == [
        (1, "priority_action", ("plans", "health")),
        (2, "improvement_point", ("plans",)),
    ]
    assert [(row.page, row.themes, row.text) for row in record.points_of(visit)] == [(3, (), "")]


def test_loading_the_points_again_changes_nothing(folder: Path) -> None:
    assert counted(load(folder), "improvement_points") == (0, 0, 3)
    assert ImprovementPoint.history.count() == 3


def test_points_sorted_anew_are_changed_and_logged(folder: Path) -> None:
    printed = load(invented.write(folder, sorted_anew))
    assert counted(printed, "improvement_points") == (0, 3, 0)
    logged = Correction.objects.get(kind="improvement_point")  # the others' themes are the same
    assert logged.field == "themes"
    assert (logged.event_reference, logged.area) == ("2021-03-01", "2")
    assert (logged.old, logged.new) == ("plans", "health")
    assert [one.field for one in Correction.objects.filter(kind="theme")] == ["name"]


def test_a_pinned_record_keeps_the_themes_it_knew(folder: Path) -> None:
    then = store.current_record()
    load(invented.write(folder, sorted_anew))
    now = store.current_record()
    assert then.changed_at is not None
    held = store.record_known_at(then.changed_at, now)
    assert (held.themes, held.points) == (then.themes, then.points)
    assert now.themes[0].name == "Plans and reviews"
    assert now.points_of(now.inspections[0])[1].themes == ("health",)


def test_themes_that_a_person_chose_stay_with_the_person_as_their_basis(folder: Path) -> None:
    chosen = {"themes": "plans|health", "basis": ThemeBasis.PERSON}
    actions.correct(second(), changes=chosen, reason="Both are meant.", by=make.make_user())
    printed = load(invented.write(folder, sorted_anew))
    assert "themes: plans, health here, health shipped" in printed
    kept = second()
    assert (kept.themes, kept.basis, kept.themes_version) == ("plans|health", "person", 1)


def test_a_sentence_that_was_entered_here_outlives_the_next_load(folder: Path) -> None:
    changes = {"text": "An invented sentence."}
    actions.correct(second(), changes=changes, reason="Typed in.", by=make.make_user())
    assert counted(load(invented.write(folder, sorted_anew)), "improvement_points") == (0, 3, 0)
    assert (second().text, second().themes) == ("An invented sentence.", "health")


def test_a_point_of_no_event_or_of_two_is_refused(tmp_path: Path) -> None:
    for change in ({"inspection": ""}, {"visit": "2022-06-07"}):

        def broken(rows: Rows, change: dict[str, str] = change) -> None:
            with_points(rows)
            rows["improvement_points"][0] |= change

        invented.write(tmp_path, broken)
        with pytest.raises(CommandError, match="point is of an inspection or a visit"):
            load(tmp_path)
        assert not Inspection.objects.exists()


def test_a_file_with_sentences_is_refused(tmp_path: Path) -> None:
    path = invented.write(tmp_path, with_points) / "improvement_points.csv"
    head, *rest = path.read_text().splitlines()
    path.write_text("\n".join([f"{head},text", *(f"{line},A sentence." for line in rest), ""]))
    with pytest.raises(CommandError, match="not known text"):
        load(tmp_path)


def test_a_theme_in_use_is_not_withdrawn(folder: Path) -> None:
    from django.db.models import ProtectedError

    with pytest.raises(ProtectedError):
        actions.withdraw(Theme.objects.get(code="plans"), reason="Unused.", by=None)
    Theme.objects.filter(code="health").update(code="heal")
    actions.withdraw(Theme.objects.get(code="heal"), reason="Only alike.", by=None)
