"""What a council's page asks, recomputed slowly from the record's files."""

from datetime import date, timedelta

import pytest

from inspections import actions
from inspections.models import Framework, Inspection
from inspections.questions.among import EVERY
from inspections.questions.council import CouncilAnswer, council_answer, find_council
from inspections.questions.upcoming import upcoming
from inspections.store import current_record
from tests.questions.plain import any_days, lines, plain_record

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TODAY = date(2026, 11, 22)


def answer(slug: str, day: date = TODAY) -> CouncilAnswer:
    record = current_record()
    council, is_slug = find_council(record, slug)
    assert is_slug
    return council_answer(record, council, day)


@pytest.mark.parametrize("slug", ["luton", "barnet", "trafford", "somerset"])
@pytest.mark.parametrize("day", [date(2020, 2, 23), date(2020, 2, 24), TODAY], ids=str)
def test_a_councils_window_is_the_one_in_the_list_of_all(slug: str, day: date) -> None:
    listed = {row.council.slug: row for row in upcoming(current_record(), day, among=EVERY).rows}
    own = answer(slug, day).upcoming
    assert (own and own.window) == (listed[slug].window if slug in listed else None)
    assert own is not None


@pytest.mark.parametrize(
    "day", [date(2014, 6, 30), date(2021, 3, 31), *any_days(2, seed=9), TODAY], ids=str
)
def test_the_events_of_every_tenth_council_agree_with_the_files(day: date) -> None:
    record = plain_record()
    for slug in sorted(record.councils)[::10]:
        found = answer(slug, day)
        expected = {
            row.reference
            for row in record.inspections
            if row.council == slug and row.published <= day
        }
        assert {row.reference for row in found.inspections} == expected, slug
        begun = [row.event_date for row in found.inspections]
        assert begun == sorted(begun)


def test_ten_neighbours_stand_by_name_and_hold_what_they_hold() -> None:
    record = plain_record()
    for slug in ("luton", "isles-of-scilly", "cumberland"):
        found = answer(slug).neighbours
        expected = {
            row["neighbour"] for row in lines("statistical_neighbours") if row["council"] == slug
        }
        assert {row.council.slug for row in found} == expected and len(expected) == 10
        names = [row.council.short_name for row in found]
        assert names == sorted(names)
        for row in found:
            assert row.latest.reference == record.latest(row.council.slug, TODAY).reference


def test_predecessors_and_successors_find_each_other() -> None:
    record = plain_record()
    for slug, row in record.councils.items():
        if not row["predecessors"]:
            continue
        before = row["predecessors"].split("|")
        assert {item.slug for item in answer(slug).predecessors} == set(before)
        for old in before:
            assert slug in {item.slug for item in answer(old).successors}


def test_a_closed_council_keeps_what_it_last_held() -> None:
    record = plain_record()
    gone = [slug for slug, row in record.councils.items() if row["closed_date"]]
    for slug in gone:
        found = answer(slug)
        assert found.position.latest.reference == record.latest(slug, TODAY).reference


def test_a_council_before_its_first_day_holds_nothing() -> None:
    found = answer("cumberland", date(2023, 3, 31))
    assert (found.position, found.inspections, found.visits, found.upcoming) == (None, (), (), None)


def test_a_window_of_a_day_before_a_later_report_is_not_the_present_one() -> None:
    complete_to = current_record().known_to
    before = complete_to + timedelta(days=10)
    held = answer("luton", before).upcoming
    inspection = Inspection(
        council_id=held.council.id,
        framework=Framework.objects.get(code=current_record().book.in_order[-1].code),
        kind="standard",
        start_date=complete_to + timedelta(days=1),
        end_date=complete_to + timedelta(days=5),
        publication_date=complete_to + timedelta(days=30),
    )
    actions.record(inspection, by=None)
    then, now = answer("luton", before).upcoming, answer("luton", TODAY).upcoming
    assert then.window == held.window
    assert now.wait.start_date == inspection.start_date
