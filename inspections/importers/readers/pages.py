"""What the format libraries hand on: plain lines with positions, and plain sheets. Pure."""

from dataclasses import dataclass
from pathlib import Path

LINE_END_HYPHEN = "\u2010"
"""Stands where a hyphen ended a line: in a compound ("long-term") or in the midst of a word."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line in the order of the text stream.

    ``left`` and ``baseline`` are the first visible character's place in points from the page's
    bottom left corner; ``size`` is the first letter's font size in points. 0 where unknown.
    """

    page: int
    text: str
    left: float = 0.0
    baseline: float = 0.0
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class Segment:
    """Neighbouring characters on one visual line, parted from others by a wide gap.

    Coordinates are points from the page's bottom left corner; ``row`` counts the page's visual
    lines from the top.
    """

    row: int
    text: str
    left: float
    right: float
    bottom: float
    top: float


@dataclass(frozen=True)
class Pdf:
    """A PDF's text: lines of every page in stream order, segments of the first pages only."""

    file: str
    n_pages: int
    lines: tuple[TextLine, ...]
    segments: dict[int, tuple[Segment, ...]]
    title: str = ""

    def page_lines(self, page: int) -> list[TextLine]:
        return [line for line in self.lines if line.page == page]


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One cell: text as shown, ISO date where the cell is a date, formula where it has one."""

    text: str = ""
    date: str = ""
    formula: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name and rows as ``(row number from 1, cells)``; empty rows left out."""

    name: str
    rows: tuple[tuple[int, tuple[SheetCell, ...]], ...]


@dataclass(frozen=True)
class Workbook:
    file: str
    sheets: tuple[Sheet, ...]
    external_links: int = 0


def shown_name(path: Path) -> str:
    """A file's name without characters that move the text around it (line ends, right to left)."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in path.name)
