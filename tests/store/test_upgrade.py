"""A database of the released version, with an officer's edits in it, is upgraded: nothing lost.

The shipped record as that version held it, and entries of its corrections log as it wrote them:
in English labels. What the log is explained by since are keys.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import dj_database_url
import pytest
from django.conf import settings
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from pytest_django.plugin import DjangoDbBlocker

from tests.former_release import AT_ONCE, StepByStep

ALIAS = "upgraded"
RELEASED = [("inspections", "0005_waits_by_lane")]
BEFORE_POINTS = [("inspections", "0009_collect")]
AT = datetime(2026, 11, 10, 9, tzinfo=UTC)
KEPT = ("Wait", "LaneWait", "Tally", "BacktestScore")
COUNTED = (
    "Council", "Inspection", "Judgement", "Visit", "Statement", "Source", "Citation", "Framework",
    "JudgementArea", "AreaContinuation", "OfficialFigure", "RuleException", "User",
    "HistoricalCouncil", "HistoricalInspection", "HistoricalJudgement", "HistoricalVisit",
    "HistoricalStatement", "HistoricalJudgementArea", "HistoricalJudgementArea_lanes",
)  # fmt: skip


@pytest.fixture
def executor(database_url: str, django_db_blocker: DjangoDbBlocker) -> Iterator[MigrationExecutor]:
    """Migrates the test's own database, which is at first as the present version has it."""
    connections.databases[ALIAS] = {
        **connections.databases["default"],
        **dj_database_url.parse(database_url),
    }
    try:
        with django_db_blocker.unblock():
            found = MigrationExecutor(connections[ALIAS])
            found.loader = StepByStep(connections[ALIAS])
            found.recorder.record_unapplied(*AT_ONCE)
            yield found
            connections[ALIAS].close()
    finally:
        del connections[ALIAS]
        del connections.databases[ALIAS]


def migrate(executor: MigrationExecutor, targets: list[tuple[str, str]]) -> Any:
    """The models of that state."""
    executor.loader.build_graph()
    executor.migrate(targets)
    return models_of(executor, targets)


def models_of(executor: MigrationExecutor, targets: list[tuple[str, str]]) -> Any:
    apps = executor.loader.project_state(targets).apps
    return lambda name: apps.get_model("inspections", name)._base_manager.using(ALIAS)


