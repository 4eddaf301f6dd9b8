"""Which lines of a list are headings, told by their places, where the type does not. Pure."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from ..readers.pages import TextLine
from ..wording.text import plain
from .pdf_text import body_size
from .points import BULLET

PRAISE = re.compile(
    r"(?i)\bstrengths?\b|\b(?:good|best|strong|effective) practice\b|\bdo(?:es|ing) well\b|"
    r"\bwork(?:s|ing|ed) well\b"
)
"""In a heading: what follows is no point."""
ASKED = re.compile(
    r"^(?=[A-Z])(?!.*\b(?:last|previous|earlier|has|have|had|20\d\d)\b)(?i:(?:what|areas?)\b[^.:]{0,40}\b(?:needs?|required?|requiring|for|must)\b"
    r"[^.:]{0,20}\bimprov\w*[^.]{0,60})$"
)
"""What asks for improvement in other words than the usual, now and not at an earlier inspection;
bullets directly below prove it."""
_LONGEST = 80
INDENT = 10.0
"""Points: text of an item stands at least this much right of its number or bullet."""
_SHIFT = 16.0
"""Points by which the margins of two pages differ at most."""
_WIDER = 1.25
"""A gap this many times the usual one parts two blocks."""
_SINGLE = 1.5
"""Single spacing is at most this many times the size of the type."""
_ENDS = (".", ":", ";", "?", "!")


def is_praise(line: TextLine, margin: float) -> bool:
    """Is this line, at the margin and below bullets, a heading over what inspectors praised?"""
    text = plain(line.text)
    is_like_one = text[:1].isupper() and not text.endswith(".") and len(text) <= _LONGEST
    return is_like_one and line.left <= margin + INDENT and bool(PRAISE.search(text))


def find_headings(lines: Sequence[TextLine], is_item: Callable[[TextLine], bool]) -> set[int]:
    """Indexes of lines that stand at the margin of the items (numbers or bullets) as blocks.

    An item's further lines hang right of its number; a line at the margin, parted from the one
    before by a gap or a page, is a heading, and so are the lines directly below it. Where a
    list does not hang, only a gap and a line without a full stop tell one. A line whose place
    is unknown is none.
    """
    margins = _margins(lines, is_item)
    pitch = _pitch(lines)
    below = [False, *(_is_below(a, b, pitch) for a, b in pairwise(lines))]
    at_margin = [0 < line.left <= margins[line.page] + INDENT for line in lines]
    wrapped = [
        not at_margin[index]
        for index in range(1, len(lines))
        if below[index] and is_item(lines[index - 1]) and not is_item(lines[index])
    ]
    hangs = sum(wrapped) * 2 >= len(wrapped)
    found: set[int] = set()
    for index, line in enumerate(lines):
        if not at_margin[index] or is_item(line) or BULLET.match(line.text):
            continue
        if below[index]:
            found |= {index} if index - 1 in found else set()
        elif line.text[:1].isupper() and (hangs or not line.text.endswith(_ENDS)):
            found.add(index)
    return found


def _is_below(before: TextLine, line: TextLine, pitch: float) -> bool:
    """Does the line stand directly below the other, as running text does?"""
    return before.page == line.page and before.baseline - line.baseline <= pitch * _WIDER


def _margins(lines: Sequence[TextLine], is_item: Callable[[TextLine], bool]) -> dict[int, float]:
    """Page → the left edge of its items; of a page without any, where items would stand.

    Margins may differ from page to page, as in a bound book, but less than items hang.
    """
    items: dict[int, float] = {}
    edges: dict[int, float] = {}
    for line in lines:
        edges[line.page] = min(line.left, edges.get(line.page, line.left))
        if line.left and is_item(line):
            items[line.page] = min(line.left, items.get(line.page, line.left))
    leftmost = min(items.values(), default=0.0)
    return {
        page: items.get(page, edge if abs(edge - leftmost) < _SHIFT else leftmost)
        for page, edge in edges.items()
    }


def _pitch(lines: Sequence[TextLine]) -> float:
    """The usual distance between two lines of running text, in points.

    That of single spacing, where the type's size is told rightly; else the smallest common one.
    """
    size = body_size(list(lines))
    gaps = Counter(
        round(a.baseline - b.baseline, 1)
        for a, b in pairwise(lines)
        if a.page == b.page and a.baseline > b.baseline
    )
    single = {gap: count for gap, count in gaps.items() if size <= gap <= size * _SINGLE}
    if single:
        return max(single, key=lambda gap: single[gap])
    most = max(gaps.values(), default=0)
    return min((gap for gap, count in gaps.items() if count * 3 >= most), default=0.0)
