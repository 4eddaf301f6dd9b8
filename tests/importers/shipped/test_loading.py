"""Loading: whole, again without effect, and never over what a person has corrected."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from inspections import actions
from inspections.importers.shipped import loading, reading
from inspections.importers.shipped.schema import TABLES
from inspections.models import (
    Citation,
    Correction,
    Council,
    Grade,
    Inspection,
    Judgement,
    JudgementArea,
    RecordState,
    RuleException,
    Source,
    User,
    Visit,
)
from tests import factories as make
from tests.importers.shipped import invented
from tests.importers.shipped.invented import Rows

pytestmark = pytest.mark.django_db


SECOND = "The record that comes with this site, as it stood on 30 June 2023"


@pytest.fixture
def folder(empty_record: None, tmp_path: Path) -> Path:
    """The invented record, loaded."""
    load(invented.write(tmp_path))
    return tmp_path


@pytest.fixture
def officer(db: None) -> User:
    return make.make_user()


def load(folder: Path, **options: object) -> str:
    """What the command prints."""
    out = io.StringIO()
    call_command("load_record", folder=folder, stdout=out, **options)
    return out.getvalue()


def counted(printed: str, file: str) -> tuple[int, int, int]:
    """Created, changed, unchanged, as printed for the file."""
    line = next(line for line in printed.splitlines() if line.startswith(f"{file} "))
    created, changed, unchanged = map(int, line.split()[1:])
    return created, changed, unchanged


def version() -> int:
    return RecordState.objects.get().version


def history_lines() -> int:
    models = (Council, Source, Inspection, Judgement, Visit, Citation)
    return sum(model.history.count() for model in models)


def judged(area: str) -> Judgement:
    return Judgement.objects.get(area__code=area, area__framework__code="old_rules")


def regraded(rows: Rows) -> None:
    rows["judgements"][1]["grade"] = "requires_improvement"


# The shipped record itself


def test_the_shipped_record_loads_again_without_effect() -> None:
    version_before, lines_before = version(), history_lines()
    record = reading.read_record(reading.SHIPPED, today=timezone.localdate())
    counts = loading.load(record)
    for table in TABLES:
        count = counts[table.file]
        assert (count.created, count.changed, count.removed) == (0, 0, 0)
        assert count.unchanged == len(record.tables.get(table.file, []))
        assert not count.kept
        assert not count.not_in_record
    assert (version(), history_lines()) == (version_before, lines_before)


def test_every_row_of_the_shipped_files_is_a_row_of_the_record() -> None:
    folder = reading.SHIPPED
    for file, model in (
        ("councils", Council),
        ("inspections", Inspection),
        ("judgements", Judgement),
        ("visits", Visit),
    ):
        table = next(table for table in TABLES if table.file == file)
        rows = reading.read_table(table, reading.read_text(folder / f"{file}.csv"))
        assert model.objects.count() == len(rows)
        assert model.history.count() == len(rows)


def test_shipped_facts_obey_the_rules_of_their_models() -> None:
    for model in (Council, Inspection, Visit, JudgementArea, Judgement):
        for fact in model.objects.order_by("pk")[::25]:
            fact.full_clean()


# An invented record


def test_a_first_load_writes_everything_with_its_history(folder: Path) -> None:
    inspection = Inspection.objects.get()
    assert {row.area.code: row.grade.code for row in inspection.judgements.all()} == {
        "leaders": "good",
        "help_and_protection": "inadequate",
        "overall": "inadequate",
    }
    assert {row.source.key for row in inspection.citations.all()} == {"a-list", "a-report"}
    assert inspection.history.get().history_change_reason == (
        "The record that comes with this site, as it stood on 31 January 2023"
    )
    assert JudgementArea.objects.get(code="overall").lanes.get().code == "overall"
    assert Correction.objects.get().was_ofsteds
    state = RecordState.objects.get()
    assert state.version > 0
    assert str(state.as_at_date) == "2023-01-31"
    assert state.digest == reading.digest_of(folder)


def test_loading_again_changes_nothing(folder: Path) -> None:
    before, lines = version(), history_lines()
    printed = load(folder)
    for table in TABLES:
        created, changed, unchanged = counted(printed, table.file)
        assert (created, changed, unchanged) == (0, 0, len(invented.rows().get(table.file, [])))
    assert (version(), history_lines()) == (before, lines)


def test_what_is_loaded_already_is_passed_over_when_asked(folder: Path) -> None:
    assert "loaded already" in load(folder, if_changed=True)
    invented.write(folder, regraded)
    assert counted(load(folder, if_changed=True), "judgements") == (0, 1, 2)


def test_a_byte_order_mark_and_windows_line_ends_are_read(folder: Path) -> None:
    for path in folder.glob("*.csv"):
        lines = path.read_text().splitlines()
        path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join([*lines, ""]).encode())
    assert counted(load(folder), "councils") == (0, 0, 2)


def test_a_later_release_that_changes_a_fact_logs_it_in_words(folder: Path) -> None:
    before = version()
    invented.write(folder, regraded, as_at="2023-06-30")
    printed = load(folder)
    assert counted(printed, "judgements") == (0, 1, 2)
    assert judged("help_and_protection").grade.code == "requires_improvement"
    line = judged("help_and_protection").history.first()
    assert line.history_change_reason == SECOND
    entry = Correction.objects.exclude(was_ofsteds=True).get()
    assert (entry.council.slug, entry.event_reference) == ("exampleshire", "2021-03-01")
    assert (entry.kind, entry.area) == ("judgement", "help_and_protection")
    assert (entry.field, entry.old, entry.new) == ("grade", "Inadequate", "Requires_improvement")
    assert entry.reason == SECOND
    assert version() > before


def test_a_later_release_that_adds_events_or_districts_logs_no_correction(folder: Path) -> None:
    def more(rows: Rows) -> None:
        rows["visits"].append({**rows["visits"][0], "reference": "2022-09-06"})
        rows["visits"][1].update(start_date="2022-09-06", council="northbridge")

        row = {"council": "exampleshire", "scheme": "district", "value": "Eastmarsh"}
        rows["council_aliases"].append(row)

    invented.write(folder, more)
    printed = load(folder)
    assert counted(printed, "visits") == (1, 0, 1)
    assert counted(printed, "council_aliases") == (1, 0, 1)
    assert Correction.objects.count() == 1


def test_a_release_after_a_correction_does_not_count_the_log_as_missing(folder: Path) -> None:
    load(invented.write(folder, regraded))
    assert "not in the shipped record" not in load(folder)


def test_what_a_person_has_corrected_is_kept_and_told(folder: Path, officer: User) -> None:
    judgement = judged("help_and_protection")
    actions.correct(
        judgement,
        changes={"grade": Grade.objects.get(code="good")},
        reason="The report says so",
        by=officer,
    )
    for change in (lambda rows: None, regraded):
        printed = load(invented.write(folder, change))
        assert (
            "kept as a person entered it: judgements: "
            "exampleshire 2021-03-01 help_and_protection: grade: Good here" in printed
        )
        judgement.refresh_from_db()
        assert judgement.grade.code == "good"


def test_a_release_that_agrees_with_the_person_has_nothing_to_tell(
    folder: Path, officer: User
) -> None:
    actions.correct(
        judged("help_and_protection"),
        changes={"grade": Grade.objects.get(code="requires_improvement")},
        reason="The report says so",
        by=officer,
    )
    printed = load(invented.write(folder, regraded))
    assert "kept as a person entered it" not in printed
    assert counted(printed, "judgements") == (0, 0, 3)


def test_what_a_person_has_withdrawn_does_not_come_back(folder: Path, officer: User) -> None:
    actions.withdraw(judged("leaders"), reason="Not judged", by=officer)
    actions.withdraw(Inspection.objects.get(), reason="Entered twice", by=officer)
    printed = load(folder)
    assert "judgements: exampleshire 2021-03-01 leaders: withdrawn here" in printed
    assert not Judgement.objects.filter(area__code="leaders").exists()
    assert not Inspection.objects.public().exists()


def test_what_a_person_has_entered_is_no_concern_of_a_release(folder: Path, officer: User) -> None:
    visit = Visit(
        council=Council.objects.get(slug="northbridge"), kind="jtai", start_precision="unknown"
    )
    actions.record(visit, by=officer, sources=[Source.objects.get(key="a-list")])
    printed = load(folder)
    assert "not in the shipped record" not in printed
    assert Visit.objects.count() == 2


def test_a_list_that_a_person_has_set_is_kept_and_told(folder: Path, officer: User) -> None:
    first, second = Council.objects.order_by("slug")
    actions.relate(
        second, name="predecessors", others=[first], reason="The order of 2020", by=officer
    )
    assert "councils: northbridge: predecessors" in load(folder)
    assert list(second.predecessors.all()) == [first]


def test_a_release_that_changes_only_a_list_raises_the_version(folder: Path) -> None:
    before = version()

    def related(rows: Rows) -> None:
        rows["councils"][1]["predecessors"] = "exampleshire"
        rows["judgement_areas"][0]["lanes"] = "leaders|overall"

    printed = load(invented.write(folder, related))
    assert counted(printed, "councils") == (0, 1, 1)
    assert counted(printed, "judgement_areas") == (0, 1, 4)
    area = JudgementArea.objects.get(framework__code="old_rules", code="leaders")
    assert {lane.code for lane in area.lanes.all()} == {"leaders", "overall"}
    assert version() > before


def test_new_citations_are_added_and_dropped_ones_told(folder: Path) -> None:
    before = version()
    load(invented.write(folder, lambda rows: rows["visits"][0].update(sources="a-list|a-report")))
    assert Visit.objects.get().citations.count() == 2
    assert version() > before
    printed = load(invented.write(folder))
    assert "visits: exampleshire 2022-06-07 cites a-report" in printed


def test_rows_that_a_release_no_longer_has_are_told_and_kept(folder: Path) -> None:
    printed = load(invented.write(folder, lambda rows: rows["visits"].clear()))
    assert "not in the shipped record: visits: exampleshire 2022-06-07" in printed
    assert Visit.objects.exists()


def test_exceptions_are_those_of_the_release_alone(folder: Path) -> None:
    def excepted(rows: Rows) -> None:
        rows["rule_exceptions"].append(
            {"rule": "a-rule", "subject": "x 1", "reason": "why", "source_text": "where"}
        )

    load(invented.write(folder, excepted))
    assert RuleException.objects.count() == 1
    assert "no longer in the shipped record: rule_exceptions: 1" in load(invented.write(folder))
    assert not RuleException.objects.exists()


def test_an_event_shared_by_a_withdrawn_one_is_not_brought_back_under_another_key(
    folder: Path, officer: User
) -> None:
    """Only the key that was withdrawn is kept away; other judgements load as ever."""
    actions.withdraw(judged("leaders"), reason="Not judged", by=officer)

    def more(rows: Rows) -> None:
        rows["inspections"].append(
            {
                **rows["inspections"][0],
                "council": "northbridge",
            }
        )
        rows["judgements"].append({**rows["judgements"][0], "council": "northbridge"})

    load(invented.write(folder, more))
    assert Judgement.objects.get(area__code="leaders").inspection.council.slug == "northbridge"
