"""The England page's figures, recomputed slowly from the record's files."""

import itertools
from collections import Counter
from datetime import date

import pytest

from inspections.queries import events, overview
from inspections.queries.frameworks import framework_book
from inspections.queries.positions import positions
from inspections.rows import Clock
from tests.queries.plain import LANES, ORDER, plain_record

pytestmark = pytest.mark.django_db
DAYS = [date(2015, 3, 31), date(2020, 2, 23), date(2023, 6, 1), date(2026, 11, 22)]


def series_of(lane: str, day: date) -> overview.HeldSeries:
    book, clock = framework_book(), Clock(day)
    return overview.held_series(
        book,
        clock,
        lane=book.lane(lane),
        councils=events.councils(),
        inspections=events.inspections(book, clock, whole_service_only=True),
    )


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
    series = series_of("overall", date(2026, 11, 22))
    assert series.ends == date(2026, 3, 31)
    assert [row.day for row in series.periods if row.is_over] == [date(2026, 9, 30)]


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
    book, clock = framework_book(), Clock(day)
    found = overview.next_outcomes(
        book,
        lane=book.lane(lane),
        inspections=events.inspections(book, clock, whole_service_only=True),
    )
    assert [row.grade.code for row in found] == [code for code in ORDER if code in counts]
    for row in found:
        code = row.grade.code
        assert row.counts == counts[code]
        assert (row.n, row.not_comparable) == (counts[code].total(), not_comparable[code])


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_longest_since_inspection_agree_with_the_files(day: date) -> None:
    record = plain_record()
    begun = sorted(
        record.latest(slug, day).begun for slug in record.existing(day) if record.latest(slug, day)
    )
    book, clock = framework_book(), Clock(day)
    held = positions(
        book,
        clock,
        councils=events.councils(),
        inspections=events.inspections(book, clock, whole_service_only=True),
    )
    found = overview.longest_since_inspection(held, 6)
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
    slugs = {row.id: row.slug for row in events.councils()}
    found = {
        (slugs[row.council_id], row.reference)
        for row in events.visits(Clock(day))
        if row.start_precision != "month" or row.publication_date
    }
    assert found == expected


def test_a_visit_known_to_the_month_alone_counts_once_its_month_is_over() -> None:
    slugs = {row.id: row.slug for row in events.councils()}
    row = next(
        row
        for row in plain_record().visits
        if row["start_precision"] == "month" and not row["publication_date"]
    )
    start = date.fromisoformat(row["start_date"])
    following = date(start.year + start.month // 12, start.month % 12 + 1, 1)

    def is_known(day: date) -> bool:
        found = {(slugs[visit.council_id], visit.reference) for visit in events.visits(Clock(day))}
        return (row["council"], row["reference"]) in found

    assert not is_known(start)
    assert is_known(following)


@pytest.mark.parametrize("lane", ["help_and_protection", "leaders", "in_care", "care_leavers"])
def test_what_changed_at_the_latest_inspections_is_what_their_councils_pages_say(lane: str) -> None:
    book, clock = framework_book(), Clock(DAYS[-1])
    inspections = events.inspections(book, clock, whole_service_only=True)
    latest = sorted(inspections, key=lambda row: row.publication_date)[-25:]
    found = overview.changes_in_lane(book, lane=book.lane(lane), inspections=inspections, of=latest)
    assert len(found) == len(latest)
    for row, change, since in found:
        held = positions(
            book,
            Clock(row.publication_date),
            councils=[item for item in events.councils() if item.id == row.council_id],
            inspections=[item for item in inspections if item.council_id == row.council_id],
            with_pairs=True,
        )[0]
        key = row.in_lane(lane).area.key
        assert change in [
            pair.change for pair in held.pairs if pair.current and pair.current.key == key
        ]
        assert since == held.previous.event_date
