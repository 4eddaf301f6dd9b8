"""The lists in a letter: what needs to improve, areas for priority action. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ...records import PrintedPoint, Problems
from ..readers.pages import TextLine
from ..wording.text import plain
from ..wording.topics import EARLIER
from .headings import ASKED, INDENT, is_praise
from .pdf_text import flatten
from .points import BULLET, bulleted, from_bullet, hanging_numbers, is_doubtful, note_uncounted

_NEEDS = re.compile(r"^(?:What|WHAT)\s(?i:needs?\s+to\s+(?:be\s+)?improved?)\b[^.]{0,80}$")
_LIKE_A_HEADING = re.compile(r"^(?=[A-Z])[^.]{0,60}(?i:improv)[^.]{0,40}$")
# A capital begins a heading; in running text the words stand in lower case.
_AREAS = re.compile(r"^(?=[A-Z])(?i:areas?\s+(?:for|of)\s+improvement\s*[:.]?\s*\d?)$")
_PRIORITY = re.compile(
    r"^(?=[A-Z])(?i:(?:areas?\s+(?:for|of|requiring)\s+)?priority\s+actions?(?:\s+(?:identified|required))?"
    r"\s*[:.]?\s*\d?)$"
)
_HEADING = re.compile(
    r"(?i)^(?:(?:main |headline |key )?findings?(?: and evaluation of progress)?|overview|"
    r"areas? (?:of strengths?|for .{4,20})|strengths|what needs? to .*|summary|conclusion|context|"
    r"next steps|yours? (?:sincerely|faith).*|ofsted will take the findings.*|"
    r"(?:i am copying|i have copied|we have copied|a copy of) this letter.*|we have notified .*)"
    r"[:.?]?$"
)
_MENTION = re.compile(r"\bareas? (?:for|of|requiring) (?:priority|immediate|urgent) action")
_NONE = re.compile(
    r"(?i)\b(?:there (?:are|were) no|did not (?:find|identify) any|no) areas? for priority action|"
    r"^none(?: \w+)?\.?$"
)
_LONGEST_HEADING = 110


def improvement_points(
    lines: Sequence[TextLine], problems: Problems
) -> tuple[PrintedPoint, ...] | None:
    """Points under "What needs to improve …", or, where that is missing, "Areas for improvement".

    Without such a section nothing is known, as where paragraphs have no bullets: ``None``.
    """
    for heading in (_NEEDS, _AREAS):
        section = _section(lines, heading)
        if section is not None:
            return _count("improvement points", section, problems)
    for index, (line, following) in enumerate(pairwise(lines)):
        if not BULLET.match(following.text):
            continue
        if ASKED.match(plain(line.text)):
            section = list(_up_to_heading(lines[index + 1 :], line.left))
            return _count("improvement points", section, problems)
        if _LIKE_A_HEADING.match(plain(line.text)):
            note_uncounted(problems, line.page, "an unknown heading")
            return None
    note_uncounted(problems, 1, "no such list")
    return None


def priority_actions(
    lines: Sequence[TextLine], problems: Problems
) -> tuple[PrintedPoint, ...] | None:
    """Areas for priority action; a whole letter without that heading names none."""
    section = _section(lines, _PRIORITY)
    if section is None:
        if not (line := _named_in_text(lines)):
            return ()
        found = "areas for priority action named in running text alone"
        note_uncounted(problems, line.page, found, fact="priority actions")
        return None
    if _NONE.search(plain(" ".join(line.text for line in section))):
        return ()
    points = _count("priority actions", section, problems)
    if points is None:
        return None
    return tuple(replace(point, is_priority_action=True) for point in points)


def _named_in_text(lines: Sequence[TextLine]) -> TextLine | None:
    """The line where running text names an area for priority action of this visit."""
    flat = flatten(list(lines))
    for match in _MENTION.finditer(flat.text):
        begin = flat.text.rfind(". ", 0, match.start()) + 1
        end = flat.text.find(". ", match.end())
        sentence = flat.text[begin : end if end > 0 else None]
        if not _NONE.search(sentence) and not EARLIER.search(sentence):
            return lines[flat.line_at(match.start())]
    return None


def _section(lines: Sequence[TextLine], heading: re.Pattern[str]) -> list[TextLine] | None:
    """The lines after the first such heading (of one line or two) up to the next heading.

    The wrapped end of a point ("next steps.") is none: it hangs right of the bullets.
    """
    texts = [plain(line.text) for line in lines]
    for index, line in enumerate(lines):
        for count in (1, 2):
            if heading.match(" ".join(texts[index : index + count])):
                return list(_up_to_heading(lines[index + count :], line.left))
    return None


def _up_to_heading(lines: Sequence[TextLine], margin: float) -> Iterator[TextLine]:
    has_bullets = False
    for line in lines:
        text = plain(line.text)
        has_bullets = has_bullets or bool(BULLET.match(line.text))
        is_heading = len(text) <= _LONGEST_HEADING and text[:1].isupper() and _HEADING.match(text)
        if is_heading and line.left <= margin + INDENT:
            return
        if has_bullets and is_praise(line, margin):
            return
        if not text.isdigit():
            yield line


def _count(
    fact: str, section: list[TextLine], problems: Problems
) -> tuple[PrintedPoint, ...] | None:
    listed = from_bullet(section)
    points = bulleted(listed)
    if listed and not is_doubtful(listed, len(points)):
        return tuple(points)
    if not listed and (points := hanging_numbers(section)):
        return tuple(points)
    found = "bullets that are interrupted" if listed else "no bullets under the heading"
    page = next((line.page for line in [*listed, *section]), 1)
    note_uncounted(problems, page, found, fact=fact)
    return None
