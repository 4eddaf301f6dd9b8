"""Inspections of looked after children services, summer 2013 (and earlier two-part reports). Pure.

Their table, "Record of main findings", is the last page; the sections begin with "Grade 4
(Inadequate)". The scale of the time has adequate in place of requires improvement, and the
number must fit the word.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ...framework_rows import Framework
from ...records import DocumentReading, Problems
from ..readers.pages import Pdf, TextLine
from ..rules import ReadingRules
from ..wording.grades import read_grade
from ..wording.text import plain
from .agreement import NONE, Agreed, agree
from .heads import framework_with, read_head
from .judgement_table import AreaMatcher, ReadGrade, by_positions, by_text
from .pdf_text import Flat, flatten, without_furniture

_TITLE = re.compile(
    r"\binspection of (?:services for )?looked after children(?:'s)?(?: services)?\b"
)
_GRADE_NUMBERS = {"1": "outstanding", "2": "good", "3": "adequate", "4": "inadequate"}
_NUMBER_AFTER = re.compile(r"(?i)(?:(?<!\s)\s+)?\(?\bgrade\s*([1-4])\)?\s*$")
_SECTION = re.compile(r"(?i)^grade\s*([1-4])\s*\((\w+)\)\.?$")
_SHORT_NAMES = {"overall_effectiveness": ("Overall effectiveness",)}


def is_2013(cover: Flat) -> bool:
    return bool(_TITLE.search(cover.text)) and not re.search(r"\bjudge?ment grade", cover.text)


def read_2013(pdf: Pdf, rules: ReadingRules) -> DocumentReading:
    problems = Problems(pdf.file)
    cover = pdf.page_lines(1)  # its foot is small print, but no footnotes
    council = _council(cover, problems)
    head = read_head(pdf, cover, cover, rules.today, problems)
    framework = framework_with(
        {"capacity to improve", "quality of provision"}, rules, head, problems,
        "a looked after children report on a day without such a framework",
        "a first day on site in summer 2013",
    )  # fmt: skip
    agreed = _judgements(pdf, rules, framework, problems) if framework else NONE
    problems.note(
        "file", "improvement points", "lists by deadline, in parts of the text", "one list",
        "The points of 2013 reports are not counted; nothing needs doing.",
    )  # fmt: skip
    return head.reading(
        pdf,
        problems,
        layout="report_2013",
        council=council,
        framework=framework,
        kind="looked_after",
        agreed=agreed,
        points=None,
    )


def _council(cover: Sequence[TextLine], problems: Problems) -> str:
    """The line between the title and the dates."""
    text = " ".join(plain(line.text) for line in cover)
    match = re.search(
        r"(?i)inspection of (?:services for )?looked after children(?:'s)?(?: services)? "
        r"(?P<c>[^:]{2,60}?) inspection dates?:",
        text,
    )
    if match:
        return match["c"].strip()
    problems.refuse(
        1, "council", f'"{text[:80]}"', "the council's name below the title",
        "Check that this is a report on a council's services.",
    )  # fmt: skip
    return ""


def _judgements(pdf: Pdf, rules: ReadingRules, framework: Framework, problems: Problems) -> Agreed:
    lines = without_furniture(pdf)
    matcher = AreaMatcher(framework.areas, rules.wordings(framework), _SHORT_NAMES)
    start = next(
        (
            index
            for index, line in enumerate(lines)
            if line.page > 3 and re.match(r"(?i)^record of main findings$", plain(line.text))
        ),
        len(lines),
    )
    rows = [replace(line, text=_without_number(line.text)) for line in lines[start:]]
    flat = flatten(rows)
    first = re.search(r"overall effectiveness", flat.text)
    bare = {
        page: tuple(
            replace(segment, text=_NUMBER_AFTER.sub("", segment.text)) for segment in segments
        )
        for page, segments in pdf.segments.items()
    }
    pages = sorted({line.page for line in rows})
    ways = {
        "text": by_text(flat, matcher, first.start())[0] if first else [],
        "positions": by_positions(replace(pdf, segments=bare), pages, matcher),
        "headings": _sections(lines, matcher),
    }
    return agree(problems, framework.areas, ways)


def _without_number(text: str) -> str:
    """Drop "Grade 4" after a grade's word, unless the number is another grade's."""
    match = _NUMBER_AFTER.search(text)
    if not match:
        return text
    word = read_grade(text[: match.start()].split(" ")[-1])
    if word and word != _GRADE_NUMBERS[match.group(1)]:
        return text
    return text[: match.start()]


def _sections(lines: Sequence[TextLine], matcher: AreaMatcher) -> list[ReadGrade]:
    """Sections as a name over one to three lines and "Grade 4 (Inadequate)" below."""
    found = []
    for index, line in enumerate(lines):
        match = _SECTION.match(plain(line.text))
        if not match:
            continue
        grade = read_grade(match.group(2))
        if grade is None or grade != _GRADE_NUMBERS[match.group(1)]:
            continue
        for count in (1, 2, 3):
            name = " ".join(item.text for item in lines[max(0, index - count) : index])
            code = matcher.whole_area(name)
            if code:
                found.append(ReadGrade(code, grade, line.page))
                break
    return found
