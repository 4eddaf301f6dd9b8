"""Frozen records handed over by importers, and the problems that took a record's place.

Pure: no Django, no file formats. A record holds only what its source says; what a source
does not say is ``None`` or an empty tuple, never a default. Dates are ``datetime.date``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

REFUSED = "refused"
"""The document (or workbook row) cannot be recorded."""
LEFT_OUT = "left out"
"""A workbook's row that cannot be recorded; a person chose to record the others."""
NOTE = "note"
"""A person should look, but what was read stands."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Something that could not be read, or that a person should know about.

    ``place`` is a page ("page 2"), or sheet and row ("sheet 'History', row 12"), or "file".
    ``fact`` names what was being read ("grade of leaders", "council", …), "" for the whole file.
    ``is_row``: what stands in a workbook's other rows can be recorded without this one.
    ``is_lacking``: a new event is not recorded without the fact; the form of a draft asks for it.
    """

    file: str
    place: str
    found: str
    expected: str
    advice: str
    fact: str = ""
    severity: str = REFUSED
    is_row: bool = False
    is_lacking: bool = False

    def __str__(self) -> str:
        return (
            f"{self.file}, {self.place}: found {self.found}; expected {self.expected}. "
            f"{self.advice}"
        )


class Problems(list[Problem]):
    """The problems of one file, gathered while it is read. `place`: a page's number, or words.

    `are_of_rows`: what is refused is a row of a workbook, and the others can be recorded.
    """

    def __init__(
        self, file: str, held: Iterable[Problem] = (), *, are_of_rows: bool = False
    ) -> None:
        super().__init__(held)
        self.file, self.are_of_rows = file, are_of_rows

    def refuse(self, place: int | str, fact: str, found: str, expected: str, advice: str) -> None:
        """Something for which the document cannot be recorded."""
        self._add(place, fact, found, expected, advice, REFUSED)

    def lack(self, place: int | str, fact: str, found: str, expected: str, advice: str) -> None:
        """A fact without which a new event cannot be recorded."""
        self._add(place, fact, found, expected, advice, REFUSED, is_lacking=True)

    def note(self, place: int | str, fact: str, found: str, expected: str, advice: str) -> None:
        """Something to look at; what was read stands."""
        self._add(place, fact, found, expected, advice, NOTE)

    def leave_out(self, place: str, fact: str, found: str, expected: str, advice: str) -> None:
        """Something that is not recorded, though the rest of the document can be."""
        self._add(place, fact, found, expected, advice, LEFT_OUT)

    def _add(
        self, place: int | str, fact: str, found: str, expected: str, advice: str, severity: str,
        *, is_lacking: bool = False,
    ) -> None:  # fmt: skip
        self.append(
            Problem(
                file=self.file,
                place=f"page {place}" if isinstance(place, int) else place,
                fact=fact,
                found=found,
                expected=expected,
                advice=advice,
                severity=severity,
                is_row=self.are_of_rows and severity == REFUSED,
                is_lacking=is_lacking,
            )
        )


@dataclass(frozen=True, kw_only=True)
class OnSitePeriod:
    """One period on site: first and last day, both included."""

    start_date: date
    end_date: date


@dataclass(frozen=True, kw_only=True)
class JudgementRecord:
    """The grade of one area, where it stands, and which ways of reading agree on it."""

    area: str
    grade: str
    place: str
    ways: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PrintedPoint:
    """One sentence of Ofsted's on what needs to improve; ``order`` counts from 1."""

    order: int
    text: str
    page: int
    is_priority_action: bool = False


@dataclass(frozen=True, kw_only=True)
class InspectionRecord:
    """One full inspection as one source tells it.

    ``council`` is the name as printed. ``kind`` is one of standard, short, sif,
    sif_reinspection, slac, slac_reinspection, child_protection, child_protection_reinspection,
    looked_after, lscb_review, or ``None`` where the source does not let it be known.
    ``areas_not_judged`` lists areas the source prints as not judged. ``improvement_points``
    is ``None`` where the source has no countable list, which differs from an empty one.
    ``publication_source`` is "printed", "file name", "--published" or "cell". ``pages`` says
    where each field was found, ``said`` in which words.
    """

    council: str
    framework: str
    kind: str | None
    place: str
    windows: tuple[OnSitePeriod, ...] = ()
    start_date: date | None = None
    end_date: date | None = None
    publication_date: date | None = None
    publication_source: str = ""
    lead_inspectors: tuple[str, ...] = ()
    judgements: tuple[JudgementRecord, ...] = ()
    areas_not_judged: tuple[str, ...] = ()
    improvement_points: tuple[PrintedPoint, ...] | None = None
    council_code: str = ""
    council_status: str = ""
    region: str = ""
    pages: Mapping[str, int] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class VisitRecord:
    """One visit without grades: focused_visit, monitoring_visit or assurance_visit.

    ``council_in_title`` is set where a letter's title names its council in other words than its
    opening sentence: both names must mean one council.
    """

    council: str
    kind: str
    place: str
    start_date: date | None = None
    end_date: date | None = None
    publication_date: date | None = None
    publication_source: str = ""
    topics: tuple[str, ...] = ()
    topic_text: str = ""
    council_in_title: str = ""
    sequence: int | None = None
    lead_inspectors: tuple[str, ...] = ()
    improvement_points: tuple[PrintedPoint, ...] | None = None
    priority_actions: tuple[PrintedPoint, ...] | None = None
    council_code: str = ""
    region: str = ""
    pages: Mapping[str, int] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class DocumentReading:
    """Everything read from one file. ``layout`` names the parser, "" where none fitted."""

    file: str
    size_bytes: int = 0
    sha256: str = ""
    layout: str = ""
    as_at: date | None = None
    pages: int | None = None
    inspections: tuple[InspectionRecord, ...] = ()
    visits: tuple[VisitRecord, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_readable(self) -> bool:
        """True when nothing stands in the way of recording the whole document."""
        return not any(problem.severity == REFUSED for problem in self.problems)
