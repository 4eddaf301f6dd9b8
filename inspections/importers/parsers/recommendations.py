"""Recommendations to the council in reports of the single framework, 2013 to 2018. Pure.

To 2015: "Priority and immediate action" and "Areas for improvement", numbered on from the
paragraphs before, often under names of topics; later: "Recommendations", numbered from 1. Two
reports of early 2014 have bullets in place of numbers. Ofsted's praise ("The local authority
has the following strengths:") and the safeguarding board's list are numbered on as well, under
headings no larger than the text: the list ends at any heading that is no topic of it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ...records import PrintedPoint, Problems
from ..readers.pages import TextLine
from ..wording.text import plain
from .headings import PRAISE, find_headings
from .pdf_text import body_size
from .points import (
    BULLET,
    bulleted,
    from_bullet,
    is_out_of_step,
    note_uncounted,
    numbered,
)

_SUBHEAD = re.compile(
    r"(?i)^(?:(?:areas for )?priority and immediate actions?|areas? for improvement|"
    r"recommendations?(?: (?:for|to) the (?:local authority|council))?):?\d?$"
)
_PRIORITY = re.compile(r"(?i)^(?:areas for )?priority and immediate action")
_END = re.compile(
    r"(?i)^(?:summary for children|the (?:local )?authority's strengths|progress since|"
    r"information about (?:this|the)|what the inspection|inspection judge?ments|executive summary|"
    r"section \d\b|the experiences? and progress of|key judge?ment|inspection findings)"
)
_BOARD = re.compile(
    # Not in a table of contents, where a page number follows.
    r"(?i)^(?:section 2\b.*|what does the (?:lscb|(?:local )?safeguarding children.{0,3} board).*|"
    r"(?:the )?(?:effectiveness of the )?(?:local )?safeguarding children.{0,3} board"
    r"(?: \(\w+\))?(?: (?:is|requires|was)\b.*)?|"
    r"(?:inspection findings|inspection judge?ments?|key strengths).{1,30}"
    r"(?:lscb|safeguarding children.{0,3} board).*|the lscb (?:is|requires|was)\b.*)(?<![\d.])$"
)
_COUNCIL = re.compile(
    r"(?i)^(?:what does the (?:local )?authority need|section 1\b|executive summary|"
    r"(?:summary of )?key findings)"
)
_SENTENCE = re.compile(
    # "Support for children who are looked after" is a topic.
    r"(?i):$|(?<!\bwho )(?<!\bthat )"
    r"\b(?:has|have|had|is|are|was|were|do|does|did|should|must|will)\b"
)
_PLACEHOLDER = re.compile(
    r"(?i)\b(?:did not (?:find|identify) any|there (?:are|were) no|no) (?:areas?|priority)\b"
)
_NUMBERED = re.compile(r"^\d{1,3}\s*[.)]\s*\S")
_FURTHEST_PAGES = 4
"""A list runs over at most this many pages; the next one of the same name is the board's."""


def recommendations(
    lines: Sequence[TextLine], problems: Problems
) -> tuple[PrintedPoint, ...] | None:
    """The council's list, or ``None`` and a note where it cannot be counted."""
    start = next((i for i, line in enumerate(lines) if _SUBHEAD.match(plain(line.text))), None)
    points, fault = ([], "no list of recommendations") if start is None else _list(lines, start)
    if fault:
        expected = "recommendations with numbers or bullets"
        page = 1 if start is None else lines[start].page
        note_uncounted(problems, page, fault, expected, what="recommendations")
        return None
    return tuple(replace(point, order=order) for order, point in enumerate(points, start=1))


def _list(lines: Sequence[TextLine], start: int) -> tuple[list[PrintedPoint], str]:
    """The points of the list that begins there, or why they cannot be counted."""
    if _is_the_boards(lines[:start]):
        return [], "recommendations to the safeguarding board alone"
    parts, is_certain = _parts(lines, start)
    if not is_certain:
        return [], "a list whose end is not certain"
    points: list[PrintedPoint] = []
    for is_priority, part in parts:
        has_numbers = any(_NUMBERED.match(line.text) for line in part)
        if has_numbers and _are_themes(part):
            return [], "numbered themes that hold bullets"
        if has_numbers and is_out_of_step(part):
            return [], "numbers that are out of step"
        found = numbered(part, skip=_PLACEHOLDER) if has_numbers else bulleted(from_bullet(part))
        points += [replace(point, is_priority_action=is_priority) for point in found]
    return points, "" if points else "a list without numbers or bullets"


def _is_the_boards(before: Sequence[TextLine]) -> bool:
    """Does the safeguarding board's section hold what follows, going by the last such heading?"""
    for line in reversed(before):
        text = plain(line.text)
        if line.page > 1 and _BOARD.match(text):
            return True
        if _COUNCIL.match(text):
            return False
    return False


def _parts(lines: Sequence[TextLine], start: int) -> tuple[list[tuple[bool, list[TextLine]]], bool]:
    """(is a list of priority actions, its lines without topics) each, and is it all certain?

    A heading that is neither a topic nor known to end the list ends it; where numbers go on in
    step below it, or a line's place is unknown, nothing is certain.
    """
    section = _section(lines, start)
    if not all(line.left for line in section):
        return [], False
    has_numbers = any(_NUMBERED.match(line.text) for line in section)
    # The bullets of a numbered list stand inside its items.
    item = _NUMBERED if has_numbers else BULLET
    headings = find_headings(section, lambda line: bool(item.match(line.text)))
    parts: list[tuple[bool, list[TextLine]]] = []
    last = 0
    for index, line in enumerate(section):
        text = plain(line.text)
        if _SUBHEAD.match(text):
            parts.append((bool(_PRIORITY.match(text)), []))
        elif index not in headings:
            number = re.match(r"\d{1,3}", text) if _NUMBERED.match(line.text) else None
            last = int(number.group()) if number else last or int(bool(BULLET.match(line.text)))
            parts[-1][1].append(line)
        elif _END.match(text) or PRAISE.search(text):
            break
        elif last and _SENTENCE.search(text) and not _PLACEHOLDER.search(text):
            return parts, not _goes_on(section[index:], last + 1)
    return parts, True


def _section(lines: Sequence[TextLine], start: int) -> list[TextLine]:
    """The lines from the first list's head to the next larger heading or the board's section."""
    size = body_size(list(lines))
    found: list[TextLine] = []
    for line in lines[start:]:
        text = plain(line.text)
        is_large = line.size > size + 1.4 and not _NUMBERED.match(line.text)
        is_heading = is_large and not _SUBHEAD.match(text)
        is_far = line.page > lines[start].page + _FURTHEST_PAGES
        if is_heading or is_far or _BOARD.match(text):
            break
        found.append(line)
    return found


def _goes_on(after: Sequence[TextLine], number: int) -> bool:
    first = next((line for line in after if _NUMBERED.match(line.text)), None)
    return first is not None and first.text.startswith(str(number))


def _are_themes(part: Sequence[TextLine]) -> bool:
    """Is every numbered item directly followed by bullets, as headings are?"""
    numbers = [i for i, line in enumerate(part) if _NUMBERED.match(line.text)]
    bullets = [i for i, line in enumerate(part) if BULLET.match(line.text)]
    if len(numbers) < 2 or len(bullets) < 2 * len(numbers):
        return False
    ends = [*numbers[1:], len(part)]
    return all(
        any(start < bullet < end for bullet in bullets)
        for start, end in zip(numbers, ends, strict=True)
    )
