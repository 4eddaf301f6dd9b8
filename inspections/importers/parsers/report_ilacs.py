"""ILACS reports: every framework whose table follows "Judgement | Grade". Pure.

The framework is the one in force on the first day on site; its areas come as rows, so the
layouts of 2018, 2023 and 2026 (and a later one with other areas) are read by the same code.
"""

import re
from collections.abc import Sequence

from ...framework_rows import Framework
from ...records import DocumentReading, OnSitePeriod, Problems
from ..readers.pages import Pdf, TextLine
from ..rules import ReadingRules
from ..wording.dates import read_periods
from ..wording.text import plain
from .agreement import NONE, Agreed, agree
from .heads import DATES, read_head
from .judgement_table import AreaMatcher, begins_row, by_positions, by_text, misprint
from .pdf_text import Flat, flatten, without_furniture
from .report_points import improvement_points

SHORT_DAYS = range(1, 8)
STANDARD_DAYS = range(10, 27)
_WEEKEND_DAYS = 4
"""From a Friday to the Tuesday after: two weeks printed as two periods are one."""
_HEADER = re.compile(
    r"\b(?:judge?ments?(?: areas?)?|areas?(?: of judge?ment)?) (?:and )?"
    r"(?:grades?|judge?ments?|outcomes?)\b"
)
_BEGINNING = r"^(?:report (?:on|of) the )?(?:ofsted |ilacs |short |standard |re-? ?)?inspection of "
_SERVICES = r"(?:local authority )?children(?:'?s)?(?: social care| and famil(?:y|ies))?"
_TITLES = (
    re.compile(rf"{_BEGINNING}(?:the )?(?P<c>.+?)(?:'s?)? {_SERVICES} services$"),
    re.compile(rf"{_BEGINNING}{_SERVICES}(?: services)?(?: in| at|:| -) ?(?:the )?(?P<c>.+?)$"),
    re.compile(
        r"^(?P<c>.+?):? inspection of (?:local authority )?children'?s"
        r"(?: social care services| social care| services)$"
    ),
    re.compile(r"^inspection of (?:the )?(?P<c>.+?)$"),
)


def is_ilacs(flat_cover: Flat) -> bool:
    """Is there a table under "Judgement  Grade" or the like, below ILACS's title?"""
    return bool(
        _HEADER.search(flat_cover.text)
        and "inspection of" in flat_cover.text
        and re.search(rf"{_SERVICES} services|\btrust\b", flat_cover.text)
    )


def read_ilacs(pdf: Pdf, rules: ReadingRules) -> DocumentReading:
    problems = Problems(pdf.file)
    lines = without_furniture(pdf)
    cover = [line for line in lines if line.page == 1]
    council = read_council(cover, problems)
    head = read_head(pdf, cover, cover, rules.today, problems)
    framework, agreed = _judgements(pdf, lines, head.windows, rules, problems)
    points = improvement_points(lines, problems)
    return head.reading(
        pdf,
        problems,
        layout=f"report_{framework.code}" if framework else "report_ilacs",
        council=council,
        framework=framework,
        kind=kind_by_days(head.windows, head.pages["dates"], problems),
        agreed=agreed,
        points=points,
    )


def read_council(cover: Sequence[TextLine], problems: Problems) -> str:
    """The council's name as printed in the title, before the line of dates."""
    head = []
    for line in cover:
        text = plain(line.text)
        if re.match(rf"(?i){DATES}", text):
            break
        if not re.fullmatch(r"[\d\s]*", text) and not read_periods(text):
            head.append(text)
    title = re.sub(r"\s*\([^()]*\)$", "", " ".join(head).strip())
    for pattern in _TITLES:
        match = pattern.match(title.lower())
        if match and match["c"]:
            start, end = match.span("c")
            return title[start:end].strip()
    problems.refuse(
        1, "council", f'the title "{title[:100]}"', '"Inspection of … children\'s services"',
        "Check that this is a report on a council's children's services.",
    )  # fmt: skip
    return ""


