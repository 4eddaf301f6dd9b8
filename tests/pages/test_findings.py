"""The first line of each page is what the page found, made from its rows."""

from collections import Counter
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from dashboard import words
from dashboard.about import corrections
from dashboard.charts import in_rows
from dashboard.charts import reporting as drawing
from dashboard.charts.reporting import Report, Reported, ReportingGroups
from dashboard.england import inadequate, journeys, overview, timing, upcoming
from dashboard.england.changes_chart import MOVES
from dashboard.england.held import GRADES_HELD
from dashboard.england.journeys_chart import WAITING
from dashboard.england.statistics_words import change_words
from dashboard.england.timing_chart import REPORTING, marked_words, no_bar
from inspections.figure_rows import GradeMoves, GradesHeld, SurvivalCurve, WindowRow
from inspections.questions.changes import Changes, Direction
from inspections.questions.reporting import DaysSpread
from inspections.questions.statistics import CouncilGroup
from inspections.questions.upcoming import UpcomingPage, WindowGroup
from inspections.questions.waits import PastCases
from inspections.rules.clock import DAYS_PER_MONTH, a_year_before
from tests.invented_rows import GRADES, LANES, council


def logged(was_ofsteds: bool) -> SimpleNamespace:
    return SimpleNamespace(entry=SimpleNamespace(was_ofsteds=was_ofsteds))


@pytest.mark.parametrize(
    ("own", "ofsteds", "name", "said"),
    [
        (0, 0, "", "Nothing that this site published has been corrected."),
        (0, 0, "Luton", "Nothing that this site published of Luton has been corrected."),
        (1, 0, "", "1 correction of what this site published."),
        (
            0, 2, "", "Nothing that this site published has been corrected. "
            "2 errors in Ofsted's own publications are put right here.",
        ),
        (
            2, 1, "Luton", "2 corrections of what this site published of Luton. "
            "1 error in Ofsted's own publications is put right here.",
        ),
    ],
)  # fmt: skip
def test_the_log_tells_its_own_corrections_from_ofsteds(own, ofsteds, name, said):
    found = [logged(False)] * own + [logged(True)] * ofsteds
    council = SimpleNamespace(short_name=name) if name else None
    assert corrections.sentence(found, council) == said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2022-11-05", "2022-09-05", "5 November 2022 → 5 September 2022"),
        ("Good", "Requires improvement", "Good → Requires improvement"),
        ("none", "2022-09-05", "none → 5 September 2022"),
        ("2022-13-05 or so", "2022", "2022-13-05 or so → 2022"),
        ("2022-13-05", "x", "2022-13-05 → x"),
    ],
)
def test_a_corrected_day_is_told_in_words(old, new, said):
    assert words.corrected(old, new) == said


def windows_page(past: tuple[str, ...], begun: int, soon: int, *since: int) -> UpcomingPage:
    groups = Counter(
        {WindowGroup.PAST: len(past), WindowGroup.BEGUN: begun, WindowGroup.SOON: soon}
    )
    named = tuple(council(pk, name.lower(), short_name=name) for pk, name in enumerate(past, 1))
    return UpcomingPage((), 0, {}, groups, named, (), (), date(2026, 8, 22), *since)


WINDOW = "in the likely window of the next full inspection"
THEN = "on 22 August 2026"
UNLESS = "unless inspected since 22 August 2026, where this record ends"


@pytest.mark.parametrize(
    ("past", "begun", "soon", "region", "said"),
    [
        # How many are in it now, then how many were and what came since.
        ((), 13, (24, 14), None, f"27 councils are {WINDOW}, {UNLESS}: 13 were in it then and 14 "
         "have entered it since."),
        (("Northbridge",), 1, (2, 1), None, f"2 councils are {WINDOW}, {UNLESS}: 1 was in it then "
         "and 1 has entered it since. Northbridge was past it."),
        ((), 1, (2, 0, 1), None, f"0 councils are {WINDOW}, {UNLESS}: 1 was in it then and 1 has "
         "left it."),
        (("A", "B"), 5, (2, 1, 5), "london", f"1 council (London) is {WINDOW}, {UNLESS}: 5 were in "
         "it then, 1 has entered it since and 5 have left it. A and B were past it."),
        # The record ends on the page's day, or nothing moved since.
        (("Northbridge",), 13, 24, None, f"13 councils were {WINDOW} {THEN}; 24 more enter it by "
         "February 2027. Northbridge was past it."),
        ((), 1, 1, "london", f"1 council (London) was {WINDOW} {THEN}; 1 more enters it by "
         "February 2027."),
        (tuple("ABCDE"), 2, 3, None, f"2 councils were {WINDOW} {THEN}; 3 more enter it by "
         "February 2027. 5 others were past it."),
    ],
)  # fmt: skip
def test_upcoming_says_who_is_in_the_window_and_who_past_it(past, begun, soon, region, said):
    state = upcoming.UpcomingState(region=region)
    numbers = soon if isinstance(soon, tuple) else (soon,)
    assert upcoming.page_sentence(windows_page(past, begun, *numbers), state) == said


