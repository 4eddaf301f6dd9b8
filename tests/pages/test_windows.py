"""What the pages say of a window: its median, the days it rests on, the day it is told for."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard import words
from dashboard.england import upcoming
from dashboard.england.next import council_context, memory_words
from dashboard.england.upcoming import key_words, window_words
from inspections.questions.waits import Upcoming
from inspections.rules.waits import WaitRow
from inspections.rules.windows import Window, WindowStatus
from tests.invented_rows import council, inspection

ENDS = date(2026, 8, 22)
WAIT = WaitRow(
    1, 1, date(2022, 10, 31), date(2023, 1, 9), None, "below_good", "overall", None, None, None,
    None,
)  # fmt: skip


def window(
    *, median: date | None = date(2026, 10, 13), status: str = "estimated", **changes: date | None
) -> Window:
    given = {
        "earliest_date": date(2026, 8, 18),
        "latest_date": date(2026, 11, 10),
        "memory_from_date": date(2023, 6, 24),
        **changes,
    }
    return Window(
        status=status, median_date=median, share_waiting=0.2, cases=64, events=38,
        seen_to_date=date(2026, 6, 23), as_at=ENDS, **given,
    )  # fmt: skip


def told(row: Window, day: date) -> dict:
    rests_on = inspection(WAIT.start_date)
    return council_context(Upcoming(council(), rests_on, WAIT, row), day)


BEGUN = "its likely window began in August 2026 and ends in November 2026"


@pytest.mark.parametrize(
    ("day", "row", "likely", "half"),
    [
        (date(2026, 8, 1), "August 2026 to November 2026",
         "likely between August 2026 and November 2026, if Ofsted keeps its recent pace",
         "Half of such waits are over by October 2026"),
        (ENDS, "August 2026 to November 2026",
         f"{BEGUN}, if Ofsted keeps its recent pace",
         "Half of such waits are over by October 2026"),
        (date(2026, 11, 1), "August 2026 to November 2026",
         f"{BEGUN}, if Ofsted keeps its recent pace",
         "Half of such waits were over by October 2026"),
        (date(2026, 11, 28), "was August 2026 to November 2026",
         "its likely window was August 2026 to November 2026, if Ofsted kept its recent pace",
         "Half of such waits were over by October 2026"),
    ],
)  # fmt: skip
def test_no_day_that_is_past_is_told_as_one_to_come(
    day: date, row: str, likely: str, half: str
) -> None:
    assert window_words(window(), day) == row
    found = told(window(), day)
    assert found["sentence"] == f"Next full inspection: {likely}."
    assert found["likely"] == words.begun(likely)
    assert found["half"] == half


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (window(status="past"), "was August 2026 to November 2026; 9 in 10 came sooner"),
        (window(status="beyond"), "was August 2026 to November 2026; all others came sooner"),
        (window(median=None), "from August 2026; the cases show no end"),
        (window(earliest_date=None, status="unknown"), "no window can be given"),
    ],
)
def test_a_cell_says_why_a_window_is_over_or_has_no_end(row: Window, said: str) -> None:
    assert window_words(row, ENDS) == said


def waiting(standing: str, cases: int, **changes: object) -> Upcoming:
    wait = replace(WAIT, standing=standing)
    row = replace(window(), cases=cases, **changes)
    return Upcoming(council(), inspection(WAIT.start_date), wait, row)


@pytest.mark.parametrize(
    ("rows", "key", "basis"),
    [
        ([], "", ""),
        ([waiting("below_good", 64, earliest_date=None)], "", ""),
        (
            [waiting("below_good", 64), waiting("good_or_better", 199), waiting("below_good", 64)],
            "past waits (263 since June 2023): 8 in 10 ended in it, half by its mark.",
            "Waits counted: 199 after good or better and 64 after requires improvement or "
            "equivalent, from 24 June 2023 to 23 June 2026.",
        ),
        (
            [waiting("inadequate", 80, is_pooled=True, memory_from_date=None)],
            "worked out from past waits (80): 8 in 10 ended in it, half by its mark.",
            "Waits counted: 80 after any outcome.",
        ),
    ],
)
def test_the_list_says_on_how_many_waits_it_rests(rows, key: str, basis: str) -> None:
    said = key_words(rows)
    assert said.endswith(key) and bool(said) is bool(key)
    assert upcoming.basis_words(rows) == basis


def test_a_window_says_what_it_rests_on() -> None:
    assert told(window(), ENDS)["basis"] == (
        "Based on 38 re-inspections after an outcome that was requires improvement or "
        "equivalent, and 26 waits not over"
    )


@pytest.mark.parametrize("changes", [{"latest_date": None}, {"latest_date": None, "median": None}])
def test_a_window_without_an_end_is_told_in_a_sentence(changes):
    said = told(window(**changes), ENDS)["sentence"]
    assert "likely in August 2026 or later, if Ofsted keeps its recent pace." in said


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (
            WindowStatus.PAST,
            "Nine in ten councils in this position had been re-inspected by November 2026.",
        ),
        (
            WindowStatus.BEYOND,
            "The wait is longer than every comparable one seen from 24 June 2023 to 23 June 2026.",
        ),
    ],
)
def test_a_window_past_says_that_no_inspection_is_on_record(status, said):
    found = told(window(status=status), ENDS)
    assert found["sentence"] == f"No newer inspection is on record. {said}"
    assert found["likely"] == ""


@pytest.mark.parametrize(
    ("first", "ending"),
    [
        (date(2023, 6, 24), "23 June 2026"),
        (date(2022, 3, 13), "23 June 2026, 3 years without the pause of inspection"),
    ],
)
def test_three_years_that_leave_a_pause_out_say_so(first, ending):
    said = memory_words(window(memory_from_date=first))
    assert said.startswith("from ")
    assert said.endswith(f" to {ending}")


@pytest.mark.parametrize(
    ("day", "unseen"),
    [
        (ENDS, ""),
        (date(2026, 11, 10), ""),
        (date(2026, 11, 28), "10 November 2026"),
    ],
)
def test_the_state_of_a_window_is_told_for_the_last_day_of_the_record(day, unseen):
    """Read later, a window that has ended since is neither begun nor past: it is not known."""
    found = told(window(), day)
    assert (found["may_have_begun"], found["ended_unseen"]) == (True, unseen)
    later = told(window(earliest_date=date(2026, 8, 23)), day)
    assert not later["may_have_begun"]
