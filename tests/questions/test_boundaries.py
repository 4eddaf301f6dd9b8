"""The days and numbers at which an answer turns, on invented rows: the day before, and the day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from inspections.country_rows import Coverage, PollingDay
from inspections.questions.among import EVERY, Among
from inspections.questions.changes import Moved, Wanted, changes
from inspections.questions.corrections import named, subject
from inspections.questions.inadequate import tracked_of, tracker
from inspections.questions.journeys import journeys, visits_between
from inspections.questions.overview import half_years, held_series, lane_ends, next_outcomes
from inspections.questions.positions import positions
from inspections.questions.reporting import election_within, reporting, spread_of
from inspections.questions.statistics import AREA, FRAMEWORK, KIND, REGION, Statistics, statistics
from inspections.questions.upcoming import NAME, SORTS, START, upcoming
from inspections.questions.waits import PastCases, past_cases, waits, windows
from inspections.record import Record
from inspections.rows import Inspection
from inspections.rules.position import PublishedBy
from tests import invented_rows as invented
from tests.invented_rows import (
    LANES,
    NEW,
    OLD,
    book,
    correction,
    council,
    framework,
    inspection,
    record,
    visit,
)

DAY = timedelta(days=1)
FIRST = inspection(date(2021, 3, 1), grades={"leaders": "inadequate", "in_care": "inadequate"})
SECOND = inspection(date(2023, 3, 6))
COMBINED = framework(
    "combined", date(2018, 1, 1), None, "leaders help_and_protection both=in_care+care_leavers"
)
LEADERS = LANES["leaders"]


def counted(held: Record, day: date, *, by: str = AREA, lane: str = "leaders",
            among: Among = EVERY) -> Statistics:  # fmt: skip
    return statistics(held, by=by, lane=LANES[lane], reading=PublishedBy(day), among=among)


def moved(held: Record, first: date, last: date, wanted: Wanted | None = None) -> list[Moved]:
    return list(
        changes(
            held, lane=LEADERS, earlier=first, later=last, among=EVERY, wanted=wanted or Wanted()
        ).rows
    )


def test_a_report_counts_from_its_day_of_publication_everywhere() -> None:
    held = record(FIRST)
    out = FIRST.publication_date
    for day, number in ((out - DAY, 0), (out, 1)):
        assert counted(held, day).total.graded == number
        assert counted(held, day).total.not_inspected == 1 - number
        assert len(waits(held, day)) == len(windows(held, day)) == number
        assert tracker(held, day, among=EVERY).total == number
        assert len(held.inspections_of(1, day)) == len(held.full_inspections(day)) == number
        assert [bool(row.latest) for row in positions(held, day)] == [bool(number)]
        assert journeys(held, day, lane=LEADERS, grade="inadequate").total == number
        assert (
            reporting(held, day, by="year", among=EVERY, listed=5).longest[:1]
            == (reporting(held, out, by="year", among=EVERY, listed=5).longest[:number])
        )


@pytest.mark.parametrize(
    ("fields", "first", "last"),
    [
        ({"opened_date": date(2022, 4, 1)}, date(2022, 4, 1), None),
        ({"closed_date": date(2022, 3, 31)}, None, date(2022, 3, 31)),
        ({"opened_date": date(2022, 4, 1), "is_continuing_record": True}, None, None),
    ],
)
def test_a_council_counts_on_its_first_and_its_last_day(
    fields: dict[str, object], first: date | None, last: date | None
) -> None:
    held = record(FIRST, councils=(council(**fields),))
    for day in (date(2022, 3, 31), date(2022, 4, 1)):
        exists = (first is None or first <= day) and (last is None or day <= last)
        assert counted(held, day).total.councils == exists
        assert bool(windows(held, day)) == exists
        assert len(positions(held, day)) == exists
        assert tracker(held, day, among=EVERY).total == exists
        assert len(moved(held, date(2021, 1, 1), day)) == exists


def test_what_a_council_held_before_its_first_day_is_nothing_to_compare_with() -> None:
    new = record(FIRST, SECOND, councils=(council(opened_date=date(2022, 4, 1)),))
    (row,) = moved(new, date(2022, 3, 31), date(2023, 12, 31))
    assert (row.earlier, row.direction) == (None, "first")
    (row,) = moved(new, date(2022, 4, 1), date(2023, 12, 31))
    assert (row.earlier.inspection, row.direction, row.change.steps) == (FIRST, "up", 2)


def test_wanted_steps_count_both_ways_and_a_pair_of_grades_wants_compared_ones() -> None:
    up = record(FIRST, SECOND)
    down = record(replace(FIRST, judgements=SECOND.judgements),
                  replace(SECOND, judgements=FIRST.judgements))  # fmt: skip
    span = (date(2022, 1, 1), date(2023, 12, 31))
    for held, direction, was, now in ((up, "up", "inadequate", "good"),
                                      (down, "down", "good", "inadequate")):  # fmt: skip
        assert len(moved(held, *span, Wanted(steps=2))) == 1
        assert moved(held, *span, Wanted(steps=1)) == []
        assert len(moved(held, *span, Wanted(direction=direction, was=was, now=now))) == 1
        assert moved(held, *span, Wanted(was=now)) == moved(held, *span, Wanted(now=was)) == []
    held = record(FIRST)
    day = (date(2022, 1, 1), date(2022, 6, 1))
    assert len(moved(held, *day, Wanted(direction="not_again", was="inadequate"))) == 1
    same = Wanted(direction="not_again", was="inadequate", now="inadequate")
    assert moved(held, *day, same) == moved(held, *day) == []


def test_a_judgement_given_together_is_told_apart_from_one_not_given() -> None:
    frameworks = (COMBINED, NEW)
    together = inspection(of=COMBINED)
    held = record(together, book=book(frameworks, links=[]))
    day = date(2022, 1, 1)
    leavers = counted(held, day, lane="care_leavers").total
    assert (leavers.combined, leavers.not_judged, leavers.graded) == (1, 0, 0)
    in_care = counted(held, day, lane="in_care").total
    assert (in_care.combined, in_care.not_judged, in_care.graded) == (0, 0, 1)
    overall = counted(held, day, lane="overall").total
    assert (overall.combined, overall.not_judged, overall.councils) == (0, 1, 1)
    without = replace(together, judgements=together.judgements[:1])
    missing = counted(record(without, book=book(frameworks, links=[])), day, lane="in_care").total
    assert (missing.combined, missing.not_judged) == (0, 1)
    assert (together.in_lane("in_care"), together.in_lane("overall")) == (
        together.judgements[2], None,
    )  # fmt: skip


def test_a_judgement_given_to_a_lane_alone_is_shown_before_one_given_together() -> None:
    both_ways = framework("both_ways", date(2018, 1, 1), None, "both=in_care+care_leavers in_care")
    row = inspection(of=both_ways, grades={"both": "good", "in_care": "inadequate"})
    for held in (row, replace(row, judgements=row.judgements[::-1])):
        assert held.in_lane("in_care").area.code == "in_care"
        assert held.in_lane("care_leavers").area.code == "both"
    shown = counted(
        record(row, book=book((both_ways,), links=[])), date(2022, 1, 1), lane="in_care"
    )
    assert shown.total.by_grade == {"inadequate": 1}


def test_groups_are_by_region_of_either_scheme_kind_and_framework() -> None:
    north = council(2, "northbridge", ons_region="north_east",
                    ofsted_region="north_east_yorkshire_humber", kind="unitary")  # fmt: skip
    held = record(FIRST, inspection(date(2026, 5, 4), NEW, council_id=2), councils=(
        council(), north, council(3, "westmarsh")))  # fmt: skip
    day = date(2026, 11, 22)

    def keys(by: str, among: Among = EVERY) -> dict[str, int]:
        return {row.key: row.councils for row in counted(held, day, by=by, among=among).groups}

    assert keys(REGION) == {"south_east": 2, "north_east_yorkshire_humber": 1}
    assert keys(REGION, Among(scheme="ons")) == {"south_east": 2, "north_east": 1}
    assert keys(KIND) == {"county": 2, "unitary": 1}
    assert keys(FRAMEWORK) == {"old": 1, "new": 1, "": 1}
    assert keys(KIND, Among(kind="unitary")) == {"unitary": 1}
    assert keys(KIND, Among(region="north_east")) == {"unitary": 1}
    assert keys(KIND, Among(scheme="ofsted", region="north_east")) == {"unitary": 1}
    total = counted(held, day, among=Among(kind="county")).total
    assert (total.graded, total.not_inspected) == (1, 1)
    assert total.share(frozenset({"inadequate"})) == 1.0
    assert counted(held, date(2018, 1, 1)).total.share(frozenset({"good"})) is None


def test_the_tracker_lists_visits_from_the_day_after_the_report() -> None:
    out = FIRST.publication_date
    days = [out - DAY, out, out + DAY, out + 50 * DAY]
    made = [visit(day, kind="monitoring_visit", publication_date=None) for day in days]
    others = [visit(out + 9 * DAY, publication_date=None), visit(None, kind="monitoring_visit")]
    found = tracked_of(council(), FIRST, [*made, *others], None, {})
    assert found.visits == (*made[2:], others[0])
    assert found.monitoring == tuple(made[2:])
    assert (found.first_visit_days, found.gap_days) == (1, 24.5)
    assert tracked_of(council(), FIRST, made[2:3], None, {}).gap_days is None
    assert tracked_of(council(), FIRST, (), None, {}).first_visit_days is None
    assert tracked_of(council(), SECOND, made, None, {}) is None


def test_a_visit_is_missing_in_ofsteds_list_only_on_days_of_which_there_is_a_list() -> None:
    first, last = date(2022, 4, 1), date(2025, 3, 31)
    covered = {"monitoring_visit": Coverage("monitoring_visit", first, last, "", "")}
    days = (first - DAY, first, last, last + DAY)
    made = [visit(day, kind="monitoring_visit", confidence="report") for day in days]
    found = tracked_of(council(), FIRST, made, None, covered)
    assert [found.is_missing_in_list(row) for row in made] == [False, True, True, False]
    listed = replace(made[1], confidence="official")
    assert not found.is_missing_in_list(listed)
    assert not tracked_of(council(), FIRST, made, None, {}).is_missing_in_list(made[1])


def test_days_are_not_counted_to_a_visit_known_to_the_month_only() -> None:
    made = [visit(date(2021, month, 1), kind="monitoring_visit") for month in (11, 12)]
    known = replace(made[0], start_precision="month")
    found = tracked_of(council(), FIRST, [known, made[1]], None, {})
    assert (found.first_visit_days, found.gap_days) == (None, None)


def test_the_tracker_shows_a_window_from_the_records_last_day_on() -> None:
    held = record(FIRST, as_at_date=date(2022, 8, 22))
    for day, has_window in ((date(2022, 8, 21), False), (date(2022, 8, 22), True)):
        (row,) = tracker(held, day, among=EVERY).rows
        assert (row.window is not None) == has_window


def test_past_cases_are_waits_after_something_inadequate_with_both_first_days() -> None:
    held = record(FIRST, SECOND)
    out = SECOND.publication_date
    assert past_cases(held, out - DAY).total == 0
    assert past_cases(held, out).days == {735: 1}
    assert past_cases(record(SECOND, inspection(date(2025, 3, 3))), date(2026, 1, 1)).total == 0
    unknown = replace(SECOND, start_date=None, end_date=None)
    assert past_cases(record(FIRST, unknown), out).total == 0
    cases = PastCases(past_cases(held, out).days)
    assert (cases.shorter_than(735), cases.shorter_than(736), cases.median) == (0, 1, 735)
    assert PastCases(past_cases(record(), out).days).median is None


def test_a_wait_is_on_its_way_from_the_day_after_it_began() -> None:
    known_at_once = replace(FIRST, publication_date=FIRST.start_date)
    held = record(known_at_once)

    def asked(day: date) -> list[int]:
        return [row.days for row in journeys(held, day, lane=LEADERS, grade="inadequate").rows]

    assert asked(FIRST.start_date) == []
    assert asked(FIRST.start_date + DAY) == [1]
    closed = record(known_at_once, councils=(council(closed_date=FIRST.start_date + 9 * DAY),))
    found = journeys(closed, date(2022, 1, 1), lane=LEADERS, grade="inadequate")
    assert [(row.days, row.ceased_by(date(2022, 1, 1))) for row in found.rows] == [(9, True)]
    assert not found.rows[0].ceased_by(FIRST.start_date + 9 * DAY)
    assert found.rows[0].ceased_by(FIRST.start_date + 10 * DAY)


def test_a_place_among_waits_counts_the_shorter_ones_alone() -> None:
    rows = []
    for pk, days in ((1, 500), (2, 500), (3, 400), (4, 600)):
        begun = inspection(date(2021, 3, 1), council_id=pk, grades={"leaders": "inadequate"})
        rows += [begun, inspection(date(2021, 3, 1) + days * DAY, council_id=pk)]
    councils = tuple(council(pk, f"c{pk}") for pk in range(1, 5))
    found = journeys(record(*rows, councils=councils), date(2026, 1, 1), lane=LEADERS,
                     grade="inadequate", council="c2")  # fmt: skip
    places = {row.council.slug: found.place_of(row) for row in found.rows}
    assert places == {"c1": (2, 4), "c2": (2, 4), "c3": (1, 4), "c4": (4, 4)}
    assert [row.council.slug for row in found.own] == ["c2"]
    assert (found.at_risk(500), found.at_risk(501), found.longest, found.total) == (3, 1, 600, 4)
    old_rules = journeys(record(*rows, councils=councils), date(2026, 1, 1), lane=LEADERS,
                         grade="inadequate", framework="new")  # fmt: skip
    assert old_rules.total == 0


def test_visits_between_are_after_the_first_day_and_before_the_next() -> None:
    start, end = FIRST.start_date, SECOND.start_date
    days = [start, start + DAY, end - DAY, end]
    made = [visit(day, publication_date=None) for day in days]
    joint = visit(start + 5 * DAY, kind="jtai", publication_date=None)
    held = record(FIRST, SECOND, *made, joint)
    rows = journeys(held, date(2026, 1, 1), lane=LEADERS, grade="inadequate").rows
    assert visits_between(held, rows, date(2026, 1, 1)) == {(1, start): {"focused_visit": 2}}


@pytest.mark.parametrize(
    ("fields", "known"),
    [
        ({"publication_date": date(2022, 7, 7)}, date(2022, 7, 7)),
        ({"publication_date": None, "end_date": date(2022, 6, 8)}, date(2022, 6, 8)),
        ({"publication_date": None}, date(2022, 6, 7)),
        ({"publication_date": None, "start_date": date(2022, 6, 1), "start_precision": "month"},
         date(2022, 7, 1)),
    ],
)  # fmt: skip
def test_a_visit_is_public_from_its_letter_or_its_last_known_day(
    fields: dict[str, object], known: date
) -> None:
    row = replace(visit(date(2022, 6, 7)), **fields)
    assert not row.is_public_by(known - DAY)
    assert row.is_public_by(known)
    held = record(row)
    assert (len(held.visits_of(1, known - DAY)), len(held.visits_of(1, known))) == (0, 1)


def test_a_statement_is_known_from_its_day() -> None:
    held = record(statements=(invented.statement(date(2025, 3, 3)),))
    assert held.statements_of(1, date(2025, 3, 2)) == ()
    assert len(held.statements_of(1, date(2025, 3, 3))) == 1


def test_a_series_counts_on_the_last_day_of_an_area_and_is_over_the_day_after() -> None:
    ended = record(FIRST, book=book((replace(OLD, in_force_to=date(2022, 3, 31)), NEW)))
    overall = LANES["overall"]
    periods = held_series(ended, date(2022, 9, 30), overall).periods
    assert [(row.day, row.is_over, row.graded) for row in periods] == [
        (date(2021, 9, 30), False, 1), (date(2022, 3, 31), False, 1), (date(2022, 9, 30), True, 0),
    ]  # fmt: skip
    assert lane_ends(ended.book, overall) == date(2022, 3, 31)
    assert lane_ends(ended.book, LEADERS) is None
    assert half_years(date(2021, 3, 31), date(2021, 9, 30)) == [date(2021, 3, 31),
                                                              date(2021, 9, 30)]  # fmt: skip
    assert half_years(date(2021, 4, 1), date(2021, 9, 29)) == []


def test_an_outcome_that_is_not_comparable_is_counted_apart() -> None:
    renewed = inspection(date(2026, 5, 4), NEW)
    overall = next_outcomes(record(SECOND, renewed), date(2026, 11, 22), LANES["overall"])
    assert [(row.n, row.not_comparable) for row in overall] == [(0, 1)]
    split = [("combined", "both", "new", "in_care", "split", "judged apart since")]
    together = inspection(of=COMBINED)
    held = record(together, renewed, book=book((COMBINED, NEW), links=split))
    in_care = next_outcomes(held, date(2026, 11, 22), LANES["in_care"])
    assert [(row.n, row.not_comparable) for row in in_care] == [(0, 1)]
    leaders = next_outcomes(record(SECOND, renewed), date(2026, 11, 22), LEADERS)
    assert [(row.n, row.not_comparable) for row in leaders] == [(1, 0)]


def test_an_election_is_within_the_wait_from_the_day_after_its_start_to_its_end() -> None:
    polling = [PollingDay(date(2026, 5, 7), "Local elections")]
    first, last = date(2026, 5, 6), date(2026, 5, 7)
    assert election_within(polling, first, last) == "Local elections, 7 May 2026"
    assert election_within(polling, last, last + DAY) == ""
    assert election_within(polling, first - DAY, first) == ""
    assert election_within(polling, None, last) == ""


def test_quartiles_lie_between_neighbours() -> None:
    spread = spread_of("", {10: 1, 20: 1, 40: 1, 80: 1})
    assert (spread.n, spread.lower, spread.median, spread.upper, spread.longest) == (
        4, 17.5, 30, 50, 80,
    )  # fmt: skip
    with pytest.raises(ValueError, match="no reports"):
        spread_of("", {})


def test_windows_are_reckoned_no_later_than_the_record_is_complete() -> None:
    """Of what came after its last day nobody here knows whether anything happened."""
    rows: list[Inspection] = []
    for pk in range(1, 13):
        begun = inspection(date(2018, 3, 5) + pk * DAY, council_id=pk)
        rows += [begun, inspection(date(2020, 9, 7) + 20 * pk * DAY, council_id=pk)]
    councils = tuple(council(pk, f"c{pk:02}") for pk in range(1, 13))
    held = record(*rows, councils=councils, as_at_date=date(2022, 6, 30))
    for day, seen in ((date(2022, 6, 1), date(2022, 6, 1)), (date(2022, 6, 30), date(2022, 6, 30)),
                      (date(2026, 1, 1), date(2022, 6, 30))):  # fmt: skip
        assert {row.window.as_at for row in windows(held, day).values()} == {seen}
        page = upcoming(held, day, among=EVERY)
        assert (page.known_to, page.total) == (seen, 12)
        starts = [row.window.earliest_date for row in page.rows]
        assert starts == sorted(starts)
    day = date(2022, 6, 30)
    assert [row.council.slug for row in upcoming(held, day, among=EVERY, sort=NAME).rows] == [
        f"c{pk:02}" for pk in range(1, 13)
    ]
    for sort in SORTS:
        every = upcoming(held, day, among=EVERY, sort=sort)
        part = upcoming(held, day, among=EVERY, sort=sort, first=2, most=3)
        assert (part.rows, part.total, part.statuses) == (every.rows[2:5], 12, every.statuses)
    wanted = upcoming(held, day, among=EVERY, status="past", sort=START)
    assert wanted.total == wanted.statuses.get("past", 0)
    assert sum(wanted.statuses.values()) == 12
    assert upcoming(held, day, among=EVERY, standing="inadequate").total == 0


def test_the_log_names_what_was_corrected_by_what_the_record_calls_it_now() -> None:
    said = invented.statement(said_by="A member")
    gone = visit(kind="monitoring_visit")
    held = record(FIRST, statements=(said,), withdrawn=(gone,))
    words = {
        "The council": correction("council", "name"),
        "Inspection of March 2021": correction("inspection", "end_date"),
        "Inspection of March 2021, leaders": correction("judgement", "grade", area="leaders"),
        "Monitoring visit of June 2022": correction("visit", "topic", reference=gone.reference),
        "Statement of March 2025 (A member)": correction(
            "statement", "what", reference=said.reference, subject_date=said.stated_date
        ),
        "Visit of May 2020": correction(
            "visit", "topic", reference="lost", subject_date=date(2020, 5, 4)
        ),
        "Statement": correction("statement", "what", reference="lost"),
    }
    assert {subject(held, entry): entry for entry in words.values()} == words
    assert named(visit(None, kind="monitoring_visit")) == "Monitoring visit"
