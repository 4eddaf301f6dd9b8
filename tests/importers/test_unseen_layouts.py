"""Reports printed in other ways than those read while the readers were made.

Each is read rightly or refused; nothing is guessed.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from inspections.records import DocumentReading
from tests.importers import documents as d
from tests.importers.readings import grades, read

GRADES = {
    "leaders": "good",
    "help_and_protection": "requires_improvement",
    "in_care": "outstanding",
    "care_leavers": "inadequate",
    "overall": "good",
}
DATES = "Inspection dates: 10 to 14 June 2024"


def texts(reading: DocumentReading) -> list[str] | None:
    points = reading.inspections[0].improvement_points
    return None if points is None else [point.text for point in points]


class Report(d.Paper):
    """A report whose table, type and lists are drawn by the test."""

    font = "Helvetica"
    header = ("Judgement", "Grade")
    number_pages = False
    number = 1

    def put(self, text: str, *, x: float, y: float, size: float = 12) -> None:
        self.canvas.setFont(self.font, size)
        self.canvas.drawString(x, y, self.shown(text))

    def shown(self, text: str) -> str:
        return text

    def page(self) -> None:
        self.foot()
        super().page()
        self.number += 1

    def foot(self) -> None:
        if self.number_pages:
            self.put(str(self.number), x=500, y=30, size=9)

    def write(
        self,
        table: "Callable[[Report], None] | None" = None,
        points: "Callable[[Report], None] | None" = None,
        heading: str = "What needs to improve?",
        order: Sequence[int] = (1, 2, 3, 4),
    ) -> Path:
        """Cover, points, sections, imprint: one page each, in this order."""
        for place, number in enumerate(order):
            if place:
                self.page()
            self.number = number
            if number == 1:
                self.cover(table)
            elif number == 2:
                self.line(heading, size=14, gap=24)
                (points or (lambda paper: paper.bullets(d.POINTS)))(self)
            elif number == 3:
                self.sections()
            else:
                self.line("© Crown copyright 2024", size=10)
        self.foot()
        return self.save()

    def cover(self, table: "Callable[[Report], None] | None") -> None:
        self.line("Inspection of Exampleshire local authority", size=26, gap=32)
        self.line("children’s services", size=26, gap=32)
        self.line(DATES)
        self.line("Lead inspector: Rae Sample, His Majesty’s Inspector")
        for text, x in zip(self.header, (77, 330), strict=True):
            self.put(text, x=x, y=self.y)
        self.y -= 20
        (table or (lambda paper: paper.table(d.TABLE_2023)))(self)

    def sections(self) -> None:
        for area, grade in d.TABLE_2023[:4]:
            for part in d.wrap(f"{area}: {grade.lower()}", 60):
                self.line(part, size=14, gap=18)
            self.wrapped("1. Inspectors saw invented work of an invented kind. " * 3)


@pytest.mark.parametrize(
    "header",
    [
        ("Judgements", "Grades"),
        ("Judgment", "Grade"),
        ("JUDGEMENT", "GRADE"),
        ("Judgement area", "Grade"),
        ("Area", "Judgement"),
        ("Judgement", "Outcome"),
    ],
)
def test_the_tables_header_has_other_words(tmp_path: Path, header: tuple[str, str]) -> None:
    paper = Report(tmp_path / "a.pdf")
    paper.header = header
    reading = read(paper.write())
    assert reading.is_readable
    assert grades(reading) == GRADES
    assert reading.inspections[0].lead_inspectors == ("Rae Sample",)


def _narrow_grades(paper: Report) -> None:
    for area, grade in d.TABLE_2023:
        top = paper.y
        for part in d.wrap(area, 38):
            paper.line(part, x=77)
        parts = d.wrap(grade, 12)
        for index, part in enumerate(parts):
            paper.put(part, x=330, y=top - 16 * index)
        paper.y = min(paper.y, top - 16 * len(parts)) - 10


def _centred_grades(paper: Report) -> None:
    for area, grade in d.TABLE_2023:
        top = paper.y
        parts = d.wrap(area, 38)
        for part in parts:
            paper.line(part, x=77)
        paper.put(grade, x=330, y=top - 8 * (len(parts) - 1))
        paper.y -= 10


def _upwards(paper: Report) -> None:
    """The last row first in the stream, each in its place on the page."""
    tops = []
    for area, _ in d.TABLE_2023:
        tops.append(paper.y)
        paper.y -= 16 * len(d.wrap(area, 38)) + 10
    for top, (area, grade) in reversed(list(zip(tops, d.TABLE_2023, strict=True))):
        for index, part in enumerate(d.wrap(area, 38)):
            paper.put(part, x=77, y=top - 16 * index)
        paper.put(grade, x=330, y=top)


@pytest.mark.parametrize("table", [_narrow_grades, _centred_grades, _upwards])
def test_the_table_is_set_in_other_ways(tmp_path: Path, table: Callable[[Report], None]) -> None:
    reading = read(Report(tmp_path / "a.pdf").write(table))
    assert reading.is_readable
    assert grades(reading) == GRADES


def _shifted(paper: Report) -> None:
    """Every grade a row too high: the stream says one thing, the page another."""
    areas = [area for area, _ in d.TABLE_2023]
    grade_words = [grade for _, grade in d.TABLE_2023]
    paper.table([*zip(areas, [*grade_words[1:], grade_words[0]], strict=True)])


def test_a_shifted_column_of_grades_is_refused(tmp_path: Path) -> None:
    reading = read(Report(tmp_path / "a.pdf").write(_shifted))
    assert not reading.is_readable
    assert all(grades(reading).get(area) in (None, grade) for area, grade in GRADES.items())


def _in_numbers(paper: Report) -> None:
    for number, text in enumerate(d.POINTS, start=1):
        first, *rest = d.wrap(text, 70)
        paper.line(f"{number}) {first}")
        for part in rest:
            paper.line(part, x=90)


def _broken_word(paper: Report) -> None:
    paper.line("• The timeliness of visits to chil-")
    paper.line("dren who live far from Northbridge.", x=90)
    paper.bullets(d.POINTS[1:])


def _compound(paper: Report) -> None:
    paper.line("• The work of multi-")
    paper.line("agency teams.", x=90)


def _noted(paper: Report) -> None:
    paper.line(f"• {d.POINTS[0]}")
    paper.put("1", x=470, y=paper.y + 20, size=7)
    paper.bullets(d.POINTS[1:])
    paper.put("1 A note about an outcome.", x=72, y=50, size=8)


def _paragraphs(paper: Report) -> None:
    for text in d.POINTS:
        paper.wrapped(text)
        paper.y -= 12


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (_in_numbers, list(d.POINTS)),
        (_broken_word, list(d.POINTS)),
        (_compound, ["The work of multi-agency teams."]),
        (_noted, list(d.POINTS)),
        (_paragraphs, None),
    ],
)
def test_the_points_are_printed_in_other_ways(
    tmp_path: Path, points: Callable[[Report], None], expected: list[str] | None
) -> None:
    assert texts(read(Report(tmp_path / "a.pdf").write(points=points))) == expected


@pytest.mark.parametrize(
    ("heading", "is_read"),
    [
        ("Areas for improvement", True),
        ("What the council needs to improve", True),
        ("Areas that need to improve", True),
        ("WHAT NEEDS TO IMPROVE", True),
        ("What has improved", False),
        ("Areas for improvement at the last inspection", False),
        ("What the council needed to have improved by 2023", False),
    ],
)
def test_the_points_stand_under_other_headings(tmp_path: Path, heading: str, is_read: bool) -> None:
    reading = read(Report(tmp_path / "a.pdf").write(heading=heading))
    assert texts(reading) == (list(d.POINTS) if is_read else None)


TYPES = {
    "ligatures": lambda text: text.replace("fi", "\ufb01").replace("fl", "\ufb02"),
    "hard spaces": lambda text: text.replace(" ", "\u00a0"),
}


@pytest.mark.parametrize("kind", TYPES)
def test_letters_are_encoded_in_other_ways(tmp_path: Path, kind: str) -> None:
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    paper = Report(tmp_path / "a.pdf")
    paper.font = "Vera"
    paper.shown = TYPES[kind]  # type: ignore[method-assign]
    reading = read(paper.write())
    assert reading.is_readable
    assert grades(reading) == GRADES
    assert len(texts(reading) or ()) == len(d.POINTS)


@pytest.mark.parametrize(
    ("order", "is_numbered", "words"),
    [
        ((1, 2, 3, 4), True, ""),
        ((1, 3, 2, 4), True, "the number 2 after 3 on page 3"),
        ((1, 2, 2, 3, 4), True, "the number 2 after 2 on page 3"),
        ((1, 2, 3, 3, 4), False, "page 3 again as page 4"),
        ((1, 2, 3, 4, 1, 2, 3, 4), False, "page 1 again as page 5"),
    ],
)
def test_pages_out_of_order_or_twice_are_refused(
    tmp_path: Path, order: Sequence[int], is_numbered: bool, words: str
) -> None:
    paper = Report(tmp_path / "a.pdf")
    paper.number_pages = is_numbered
    reading = read(paper.write(order=order))
    found = [p.found for p in reading.problems if p.fact == "pages"]
    assert bool(found) == bool(words)
    assert words in "".join(found)
