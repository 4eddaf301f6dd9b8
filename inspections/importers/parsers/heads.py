"""What stands on the cover of a report: dates on site, publication, lead inspectors. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ...framework_rows import Framework
from ...records import DocumentReading, InspectionRecord, OnSitePeriod, PrintedPoint, Problems
from ..readers.pages import Pdf, TextLine
from ..rules import ReadingRules
from ..wording.dates import find_periods, read_day, read_periods
from ..wording.people import read_names
from ..wording.text import plain
from .agreement import Agreed
from .pdf_text import running_titles

LONGEST_WINDOW_DAYS = 62
LONGEST_SPAN_DAYS = 240
LONGEST_WAIT_DAYS = 400
SHORTEST_WAIT_DAYS = 10
"""A day in a file's name sooner after the last day on site is another day than the publication's:
of 640 reports and 230 letters the soonest came out 18 and 22 days after."""
DATES = (
    r"(?:inspection\s+(?:dates?(?:\(s\))?|period)|dates?(?:\(s\))?\s+of\s+(?:the\s+)?inspection)"
)
"""The label of the days on site."""
_PUBLISHED = (
    r"(?:(?:report\s+)?published(?:\s+on)?|publication\s+date|"
    r"date\s+(?:published|of\s+publication))"
)
_LEADS = r"(?:lead\s+inspectors?(?:\(s\))?|reporting\s+inspectors?)"
_LABEL = re.compile(
    rf"(?i)^(?:{DATES}|{_PUBLISHED}|{_LEADS}|"
    r"age\s+group|judge?ments?|deputy|team\s+inspectors?)\b"
)
_INSPECTOR = re.compile(r"(?i)\bs?hmi\b|\binspectors?\b")
_IN_ORDER = "days with month and year, in order, not in the future"
_LOOK_UP = "Look the date up on Ofsted's site and enter the inspection by hand."


@dataclass(frozen=True)
class CoverHead:
    """What the cover says; `pages`: where each was found."""

    windows: tuple[OnSitePeriod, ...]
    published: date | None
    leads: tuple[str, ...]
    pages: dict[str, int]

    @property
    def start_date(self) -> date | None:
        return self.windows[0].start_date if self.windows else None

    @property
    def end_date(self) -> date | None:
        return self.windows[-1].end_date if self.windows else None

    def reading(
        self,
        pdf: Pdf,
        problems: Problems,
        *,
        layout: str,
        council: str,
        framework: Framework | None,
        kind: str | None,
        agreed: Agreed,
        points: tuple[PrintedPoint, ...] | None,
    ) -> DocumentReading:
        """The reading of the report with this cover."""
        record = InspectionRecord(
            council=council,
            framework=framework.code if framework else "",
            kind=kind,
            place="page 1",
            windows=self.windows,
            start_date=self.start_date,
            end_date=self.end_date,
            publication_date=self.published,
            publication_source="printed" if self.published else "",
            lead_inspectors=self.leads,
            judgements=agreed[0],
            areas_not_judged=agreed[1],
            improvement_points=points,
            pages=self.pages,
        )
        return DocumentReading(
            file=pdf.file,
            layout=layout,
            pages=pdf.n_pages,
            inspections=(record,),
            problems=tuple(problems),
        )


def read_head(
    pdf: Pdf, cover: Sequence[TextLine], signed: Sequence[TextLine], today: date, problems: Problems
) -> CoverHead:
    """The cover's head; `signed`: the lines that may name the lead inspectors."""
    windows, date_page = _windows(cover, today, problems)
    last_day = windows[-1].end_date if windows else None
    published, published_page = _published(cover, last_day, today, problems)
    leads, lead_page = _lead_inspectors(signed, problems)
    _note_other_title(running_titles(pdf), windows, problems)
    pages = {"council": 1, "dates": date_page}
    pages |= {"publication_date": published_page} if published else {}
    pages |= {"lead_inspector": lead_page} if leads else {}
    return CoverHead(windows, published, leads, pages)


def framework_with(
    areas: set[str],
    rules: ReadingRules,
    head: CoverHead,
    problems: Problems,
    found: str,
    expected: str,
) -> Framework | None:
    """The framework in force on the first day that has areas of these names (lower case)."""
    for rule in rules.frameworks:
        names = {plain(area.official_name).lower() for area in rule.areas}
        if areas <= names and (head.start_date is None or rule.is_in_force(head.start_date)):
            return rule
    advice = "Check the dates on the cover; enter the inspection by hand."
    problems.refuse(1, "framework", found, expected, advice)
    return None


