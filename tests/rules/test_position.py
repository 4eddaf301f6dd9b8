from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from inspections.rows import Council, Inspection, Judgement
from inspections.rules.position import (
    Counts,
    MovementCounts,
    OfstedRule,
    PublishedBy,
    counted,
    in_force,
    movement,
    place_in_time,
    position,
    tally,
    usual_cut_off,
)
from tests import invented_rows as invented
from tests.invented_rows import FOUR, GRADES
from tests.rules import shipped

DAY = date(2024, 3, 31)
RULE = OfstedRule(as_at=DAY, cut_off=date(2024, 6, 30))
COUNCIL = invented.council(1)
BY_CODE = {area.code: area for area in invented.OLD.areas}


def inspection(start: date | None, published: date, grade: str = "good") -> Inspection:
    grades = (Judgement(BY_CODE["overall"], GRADES[grade]),) if grade else ()
    return invented.inspection(start, publication_date=published, judgements=grades)


def at(rows: list[Inspection], rule: OfstedRule | PublishedBy) -> Inspection | None:
    return position([COUNCIL], lambda pk: rows if pk == COUNCIL.id else [], rule)[COUNCIL.id]


def overall(row: Inspection) -> Judgement | None:
    return row.overall


EARLIER = inspection(date(2020, 1, 6), date(2020, 3, 2))


def test_begun_by_the_day_and_published_by_the_cut_off_counts():
    late = inspection(date(2024, 3, 25), date(2024, 5, 20))
    assert at([late, EARLIER], RULE) == late


def test_published_after_the_cut_off_leaves_the_one_before():
    too_late = inspection(date(2024, 3, 25), date(2024, 7, 1))
    assert at([EARLIER, too_late], RULE) == EARLIER


def test_begun_after_the_day_does_not_count_though_published_by_the_cut_off():
    begun_after = inspection(date(2024, 4, 8), date(2024, 5, 20))
    assert at([EARLIER, begun_after], RULE) == EARLIER


def test_by_the_readers_clock_only_publication_matters():
    late = inspection(date(2024, 3, 25), date(2024, 5, 20))
    assert at([EARLIER, late], PublishedBy(DAY)) == EARLIER
    assert at([EARLIER, late], PublishedBy(date(2024, 5, 20))) == late


def test_an_unknown_first_day_is_tested_by_publication_alone():
    unknown = inspection(None, date(2024, 6, 30))
    assert at([unknown], RULE) == unknown


def test_a_recorded_exception_counts_although_late():
    late = inspection(date(2024, 3, 25), date(2024, 7, 1))
    rule = OfstedRule(DAY, RULE.cut_off, frozenset({late.id}))
    assert at([EARLIER, late], rule) == late


@pytest.mark.parametrize(
    ("fields", "exists"),
    [
        ({}, True),
        ({"opened_date": DAY}, True),
        ({"opened_date": date(2024, 4, 1)}, False),
        ({"opened_date": date(2024, 4, 1), "is_continuing_record": True}, True),
        ({"closed_date": DAY}, True),
        ({"closed_date": date(2024, 3, 30)}, False),
    ],
)
def test_only_councils_that_exist_on_the_day_are_there(fields, exists):
    council = replace(COUNCIL, **fields)
    assert (council.id in position([council], lambda pk: [], RULE)) is exists


def test_a_council_without_an_inspection_that_counts_is_not_inspected():
    counts = tally([at([], RULE)], overall)
    assert (counts.not_inspected, counts.graded, counts.share("good")) == (1, 0, None)


def test_an_inspection_without_the_area_is_neither_graded_nor_uninspected():
    held = at([inspection(date(2020, 1, 6), date(2020, 3, 2), "")], RULE)
    counts = tally([held], overall)
    assert (counts.not_judged, counts.graded, counts.councils) == (1, 0, 1)


def test_the_first_and_the_latest_that_count_stand_at_the_ends():
    second = inspection(date(2023, 1, 9), date(2023, 3, 1), "inadequate")
    too_late = inspection(date(2024, 3, 4), date(2024, 7, 1))
    assert counted([too_late, second, EARLIER], RULE) == [EARLIER, second]


