"""Which source is believed when two disagree. Pure; the order is agreed in docs/adr.

A person's confirmed entry, then the newest workbook, then the report or letter, then older
workbooks from new to old, then everything else. Higher ranks are believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

PERSON = (5, 0)
NEWEST_WORKBOOK = 3
DOCUMENT = 2
OLDER_WORKBOOK = 1
OTHER = (0, 0)


def workbook_year(key: str) -> int | None:
    """The year in a workbook's key ("ofsted-workbook-2025"); ``None`` for other keys."""
    match = re.search(r"workbook-(\d{4})$", key)
    return int(match.group(1)) if match else None


def rank(kind: str, key: str, newest_year: int | None) -> tuple[int, int]:
    """The trust in a source of this kind and key, given the newest workbook's year."""
    if kind == "person":
        return PERSON
    if kind == "workbook":
        year = workbook_year(key) or 0
        level = NEWEST_WORKBOOK if year and year == newest_year else OLDER_WORKBOOK
        return (level, year)
    if kind in ("report", "letter"):
        return (DOCUMENT, 0)
    return OTHER


def newest(keys: Iterable[str]) -> int | None:
    """The newest workbook's year among the keys."""
    years = [year for key in keys if (year := workbook_year(key))]
    return max(years, default=None)
