"""The England page's figures, recomputed slowly from the record's files."""

import itertools
from collections import Counter
from datetime import date

import pytest

from inspections import actions
from inspections.models import Coverage
from inspections.questions import overview
from inspections.questions.positions import position_of, positions
from inspections.store import current_record
from tests import invented_rows as invented
from tests.questions.plain import LANES, ORDER, any_days, plain_record, unread

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAYS = [
    date(2015, 3, 31),
    date(2020, 2, 23),
    date(2023, 6, 1),
    *any_days(2, seed=3),
    date(2026, 11, 22),
]


def series_of(lane: str, day: date) -> overview.HeldSeries:
    record = current_record()
    return overview.held_series(record, day, record.book.lane(lane))


def plainly_held(lane: str, day: date) -> tuple[dict[str, int], int, int]:
    """Counts by grade, inspected without a grade of its own, and never inspected."""
    record = plain_record()
    counts: Counter[str] = Counter()
    ungraded = waiting = 0
    for slug in record.existing(day):
        latest = record.latest(slug, day)
        if latest and latest.counted(lane):
            counts[latest.counted(lane)] += 1
        elif latest:
            ungraded += 1
        else:
            waiting += 1
    return dict(counts), ungraded, waiting


@pytest.mark.parametrize("lane", LANES)
def test_grades_held_each_half_year_agree_with_the_files(lane: str) -> None:
    periods = series_of(lane, date(2026, 11, 22)).periods
    assert [row.day for row in periods[:2]] == [date(2014, 3, 31), date(2014, 9, 30)]
    for row in periods:
        if not row.is_over:
            found = (row.counts, row.ungraded, row.not_inspected)
            assert found == plainly_held(lane, row.day), row.day


def test_the_overall_series_ends_in_march_2026() -> None:
    covered = Coverage.objects.get(kind="full_inspections")
    later = {"complete_to_date": date(2026, 11, 22)}
    actions.correct(covered, changes=later, reason="A test", by=None)
    series = series_of("overall", date(2026, 11, 22))
    assert series.ends == date(2026, 3, 31)
    assert [row.day for row in series.periods if row.is_over] == [date(2026, 9, 30)]


def test_no_half_year_is_counted_that_ends_after_the_record() -> None:
    """The record is complete to 22 August 2026."""
    assert series_of("overall", date(2026, 11, 22)).periods[-1].day == date(2026, 3, 31)


def test_no_half_year_after_the_day_is_counted() -> None:
    assert series_of("overall", date(2020, 3, 30)).periods[-1].day == date(2019, 9, 30)
    assert series_of("overall", date(2020, 3, 31)).periods[-1].day == date(2020, 3, 31)


def test_before_the_first_report_there_is_no_half_year() -> None:
    assert series_of("overall", date(2014, 1, 31)).periods == ()


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("lane", LANES)
def test_next_outcomes_agree_with_the_files(lane: str, day: date) -> None:
    record = plain_record()
    counts: dict[str, Counter[str]] = {}
    not_comparable: Counter[str] = Counter()
    for slug in record.councils:
        held = record.full_inspections(slug, day)
        for before, after in itertools.pairwise(held):
            old, new = before.shown(lane), after.shown(lane)
            if old is None:
                continue
            row = counts.setdefault(old, Counter())
            if new is None or not before.comparable(after, lane):
                not_comparable[old] += 1
            else:
                row[new] += 1
    now = current_record()
    found = overview.next_outcomes(now, day, now.book.lane(lane))
    assert [row.grade.code for row in found] == [code for code in ORDER if code in counts]
    for row in found:
        code = row.grade.code
        assert row.counts == counts[code]
        assert (row.n, row.not_comparable) == (counts[code].total(), not_comparable[code])


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_longest_since_inspection_agree_with_the_files(day: date) -> None:
    record = plain_record()
    begun = sorted(
        record.latest(slug, day).begun
        for slug in record.existing(day)
        if record.latest(slug, day) and slug not in unread(day)
    )
    found = overview.longest_since_inspection(positions(current_record(), day), 6)
    assert [row.latest.event_date for row in found] == begun[:6]
    for row in found:
        assert record.latest(row.council.slug, day).begun == row.latest.event_date


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_visits_known_by_the_day_agree_with_the_files(day: date) -> None:
    expected = set()
    for row in plain_record().visits:
        known = row["publication_date"] or row["end_date"] or row["start_date"]
        if row["start_precision"] == "month" and not row["publication_date"]:
            continue  # the day of the month is not known; see the test below
        if known <= day.isoformat():
            expected.add((row["council"], row["reference"]))
    record = current_record()
    found = {
        (council.slug, row.reference)
        for council in record.councils
        for row in record.visits_of(council.id, day)
        if row.start_precision != "month" or row.publication_date
    }
    assert found == expected


def test_a_visit_known_to_the_month_alone_counts_once_its_month_is_over() -> None:
    row = next(
        row
        for row in plain_record().visits
        if row["start_precision"] == "month" and not row["publication_date"]
    )
    start = date.fromisoformat(row["start_date"])
    following = date(start.year + start.month // 12, start.month % 12 + 1, 1)

    def is_known(day: date) -> bool:
        record = current_record()
        council = record.council_by_slug[row["council"]]
        return row["reference"] in {visit.reference for visit in record.visits_of(council.id, day)}

    assert not is_known(start)
    assert is_known(following)


@pytest.mark.parametrize("lane", ["help_and_protection", "leaders", "in_care", "care_leavers"])
def test_what_changed_at_the_latest_inspections_is_what_their_councils_pages_say(lane: str) -> None:
    record, day = current_record(), DAYS[-1]
    inspections = record.full_inspections(day)
    latest = sorted(inspections, key=lambda row: row.publication_date)[-25:]
    found = overview.changes_in_lane(record, record.book.lane(lane), latest, day=day)
    assert len(found) == len(latest)
    for row, change, since in found:
        council = record.council(row.council_id)
        held = position_of(record, council, row.publication_date, with_pairs=True)
        key = row.in_lane(lane).area.key
        assert change in [
            pair.change for pair in held.pairs if pair.current and pair.current.area.key == key
        ]
        assert since == held.previous.event_date


def test_a_change_is_told_against_what_was_out_by_the_day() -> None:
    """Begun before, published after: not known when the other report came out."""
    out_later = invented.inspection(
        date(2026, 5, 4), invented.NEW, publication_date=date(2026, 10, 1),
        grades={"leaders": "outstanding"},
    )  # fmt: skip
    first = invented.inspection(date(2022, 3, 7), grades={"leaders": "inadequate"})
    row = invented.inspection(date(2026, 6, 1), invented.NEW, publication_date=date(2026, 7, 20))
    record = invented.record(first, out_later, row)
    lane = record.book.lane("leaders")
    ((_, change, since),) = overview.changes_in_lane(record, lane, [row], day=date(2026, 9, 1))
    assert (change.kind, since) == ("up", first.event_date)
    ((_, change, since),) = overview.changes_in_lane(record, lane, [row], day=date(2026, 10, 1))
    assert (change.kind, since) == ("down", out_later.event_date)
