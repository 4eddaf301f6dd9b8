"""Letters after focused, monitoring and assurance visits, 2018 to 2026. Pure.

The council is read twice, from the title and from the opening sentence; the date once from the
head of the letter and, where the file's name carries one, once from there.
"""

import re
from collections.abc import Sequence
from datetime import date

from ...records import DocumentReading, Problems, VisitRecord
from ..readers.pages import Pdf, TextLine
from ..rules import Period, ReadingRules
from ..wording.dates import read_day
from ..wording.people import read_names
from ..wording.text import plain
from ..wording.topics import LetterScope, read_listed_topics, read_scope
from .heads import are_possible, is_possible_publication, named_day_fits
from .letter_front import (
    LetterOpening,
    read_council,
    read_kind,
    read_opening,
    read_sequence,
    refuse,
    scope_text,
)
from .letter_lists import improvement_points, priority_actions
from .pdf_text import without_furniture

_HEAD_WORDS = (
    r"(?:ofsted|piccadilly gate|store street|manchester(?: m1 2wd)?|m1 2wd|t 0300 [\d ]+|"
    r"textphone [\d ]+|\S+@ofsted\.gov\.uk|(?:https?://)?www\.(?:gov\.uk/ofsted|ofsted\.gov\.uk))"
)
_LETTERHEAD = re.compile(rf"(?i)^{_HEAD_WORDS}$")
_BESIDE_DATE = re.compile(
    r"(?i)^(?:(?:date(?: of publication| published)?|published(?: on)?|publication date)(?::|\b) *|"
    rf"{_HEAD_WORDS} +)|(?<! ),? +{_HEAD_WORDS}$"
)
"""What may stand on the line of the letter's date: a label, or the letterhead beside it."""
_OTHER_REMIT = re.compile(
    r"(?i)\b(?:school|academy|college|university|nursery|pupil referral unit|"
    r"children's home|(?:fostering|adoption) (?:service|agency)|training (?:centre|provider)|"
    r"secure (?:centre|unit|home)|apprenticeships?|further education|adult learning|"
    r"(?:area|send) partnership)\b"
)
_SEND = re.compile(
    r"(?i)\b(?:this|the visit|it) (?:was|is) an? (?:joint |local )*area send (?:visit|inspection)"
)
"""Said of this visit: a council's letter may name such an inspection, too."""
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
    problems = Problems(pdf.file)
    kind = read_kind(lines, problems)
    opening = read_opening(lines)
    front = plain(" ".join(line.text for line in lines if line.page <= 2))
    council, council_in_title = read_council(lines, opening, problems)
    _refuse_other_remit(" ".join((council, council_in_title)), front, problems)
    period = _period(opening, rules.today, problems)
    published, source = _published(lines, period, file_date, rules.today, problems)
    scope = _scope(scope_text(lines), front, kind, period, problems)
    if scope.topics == ("assurance",):
        kind = "assurance_visit"
    leads, lead_page = _signed_by(lines, problems)
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
        sequence=read_sequence(front) if kind == "monitoring_visit" else None,
        lead_inspectors=leads,
        improvement_points=improvement_points(lines, problems),
        priority_actions=priority_actions(lines, problems),
        pages=pages,
    )
    return DocumentReading(
        file=pdf.file,
        layout="letter",
        pages=pdf.n_pages,
        visits=(record,),
        problems=tuple(problems),
    )


def _refuse_other_remit(visited: str, front: str, problems: Problems) -> None:
    """Monitoring visits go to schools, colleges and homes, too, and to areas' partnerships."""
    other = _OTHER_REMIT.search(visited) or _SEND.search(front)
    if other:
        refuse(
            problems, "kind of document", f'a visit to another than a council ("{other[0]}")',
            "a letter about a council's children's services",
        )  # fmt: skip


def _period(opening: LetterOpening | None, today: date, problems: Problems) -> Period | None:
    if opening is None or not opening.periods:
        found = f'"{opening.text[:60]}"' if opening else "no opening sentence with dates"
        refuse(problems, "dates of the visit", found, "days with month and year")
        return None
    if not are_possible(opening.periods, 1, today, problems):
        return None
    return Period(opening.periods[0].start_date, opening.periods[-1].end_date)


def _published(
    lines: Sequence[TextLine],
    period: Period | None,
    named: date | None,
    today: date,
    problems: Problems,
) -> tuple[date | None, str]:
    """The letter's date; without a readable one, the day in the file's name if that can be it.

    Comes with where it stands: "printed" or "file name". Where both could be the day and differ,
    neither is taken; a file may be named after any other day, which never refuses the letter.
    """
    head: list[TextLine] = []
    for line in lines:
        if line.page > 1 or re.match(r"(?i)dear\b", line.text):
            break
        head.append(line)
    printed = {day for x in head if (day := read_day(_BESIDE_DATE.sub("", plain(x.text))))}
    last_day = period.end_date if period else None
    fits = named is not None and named_day_fits(named, last_day, today, LONGEST_WAIT_DAYS)
    if len(printed) == 1:
        day = printed.pop()
        if not is_possible_publication(
            day, 1, last_day, today, problems, longest=LONGEST_WAIT_DAYS
        ):
            return None, ""
        if named in (None, day):
            return day, "printed"
        problems.note(
            "file name", "publication date",
            f"{day} on the letter, {named} in the file's name", "one date",
            "The date is left out: give the day on Ofsted's site."
            if fits
            else "The letter's date is kept: the other is no day on which it can have come out.",
        )  # fmt: skip
        return (None, "") if fits else (day, "printed")
    if fits and not printed:
        return named, "file name"
    found = " and ".join(sorted(day.isoformat() for day in printed)) or "no date on the letter"
    refuse(problems, "publication date", found, "one date at its head")
    return None, ""


def _scope(
    text: str, front: str, kind: str | None, period: Period | None, problems: Problems
) -> LetterScope:
    """Topics from ``text``, what stands before the first heading; ``front`` is the first pages."""
    scope = read_scope(text)
    if topics := scope.topics or read_listed_topics(text):
        return LetterScope(scope.text, topics)
    in_pandemic = period and date(2020, 9, 1) <= period.start_date <= date(2021, 7, 31)
    is_unscoped = kind == "focused_visit" and in_pandemic and _PANDEMIC.search(front)
    if is_unscoped or kind == "assurance_visit":
        return LetterScope(scope.text, ("assurance",))
    problems.note(
        1, "topic",
        f'"{scope.text[:80]}"' if scope.text else "no sentence on what inspectors saw",
        "words of a known topic", "Choose the topic by hand.",
    )  # fmt: skip
    return scope


def _signed_by(lines: Sequence[TextLine], problems: Problems) -> tuple[tuple[str, ...], int]:
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
    problems.note(
        "last page", "lead inspector", "no signature that could be read",
        "a name after “Yours sincerely”", "Enter the name by hand if it is wanted.",
    )  # fmt: skip
    return (), 0
