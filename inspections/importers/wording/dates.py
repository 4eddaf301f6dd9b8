"""Dates and periods as Ofsted prints them → days. Pure.

A missing month or year is taken from the next date to the right ("10 to 14 June 2024"), which
is how English is read; anything else that is missing makes the text unreadable (``None``).
"""

from __future__ import annotations

import re
from datetime import date

from ..rules import Period
from .text import plain

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?(?:the\s+)?"
_POINT = (
    _WEEKDAY
    + r"(?P<d>\d{1,2})(?:st|nd|rd|th)?(?!\d)"
    + r"(?:\s*(?:of\s+)?(?P<m>"
    + "|".join(sorted(_MONTHS, key=len, reverse=True))
    + r")(?![a-z])\.?)?(?:,?\s*(?P<y>(?:19|20)\d\d)(?!\d))?"
)
_SLASHED = r"(?P<sd>\d{1,2})(?P<ss>[/.-])(?P<sm>\d{1,2})(?P=ss)(?P<sy>(?:19|20)\d\d)(?!\d)"
_TOKEN = re.compile(
    rf" ?(?:{_SLASHED}|{_POINT}|(?P<range>to\b|until\b|-)|(?P<list>and\b|&|,|;|/))", re.ASCII
)
_START = re.compile(rf"\b(?:{_SLASHED}|{_POINT})", re.ASCII)
_ANOTHER = re.compile(
    # "4 May 2023 and ending on 5 May 2023": the first day alone would be wrong.
    rf" ?(?:and|&|to|until)\b[^.\d]{{1,40}}\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?"
    rf"(?:{'|'.join(_MONTHS)})\b"
)


def spelt(day: date) -> str:
    """`27 November 2026`."""
    return f"{day.day} {day:%B %Y}"


def read_day(text: str) -> date | None:
    """The single day that is the whole text: "7 July 2017", "10/08/2015", "2024-06-10"."""
    phrase = plain(text).lower().rstrip(".").strip()
    phrase = re.sub(r"(?<=\d)[t ]00:00(?::00)?$", "", phrase)
    phrase = re.sub(r"^(\d{1,2})-([a-z]{3,9})-(\d{4})$", r"\1 \2 \3", phrase, flags=re.ASCII)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", phrase, re.ASCII):
        return _day(int(phrase[:4]), int(phrase[5:7]), int(phrase[8:10]))
    periods = read_periods(phrase)
    if periods and len(periods) == 1 and periods[0].start_date == periods[0].end_date:
        return periods[0].start_date
    return None


def read_periods(text: str) -> tuple[Period, ...] | None:
    """The periods that are the whole text, in order; days of a list are one period.

    "5 to 9 December 2022 and 14 to 15 February 2023" → two periods.
    "15, 16 and 21 July 2025" → one period, 15 to 21 July.
    """
    tokens = _tokens(plain(text).lower().rstrip(".").strip())
    if tokens is None:
        return None
    points = [token for token in tokens if isinstance(token, tuple)]
    marks = [token for token in tokens if isinstance(token, str)]
    if not points or len(points) != len(marks) + 1 or not isinstance(tokens[0], tuple):
        return None
    days: list[date] = []
    month = year = None
    for day, own_month, own_year in reversed(points):
        if own_month is None and own_year is not None:
            return None
        month, year = own_month or month, own_year or year
        if month is None or year is None:
            return None
        value = _day(year, month, day)
        if value is None:
            return None
        days.insert(0, value)
    return _group(days, marks)


def find_periods(text: str) -> tuple[Period, ...] | None:
    """The period that the first figure of a sentence begins; ``None`` where it cannot be read.

    A later date is never taken in its place: it could be the second of two days.
    """
    phrase = plain(text).lower()
    match = _START.search(phrase)
    if not match or re.search(r"\d", phrase[: match.start()]):
        return None
    end = match.start()
    while token := _TOKEN.match(phrase, end):
        end = token.end()
    piece = re.sub(r"\s*(?:to|until|and|-|&|,|;|/)\s*$", "", phrase[match.start() : end])
    if _ANOTHER.match(phrase, match.start() + len(piece)):
        return None
    return read_periods(piece)


def _tokens(phrase: str) -> list[tuple[int, int | None, int | None] | str] | None:
    tokens: list[tuple[int, int | None, int | None] | str] = []
    position = 0
    while position < len(phrase):
        match = _TOKEN.match(phrase, position)
        if not match:
            return None if phrase[position:].strip() else tokens
        position = match.end()
        if match["range"] or match["list"]:
            mark = "range" if match["range"] else "list"
            if tokens and isinstance(tokens[-1], str):
                if tokens[-1] == mark == "list":
                    continue
                return None
            tokens.append(mark)
        else:
            if tokens and isinstance(tokens[-1], tuple):
                return None
            if match["sd"]:
                tokens.append((int(match["sd"]), int(match["sm"]), int(match["sy"])))
            else:
                month = _MONTHS[match["m"]] if match["m"] else None
                tokens.append((int(match["d"]), month, int(match["y"]) if match["y"] else None))
    return tokens


def _group(days: list[date], marks: list[str]) -> tuple[Period, ...] | None:
    periods: list[Period] = []
    if "range" not in marks:
        periods.append(Period(days[0], days[-1]))
    else:
        index = 0
        while index < len(days):
            if index < len(marks) and marks[index] == "range":
                periods.append(Period(days[index], days[index + 1]))
                index += 2
            else:
                periods.append(Period(days[index], days[index]))
                index += 1
    flat = [day for period in periods for day in (period.start_date, period.end_date)]
    return tuple(periods) if flat == sorted(flat) and days == sorted(days) else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
