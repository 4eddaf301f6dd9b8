"""How wide words are, so that a label is chosen that fits.

Advance widths in thousandths of the font size for ASCII 32 to 126, as in Arial, Liberation
Sans and the product's own Record Sans (read from its hmtx table; a test reads them again).
Other characters count as a wide letter.
"""

from collections.abc import Iterable
from typing import Final

_REGULAR: Final = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
_BOLD: Final = (
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667,
    611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556,
    278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
)  # fmt: skip
_OTHER: Final = 722


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width of one line of text in px at ``size`` px."""
    table = _BOLD if bold else _REGULAR
    total = sum(table[ord(c) - 32] if " " <= c <= "~" else _OTHER for c in text)
    return total * size / 1000


def first_that_fits(choices: Iterable[str], *, room: float, size: float, bold: bool = False) -> str:
    """The first of ``choices`` (longest first) not wider than ``room`` px, or an empty string."""
    return next((c for c in choices if c and text_width(c, size, bold=bold) <= room), "")


def wrapped(text: str, *, room: float, size: float, bold: bool = False) -> list[str]:
    """``text`` broken at spaces into lines of at most ``room`` px; a longer word stands alone."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined, size, bold=bold) <= room:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


SWATCH = 14  # px, the square or mark of a key's entry
KEY_GAP = 18  # px between the entries of a row
KEY_ROW = 19  # px from row to row
KEY_SIZE = 12  # px


def key_places(names: Iterable[str], room: float) -> list[list[float]]:
    """Where the entries of each row of a key begin, in px, as they flow into ``room`` px."""
    rows: list[list[float]] = [[]]
    at = 0.0
    for name in names:
        width = SWATCH + 6 + text_width(name, KEY_SIZE)
        if rows[-1] and at + width > room:
            rows.append([])
            at = 0.0
        rows[-1].append(at)
        at += width + KEY_GAP
    return rows


def key_height(names: Iterable[str], room: float) -> int:
    """Height in px of a key that flows into ``room`` px."""
    return len(key_places(names, room)) * KEY_ROW + 4
