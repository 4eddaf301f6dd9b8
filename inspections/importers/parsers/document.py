"""Which parser a document belongs to, told by its own words; the answer for those of none. Pure."""

import re
from dataclasses import replace
from datetime import date

from ...records import NOTE, DocumentReading, InspectionRecord, Problems, VisitRecord
from ..readers.pages import Pdf, Workbook
from ..rules import ReadingRules
from ..wording.dates import read_day
from .heads import LONGEST_WAIT_DAYS, is_possible_publication, named_day_fits
from .letter import read_letter
from .letter_front import is_letter
from .pdf_text import Flat, flatten
from .points import with_whole_words
from .quoting import with_quotes
from .report_2013 import is_2013, read_2013
from .report_ilacs import is_ilacs, read_ilacs
from .report_sif import is_sif, read_sif
from .wholeness import missing_part
from .workbook import read_workbook

_PUBLISHED = "publication date"
_STRANGERS = (
    (r"\bestyn\b|care inspectorate wales|arolygiaeth", "a report of another country (Wales)"),
    (r"\bcare inspectorate\b.{0,400}scotland|scottish", "a report of another country (Scotland)"),
    (r"northern ireland|\brqia\b", "a report of another country (Northern Ireland)"),
    (r"joint targeted area inspection", "a joint targeted area inspection (JTAI)"),
    (
        r"\bearly years\b.{0,60}\bprovision\b|\bchildminder\b|\bnursery\b",
        "a report of another remit (early years)",
    ),
    (
        r"\bschool report\b|\bpupils?\b.{0,200}\bheadteacher\b|inspection of .{3,60} school\b|"
        r"\bacademy\b",
        "a report of another remit (a school)",
    ),
    (
        r"children's homes?\b.{0,200}(?:registered|provider|manager|inspection)|"
        r"residential special school|fostering (?:agency|service)|adoption agency",
        "a report of another remit (a children's home or agency)",
    ),
    (r"further education|skills inspection|\bapprentice", "a report of another remit (training)"),
)


def read_document(document: Pdf | Workbook, rules: ReadingRules) -> DocumentReading:
    """Read a document whose format has been read; unknown ones give a problem that says what."""
    if isinstance(document, Workbook):
        return read_workbook(document, rules)
    named = file_name_date(document.file)
    first = document.page_lines(1)
    cover = flatten(first)
    front = flatten([line for line in document.lines if line.page <= 2])
    if is_letter(first):
        reading = read_letter(document, rules, named)
    elif is_sif(cover):
        reading = _with_named_date(read_sif(document, rules), named, rules.today)
    elif is_2013(cover):
        reading = _with_named_date(read_2013(document, rules), named, rules.today)
    elif is_ilacs(front):
        reading = _with_named_date(read_ilacs(document, rules), named, rules.today)
    else:
        return _stranger(document, front)
    missing = missing_part(document, reading.layout)
    reading = replace(reading, problems=(*missing, *reading.problems))
    reading = with_whole_words(reading, document.lines)
    return with_quotes(reading, document, rules)


def file_name_date(name: str) -> date | None:
    """The day on Ofsted's site, where a file is named as the manual says: "luton_2020-02-24.pdf".

    Only a day that ends the name, after a low line, says so: "luton-2020-01-13.pdf" may be named
    after the first day on site, "luton_2020-02-24_copy.pdf" after anything.
    """
    match = re.search(r"(?:^|_)(\d{4}-\d\d-\d\d)\.\w+$", name)
    return read_day(match.group(1)) if match else None


def with_given_date(reading: DocumentReading, given: date, today: date) -> DocumentReading:
    """The day on Ofsted's site as a person gives it (``--published``), in place of a name's.

    It stands in where the document prints none that can be read; what is read otherwise stays.
    A document that prints another day, or days on site that it cannot follow, is refused.
    """
    records: list[InspectionRecord | VisitRecord] = [*reading.inspections, *reading.visits]
    if len(records) != 1:
        return reading
    (record,) = records
    problems = Problems(reading.file, reading.problems)
    if record.publication_source == "printed" and record.publication_date != given:
        problems.refuse(
            1, _PUBLISHED, f"{record.publication_date} printed, {given} by --published", "one date",
            "Check that this is the document that you mean; the printed date needs no help.",
        )  # fmt: skip
        return replace(reading, problems=tuple(problems))
    problems[:] = [
        replace(problem, severity=NOTE) if problem.fact == _PUBLISHED else problem
        for problem in problems
    ]
    longest = LONGEST_WAIT_DAYS
    is_possible_publication(given, 1, record.end_date, today, problems, longest=longest)
    if record.publication_source != "printed":
        record = replace(record, publication_date=given, publication_source="--published")
    if isinstance(record, InspectionRecord):
        return replace(reading, inspections=(record,), problems=tuple(problems))
    return replace(reading, visits=(record,), problems=tuple(problems))


def _with_named_date(reading: DocumentReading, named: date | None, today: date) -> DocumentReading:
    """ILACS reports print no publication date: the file name's day stands in, and is marked."""
    record = reading.inspections[0]
    if named in (None, record.publication_date) or any(
        p.fact == _PUBLISHED for p in reading.problems
    ):
        return reading
    if record.publication_date:
        found = f"{record.publication_date} printed, {named} in the file's name"
        advice = "The printed date is kept."
    elif named_day_fits(named, record.end_date, today, LONGEST_WAIT_DAYS):
        dated = replace(record, publication_date=named, publication_source="file name")
        return replace(reading, inspections=(dated,))
    else:
        found = f"{named} in the file's name, which does not fit the days on site"
        advice = "Give the day on Ofsted's site."
    problems = Problems(reading.file, reading.problems)
    problems.note("file name", _PUBLISHED, found, "one date", advice)
    return replace(reading, problems=tuple(problems))


def _stranger(document: Pdf, front: Flat) -> DocumentReading:
    """A document that is none of those known: said as exactly as its words allow."""
    text = f"{document.title.lower()} {front.text}"
    kind = next((name for pattern, name in _STRANGERS if re.search(pattern, text)), None)
    problems = Problems(document.file)
    problems.refuse(
        1, "kind of document", kind or f'"{front.text[:90]}…"',
        "an inspection report or visit letter about a council's children's services",
        "Joint inspections are entered by hand."
        if kind and "JTAI" in kind
        else "Leave this file out; check that it is the one you meant.",
    )  # fmt: skip
    return DocumentReading(file=document.file, pages=document.n_pages, problems=tuple(problems))
