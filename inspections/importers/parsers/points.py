"""Lists of what needs to improve: bullets and numbered items. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...records import ImprovementPoint
from ..readers.pages import Line
from ..wording.text import plain

BULLET = re.compile(
    r"^([◼■▪●•◾⬛\uf06e\uf0a7\uf0b7\uf0d8➢▶–−\-*o])\s+(?=\S)|^([\uf06e\uf0b7◼■])(?=\S)"
)
_NUMBER = re.compile(r"^(\d{1,3})\s*[.)]\s*(?=[^\W\d])")
_BROKEN_END = re.compile(r"[^\W\d]-$")


def bulleted(lines: Sequence[Line]) -> list[ImprovementPoint]:
    """The bullets at the head of these lines; nested bullets belong to the one above.

    The list ends at the first line that stands at or left of the bullets and has none.
    """
    points: list[tuple[list[str], int]] = []
    glyph, left = "", 0.0
    for line in lines:
        match = BULLET.match(line.text)
        if match and not points:
            glyph, left = match.group().strip(), line.left
        if match and match.group().strip() == glyph and abs(line.left - left) < 8:
            points.append(([line.text[match.end() :].strip()], line.page))
        elif points:
            same_page = line.page == points[-1][1]
            if not match and line.left and line.left < left + 4 and same_page:
                break
            if not match and line.left and line.left < left + 4 and not same_page and _new(line):
                break
            points[-1][0].append(line.text.strip())
    return _records(points)


def is_interrupted(lines: Sequence[Line], count: int) -> bool:
    """Do bullets like the first come again after the list was taken to have ended?"""
    first = next((line for line in lines if BULLET.match(line.text)), None)
    if first is None:
        return False
    glyph = BULLET.match(first.text).group().strip()  # type: ignore[union-attr]
    alike = [
        line
        for line in lines
        if (m := BULLET.match(line.text))
        and m.group().strip() == glyph
        and abs(line.left - first.left) < 8
    ]
    return len(alike) != count


def _new(line: Line) -> bool:
    """Does this line begin something, rather than carry on a sentence from the page before?"""
    return bool(re.match(r"[A-Z]", line.text))


def numbered(
    lines: Sequence[Line], *, skip: re.Pattern[str] | None = None
) -> list[ImprovementPoint]:
    """Items numbered in steps of one, from whatever number comes first; ``skip`` leaves out
    placeholders ("There are no areas for priority action") without breaking the count."""
    points: list[tuple[list[str], int]] = []
    expected = None
    for line in lines:
        match = _NUMBER.match(line.text)
        number = int(match.group(1)) if match else None
        if number is not None and (expected is None or number == expected):
            expected = number + 1
            points.append(([line.text[match.end() :].strip()], line.page))  # type: ignore[union-attr]
        elif points:
            points[-1][0].append(line.text.strip())
    if skip:
        points = [item for item in points if not skip.search(plain(" ".join(item[0])))]
    return _records(points)


def _records(points: Sequence[tuple[list[str], int]]) -> list[ImprovementPoint]:
    return [
        ImprovementPoint(order=order, text=joined(parts), page=page)
        for order, (parts, page) in enumerate(points, start=1)
    ]


def joined(parts: Sequence[str]) -> str:
    """Lines joined to running text; a hyphen at a line's end keeps its place without a space."""
    text = ""
    for part in parts:
        glue = "" if not text or _BROKEN_END.search(text) else " "
        text = f"{text}{glue}{part}"
    return re.sub(r"\s+", " ", text).strip()