def kind_by_days(windows: Sequence[OnSitePeriod], page: int, problems: Problems) -> str | None:
    """Short or standard, from the first window's calendar days; the report never says.

    Measured: of 318 ILACS reports 190 run 12 days and 126 run 5; the others 3 and 17. Days on
    site again later may belong to either kind: with and without them the kind must be the same.
    """
    if not windows:
        return None
    spans = [(windows[0].start_date, windows[0].end_date)]
    for window in windows[1:]:
        first, last = spans[-1]
        if (window.start_date - last).days <= _WEEKEND_DAYS:
            spans[-1] = (first, window.end_date)
        else:
            spans.append((window.start_date, window.end_date))
    lengths = [(last - first).days + 1 for first, last in spans]
    kinds = {_kind_of(lengths[0]), _kind_of(sum(lengths))}
    if len(kinds) == 1 and None not in kinds:
        return kinds.pop()
    problems.refuse(
        page, "kind", f"{sum(lengths)} days on site",
        "at most 7 (short) or at least 10 (standard)",
        "Look the kind of inspection up and enter it by hand.",
    )  # fmt: skip
    return None


def _kind_of(days: int) -> str | None:
    if days in SHORT_DAYS:
        return "short"
    return "standard" if days in STANDARD_DAYS else None


def _judgements(
    pdf: Pdf,
    lines: list[TextLine],
    windows: Sequence[OnSitePeriod],
    rules: ReadingRules,
    problems: Problems,
) -> tuple[Framework | None, Agreed]:
    if not windows:
        return None, NONE
    start = windows[0].start_date
    # Every flattened line is one of ``lines``, so that places in the text lead back to lines.
    flat = flatten([line for line in lines if line.page <= 2])
    headers = [match.end() for match in _HEADER.finditer(flat.text)]
    candidates = []
    for framework in rules.in_force(start):
        matcher = AreaMatcher(framework.areas, rules.wordings(framework))
        begin = next((at for at in headers if begins_row(flat, matcher, at)), 0)
        table, end = by_text(flat, matcher, begin)
        # Headings count only after the table, else the table would confirm itself.
        headings = matcher.headings(lines[flat.line_at(max(0, end - 1)) + 1 :])
        seen = {item.area for item in [*table, *headings]}
        candidates.append((len(seen), framework, matcher, table, headings, begin, end))
    candidates.sort(key=lambda item: -item[0])
    if not candidates or candidates[0][0] < 2:
        codes = ", ".join(rule.code for rule in rules.in_force(start)) or "none"
        problems.refuse(
            1, "framework", "a judgement table of other areas",
            f"the areas of a framework in force on {start} ({codes})",
            "If Ofsted has a new framework, add its rows; else enter by hand.",
        )  # fmt: skip
        return None, NONE
    _, framework, matcher, table, headings, begin, end = candidates[0]
    ways = {"text": table, "positions": by_positions(pdf, [1, 2], matcher), "headings": headings}
    unread = misprint(flat, matcher, begin)
    agreed = agree(problems, framework.areas, ways, unread=unread)
    _refuse_extra_row(flat, end, framework, rules, problems)
    return framework, agreed


def _refuse_extra_row(
    flat: Flat, end: int, framework: Framework, rules: ReadingRules, problems: Problems
) -> None:
    """A problem if a row of another framework follows the last row that was understood."""
    for other in rules.frameworks:
        if other is framework:
            continue
        stranger = AreaMatcher(other.areas, rules.wordings(framework))
        if by_text(flat, stranger, end, min_rows=1)[0]:
            problems.refuse(
                flat.page_at(end), "framework",
                f'a row of another framework: "{flat.text[end : end + 80].strip()}"',
                "only the areas of the framework in force on the first day",
                "Check the dates on the cover; enter the inspection by hand.",
            )  # fmt: skip
            return
