"""Plainly invented rows for the charts' tests and pictures. No real council's facts."""

from datetime import date, timedelta

from inspections.figure_rows import (
    CardBar,
    CardLine,
    FrameworkBand,
    GradesHeld,
    GradesOverTime,
    GradeSpan,
    MeasuredWindow,
    VisitMark,
)
from inspections.framework_rows import Grade

OUTSTANDING = Grade("outstanding", "Outstanding", "O", 1, "outstanding")
GOOD = Grade("good", "Good", "G", 2, "good")
RI = Grade("requires_improvement", "Requires improvement", "RI", 3, "requires-improvement")
INADEQUATE = Grade("inadequate", "Inadequate", "I", 4, "inadequate")
FOUR = (OUTSTANDING, GOOD, RI, INADEQUATE)
FIVE = (
    Grade("exceptional", "Exceptional", "E", 1, "outstanding"),
    Grade("strong", "Strong standard", "S", 2, "good"),
    Grade("expected", "Expected standard", "ES", 3, "spare-1"),
    Grade("attention", "Needs attention", "NA", 4, "requires-improvement"),
    Grade("urgent", "Urgent improvement", "U", 5, "a-token-nobody-knows"),
)
LANES = (
    ("overall", "Overall effectiveness"),
    ("leaders", "Leaders"),
    ("help_and_protection", "Help and protection"),
    ("in_care", "Children in care"),
    ("care_leavers", "Care leavers"),
)
BANDS = (
    FrameworkBand("First framework", date(2013, 11, 1), date(2018, 8, 31)),
    FrameworkBand("Second framework", date(2018, 1, 1), date(2022, 12, 31)),
    FrameworkBand("+ care leavers", date(2023, 1, 1), date(2026, 3, 31)),
    FrameworkBand("no overall grade", date(2026, 4, 1)),
)
KINDS = {
    "focused_visit": "Focused visit",
    "monitoring_visit": "Monitoring visit",
    "jtai": "Joint inspection (JTAI)",
    "assurance_visit": "Assurance visit",
}
TODAY = date(2026, 11, 22)


def spells(
    lane: str, *steps: tuple[date, Grade | None, str], is_combined: bool = False
) -> list[GradeSpan]:
    """Spells of one lane from (start, grade, note); each ends where the next begins."""
    name = dict(LANES).get(lane, lane)
    ends = [start for start, _grade, _note in steps[1:]] + [None]
    return [
        GradeSpan(
            lane, name, grade, start, end, is_combined=is_combined or "with" in note, note=note
        )
        for (start, grade, note), end in zip(steps, ends, strict=True)
    ]


def visit(kind: str, day: date, **more: str) -> VisitMark:
    return VisitMark(kind, KINDS.get(kind, kind), day, **more)


def exampleshire() -> GradesOverTime:
    """Four inspections, the last with an overall grade, a few visits, a window."""
    a, b, c, d = date(2016, 1, 29), date(2020, 1, 24), date(2022, 7, 22), date(2026, 1, 30)
    together = "with children in care"
    return GradesOverTime(
        council_name="Exampleshire",
        lanes=LANES,
        spans=(
            *spells("overall", (a, RI, ""), (b, INADEQUATE, ""), (c, RI, ""), (d, GOOD, "")),
            *spells("leaders", (a, RI, ""), (b, RI, ""), (c, GOOD, ""), (d, GOOD, "")),
            *spells(
                "help_and_protection", (a, RI, ""), (b, INADEQUATE, ""), (c, RI, ""), (d, GOOD, "")
            ),
            *spells("in_care", (a, RI, ""), (b, RI, ""), (c, RI, ""), (d, GOOD, "")),
            *spells(
                "care_leavers", (a, GOOD, ""), (b, RI, together), (c, RI, together), (d, RI, "")
            ),
        ),
        bands=BANDS,
        visits=(
            visit("focused_visit", date(2019, 6, 5)),
            visit("assurance_visit", date(2020, 12, 2)),
            visit("monitoring_visit", date(2021, 5, 12)),
            visit("monitoring_visit", date(2021, 10, 1), precision="month"),
            visit("focused_visit", date(2023, 6, 14)),
            visit("jtai", date(2024, 9, 9)),
        ),
        today=TODAY,
        window=MeasuredWindow(date(2029, 7, 1), date(2030, 12, 1), date(2031, 8, 1)),
    )


