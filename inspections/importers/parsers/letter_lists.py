"""The lists in a letter: what needs to improve, areas for priority action. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ...records import NOTE, ImprovementPoint, Problem
from ..readers.pages import Line
from ..wording.text import plain
from .headings import INDENT, is_praise
from .points import BULLET, bulleted, is_doubtful

_NEEDS = re.compile(r"^(?:What|WHAT)\s(?i:needs?\s+to\s+(?:be\s+)?improved?)\b[^.]{0,80}$")
_LIKE_A_HEADING = re.compile(r"^(?=[A-Z])[^.]{0,60}(?i:improv)[^.]{0,40}$")
_AREAS = re.compile(r"(?i)^areas?\s+(?:for|of)\s+improvement\s*[:.]?\s*\d?$")
_PRIORITY = re.compile(r"(?i)^areas?\s+for\s+priority\s+actions?\s*[:.]?\s*\d?$")
_HEADING = re.compile(
    r"(?i)^(?:(?:main |headline |key )?findings?(?: and evaluation of progress)?|overview|"
    r"areas? (?:of strengths?|for .{4,20})|strengths|what needs? to .*|summary|conclusion|context|"
    r"next steps|yours? (?:sincerely|faith).*|ofsted will take the findings.*|"
    r"(?:i am copying|i have copied|we have copied|a copy of) this letter.*|we have notified .*)"
    r"[:.?]?$"
)
_NONE = re.compile(
    r"(?i)\b(?:there (?:are|were) no|did not (?:find|identify) any|no) areas? for priority action"
)
_LONGEST_HEADING = 110


def improvement_points(
    file: str, lines: Sequence[Line]
) -> tuple[tuple[ImprovementPoint, ...] | None, tuple[Problem, ...]]:
    """Points under "What needs to improve …", or, where that is missing, "Areas for improvement".

    Without such a section nothing is known, as where paragraphs have no bullets: ``None``.
    """
    for heading in (_NEEDS, _AREAS):
        section = _section(lines, heading)
        if section is not None:
            return _count(file, "improvement points", section)
    for line, following in pairwise(lines):
        if _LIKE_A_HEADING.match(plain(line.text)) and BULLET.match(following.text):
            return None, (_uncounted(file, "improvement points", line.page, "an unknown heading"),)
    return None, (_uncounted(file, "improvement points", 1, "no such list"),)


def priority_actions(
    file: str, lines: Sequence[Line]
) -> tuple[tuple[ImprovementPoint, ...] | None, tuple[Problem, ...]]:
    """Areas for priority action; a whole letter without that heading names none."""
    section = _section(lines, _PRIORITY)
    if section is None:
        return (), ()
    if _NONE.search(plain(" ".join(line.text for line in section))):
        return (), ()
    points, problems = _count(file, "priority actions", section)
    if points is None:
        return None, problems
    return tuple(replace(point, is_priority_action=True) for point in points), problems


def _section(lines: Sequence[Line], heading: re.Pattern[str]) -> list[Line] | None:
    """The lines after the first such heading (of one line or two) up to the next heading.

    The wrapped end of a point ("next steps.") is none: it hangs right of the bullets.
    """
    texts = [plain(line.text) for line in lines]
    for index, line in enumerate(lines):
        for count in (1, 2):
            if heading.match(" ".join(texts[index : index + count])):
                return list(_up_to_heading(lines[index + count :], line.left))
    return None


def _up_to_heading(lines: Sequence[Line], margin: float) -> Iterator[Line]:
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
    file: str, fact: str, section: list[Line]
) -> tuple[tuple[ImprovementPoint, ...] | None, tuple[Problem, ...]]:
    first = next((i for i, line in enumerate(section) if BULLET.match(line.text)), None)
    if first is not None:
        points = bulleted(section[first:])
        if is_doubtful(section[first:], len(points)):
            found = "bullets that are interrupted"
            return None, (_uncounted(file, fact, section[first].page, found),)
        return tuple(points), ()
    page = section[0].page if section else 1
    return None, (_uncounted(file, fact, page, "no bullets under the heading"),)


def _uncounted(file: str, fact: str, page: int, found: str) -> Problem:
    return Problem(
        file=file,
        place=f"page {page}",
        fact=fact,
        found=found,
        expected="a list of bullets",
        advice="Count the points yourself and enter them by hand.",
        severity=NOTE,
    )