def manage(database_url: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": database_url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def schema() -> dict[str, Any]:
    """By table: its columns in the order of their names, and its constraints and indexes."""
    ask = connections[ALIAS].introspection

    def told(name: str, rule: dict[str, Any]) -> tuple[list[str], str, bool]:
        """SQLite numbers what has no name of its own."""
        name = "" if name.startswith("__unnamed") else name
        return sorted(rule["columns"] or ()), str(rule["foreign_key"] or name), rule["unique"]

    with connections[ALIAS].cursor() as cursor:
        return {
            table.name: (
                sorted(tuple(row)[:7] for row in ask.get_table_description(cursor, table.name)),
                sorted(
                    told(name, rule)
                    for name, rule in ask.get_constraints(cursor, table.name).items()
                ),
            )
            for table in ask.get_table_list(cursor)
        }


def import_sentences(rows: Any, report: int) -> int:
    """Points of a report as they were until then, rows of two documents; how many documents."""
    documents = (("first", ("An old sentence.",)), ("second", ("Another.", "Act now.")))
    for key, texts in documents:
        source = rows("Source").create(key=key, kind="report", title=key, publisher="Ofsted")
        line = {
            field.attname: getattr(source, field.attname) for field in source._meta.concrete_fields
        }
        rows("HistoricalSource").create(
            **line, history_type="+", history_date=AT, history_change_reason="Import of a file"
        )
        for order, text in enumerate(texts, start=1):
            rows("ImprovementPoint").create(
                inspection_id=report, source=source, order=order, page=2, text=text,
                is_priority_action=text == "Act now.",
            )  # fmt: skip
    return len(documents)


def sentences_are_points(rows: Any, report: int) -> None:
    """Those of the document read last; shown on pinned links from the day of that document."""
    expected = [(1, "priority_action", "Act now."), (2, "improvement_point", "Another.")]
    for name in ("ImprovementPoint", "HistoricalImprovementPoint"):
        held = rows(name).filter(inspection_id=report).order_by("number")
        assert list(held.values_list("number", "kind", "text")) == expected
    history = rows("HistoricalImprovementPoint").filter(inspection_id=report)
    assert set(history.values_list("history_date", "history_change_reason")) == {
        (AT, "Import of a file")
    }


def test_edits_and_imported_sentences_outlive_the_upgrade(
    executor: MigrationExecutor, database_url: str
) -> None:
    latest = executor.loader.graph.leaf_nodes("inspections")
    new = schema()
    migrate(executor, latest)("Correction").all().delete()
    rows = migrate(executor, RELEASED)

    officer = rows("User").create(username="officer", password="!")
    luton = rows("Council").get(slug="luton")
    report = rows("Inspection").get(council=luton, reference="2022-07-11")
    visit = rows("Visit").filter(council=luton).order_by("start_date").last()
    statement = rows("Statement").filter(council__slug="nottingham").order_by("reference").first()
    gone = "2020-01-01-a-statement-that-an-officer-has-taken-away-since-then"
    area = rows("JudgementArea").get(framework=report.framework_id, code="in_care_and_care_leavers")
    old_name = area.short_name

    def log(council: Any, reference: str, subject: str, field: str, old: str, new: str,
            **more: Any) -> Any:  # fmt: skip
        return rows("Correction").create(
            council_id=council.pk, event_reference=reference, subject=subject, field=field,
            old=old, new=new, reason="Typed wrongly", source_text="The report",
            **{"corrected_at": AT, "corrected_by_id": officer.pk, **more},
        ).pk  # fmt: skip

    def edited(model: str, row: Any, **values: Any) -> None:
        """The fact and its line of history, as an officer leaves them."""
        rows(model).filter(pk=row.pk).update(**values)
        newest = rows(f"Historical{model}").filter(id=row.pk).order_by("history_id").last()
        line = {
            field.attname: getattr(newest, field.attname)
            for field in newest._meta.concrete_fields
            if field.attname != "history_id"
        }
        own = {"history_date": AT, "history_type": "~", "history_user_id": officer.pk}
        rows(f"Historical{model}").create(
            **{**line, **values, **own, "history_change_reason": "Typed wrongly"}
        )

    judged = rows("Judgement").get(inspection=report, area__code="leaders")
    outstanding = rows("Grade").get(scale__code="four_grades", code="outstanding")
    edited("Inspection", report, end_date=date(2022, 7, 21))
    edited("Judgement", judged, grade_id=outstanding.pk)
    edited("Council", luton, name="Luton Council, as corrected")
    edited("Visit", visit, topic="Front door")
    edited("Statement", statement, said_by="The council itself")
    # Since the entry was written the area has been given another name.
    edited("JudgementArea", area, short_name="Care")
    subject, seen = "Inspection of July 2022", f"Focused visit of {visit.start_date:%B %Y}"
    mark = ("statement:" + statement.reference)[:60]
    shipped_at = datetime(2025, 9, 25, tzinfo=ZoneInfo(settings.TIME_ZONE))
    ofsteds = {"corrected_by_id": None, "was_ofsteds": True, "corrected_at": shipped_at}
    named = {
        log(luton, "", "The council", "name in full", "a", "b"): ("council", "", "", "name"),
        log(luton, "", "The council", "last day", "a", "b"): ("council", "", "", "closed_date"),
        log(luton, "", "The council", "predecessors", "none", "b"): (
            "council", "", "", "predecessors"
        ),
        log(luton, "2022-07-11", subject, "last day on site", "2022-07-22", "2022-07-21"): (
            "inspection", "2022-07-11", "", "end_date"
        ),
        log(luton, "2022-07-11", subject, "publication date", "a", "b"): (
            "inspection", "2022-07-11", "", "publication_date"
        ),
        log(luton, "2022-07-11", subject, "address of Ofsted's report", "a", "b"): (
            "inspection", "2022-07-11", "", "report_url"
        ),
        log(luton, "2022-07-11", subject, "status", "Published", "Withdrawn"): (
            "inspection", "2022-07-11", "", "status"
        ),
        log(luton, "2022-07-11", f"{subject}, leaders", "grade", "Good", "Outstanding"): (
            "judgement", "2022-07-11", "leaders", "grade"
        ),
        log(luton, "2022-07-11", f"{subject}, {old_name.lower()}", "grade", "a", "b"): (
            "judgement", "2022-07-11", "in_care_and_care_leavers", "grade"
        ),
        log(luton, "2022-07-11", f"{subject}, overall", "note", "a", "b"): (
            "judgement", "2022-07-11", "overall", "note"
        ),
        log(luton, visit.reference, seen, "last day", "a", "b"): (
            "visit", visit.reference, "", "end_date"
        ),
        log(luton, visit.reference, seen, "topic", "a", "Front door"): (
            "visit", visit.reference, "", "topic"
        ),
        log(statement.council, mark, "Statement of May 2020 (A member)", "said by", "a", "b"): (
            "statement", statement.reference, "", "said_by"
        ),
        log(luton, f"statement:{gone}"[:60], "Statement of May 2020 (A)", "what", "a", "b"): (
            "statement", gone[:50], "", "what"
        ),
        log(rows("Council").get(slug="nottingham"), "2022-07-11", subject, "publication date",
            "2022-11-05", "2022-09-05", **ofsteds): (
            "inspection", "2022-07-11", "", "publication_date"
        ),
        log(rows("Council").get(slug="staffordshire"), "2023-11-06",
            "Inspection of November 2023, care leavers", "grade", "Good",
            "Requires improvement", **ofsteds): (
            "judgement", "2023-11-06", "care_leavers", "grade"
        ),
    }  # fmt: skip
    counts = {name: rows(name).count() for name in COUNTED}
    words = {
        entry.pk: (entry.old, entry.new, entry.reason, entry.source_text, entry.corrected_at,
                   entry.corrected_by_id, entry.was_ofsteds)
        for entry in rows("Correction").all()
    }  # fmt: skip
    state = rows("RecordState").get()
    rows("RecordState").update(digest="of the released version")

    added = import_sentences(migrate(executor, BEFORE_POINTS), report.pk)
    counts["Source"] += added
    connections[ALIAS].close()
    manage(database_url, "migrate", "--verbosity", "0")
    now = models_of(executor, latest)

    assert schema() == new, "an old database becomes what a new one is at once"
    assert {name: now(name).count() for name in COUNTED} == counts
    sentences_are_points(now, report.pk)
    entries = {entry.pk: entry for entry in now("Correction").all()}
    assert {
        pk: (entry.kind, entry.event_reference, entry.area, entry.field)
        for pk, entry in entries.items()
    } == named
    assert {
        pk: (entry.old, entry.new, entry.reason, entry.source_text, entry.corrected_at,
             entry.corrected_by_id, entry.was_ofsteds)
        for pk, entry in entries.items()
    } == words  # fmt: skip
    days = {entry.kind: entry.subject_date for entry in entries.values() if entry.event_reference}
    assert days["inspection"] == date(2022, 7, 11)
    assert days["visit"] == visit.start_date
    tables = connections[ALIAS].introspection.table_names()
    assert not {f"inspections_{name.lower()}" for name in KEPT} & set(tables)
    held = now("RecordState").get()
    assert (held.version, len(held.identity)) == (state.version, 32)
    moment = now("RecordMoment").get(version=state.version)
    assert moment.made_at == held.changed_at
    connections[ALIAS].close()

    # The shipped record of this version comes in: the officer's facts stand, as do both logs.
    manage(database_url, "load_record")
    manage(database_url, "verify_statistics")
    assert now("Inspection").get(pk=report.pk).end_date == date(2022, 7, 21)
    assert now("Judgement").get(pk=judged.pk).grade_id == outstanding.pk
    assert now("Council").get(pk=luton.pk).name == "Luton Council, as corrected"
    assert now("Visit").get(pk=visit.pk).topic == "Front door"
    assert now("Statement").get(pk=statement.pk).said_by == "The council itself"
    after = {
        entry.pk: (entry.kind, entry.event_reference, entry.area, entry.field)
        for entry in now("Correction").all()
    }
    assert {pk: after.get(pk) for pk in named if not entries[pk].was_ofsteds} == {
        pk: keys for pk, keys in named.items() if not entries[pk].was_ofsteds
    }
    shipped = now("Correction").filter(was_ofsteds=True)
    assert sorted(shipped.values_list("council__slug", flat=True)) == [
        "nottingham", "staffordshire",
    ]  # fmt: skip
    assert now("RecordState").get().version == state.version + 1
    # It knows a third point of that report: the sentences stay with theirs.
    assert now("ImprovementPoint").filter(source=None).exists()
    assert now("ImprovementPoint").filter(inspection_id=report.pk, text="Another.").exists()
