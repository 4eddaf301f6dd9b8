"""ILACS reports: every framework whose table follows "Judgement | Grade". Pure.

The framework is the one in force on the first day on site; its areas come as rows, so the
layouts of 2018, 2023 and 2026 (and a later one with other areas) are read by the same code.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ...records import (
    NOTE,
    DocumentReading,
    ImprovementPoint,
    InspectionRecord,
    JudgementRecord,
    Problem,
    Window,
)
from ..readers.pages import Line, Pdf
from ..rules import FrameworkRule, ReadingRules
from ..wording.text import plain
from . import heads
from .agreement import agree
from .headings import is_praise
from .judgement_table import AreaMatcher, by_positions, by_text, misprint
from .pdf_text import Flat, body_size, flatten, running_titles, without_furniture
from .points import BULLET, bulleted, is_doubtful

SHORT_DAYS = range(1, 8)
STANDARD_DAYS = range(10, 27)
_WEEKEND_DAYS = 4
"""From a Friday to the Tuesday after: two weeks printed as two periods are one."""
_HEADER = re.compile(r"\bjudge?ments?\s+grades?\b")
_SECTION = re.compile(
    r"(?i)^(?:the\s+)?(?:impact\s+of\s+leaders|experiences?\s+and\s+progress)\b.{0,60}$"
)
# A capital begins the heading; in running text the words stand in lower case.
_NEEDS = re.compile(r"^(?:What|WHAT)\s(?i:needs?\s+to\s+(?:be\s+)?improved?)\b[^.]{0,70}$")
_TITLES = (
    re.compile(
        r"^(?:ofsted |ilacs )?inspection of (?:the )?(?P<c>.+?)(?:'s?)? "
        r"(?:local authority )?children'?s(?: social care)? services$"
    ),
    re.compile(
        r"^(?:ofsted |ilacs )?inspection of (?:local authority )?children'?s"
        r"(?: social care)?(?: services)?(?: in| at|:) ?(?:the )?(?P<c>.+?)$"
    ),
    re.compile(
        r"^(?P<c>.+?):? inspection of (?:local authority )?children'?s"
        r"(?: social care services| social care| services)$"
    ),
    re.compile(r"^inspection of (?:the )?(?P<c>.+?)$"),
)


def is_ilacs(flat_cover: Flat) -> bool:
    """Is there a table under "Judgement  Grade" on the first pages, below ILACS's title?"""
    return bool(
        _HEADER.search(flat_cover.text)
        and "inspection of" in flat_cover.text
        and re.search(r"children'?s (?:social care )?services|\btrust\b", flat_cover.text)
    )


def read_ilacs(pdf: Pdf, rules: ReadingRules) -> DocumentReading:
    lines = without_furniture(pdf)
    cover = [line for line in lines if line.page == 1]
    council, council_problems = read_council(pdf.file, cover)
    windows, date_page, problems = heads.read_windows(pdf.file, cover, rules.today)
    leads, lead_page, lead_problems = heads.read_lead_inspectors(pdf.file, cover)
    found_problems = [*council_problems, *problems, *lead_problems]
    found_problems += heads.footer_differs(pdf.file, running_titles(pdf), windows)
    framework, judgements, not_judged, grade_problems = (
        _judgements(pdf, lines, windows, rules) if windows else (None, (), (), ())
    )
    found_problems += grade_problems
    points, point_problems = improvement_points(pdf.file, lines)
    found_problems += point_problems
    kind, kind_problems = kind_by_days(pdf.file, date_page, windows)
    found_problems += kind_problems
    record = InspectionRecord(
        council=council,
        framework=framework.code if framework else "",
        kind=kind,
        place="page 1",
        windows=windows,
        start_date=windows[0].start_date if windows else None,
        end_date=windows[-1].end_date if windows else None,
        lead_inspectors=leads,
        judgements=judgements,
        areas_not_judged=not_judged,
        improvement_points=points,
        pages={
            "council": 1,
            "dates": date_page,
            **({"lead_inspector": lead_page} if leads else {}),
        },
    )
    layout = f"report_{framework.code}" if framework else "report_ilacs"
    return DocumentReading(
        file=pdf.file,
        layout=layout,
        pages=pdf.n_pages,
        inspections=(record,),
        problems=tuple(found_problems),
    )


def read_council(file: str, cover: Sequence[Line]) -> tuple[str, tuple[Problem, ...]]:
    """The council's name as printed in the title, before the line of dates."""
    head = []
    for line in cover:
        text = plain(line.text)
        if re.match(r"(?i)inspection\s+dates?\b", text):
            break
        if not re.fullmatch(r"[\d\s]*", text):
            head.append(text)
    joined = " ".join(head)
    title = re.sub(r"\s+", " ", joined).strip()
    for pattern in _TITLES:
        match = pattern.match(title.lower())
        if match and match["c"]:
            start, end = match.span("c")
            return title[start:end].strip(), ()
    return "", (
        Problem(
            file=file,
            place="page 1",
            fact="council",
            found=f'the title "{title[:100]}"',
            expected='"Inspection of … children\'s services"',
            advice="Check that this is a report on a council's children's services.",
        ),
    )