def test_the_latest_is_by_the_first_day_else_by_publication():
    """The order is that of the days on site, whichever report came out first."""
    begun_later = inspection(date(2024, 2, 12), date(2024, 4, 2))
    out_later = inspection(date(2024, 2, 5), date(2024, 4, 30))
    unknown = inspection(None, date(2024, 2, 8))
    by_then = PublishedBy(date(2024, 5, 1))
    assert counted([out_later, begun_later, unknown], by_then) == [
        out_later, unknown, begun_later,
    ]  # fmt: skip
    assert in_force([out_later, begun_later, unknown], by_then) == begun_later
    assert in_force([out_later, unknown], by_then) == unknown


def test_begun_on_one_day_the_one_published_later_counts_then_the_one_recorded_later():
    second = inspection(date(2024, 2, 5), date(2024, 4, 3))
    first = inspection(date(2024, 2, 5), date(2024, 4, 2))  # recorded after the second
    third = replace(second, id=second.id + 1000)
    assert sorted([third, second, first], key=place_in_time) == [first, second, third]
    assert in_force([third, first, second], PublishedBy(date(2024, 5, 1))) == third


def test_an_inspection_of_less_than_the_whole_service_never_counts():
    part = invented.inspection(
        date(2024, 1, 8), replace(invented.OLD, is_whole_service=False), judgements=()
    )
    assert at([EARLIER, part], PublishedBy(date(2025, 1, 1))) == EARLIER
    assert counted([EARLIER, part], PublishedBy(date(2025, 1, 1))) == [EARLIER]


def test_on_the_day_itself_everything_counts():
    """Published on the day, begun on the day, out on the day of the cut-off."""
    same = inspection(DAY, RULE.cut_off)
    assert at([EARLIER, same], RULE) == same
    assert at([EARLIER, same], PublishedBy(RULE.cut_off)) == same
    assert at([EARLIER, same], PublishedBy(date(2024, 6, 29))) == EARLIER


def test_movement_counts_each_pair_once():
    pairs = [
        ("inadequate", "good"),
        ("good", "good"),
        ("outstanding", "outstanding"),
        ("inadequate", "inadequate"),
        ("outstanding", "good"),
    ]
    both = [tuple(Judgement(BY_CODE["overall"], GRADES[grade]) for grade in row) for row in pairs]
    assert movement(both) == MovementCounts(
        councils=5, improved=1, kept_good=2, declined=1, kept_other=1
    )


@pytest.mark.parametrize(
    ("as_at", "cut_off"),
    [
        (date(2016, 9, 30), date(2016, 10, 31)),
        (date(2023, 3, 31), date(2023, 4, 30)),
        (date(2023, 12, 31), date(2024, 1, 31)),
        (date(2024, 1, 1), date(2024, 4, 30)),
        (date(2024, 3, 31), date(2024, 6, 30)),
        (date(2025, 12, 15), date(2026, 3, 31)),
    ],
)
def test_the_usual_cut_off_is_one_month_and_since_2024_three(as_at, cut_off):
    assert usual_cut_off(as_at) == cut_off


@cache
def ids() -> dict[str, int]:
    return {row["slug"]: number for number, row in enumerate(shipped.rows("councils"), start=1)}


def shipped_rows(frameworks: frozenset[str] = frozenset()) -> dict[int, list[Inspection]]:
    """By council id: the full inspections of the files, with leaders, help and overall alone."""
    found: dict[int, list[Inspection]] = {pk: [] for pk in ids().values()}
    for number, row in enumerate(shipped.full_inspections(), start=1):
        if frameworks and row["framework"] not in frameworks:
            continue
        grades = {
            {"leadership": "leaders"}.get(area, area): grade
            for area, grade in shipped.grades()[row["council"], row["reference"]].items()
        }
        found[ids()[row["council"]]].append(
            invented.inspection(
                shipped.day(row["start_date"]),
                id=number,
                council_id=ids()[row["council"]],
                reference=row["reference"],
                publication_date=date.fromisoformat(row["publication_date"]),
                judgements=tuple(
                    Judgement(BY_CODE[area], GRADES[grade])
                    for area, grade in grades.items()
                    if area in {"overall", "leaders", "help_and_protection"}
                ),
            )
        )
    return found


