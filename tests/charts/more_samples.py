"""Plainly invented rows for the figures of changes, windows and comparing."""

from dataclasses import replace
from datetime import date, timedelta

from inspections.figure_rows import (
    AreaHeld,
    CompareChart,
    GradeMoves,
    GradesByArea,
    GridCell,
    GridColumn,
    Multiples,
    Panel,
    PanelPoint,
    SurvivalCurve,
    SurvivalOverlay,
    ThemeGrid,
    Track,
    TrackMark,
    Tracks,
    VisitMark,
    VisitQuarter,
    VisitsByQuarter,
    WindowRow,
    WindowsChart,
)
from tests.charts.samples import FIVE, FOUR, TODAY, exampleshire, newtown, northbridge

REGIONS = ("East", "North & West", "South", "Upland")


def moves() -> GradeMoves:
    codes = [grade.code for grade in FOUR]
    table = ((11, 6, 0, 1), (9, 28, 7, 0), (3, 31, 22, 4), (0, 8, 19, 2))
    counts = {
        (before, after): table[i][j]
        for i, before in enumerate(codes)
        for j, after in enumerate(codes)
    }
    return GradeMoves("Leaders", FOUR, counts, {"good": 2, "inadequate": 1})


def moves_of_five() -> GradeMoves:
    counts = {(FIVE[i].code, FIVE[(i * 2) % 5].code): i * 37 for i in range(5)}
    return GradeMoves("Leaders <i>", FIVE, counts)


def survival(*, overlay: SurvivalOverlay | None = None, two: bool = False) -> SurvivalCurve:
    points = tuple((24 + i * 1.5, round(1 - (i + 1) / 24, 4)) for i in range(22))
    risks = ((0, 60), (12, 58), (24, 55), (36, 34), (48, 9), (60, 1))
    slower = tuple((month + 9, share) for month, share in points[:16])
    other = SurvivalCurve("after good", slower, ((0, 31), (12, 31), (24, 30), (36, 22), (48, 12)))
    return SurvivalCurve("after inadequate", points, risks, overlay, other if two else None)


def windows(count: int = 153, *, is_by_region: bool = False) -> WindowsChart:
    rows = []
    for i in range(count):
        earliest = date(2026, 1, 1) + timedelta(days=(i * 37) % 1200)
        is_past = i % 17 == 5
        latest = earliest + timedelta(days=300 + (i * 53) % 500)
        if is_past:
            earliest, latest = date(2025, 1, 1) + timedelta(days=i), TODAY - timedelta(days=9 + i)
        likeliest = earliest + (latest - earliest) // 3
        name = f"Exampleshire {i + 1}" if i % 9 else f"Royal Borough of Northbridge & Hill {i + 1}"
        region = REGIONS[i % len(REGIONS)]
        rows.append(WindowRow(name, f"c-{i}", region, earliest, likeliest, latest, is_past))
    return WindowsChart(tuple(rows), TODAY, is_by_region)


def compare(count: int = 3) -> CompareChart:
    some = (exampleshire(), northbridge(), newtown())
    councils = [
        replace(some[i % 3], council_name=f"{some[i % 3].council_name} {i // 3 or ''}".strip())
        for i in range(count)
    ]
    return CompareChart(tuple(councils), date(2028, 3, 1))


THEMES = (
    "Front door", "Plans", "Homeless at 16-17", "Health & wellbeing", "A very long <theme> of ours",
    "Supervision", "Caseloads", "Recording", "Partners", "Leadership", "Education", "Permanence",
)  # fmt: skip


def asked_for(columns: int = 4) -> ThemeGrid:
    """A council's: every other event is a visit, every third theme comes again."""
    kinds = (("", ""), ("focused_visit", "Focused visit"), ("assurance_visit", "Assurance visit"))
    events = tuple(
        GridColumn(f"March {2015 + i}", ("Mar", str(2015 + i)), *kinds[i % 3])
        for i in range(columns)
    )
    cells = tuple(
        GridCell(row, column, int(column > row % 3), str(1 + row % 4), f"{1 + row % 4} points")
        for row in range(len(THEMES))
        for column in range(columns)
        if (row + column) % 3 == 0
    )
    levels = ("raised, not before on record", "raised before too")
    return ThemeGrid(THEMES, events, cells, levels, "Invented themes.")


def theme_shares(columns: int = 13) -> ThemeGrid:
    """England's: shares by year, in four shades."""
    years = tuple(
        GridColumn(f"{2026 - i} (n = {30 + i})", (str(2026 - i), f"n {30 + i}"))
        for i in range(columns)
    )
    cells = tuple(
        GridCell(row, column, (row + column) % 4, f"{(row * 9 + column * 5) % 100}%", "of them")
        for row in range(len(THEMES))
        for column in range(columns)
    )
    levels = ("under 10%", "10 to 24%", "25 to 49%", "50% and more")
    return ThemeGrid(THEMES, years, cells, levels, "Invented shares.")


