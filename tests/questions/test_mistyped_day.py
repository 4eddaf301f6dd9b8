"""Nothing derived refuses a fact: a mistyped first day is recorded, and every answer stands."""

from datetime import date

import pytest

from inspections import actions
from inspections.models import Council, Framework, Inspection
from inspections.questions.checks import check_record
from inspections.questions.council import council_answer
from inspections.questions.event import event_answer
from inspections.questions.official_figures import verify
from inspections.questions.waits import waits
from inspections.store import current_record, record_known_at
from tests.questions.test_england_as_known import QUESTIONS

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


@pytest.mark.parametrize("slug", ["nottingham", "luton", "trafford"])
def test_a_stay_of_two_years_is_recorded_and_every_question_answers(slug: str) -> None:
    """The first day is before the council's inspection of January 2026, in Luton's case."""
    framework = Framework.objects.get(code="ilacs_2023")
    good = framework.scale.grades.get(code="good")
    written = actions.record_inspection(
        Inspection(
            council=Council.objects.get(slug=slug),
            framework=framework,
            kind="standard",
            start_date=date(2024, 7, 8),
            end_date=date(2026, 7, 17),
            publication_date=date(2026, 8, 20),
        ),
        judgements=dict.fromkeys(framework.areas.all(), good),
        by=None,
    )
    record = current_record()
    council = record.council_by_slug[slug]
    row = record.event(council.id, written.reference)
    assert (row.start_date, len(row.judgements)) == (date(2024, 7, 8), 5)
    for held in (record, record_known_at(record.changed_at, record)):
        for ask in QUESTIONS.values():
            assert ask(held, DAY)
        answer = council_answer(held, council, DAY)
        assert row in answer.inspections
        assert event_answer(held, row, DAY).event == row
        own = [wait for wait in waits(held, DAY) if wait.council_id == council.id]
        ended = [wait.ended_days for wait in own if wait.next_inspection_id]
        assert all(days is None or days >= 0 for days in ended)
    assert verify(record)
    subject = f"{slug} {written.reference}"
    found = {row.rule for row in check_record(record, today=DAY).findings if row.subject == subject}
    assert "stay-of-usual-length" in found
