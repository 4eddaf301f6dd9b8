"""The windows recomputed from the record's files, by hand: no rule and no query of the site.

Days are counted one by one, those at risk by looking at every wait, shares as fractions.
"""

import json
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest

from inspections.questions.among import EVERY
from inspections.questions.upcoming import upcoming
from inspections.store import current_record
from tests.questions.plain import (
    FOLDER,
    PlainInspection,
    PlainRecord,
    any_days,
    day_of,
    lines,
    outcome_of,
    plain_record,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY = timedelta(days=1)
LAG, RECENT, ENOUGH = 60, 3 * 365, 10  # as the method page says
READINGS = (Fraction(0), Fraction(1, 2), Fraction(1))
TODAY = date.fromisoformat(
    json.loads((FOLDER / "record.json").read_text(encoding="utf-8"))["as_at"]
)
DAYS = [TODAY, date(2024, 6, 30), date(2021, 3, 31), *any_days(2, seed=5)]  # one in the pause


@dataclass
class PlainWait:
    council: str
    begun: PlainInspection
    following: PlainInspection | None
    closed: date | None


def paused_days(as_at: date) -> list[date]:
    """Every paused day that was known of; a pause that goes on has lasted until the day."""
    found = set()
    for row in lines("inspection_pauses"):
        day, last = day_of(row["first_date"]), day_of(row["last_date"]) or as_at
        while day <= min(last, as_at):
            found.add(day)
            day += DAY
    return sorted(found)


def counted(first: date, last: date, paused: list[date]) -> int:
    """Days from the first up to the last, without paused ones."""
    return (last - first).days - (bisect_left(paused, last) - bisect_left(paused, first))


def waited(first: date, last: date, paused: list[date], share: Fraction) -> int:
    """Days from the first up to the last, of the paused ones whole days of the share only."""
    running = counted(first, last, paused)
    return running + int(share * ((last - first).days - running))


def waits_on(record: PlainRecord, as_at: date) -> list[PlainWait]:
    found = []
    for slug, council in record.councils.items():
        held = sorted(
            record.full_inspections(slug, as_at), key=lambda row: (row.begun, row.published)
        )
        for begun, following in pairwise([*held, None]):
            found.append(PlainWait(slug, begun, following, day_of(council["closed_date"])))
    return found


def observed(
    wait: PlainWait, as_at: date, paused: list[date], share: Fraction
) -> tuple[int, int, bool] | None:
    """Watched from and to which day of the wait, and whether the inspection came."""
    seen_to, start = as_at - LAG * DAY, wait.begun.start
    if start is None or start >= seen_to or (wait.following and not wait.following.start):
        return None
    end = min(seen_to, wait.closed or seen_to)
    came = wait.following is not None and wait.following.start <= end
    if came:
        end = wait.following.start
    entry = max(0, waited(start, seen_to, paused, share) - RECENT)
    leave = waited(start, end, paused, share)
    return (entry, leave, came) if leave > entry else None


def curve(watched: list[tuple[int, int, bool]]) -> list[tuple[int, Fraction]]:
    """(days, share that waits longer) after each day on which an inspection came."""
    share, found = Fraction(1), []
    for days in sorted({leave for _, leave, came in watched if came}):
        at_risk = sum(entry < days <= leave for entry, leave, _ in watched)
        ended = sum(came and leave == days for _, leave, came in watched)
        share *= 1 - Fraction(ended, at_risk)
        found.append((days, share))
    return found


def left_after(steps: list[tuple[int, Fraction]], days: int) -> Fraction:
    """The shares fall from step to step: the last one that was reached."""
    reached = bisect_right(steps, days, key=lambda step: step[0])
    return steps[reached - 1][1] if reached else Fraction(1)


def percentile(left: dict[date, Fraction], tenths: int, seen_to: date) -> date | None:
    """The first day after one by which so many tenths of those left on it are over."""
    goal = left[seen_to] * Fraction(10 - tenths, 10)
    return min(
        (day for day, share in left.items() if day > seen_to and share <= goal), default=None
    )


def expected(as_at: date) -> dict[str, tuple]:
    """By council: status, three dates, share, cases, events, pooled; of a dozen and Luton."""
    record, paused = plain_record(), paused_days(as_at)
    waits = waits_on(record, as_at)
    by_kind = {
        kind: [
            [
                seen
                for wait in waits
                if (seen := observed(wait, as_at, paused, share))
                and kind in ("", outcome_of(wait.begun))
            ]
            for share in READINGS
        ]
        for kind in ("", "good_or_better", "below_good", "inadequate")
    }
    existing = record.existing(as_at)
    waiting = [wait for wait in waits if wait.following is None and wait.council in existing]
    waiting.sort(key=lambda wait: (wait.begun.begun, wait.council))
    chosen = [*waiting[:4], *waiting[4::14], *(w for w in waiting if w.council == "luton")]
    found = {}
    for wait in chosen:
        own = by_kind[outcome_of(wait.begun)]
        is_pooled = sum(came for *_, came in own[0]) < ENOUGH
        cases = by_kind[""] if is_pooled else own
        steps, start = [curve(watched) for watched in cases], wait.begun.start
        # On every day of twelve years: the share still waiting, the average of the readings.
        left = {
            day: sum(
                left_after(of, waited(start, day, paused, share))
                for of, share in zip(steps, READINGS, strict=True)
            )
            / len(READINGS)
            for day in (start + n * DAY for n in range(12 * 365))
        }
        share = left[as_at - DAY]
        status = "beyond" if not share else "past" if share <= Fraction(1, 10) else "estimated"
        seen_to = max(start, as_at - LAG * DAY) if status == "estimated" else start
        dates = [percentile(left, tenths, seen_to) for tenths in (1, 5, 9)]
        events = sum(came for *_, came in cases[0])
        found[wait.council] = (
            status, *dates, pytest.approx(float(share)), len(cases[0]), events, is_pooled,
        )  # fmt: skip
    return found


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_windows_equal_those_counted_by_hand(day: date) -> None:
    plainly = expected(day)
    assert len(plainly) >= 12
    page = upcoming(current_record(), day, among=EVERY)
    rows, without = page.rows, {row.slug for row in page.closing}
    assert without == ({"surrey"} if day == TODAY else set())
    assert len(rows) + len(without) == sum(
        plain_record().latest(slug, day) is not None for slug in plain_record().existing(day)
    )
    found = {
        row.council.slug: (
            row.window.status,
            row.window.earliest_date,
            row.window.median_date,
            row.window.latest_date,
            row.window.share_waiting,
            row.window.cases,
            row.window.events,
            row.window.is_pooled,
        )
        for row in rows
        if row.council.slug in plainly
    }
    assert found == {slug: row for slug, row in plainly.items() if slug not in without}
