"""What every council holds on a day, recomputed slowly from the record's files."""

from datetime import date, timedelta

import pytest

from inspections.questions.positions import Position, pairs_of, positions
from inspections.rules.comparison import ChangeKind
from inspections.store import current_record
from tests.questions.plain import LANES, ORDER, WHOLE_SERVICE, any_days, plain_record

pytestmark = [pytest.mark.django_db, pytest.mark.once]

REORGANISATIONS = [date(2019, 3, 31), date(2019, 4, 1), date(2021, 4, 1), date(2023, 4, 1)]
EDGES = [date(2009, 1, 1), date(2014, 2, 11), date(2020, 2, 23), date(2020, 2, 24)]
DAYS = [*EDGES, *REORGANISATIONS, *any_days(8, seed=1), date(2026, 3, 31), date(2026, 11, 22)]


def held(day: date) -> dict[str, Position]:
    return {row.council.slug: row for row in positions(current_record(), day)}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_positions_agree_with_the_files(day: date) -> None:
    record = plain_record()
    expected, found = {}, {}
    for slug in record.existing(day):
        both = record.full_inspections(slug, day)[-2:]
        latest = both[-1] if both else None
        expected[slug] = (
            latest and latest.reference,
            both[0].reference if len(both) == 2 else None,
            tuple(latest.shown(lane) if latest else None for lane in LANES),
        )
    for slug, row in held(day).items():
        judged = [row.latest.in_lane(lane) if row.latest else None for lane in LANES]
        found[slug] = (
            row.latest and row.latest.reference,
            row.previous.reference if row.previous else None,
            tuple(item.grade.code if item else None for item in judged),
        )
    assert found == expected


def test_a_report_counts_from_its_day_of_publication() -> None:
    before, after = held(date(2020, 2, 23))["luton"], held(date(2020, 2, 24))["luton"]
    assert (before.latest.reference, before.previous) == ("2016-01-11", None)
    assert before.latest.overall.grade.code == "requires_improvement"
    assert (after.latest.reference, after.previous.reference) == ("2020-01-13", "2016-01-11")
    assert after.latest.overall.grade.code == "inadequate"


def test_a_new_council_inherits_nothing() -> None:
    record = plain_record()
    born = [slug for slug, row in record.councils.items() if row["predecessors"]]
    assert len(born) == 8
    for slug in born:
        opened = date.fromisoformat(record.councils[slug]["opened_date"])
        assert held(opened)[slug].latest is None, slug
        assert slug not in held(opened - timedelta(days=1))


def test_an_abolished_council_counts_to_its_last_day() -> None:
    record = plain_record()
    gone = {slug: row["closed_date"] for slug, row in record.councils.items() if row["closed_date"]}
    assert len(gone) == 6  # one of them is to go
    for slug, closed in gone.items():
        last = date.fromisoformat(closed)
        assert held(last)[slug].latest is not None, slug
        assert slug not in held(last + timedelta(days=1))


def test_a_combined_judgement_is_shown_in_both_of_its_lanes() -> None:
    combined = [
        row.latest
        for row in held(date(2022, 12, 31)).values()
        if row.latest and row.latest.framework.code == "ilacs_2018"
    ]
    assert len(combined) > 100
    for inspection in combined:
        in_care, leavers = inspection.in_lane("in_care"), inspection.in_lane("care_leavers")
        assert in_care == leavers and in_care.area.is_combined


def test_todays_153_councils_all_have_a_full_inspection() -> None:
    found = held(date(2026, 11, 22))
    assert len(found) == 153
    assert all(row.latest and row.latest.framework.code in WHOLE_SERVICE for row in found.values())


# Published counts (day, cut-off of publication, councils with a grade, and how many of them
# are outstanding, good, requires improvement, inadequate) from Ofsted's official statistics.
OFFICIAL = [
    (date(2015, 6, 30), date(2015, 6, 30), 59, (0, 14, 31, 14)),
    (date(2016, 3, 31), date(2016, 4, 30), 90, (2, 21, 45, 22)),
    (date(2016, 9, 30), date(2016, 10, 31), 109, (2, 28, 54, 25)),
    (date(2018, 9, 30), date(2018, 10, 31), 152, (6, 59, 66, 21)),
    (date(2019, 8, 31), date(2019, 9, 30), 149, (12, 61, 58, 18)),
    (date(2020, 3, 31), date(2020, 4, 30), 149, (18, 57, 53, 21)),
    (date(2022, 3, 31), date(2022, 4, 30), 150, (19, 61, 52, 18)),
    (date(2024, 3, 31), date(2024, 6, 30), 151, (30, 61, 43, 17)),
    (date(2025, 3, 31), date(2025, 6, 30), 153, (36, 67, 31, 19)),
]


@pytest.mark.parametrize(("day", "cut_off", "graded", "counts"), OFFICIAL, ids=str)
def test_the_record_gives_ofsteds_published_counts(
    day: date, cut_off: date, graded: int, counts: tuple[int, ...]
) -> None:
    record = plain_record()
    found = []
    for slug in record.existing(day):
        begun = [
            row
            for row in record.full_inspections(slug, cut_off)
            # Five inspections of councils that are gone have no first day on site.
            if row.start is None or row.start <= day
        ]
        if begun and begun[-1].shown("overall"):
            found.append(begun[-1].shown("overall"))
    assert (len(found), tuple(found.count(code) for code in ORDER)) == (graded, counts)


def test_nothing_is_judged_for_the_first_time_whose_lane_was_judged_before() -> None:
    """As looked-after children in Bath and North East Somerset: in 2012, and in April 2017."""
    record = current_record()
    for inspection in record.inspections:
        earlier = [
            row
            for row in record.inspections_of(inspection.council_id)
            if row.event_date < inspection.event_date
        ]
        judged = {lane for row in earlier for old in row.judgements for lane in old.area.lane_codes}
        for pair in pairs_of(record, inspection, date.max):
            if pair.current and pair.change.kind is ChangeKind.FIRST:
                assert not pair.current.area.lane_codes & judged, inspection
