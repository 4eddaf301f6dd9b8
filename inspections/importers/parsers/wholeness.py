"""Is a document all there? Pages that its own numbers skip or promise, and its ending. Pure.

Measured on 171 reports and 68 letters: every report ends with Ofsted's imprint ("© Crown
copyright") on one of its last two pages, those of summer 2013 with the record of main findings;
every letter is signed.
"""

import re
from collections import Counter
from collections.abc import Sequence

from ...records import Problem, Problems
from ..readers.pages import Pdf, TextLine
from ..wording.text import plain
from .pdf_text import flatten

_IMPRINT = re.compile(r"crown copyright|regulates and inspects to achieve excellence")
_RECORD_OF_2013 = re.compile(r"record of main findings")
_SIGNED = re.compile(
    r"\byours? (?:sincerely|faithfully|truly)\b|"
    r"\b(?:her|his) majesty.{0,6}s? (?:senior )?inspector\b.{0,80}$|"
    r"\bofsted will take the findings\b|\bcop(?:ying|ied) this letter to the department\b"
)
_OF = re.compile(r"(?i)\bpage\s+(\d{1,3})\s+of\s+(\d{1,3})$")
_ALONE = re.compile(r"(?:(?i:page)\s+)?(\d{1,3})")
_TITLED = re.compile(r"^(.*\D)(\d{1,3})")
_EDGE = 3
_IMPRINT_PAGES = 2
_SHORT_PAGE = 200
"""Characters: a page of fewer may be all furniture."""


def missing_part(pdf: Pdf, layout: str) -> list[Problem]:
    """The refusal of a document of which a part is missing; none where it is whole."""
    problems = Problems(pdf.file)
    for found, expected in (_promised(pdf), _skipped(pdf), _repeated(pdf), _ending(pdf, layout)):
        if found and not problems:
            advice = "Download the whole document from Ofsted's site and import that."
            problems.refuse("file", "pages", found, expected, advice)
    return problems


def _ending(pdf: Pdf, layout: str) -> tuple[str, str]:
    first = 1 if layout == "letter" else max(1, pdf.n_pages - _IMPRINT_PAGES + 1)
    text = flatten([line for line in pdf.lines if line.page >= first]).text
    pattern, expected = _IMPRINT, "Ofsted's imprint at its end"
    if layout == "letter":
        pattern, expected = _SIGNED, "a signature at its end"
    elif layout == "report_2013":
        pattern, expected = _RECORD_OF_2013, "the record of main findings at its end"
    if pattern.search(text):
        return "", ""
    return f"{pdf.n_pages} {'page' if pdf.n_pages == 1 else 'pages'} without an ending", expected


def _promised(pdf: Pdf) -> tuple[str, str]:
    """Fewer pages than "Page 3 of 12" promises."""
    totals = {int(m[2]) for line in pdf.lines if (m := _OF.search(plain(line.text)))}
    if len(totals) == 1 and (total := totals.pop()) > pdf.n_pages:
        return f"{pdf.n_pages} pages", f"the {total} pages that it counts itself"
    return "", ""


def _skipped(pdf: Pdf) -> tuple[str, str]:
    """A printed number beyond the page's place, two pages running: pages were taken out before.

    None of 239 documents numbers its pages ahead; some print no numbers or begin anew. None
    prints a number twice or goes back by one: then pages are out of order.
    """
    numbers = _page_numbers(pdf)
    for page, printed in numbers.items():
        if 1 < numbers.get(page + 1, 0) in (printed - 1, printed):
            found = f"the number {numbers[page + 1]} after {printed} on page {page + 1} of the file"
            return found, "pages in their order, by the numbers that it prints itself"
    for page, printed in numbers.items():
        if printed > page and numbers.get(page + 1) == printed + 1:
            found = f"the number {printed} on page {page} of the file"
            return found, "every page, by the numbers that it prints itself"
    return "", ""


def _repeated(pdf: Pdf) -> tuple[str, str]:
    """A page that comes twice, word for word: pages were put together by somebody."""
    seen: dict[str, int] = {}
    for page in range(1, pdf.n_pages + 1):
        text = " ".join(line.text for line in pdf.page_lines(page))
        if len(text) > _SHORT_PAGE and text in seen:
            return f"page {seen[text]} again as page {page}", "every page once"
        seen[text] = page
    return "", ""


def _page_numbers(pdf: Pdf) -> dict[int, int]:
    """Page → the number printed alone on a line at its edge, or at a running title's end."""
    by_page: dict[int, list[TextLine]] = {}
    for line in pdf.lines:
        by_page.setdefault(line.page, []).append(line)
    edges = {page: _edges(lines) for page, lines in by_page.items()}
    titled = {page: _matches(_TITLED, texts) for page, texts in edges.items()}
    titles = Counter(t for found in titled.values() for t in {match[1] for match in found})
    needed = max(3, pdf.n_pages // 3)
    found: dict[int, int] = {}
    for page, texts in edges.items():
        numbers = {int(match[2]) for match in titled[page] if titles[match[1]] >= needed}
        numbers |= {int(match[1]) for match in _matches(_ALONE, texts)}
        if len(numbers) == 1:
            found[page] = numbers.pop()
    return found


def _edges(lines: Sequence[TextLine]) -> list[str]:
    return [plain(line.text) for line in [*lines[:_EDGE], *lines[-_EDGE:]]]


def _matches(pattern: re.Pattern[str], texts: Sequence[str]) -> list[re.Match[str]]:
    return [match for text in texts if (match := pattern.fullmatch(text))]
