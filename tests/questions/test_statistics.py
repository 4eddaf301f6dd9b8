import re
from datetime import date

import pytest
from django.utils import timezone

from inspections.models import CountedLate
from inspections.questions import overview
from inspections.questions.among import EVERY, Among
from inspections.questions.positions import ofsteds_rule, position_of, positions
from inspections.questions.published import releases
from inspections.questions.statistics import (
    AREA,
    FRAMEWORK,
    KIND,
    REGION,
    statistics,
)
from inspections.rules.lanes import counted_lanes, standing_areas, standing_in
from inspections.rules.position import OfstedRule, PublishedBy
from inspections.store import current_record
from tests import factories as make
from tests.questions import oracle, plain

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DAYS = [
    date(2015, 6, 30),
    date(2021, 3, 31),
    date(2026, 8, 22),
    *plain.any_days(3, seed=7),
]


def asked(by=AREA, lane="overall", reading=None, among=EVERY):
    record = current_record()
    return statistics(record, by=by, lane=record.book.lane(lane), reading=reading, among=among)


def as_counts(group) -> dict[str, int]:
    found = {code: number for code, number in group.by_grade.items() if number}
    return {**found, **({"": group.not_inspected} if group.not_inspected else {})}


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("lane", ["overall", "leaders", "in_care", "care_leavers"])
def test_by_publication_it_equals_a_slow_recount(day, lane):
    found = asked(lane=lane, reading=PublishedBy(day))
    expected = dict(oracle.counts(oracle.latest_by_publication(day), lane))
    assert as_counts(found.total) == expected
    group = next(row for row in found.groups if row.key == lane)
    assert as_counts(group) == expected


@pytest.mark.parametrize("day", [date(2016, 3, 31), date(2023, 3, 31), date(2025, 3, 31)])
def test_by_ofsteds_rule_it_equals_a_slow_recount(day):
    reading = ofsteds_rule(current_record(), day)
    late = set(CountedLate.objects.filter(as_at_date=day).values_list("inspection_id", flat=True))
    expected = dict(oracle.counts(oracle.latest_as_ofsted(day, reading.cut_off, late), "overall"))
    assert as_counts(asked(reading=reading).total) == expected


@pytest.mark.parametrize("scheme", ["ofsted", "ons"])
def test_by_region_it_equals_a_slow_recount(scheme):
    day = date(2024, 3, 31)
    found = asked(
        by=REGION, lane="help_and_protection", reading=PublishedBy(day), among=Among(scheme)
    )
    assert len(found.groups) == (8 if scheme == "ofsted" else 9)
    for group in found.groups:
        held = oracle.latest_by_publication(day, **{f"{scheme}_region": group.key})
        assert as_counts(group) == dict(oracle.counts(held, "help_and_protection"))
        assert group.councils == len(held)


def test_by_kind_and_by_framework_every_council_is_in_one_row():
    day = date(2026, 8, 22)
    for by in (KIND, FRAMEWORK):
        found = asked(by=by, lane="leaders", reading=PublishedBy(day))
        assert sum(group.councils for group in found.groups) == found.total.councils == 153


def test_a_filter_asks_about_some_councils_only():
    day = date(2024, 3, 31)
    among = Among("ons", "north_east", "metropolitan_borough")
    found = asked(lane="overall", reading=PublishedBy(day), among=among)
    held = oracle.latest_by_publication(day, ons_region="north_east", kind="metropolitan_borough")
    assert as_counts(found.total) == dict(oracle.counts(held, "overall"))


def test_a_combined_judgement_is_counted_once_and_told_apart():
    found = asked(lane="care_leavers", reading=PublishedBy(date(2022, 12, 31)))
    assert found.total.graded == 0
    assert found.total.combined > 100


def test_the_overall_grade_runs_out_after_march_2026():
    found = asked(lane="overall", reading=PublishedBy(date(2026, 8, 22)))
    assert (found.total.graded, found.total.not_judged) == (142, 11)


def test_published_figures_of_the_day_stand_beside_ours():
    reading = OfstedRule(date(2024, 3, 31), date(2024, 6, 30))
    by_region = asked(by=REGION, reading=reading).published
    assert {group for group, _ in by_region} == {"", "london", "north_west"}
    by_area = asked(reading=reading).published
    assert {group for group, _ in by_area} == {"overall", "help_and_protection"}


