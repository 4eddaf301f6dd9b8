"""The second clock: what this record said at a moment, before a fact was corrected."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from unittest import mock

import pytest
from django.utils import timezone

from inspections import actions
from inspections.models import Grade, Inspection, Judgement, Visit
from inspections.questions.council import council_answer, find_council
from inspections.questions.event import event_answer, find_event
from inspections.record import Record
from inspections.rows import Inspection as Row
from inspections.store import current_record, record_known_at
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_record")]

LOADED = datetime(2026, 11, 1, 9, tzinfo=UTC)
CORRECTED = datetime(2026, 11, 10, 9, tzinfo=UTC)
DAY = date(2026, 11, 22)


@pytest.fixture
def inspection() -> Iterator[Inspection]:
    """One inspection recorded on 1 November; the test goes on on the 10th."""
    with mock.patch.object(timezone, "now", return_value=LOADED):
        found = factories.make_inspection(
            grades={"leaders": "good", "help_and_protection": "requires_improvement"}
        )
        factories.make_visit(found.council)
    with mock.patch.object(timezone, "now", return_value=CORRECTED):
        yield found


def held(known: datetime | None) -> Record:
    now = current_record()
    return record_known_at(known, now) if known else now


def seen(known: datetime | None, day: date = DAY) -> list[Row]:
    return held(known).full_inspections(day)


def topics(known: datetime | None) -> list[str]:
    record = held(known)
    return [row.topic for council in record.councils for row in record.visits_of(council.id, DAY)]


def grade_of(row: Row, area: str) -> str | None:
    return next((item.grade.code for item in row.judgements if item.area.code == area), None)


BEFORE, AFTER = CORRECTED - timedelta(seconds=1), CORRECTED + timedelta(seconds=1)


def test_a_corrected_grade_is_still_seen_as_it_was_known(inspection: Inspection) -> None:
    judgement = inspection.judgements.get(area__code="leaders")
    better = Grade.objects.get(code="outstanding")
    actions.correct(judgement, changes={"grade": better}, reason="misread", by=None)
    assert [grade_of(row, "leaders") for row in seen(BEFORE)] == ["good"]
    assert [grade_of(row, "leaders") for row in seen(AFTER)] == ["outstanding"]
    assert [grade_of(row, "leaders") for row in seen(None)] == ["outstanding"]


def test_a_withdrawn_judgement_is_still_seen_as_it_was_known(inspection: Inspection) -> None:
    judgement = inspection.judgements.get(area__code="leaders")
    actions.withdraw(judgement, reason="not judged", by=None)
    assert [grade_of(row, "leaders") for row in seen(BEFORE)] == ["good"]
    assert [grade_of(row, "leaders") for row in seen(AFTER)] == [None]
    assert not Judgement.objects.filter(pk=judgement.pk).exists()


def test_a_corrected_publication_date_moves_what_had_been_published(
    inspection: Inspection,
) -> None:
    day = inspection.publication_date
    later = day + timedelta(days=10)
    actions.correct(inspection, changes={"publication_date": later}, reason="typed", by=None)
    assert [row.publication_date for row in seen(BEFORE, day)] == [day]
    assert seen(AFTER, day) == []
    assert [row.publication_date for row in seen(AFTER, later)] == [later]


def test_a_withdrawn_inspection_is_still_seen_as_it_was_known(inspection: Inspection) -> None:
    actions.withdraw(inspection, reason="entered twice", by=None)
    assert len(seen(BEFORE)) == 1
    assert seen(AFTER) == seen(None) == []


def test_a_corrected_visit_is_still_seen_as_it_was_known(inspection: Inspection) -> None:
    visit = Visit.objects.get()
    actions.correct(visit, changes={"topic": "front door"}, reason="letter read", by=None)
    assert topics(BEFORE) == [""]
    assert topics(AFTER) == topics(None) == ["front door"]


def test_before_anything_was_recorded_nothing_was_known(inspection: Inspection) -> None:
    assert seen(LOADED - timedelta(seconds=1)) == []
    assert len(seen(LOADED)) == 1


def test_every_part_of_an_answer_reads_the_same_clock(inspection: Inspection) -> None:
    judgement = inspection.judgements.get(area__code="leaders")
    better = Grade.objects.get(code="outstanding")
    actions.correct(judgement, changes={"grade": better}, reason="misread", by=None)
    actions.correct(judgement, changes={"note": "see page 3"}, reason="added", by=None)
    record = held(BEFORE)
    council, _ = find_council(record, inspection.council.slug)
    answer = council_answer(record, council, DAY)
    assert grade_of(answer.position.latest, "leaders") == "good"
    (row,) = find_event(record.events_of(council.id, DAY), council, inspection.reference).rows
    event = event_answer(record, row, DAY)
    assert (grade_of(event.event, "leaders"), event.notes) == ("good", {})
