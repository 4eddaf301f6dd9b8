"""The windows recomputed from the record's files, by hand: no rule and no query of the site.

Days are counted one by one, those at risk by looking at every wait, shares as fractions.
"""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest

from inspections.queries.frameworks import framework_book
from inspections.queries.held import Among
from inspections.queries.upcoming import upcoming
from inspections.rows import Clock
from tests.queries.plain import (
    FOLDER,
    PlainInspection,
    PlainRecord,
    day_of,
    lines,
    outcome_of,
    plain_record,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LAG, RECENT, ENOUGH = 60, 3 * 365, 10  # as the method page says
TODAY = date.fromisoformat(
    json.loads((FOLDER / "record.json").read_text(encoding="utf-8"))["as_at"]
)
DAYS = [TODAY, date(2024, 6, 30), date(2021, 3, 31)]  # the last one in the pause


@dataclass
class PlainWait:
    council: str
    begun: PlainInspection
    following: PlainInspection | None
    closed: date | None


def paused_days(as_at: date) -> set[date]:
    """Every paused day that was known of; a pause that goes on has lasted until the day."""
    found = set()
    for row in lines("inspection_pauses"):
        day, last = day_of(row["first_date"]), day_of(row["last_date"]) or as_at
        while day <= min(last, as_at):
            found.add(day)
            day += DAY
    return found


def counted(first: date, last: date, paused: set[date]) -> int:
    """Days from the first up to the last, without paused ones."""
    return (last - first).days - sum(first <= day < last for day in paused)


def after(first: date, days: int, paused: set[date]) -> date:
    day = first
    while days or day in paused:
        days -= day not in paused
        day += DAY
    return day


def waits_on(record: PlainRecord, as_at: date) -> list[PlainWait]:
    found = []
    for slug, council in record.councils.items():
        held = sorted(record.full_inspections(slug, as_at), key=lambda row: row.published)
        for begun, following in pairwise([*held, None]):
            found.append(PlainWait(slug, begun, following, day_of(council["closed_date"])))
    return found


def observed(wait: PlainWait, as_at: date, paused: set[date]) -> tuple[int, int, bool] | None:
    """Watched from and to which day of the wait, and whether the inspection came."""
    seen_to, start = as_at - LAG * DAY, wait.begun.start
    if start is None or start >= seen_to or (wait.following and not wait.following.start):
        return None
    end = min(seen_to, wait.closed or seen_to)
    came = wait.following is not None and wait.following.start <= end
    if came:
        end = wait.following.start
    entry = max(0, counted(start, seen_to, paused) - RECENT)
    leave = counted(start, end, paused)
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
    return min((share for at, share in steps if at <= days), default=Fraction(1))


def percentile(
    steps: list[tuple[int, Fraction]], tenths: int, waited: int, left: Fraction
) -> int | None:
    """The days by which so many tenths of those `left` after `waited` days are over."""
    goal = left * Fraction(10 - tenths, 10)
    return min((days for days, share in steps if days > waited and share <= goal), default=None)


def expected(as_at: date) -> dict[str, tuple]:
    """By council: status, three dates, share, cases, events, pooled; of a dozen and Luton."""
    record, paused = plain_record(), paused_days(as_at)
    waits = waits_on(record, as_at)
    watched = [(outcome_of(wait.begun), observed(wait, as_at, paused)) for wait in waits]
    by_kind = {
        kind: [seen for held, seen in watched if seen and (kind in ("", held))]
        for kind in ("", "good_or_better", "below_good", "inadequate")
    }
    existing = record.existing(as_at)
    waiting = [wait for wait in waits if wait.following is None and wait.council in existing]
    waiting.sort(key=lambda wait: (wait.begun.begun, wait.council))
    chosen = [*waiting[:4], *waiting[4::14], *(w for w in waiting if w.council == "luton")]
    found = {}
    for wait in chosen:
        own = by_kind[outcome_of(wait.begun)]
        is_pooled = sum(came for *_, came in own) < ENOUGH
        cases = by_kind[""] if is_pooled else own
        steps, start = curve(cases), wait.begun.start
        waited = max(0, counted(start, as_at - LAG * DAY, paused))
        left = left_after(steps, waited)
        status = "beyond" if not left else "past" if left <= Fraction(1, 10) else "estimated"
        given = (waited, left) if status == "estimated" else (0, Fraction(1))
        days = [percentile(steps, tenths, *given) for tenths in (1, 5, 9)]
        dates = [None if n is None else after(start, n, paused) for n in days]
        events = sum(came for *_, came in cases)
        found[wait.council] = (
            status, *dates, pytest.approx(float(left)), len(cases), events, is_pooled,
        )  # fmt: skip
    return found


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_windows_equal_those_counted_by_hand(day: date) -> None:
    plainly = expected(day)
    assert len(plainly) >= 12
    rows = upcoming(framework_book(), Clock(day), among=Among()).rows
    assert len(rows) == len(plain_record().existing(day)) - sum(
        plain_record().latest(slug, day) is None for slug in plain_record().existing(day)
    )
    found = {
        row.slug: (
            row.window.window_status,
            row.window.earliest_date,
            row.window.likeliest_date,
            row.window.latest_date,
            row.window.share_waiting,
            row.window.cases,
            row.window.events,
            row.window.is_pooled,
        )
        for row in rows
        if row.slug in plainly
    }
    assert found == plainly
