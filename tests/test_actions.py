"""The only writer: what it checks, what it keeps, what it logs."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from inspections import actions, store
from inspections.models import (
    Citation,
    Correction,
    Council,
    Grade,
    Inspection,
    Judgement,
    JudgementArea,
    RecordState,
    User,
    Visit,
)
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_record")]

REASON = "The report prints another day."


@pytest.fixture
def officer(empty_record: None) -> User:
    return make.make_user()


def version() -> int:
    return RecordState.objects.values_list("version", flat=True).filter(pk=1).first() or 0


def new_inspection(**fields: object) -> Inspection:
    """An inspection that nobody has recorded yet."""
    values = {
        "council": Council.objects.first() or make.make_council(),
        "framework": fields.get("framework") or make.make_framework(),
        "kind": "standard",
        "start_date": date(2021, 3, 1),
        "end_date": date(2021, 3, 12),
        "publication_date": date(2021, 4, 21),
    }
    return Inspection(**{**values, **fields})


# Recording


def test_recording_keeps_who_and_why_and_raises_the_version(officer: User) -> None:
    before = version()
    inspection = actions.record(new_inspection(), by=officer, reason="Read in the report")
    line = inspection.history.get()
    assert (line.history_type, line.history_user, line.history_change_reason) == (
        "+",
        officer,
        "Read in the report",
    )
    assert version() > before
    assert not Correction.objects.exists()


def test_an_inspection_gets_its_first_day_as_its_address(officer: User) -> None:
    assert actions.record(new_inspection(), by=officer).reference == "2021-03-01"


@pytest.mark.parametrize(
    ("fields", "reference"),
    [
        ({"start_date": None, "end_date": None}, "pub-2021-04-21"),
        ({"reference": "chosen-by-hand"}, "chosen-by-hand"),
    ],
)
def test_an_inspections_address_without_a_first_day(
    officer: User, fields: dict, reference: str
) -> None:
    assert actions.record(new_inspection(**fields), by=officer).reference == reference


@pytest.mark.parametrize(
    ("fields", "reference"),
    [
        ({"start_date": date(2022, 6, 7)}, "2022-06-07"),
        (
            {"start_date": date(2022, 6, 1), "start_precision": "month"},
            "focused-visit-2022-06",
        ),
        (
            {"start_precision": "unknown", "publication_date": date(2022, 7, 1)},
            "focused-visit-pub-2022-07-01",
        ),
        ({"start_precision": "unknown"}, "focused-visit-pub-unknown"),
    ],
)
def test_a_visits_address(officer: User, fields: dict, reference: str) -> None:
    visit = Visit(council=make.make_council(), kind="focused_visit", **fields)
    assert actions.record(visit, by=officer).reference == reference


def test_a_second_event_of_the_day_gets_its_kind_in_its_address(officer: User) -> None:
    inspection = actions.record(new_inspection(), by=officer)
    references = [
        actions.record(
            Visit(council=inspection.council, kind="jtai", start_date=date(2021, 3, 1)),
            by=officer,
            is_another="A test",
        ).reference
        for _ in range(3)
    ]
    assert references == ["jtai-2021-03-01", "jtai-2021-03-01-2", "jtai-2021-03-01-3"]


def test_recording_checks_every_rule_and_writes_nothing(officer: User) -> None:
    before = version()
    with pytest.raises(ValidationError) as refusal:
        actions.record(new_inspection(publication_date=date(2021, 3, 1)), by=officer)
    assert "publication_date" in refusal.value.message_dict
    assert not Inspection.objects.exists()
    assert not Inspection.history.exists()
    assert version() == before


def test_sources_are_cited_with_the_fact(officer: User) -> None:
    source = make.make_source()
    inspection = actions.record(new_inspection(), by=officer, sources=[source])
    assert [citation.source for citation in inspection.citations.all()] == [source]
    assert Citation.history.get().history_user == officer


def test_an_inspection_and_its_judgements_are_recorded_whole_or_not_at_all(officer: User) -> None:
    framework = make.make_framework()
    good = Grade.objects.get(code="good")
    foreign = make.make_framework("other_rules").areas.first()
    with pytest.raises(ValidationError):
        actions.record_inspection(
            new_inspection(framework=framework),
            judgements={framework.areas.get(code="leaders"): good, foreign: good},
            by=officer,
        )
    assert not Inspection.objects.exists()
    assert not Judgement.objects.exists()
    actions.record_inspection(
        new_inspection(framework=framework),
        judgements=dict.fromkeys(framework.areas.all(), good),
        by=officer,
    )
    assert Judgement.objects.count() == 5
    assert Judgement.history.filter(history_user=officer).count() == 5


def test_a_judgement_that_comes_later_is_logged_and_one_with_its_event_is_not(
    officer: User,
) -> None:
    inspection, good = (
        new_inspection(framework=make.make_framework()),
        Grade.objects.get(code="good"),
    )
    leaders, care = (inspection.framework.areas.get(code=c) for c in ("leaders", "care_leavers"))
    actions.record_inspection(inspection, judgements={leaders: good}, by=officer)
    assert not Correction.objects.exists()
    actions.record(Judgement(inspection=inspection, area=care, grade=good), by=officer)
    entry = Correction.objects.get()
    assert (entry.area, entry.old, entry.new) == ("care_leavers", "not recorded", "Good")


def test_what_the_database_refuses_on_top_is_told_as_a_complaint(
    officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    inspection = actions.record(new_inspection(), by=officer)
    twin = new_inspection(framework=make.make_framework("other_rules"), reference="2021-03-01")
    monkeypatch.setattr(Inspection, "full_clean", lambda self: None)
    with pytest.raises(ValidationError, match="The record refused this"):
        actions.record(twin, by=officer, is_another="A test")
    assert Inspection.objects.get() == inspection


# Correcting


def test_a_correction_is_logged_with_old_new_and_why(officer: User) -> None:
    inspection = actions.record(new_inspection(), by=officer)
    before = version()
    written = actions.correct(
        inspection,
        changes={"publication_date": date(2021, 4, 22)},
        reason=REASON,
        by=officer,
        source_text="The report's cover",
    )
    entry = Correction.objects.get()
    assert written == [entry]
    assert (entry.council, entry.event_reference) == (inspection.council, "2021-03-01")
    assert (entry.kind, entry.area, entry.subject_date) == ("inspection", "", date(2021, 3, 1))
    assert (entry.field, entry.old, entry.new) == ("publication_date", "2021-04-21", "2021-04-22")
    assert (entry.reason, entry.source_text) == (REASON, "The report's cover")
    assert entry.corrected_by == officer
    assert version() > before
    new, old = inspection.history.all()
    assert (old.publication_date, new.publication_date) == (date(2021, 4, 21), date(2021, 4, 22))
    assert (new.history_user, new.history_change_reason) == (officer, REASON)


def test_a_corrected_grade_is_named_as_a_reader_would(officer: User) -> None:
    judgement = make.make_judgement(make.make_inspection(), "care_leavers", "good")
    actions.correct(
        judgement,
        changes={"grade": Grade.objects.get(code="requires_improvement")},
        reason=REASON,
        by=officer,
    )
    entry = Correction.objects.get()
    assert (entry.kind, entry.area) == ("judgement", "care_leavers")
    assert (entry.field, entry.old, entry.new) == ("grade", "Good", "Requires improvement")


@pytest.mark.parametrize(
    ("changes", "old", "new"),
    [
        ({"kind": "short"}, "Standard inspection", "Short inspection"),
        ({"has_two_periods": True}, "no", "yes"),
        ({"improvement_points": 4}, "not recorded", "4"),
        ({"improvement_points": 0}, "not recorded", "0"),
        ({"lead_inspector": "Someone"}, "not recorded", "Someone"),
        ({"publication_date": "2021-04-22"}, "2021-04-21", "2021-04-22"),
    ],
)
def test_values_are_logged_in_words(officer: User, changes: dict, old: str, new: str) -> None:
    actions.correct(make.make_inspection(), changes=changes, reason=REASON, by=officer)
    entry = Correction.objects.get()
    assert (entry.old, entry.new) == (old, new)


def test_an_overlong_value_is_cut_in_the_log_and_whole_in_the_record(officer: User) -> None:
    council = make.make_council()
    actions.correct(council, changes={"notes": "x" * 5000}, reason=REASON, by=officer)
    assert len(Correction.objects.get().new) == 2000
    council.refresh_from_db()
    assert len(council.notes) == 5000


def test_a_councils_own_facts_are_logged_too(officer: User) -> None:
    council = make.make_council()
    actions.correct(council, changes={"kind": "unitary"}, reason=REASON, by=officer)
    entry = Correction.objects.get()
    assert (entry.council, entry.event_reference, entry.kind) == (council, "", "council")


def test_what_no_council_owns_is_logged_by_its_key(officer: User) -> None:
    source = make.make_source()
    (entry,) = actions.correct(source, changes={"title": "New"}, reason=REASON, by=officer)
    assert source.history.first().history_change_reason == REASON
    assert (entry.council, entry.kind, entry.event_reference, entry.field) == (
        None, "source", source.key, "title",
    )  # fmt: skip


def test_nothing_is_written_where_nothing_differs(officer: User) -> None:
    inspection = actions.record(new_inspection(), by=officer)
    before = version()
    same = {"publication_date": inspection.publication_date, "kind": "standard"}
    assert actions.correct(inspection, changes=same, reason="", by=officer) == []
    assert inspection.history.count() == 1
    assert version() == before


@pytest.mark.parametrize("reason", ["", "   \n"])
def test_a_correction_needs_a_reason(officer: User, reason: str) -> None:
    inspection = make.make_inspection()
    with pytest.raises(ValidationError) as refusal:
        actions.correct(inspection, changes={"kind": "short"}, reason=reason, by=officer)
    assert "reason" in refusal.value.message_dict
    inspection.refresh_from_db()
    assert inspection.kind == "standard"


def test_a_correction_is_checked_by_every_rule_and_leaves_the_callers_copy(officer: User) -> None:
    inspection = actions.record(new_inspection(), by=officer)
    before = version()
    with pytest.raises(ValidationError) as refusal:
        actions.correct(
            inspection,
            changes={"end_date": date(2021, 2, 1), "kind": "short"},
            reason=REASON,
            by=officer,
        )
    assert "end_date" in refusal.value.message_dict
    assert (inspection.end_date, inspection.kind) == (date(2021, 3, 12), "standard")
    assert not Correction.objects.exists()
    assert inspection.history.count() == 1
    assert version() == before


def test_an_address_once_published_is_never_changed(officer: User) -> None:
    with pytest.raises(ValidationError) as refusal:
        actions.correct(
            make.make_inspection(), changes={"reference": "other"}, reason=REASON, by=officer
        )
    assert "reference" in refusal.value.message_dict


def test_an_old_copy_does_not_undo_what_others_have_corrected(officer: User) -> None:
    inspection = make.make_inspection()
    old_copy = Inspection.objects.get(pk=inspection.pk)
    actions.correct(inspection, changes={"kind": "short"}, reason=REASON, by=officer)
    actions.correct(old_copy, changes={"improvement_points": 3}, reason=REASON, by=officer)
    inspection.refresh_from_db()
    assert (inspection.kind, inspection.improvement_points) == ("short", 3)


def test_a_correction_that_fails_at_the_log_changes_nothing(
    officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    inspection = make.make_inspection()

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the log is full")

    monkeypatch.setattr(Correction.objects, "bulk_create", fail)
    with pytest.raises(RuntimeError):
        actions.correct(inspection, changes={"kind": "short"}, reason=REASON, by=officer)
    inspection.refresh_from_db()
    assert inspection.kind == "standard"
    assert not inspection.history.filter(kind="short").exists()


def test_lists_of_other_facts_are_set_with_a_reason_and_logged(officer: User) -> None:
    new, old = make.make_council("Westmarsh"), make.make_council("Northbridge")
    with pytest.raises(ValidationError):
        actions.relate(new, name="predecessors", others=[old], reason=" ", by=officer)
    assert actions.relate(new, name="predecessors", others=[old], reason=REASON, by=officer)
    assert list(old.successors.all()) == [new]
    entry = Correction.objects.get()
    assert (entry.field, entry.old, entry.new) == ("predecessors", "none", "Northbridge")
    assert new.history.first().history_user == officer
    assert not actions.relate(new, name="predecessors", others=[old], reason="", by=officer)


def test_an_areas_lanes_keep_their_history(officer: User) -> None:
    area = make.make_framework().areas.get(code="in_care")
    lanes = [make.make_lane("in_care"), make.make_lane("care_leavers")]
    made = area.history.count()
    assert actions.relate(area, name="lanes", others=lanes, reason=REASON, by=officer)
    assert JudgementArea.objects.get(pk=area.pk).lanes.count() == 2
    assert area.history.first().lanes.count() == 2
    lines = list(area.history.all())[:-made]
    assert {(line.history_user, line.history_change_reason) for line in lines} == {
        (officer, REASON)
    }


# Once


def test_the_same_event_is_refused_with_its_name_and_address(officer: User) -> None:
    held = actions.record(new_inspection(), by=officer)
    with pytest.raises(actions.SameEventError) as refusal:
        actions.record(new_inspection(framework=held.framework, kind="short"), by=officer)
    assert refusal.value.other == held
    said = " ".join(refusal.value.messages)
    assert "Exampleshire, standard inspection, 2021-03-01" in said
    assert held.get_absolute_url() in said
    assert Inspection.objects.count() == 1


def test_a_stated_reason_lets_another_event_through(officer: User) -> None:
    held = actions.record(new_inspection(), by=officer)
    again = new_inspection(framework=held.framework, start_date=date(2021, 3, 8))
    with pytest.raises(actions.SameEventError):
        actions.record(again, by=officer, is_another="  ")
    actions.record(again, by=officer, reason="Printed", is_another="Two reports")
    assert again.history.get().history_change_reason == (
        "Printed (Another than exampleshire/2021-03-01: Two reports)"
    )


def test_a_correction_that_makes_one_event_of_two_needs_a_reason_too(officer: User) -> None:
    first = actions.record(new_inspection(), by=officer)
    days = ("start_date", "end_date", "publication_date")
    later = {name: getattr(first, name).replace(year=2024) for name in days}
    second = actions.record(new_inspection(framework=first.framework, **later), by=officer)
    same = {name: getattr(first, name) for name in days}
    with pytest.raises(actions.SameEventError):
        actions.correct(second, changes=same, reason=REASON, by=officer)
    actions.correct(second, changes=same, reason=REASON, by=officer, is_another="Two reports")
    assert second.publication_date == first.publication_date, "the caller's copy is told"
    assert "Two reports" in second.history.first().history_change_reason


def test_a_withdrawn_event_is_no_twin_until_it_is_published_again(officer: User) -> None:
    first = actions.record(new_inspection(), by=officer)
    actions.withdraw(first, reason="Another council's", by=officer)
    again = new_inspection(framework=first.framework, start_date=date(2021, 3, 8))
    actions.record(again, by=officer)
    actions.correct(first, changes={"start_date": date(2021, 3, 2)}, reason=REASON, by=officer)
    with pytest.raises(actions.SameEventError) as refusal:
        actions.publish_again(first, reason="It was right", by=officer)
    assert refusal.value.other == again


# Withdrawing


def shown() -> tuple[list[str], list[str]]:
    """References of what the public questions give: inspections and visits."""
    record = store.current_record()
    return (
        [row.reference for row in record.inspections],
        [row.reference for row in record.visits if row.is_public_by(date(2030, 1, 1))],
    )


def test_what_is_withdrawn_is_not_shown_until_it_is_published_again(officer: User) -> None:
    inspection = make.make_inspection(grades={"leaders": "good"})
    visit = make.make_visit(inspection.council)
    assert shown() == (["2021-03-01"], ["2022-06-07"])
    for fact in (inspection, visit):
        actions.withdraw(fact, reason="Entered for the wrong council", by=officer)
    assert shown() == ([], [])
    assert Inspection.objects.count() == Visit.objects.count() == 1
    assert [entry.new for entry in Correction.objects.all()] == ["Withdrawn", "Withdrawn"]
    actions.publish_again(inspection, reason="It was right", by=officer)
    assert shown() == (["2021-03-01"], [])


def test_a_withdrawn_judgements_row_goes_and_its_history_stays(officer: User) -> None:
    judgement = make.make_judgement(make.make_inspection(), "leaders", "good")
    pk, before = judgement.pk, version()
    actions.withdraw(judgement, reason="Not judged", by=officer)
    assert not Judgement.objects.exists()
    line = Judgement.history.filter(id=pk).first()
    assert (line.history_type, line.history_user) == ("-", officer)
    assert line.history_change_reason == "Not judged"
    entry = Correction.objects.get()
    assert (entry.old, entry.new) == ("Good", "not recorded")
    assert version() > before


def test_a_withdrawal_needs_a_reason(officer: User) -> None:
    inspection = make.make_inspection()
    for fact in (inspection, make.make_judgement(inspection), make.make_source()):
        with pytest.raises(ValidationError):
            actions.withdraw(fact, reason=" ", by=officer)
    assert Inspection.objects.public().exists()
    assert Judgement.objects.exists()


# Many at once


def test_many_are_recorded_with_their_history() -> None:
    council, framework = make.make_council(), make.make_framework()
    facts = [
        new_inspection(council=council, framework=framework, reference=f"number-{n}")
        for n in range(3)
    ]
    actions.record_many(facts, reason="Shipped record")
    assert Inspection.objects.count() == Inspection.history.count() == 3
    assert set(Inspection.history.values_list("history_change_reason", flat=True)) == {
        "Shipped record"
    }
    assert all(fact.pk for fact in facts)
    actions.record_many([], reason="Nothing")


def test_many_are_corrected_with_history_and_a_log_in_words() -> None:
    judgement = make.make_judgement(make.make_inspection(), "leaders", "good")
    worse = Grade.objects.get(code="inadequate")
    actions.correct_many(
        [(judgement, {"grade_id": worse.pk, "note": "checked"})], reason="Release", is_logged=True
    )
    judgement.refresh_from_db()
    assert (judgement.grade, judgement.note) == (worse, "checked")
    assert judgement.history.first().history_change_reason == "Release"
    logged = {(row.field, row.old, row.new) for row in Correction.objects.all()}
    assert logged == {("grade", "Good", "Inadequate")}, "the record's own notes are no correction"


def test_many_are_corrected_without_a_log_where_none_is_asked_for() -> None:
    inspection = make.make_inspection()
    actions.correct_many([(inspection, {"kind": "short"})], reason="Release", is_logged=False)
    actions.correct_many([], reason="Release", is_logged=True)
    assert Inspection.objects.get().kind == "short"
    assert not Correction.objects.exists()