def northbridge() -> GradesOverTime:
    """Fifteen years, nine inspections, twenty-four visits close together, no overall grade now."""
    days = [date(2009, 6, 5), date(2011, 9, 9), date(2012, 11, 2), date(2014, 2, 7)]
    days += [date(2016, 10, 7), date(2018, 5, 25), date(2021, 7, 9), date(2024, 3, 8)]
    days += [date(2026, 5, 1)]
    grades = [GOOD, RI, INADEQUATE, INADEQUATE, RI, INADEQUATE, RI, GOOD, OUTSTANDING]
    spans: list[GradeSpan] = []
    for place, (lane, _name) in enumerate(LANES):
        steps = []
        for number, day in enumerate(days):
            grade: Grade | None = grades[(number + place // 2) % len(grades)]
            note = ""
            if lane == "overall" and number == 8:
                grade, note = None, "no overall grade"
            if lane == "care_leavers" and number in (0, 1, 2, 5, 6):
                note = "with children in care"
            if lane == "leaders" and number < 3:
                grade = None
            steps.append((day, grade, note))
        spans.extend(spells(lane, *steps))
    visits = [
        visit("monitoring_visit", date(2013, 1, 10) + timedelta(days=61 * i)) for i in range(6)
    ]
    visits += [
        visit("monitoring_visit", date(2018, 9, 3) + timedelta(days=45 * i)) for i in range(10)
    ]
    visits += [visit("focused_visit", date(2022, 3, 1) + timedelta(days=20 * i)) for i in range(5)]
    visits += [visit("jtai", date(2022, 3, 8)), visit("assurance_visit", date(2020, 10, 1))]
    visits += [visit("a_new_kind", date(2026, 9, 1))]
    return GradesOverTime(
        council_name="Northbridge",
        lanes=LANES,
        spans=tuple(spans),
        bands=(
            FrameworkBand("Safeguarding and looked after", date(2009, 4, 1), date(2012, 7, 31)),
            FrameworkBand("Child protection", date(2012, 6, 1), date(2013, 10, 31)),
            *BANDS,
        ),
        visits=tuple(visits),
        today=TODAY,
    )


def newtown() -> GradesOverTime:
    """A council born in 2025, once inspected, on an invented scale of five grades."""
    start = date(2027, 6, 11)
    return GradesOverTime(
        council_name="Newtown <b>& Hill</b>",
        lanes=LANES[1:],
        spans=tuple(
            span
            for (lane, _name), grade in zip(
                LANES[1:], (FIVE[0], FIVE[2], FIVE[3], FIVE[4]), strict=True
            )
            for span in spells(lane, (start, grade, ""))
        ),
        bands=(FrameworkBand("Renewed framework <i>2027</i>", date(2027, 4, 1)),),
        visits=(),
        today=date(2028, 3, 1),
    )


def grades_held(*, ends: bool = True, half_years: int = 18) -> GradesHeld:
    """Counts that grow from nothing to 153 councils; with ``ends`` the last two periods have
    no grade any more."""
    periods = tuple(
        date(2018 + i // 2, 3 if i % 2 == 0 else 9, 31 if i % 2 == 0 else 30)
        for i in range(half_years)
    )
    counts, missing, gone = [], [], []
    for i in range(half_years):
        graded = min(151, 1 + i * i * 2)
        o, g = graded * 12 // 100, graded * 42 // 100
        r = graded * 33 // 100
        is_gone = ends and i >= half_years - 2
        counts.append(
            {}
            if is_gone
            else {
                "outstanding": o,
                "good": g,
                "requires_improvement": r,
                "inadequate": graded - o - g - r,
            }
        )
        missing.append(0 if is_gone else 153 - graded)
        gone.append(is_gone)
    return GradesHeld(
        area_name="Overall effectiveness" if ends else "Help and protection",
        periods=periods,
        grades=FOUR,
        counts=tuple(counts),
        not_inspected=tuple(missing),
        no_longer_given=tuple(gone),
    )


def card_lines(count: int, *, note: str = "") -> list[CardLine]:
    """Lines with each grade in turn, one judged together, one not graded, one not inspected."""
    day = date(2024, 3, 4)
    marks = [
        *(GradeSpan("", "Leaders", grade, day, None) for grade in FOUR),
        GradeSpan("", "Leaders", GOOD, day, None, is_combined=True),
        "–",
        "?",
    ]
    return [
        CardLine(f"Council {n} <of & many>", None if note else marks[n % len(marks)], note)
        for n in range(count)
    ]


def card_bars() -> list[CardBar]:
    return [
        CardBar(f"Region {n}", {grade.key: n * place for place, grade in enumerate(FOUR)})
        for n in range(1, 9)
    ]
