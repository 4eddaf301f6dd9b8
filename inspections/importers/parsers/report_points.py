"""The list "What needs to improve" of an ILACS report. Pure."""

import itertools
import re
from collections.abc import Sequence

from ...records import PrintedPoint, Problems
from ..readers.pages import TextLine
from ..wording.text import plain
from .headings import ASKED, is_praise
from .pdf_text import body_size
from .points import BULLET, bulleted, from_bullet, hanging_numbers, is_doubtful, note_uncounted

_SECTION = re.compile(
    r"(?i)^(?:the\s+)?(?:impact\s+of\s+leaders|experiences?\s+and\s+progress)\b.{0,60}$"
)
# A capital begins the heading; in running text the words stand in lower case.
_NEEDS = re.compile(r"^(?:What|WHAT)\s(?i:needs?\s+to\s+(?:be\s+)?improved?)\b[^.]{0,70}$")


def improvement_points(
    lines: Sequence[TextLine], problems: Problems
) -> tuple[PrintedPoint, ...] | None:
    """Bullets under "What needs to improve?"; an empty tuple where that is one paragraph.

    Without such a section, or where several paragraphs have no bullets, nothing is known:
    ``None`` and a note.
    """
    start = next((i for i, line in enumerate(lines) if _NEEDS.match(plain(line.text))), None)
    if start is None:
        pairs = enumerate(itertools.pairwise(lines))
        start = next((i for i, (a, b) in pairs if _asks(a) and BULLET.match(b.text)), None)
    if start is None:
        note_uncounted(problems, 1, 'no section "What needs to improve?"')
        return None
    section = _section(lines, start)
    listed = from_bullet(section)
    points = bulleted(listed)
    if listed and not is_doubtful(listed, len(points)):
        return tuple(points)
    if not listed and (points := hanging_numbers(section)):
        return tuple(points)
    if not listed and paragraphs(section) == 1:
        return ()
    found = "bullets that are interrupted, or no paragraph or several without bullets"
    note_uncounted(problems, lines[start].page, found)
    return None


def _asks(line: TextLine) -> bool:
    return bool(ASKED.match(plain(line.text)))


def _section(lines: Sequence[TextLine], start: int) -> list[TextLine]:
    """The lines below the heading, to the next one."""
    size, margin = body_size(list(lines)), lines[start].left
    section: list[TextLine] = []
    has_bullets = False
    for line in lines[start + 1 :]:
        has_bullets = has_bullets or bool(BULLET.match(line.text))
        if line.size > size + 1.4 or _SECTION.match(plain(line.text)):
            break
        if has_bullets and is_praise(line, margin):
            break
        section.append(line)
    return section


def paragraphs(section: Sequence[TextLine]) -> int:
    """Blocks of lines parted by a gap of more than one and a half lines."""
    count = 1 if section else 0
    for before, line in itertools.pairwise(section):
        gap = before.baseline - line.baseline
        if before.page == line.page and before.size and gap > before.size * 1.75:
            count += 1
    return count