def shipped_councils(**region: str) -> list[Council]:
    return [
        invented.council(
            ids()[row["slug"]],
            row["slug"],
            opened_date=shipped.day(row["opened_date"]),
            closed_date=shipped.day(row["closed_date"]),
            is_continuing_record=row["is_continuing_record"] == "true",
        )
        for row in shipped.rows("councils")
        if all(row[name] == value for name, value in region.items())
    ]


def judged_in(area: str) -> Counts:
    return lambda row: next((one for one in row.judgements if one.area.code == area), None)


@pytest.mark.parametrize(
    ("as_at", "cut_off", "expected"),
    [
        (date(2015, 6, 30), date(2015, 6, 30), (0, 14, 31, 14)),
        (date(2016, 3, 31), date(2016, 4, 30), (2, 21, 45, 22)),
        (date(2016, 9, 30), date(2016, 10, 31), (2, 28, 54, 25)),
        (date(2018, 9, 30), date(2018, 10, 31), (6, 59, 66, 21)),
        (date(2019, 8, 31), date(2019, 9, 30), (12, 61, 58, 18)),
        (date(2020, 3, 31), date(2020, 4, 30), (18, 57, 53, 21)),
        (date(2022, 3, 31), date(2022, 4, 30), (19, 61, 52, 18)),
        (date(2023, 3, 31), date(2023, 4, 30), (25, 65, 48, 14)),
        (date(2024, 3, 31), date(2024, 6, 30), (30, 61, 43, 17)),
        (date(2025, 3, 31), date(2025, 6, 30), (36, 67, 31, 19)),
    ],
)
def test_the_rule_gives_the_published_national_figures(as_at, cut_off, expected):
    rows = shipped_rows()
    south_tyneside = frozenset(
        row.id
        for row in rows[ids()["south-tyneside"]]
        if row.start_date and (row.start_date.year, row.start_date.month) == (2022, 12)
    )
    assert len(south_tyneside) == 1
    counted_late = south_tyneside if as_at == date(2023, 3, 31) else frozenset()
    rule = OfstedRule(as_at, cut_off, counted_late)
    held = position(shipped_councils(), rows.__getitem__, rule).values()
    counts = tally(held, judged_in("overall"))
    assert tuple(counts.count(grade) for grade in FOUR) == expected


@pytest.mark.parametrize(
    ("as_at", "cut_off", "area", "region", "percent"),
    [
        (date(2024, 3, 31), date(2024, 6, 30), "overall", "london", 85),
        (date(2024, 3, 31), date(2024, 6, 30), "overall", "north_west", 36),
        (date(2024, 3, 31), date(2024, 6, 30), "help_and_protection", None, 54),
        (date(2019, 8, 31), date(2019, 9, 30), "leaders", None, 56),
        (date(2019, 8, 31), date(2019, 9, 30), "overall", "london", 79),
        (date(2019, 8, 31), date(2019, 9, 30), "overall", "west_midlands", 21),
    ],
)
def test_the_rule_gives_the_published_shares_good_or_better(as_at, cut_off, area, region, percent):
    councils = shipped_councils(ofsted_region=region) if region else shipped_councils()
    rule = OfstedRule(as_at, cut_off)
    held = position(councils, shipped_rows().__getitem__, rule).values()
    assert round(100 * tally(held, judged_in(area)).share("outstanding", "good")) == percent


def test_the_rule_gives_the_published_movement_of_2024():
    ilacs = frozenset(
        row["framework"] for row in shipped.full_inspections() if row["framework"] != "sif"
    )
    rows = shipped_rows(ilacs)
    ends = [
        (own[0].overall, own[-1].overall)
        for council in shipped_councils()
        if council.existed_on(DAY) and len(own := counted(rows[council.id], RULE)) > 1
    ]
    assert movement(ends) == MovementCounts(
        councils=65, improved=26, kept_good=15, declined=12, kept_other=12
    )
