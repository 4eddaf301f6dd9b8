"""Recommendations to the council in reports of the single framework, 2013 to 2018. Pure.

To 2015: "Priority and immediate action" and "Areas for improvement", numbered on from the
paragraphs before; later: "Recommendations", numbered from 1. The board's list comes after the
council's and is left out. Two reports of early 2014 have bullets in place of numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ...records import NOTE, ImprovementPoint, Problem
from ..readers.pages import Line
from ..wording.text import plain
from .pdf_text import body_size
from .points import BULLET, bulleted, numbered

_SUBHEAD = re.compile(
    r"(?i)^(?:priority and immediate action|areas? for improvement|recommendations):?\d?$"
)
_PRIORITY = re.compile(r"(?i)^priority and immediate action")
_END = re.compile(
    r"(?i)^(?:summary for children|the local authority's strengths|progress since|"
    r"information about (?:this|the)|what the inspection|inspection judge?ments|executive summary|"
    r"section \d:|the experiences? and progress of|key judge?ment|inspection findings)"
)
_PLACEHOLDER = re.compile(
    r"(?i)\b(?:did not (?:find|identify) any|there (?:are|were) no|no) (?:areas?|priority)\b"
)
_NUMBERED = re.compile(r"^\d{1,3}\s*[.)]\s*\S")


def recommendations(
    file: str, lines: Sequence[Line]
) -> tuple[tuple[ImprovementPoint, ...] | None, tuple[Problem, ...]]:
    """The council's list, or ``None`` and a note where it cannot be counted."""
    start = next((i for i, line in enumerate(lines) if _SUBHEAD.match(plain(line.text))), None)
    if start is None:
        return None, (_note(file, 1, "no list of recommendations"),)
    size = body_size(list(lines))
    parts: list[tuple[bool, list[Line]]] = []
    first_page = lines[start].page
    for line in lines[start:]:
        text = plain(line.text)
        if _SUBHEAD.match(text):
            if line.page > first_page + 4:
                break
            parts.append((bool(_PRIORITY.match(text)), []))
        elif (_at_margin(line, lines[start]) and text[:1].isupper() and _END.match(text)) or (
            line.size > size + 1.4 and not _NUMBERED.match(line.text)
        ):
            break
        else:
            parts[-1][1].append(line)
    points: list[ImprovementPoint] = []
    expected = None
    for is_priority, part in parts:
        has_numbers = any(_NUMBERED.match(line.text) for line in part)
        found = numbered(part, skip=_PLACEHOLDER) if has_numbers else _bullets(part)
        if has_numbers and _are_themes(part):
            return None, (_note(file, first_page, "numbered themes that hold bullets"),)
        points += [replace(point, is_priority_action=is_priority) for point in found]
        expected = expected or has_numbers
    ordered = tuple(replace(point, order=order) for order, point in enumerate(points, start=1))
    if not ordered:
        return None, (_note(file, first_page, "a list without numbers or bullets"),)
    return ordered, ()


def _at_margin(line: Line, heading: Line) -> bool:
    return line.left <= heading.left + 4


def _bullets(part: Sequence[Line]) -> list[ImprovementPoint]:
    first = next((i for i, line in enumerate(part) if BULLET.match(line.text)), None)
    return bulleted(part[first:]) if first is not None else []


def _are_themes(part: Sequence[Line]) -> bool:
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


def _note(file: str, page: int, found: str) -> Problem:
    return Problem(
        file=file,
        place=f"page {page}",
        fact="improvement points",
        found=found,
        expected="recommendations with numbers or bullets",
        advice="Count the recommendations yourself and enter them by hand.",
        severity=NOTE,
    )
