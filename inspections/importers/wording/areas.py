"""Names of areas as printed → patterns. Pure.

Built from the official names in the data, so that a new framework needs rows and no code.
The small moves in wording met in reports are listed here, each with where it was seen.
"""

from __future__ import annotations

import re

from .text import plain

_MOVES = (
    # Reports of 2025-26: "children care leavers", and "care-experienced" in their text.
    (
        r"care leavers$",
        r"(?:(?:children )?care leavers|"
        r"care-?experienced (?:children and )?young (?:people|adults))",
    ),
    # One report of 2026: "impact of leaders on practice".
    (r"on social work practice", r"on (?:social (?:work|care) )?practice"),
    # Reports of 2022 to 2024: section headings and table rows without the leading article.
    (r"^the ", r"(?:the )?"),
    # One report of 2014 and later workbooks: "experience and progress".
    (r"\bexperiences and progress\b", r"experiences? and progress"),
    # 2014: upper-case and lower-case names are compared without case everywhere.
    (r",", r",?"),
)


def area_pattern(official_name: str) -> str:
    """A regular expression for the name in lower-case plain text, spaces free."""
    pattern = re.escape(plain(official_name).lower()).replace(r"\ ", " ").replace(r"\-", "-")
    for move, replacement in _MOVES:
        pattern = re.sub(move, replacement.replace("\\", r"\\"), pattern)
    return pattern.replace(" ", r"\s+")


def row_number_pattern() -> str:
    """The numbers before rows and headings: "1.", "2.1", "3"."""
    return r"(?:\d{1,2}(?:\.\d)?\.?\s+)?"