def test_another_cut_off_answers_another_question():
    reading = OfstedRule(date(2024, 3, 31), date(2024, 4, 30))
    assert asked(reading=reading).published == ()


def test_a_kind_of_council_has_no_published_figure():
    reading = OfstedRule(date(2024, 3, 31), date(2024, 6, 30))
    assert asked(by=KIND, reading=reading).published == ()
    assert asked(by=FRAMEWORK, reading=reading).published == ()
    assert asked(reading=reading, among=Among(kind="county")).published == ()


def test_the_cut_off_of_a_release_is_on_record():
    released = releases(current_record())
    assert released[date(2017, 10, 31)] == date(2017, 12, 8)
    assert date(2017, 11, 30) not in released
    assert next(iter(released)) == date(2025, 3, 31)


def test_the_number_of_queries_does_not_grow_with_the_record(django_assert_max_num_queries):
    """None, of a Record in memory."""
    record = current_record()
    lane = record.book.lane("overall")
    for by in (AREA, REGION, KIND, FRAMEWORK):
        with django_assert_max_num_queries(0):
            statistics(record, by=by, lane=lane, reading=PublishedBy(date(2026, 1, 1)), among=EVERY)


def test_what_a_council_holds_is_its_last_published_inspection():
    record = current_record()
    held = position_of(record, record.council_by_slug["luton"], date(2020, 2, 23)).latest
    judged = standing_in(held, standing_areas(record.book, record.book.lane("leaders")))
    assert held.start_date == date(2016, 1, 11)
    assert judged.grade.code == "requires_improvement"


@pytest.mark.parametrize("by", [AREA, REGION, KIND, FRAMEWORK])
@pytest.mark.parametrize(
    "day", [date(2014, 2, 1), date(2020, 2, 24), date(2023, 4, 1), *plain.any_days(2, seed=8)]
)
def test_on_any_day_every_row_equals_a_slow_recount(by, day):
    reading = PublishedBy(day)
    counted = asked(by=by, lane="leaders", reading=reading)
    held = oracle.latest_by_publication(day)
    assert as_counts(counted.total) == dict(oracle.counts(held, "leaders"))
    if by == REGION:
        for group in counted.groups:
            own = {c: row for c, row in held.items() if c.ofsted_region == group.key}
            assert as_counts(group) == dict(oracle.counts(own, "leaders"))
    if by == FRAMEWORK:
        for group in counted.groups:
            own = {c: r for c, r in held.items() if (r.framework.code if r else "") == group.key}
            assert as_counts(group) == dict(oracle.counts(own, "leaders"))


def test_a_council_that_has_ceased_is_no_longer_counted():
    """Poole, closed on 31 March 2019, with a full inspection of its own."""
    for day in (date(2019, 3, 31), date(2019, 4, 1), date(2019, 9, 29)):
        found = asked(lane="overall", reading=PublishedBy(day))
        assert as_counts(found.total) == dict(
            oracle.counts(oracle.latest_by_publication(day), "overall")
        )


def test_two_areas_in_one_lane_count_each_council_once(empty_record):
    """A person may leave both halves of a split area in the lane that they had together."""
    halves = {
        "leaders": ["leaders"],
        "early": ["help_and_protection"],
        "late": ["help_and_protection"],
    }
    framework = make.make_framework(areas=halves)
    grades = {"leaders": "good", "early": "good", "late": "inadequate"}
    make.make_inspection(make.make_council(), framework, grades=grades)
    found = asked(lane="help_and_protection", reading=PublishedBy(date(2022, 1, 1)))
    assert dict(found.total.by_grade) == {"good": 1}
    assert (found.total.councils, found.total.combined, found.total.not_judged) == (1, 0, 0)


@pytest.fixture
def four_councils(empty_record):
    """On the day of their reports one is not inspected, one holds no overall grade."""
    make.make_council("Aford", kind="unitary")
    for name, grades in {
        "Bford": {"overall": "good"},
        "Cford": {"overall": "inadequate"},
        "Dford": {"leaders": "good"},
    }.items():
        council = make.make_council(name)
        day = make.make_inspection(council, grades=grades).publication_date
    make.make_inspection(council, grades={"overall": "good"}, status="withdrawn",
                         start_date=date(2021, 3, 8), publication_date=day)  # fmt: skip
    return PublishedBy(day)


