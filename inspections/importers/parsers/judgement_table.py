"""Three independent ways of reading the grades of a report; see :mod:`.agreement`. Pure.

1. *text*: the order of the text stream: area, grade, area, grade …
2. *positions*: places on the page: the grade that stands in the band of an area's row.
3. *headings*: the sections of the body, whose headings repeat the grade.
"""

import itertools
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...framework_rows import Area
from ..readers.pages import Pdf, Segment, TextLine
from ..wording.areas import area_pattern, row_number_pattern
from ..wording.grades import NOT_JUDGED, Wordings, grade_pattern, read_grade
from ..wording.text import plain
from .pdf_text import Flat

_COLUMN_OFFSET = 100
_COLUMN_WIDTH = 60
"""Points: grades begin well right of the margin, and all within a narrow band."""


@dataclass(frozen=True)
class ReadGrade:
    """One grade as one way read it."""

    area: str
    grade: str
    page: int


class AreaMatcher:
    """Finds names of areas and grades in plain lower-case text."""

    def __init__(
        self,
        areas: Sequence[Area],
        wordings: Wordings,
        names: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """``names`` gives further printed names of an area, by its code."""
        self.areas = tuple(areas)
        self.wordings = wordings
        pairs = []
        for area in areas:
            for name in (area.official_name, *(names or {}).get(area.code, ())):
                pairs.append((area.code, area_pattern(name)))
        # Longest first: "children in care" begins "children in care and care leavers".
        pairs.sort(key=lambda pair: len(pair[1]), reverse=True)
        self._patterns = [(code, re.compile(pattern)) for code, pattern in pairs]
        self._squeezed = [
            (code, re.compile(pattern.pattern.replace(r"\s+", "").replace(" ", "")))
            for code, pattern in self._patterns
        ]
        self._grade = re.compile(rf"(?:{grade_pattern(self.wordings)})(?![a-z])")
        self._number = re.compile(row_number_pattern())

    def area_at(self, text: str, position: int) -> tuple[str, int] | None:
        """The area whose name starts here (a row number may precede it) and where it ends."""
        number = self._number.match(text, position)
        for start in (position, number.end() if number else position):
            for code, pattern in self._patterns:
                match = pattern.match(text, start)
                if match and not text[match.end() : match.end() + 1].isalnum():
                    return code, match.end()
        return None

    def whole_area(self, text: str) -> str | None:
        """The area whose name is the whole text, spaces apart (places on a page tear words)."""
        bare = re.sub(r"^\d{1,2}(?:\.\d)?\.?", "", re.sub(r"\s+", "", plain(text).lower()))
        bare = bare.rstrip(".")
        return next((code for code, pattern in self._squeezed if pattern.fullmatch(bare)), None)

    def whole_grade(self, text: str) -> str | None:
        """The grade whose wording is the whole text, spaces apart."""
        bare = re.sub(r"\s+", "", plain(text).lower()).rstrip(".")
        for code, phrases in (*self.wordings.items(), (NOT_JUDGED, ("not judged",))):
            if any(bare == phrase.replace(" ", "") for phrase in phrases):
                return code
        return None

    def grade_at(self, text: str, position: int) -> tuple[str, int] | None:
        match = self._grade.match(text, position)
        if not match:
            return None
        grade = read_grade(match.group(), self.wordings)
        return (grade, match.end()) if grade else None

    def headings(self, lines: Sequence[TextLine]) -> list[ReadGrade]:
        """Headings that are an area's name and its grade, over one to four lines, in order."""
        found = []
        texts = [plain(line.text).lower() for line in lines]
        for index in range(len(lines)):
            if not self._may_begin(texts[index]):
                continue
            for count in (1, 2, 3, 4):
                joined = " ".join(texts[index : index + count])
                heading = self._heading(joined)
                if heading:
                    found.append(ReadGrade(*heading, lines[index].page))
                    break
        return found

    def _may_begin(self, text: str) -> bool:
        return any(text[:9] in plain(a.official_name).lower() for a in self.areas) or (
            text.startswith(("the graded", "the impact", "impact", "experience", "the experience"))
        )

    def _heading(self, text: str) -> tuple[str, str] | None:
        area = self.area_at(text, 0)
        if not area:
            return None
        link = re.compile(r"\s*(?::|-)?\s*(?:(?:is|are)\b)?\s*:?\s*").match(text, area[1])
        grade = self.grade_at(text, link.end() if link else area[1])
        if grade and text[grade[1] :].strip(" .") == "":
            return area[0], grade[0]
        return None


def by_text(
    flat: Flat, matcher: AreaMatcher, start: int, *, min_rows: int = 2
) -> tuple[list[ReadGrade], int]:
    """Rows in the order of the text stream from ``start``, and where they end.

    Area, grade, area, grade … up to the first text that is neither; nothing if that comes
    after an area's name.
    """
    found: list[ReadGrade] = []
    position = start
    while True:
        position = _skip(flat.text, position)
        area = matcher.area_at(flat.text, position)
        if not area:
            break
        grade_start = _skip(flat.text, area[1])
        grade = matcher.grade_at(flat.text, grade_start)
        if not grade:
            return [], position
        found.append(ReadGrade(area[0], grade[0], flat.page_at(position)))
        position = grade[1]
    return (found if len(found) >= min_rows else []), position


def begins_row(flat: Flat, matcher: AreaMatcher, position: int) -> bool:
    """Does an area's name stand here, as below a table's header?"""
    return matcher.area_at(flat.text, _skip(flat.text, position)) is not None


def misprint(flat: Flat, matcher: AreaMatcher, start: int) -> tuple[str, str]:
    """The first area whose grade cannot be read in the text, and what stands there; or "", ""."""
    position = start
    while area := matcher.area_at(flat.text, position := _skip(flat.text, position)):
        begin = _skip(flat.text, area[1])
        grade = matcher.grade_at(flat.text, begin)
        if not grade:
            return area[0], flat.text[begin : begin + 40].strip()
        position = grade[1]
    return "", ""


def _skip(text: str, position: int) -> int:
    # One table of 2020 sets a full stop after an area's name.
    match = re.compile(r"[\s|.]*").match(text, position)
    return match.end() if match else position


def by_positions(pdf: Pdf, pages: Sequence[int], matcher: AreaMatcher) -> list[ReadGrade]:
    """Rows by their places on the page.

    Names of areas are read down the left column, grades down the right one; each grade belongs
    to the row in whose band its middle lies. A band reaches half way to the neighbouring rows.
    Gives nothing for a page where a band holds no grade or two.
    """
    found: list[ReadGrade] = []
    for page in pages:
        found.extend(_page_by_positions(page, pdf.segments.get(page, ()), matcher))
    return found


def _page_by_positions(
    page: int, segments: Sequence[Segment], matcher: AreaMatcher
) -> list[ReadGrade]:
    ordered = sorted(segments, key=lambda s: (-s.bottom, s.left))
    edge = _grade_column(ordered, matcher)
    if edge is None:
        return []
    left = _merged_rows([s for s in segments if s.left < edge and s.right < edge + 25])
    right = [s for s in ordered if edge <= s.left < edge + _COLUMN_WIDTH]
    rows = _area_rows(left, matcher)
    grades = _grade_cells(right, matcher)
    if not rows:
        return []
    found = []
    for index, (code, bottom, top) in enumerate(rows):
        upper = (rows[index - 1][1] + top) / 2 if index else top + 40
        lower = (bottom + rows[index + 1][2]) / 2 if index + 1 < len(rows) else bottom - 25
        inside = [grade for grade, middle in grades if lower < middle <= upper]
        if len(inside) != 1:
            return []
        found.append(ReadGrade(code, inside[0], page))
    return found


def _merged_rows(segments: Sequence[Segment]) -> list[Segment]:
    """One segment a visual line: justified cells are torn into words."""
    merged: list[Segment] = []
    for segment in sorted(segments, key=lambda s: (s.row, s.left)):
        if merged and merged[-1].row == segment.row:
            last = merged.pop()
            segment = Segment(
                last.row,
                f"{last.text} {segment.text}",
                last.left,
                segment.right,
                min(last.bottom, segment.bottom),
                max(last.top, segment.top),
            )
        merged.append(segment)
    return merged


def _grade_column(segments: Sequence[Segment], matcher: AreaMatcher) -> float | None:
    """The left edge of the column of grades: where most of them begin, right of the margin."""
    if not segments:
        return None
    margin = min(segment.left for segment in segments)
    columns = Counter(
        round(segment.left / 4)
        for segment in segments
        if segment.left > margin + _COLUMN_OFFSET and _starts_grade(segment.text, matcher)
    )
    return columns.most_common(1)[0][0] * 4 - 8.0 if columns else None


def _starts_grade(text: str, matcher: AreaMatcher) -> bool:
    if matcher.whole_grade(text):
        return True
    beginnings = {"requires", "require", "requiresimprovementto", "not"}
    return re.sub(r"\s+", "", text.lower()) in beginnings


def _area_rows(left: Sequence[Segment], matcher: AreaMatcher) -> list[tuple[str, float, float]]:
    """Rows as (area code, bottom, top), from the top of the page down."""
    return [(code, *_edges(group)) for code, group in _runs(left, matcher.whole_area)]


def _grade_cells(right: Sequence[Segment], matcher: AreaMatcher) -> list[tuple[str, float]]:
    """Grades of the right column as (grade, middle); a grade may run over three lines."""
    found = _runs(right, matcher.whole_grade, widest_gap=8)
    return [(grade, sum(_edges(group)) / 2) for grade, group in found]


def _edges(group: Sequence[Segment]) -> tuple[float, float]:
    return min(s.bottom for s in group), max(s.top for s in group)


def _runs(
    segments: Sequence[Segment],
    read: Callable[[str], str | None],
    *,
    widest_gap: float = math.inf,
) -> Iterator[tuple[str, Sequence[Segment]]]:
    """What one to four segments in a row say together, the longest runs first; others skipped."""
    index = 0
    while index < len(segments):
        for count in (4, 3, 2, 1):
            group = segments[index : index + count]
            gaps = (a.bottom - b.top for a, b in itertools.pairwise(group))
            found = read(" ".join(segment.text for segment in group))
            if found and len(group) == count and all(gap <= widest_gap for gap in gaps):
                yield found, group
                index += count
                break
        else:
            index += 1
