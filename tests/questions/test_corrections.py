"""What the log says a correction was of, in words; and what a difference makes of it."""

from datetime import date

import pytest

from inspections import actions
from inspections.diff import Scope, difference
from inspections.models import AreaContinuation, CouncilAlias, Coverage, Grade, PollingDay
from inspections.questions.corrections import corrections, subject
from inspections.store import current_record
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_record")]

DAY = date(2026, 1, 1)


def corrected(fact: object, **changes: object) -> str:
    """The words for what was corrected, once the fact is."""
    actions.correct(fact, changes=changes, reason="A test", by=None)
    return corrections(current_record())[0].subject


def test_an_event_is_named_by_its_month_and_a_judgement_by_its_area() -> None:
    inspection = make.make_inspection(grades={"leaders": "good"})
    assert corrected(inspection, kind="short") == "Inspection of March 2021"
    worse = Grade.objects.get(code="inadequate")
    judgement = inspection.judgements.get()
    assert corrected(judgement, grade=worse) == "Inspection of March 2021, leaders"
    citation = make.make_citation(make.make_source(), inspection=inspection)
    assert corrected(citation, place="page 2") == "Inspection of March 2021, sources"
    assert corrected(inspection.council, notes="x") == "The council"


def test_what_no_council_owns_is_named_by_what_the_record_calls_it() -> None:
    framework = make.make_framework(short_name="Example rules")
    area = framework.areas.get(code="leaders")
    assert corrected(Grade.objects.get(code="good"), letter="g") == "Grade: Good"
    assert corrected(make.make_lane("leaders"), order=77) == "Area on the charts: Leaders"
    assert corrected(framework, notes="x") == "Framework: Example rules"
    assert corrected(area, official_name="x") == "Judged area: Leaders (Example rules)"
    later = make.make_framework("later", in_force_from=date(2030, 1, 1), short_name="Later")
    link = AreaContinuation.objects.create(
        earlier=area, later=later.areas.get(code="leaders"), kind="same"
    )
    assert corrected(link, note="x") == (
        "How an area lives on: Leaders (Example rules) → Leaders (Later)"
    )
    poll = PollingDay.objects.create(polling_date=date(2021, 5, 6), name="a", source_text="b")
    assert corrected(poll, name="x") == "Polling day: 6 May 2021"
    coverage = Coverage.objects.create(kind="jtai", complete_to_date=DAY, source_text="a")
    assert corrected(coverage, note="x") == (
        "Coverage of the record: Joint targeted area inspections"
    )
    source = make.make_source()
    assert corrected(source, title="x") == f"Source: {source.key}"
    alias = CouncilAlias.objects.create(
        council=make.make_council(), scheme="name", value="The Shire"
    )
    assert corrected(alias, value="The County") == "Other name or former code: The Shire"


def test_a_row_that_is_gone_is_named_by_its_key() -> None:
    make.make_framework()
    lane = make.make_lane("unused")
    actions.withdraw(lane, reason="A test", by=None)
    assert corrections(current_record())[0].subject == "Area on the charts: unused"


def test_a_council_sees_its_own_corrections_and_england_all() -> None:
    inspection = make.make_inspection()
    corrected(inspection, kind="short")
    corrected(make.make_source(), title="x")
    record = current_record()
    assert len(corrections(record)) == 2
    assert len(corrections(record, [inspection.council_id])) == 1


def test_a_difference_tells_reference_data_as_such_and_never_as_a_councils() -> None:
    inspection = make.make_inspection(grades={"leaders": "good"})
    then = current_record()
    corrected(inspection.framework, short_name="Renamed")
    corrected(inspection, kind="short")
    now = current_record()
    for scope in (Scope(), Scope(council_ids=frozenset({inspection.council_id}))):
        found = difference(then, now, DAY, scope)
        assert found.reference == ("frameworks",)
        assert [(row.field, row.entry is not None) for row in found.changed] == [("kind", True)]
        assert not found.logged


def test_a_withdrawn_council_breaks_no_difference() -> None:
    make.make_inspection()
    gone = make.make_council("Northbridge")
    then = current_record()
    actions.withdraw(gone, reason="A test", by=None)
    now = current_record()
    assert not difference(then, now, DAY, Scope()).logged
    assert subject(now, now.corrections[0]) == "The council northbridge"


def test_a_judgement_recorded_later_explains_its_difference() -> None:
    inspection = make.make_inspection(grades={"leaders": "good"})
    then = current_record()
    area = inspection.framework.areas.get(code="in_care")
    make_new = type(inspection.judgements.get())
    new = make_new(inspection=inspection, area=area, grade=Grade.objects.get(code="good"))
    actions.record(new, by=None, reason="On page 2")
    found = difference(then, current_record(), DAY, Scope())
    (change,) = found.changed
    assert (change.area, change.old, change.entry.reason) == ("in_care", None, "On page 2")