def kind_by_days(
    file: str, page: int, windows: Sequence[Window]
) -> tuple[str | None, tuple[Problem, ...]]:
    """Short or standard, from the first window's calendar days; the report never says.

    Measured: of 318 ILACS reports 190 run 12 days and 126 run 5; the others 3 and 17. Days on
    site again later may belong to either kind: with and without them the kind must be the same.
    """
    if not windows:
        return None, ()
    spans = [(windows[0].start_date, windows[0].end_date)]
    for window in windows[1:]:
        first, last = spans[-1]
        if (window.start_date - last).days <= _WEEKEND_DAYS:
            spans[-1] = (first, window.end_date)
        else:
            spans.append((window.start_date, window.end_date))
    lengths = [(last - first).days + 1 for first, last in spans]
    days = sum(lengths)
    kinds = {_kind_of(lengths[0]), _kind_of(days)}
    if len(kinds) == 1 and None not in kinds:
        return kinds.pop(), ()
    problem = Problem(
        file=file,
        place=f"page {page}",
        fact="kind",
        found=f"{days} days on site",
        expected="at most 7 (short) or at least 10 (standard)",
        advice="Look the kind of inspection up and enter it by hand.",
    )
    return None, (problem,)


def _kind_of(days: int) -> str | None:
    if days in SHORT_DAYS:
        return "short"
    return "standard" if days in STANDARD_DAYS else None


def _judgements(
    pdf: Pdf, lines: list[Line], windows: Sequence[Window], rules: ReadingRules
) -> tuple[FrameworkRule | None, tuple[JudgementRecord, ...], tuple[str, ...], tuple[Problem, ...]]:
    start = windows[0].start_date
    # Every flattened line is one of ``lines``, so that places in the text lead back to lines.
    flat = flatten([line for line in lines if line.page <= 2])
    candidates = []
    header = _HEADER.search(flat.text)
    for framework in rules.in_force(start):
        matcher = AreaMatcher(framework.areas, framework.grades or None)
        table, end = by_text(flat, matcher, header.end() if header else 0)
        # Headings count only after the table, else the table would confirm itself.
        headings = matcher.headings(lines[flat.line_at(max(0, end - 1)) + 1 :])
        seen = {item.area for item in [*table, *headings]}
        candidates.append((len(seen), framework, matcher, table, headings, end))
    candidates.sort(key=lambda item: -item[0])
    if not candidates or candidates[0][0] < 2:
        codes = ", ".join(rule.code for rule in rules.in_force(start)) or "none"
        return (
            None,
            (),
            (),
            (
                Problem(
                    file=pdf.file,
                    place="page 1",
                    fact="framework",
                    found="a judgement table of other areas",
                    expected=f"the areas of a framework in force on {start} ({codes})",
                    advice="If Ofsted has a new framework, add its rows; else enter by hand.",
                ),
            ),
        )
    _, framework, matcher, table, headings, end = candidates[0]
    extra = _extra_row(pdf.file, flat, end, framework, rules)
    ways = {
        "text": table,
        "positions": by_positions(pdf, [1, 2], matcher),
        "headings": headings,
    }
    unread = misprint(flat, matcher, header.end() if header else 0)
    judgements, not_judged, problems = agree(pdf.file, framework.areas, ways, unread=unread)
    return framework, judgements, not_judged, (*problems, *extra)


def _extra_row(
    file: str, flat: Flat, end: int, framework: FrameworkRule, rules: ReadingRules
) -> tuple[Problem, ...]:
    """A problem if a row of another framework follows the last row that was understood."""
    for other in rules.frameworks:
        if other is framework:
            continue
        stranger = AreaMatcher(other.areas, framework.grades or None)
        if by_text(flat, stranger, end, min_rows=1)[0]:
            return (
                Problem(
                    file=file,
                    place=f"page {flat.page_at(end)}",
                    fact="framework",
                    found=f'a row of another framework: "{flat.text[end : end + 80].strip()}"',
                    expected="only the areas of the framework in force on the first day",
                    advice="Check the dates on the cover; enter the inspection by hand.",
                ),
            )
    return ()


def improvement_points(
    file: str, lines: Sequence[Line], heading: re.Pattern[str] = _NEEDS
) -> tuple[tuple[ImprovementPoint, ...] | None, tuple[Problem, ...]]:
    """Bullets under "What needs to improve?"; an empty tuple where that is one paragraph.

    Without such a section, or where several paragraphs have no bullets, nothing is known:
    ``None`` and a note.
    """
    starts = [index for index, line in enumerate(lines) if heading.match(plain(line.text))]
    if not starts:
        return None, (_uncounted(file, 1, 'no section "What needs to improve?"'),)
    after = list(lines[starts[0] + 1 :])
    section: list[Line] = []
    has_bullets = False
    size = body_size(list(lines))
    for line in after:
        text = plain(line.text)
        has_bullets = has_bullets or bool(BULLET.match(line.text))
        if line.size > size + 1.4 or _SECTION.match(text):
            break
        if has_bullets and is_praise(line, lines[starts[0]].left):
            break
        section.append(line)
    first = next((i for i, line in enumerate(section) if BULLET.match(line.text)), None)
    if first is not None:
        points = bulleted(section[first:])
        if not is_doubtful(section[first:], len(points)):
            return tuple(points), ()
    page = lines[starts[0]].page
    if first is not None or paragraphs(section) != 1:
        found = "bullets that are interrupted, or no paragraph or several without bullets"
        return None, (_uncounted(file, page, found),)
    return (), ()


def _uncounted(file: str, page: int, found: str) -> Problem:
    return Problem(
        file=file,
        place=f"page {page}",
        fact="improvement points",
        found=found,
        expected="a list of bullets",
        advice="Count the points yourself and enter them by hand.",
        severity=NOTE,
    )


def paragraphs(section: Sequence[Line]) -> int:
    """Blocks of lines parted by a gap of more than one and a half lines."""
    count = 1 if section else 0
    for before, line in itertools.pairwise(section):
        gap = before.baseline - line.baseline
        if before.page == line.page and before.size and gap > before.size * 1.75:
            count += 1
    return count
