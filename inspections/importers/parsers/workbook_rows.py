"""Cells of a workbook's row → values, each with its own problem. Pure."""

import re
from collections.abc import Sequence
from datetime import date

from ...records import REFUSED, JudgementRecord, Problems
from ..readers.pages import SheetCell
from ..wording.dates import read_day
from ..wording.grades import NOT_JUDGED, Wordings, read_grade
from ..wording.text import folded

REGIONS = frozenset(
    {
        # As folded, without "the" ("Yorkshire and Humber").
        "north east", "north west", "yorkshire and humber", "east midlands", "west midlands",
        "east of england", "london", "greater london", "south east", "south west",
        # Eight regions since 2023.
        "north east yorkshire and humber",
    }
)  # fmt: skip
_KINDS = {
    "standard": "standard",
    "short": "short",
    "focused": "focused_visit",
    "focussed": "focused_visit",
    "monitoring": "monitoring_visit",
    "assurance": "assurance_visit",
}
_KIND_WORDS = frozenset({"ilacs", "la", "local", "authority", "inspection", "visit"})
"""Words around the one that tells the kind: "LA Monitoring visit", "ILACS - short inspection"."""
VISITS = frozenset({"focused_visit", "monitoring_visit", "assurance_visit"})
EMPTY = frozenset({"", "-", "–", "n/a", "not applicable", "no data", "[x]", "[z]"})
"""Marks of an empty cell; [x] and [z] are the government's marks in tables."""
_NEVER = re.compile(
    r"(?:has )?not(?: been)? (?:yet )?(?:been )?inspected(?: yet| to date)?|"
    r"no (?:full )?inspections?(?: yet| to date)?"
)
"""Said of a council that awaits its first inspection: in March 2024 in the cells of dates."""
_OWN_FORMULA = re.compile(r"(?i)^(?:of:)?=?\s*(?:IF\(.{0,60})?HYPERLINK\(")


class SheetRow:
    """One row's cells by meaning, and the problems met while reading them."""

    def __init__(
        self, file: str, place: str, cells: Sequence[SheetCell], columns: dict[int, str]
    ) -> None:
        self.place = place
        self.problems = Problems(file, are_of_rows=True)
        """Those that refuse the row, and notes."""
        self._cells = {
            meaning: cells[index] for index, meaning in columns.items() if index < len(cells)
        }
        for meaning, cell in self._cells.items():
            if cell.formula and not _OWN_FORMULA.match(cell.formula):
                self.problem(
                    meaning,
                    f"a formula ({cell.formula[:40]})",
                    "a plain value",
                    "Save the workbook with values in place of formulas, or use Ofsted's own.",
                )

    @property
    def is_readable(self) -> bool:
        return not any(problem.severity == REFUSED for problem in self.problems)

    def has(self, meaning: str) -> bool:
        return meaning in self._cells

    @property
    def awaits_its_first_inspection(self) -> bool:
        """Does a cell, whichever, say "Not yet inspected", and none hold a grade?"""
        grades = any(self.text(meaning) for meaning in self._cells if "area:" in meaning)
        return not grades and any(_is_never(cell) for cell in self._cells.values())

    def text(self, meaning: str) -> str:
        cell = self._cells.get(meaning)
        return "" if cell is None or _is_empty(cell) else cell.text

    def day(self, meaning: str, *, earliest: date, latest: date) -> date | None:
        """The cell's day; an unreadable, impossible or future one is a problem."""
        cell = self._cells.get(meaning)
        if cell is None or (_is_empty(cell) and not cell.date):
            return None
        day = read_day(cell.date or cell.text)
        if day is None:
            self.problem(meaning, f'"{cell.text[:40]}"', "a day, as 31/03/2025")
        elif not earliest <= day <= latest:
            self.problem(meaning, str(day), f"a day from {earliest} to {latest}")
            return None
        return day

    def region(self) -> str:
        text = self.text("region")
        if text and folded(text).replace(" the ", " ") not in REGIONS:
            self.problem("region", f'"{text[:60]}"', "a region of England")
        return text

    def kind(self) -> str | None:
        text = self.text("type")
        kind = read_kind(text)
        if text and kind is None:
            self.problem("type", f'"{text[:60]}"', "a kind of inspection or visit")
        return kind

    def grade(self, meaning: str, wordings: Wordings) -> str | None:
        """The grade's code, ``NOT_JUDGED``, or ``None`` for an empty cell or a problem."""
        text = self.text(meaning)
        if not text:
            return None
        grade = read_grade(text, wordings)
        if grade is None:
            self.problem(meaning, f'"{text[:60]}"', "a grade in Ofsted's words")
        return grade

    def judgement(self, meaning: str, area: str, wordings: Wordings) -> JudgementRecord | None:
        grade = self.grade(meaning, wordings)
        if grade is None or grade == NOT_JUDGED:
            return None
        return JudgementRecord(area=area, grade=grade, place=self.place, ways=("cell",))

    def problem(
        self,
        fact: str,
        found: str,
        expected: str,
        advice: str = "Compare with Ofsted's site and enter the row's facts by hand.",
    ) -> None:
        """Refuses the row for one of its cells."""
        self.problems.refuse(self.place, _told(fact), found, expected, advice)


def read_kind(text: str) -> str | None:
    """The kind of inspection or visit that is the whole text."""
    words = set(folded(text).split()) - _KIND_WORDS
    return _KINDS.get(words.pop()) if len(words) == 1 else None


def _is_empty(cell: SheetCell) -> bool:
    return cell.text.lower() in EMPTY or _is_never(cell)


def _is_never(cell: SheetCell) -> bool:
    return bool(_NEVER.fullmatch(folded(re.sub(r"\[.*?\]", "", cell.text))))


def _told(meaning: str) -> str:
    """A column's meaning in a reader's words: "grade of overall (ilacs_2)"."""
    block, _, area = meaning.partition(":area:")
    return f"grade of {area} ({block})" if area else meaning.removeprefix("area:")
