"""The pages about England by the second clock: the kept history against the kept tables.

As long as nothing has been corrected, the record as it was known now is the record now: each
question worked out from the history must give what the kept tables give.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from inspections import actions
from inspections.queries import changes, expectations, inadequate, journeys, reporting
from inspections.queries.council import council_answer, find_council
from inspections.queries.frameworks import framework_book
from inspections.queries.held import Among, ofsteds_rule
from inspections.queries.statistics import BY, statistics
from inspections.queries.upcoming import upcoming
from inspections.rows import Clock, FrameworkBook
from inspections.rules.position import PublishedBy
from inspections.vocabulary import CouncilKind, Region

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record")]
EAST = Among(region=Region.EAST_OF_ENGLAND)
COUNTIES = Among(kind=CouncilKind.COUNTY)
Question = Callable[[FrameworkBook, Clock], Any]


def counted(book: FrameworkBook, clock: Clock, by: str, among: Among, *, is_ofsteds: bool) -> Any:
    day = clock.as_at
    reading = ofsteds_rule(day) if is_ofsteds else PublishedBy(day)
    lane = book.lane("help_and_protection")
    found = statistics(book, by=by, lane=lane, reading=reading, among=among, known=clock.known)
    return found.total, {row.key: row for row in found.groups if row.councils}


def moved(book: FrameworkBook, clock: Clock) -> Any:
    lane = book.lane("care_leavers")
    earlier = date(2019, 3, 31)
    return changes.changes(
        book, clock, lane=lane, earlier=earlier, later=clock.as_at, among=COUNTIES
    )


def waited(book: FrameworkBook, clock: Clock, lane: str, grade: str, among: Among | None) -> Any:
    found = journeys.journeys(book, lane=book.lane(lane), grade=grade, clock=clock, among=among)
    rows = [(row.slug, row) for row in found.rows]
    return sorted(rows, key=lambda row: (row[1].start_date, row[0])), found.curve


def windows(book: FrameworkBook, clock: Clock) -> Any:
    found = upcoming(book, clock, among=EAST)
    return {(row.slug, row.wait, row.window) for row in found.rows}


QUESTIONS: dict[str, Question] = {
    **{
        f"grades held by {by}": lambda book, clock, by=by: counted(
            book, clock, by, Among(), is_ofsteds=False
        )
        for by in BY
    },
    "grades held by Ofsted's rule": lambda book, clock: counted(
        book, clock, "region", EAST, is_ofsteds=True
    ),
    "changes": moved,
    "waits after inadequate": lambda book, clock: waited(
        book, clock, "overall", "inadequate", None
    ),
    "waits in a region": lambda book, clock: waited(book, clock, "leaders", "good", EAST),
    **{
        f"reports by {by}": lambda book, clock, by=by: reporting.reporting(
            book, by=by, clock=clock, among=COUNTIES, listed=10
        )
        for by in reporting.BY
    },
    "inadequate": lambda book, clock: {
        row.slug: row for row in inadequate.tracker(book, clock=clock, among=Among()).rows
    },
    "expectations": lambda book, clock: expectations.expectations(book, clock=clock, is_all=True),
    "windows": windows,
}


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("day", [None, date(2021, 6, 30)], ids=["today", "2021"])
def test_the_record_as_known_now_answers_as_the_kept_tables(name: str, day: date | None) -> None:
    book = framework_book()
    as_at = day or timezone.localdate()
    now = QUESTIONS[name](book, Clock(as_at))
    then = QUESTIONS[name](book, Clock(as_at, timezone.now()))
    assert then == now
    assert now


def test_a_pinned_window_rests_on_the_release_that_was_here_then() -> None:
    """The next release is complete to a later day, from which later windows are reckoned."""
    book, today = framework_book(), timezone.localdate()
    pinned = Clock(today, timezone.now())
    before = windows(book, pinned), upcoming(book, pinned, among=EAST).known_to
    actions.raise_version(as_at_date=today)
    actions.keep_waits()
    assert (windows(book, pinned), upcoming(book, pinned, among=EAST).known_to) == before
    assert windows(book, Clock(today)) != before[0]
    slug = next(row.slug for row in upcoming(book, pinned, among=EAST).rows)
    council, _ = find_council(slug)
    answer = council_answer(council, book, pinned, complete_to=today)
    assert (slug, answer.upcoming.wait, answer.upcoming.window) in before[0]
