"""The pages about England by the second clock: the kept history against the tables.

As long as nothing has been corrected, the record as it was known now is the record now: each
question asked of the one must give what the other gives.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from inspections import actions
from inspections.models import Coverage
from inspections.questions import changes, expectations, inadequate, journeys, reporting
from inspections.questions.among import EVERY, Among
from inspections.questions.council import council_answer
from inspections.questions.positions import ofsteds_rule
from inspections.questions.statistics import BY, statistics
from inspections.questions.upcoming import upcoming
from inspections.record import Record
from inspections.rules.position import PublishedBy
from inspections.store import current_record, record_known_at
from inspections.vocabulary import CouncilKind, Region

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record")]
EAST = Among(region=Region.EAST_OF_ENGLAND)
COUNTIES = Among(kind=CouncilKind.COUNTY)
Question = Callable[[Record, date], Any]


def counted(record: Record, day: date, by: str, among: Among, *, is_ofsteds: bool) -> Any:
    reading = ofsteds_rule(record, day) if is_ofsteds else PublishedBy(day)
    lane = record.book.lane("help_and_protection")
    found = statistics(record, by=by, lane=lane, reading=reading, among=among)
    return found.total, {row.key: row for row in found.groups if row.councils}


def moved(record: Record, day: date) -> Any:
    lane = record.book.lane("care_leavers")
    earlier = date(2019, 3, 31)
    return changes.changes(record, lane=lane, earlier=earlier, later=day, among=COUNTIES)


def waited(record: Record, day: date, lane: str, grade: str, among: Among) -> Any:
    found = journeys.journeys(record, day, lane=record.book.lane(lane), grade=grade, among=among)
    return found.rows, found.curve


def windows(record: Record, day: date) -> Any:
    found = upcoming(record, day, among=EAST)
    return {(row.council.slug, row.wait, row.window) for row in found.rows}


QUESTIONS: dict[str, Question] = {
    **{
        f"grades held by {by}": lambda record, day, by=by: counted(
            record, day, by, EVERY, is_ofsteds=False
        )
        for by in BY
    },
    "grades held by Ofsted's rule": lambda record, day: counted(
        record, day, "region", EAST, is_ofsteds=True
    ),
    "changes": moved,
    "waits after inadequate": lambda record, day: waited(
        record, day, "overall", "inadequate", EVERY
    ),
    "waits in a region": lambda record, day: waited(record, day, "leaders", "good", EAST),
    **{
        f"reports by {by}": lambda record, day, by=by: reporting.reporting(
            record, day, by=by, among=COUNTIES, listed=10
        )
        for by in reporting.BY
    },
    "inadequate": lambda record, day: inadequate.tracker(record, day, among=EVERY).rows,
    "expectations": lambda record, day: expectations.expectations(record, day, is_all=True),
    "windows": windows,
}


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("day", [None, date(2021, 6, 30)], ids=["today", "2021"])
def test_the_record_as_known_now_answers_as_the_tables(name: str, day: date | None) -> None:
    as_at, record = day or timezone.localdate(), current_record()
    now = QUESTIONS[name](record, as_at)
    then = QUESTIONS[name](record_known_at(timezone.now(), record), as_at)
    assert then == now
    assert now


def test_a_pinned_window_rests_on_the_release_that_was_here_then() -> None:
    """Coverage to a later day, from which later windows are reckoned, changes no pin."""
    today, moment = timezone.localdate(), timezone.now()

    def pinned() -> Record:
        return record_known_at(moment, current_record())

    before = windows(pinned(), today), upcoming(pinned(), today, among=EAST).known_to
    covered = Coverage.objects.get(kind="full_inspections")
    actions.correct(covered, changes={"complete_to_date": today}, reason="A test", by=None)
    assert (windows(pinned(), today), upcoming(pinned(), today, among=EAST).known_to) == before
    assert windows(current_record(), today) != before[0]
    council = next(row.council for row in upcoming(pinned(), today, among=EAST).rows)
    answer = council_answer(pinned(), council, today)
    assert (council.slug, answer.upcoming.wait, answer.upcoming.window) in before[0]
