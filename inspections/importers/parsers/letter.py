"""Letters after focused, monitoring and assurance visits, 2018 to 2026. Pure.

The council is read twice, from the title and from the opening sentence; the date once from the
head of the letter and, where the file's name carries one, once from there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ...records import NOTE, DocumentReading, Problem, VisitRecord
from ..readers.pages import Line, Pdf
from ..rules import Period, ReadingRules
from ..wording.dates import read_day
from ..wording.people import read_names
from ..wording.text import plain
from ..wording.topics import Scope, read_listed_topics, read_scope
from .heads import check_periods, check_published, named_day_fits
from .letter_front import (
    Opening,
    letter_problem,
    read_council,
    read_kind,
    read_opening,
    read_sequence,
    scope_text,
)
from .letter_lists import improvement_points, priority_actions
from .pdf_text import without_furniture

_LETTERHEAD = re.compile(
    r"(?i)^(?:ofsted|piccadilly gate|store street|manchester(?: m1 2wd)?|m1 2wd|t 0300 [\d ]+|"
    r"textphone [\d ]+|\S+@ofsted\.gov\.uk|(?:https?://)?www\.(?:gov\.uk/ofsted|ofsted\.gov\.uk))$"
)
_PANDEMIC = re.compile(r"(?i)social care system has delivered child-?\s?cent(?:re|ere)d practice")
_SIGNATURE = re.compile(r"(?i)^yours (?:sincerely|faithfully|truly)")
_INSPECTOR = re.compile(r"(?i)^(?:her|his) majesty.{0,6}s? (?:senior )?inspector|^hmi\b")


LONGEST_WAIT_DAYS = 200
"""The longest wait for a letter met is 15 weeks; pauses before elections are added."""


def read_letter(pdf: Pdf, rules: ReadingRules, file_date: date | None = None) -> DocumentReading:
    """One letter; ``file_date`` is the day in the file's name, if it carries one."""
    lines = [
        line
        for line in without_furniture(pdf)
        if not (line.page == 1 and _LETTERHEAD.match(plain(line.text)))
    ]
    problems: list[Problem] = []
    kind = read_kind(pdf.file, lines, problems)
    opening = read_opening(lines)
    front = plain(" ".join(line.text for line in lines if line.page <= 2))
    council, council_in_title = read_council(pdf.file, lines, opening, problems)
    period = _period(pdf.file, opening, rules, problems)
    published, source = _published(pdf.file, lines, period, file_date, rules, problems)
    scope = _scope(pdf.file, scope_text(lines), front, kind, period, problems)
    if scope.topics == ("assurance",):
        kind = "assurance_visit"
    leads, lead_page = _signed_by(pdf.file, lines, problems)
    points, found = improvement_points(pdf.file, lines)
    problems += found
    actions, found = priority_actions(pdf.file, lines)
    problems += found
    sequence = read_sequence(front) if kind == "monitoring_visit" else None
    pages = {"council": 1, "dates": opening.page if opening else 1}
    pages |= {"lead_inspector": lead_page} if leads else {}
    record = VisitRecord(
        council=council,
        council_in_title=council_in_title,
        kind=kind or "",
        place="page 1",
        start_date=period.start_date if period else None,
        end_date=period.end_date if period else None,
        publication_date=published,
        publication_source=source,
        topics=scope.topics or (),
        topic_text=scope.text,
        sequence=sequence,
        lead_inspectors=leads,
        improvement_points=points,
        priority_actions=actions,
        pages=pages,
    )
    return DocumentReading(
        file=pdf.file,
        layout="letter",
        pages=pdf.n_pages,
        visits=(record,),
        problems=tuple(problems),
    )


def _period(
    file: str, opening: Opening | None, rules: ReadingRules, problems: list[Problem]
) -> Period | None:
    if opening is None or not opening.periods:
        found = f'"{opening.text[:60]}"' if opening else "no opening sentence with dates"
        problems.append(
            letter_problem(file, "dates of the visit", found, "days with month and year")
        )
        return None
    bad = check_periods(file, 1, opening.periods, rules.today)
    if bad:
        problems += bad
        return None
    return Period(opening.periods[0].start_date, opening.periods[-1].end_date)


