"""One rule of what is in force: every question names the same inspection.

A report without a first day came out on 1 September; another, begun in May, on 1 October. The
day of publication stands for the first day that is not known: the report of September counts.
"""

from datetime import date
from decimal import Decimal

import pytest

from inspections.country_rows import OfficialFigure
from inspections.questions.among import EVERY
from inspections.questions.changes import changes
from inspections.questions.council import council_answer
from inspections.questions.event import event_answer
from inspections.questions.inadequate import tracker
from inspections.questions.journeys import journeys
from inspections.questions.official_figures import ours
from inspections.questions.overview import (
    held_series,
    longest_since_inspection,
    next_outcomes,
)
from inspections.questions.positions import ofsteds_rule, position_of, positions
from inspections.questions.statistics import BY, statistics
from inspections.questions.upcoming import upcoming
from inspections.questions.waits import waits, windows
from inspections.rows import Source
from inspections.rules.position import PublishedBy, Reading
from tests import invented_rows as invented
from tests.invented_rows import NEW, inspection, record

DAY = date(2026, 11, 22)
FIRST = inspection(date(2022, 3, 7))
GOOD = inspection(date(2026, 5, 4), NEW, publication_date=date(2026, 10, 1))
INADEQUATE = inspection(
    None,
    NEW,
    publication_date=date(2026, 9, 1),
    reference="pub-2026-09-01",
    grades={"leaders": "inadequate", "in_care": "inadequate"},
)
RECORD = record(GOOD, INADEQUATE, FIRST)
COUNCIL = RECORD.councils[0]
LEADERS = RECORD.book.lane("leaders")
READINGS = [PublishedBy(DAY), ofsteds_rule(RECORD, DAY)]


def test_it_is_what_the_council_holds() -> None:
    held = position_of(RECORD, COUNCIL, DAY)
    assert (held.latest, held.previous) == (INADEQUATE, GOOD)
    assert [row.latest for row in positions(RECORD, DAY)] == [INADEQUATE]
    assert council_answer(RECORD, COUNCIL, DAY).position.latest == INADEQUATE


def test_it_is_what_changed() -> None:
    found = changes(RECORD, lane=LEADERS, earlier=date(2026, 1, 1), later=DAY, among=EVERY)
    assert found.matrix == {("good", "inadequate"): 1}
    assert [row.later.inspection for row in found.rows] == [INADEQUATE]
    since = changes(RECORD, lane=LEADERS, earlier=date(2026, 9, 2), later=DAY, among=EVERY)
    assert since.directions == {"not_again": 1}


@pytest.mark.parametrize("reading", READINGS, ids=["published", "as Ofsted"])
@pytest.mark.parametrize("by", BY)
def test_it_is_what_the_statistics_count(by: str, reading: Reading) -> None:
    found = statistics(RECORD, by=by, lane=LEADERS, reading=reading, among=EVERY)
    assert found.total.by_grade == {"inadequate": 1}


def test_it_is_what_england_shows() -> None:
    last = held_series(RECORD, DAY, LEADERS).periods[-1]
    assert (last.day, last.counts) == (date(2026, 9, 30), {"inadequate": 1})
    (longest,) = longest_since_inspection(positions(RECORD, DAY), 5)
    assert longest.latest == INADEQUATE
    (row,) = next_outcomes(RECORD, DAY, LEADERS)
    assert row.counts == {"good": 1, "inadequate": 1}


def test_it_is_tracked() -> None:
    (row,) = tracker(RECORD, DAY, among=EVERY).rows
    assert row.inspection == INADEQUATE


def test_it_is_what_the_council_waits_after_and_has_no_window_without_a_first_day() -> None:
    assert [(row.inspection_id, row.next_inspection_id) for row in waits(RECORD, DAY)] == [
        (FIRST.id, GOOD.id), (GOOD.id, INADEQUATE.id), (INADEQUATE.id, None),
    ]  # fmt: skip
    held = windows(RECORD, DAY)[COUNCIL.id]
    assert (held.inspection, held.window.status) == (INADEQUATE, "")
    assert [row.inspection for row in upcoming(RECORD, DAY, among=EVERY).rows] == [INADEQUATE]
    found = journeys(RECORD, DAY, lane=LEADERS, grade="good")
    assert [(row.inspection, row.later) for row in found.rows] == [(FIRST, GOOD)]


def test_it_is_what_a_figure_counts() -> None:
    source = Source(1, "invented", "press", "Invented", "Nobody", "")
    figure = OfficialFigure(
        key="invented", measure="held", as_at_date=DAY, from_date=None, cut_off_date=DAY,
        earlier_cut_off_date=None, reading="ofsted", region_scheme="", region="",
        lane="leaders", frameworks=frozenset(), kinds=frozenset(), grades=("inadequate",),
        movement="", value=Decimal(1), unit="count", is_official=True, source=source,
        our_value=None, difference="",
    )  # fmt: skip
    assert ours(figure, RECORD) == Decimal(1)


def test_before_the_other_report_it_is_set_beside_what_was_out_then() -> None:
    """The report of October began earlier: it stands before it, once it is out."""
    for day, since in ((date(2026, 9, 30), FIRST), (date(2026, 10, 1), GOOD)):
        answer = event_answer(RECORD, INADEQUATE, day)
        pairs = position_of(RECORD, COUNCIL, day, with_pairs=True).pairs
        assert answer.pairs == pairs
        assert {pair.since for pair in pairs if pair.current} == {since}, day


def test_a_council_that_is_gone_keeps_what_was_in_force_when_it_ended() -> None:
    """Not what was published last: the report that it held by the same rule."""
    closing = invented.council(closed_date=date(2026, 10, 31))
    gone = record(GOOD, INADEQUATE, FIRST, councils=(closing,))
    assert council_answer(gone, closing, DAY).position.latest == INADEQUATE
    assert positions(gone, DAY) == []
