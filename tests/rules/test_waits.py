from datetime import date, timedelta

import pytest

from inspections.rows import Inspection
from inspections.rules.clock import Clock
from inspections.rules.estimates import RECENT_DAYS
from inspections.rules.outcomes import outcome_of
from inspections.rules.waits import estimates_of, wait_rows, window_of
from inspections.rules.windows import Window, WindowStatus
from tests.invented_rows import framework, inspection

ENDS = date(2026, 8, 22)
FRAMEWORK = framework("ilacs", date(2018, 1, 1), None, "overall")


def begun(council: int, start: date) -> Inspection:
    return inspection(
        start,
        FRAMEWORK,
        council_id=council,
        id=council * 1000 + start.year,
        publication_date=start + timedelta(days=50),
        grades={"overall": "requires_improvement"},
    )


def test_a_window_names_its_median_and_the_days_it_rests_on():
    ended = [
        row
        for council in range(2, 12)
        for row in (begun(council, date(2020, 1, 1)), begun(council, date(2024, 1, 1)))
    ]
    held = [begun(1, date(2024, 6, 1)), *ended]
    rows = wait_rows(held, {}, {row.id: outcome_of(row) for row in held})
    (going_on,) = (row for row in rows if row.council_id == 1)
    found = window_of(going_on, known=estimates_of(rows, as_at=ENDS, clock=Clock()))
    assert found.median_date == date(2024, 6, 1) + timedelta(days=1461)
    assert (found.cases, found.events, found.is_pooled) == (21, 10, False)
    assert found.seen_to_date == ENDS - timedelta(days=60)
    assert found.memory_from_date == found.seen_to_date - timedelta(days=RECENT_DAYS)


def row(earliest: date | None, latest: date | None, status: str = "estimated") -> Window:
    return Window(status=status, earliest_date=earliest, latest_date=latest, as_at=ENDS)


@pytest.mark.parametrize(
    ("window", "has_begun"),
    [
        (row(ENDS - timedelta(days=1), date(2026, 11, 10)), True),
        (row(ENDS, date(2026, 11, 10)), True),
        (row(ENDS + timedelta(days=1), date(2026, 11, 10)), False),
        (row(date(2025, 1, 1), date(2026, 1, 1), WindowStatus.PAST), False),
        (row(None, None, WindowStatus.UNKNOWN), False),
        (Window(), False),
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
