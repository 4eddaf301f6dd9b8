"""The one door to file formats: PDF here, workbooks in :mod:`.archives` and :mod:`.sheets`.

It checks a file before and while opening it and hands on plain lines and sheets
(:mod:`.pages`). Everything it refuses is an :class:`~.limits.UnreadableFileError`. It is meant
to run in a child process (:mod:`.pool`): a hostile PDF can make the C library crash or hang.
"""

import ctypes
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from .archives import read_workbook
from .limits import Limits, UnreadableFileError
from .pages import LINE_END_HYPHEN, Pdf, Segment, TextLine, Workbook, shown_name

POSITIONED_PAGES = 2
"""Judgement tables stand on pages 1 to 2; the 2013 record of findings on the last page."""
LAST_POSITIONED_PAGES = 1
CELL_GAP_EMS = 0.9
"""A gap wider than this times the letter height parts two cells of a row."""
MIN_CHARACTERS_PER_PAGE = 40

Placed = tuple[float, float, float, float, float, str]
"""A character: baseline, left, right, bottom, top (points) and itself."""

_TEXT = "a text file (a list as .csv?)"
_DOWNLOAD_AGAIN = "Download the file from Ofsted's site again."


def read_file(path: Path, limits: Limits) -> Pdf | Workbook:
    """Read one PDF, .ods or .xlsx, known by its content and not by its name.

    Raises :class:`UnreadableFileError` with what was found and expected.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(1024)
    except OSError as error:
        raise UnreadableFileError(
            found=f"a file that cannot be opened ({error.strerror})",
            expected="a readable file",
            advice="Check the name and the permissions.",
        ) from error
    if size == 0:
        raise UnreadableFileError(
            found="an empty file", expected="a PDF or a workbook", advice=_DOWNLOAD_AGAIN
        )
    if head.lstrip().startswith(b"%PDF-"):
        _check_size(size, limits.pdf_bytes)
        return _read_pdf(path, limits)
    if head.startswith(b"PK\x03\x04"):
        _check_size(size, limits.workbook_bytes)
        return read_workbook(path, limits)
    found = _describe_head(head)
    raise UnreadableFileError(
        found=found,
        expected="a PDF (starting with %PDF-) or a workbook (.ods, .xlsx)",
        advice="Open the list in a spreadsheet and save it as .ods or .xlsx."
        if found == _TEXT
        else _DOWNLOAD_AGAIN,
    )


def _check_size(size: int, most: int) -> None:
    if size > most:
        raise UnreadableFileError(
            found=f"a file of {size / 1e6:,.0f} MB",
            expected=f"at most {most / 1e6:,.0f} MB",
            advice="Ofsted's reports and workbooks are far smaller; check what this file is.",
        )


def _describe_head(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")) or b"<html" in start:
        return "a web page (HTML)"
    if start.startswith(b"<?xml"):
        return "an XML file"
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return "an old Office file (.xls or .doc), or one protected by a password"
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or re.fullmatch(rb"[^\x00-\x08]+", start):
        return _TEXT
    return "a file of another kind"


def _read_pdf(path: Path, limits: Limits) -> Pdf:
    document = _open_pdf(path)
    try:
        n_pages = len(document)
        if n_pages == 0 or n_pages > limits.pages:
            raise UnreadableFileError(
                found=f"a PDF of {n_pages:,} pages",
                expected=f"1 to {limits.pages} pages",
                advice="Check what this file is; a report has 8 to 60 pages.",
            )
        lines: list[TextLine] = []
        segments: dict[int, tuple[Segment, ...]] = {}
        characters = 0
        for number in range(1, n_pages + 1):
            try:
                page = document[number - 1]
                text = page.get_textpage()
            except pypdfium2.PdfiumError as error:
                raise UnreadableFileError(
                    found="a damaged page",
                    expected="a whole PDF",
                    advice=_DOWNLOAD_AGAIN,
                    place=f"page {number}",
                ) from error
            units, page_lines = _page_lines(text, number)
            characters += len(units)
            if characters > limits.characters:
                raise UnreadableFileError(
                    found=f"more than {limits.characters:,} characters",
                    expected="a report or letter",
                    advice="Check what this file is.",
                    place=f"page {number}",
                )
            lines.extend(page_lines)
            if number <= POSITIONED_PAGES or number > n_pages - LAST_POSITIONED_PAGES:
                segments[number] = _segments(text, units)
            text.close()
            page.close()
        visible = sum(len(line.text.strip()) for line in lines)
        if visible < MIN_CHARACTERS_PER_PAGE * min(n_pages, 3):
            raise UnreadableFileError(
                found=f"a PDF of {n_pages} pages without text (a scan?)",
                expected="a PDF whose text can be read",
                advice="Read it yourself and enter the inspection by hand.",
            )
        title = str(document.get_metadata_dict().get("Title", ""))[:300]
        return Pdf(shown_name(path), n_pages, tuple(lines), segments, title)
    finally:
        document.close()


def _open_pdf(path: Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise UnreadableFileError(
                found="a PDF protected by a password",
                expected="an open PDF",
                advice="Ofsted publishes its reports without passwords: download it again.",
            ) from error
        raise UnreadableFileError(
            found="a damaged or cut PDF", expected="a whole PDF", advice=_DOWNLOAD_AGAIN
        ) from error


def _page_lines(text: pypdfium2.PdfTextPage, page: int) -> tuple[str, list[TextLine]]:
    """The page's characters (one UTF-16 unit each) and its lines in stream order."""
    count = pdfium.FPDFText_CountChars(text.raw)
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text.raw, 0, count, buffer) if count > 0 else 0
    units = "".join(map(chr, buffer[: max(written - 1, 0)]))
    aligned = len(units) == count
    lines: list[TextLine] = []
    for match in re.finditer(r"[^\r\n]+", units):
        raw = match.group()
        clean = _tidy(raw)
        if not clean:
            continue
        if aligned:
            first = match.start() + len(raw) - len(raw.lstrip())
            letter = next((i for i, unit in enumerate(raw) if unit.isalnum()), None)
            sized = first if letter is None else match.start() + letter
            left, baseline, size = _character_place(text, first, sized)
        else:
            left = baseline = size = 0.0
        lines.append(TextLine(page, clean, left, baseline, size))
    return (units if aligned else "", lines)


