"""How far a workbook proves the record complete: forward only, and never by a part of one."""

from datetime import date

import pytest
from django.utils import timezone

from inspections import actions
from inspections.importers.comparing import EventPlan, ImportPlan
from inspections.importers.coverage import move_coverage
from inspections.importers.telling import Telling
from inspections.models import Council, Coverage
from inspections.records import LEFT_OUT, DocumentReading, InspectionRecord, Problem
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_record")]

AS_AT = date(2026, 3, 31)
REASON = "Import 7: workbook.ods"


@pytest.fixture
def councils() -> tuple[Council, Council]:
    """Two councils that have been inspected."""
    framework = make.make_framework()
    found = make.make_council("Exampleshire"), make.make_council("Northbridge")
    for council in found:
        make.make_inspection(council, framework)
    return found


@pytest.fixture(autouse=True)
def covered(empty_record: None) -> None:
    for kind, day in (
        ("full_inspections", date(2025, 6, 30)),
        ("focused_visit", date(2025, 3, 31)),
        ("monitoring_visit", date(2024, 3, 31)),
        ("jtai", date(2025, 3, 31)),
    ):
        Coverage.objects.create(kind=kind, complete_to_date=day, source_text="Lists")


def told(council: str, *, visit: str = "", start: str = "2025-10-07") -> EventPlan:
    facts = {"kind": visit or "standard", "start_date": start}
    record = InspectionRecord(council=council, framework="x", kind=None, place="row 1")
    telling = Telling(
        council=council, is_visit=bool(visit), family="x", facts=facts, places={}, record=record
    )
    return EventPlan(telling, None, [])


def workbook(*events: EventPlan, as_at: date = AS_AT, layout: str = "workbook") -> ImportPlan:
    return ImportPlan(DocumentReading(file="a.ods", layout=layout, as_at=as_at), "a", list(events))


def whole(*more: EventPlan, as_at: date = AS_AT) -> ImportPlan:
    return workbook(told("exampleshire"), told("northbridge"), *more, as_at=as_at)


def moved(plan: ImportPlan) -> dict[str, date]:
    return {row.kind: row.complete_to_date for row in move_coverage(plan, reason=REASON)}


@pytest.mark.usefixtures("councils")
def test_a_whole_workbook_proves_inspections_and_the_visits_that_join_on() -> None:
    visits = (told("exampleshire", visit=kind) for kind in ("focused_visit", "monitoring_visit"))
    assert moved(whole(*visits)) == {"full_inspections": AS_AT, "focused_visit": AS_AT}
    coverage = Coverage.objects.get(kind="focused_visit")
    assert coverage.source_text == "Ofsted's workbook as at 31 March 2026"
    assert coverage.history.first().history_change_reason == REASON


@pytest.mark.usefixtures("councils")
@pytest.mark.parametrize("start", ["2025-03-31", "2026-04-01"])
def test_visits_of_another_year_prove_nothing(start: str) -> None:
    assert "focused_visit" not in moved(
        whole(told("exampleshire", visit="focused_visit", start=start))
    )


@pytest.mark.usefixtures("councils")
def test_nothing_moves_back() -> None:
    assert moved(whole(as_at=date(2025, 3, 31))) == {}


@pytest.mark.usefixtures("councils")
def test_a_part_of_a_workbook_or_a_report_proves_nothing() -> None:
    assert moved(workbook(told("exampleshire"))) == {}
    assert moved(workbook(told("exampleshire"), told("northbridge"), layout="ilacs")) == {}
    plan = whole()
    plan.problems.append(
        Problem(
            file="a.ods", place="row 9", found="x", expected="y", advice="z",
            severity=LEFT_OUT, is_row=True,
        )
    )  # fmt: skip
    assert moved(plan) == {}


@pytest.mark.usefixtures("councils")
def test_a_day_that_a_person_has_set_since_stands() -> None:
    coverage = Coverage.objects.get(kind="full_inspections")
    person = make.make_user()
    earlier = {"complete_to_date": date(2024, 12, 31)}
    actions.correct(coverage, changes=earlier, reason="A gap", by=person)
    assert "full_inspections" not in moved(whole())
    later = date(timezone.localdate().year + 1, 3, 31)
    assert moved(whole(as_at=later)) == {"full_inspections": later}