def _published(
    file: str,
    lines: Sequence[Line],
    period: Period | None,
    file_date: date | None,
    rules: ReadingRules,
    problems: list[Problem],
) -> tuple[date | None, str]:
    """The letter's date; without a readable one, the day in the file's name if that can be it.

    Comes with where it stands: "printed" or "file name". Where both could be the day and differ,
    neither is taken; a file may be named after any other day, which never refuses the letter.
    """
    head: list[Line] = []
    for line in lines:
        if line.page > 1 or re.match(r"(?i)dear\b", line.text):
            break
        head.append(line)
    printed = {day for line in head if (day := read_day(line.text))}
    last_day = period.end_date if period else None
    if len(printed) > 1:
        told = " and ".join(sorted(day.isoformat() for day in printed))
        problems.append(letter_problem(file, "publication date", told, "one date at its head"))
        return None, ""
    if printed:
        day = printed.pop()
        bad = check_published(file, 1, day, last_day, rules.today, longest=LONGEST_WAIT_DAYS)
        problems += bad
        if bad or file_date in (None, day):
            return (None if bad else day), ("" if bad else "printed")
        doubtful = named_day_fits(file_date, last_day, rules.today, LONGEST_WAIT_DAYS)
        problems.append(_named_otherwise(file, day, file_date, is_left_out=doubtful))
        return (None, "") if doubtful else (day, "printed")
    if file_date and named_day_fits(file_date, last_day, rules.today, LONGEST_WAIT_DAYS):
        return file_date, "file name"
    found = "no date on the letter"
    problems.append(letter_problem(file, "publication date", found, "one date at its head"))
    return None, ""


def _named_otherwise(file: str, printed: date, named: date, *, is_left_out: bool) -> Problem:
    return Problem(
        file=file,
        place="file name",
        fact="publication date",
        found=f"{printed} on the letter, {named} in the file's name",
        expected="one date",
        advice=(
            "The date is left out: give the day on Ofsted's site by --published."
            if is_left_out
            else "The letter's date is kept: the other is no day on which it can have come out."
        ),
        severity=NOTE,
    )


def _scope(
    file: str,
    text: str,
    front: str,
    kind: str | None,
    period: Period | None,
    problems: list[Problem],
) -> Scope:
    """Topics from ``text``, what stands before the first heading; ``front`` is the first pages."""
    scope = read_scope(text)
    if topics := scope.topics or read_listed_topics(text):
        return Scope(scope.text, topics)
    in_pandemic = period and date(2020, 9, 1) <= period.start_date <= date(2021, 7, 31)
    is_unscoped = kind == "focused_visit" and in_pandemic and _PANDEMIC.search(front)
    if is_unscoped or kind == "assurance_visit":
        return Scope(scope.text, ("assurance",))
    problems.append(
        Problem(
            file=file,
            place="page 1",
            fact="topic",
            found=f'"{scope.text[:80]}"' if scope.text else "no sentence on what inspectors saw",
            expected="words of a known topic",
            advice="Choose the topic by hand.",
            severity=NOTE,
        )
    )
    return scope


def _signed_by(
    file: str, lines: Sequence[Line], problems: list[Problem]
) -> tuple[tuple[str, ...], int]:
    """Who signed: the first name after "Yours sincerely", or before the inspector's title."""
    for index in range(len(lines) - 1, -1, -1):
        if _SIGNATURE.match(plain(lines[index].text)):
            for line in lines[index + 1 : index + 4]:
                names = read_names(line.text)
                if names:
                    return names, line.page
    for index in range(len(lines) - 1, 0, -1):
        if _INSPECTOR.match(plain(lines[index].text)):
            names = read_names(lines[index - 1].text)
            if names:
                return names, lines[index - 1].page
    problems.append(
        Problem(
            file=file,
            place="last page",
            fact="lead inspector",
            found="no signature that could be read",
            expected="a name after “Yours sincerely”",
            advice="Enter the name by hand if it is wanted.",
            severity=NOTE,
        )
    )
    return (), 0