def _tidy(raw: str) -> str:
    # PDFium joins lines at a hyphen and marks it as U+0002 or U+FFFE.
    raw = re.sub(r"[\x02\ufffe\u00ad]", LINE_END_HYPHEN, raw)
    raw = re.sub(r"[\u200b-\u200f\u2060\ufeff]", "", raw)  # marks without a width
    raw = raw.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return re.sub(r"[\s\u00a0]+", " ", raw).strip()


def _character_place(
    text: pypdfium2.PdfTextPage, index: int, sized: int
) -> tuple[float, float, float]:
    """Where a character stands, and the size of the line's first letter (a bullet's differs)."""
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text.raw, index, x, y)
    return x.value, y.value, pdfium.FPDFText_GetFontSize(text.raw, sized)


def _segments(text: pypdfium2.PdfTextPage, units: str) -> tuple[Segment, ...]:
    """Group the page's characters by place alone: rows first, then cells within a row."""
    left, right = ctypes.c_double(), ctypes.c_double()
    bottom, top = ctypes.c_double(), ctypes.c_double()
    x, y = ctypes.c_double(), ctypes.c_double()
    placed: list[Placed] = []
    for index, unit in enumerate(units):
        if unit in "\r\n" or unit.isspace():
            continue
        if not pdfium.FPDFText_GetCharBox(text.raw, index, left, right, bottom, top):
            continue
        pdfium.FPDFText_GetCharOrigin(text.raw, index, x, y)
        placed.append((y.value, left.value, right.value, bottom.value, top.value, unit))
    placed.sort(key=lambda item: -item[0])
    rows: list[list[Placed]] = []
    for item in placed:
        if rows and abs(rows[-1][0][0] - item[0]) <= 2.0:
            rows[-1].append(item)
        else:
            rows.append([item])
    return tuple(s for number, row in enumerate(rows) for s in _row_segments(number, row))


def _row_segments(number: int, row: list[Placed]) -> Iterator[Segment]:
    row.sort(key=lambda item: item[1])
    height = max(4.0, sorted(item[4] - item[3] for item in row)[-1])
    run = [row[0]]
    for item in row[1:]:
        if item[1] - run[-1][2] > height * CELL_GAP_EMS:
            yield _segment(number, run, height)
            run = []
        run.append(item)
    yield _segment(number, run, height)


def _segment(number: int, run: list[Placed], height: float) -> Segment:
    letters = [run[0][5]]
    for before, item in itertools.pairwise(run):
        if item[1] - before[2] > height * 0.18:
            letters.append(" ")
        letters.append(item[5])
    return Segment(
        number,
        _tidy("".join(letters)),
        run[0][1],
        run[-1][2],
        min(item[3] for item in run),
        max(item[4] for item in run),
    )
