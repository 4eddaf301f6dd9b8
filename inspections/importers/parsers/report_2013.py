"""Inspections of looked after children services, summer 2013 (and earlier two-part reports). Pure.

Their table, "Record of main findings", is the last page; the sections begin with "Grade 4
(Inadequate)". The scale of the time has adequate in place of requires improvement, and the
number must fit the word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ...records import NOTE, DocumentReading, InspectionRecord, Problem
from ..readers.pages import Line, Pdf
from ..rules import FrameworkRule, ReadingRules
from ..wording.grades import read_grade
from ..wording.text import plain
from . import heads
from .agreement import Agreed, agree
from .judgement_table import AreaMatcher, Found, by_positions, by_text
from .pdf_text import Flat, flatten, running_titles, without_furniture

_TITLE = re.compile(
    r"\binspection of (?:services for )?looked after children(?:'s)?(?: services)?\b"
)
_GRADE_NUMBERS = {"1": "outstanding", "2": "good", "3": "adequate", "4": "inadequate"}
_NUMBER_AFTER = re.compile(r"(?i)\s*\(?\bgrade\s*([1-4])\)?\s*$")
_SECTION = re.compile(r"(?i)^grade\s*([1-4])\s*\((\w+)\)\.?$")
_SHORT_NAMES = {"overall_effectiveness": ("Overall effectiveness",)}


def is_2013(cover: Flat) -> bool:
    return bool(_TITLE.search(cover.text)) and not re.search(r"\bjudge?ment grade", cover.text)


def read_2013(pdf: Pdf, rules: ReadingRules) -> DocumentReading:
    lines = without_furniture(pdf)
    cover = pdf.page_lines(1)  # its foot is small print, but no footnotes
    council, problems = _council(pdf.file, cover)
    windows, date_page, found = heads.read_windows(pdf.file, cover, rules.today)
    problems += found
    last_day = windows[-1].end_date if windows else None
    published, published_page, found = heads.read_published(pdf.file, cover, last_day, rules.today)
    problems += found
    leads, lead_page, found = heads.read_lead_inspectors(pdf.file, cover)
    problems += [*found, *heads.footer_differs(pdf.file, running_titles(pdf), windows)]
    framework = _framework(rules, windows[0].start_date if windows else None)
    judgements, not_judged, found = (
        _judgements(pdf, lines, framework) if framework else ((), (), (_no_framework(pdf.file),))
    )
    problems += found
    problems.append(_uncounted(pdf.file))
    pages = {"council": 1, "dates": date_page}
    pages |= {"publication_date": published_page} if published else {}
    pages |= {"lead_inspector": lead_page} if leads else {}
    record = InspectionRecord(
        council=council,
        framework=framework.code if framework else "",
        kind="looked_after",
        place="page 1",
        windows=windows,
        start_date=windows[0].start_date if windows else None,
        end_date=last_day,
        publication_date=published,
        publication_source="printed" if published else "",
        lead_inspectors=leads,
        judgements=judgements,
        areas_not_judged=not_judged,
        improvement_points=None,
        pages=pages,
    )
    return DocumentReading(
        file=pdf.file,
        layout="report_2013",
        pages=pdf.n_pages,
        inspections=(record,),
        problems=tuple(problems),
    )


def _council(file: str, cover: Sequence[Line]) -> tuple[str, list[Problem]]:
    """The line between the title and the dates."""
    text = " ".join(plain(line.text) for line in cover)
    match = re.search(
        r"(?i)inspection of (?:services for )?looked after children(?:'s)?(?: services)? "
        r"(?P<c>[^:]{2,60}?) inspection dates?:",
        text,
    )
    if match:
        return match["c"].strip(), []
    problem = Problem(
        file=file,
        place="page 1",
        fact="council",
        found=f'"{text[:80]}"',
        expected="the council's name below the title",
        advice="Check that this is a report on a council's services.",
    )
    return "", [problem]


def _framework(rules: ReadingRules, start: object) -> FrameworkRule | None:
    for rule in rules.frameworks:
        codes = {plain(area.official_name).lower() for area in rule.areas}
        fits = {"capacity to improve", "quality of provision"} <= codes
        if fits and (start is None or rule.is_in_force(start)):  # type: ignore[arg-type]
            return rule
    return None


def _judgements(pdf: Pdf, lines: Sequence[Line], framework: FrameworkRule) -> Agreed:
    matcher = AreaMatcher(framework.areas, framework.grades or None, _SHORT_NAMES)
    start = next(
        (
            index
            for index, line in enumerate(lines)
            if line.page > 3 and re.match(r"(?i)^record of main findings$", plain(line.text))
        ),
        None,
    )
    table: list[Found] = []
    pages: list[int] = []
    if start is not None:
        rows = [replace(line, text=_without_number(line.text)) for line in lines[start:]]
        flat = flatten(rows)
        first = re.search(r"overall effectiveness", flat.text)
        table = by_text(flat, matcher, first.start())[0] if first else []
        pages = sorted({line.page for line in lines[start:]})
    bare = Pdf(
        pdf.file,
        pdf.n_pages,
        pdf.lines,
        {
            page: tuple(
                replace(segment, text=_NUMBER_AFTER.sub("", segment.text)) for segment in segments
            )
            for page, segments in pdf.segments.items()
        },
    )
    ways = {
        "text": table,
        "positions": by_positions(bare, pages, matcher),
        "headings": _sections(lines, matcher),
    }
    return agree(pdf.file, framework.areas, ways)


def _without_number(text: str) -> str:
    """Drop "Grade 4" after a grade's word, unless the number is another grade's."""
    match = _NUMBER_AFTER.search(text)
    if not match:
        return text
    word = read_grade(text[: match.start()].split(" ")[-1])
    if word and word != _GRADE_NUMBERS[match.group(1)]:
        return text
    return text[: match.start()]


def _sections(lines: Sequence[Line], matcher: AreaMatcher) -> list[Found]:
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
                found.append(Found(code, grade, line.page))
                break
    return found


def _no_framework(file: str) -> Problem:
    return Problem(
        file=file,
        place="page 1",
        fact="framework",
        found="a looked after children report on a day without such a framework",
        expected="a first day on site in summer 2013",
        advice="Check the dates on the cover; enter the inspection by hand.",
    )


def _uncounted(file: str) -> Problem:
    return Problem(
        file=file,
        place="file",
        fact="improvement points",
        found="lists by deadline, in parts of the text",
        expected="one list",
        advice="The points of 2013 reports are not counted; nothing needs doing.",
        severity=NOTE,
    )
