"""The page's own text that a value was read from, to be shown beside it. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...records import DocumentReading, InspectionRecord, VisitRecord
from ..readers.pages import Pdf, TextLine
from ..rules import ReadingRules
from ..wording.dates import spelt
from ..wording.text import folded, plain

MOST_LINES = 4
MOST_CHARACTERS = 240
Record = InspectionRecord | VisitRecord


def with_quotes(reading: DocumentReading, pdf: Pdf, rules: ReadingRules) -> DocumentReading:
    """The reading whose records say in which words of the page their values stand."""
    return replace(
        reading,
        inspections=tuple(replace(row, said=_said(row, pdf, rules)) for row in reading.inspections),
        visits=tuple(replace(row, said=_said(row, pdf, rules)) for row in reading.visits),
    )


def _said(record: Record, pdf: Pdf, rules: ReadingRules) -> dict[str, str]:
    found: dict[str, str] = {}
    for fact, page, words in _sought(record, rules):
        if fact not in found and (text := quote(pdf.page_lines(page), words)):
            found[fact] = text
    return found


def _sought(record: Record, rules: ReadingRules) -> Iterator[tuple[str, int, Sequence[str]]]:
    """Fact, its page and the words that must stand there in this order; the first found counts."""
    dates = record.pages.get("dates", 1)
    yield "council", record.pages.get("council", 1), (record.council, "services")
    yield "council", record.pages.get("council", 1), (record.council,)
    if record.start_date and record.end_date:
        end = record.end_date
        both = (str(record.start_date.day), str(end.day), f"{end:%B}", str(end.year))
        yield "start_date", dates, both
        yield "end_date", dates, both
    if record.publication_date:
        page = record.pages.get("publication_date", 1)
        yield "publication_date", page, (spelt(record.publication_date),)
    if record.lead_inspectors:
        yield "lead_inspector", record.pages.get("lead_inspector", 1), record.lead_inspectors
    if isinstance(record, VisitRecord):
        yield "kind", 1, (record.kind.replace("_", " "),)
        yield "topic_codes", 1, (record.topic_text,)
        return
    framework = rules.framework(record.framework)
    wordings = rules.wordings(framework) if framework else {}
    names = {area.code: area.official_name for area in framework.areas} if framework else {}
    for row in record.judgements:
        page = int(row.place.removeprefix("page ")) if row.place.startswith("page ") else 1
        for wording in wordings.get(row.grade, ()):
            yield f"grade:{row.area}", page, (names.get(row.area, ""), wording)


def quote(lines: Sequence[TextLine], words: Sequence[str]) -> str:
    """The fewest lines, one after the other, that hold the words in order; empty where none do."""
    wanted = [re.escape(folded(word)) for word in words]
    if not all(wanted):
        return ""
    pattern = re.compile(r"\b" + r"\b.*?\b".join(wanted) + r"\b")
    for length in range(1, MOST_LINES + 1):
        for first in range(len(lines) - length + 1):
            text = plain(" ".join(line.text for line in lines[first : first + length]))
            if pattern.search(folded(text)):
                return text[:MOST_CHARACTERS]
    return ""
