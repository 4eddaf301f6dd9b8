"""What stands on the cover of a report: council, dates on site, publication, lead inspector."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from ...records import NOTE, Problem, Window
from ..readers.pages import Line
from ..wording.dates import find_periods, read_day, read_periods
from ..wording.people import read_names
from ..wording.text import plain

LONGEST_WINDOW_DAYS = 62
LONGEST_SPAN_DAYS = 240
LONGEST_WAIT_DAYS = 400
SHORTEST_WAIT_DAYS = 10
"""A day in a file's name sooner after the last day on site is another day than the publication's:
of 640 reports and 230 letters the soonest came out 18 and 22 days after."""
_LABEL = re.compile(
    r"(?i)^(?:inspection\s+dates?|report\s+published|published|lead\s+inspectors?|"
    r"reporting\s+inspector|age\s+group|judgement|deputy|team\s+inspectors?)\b"
)


def labelled(lines: Sequence[Line], label: str) -> Iterator[tuple[str, Line]]:
    """Texts after a label, each with its line: the rest of the line and, if open, the next ones.

    A label is followed by a colon or by a capital letter or digit, never by running text.
    """
    pattern = re.compile(rf"(?i:^{label})\s*(?::\s*|(?=[A-Z0-9]|$))(.*)$")
    for index, line in enumerate(lines):
        match = pattern.match(plain(line.text))
        if not match:
            continue
        text = match.group(1)
        for following in lines[index + 1 : index + 3]:
            more = plain(following.text)
            if _LABEL.match(more) or re.match(r"[\w\s]{2,40}:", more):
                break
            if text and not re.search(r"(?i)(?:\bto|\band|,|-|&|\bhmi,?|inspector,?)$", text):
                joined = f"{text} {more}"
                if read_periods(text) or not read_periods(joined):
                    break
            text = f"{text} {more}".strip()
        yield text, line


def read_windows(
    file: str, lines: Sequence[Line], today: date
) -> tuple[tuple[Window, ...], int, tuple[Problem, ...]]:
    """Periods on site from the cover, the page they stand on, and problems."""
    found = next(labelled(lines, r"inspection\s+dates?"), None)
    if not found:
        return (), 1, (_problem(file, 1, "dates on site", 'no line "Inspection dates"'),)
    text, line = found
    periods = read_periods(text)
    if not periods:
        return (), line.page, (_problem(file, line.page, "dates on site", f'"{text[:80]}"'),)
    problems = list(check_periods(file, line.page, periods, today))
    windows = tuple(Window(start_date=p.start_date, end_date=p.end_date) for p in periods)
    return (() if problems else windows), line.page, tuple(problems)


def check_periods(
    file: str, page: int, periods: Sequence[tuple[date, date]], today: date
) -> tuple[Problem, ...]:
    """Impossible dates: in the future, back to front, far too long."""
    first, last = periods[0][0], periods[-1][1]
    told = f"{first} to {last}"
    if last > today:
        return (_problem(file, page, "dates on site", f"dates in the future ({told})"),)
    too_long = any((end - start).days > LONGEST_WINDOW_DAYS for start, end in periods)
    if too_long or (last - first).days > LONGEST_SPAN_DAYS:
        return (_problem(file, page, "dates on site", f"a period that is too long ({told})"),)
    if first < date(2009, 1, 1):
        return (_problem(file, page, "dates on site", f"dates before 2009 ({told})"),)
    return ()


def check_published(
    file: str,
    page: int,
    published: date,
    last_day: date | None,
    today: date,
    *,
    longest: int = LONGEST_WAIT_DAYS,
) -> tuple[Problem, ...]:
    """A publication in the future, before the last day on site, or far too late after it."""
    if published > today:
        return (_problem(file, page, "publication date", f"a day in the future ({published})"),)
    if last_day and not 0 <= (published - last_day).days <= longest:
        found = f"{published}, though the last day on site was {last_day}"
        return (_problem(file, page, "publication date", found),)
    return ()


def named_day_fits(named: date, last_day: date | None, today: date, longest: int) -> bool:
    """Can the day in a file's name be the publication's? Files are named after other days too."""
    if last_day is None:
        return named <= today
    return named <= today and SHORTEST_WAIT_DAYS <= (named - last_day).days <= longest


def read_published(
    file: str, lines: Sequence[Line], last_day: date | None, today: date
) -> tuple[date | None, int, tuple[Problem, ...]]:
    """The printed publication date; ``None`` without a problem where none is printed."""
    found = next(labelled(lines, r"(?:report\s+)?published"), None)
    if not found:
        return None, 0, ()
    text, line = found
    day = read_day(text)
    if not day:
        return None, line.page, (_problem(file, line.page, "publication date", f'"{text[:60]}"'),)
    problems = check_published(file, line.page, day, last_day, today)
    return (None if problems else day), line.page, problems


def read_lead_inspectors(
    file: str, lines: Sequence[Line]
) -> tuple[tuple[str, ...], int, tuple[Problem, ...]]:
    """Names of the lead inspectors; none printed is no problem (some reports name nobody)."""
    unread = None
    for text, line in labelled(lines, r"(?:lead\s+inspectors?|reporting\s+inspector)"):
        names = read_names(text) if text else None
        if names:
            return names, line.page, ()
        unread = unread or (text, line)
    if unread and unread[0]:
        text, line = unread
        problem = Problem(
            file=file,
            place=f"page {line.page}",
            fact="lead inspector",
            found=f'"{text[:80]}"',
            expected="names of people",
            advice="Enter the name by hand if it is wanted.",
            severity=NOTE,
        )
        return (), line.page, (problem,)
    return (), 0, ()


def footer_differs(
    file: str, footers: Sequence[Line], windows: Sequence[Window]
) -> tuple[Problem, ...]:
    """A note where the running title repeats other dates than the cover."""
    if not windows:
        return ()
    expected = {(windows[0].start_date, windows[-1].end_date)}
    expected |= {(w.start_date, w.end_date) for w in windows}
    for line in footers:
        text = re.sub(r"\s\d{1,2}$", "", plain(line.text))
        periods = read_periods(text) or find_periods(text)
        if not periods:
            continue
        told = (periods[0].start_date, periods[-1].end_date)
        if told not in expected:
            return (
                Problem(
                    file=file,
                    place=f"page {line.page}",
                    fact="dates on site",
                    found=f"a running title with other dates ({told[0]} to {told[1]})",
                    expected=f"the cover's ({windows[0].start_date} to {windows[-1].end_date})",
                    advice="The cover's dates are kept; check them against Ofsted's site.",
                    severity=NOTE,
                ),
            )
    return ()


def _problem(file: str, page: int, fact: str, found: str) -> Problem:
    return Problem(
        file=file,
        place=f"page {page}",
        fact=fact,
        found=found,
        expected="days with month and year, in order, not in the future",
        advice="Look the date up on Ofsted's site and enter the inspection by hand.",
    )