def panel(name: str, unit: str, values: tuple[float | None, ...], **fields: object) -> Panel:
    """A measure on 30 September from 2017 on; neighbours from half to twice its middle."""
    middle = sorted(value for value in values if value is not None)[len(values) // 3]
    points = tuple(
        PanelPoint(
            day=date(2017 + place, 9, 30),
            period=str(2017 + place),
            value=value,
            said="not published" if value is None else f"{value:g}",
            low=middle / 2,
            high=middle * 2,
            england=middle,
            beside=" (neighbours half to twice as many)",
        )
        for place, value in enumerate(values)
    )
    return replace(Panel(name, unit, f"{values[-1]} (2021)", points), **fields)


def multiples(number: int = 6) -> Multiples:
    """Six measures: with a figure missing, a break, a year left out, one period alone, money
    and one without neighbours."""
    plain = panel("Agency rate", "percent", (12.0, 14.5, 31.0, 8.2, 9.9))
    whole = panel("Children in care", "", (400.0, 380.0, 421.0, 399.0, 410.0))
    broken = panel("Rate", "", (60.0, 62.0, 64.0, 66.0, 68.0)).points
    panels = (
        plain,
        panel("Caseload", "", (17.0, None, 16.0, 15.5, 15.1)),
        Panel("Rate", "", "68", tuple(
            replace(point, is_break=place == 2) for place, point in enumerate(broken)
        )),
        Panel("Rank <1 & 2>", "", "45th of 296", (broken[0], broken[4])),
        panel("Spend per child in care", "pounds", (61000.0, 70500.0, 68000.0, 90000.0, 99000.0)),
        Panel("Children in care", "", "410", tuple(
            replace(point, low=None, high=None, england=None) for point in whole.points
        )),
    )  # fmt: skip
    visits = (
        VisitMark("focused_visit", "Focused visit", date(2018, 6, 5)),
        VisitMark("monitoring_visit", "Monitoring visit", date(2020, 6, 1), "month"),
        VisitMark("jtai", "Joint targeted area inspection", date(2012, 6, 5)),
    )
    days = (date(2014, 3, 3), date(2019, 1, 21))
    return Multiples("Exampleshire", panels[:number], days, visits, TODAY)


def areas(number: int = 2, *, marked: bool = False) -> GradesByArea:
    """Thirty councils: all graded in the first area, two not in the second."""
    best, good, weak, worst = (grade.key for grade in FOUR)
    names = {best: ("Ashford <Vale>", "Northbridge")}
    rows = (
        AreaHeld("Leaders", {best: 4, good: 20, weak: 6}, 0, 0, names, good),
        AreaHeld("Care leavers", {good: 16, weak: 8, worst: 4}, 1, 1, {}, weak),
    )
    if not marked:
        rows = tuple(replace(row, stood="") for row in rows)
    who = "Exampleshire" if marked else ""
    grades = tuple(replace(grade, is_good_or_better=grade.place < 3) for grade in FOUR)
    return GradesByArea(rows[:number], grades, TODAY, who)


def visits_by_quarter(year_before: int | None = 3) -> VisitsByQuarter:
    """Six quarters: the first and the last not known whole, a pause in the second."""
    kinds = (
        ("focused_visit", "Focused visit"),
        ("monitoring_visit", "Monitoring visit"),
        ("assurance_visit", "Assurance visit"),
        ("jtai", "Joint <inspection>"),
    )
    names = ("Ashford <Vale>", "Exampleshire", "Northbridge", "Newtown")
    found = tuple(
        VisitQuarter(
            date(2021 + place // 4, place % 4 * 3 + 1, 1),
            {code: names[: 1 + (place + row) % 4] for row, (code, _) in enumerate(kinds)},
        )
        for place in range(6)
    )
    known = (date(2021, 4, 1), date(2022, 2, 28))
    return VisitsByQuarter(
        found, kinds, known, ((date(2021, 4, 1), date(2021, 6, 30)),), 0, 5, year_before
    )


def tracks(number: int = 3) -> Tracks:
    """One past its span, one with no span and nothing since, and as many more as are asked for."""
    found = tuple(
        Track(
            f"Ashford <{place}>",
            date(2019, 1, 1) + timedelta(days=200 * place),
            TODAY if place != 1 else date(2019, 7, 20),
            f"Ashford {place}: waited, so far",
            (date(2021, 1, 1), date(2022, 1, 1) + timedelta(days=90 * place))
            if place != 1
            else None,
            "the usual",
            (
                TrackMark("monitoring_visit", "Monitoring visit", date(2020, 5, 1), "one"),
                TrackMark("came", "what came", date(2021, 5, 1), "two, <later>"),
            )
            if place != 1
            else (),
        )
        for place in range(number)
    )
    return Tracks(found, "so far", "usual & <likely>", TODAY)
