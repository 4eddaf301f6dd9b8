from datetime import date

import pytest

from inspections.rules.position import (
    CouncilRow,
    InspectionRow,
    Movement,
    OfstedRule,
    PublishedBy,
    first_and_latest,
    movement,
    position,
    tally,
    usual_cut_off,
)
from tests.rules import shipped

DAY = date(2024, 3, 31)
RULE = OfstedRule(as_at=DAY, cut_off=date(2024, 6, 30))
COUNCIL = CouncilRow("exampleshire", None, None)
FOUR = ("outstanding", "good", "requires_improvement", "inadequate")


def inspection(start: date | None, published: date, grade: str = "good") -> InspectionRow:
    grades = {"overall": grade} if grade else {}
    return InspectionRow("exampleshire", str(start or published), start, published, grades)


EARLIER = inspection(date(2020, 1, 6), date(2020, 3, 2))


def test_begun_by_the_day_and_published_by_the_cut_off_counts():
    late = inspection(date(2024, 3, 25), date(2024, 5, 20))
    assert position([COUNCIL], [late, EARLIER], RULE) == {"exampleshire": late}


def test_published_after_the_cut_off_leaves_the_one_before():
    too_late = inspection(date(2024, 3, 25), date(2024, 7, 1))
    assert position([COUNCIL], [EARLIER, too_late], RULE) == {"exampleshire": EARLIER}


def test_begun_after_the_day_does_not_count_though_published_by_the_cut_off():
    begun_after = inspection(date(2024, 4, 8), date(2024, 5, 20))
    assert position([COUNCIL], [EARLIER, begun_after], RULE) == {"exampleshire": EARLIER}


def test_by_the_readers_clock_only_publication_matters():
    late = inspection(date(2024, 3, 25), date(2024, 5, 20))
    assert position([COUNCIL], [EARLIER, late], PublishedBy(DAY)) == {"exampleshire": EARLIER}
    assert position([COUNCIL], [EARLIER, late], PublishedBy(date(2024, 5, 20))) == {
        "exampleshire": late
    }


def test_an_unknown_first_day_is_tested_by_publication_alone():
    unknown = inspection(None, date(2024, 6, 30))
    assert position([COUNCIL], [unknown], RULE) == {"exampleshire": unknown}


def test_a_recorded_exception_counts_although_late():
    late = inspection(date(2024, 3, 25), date(2024, 7, 1))
    rule = OfstedRule(DAY, RULE.cut_off, frozenset({("exampleshire", late.reference)}))
    assert position([COUNCIL], [EARLIER, late], rule) == {"exampleshire": late}


@pytest.mark.parametrize(
    ("council", "exists"),
    [
        (CouncilRow("a", None, None), True),
        (CouncilRow("a", DAY, None), True),
        (CouncilRow("a", date(2024, 4, 1), None), False),
        (CouncilRow("a", date(2024, 4, 1), None, is_continuing=True), True),
        (CouncilRow("a", None, DAY), True),
        (CouncilRow("a", None, date(2024, 3, 30)), False),
    ],
)
def test_only_councils_that_exist_on_the_day_are_there(council, exists):
    assert ("a" in position([council], [], RULE)) is exists


def test_a_council_without_an_inspection_that_counts_is_not_inspected():
    counted = tally(position([COUNCIL], [], RULE), "overall")
    assert (counted.not_inspected, counted.graded, counted.share("good")) == (1, 0, None)


def test_an_inspection_without_the_area_is_neither_graded_nor_uninspected():
    held = position([COUNCIL], [inspection(date(2020, 1, 6), date(2020, 3, 2), "")], RULE)
    counted = tally(held, "overall")
    assert (counted.not_judged, counted.graded, counted.councils) == (1, 0, 1)


def test_first_and_latest_need_two_inspections():
    second = inspection(date(2023, 1, 9), date(2023, 3, 1), "inadequate")
    assert first_and_latest([COUNCIL], [EARLIER], RULE) == {}
    assert first_and_latest([COUNCIL], [second, EARLIER], RULE) == {
        "exampleshire": (EARLIER, second)
    }


def test_movement_counts_each_pair_once():
    order = {grade: place for place, grade in enumerate(FOUR, start=1)}
    pairs = [
        ("inadequate", "good"),
        ("good", "good"),
        ("outstanding", "outstanding"),
        ("inadequate", "inadequate"),
        ("outstanding", "good"),
    ]
    assert movement(pairs, order=order, good=frozenset({"outstanding", "good"})) == Movement(
        councils=5, improved=1, kept_good=2, declined=1, kept_other=1
    )


@pytest.mark.parametrize(
    ("as_at", "cut_off"),
    [
        (date(2016, 9, 30), date(2016, 10, 31)),
        (date(2023, 3, 31), date(2023, 4, 30)),
        (date(2024, 3, 31), date(2024, 6, 30)),
        (date(2025, 12, 15), date(2026, 3, 31)),
    ],
)
def test_the_usual_cut_off_is_one_month_and_since_2024_three(as_at, cut_off):
    assert usual_cut_off(as_at) == cut_off


def shipped_rows(areas: dict[str, str] | None = None) -> list[InspectionRow]:
    return [
        InspectionRow(
            row["council"],
            row["reference"],
            shipped.day(row["start_date"]),
            date.fromisoformat(row["publication_date"]),
            {
                (areas or {}).get(area, area): grade
                for area, grade in shipped.grades()[row["council"], row["reference"]].items()
            },
        )
        for row in shipped.full_inspections()
    ]


def shipped_councils(**region: str) -> list[CouncilRow]:
    return [
        CouncilRow(
            row["slug"],
            shipped.day(row["opened_date"]),
            shipped.day(row["closed_date"]),
            row["is_continuing_record"] == "true",
        )
        for row in shipped.rows("councils")
        if all(row[name] == value for name, value in region.items())
    ]


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
    south_tyneside = frozenset(
        (row["council"], row["reference"])
        for row in shipped.full_inspections()
        if row["council"] == "south-tyneside" and row["start_date"].startswith("2022-12")
    )
    counted_late = south_tyneside if as_at == date(2023, 3, 31) else frozenset()
    held = position(shipped_councils(), shipped_rows(), OfstedRule(as_at, cut_off, counted_late))
    counted = tally(held, "overall")
    assert tuple(counted.count(grade) for grade in FOUR) == expected


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
    held = position(councils, shipped_rows({"leadership": "leaders"}), OfstedRule(as_at, cut_off))
    assert round(100 * tally(held, area).share("outstanding", "good")) == percent


def test_the_rule_gives_the_published_movement_of_2024():
    ilacs = {
        (row["council"], row["reference"])
        for row in shipped.full_inspections()
        if row["framework"] != "sif"
    }
    rows = [row for row in shipped_rows() if (row.council, row.reference) in ilacs]
    ends = first_and_latest(shipped_councils(), rows, RULE)
    pairs = [(first.grades["overall"], latest.grades["overall"]) for first, latest in ends.values()]
    order = {grade: place for place, grade in enumerate(FOUR, start=1)}
    assert movement(pairs, order=order, good=frozenset({"outstanding", "good"})) == Movement(
        councils=65, improved=26, kept_good=15, declined=12, kept_other=12
    )