@pytest.mark.parametrize(
    ("points", "at_risk", "title"),
    [
        (((30.6, 0.75), (37.9, 0.5)), 74, "After Good, half of councils were inspected again "
         "within about 38 months"),
        (((30.6, 0.75),), 9, "After Good, fewer than half of councils were seen to be inspected "
         "again"),
        ((), 0, "After Good, fewer than half of councils were seen to be inspected again"),
    ],
)  # fmt: skip
def test_a_curve_of_waits_says_when_half_were_over(points, at_risk, title):
    rows = SurvivalCurve("After Good", points, ((0, at_risk),))
    assert WAITING.title(rows) == title


@pytest.mark.parametrize(
    ("by", "medians", "title"),
    [
        ("year of publication", {"2024": 49, "2025": 45, "2026": 47}, "Half of the reports came "
         "out within 47 days (2026) and 45 days (2025)"),
        ("year of publication", {"2026": 47}, "Half of the reports came out within 47 days (2026)"),
        ("overall grade", {"Good": 44, "Outstanding": 40, "Inadequate": 61}, "Half of the reports "
         "came out within 40 days (Outstanding) and 61 days (Inadequate)"),
        ("overall grade", {}, "Days from the last day on site to publication, by overall grade"),
    ],
)  # fmt: skip
def test_the_chart_of_days_tells_the_last_years_or_the_ends(by, medians, title):
    groups = tuple(
        Reported(name, 9, days - 5, days, days + 9, 99) for name, days in medians.items()
    )
    assert REPORTING.title(ReportingGroups(by, groups)) == title


GOOD, POOR = GRADES["good"], GRADES["requires_improvement"]
G, R = GOOD.key, POOR.key


def years(*medians: tuple[str, int, float]) -> tuple[DaysSpread, ...]:
    return tuple(DaysSpread(year, n, days, days, days, 99) for year, n, days in medians)


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        (
            years(("2019", 56, 32), ("2025", 45, 45), ("2026", 30, 47)),
            "Half of the 30 reports of 2026 so far came out within 47 days of the inspectors' last "
            "day: slower than in 2025 (45 days, 45 reports) and slower than in the quickest year, "
            "2019 (32 days, 56 reports).",
        ),
        (
            years(("2024", 9, 20), ("2025", 45, 50)),
            "Half of the 45 reports of 2025 came out within 50 days of the inspectors' last day: "
            "slower than in 2024 (20 days, 9 reports).",
        ),
        (
            years(("2024", 12, 40), ("2025", 45, 40)),
            "Half of the 45 reports of 2025 came out within 40 days of the inspectors' last day: "
            "as in 2024 (40 days, 12 reports).",
        ),
    ],
)
def test_timing_says_whether_it_is_getting_slower(groups, said):
    assert timing.over_the_years(groups, "", date(2026, 8, 22)) == said


def test_a_year_is_so_far_until_its_last_day_and_the_quickest_of_those_chosen():
    groups = years(("2020", 19, 33), ("2023", 43, 46), ("2024", 48, 49))
    for day, so_far in (
        (date(2024, 12, 30), "2024 so far came"),
        (date(2024, 12, 31), "2024 came"),
    ):
        said = timing.over_the_years(groups, "", day, is_part=True)
        assert so_far in said
        assert "slower than in the quickest of these years, 2020 (33 days" in said


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2025, 3, 31), date(2024, 3, 31)),
        (date(2024, 2, 29), date(2023, 2, 28)),
        (date(2025, 2, 28), date(2024, 2, 28)),
    ],
)
def test_a_year_before_is_the_same_day(day, before):
    assert a_year_before(day) == before


def test_the_reports_of_a_marked_council_are_told_by_year():
    groups = (Reported("2016", 9, 40, 50, 60, 70), Reported("2020", 9, 30, 31, 40, 50))
    own = (Report(0, 54, ""), Report(1, 31, ""))
    rows = ReportingGroups("year", groups, own=own, marked="Luton")
    assert marked_words(rows) == "Luton, ringed: 54 (2016) and 31 (2020) days."
    assert marked_words(ReportingGroups("year", groups)) == ""


