"""What people entered is never undone by a load: every table, by field, with a list."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inspections import actions
from inspections.importers.entered import entered_in
from inspections.importers.shipped import conflicts
from inspections.models import (
    AreaContinuation,
    Citation,
    Conflict,
    Correction,
    Council,
    CouncilAlias,
    Coverage,
    Framework,
    Grade,
    GradeScale,
    Inspection,
    JudgementArea,
    Lane,
    PollingDay,
    Source,
    Statement,
    StatisticalNeighbour,
    User,
    Visit,
)
from tests import factories as make
from tests.importers.shipped import invented
from tests.importers.shipped.invented import Rows

pytestmark = pytest.mark.django_db
WHY = "Seen in the source"


def more_tables(rows: Rows) -> None:
    """A row of each table that the invented record leaves empty."""
    rows["polling_days"] = [
        {"polling_date": "2021-05-06", "name": "Local elections", "source_text": "An order"}
    ]
    rows["coverage"] = [
        {
            "kind": "full_inspections",
            "complete_to_date": "2023-01-31",
            "source_text": "A list",
        }
    ]
    rows["statements"] = [
        {
            "council": "exampleshire", "reference": "2021-001", "kind": "context",
            "stated_date": "2021-05-01", "stated_precision": "day", "said_by": "an officer",
            "what": "something", "source_text": "a paper",
        }
    ]  # fmt: skip


@pytest.fixture
def folder(empty_record: None, tmp_path: Path) -> Path:
    load(invented.write(tmp_path, more_tables))
    return tmp_path


@pytest.fixture
def officer(db: None) -> User:
    return make.make_user()


def load(folder: Path) -> str:
    out = io.StringIO()
    call_command("load_record", folder=folder, stdout=out)
    return out.getvalue()


def release(folder: Path, file: str, row: int = 0, **cells: str) -> str:
    """Loads a release in which one row has other cells; what is printed."""

    def change(rows: Rows) -> None:
        more_tables(rows)
        rows[file][row].update(cells)

    return load(invented.write(folder, change, as_at="2023-06-30"))


def open_conflicts() -> list[tuple[str, str, str, str]]:
    found = Conflict.objects.filter(outcome="")
    return list(found.values_list("table", "field", "held", "shipped"))


# Each table, by field

CHANGES = {
    # file: the row's model, a field a person corrects, its value, another field that a release
    # changes with it, and the value that comes of it
    "grade_scales": ("GradeScale", "name", "Ours", None, None),
    "grades": ("Grade", "official_name", "Ours", "name", "Theirs"),
    "lanes": ("Lane", "name", "Ours", "short_name", "Theirs"),
    "frameworks": ("Framework", "short_name", "Ours", "notes", "Theirs"),
    "judgement_areas": ("JudgementArea", "official_name", "Ours", "short_name", "Theirs"),
    "area_continuations": ("AreaContinuation", "note", "Ours", "kind", "renamed"),
    "councils": ("Council", "notes", "Ours", "website", "https://example.org"),
    "sources": ("Source", "title", "Ours", "publisher", "Theirs"),
    "inspections": ("Inspection", "lead_inspector", "Ours", "notes", "Theirs"),
    "judgements": ("Judgement", "note", "Ours", "grade", "outstanding"),
    "visits": ("Visit", "lead_inspector", "Ours", "notes", "Theirs"),
    "polling_days": ("PollingDay", "name", "Ours", "source_text", "Theirs"),
    "coverage": ("Coverage", "source_text", "Ours", "note", "Theirs"),
    "statements": ("Statement", "said_by", "Ours", "what", "Theirs"),
}


@pytest.mark.parametrize("file", CHANGES)
def test_a_load_keeps_the_field_a_person_corrected_and_updates_the_others(
    file: str, folder: Path, officer: User
) -> None:
    from django.apps import apps

    name, theirs, value, other, new = CHANGES[file]
    model = apps.get_model("inspections", name)
    fact = model.objects.order_by("pk").first()
    shipped = getattr(fact, theirs)
    actions.correct(fact, changes={theirs: value}, reason=WHY, by=officer)
    printed = release(folder, file, **({other: new} if other else {}))
    fact.refresh_from_db()
    assert getattr(fact, theirs) == value
    if other:
        held = getattr(fact, other)
        assert new in {held, getattr(held, "code", None)}
    told = shipped or "not recorded"
    assert open_conflicts() == [(file, theirs, value, told)]
    assert f"kept as a person entered it: {file}: " in printed
    assert f"{theirs}: {value} here, {told} shipped" in printed


@pytest.mark.parametrize(
    ("model", "where"),
    [
        (CouncilAlias, {}),
        (StatisticalNeighbour, {}),
        (AreaContinuation, {"kind": "ended"}),
        (PollingDay, {}),
        (Coverage, {}),
        (Statement, {}),
        (Citation, {"inspection__isnull": False, "source__key": "a-list"}),
    ],
)
def test_a_row_that_a_person_withdrew_does_not_come_back(
    model: type, where: dict, folder: Path, officer: User
) -> None:
    row = model.objects.get(**where)
    actions.withdraw(row, reason=WHY, by=officer)
    printed = load(folder)
    assert not model.objects.filter(**where).exists()
    assert Conflict.objects.filter(outcome="").count() == 1
    assert "kept as a person entered it" in printed
    load(folder)
    assert Conflict.objects.count() == 1


def test_a_lane_that_a_person_withdrew_takes_nothing_with_it(folder: Path, officer: User) -> None:
    """What refers to it in the shipped record is loaded without it."""
    area = JudgementArea.objects.get(framework__code="new_rules", code="leaders")
    for one in JudgementArea.objects.filter(lanes__code="leaders"):
        actions.relate(one, name="lanes", others=[], reason=WHY, by=officer)
    actions.withdraw(Lane.objects.get(code="leaders"), reason=WHY, by=officer)
    load(folder)
    assert not Lane.objects.filter(code="leaders").exists()
    assert not area.lanes.exists()


@pytest.mark.parametrize(
    ("file", "model", "name", "column"),
    [
        ("councils", Council, "predecessors", "predecessors"),
        ("judgement_areas", JudgementArea, "lanes", "lanes"),
    ],
)
def test_a_list_that_a_person_set_stays_and_the_rows_fields_follow(
    file: str, model: type, name: str, column: str, folder: Path, officer: User
) -> None:
    fact = model.objects.order_by("pk").first()
    other = model._meta.get_field(name).related_model.objects.order_by("-pk").first()
    actions.relate(fact, name=name, others=[other], reason=WHY, by=officer)
    release(folder, file, short_name="Renamed")
    fact.refresh_from_db()
    assert list(getattr(fact, name).all()) == [other]
    assert fact.short_name == "Renamed"
    assert [row[:2] for row in open_conflicts()] == [(file, name)]


def test_a_note_on_one_field_never_freezes_the_grade(folder: Path, officer: User) -> None:
    judgement = Inspection.objects.get().judgements.get(area__code="leaders")
    actions.correct(judgement, changes={"note": "As printed"}, reason=WHY, by=officer)
    release(folder, "judgements", grade="outstanding", note="")
    judgement.refresh_from_db()
    assert (judgement.grade.code, judgement.note) == ("outstanding", "As printed")


def test_a_row_that_a_person_moved_to_another_key_is_not_doubled(
    folder: Path, officer: User
) -> None:
    day, alias = PollingDay.objects.get(), CouncilAlias.objects.get()
    citation = Citation.objects.get(visit__isnull=False)
    other = Source.objects.get(key="a-report")
    actions.correct(day, changes={"polling_date": date(2021, 5, 7)}, reason=WHY, by=officer)
    actions.correct(alias, changes={"value": "The County"}, reason=WHY, by=officer)
    actions.correct(citation, changes={"source": other}, reason=WHY, by=officer)
    load(folder)
    assert PollingDay.objects.get().polling_date == date(2021, 5, 7)
    assert CouncilAlias.objects.get().value == "The County"
    assert Citation.objects.get(visit__isnull=False).source == other
    assert {row[:2] for row in open_conflicts()} == {
        ("polling_days", "polling_date"), ("council_aliases", "value"), ("visits", "citations"),
    }  # fmt: skip


def test_what_a_load_changed_after_the_person_follows_the_record_again(
    folder: Path, officer: User
) -> None:
    source = Source.objects.get(key="a-list")
    actions.correct(source, changes={"title": "Ours"}, reason=WHY, by=officer)
    actions.correct_many([(source, {"title": "A list"})], reason="Shipped", is_logged=False)
    release(folder, "sources", title="A newer list")
    source.refresh_from_db()
    assert source.title == "A newer list"
    assert not open_conflicts()


def test_a_row_stays_whole_where_half_of_the_release_would_break_a_rule(
    folder: Path, officer: User
) -> None:
    """The person's last day stands after the release's publication date."""
    inspection = Inspection.objects.get()
    actions.correct(inspection, changes={"end_date": date(2021, 4, 20)}, reason=WHY, by=officer)
    release(folder, "inspections", publication_date="2021-04-10")
    inspection.refresh_from_db()
    assert inspection.publication_date == date(2021, 4, 21)
    assert {row[1] for row in open_conflicts()} == {"end_date", "publication_date"}


def test_a_month_is_never_said_of_a_persons_day(folder: Path, officer: User) -> None:
    visit = Visit.objects.get()
    actions.correct(visit, changes={"start_date": date(2022, 6, 8)}, reason=WHY, by=officer)
    release(folder, "visits", start_date="2022-06-01", start_precision="month")
    visit.refresh_from_db()
    assert (visit.start_date, visit.start_precision) == (date(2022, 6, 8), "day")


def test_the_history_is_read_in_one_query_a_table(folder: Path, officer: User) -> None:
    for inspection in Inspection.objects.all():
        actions.correct(inspection, changes={"notes": "x"}, reason=WHY, by=officer)
    with CaptureQueriesContext(connection) as asked:
        assert entered_in(Inspection).fields
    assert len(asked) == 1


def test_a_later_release_logs_what_it_changes_in_every_table(folder: Path) -> None:
    before = Correction.objects.count()
    release(folder, "lanes", name="Leadership")
    entry = Correction.objects.order_by("-pk").first()
    assert Correction.objects.count() == before + 1
    assert (entry.council, entry.kind, entry.event_reference, entry.field) == (
        None, "lane", "leaders", "name",
    )  # fmt: skip


def test_a_release_that_words_the_records_own_notes_anew_corrects_no_fact(
    folder: Path, officer: User
) -> None:
    before = Correction.objects.count()
    anew = {"notes": "Said better", "source_text": "The paper of May 2021"}
    release(folder, "statements", **anew, what="something else")
    assert Correction.objects.first().field == "what"
    assert Correction.objects.count() == before + 1
    statement = Statement.objects.get()
    assert (statement.notes, statement.source_text) == tuple(anew.values())
    assert statement.history.count() == 2
    actions.correct(statement, changes={"notes": "Not so"}, reason=WHY, by=officer)
    assert Correction.objects.first().field == "notes"


# A person's row where a shipped one should go


def with_another_lane(rows: Rows) -> None:
    """A release that adds a lane, and an area and a link that need it."""
    more_tables(rows)
    rows["lanes"].append({**rows["lanes"][0], "code": "new_lane", "name": "New", "order": "77"})
    rows["lanes"][0]["short_name"] = "Theirs"


def test_a_new_row_that_collides_with_a_persons_row_is_listed_and_the_load_goes_on(
    folder: Path, officer: User
) -> None:
    own = Lane(code="our_lane", name="Ours", short_name="Ours", order=77)
    actions.record(own, by=officer, reason=WHY)
    printed = load(invented.write(folder, with_another_lane, as_at="2023-06-30"))
    assert not Lane.objects.filter(code="new_lane").exists()
    assert Lane.objects.get(code="leaders").short_name == "Theirs"
    (found,) = Conflict.objects.filter(outcome="")
    assert (found.table, found.key, found.field) == ("lanes", "new_lane", "")
    assert found.held == "Ours has the same order"
    assert "kept as a person entered it: lanes: new_lane" in printed
    with pytest.raises(ValidationError):
        conflicts.settle(found, "taken", by=officer)
    actions.correct(own, changes={"order": 78}, reason=WHY, by=officer)
    load(folder)
    assert Lane.objects.get(code="new_lane").order == 77
    assert not open_conflicts()


def test_a_changed_field_that_collides_with_a_persons_row_stays_and_the_others_follow(
    folder: Path, officer: User
) -> None:
    own = Lane(code="our_lane", name="Ours", short_name="Ours", order=77)
    actions.record(own, by=officer, reason=WHY)
    held = Lane.objects.get(code="leaders").order
    release(folder, "lanes", order="77", short_name="Theirs")
    lane = Lane.objects.get(code="leaders")
    assert (lane.order, lane.short_name) == (held, "Theirs")
    assert open_conflicts() == [("lanes", "order", f"{held}, as Ours has 77", "77")]


def test_a_council_that_collides_by_its_code_leaves_out_what_is_said_of_it(
    folder: Path, officer: User
) -> None:
    council = make.make_council("Westmarsh", ons_code="E06000777", dfe_code="999")
    actions.correct(council, changes={"website": "https://example.org"}, reason=WHY, by=officer)

    def another(rows: Rows) -> None:
        more_tables(rows)
        rows["councils"].append(
            {**rows["councils"][0], "slug": "eastmarsh", "name": "Eastmarsh",
             "ons_code": "E06000999", "dfe_code": "999", "ofsted_urn": "999", "predecessors": ""}
        )  # fmt: skip
        rows["statements"].append({**rows["statements"][0], "council": "eastmarsh"})

    load(invented.write(folder, another, as_at="2023-06-30"))
    assert not Council.objects.filter(slug="eastmarsh").exists()
    assert {row[:2] for row in open_conflicts()} == {("councils", ""), ("statements", "")}


def test_rows_of_one_release_that_collide_are_refused_as_before(folder: Path) -> None:
    def twice(rows: Rows) -> None:
        with_another_lane(rows)
        rows["lanes"][-1]["order"] = rows["lanes"][0]["order"]

    with pytest.raises(CommandError, match=r"lanes\.csv, line"):
        load(invented.write(folder, twice, as_at="2023-06-30"))


# The same event under another address


def test_a_load_recognises_an_inspection_that_a_person_entered_first(
    folder: Path, officer: User
) -> None:
    framework = Framework.objects.get(code="new_rules")
    council = Council.objects.get(slug="northbridge")
    entered = Inspection(
        council=council, framework=framework, kind="standard", publication_date=date(2023, 5, 2),
    )  # fmt: skip
    good = Grade.objects.get(code="good")
    area = framework.areas.get(code="leaders")
    actions.record_inspection(entered, judgements={area: good}, by=officer)
    assert entered.reference == "pub-2023-05-02"

    def shipped(rows: Rows) -> None:
        more_tables(rows)
        rows["inspections"].append(
            {
                **rows["inspections"][0], "council": "northbridge", "framework": "new_rules",
                "reference": "2023-03-06", "start_date": "2023-03-06", "end_date": "2023-03-10",
                "publication_date": "2023-05-03", "lead_inspector": "Somebody",
            }
        )  # fmt: skip
        rows["judgements"].append(
            {"council": "northbridge", "inspection": "2023-03-06", "area": "leaders",
             "grade": "inadequate"}
        )  # fmt: skip

    load(invented.write(folder, shipped, as_at="2023-06-30"))
    held = Inspection.objects.get(council=council)
    assert held.reference == "pub-2023-05-02"
    assert (held.start_date, held.lead_inspector) == (date(2023, 3, 6), "Somebody")
    assert held.publication_date == date(2023, 5, 2)
    assert held.judgements.get().grade == good
    assert {row[:2] for row in open_conflicts()} == {
        ("inspections", "publication_date"), ("judgements", "grade"),
    }  # fmt: skip
    load(folder)
    assert Inspection.objects.count() == 2


# Settling


def test_a_difference_is_listed_once_and_settles_itself_when_both_agree(
    folder: Path, officer: User
) -> None:
    lane = Lane.objects.get(code="leaders")
    actions.correct(lane, changes={"name": "Leadership"}, reason=WHY, by=officer)
    load(folder)
    load(folder)
    assert Conflict.objects.get().outcome == ""
    release(folder, "lanes", name="Leaders of the service")
    assert open_conflicts() == [("lanes", "name", "Leadership", "Leaders of the service")]
    release(folder, "lanes", name="Leadership")
    assert Conflict.objects.get().outcome == "agreed"


def test_what_is_kept_stays_settled_until_the_shipped_value_changes(
    folder: Path, officer: User
) -> None:
    lane = Lane.objects.get(code="leaders")
    actions.correct(lane, changes={"name": "Leadership"}, reason=WHY, by=officer)
    load(folder)
    conflicts.settle(Conflict.objects.get(), "kept", by=officer)
    load(folder)
    assert not open_conflicts()
    release(folder, "lanes", name="Leaders of the service")
    assert open_conflicts() == [("lanes", "name", "Leadership", "Leaders of the service")]


def test_what_is_taken_is_corrected_with_history_and_follows_later_releases(
    folder: Path, officer: User
) -> None:
    lane = Lane.objects.get(code="leaders")
    actions.correct(lane, changes={"name": "Leadership"}, reason=WHY, by=officer)
    load(folder)
    conflicts.settle(Conflict.objects.get(), "taken", by=officer)
    lane.refresh_from_db()
    assert lane.name == "leaders"
    assert lane.history.first().history_user == officer
    release(folder, "lanes", name="Leaders of the service")
    lane.refresh_from_db()
    assert lane.name == "Leaders of the service"
    assert not open_conflicts()


@pytest.mark.parametrize("name", ["grade", "predecessors", "citations", "row", "date"])
def test_every_kind_of_difference_can_be_taken(name: str, folder: Path, officer: User) -> None:
    council = Council.objects.get(slug="northbridge")
    judgement = Inspection.objects.get().judgements.get(area__code="leaders")
    held: object = None
    if name == "grade":
        held = judgement.grade
        worse = Grade.objects.get(code="inadequate")
        actions.correct(judgement, changes={"grade": worse}, reason=WHY, by=officer)
    elif name == "predecessors":
        others = Council.objects.filter(slug="exampleshire")
        actions.relate(council, name=name, others=others, reason=WHY, by=officer)
    elif name == "citations":
        actions.withdraw(Citation.objects.get(visit__isnull=False), reason=WHY, by=officer)
    elif name == "row":
        actions.withdraw(StatisticalNeighbour.objects.get(), reason=WHY, by=officer)
    else:
        day = PollingDay.objects.get()
        actions.correct(day, changes={"polling_date": date(2021, 5, 7)}, reason=WHY, by=officer)
    load(folder)
    conflicts.settle(Conflict.objects.get(), "taken", by=officer)
    judgement.refresh_from_db()
    assert held is None or judgement.grade == held
    assert not council.predecessors.exists()
    assert Citation.objects.filter(visit__isnull=False).count() == 1
    assert StatisticalNeighbour.objects.get().history.first().history_type == "+"
    assert PollingDay.objects.get().polling_date == date(2021, 5, 6)
    load(folder)
    assert not open_conflicts()


def test_a_shipped_value_that_a_rule_refuses_is_not_taken(folder: Path, officer: User) -> None:
    inspection = Inspection.objects.get()
    actions.correct(inspection, changes={"end_date": date(2021, 4, 20)}, reason=WHY, by=officer)
    release(folder, "inspections", publication_date="2021-04-10")
    conflict = Conflict.objects.get(field="publication_date")
    with pytest.raises(ValidationError):
        conflicts.settle(conflict, "taken", by=officer)
    conflict.refresh_from_db()
    assert conflict.outcome == ""


def test_a_row_whose_parent_was_withdrawn_is_listed_and_taken_after_it(
    folder: Path, officer: User
) -> None:
    """A scale that nobody uses goes, and its grade with it."""

    def another(rows: Rows) -> None:
        more_tables(rows)
        rows["grade_scales"].append({"code": "old", "name": "Old"})
        rows["grades"].append({**rows["grades"][0], "scale": "old", "code": "adequate"})

    load(invented.write(folder, another))
    actions.withdraw(Grade.objects.get(code="adequate"), reason=WHY, by=officer)
    actions.withdraw(GradeScale.objects.get(code="old"), reason=WHY, by=officer)
    load(folder)
    grade = Conflict.objects.get(table="grades")
    assert grade.held == "left out with what it refers to"
    with pytest.raises(ValidationError, match="take what it refers to first"):
        conflicts.settle(grade, "taken", by=officer)
    conflicts.settle(Conflict.objects.get(table="grade_scales"), "taken", by=officer)
    assert GradeScale.objects.filter(code="old").exists()


# Coverage


def test_a_load_does_not_set_back_the_day_that_an_import_proved(folder: Path) -> None:
    coverage = Coverage.objects.get()
    actions.correct(
        coverage,
        changes={"complete_to_date": date(2025, 3, 31), "source_text": "A workbook"},
        reason="Import 1: workbook.ods",
        by=None,
    )
    release(folder, "coverage", complete_to_date="2023-06-30", source_text="A longer list")
    coverage.refresh_from_db()
    assert (coverage.complete_to_date, coverage.source_text) == (date(2025, 3, 31), "A workbook")
    assert not open_conflicts()
    release(folder, "coverage", complete_to_date="2025-06-30", source_text="A longer list")
    coverage.refresh_from_db()
    assert (coverage.complete_to_date, coverage.source_text) == (date(2025, 6, 30), "A longer list")
