"""Draws small PDFs in each layout of Ofsted's reports and letters, about invented councils."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

Rows = Sequence[tuple[str, str]]

LEADERS = "The impact of leaders on social work practice with children and families"
HELP = "The experiences and progress of children who need help and protection"
CARE_AND_LEAVERS = "The experiences and progress of children in care and care leavers"
CARE = "The experiences and progress of children in care"
LEAVERS = "The experiences and progress of care leavers"
OVERALL = "Overall effectiveness"
RI = "Requires improvement to be good"

TABLE_2018 = ((LEADERS, "Good"), (HELP, RI), (CARE_AND_LEAVERS, "Outstanding"), (OVERALL, "Good"))
TABLE_2023 = (
    (LEADERS, "Good"),
    (HELP, RI),
    (CARE, "Outstanding"),
    (LEAVERS, "Inadequate"),
    (OVERALL, "Good"),
)
TABLE_2026 = TABLE_2023[:4]
POINTS = (
    "The timeliness of visits to children who live far from Northbridge.",
    "Plans that say what should change, by when, and who will see to it "
    "that nothing is forgotten over the summer.",
    "The records of managers’ decisions.",
)
PROSE = (
    "Children in this invented place receive help when they need it.",
    "Much has changed since the last time, and more is to follow.",
)


@dataclass
class Paper:
    """A canvas with a pen that moves down the page."""

    path: Path
    y: float = 780.0
    canvas: Canvas = field(init=False)

    def __post_init__(self) -> None:
        self.canvas = Canvas(str(self.path), pagesize=A4)

    def line(self, text: str, *, x: float = 72, size: float = 12, gap: float = 16) -> None:
        if self.y < 70:
            self.page()
        self.put(text, x=x, y=self.y, size=size)
        self.y -= gap

    def put(self, text: str, *, x: float, y: float, size: float = 12) -> None:
        self.canvas.setFont("Helvetica", size)
        self.canvas.drawString(x, y, text)

    def wrapped(self, text: str, *, x: float = 72, width: int = 80, size: float = 12) -> None:
        for part in wrap(text, width):
            self.line(part, x=x, size=size)

    def bullets(self, points: Sequence[str], *, mark: str = "•") -> None:
        for point in points:
            first, *rest = wrap(point, 70)
            self.line(f"{mark} {first}")
            for part in rest:
                self.line(part, x=90)
            self.y -= 8

    def numbered(self, blocks: Sequence[str]) -> None:
        """Items, which begin with a number and hang, and headings of the same type between."""
        for text in blocks:
            self.y -= 8
            first, *rest = wrap(text, 70)
            self.line(first)
            for part in rest:
                self.line(part, x=99 if text[0].isdigit() else 72)

    def table(self, rows: Rows, *, grade_x: float = 330, width: int = 38) -> None:
        """Rows as Word writes them: the area over one or two lines, then its grade."""
        for area, grade in rows:
            top = self.y
            for part in wrap(area, width):
                self.line(part, x=77)
            for index, part in enumerate(wrap(grade, 32)):
                self.put(part, x=grade_x, y=top - 16 * index)
            self.y -= 10

    def page(self) -> None:
        self.canvas.showPage()
        self.y = 780.0

    def imprint(self) -> None:
        """The page with which every report since 2013 ends."""
        self.page()
        self.line("You may reuse this information under the terms of the licence.", size=10)
        self.line("© Crown copyright 2024", size=10)

    def save(self) -> Path:
        self.canvas.save()
        return self.path


def wrap(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) + 1 > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def ilacs_report(
    path: Path,
    *,
    title: Sequence[str] = ("Inspection of Exampleshire local authority", "children’s services"),
    dates: Sequence[str] = ("Inspection dates: 10 to 14 June 2024",),
    lead: Sequence[str] = ("Lead inspector: Rae Sample, His Majesty’s Inspector",),
    rows: Rows = TABLE_2023,
    headings: Rows | None = None,
    points: Sequence[str] | None = POINTS,
    grades_first: bool = False,
    has_ending: bool = True,
) -> Path:
    """An ILACS report. ``grades_first`` writes the column of grades before the areas' names."""
    paper = Paper(path)
    for text in title:
        paper.line(text, size=26, gap=32)
    for text in (*dates, *lead):
        paper.line(text)
    paper.put("Judgement", x=77, y=paper.y)
    paper.put("Grade", x=330, y=paper.y)
    paper.y -= 20
    if grades_first:
        _grades_then_areas(paper, rows)
    else:
        paper.table(rows)
    for text in PROSE:
        paper.wrapped(text)
    paper.page()
    if points is not None:
        paper.line("What needs to improve?", size=14, gap=24)
        paper.bullets(points)
    for area, grade in headings if headings is not None else rows:
        if area == OVERALL:
            continue
        for part in wrap(f"{area}: {grade.lower()}", 60):
            paper.line(part, size=14, gap=18)
        paper.wrapped("1. Inspectors saw invented work of an invented kind. " * 3)
    if has_ending:
        paper.imprint()
    return paper.save()


def _grades_then_areas(paper: Paper, rows: Rows) -> None:
    tops = []
    y = paper.y
    for area, _ in rows:
        tops.append(y)
        y -= 16 * len(wrap(area, 38)) + 10
    for top, (_, grade) in zip(tops, rows, strict=True):
        paper.put(grade, x=330, y=top)
    for top, (area, _) in zip(tops, rows, strict=True):
        for index, part in enumerate(wrap(area, 38)):
            paper.put(part, x=77, y=top - 16 * index)
    paper.y = y


SIF_ROWS = (
    ("1. Children who need help and protection", "Requires improvement"),
    ("2. Children looked after and achieving permanence", "Good"),
    ("2.1 Adoption performance", "Outstanding"),
    ("2.2 Experiences and progress of care leavers", "Good"),
    ("3. Leadership, management and governance", "Requires improvement"),
)