def test_a_year_whose_bar_has_no_height_is_named():
    assert no_bar(ReportingGroups("year", (FLAT, TALL))) == (
        " 2021 has no bar: its middle half took 42 days each."
    )
    assert no_bar(ReportingGroups("year", (TALL,))) == ""


FLAT, TALL = Reported("2021", 8, 42, 42, 42, 50), Reported("2022", 46, 42, 46, 53, 90)
FIVE, ONE = Reported("2023", 5, 40, 44, 53, 60), Reported("2024", 1, 30, 30, 30, 30)
DOTS = " Fewer than 6 reports: a dot for each, as a bar would say too much"


@pytest.mark.parametrize(
    ("groups", "title", "says", "drawn"),
    [
        ((TALL, FIVE, ONE), "within 46 days (2022)", f"{DOTS} (2023 and 2024).", [0]),
        ((FIVE, ONE), "to publication, by year", f"{DOTS} (all of these).", []),
        ((TALL, replace(FIVE, n=6)), "within 44 days (2023) and 46 days (2022)", "", [0, 1]),
    ],
)
def test_a_year_of_few_reports_has_dots_and_no_bar(groups, title, says, drawn):
    rows = ReportingGroups("year of publication", groups, single=(Report(1, 44, "Luton: 44 days"),))
    assert title in REPORTING.title(rows)
    assert no_bar(rows) == says
    for narrow in (False, True):
        bars, dots, medians = drawing.figure(rows, narrow=narrow).data
        across, middles = (bars.y, medians.y) if narrow else (bars.x, medians.x)
        assert list(across) == list(middles) == drawn
        assert list(dots.x if narrow else dots.y) == [44]


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([5], "The longest of the 5 reports came out 44 days after the inspectors' last day: "),
        ([5, 1], "Half of the 6 reports came out within 44 days of the inspectors' last day, "),
        ([6, 6], "Half of the 6 reports of 2022 came out within 44 days of the inspectors' last "),
        ([6, 6, 2], "Half of the 6 reports of 2022 came out within 44 days of the inspectors' "),
    ],
)
def test_the_first_sentence_on_days_passes_over_years_of_few_reports(counts, said):
    groups = tuple(
        DaysSpread(str(2021 + place), n, 44, 44, 44, 44) for place, n in enumerate(counts)
    )
    own = SimpleNamespace(publication_date=date(2021, 3, 4))
    found = SimpleNamespace(
        by="year",
        groups=groups,
        total=DaysSpread("", sum(counts), 44, 44, 44, 44),
        longest=[SimpleNamespace(days=44, inspection=own, council=council())],
    )
    assert timing.sentence(found, timing.TimingState(), date(2026, 8, 22)).startswith(said)


@pytest.mark.parametrize(
    ("now", "then", "said"),
    [
        ((104, 49), (92, 61), ", up from 92 of 153 a year before"),
        ((90, 63), (92, 61), ", down from 92 of 153 a year before"),
        ((92, 61), (92, 61), ", as were 92 of 153 a year before"),
        ((92, 50), (92, 61), "; 92 of 153 a year before"),
        ((92, 61), (0, 0), ""),
    ],
)
def test_statistics_say_what_it_was_a_year_before(now, then, said):
    def group(counts):
        return CouncilGroup("", Counter({G: counts[0], R: counts[1]}))

    found = SimpleNamespace(total=group(now), good=frozenset({G}))
    assert change_words(found, group(then)) == said


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        ({GRADES["good"]: 18, GRADES["requires_improvement"]: 32, None: 40},
         f"{POOR.title} 32 times, {GOOD.title} 18 and no grade for it 40"),
        ({GRADES["good"]: 1}, f"{GOOD.title} once"),
        ({None: 2}, "no grade for it twice"),
        ({None: 3}, "no grade for it 3 times"),
        ({}, "what is not yet on this site"),
    ],
)  # fmt: skip
def test_journeys_begin_with_what_came_next(outcomes, said):
    assert journeys.gave(SimpleNamespace(outcomes=outcomes)) == said


@pytest.mark.parametrize(
    ("counts", "is_over", "title"),
    [
        (
            {2024: {G: 60, R: 40}, 2025: {G: 70, R: 31}}, {},
            "70 of 101 councils were Good or better for help at 31 March 2025, 60 of 100 a year "
            "before",
        ),
        ({2025: {G: 1}}, {}, "1 of 1 councils were Good or better for help at 31 March 2025"),
        ({2025: {}}, {}, "Grades held each half-year: help"),
        (
            {2024: {R: 4}, 2025: {}}, {2025},
            "0 of 4 councils were Good or better for help at 31 March 2024",
        ),
    ],
)  # fmt: skip
def test_the_chart_of_grades_held_says_how_many_are_good_or_better(counts, is_over, title):
    rows = GradesHeld(
        area_name="Help",
        periods=tuple(date(year, 3, 31) for year in counts),
        grades=(GOOD, POOR),
        counts=tuple(counts.values()),
        not_inspected=(0,) * len(counts),
        no_longer_given=tuple(year in is_over for year in counts),
    )
    assert GRADES_HELD.title(rows) == title


