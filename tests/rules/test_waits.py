from datetime import date, timedelta

import pytest

from inspections.rules.clock import Clock
from inspections.rules.estimates import RECENT_DAYS
from inspections.rules.waits import FullInspection, JudgedArea, WindowRow, wait_rows, windows_of
from inspections.rules.windows import WindowStatus

ENDS = date(2026, 8, 22)
BELOW_GOOD = JudgedArea(
    is_overall=True,
    is_leaders=False,
    is_practice=False,
    is_inadequate=False,
    is_good_or_better=False,
)


def inspection(council: int, start: date) -> FullInspection:
    lag = timedelta(days=50)
    return FullInspection(
        council,
        council * 1000 + start.year,
        start,
        start + timedelta(days=11),
        start + lag,
        (BELOW_GOOD,),
    )


def test_an_inspection_published_after_the_record_ends_still_ends_the_wait():
    held = [
        inspection(1, date(2022, 10, 31)),
        FullInspection(1, 2, date(2026, 7, 6), None, date(2026, 8, 25), ()),
        inspection(2, date(2022, 10, 31)),
    ]
    rows = wait_rows(held, {})
    found = windows_of(rows, as_at=ENDS, clock=Clock())
    assert set(found) == {2, 4022}  # no window for the wait that is over
    assert all(row.estimated_to_date == ENDS for row in found.values())


@pytest.mark.parametrize(
    ("closed", "has_window"), [(ENDS, True), (ENDS - timedelta(days=1), False)]
)
def test_a_council_has_a_window_to_its_last_day(closed, has_window):
    rows = wait_rows([inspection(1, date(2023, 1, 1))], {1: closed})
    assert bool(windows_of(rows, as_at=ENDS, clock=Clock())) is has_window


def test_a_window_row_names_its_median_and_the_days_it_rests_on():
    ended = [
        row
        for council in range(2, 12)
        for row in (inspection(council, date(2020, 1, 1)), inspection(council, date(2024, 1, 1)))
    ]
    rows = wait_rows([inspection(1, date(2024, 6, 1)), *ended], {})
    found = windows_of(rows, as_at=ENDS, clock=Clock())[3024]
    assert found.median_date == date(2024, 6, 1) + timedelta(days=1461)
    assert (found.cases, found.events, found.is_pooled) == (21, 10, False)
    assert found.seen_to_date == ENDS - timedelta(days=60)
    assert found.memory_from_date == found.seen_to_date - timedelta(days=RECENT_DAYS)


def row(earliest: date | None, latest: date | None, status: str = "estimated") -> WindowRow:
    return WindowRow(
        window_status=status, earliest_date=earliest, latest_date=latest, estimated_to_date=ENDS
    )


@pytest.mark.parametrize(
    ("window", "has_begun"),
    [
        (row(ENDS - timedelta(days=1), date(2026, 11, 10)), True),
        (row(ENDS, date(2026, 11, 10)), True),
        (row(ENDS + timedelta(days=1), date(2026, 11, 10)), False),
        (row(date(2025, 1, 1), date(2026, 1, 1), WindowStatus.PAST), False),
        (row(None, None, WindowStatus.UNKNOWN), False),
        (WindowRow(), False),
    ],
)
def test_a_window_has_begun_by_the_day_it_is_told_for(window, has_begun):
    assert window.has_begun is has_begun


@pytest.mark.parametrize(
    ("day", "is_unseen"),
    [(ENDS, False), (date(2026, 11, 10), False), (date(2026, 11, 11), True)],
)
def test_a_window_that_ends_in_days_not_on_record_is_neither_past_nor_held(day, is_unseen):
    held = row(date(2026, 8, 18), date(2026, 11, 10))
    assert held.has_ended_unseen(day) is is_unseen
    assert not row(date(2026, 8, 18), None).has_ended_unseen(day)
    past = row(date(2025, 1, 1), date(2026, 1, 1), WindowStatus.PAST)
    assert not past.has_ended_unseen(day)