def test_shares_are_of_graded_councils_and_grades_stand_best_first(four_councils):
    found = asked(reading=four_councils)
    total = found.total
    assert (total.graded, total.not_judged, total.not_inspected, total.councils) == (2, 1, 1, 4)
    assert found.good == {"outstanding", "good"}
    assert (total.count(found.good), total.share(found.good)) == (1, 0.5)
    assert [grade.key for grade in found.grades] == [code for code, *_ in make.FOUR_GRADES]


def test_rows_of_councils_not_inspected_stand_last(four_councils):
    rows = {
        by: [(group.key, group.councils) for group in asked(by=by, reading=four_councils).groups]
        for by in (FRAMEWORK, KIND, REGION)
    }
    assert rows == {
        FRAMEWORK: [("example_rules", 3), ("", 1)],
        KIND: [("county", 3), ("unitary", 1)],
        REGION: [("south_east", 4)],
    }


def test_among_no_council_every_area_has_its_empty_row(four_councils):
    nowhere = Among("ofsted", "nowhere")
    found = asked(reading=four_councils, among=nowhere)
    assert [group.key for group in found.groups] == [
        lane.code for lane in current_record().book.choosable_lanes
    ]
    assert {(group.councils, group.share(found.good)) for group in found.groups} == {(0, None)}
    assert asked(by=REGION, reading=four_councils, among=nowhere).groups == ()


ENGLANDS = [date(2016, 3, 31), date(2019, 3, 31), date(2023, 3, 31), None]


@pytest.mark.parametrize("day", [*ENGLANDS, date(2020, 9, 30)])
def test_the_series_of_the_england_page_counts_as_the_statistics_do(day):
    """Care leavers too, who were judged as a part, then together, then by themselves."""
    record, day = current_record(), day or timezone.localdate()
    found = asked(reading=PublishedBy(day))
    assert {group.key for group in found.groups} == {
        lane.code for lane in record.book.choosable_lanes
    }
    for group in found.groups:
        series = overview.held_series(record, day, record.book.lane(group.key))
        last = series.periods[-1]
        assert (last.day == day) == (day.month in {3, 9})
        if last.day == day:
            assert last.counts == {key: n for key, n in group.by_grade.items() if n}
            assert last.ungraded == group.combined + group.not_judged
            assert last.not_inspected == group.not_inspected


@pytest.mark.parametrize("day", ENGLANDS)
def test_the_sentence_of_the_england_page_counts_as_the_statistics_do(day):
    from dashboard.words.presenters import england_sentence

    record, day = current_record(), day or timezone.localdate()
    book, places = record.book, positions(record, day)
    found = asked(reading=PublishedBy(day))
    for group in found.groups:
        said = england_sentence(places, book.lane(group.key), counted_lanes(book), day)
        for grade in found.grades:
            number = group.by_grade[grade.key]
            verb = f"({'is' if number == 1 else 'are'} )?"
            assert bool(re.search(rf"\b{number} {verb}{grade.title}\b", said)) == bool(number)
        assert f"Of {group.graded} councils" in said or (not group.graded and "No council" in said)


def test_a_part_of_another_judgement_is_told_apart_and_not_counted():
    found = asked(lane="care_leavers", reading=PublishedBy(date(2016, 3, 31)))
    assert (found.total.graded, found.total.not_judged) == (0, 0)
    assert found.total.combined == found.total.councils - found.total.not_inspected > 80


def test_where_a_part_alone_was_graded_both_pages_say_so(client):
    """Squares are hatched, and every sentence says that no grade counts."""
    query = "?area=care-leavers&as_at=2016-03-31"
    page = client.get(f"/{query}").content.decode()
    assert "No council had a grade of its own for care leavers by 31 March 2016." in page
    assert "At 31 March 2016 no council had a grade of its own." in page
    assert "hatched: graded as a part of another judgement, not counted" in page
    squares = page.count('class="sq g-')
    assert squares == page.count(" (graded as a part of another judgement)") > 0
    statistics_page = client.get(f"/england/statistics/{query}").content.decode()
    assert "no council held a grade of its own for care leavers" in statistics_page