def test_the_chart_of_grades_held_tells_the_records_last_day_before_the_last_column():
    rows = GradesHeld(
        area_name="Help",
        periods=(date(2025, 3, 31), date(2025, 9, 30), date(2026, 3, 31)),
        grades=(GOOD, POOR),
        counts=({G: 60, R: 40}, {G: 65, R: 35}, {G: 70, R: 31}),
        not_inspected=(0, 0, 0),
        no_longer_given=(False, False, False),
        latest=(date(2026, 8, 22), {G: 74, R: 27}),
        since=13,
    )
    assert GRADES_HELD.title(rows) == (
        "74 of 101 councils were Good or better for help at 22 August 2026, 65 of 100 in September "
        "2025"
    )
    assert GRADES_HELD.sentence(rows) == (
        f"At 22 August 2026, where this record ends, of 101 councils with a grade: 74 {GOOD.title} "
        f"and 27 {POOR.title}. The last column, 31 March 2026, holds 70 and 31: 13 full reports "
        "came out since."
    )


@pytest.mark.parametrize(
    ("counts", "title"),
    [
        ({(R, G): 16, (G, G): 13, (G, R): 3}, "Of 32 councils "
         "inspected again 16 went up for help, 3 down"),
        ({(R, G): 1}, "Of 1 council inspected again 1 went up for help, 0 down"),
    ],
)  # fmt: skip
def test_the_matrix_says_how_many_went_up_and_down(counts, title):
    assert MOVES.title(GradeMoves("Help", (GOOD, POOR), counts)) == title


@pytest.mark.parametrize(
    ("months", "said"),
    [
        (10, "shorter than all 3 past cases"),
        (31, "longer than 1 of 3 past cases"),
        (99, "longer than every one of 3 past cases"),
    ],
)
def test_a_strip_says_in_words_where_a_council_stands(months, said):
    past = PastCases(Counter({round(30 * DAYS_PER_MONTH): 1, round(40 * DAYS_PER_MONTH): 2}))
    days = round(months * DAYS_PER_MONTH)
    told = inadequate.longer_than(days, past)
    assert told == said
    last = in_rows.last_month([*past.days, days])
    assert last % 12 == 0 and last > months
    drawn = in_rows.strip(days, last, told)
    assert f'aria-label="{said}"' in drawn and f"M{months * in_rows.MONTH} 0V" in drawn
    assert in_rows.dots(past.days, last).count("<circle") == 3


def test_a_bar_runs_from_the_first_day_of_a_window_to_its_last_or_to_the_axis_end():
    row = WindowRow("A", "a", "", date(2026, 7, 1), date(2027, 1, 1), date(2027, 7, 1))
    years = in_rows.Years.of([row], date(2025, 3, 1))
    assert (years.first, years.last) == (2025, 2027)
    assert years.heads().count("<span>20") == 3
    begin, end = years.place(row.earliest), years.place(row.latest)
    assert f'<rect x="{begin}" y="2" width="{end - begin}"' in years.bar(row, "begun")
    open_end = years.bar(replace(row, latest=None), "soon")
    assert f'width="{years.length - begin}"' in open_end
    assert 'class="own"' in open_end
    assert 'class="own"' not in years.bar(replace(row, is_past=True), "past")


@pytest.mark.parametrize(
    ("directions", "said"),
    [
        (
            {Direction.UP: 16, Direction.SAME: 13, Direction.DOWN: 3, Direction.NOT_AGAIN: 121},
            "32 councils had a new full report in the 12 months to 22 August 2026. Leaders: 16 up, "
            "13 the same and 3 down",
        ),
        (
            {Direction.FIRST: 1},
            "1 council had a new full report in the 12 months to 22 August 2026. Leaders: 1 with "
            "no full inspection that graded it before",
        ),
        ({Direction.NOT_AGAIN: 153}, "0 councils had a new full report in the 12 months to "
         "22 August 2026"),
    ],
)  # fmt: skip
def test_england_begins_with_what_the_last_twelve_months_brought(directions, said):
    lane = replace(LANES["leaders"], name="Leaders")
    found = Changes(
        lane, date(2025, 8, 22), date(2026, 8, 22), Counter(directions), {}, {}, (), (), 0, (), ""
    )
    assert overview.news_words(found) == said