def sif_report(
    path: Path,
    *,
    council: str = "Exampleshire County Council",
    dates: str = "Inspection date: 25 April – 18 May 2016",
    overall: str = "Children’s services in Exampleshire require improvement to be good",
    rows: Rows = SIF_ROWS,
    board: str | None = "The Local Safeguarding Children Board is good",
    points: Sequence[str] = POINTS,
    again: bool = False,
    blocks: Sequence[str] | None = None,
    published: str = "7 July 2016",
) -> Path:
    """A report under the single inspection framework, with or without the board's review.

    ``blocks`` stand in place of "Recommendations" and the points, as in reports of 2014-15.
    """
    paper = Paper(path)
    paper.line(council, size=26, gap=32)
    start = "Re-inspection" if again else "Inspection"
    paper.line(f"{start} of services for children in need of help and", size=14)
    paper.line("protection, children looked after and care leavers", size=14)
    if board:
        paper.line("and", size=14)
        paper.line("Review of the effectiveness of the Local Safeguarding Children", size=14)
        paper.line("Board", size=14)
    paper.line(dates, size=14)
    paper.line(f"Report published: {published}", size=14, gap=24)
    paper.line(overall, size=14, gap=24)
    paper.table(rows, grade_x=390, width=46)
    paper.page()
    if blocks is None:
        paper.line("Recommendations", size=14, gap=24)
        blocks = [f"{number}. {point}" for number, point in enumerate(points, start=1)]
    paper.numbered(blocks)
    paper.line("Summary for children and young people", size=14, gap=24)
    paper.bullets(["This is not a recommendation."])
    for area, grade in (rows[0], rows[1], rows[4]):
        name = area.split(" ", 1)[1]
        begin = "" if name.startswith("Leadership") else "The experiences and progress of "
        name = name if name.startswith("Leadership") else name[0].lower() + name[1:]
        for part in wrap(begin + name, 40):
            paper.line(part, size=16, gap=20)
        paper.line(grade, size=16, gap=20)
        paper.wrapped("20. Inspectors saw invented work of an invented kind. " * 3)
    if board:
        paper.line(board, size=16, gap=20)
        paper.line("Recommendations", size=14, gap=24)
        paper.line("40. A recommendation to the board.")
    paper.line("Lead inspector: Rae Sample HMI")
    paper.imprint()
    return paper.save()


ROWS_2013 = (
    ("Overall effectiveness", "Inadequate", "4"),
    ("Capacity to improve", "Adequate", "3"),
    ("Outcomes for looked after children and young people", "Adequate", "3"),
    ("Quality of provision", "Good", "2"),
    ("Leadership and management", "Inadequate", "4"),
)


def report_2013(path: Path, *, rows: Sequence[tuple[str, str, str]] = ROWS_2013) -> Path:
    """A report on looked after children services of summer 2013."""
    paper = Paper(path)
    paper.line("Inspection of looked after children", size=26, gap=32)
    paper.line("services", size=26, gap=32)
    paper.line("Exampleshire County Council", size=16)
    paper.line("Inspection dates: 15-19 July 2013")
    paper.line("Reporting inspector Rae Sample HMI")
    paper.line("Published: 23 August 2013")
    for area, grade, number in rows:
        paper.page()
        name = area
        if area == "Overall effectiveness":
            name = "Overall effectiveness of services for looked after children and young people"
        for part in wrap(name, 44):
            paper.line(part, size=16)
        paper.line(f"Grade {number} ({grade})")
        paper.wrapped("8. Inspectors saw invented work of an invented kind. " * 4)
    paper.page()
    paper.line("Record of main findings", size=16)
    paper.line("Services for looked after children")
    for area, grade, number in rows:
        top = paper.y
        for part in wrap(area, 40):
            paper.line(part, x=77)
        paper.put(grade, x=330, y=top)
        paper.put(f"Grade {number}", x=430, y=top)
        paper.y -= 8
    return paper.save()


def letter(
    path: Path,
    *,
    day: str = "4 December 2025",
    title: str = "Focused visit to Exampleshire children’s services",
    opening: str = (
        "This letter summarises the findings of the focused visit to Exampleshire children’s "
        "services on 4 and 5 November 2025. His Majesty’s Inspectors for this visit were "
        "Rae Sample and Jo Specimen."
    ),
    scope: str = "Inspectors looked at the local authority’s arrangements for care leavers.",
    points: Sequence[str] | None = POINTS,
    actions: Sequence[str] | None = None,
    signed: str = "Rae Sample",
    overview: str = "",
    praise: str = "",
    has_ending: bool = True,
) -> Path:
    """A letter after a visit."""
    paper = Paper(path)
    for text in (day, "The Director", "Exampleshire Council", "1 Northbridge Road"):
        paper.line(text)
    paper.line("Dear Director")
    paper.line(title)
    paper.wrapped(opening)
    paper.wrapped(scope)
    paper.wrapped(
        "This visit was carried out in line with the inspection of local authority children’s "
        "services (ILACS) framework."
    )
    paper.line("Headline findings")
    for text in (*PROSE, overview):
        paper.wrapped(text)
    if actions is not None:
        paper.line("Areas for priority action")
        paper.bullets(actions)
    if points is not None:
        paper.line("What needs to improve in this area of social work practice?")
        paper.bullets(points)
    if praise:
        paper.line(praise)
        paper.bullets(["Children know their social workers well."])
    paper.line("Main findings")
    paper.bullets(["Something went well in an invented place."])
    if has_ending:
        paper.line("Yours sincerely")
        paper.line(signed)
        paper.line("His Majesty’s Inspector")
    return paper.save()
