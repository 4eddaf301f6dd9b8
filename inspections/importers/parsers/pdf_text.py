"""A report's lines without page furniture, and flat text that remembers its pages. Pure."""

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

from ..readers.pages import Pdf, TextLine
from ..wording.text import plain

_EDGE_LINES = 3
_FOOT = 200.0
"""Points from the bottom of the cover."""
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\d{1,3}(?:\s+of\s+\d{1,3})?", re.IGNORECASE)


@dataclass(frozen=True)
class Flat:
    """Lines joined by single spaces in plain lower case; ``page_at`` says where a match stands."""

    text: str
    starts: tuple[int, ...]
    pages: tuple[int, ...]

    def page_at(self, position: int) -> int:
        return self.pages[self.line_at(position)] if self.pages else 1

    def line_at(self, position: int) -> int:
        """Index among the flattened lines of the line that holds this position."""
        return max(0, bisect_right(self.starts, position) - 1)


def flatten(lines: list[TextLine]) -> Flat:
    parts: list[str] = []
    starts: list[int] = []
    pages: list[int] = []
    position = 0
    for line in lines:
        text = plain(line.text).lower()
        if not text:
            continue
        starts.append(position)
        pages.append(line.page)
        parts.append(text)
        position += len(text) + 1
    return Flat(" ".join(parts), tuple(starts), tuple(pages))


def body_size(lines: list[TextLine]) -> float:
    """The font size of most characters, in points; 0 where positions are unknown."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def without_furniture(pdf: Pdf) -> list[TextLine]:
    """All lines but page numbers, running titles and footnotes.

    A running title is a line that stands at the edge of at least a third of the pages (digits
    apart) and at least thrice; a footnote is set smaller than the body.
    """
    size = body_size(list(pdf.lines))
    edges: Counter[str] = Counter()
    edge_ids: set[int] = set()
    by_page: dict[int, list[TextLine]] = {}
    for line in pdf.lines:
        by_page.setdefault(line.page, []).append(line)
    for lines in by_page.values():
        edge = {id(line): line for line in lines[:_EDGE_LINES] + lines[-_EDGE_LINES:]}
        edge_ids.update(edge)
        edges.update({_key(line) for line in edge.values()})
    needed = max(3, pdf.n_pages // 3)
    kept = []
    for line in pdf.lines:
        at_edge = id(line) in edge_ids
        is_small = bool(size and line.size and line.size < size - 1.4)
        if at_edge and _PAGE_NUMBER.fullmatch(line.text):
            continue
        if at_edge and edges[_key(line)] >= needed and (line.page > 1 or is_small):
            continue
        # The cover of 2013 is set smaller than the body; its foot holds footnotes alone.
        if is_small and (line.page > 1 or 0 < line.baseline < _FOOT):
            continue
        kept.append(line)
    return kept


def running_titles(pdf: Pdf) -> list[TextLine]:
    """Small lines that come again on at least three pages after the first, once each."""
    size = body_size(list(pdf.lines))
    seen: dict[str, list[TextLine]] = {}
    for line in pdf.lines:
        if line.page > 1 and line.size and line.size < size - 1.4:
            seen.setdefault(_key(line), []).append(line)
    return [lines[0] for lines in seen.values() if len({line.page for line in lines}) >= 3]


def _key(line: TextLine) -> str:
    return re.sub(r"\d+", "#", plain(line.text).lower())