def labelled(lines: Sequence[TextLine], label: str) -> Iterator[tuple[str, TextLine]]:
    """Texts after a label, each with its line: the rest of the line and, if open, the next ones.

    A label is followed by a colon, a dash or by a capital letter or digit, never by running text.
    """
    pattern = re.compile(rf"(?i:^{label})\s*(?:[:-]\s*|(?=[A-Z0-9]|$))(.*)$")
    for index, line in enumerate(lines):
        match = pattern.match(plain(line.text))
        if not match:
            continue
        text = match.group(1)
        for following in lines[index + 1 : index + 3]:
            more = plain(following.text)
            if _LABEL.match(more) or re.match(r"[\w\s]{2,40}:", more):
                break
            if re.search(r"(?i)(?:\bhmi|inspectors?)$", text) and not _INSPECTOR.search(more):
                break
            if text and not re.search(r"(?i)(?:\bto|\band|,|-|&|\bhmi,?|inspector,?)$", text):
                joined = f"{text} {more}"
                if read_periods(text) or not read_periods(joined):
                    break
            text = f"{text} {more}".strip()
        yield text, line


def _windows(
    lines: Sequence[TextLine], today: date, problems: Problems
) -> tuple[tuple[OnSitePeriod, ...], int]:
    """Periods on site, and the page they stand on."""
    found = next(labelled(lines, DATES), None)
    text, page = (found[0], found[1].page) if found else ("", 1)
    text = re.sub(r"(?i)^(?:from|between)\s+", "", text)
    periods = read_periods(text) if found else None
    if not periods:
        told = f'"{text[:80]}"' if found else 'no line "Inspection dates"'
        problems.refuse(page, "dates on site", told, _IN_ORDER, _LOOK_UP)
        return (), page
    if not are_possible(periods, page, today, problems):
        return (), page
    return tuple(OnSitePeriod(start_date=p.start_date, end_date=p.end_date) for p in periods), page


def are_possible(
    periods: Sequence[tuple[date, date]], page: int, today: date, problems: Problems
) -> bool:
    """Are the dates not in the future, and not far too long?"""
    first, last = periods[0][0], periods[-1][1]
    too_long = any((end - start).days > LONGEST_WINDOW_DAYS for start, end in periods)
    if last > today:
        fault = "dates in the future"
    elif too_long or (last - first).days > LONGEST_SPAN_DAYS:
        fault = "a period that is too long"
    elif first < date(2009, 1, 1):
        fault = "dates before 2009"
    else:
        return True
    found = f"{fault} ({first} to {last})"
    problems.refuse(page, "dates on site", found, _IN_ORDER, _LOOK_UP)
    return False


def is_possible_publication(
    day: date, page: int, last_day: date | None, today: date, problems: Problems, *, longest: int
) -> bool:
    """Is the day neither in the future, nor before the last day on site or far too late after?"""
    if day > today:
        found = f"a day in the future ({day})"
    elif last_day and not 0 <= (day - last_day).days <= longest:
        found = f"{day}, though the last day on site was {last_day}"
    else:
        return True
    problems.refuse(page, "publication date", found, _IN_ORDER, _LOOK_UP)
    return False


def named_day_fits(named: date, last_day: date | None, today: date, longest: int) -> bool:
    """Can the day in a file's name be the publication's? Files are named after other days too."""
    if last_day is None:
        return named <= today
    return named <= today and SHORTEST_WAIT_DAYS <= (named - last_day).days <= longest


def _published(
    lines: Sequence[TextLine], last_day: date | None, today: date, problems: Problems
) -> tuple[date | None, int]:
    """The printed publication date, and its page; ILACS reports print none."""
    found = next(labelled(lines, _PUBLISHED), None)
    if not found:
        return None, 0
    text, line = found
    day = read_day(text)
    if not day:
        problems.refuse(line.page, "publication date", f'"{text[:60]}"', _IN_ORDER, _LOOK_UP)
    elif is_possible_publication(
        day, line.page, last_day, today, problems, longest=LONGEST_WAIT_DAYS
    ):
        return day, line.page
    return None, line.page


def _lead_inspectors(lines: Sequence[TextLine], problems: Problems) -> tuple[tuple[str, ...], int]:
    """Their names and the page; none printed is no problem (some reports name nobody)."""
    unread = None
    for text, line in labelled(lines, _LEADS):
        names = read_names(text) if text else None
        if names:
            return names, line.page
        unread = unread or (text, line)
    if unread and unread[0]:
        problems.note(
            unread[1].page, "lead inspector", f'"{unread[0][:80]}"', "names of people",
            "Enter the name by hand if it is wanted.",
        )  # fmt: skip
    return (), 0


def _note_other_title(
    footers: Sequence[TextLine], windows: Sequence[OnSitePeriod], problems: Problems
) -> None:
    """A note where the running title repeats other dates than the cover."""
    if not windows:
        return
    expected = {(windows[0].start_date, windows[-1].end_date)}
    expected |= {(w.start_date, w.end_date) for w in windows}
    for line in footers:
        text = re.sub(r"\s\d{1,2}$", "", plain(line.text))
        periods = read_periods(text) or find_periods(text)
        told = (periods[0].start_date, periods[-1].end_date) if periods else None
        if told and told not in expected:
            problems.note(
                line.page, "dates on site",
                f"a running title with other dates ({told[0]} to {told[1]})",
                f"the cover's ({windows[0].start_date} to {windows[-1].end_date})",
                "The cover's dates are kept; check them against Ofsted's site.",
            )  # fmt: skip
            return
