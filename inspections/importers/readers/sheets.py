"""Sheets out of .ods and .xlsx archives by streaming their XML. Used by :mod:`.formats` only.

defusedxml refuses entities, so an entity bomb never expands. Cells are counted while reading:
repeated and empty cells cost nothing, and limits stop a sheet of a million rows. Why no library:
decision record 7.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from .limits import Limits, UnreadableFileError
from .pages import Sheet, SheetCell

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DATE_FORMAT_IDS = frozenset(range(14, 18)) | {22, 27, 28, 29, 30, 31, 36, 50, 57}
_EMPTY = SheetCell()


class _Budget:
    """Counts cells with content over the whole workbook."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.cells = 0

    def spend(self, n_cells: int, place: str) -> None:
        self.cells += n_cells
        if self.cells > self.limits.cells:
            raise UnreadableFileError(
                found=f"more than {self.limits.cells:,} cells",
                expected="a workbook of inspections",
                advice="Check what this file is.",
                place=place,
            )

    def text(self, value: str, place: str) -> str:
        if len(value) > self.limits.cell_characters:
            raise UnreadableFileError(
                found=f"a cell of {len(value):,} characters",
                expected=f"at most {self.limits.cell_characters:,}",
                advice="Check what this file is.",
                place=place,
            )
        return re.sub(r"[\s\u00a0]+", " ", value).strip()


def _events(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[str, Element]]:
    try:
        with archive.open(name) as stream:
            yield from iterparse(stream, events=("start", "end"))
    except DefusedXmlException as error:
        raise UnreadableFileError(
            found="XML entities (an entity bomb?)",
            expected="plain XML",
            advice="Do not open this file; download it from Ofsted's site again.",
            place=name,
        ) from error
    except ParseError as error:
        raise UnreadableFileError(
            found=f"damaged XML ({str(error)[:80]})",
            expected="a whole workbook",
            advice="Download the file from Ofsted's site again.",
            place=name,
        ) from error


def ods_sheets(archive: zipfile.ZipFile, limits: Limits) -> Iterator[Sheet]:
    """Every sheet of an OpenDocument workbook with its filled rows."""
    budget = _Budget(limits)
    name, row_number, repeat = "", 0, 1
    rows: list[tuple[int, tuple[SheetCell, ...]]] = []
    cells: list[SheetCell] | None = None
    for event, element in _events(archive, "content.xml"):
        tag = element.tag
        if event == "start":
            if tag == f"{_TABLE}table":
                name, row_number, rows = element.get(f"{_TABLE}name", ""), 0, []
            elif tag == f"{_TABLE}table-row":
                cells = []
                repeat = _count(element.get(f"{_TABLE}number-rows-repeated"))
            continue
        if tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell") and cells is not None:
            cell = _ods_cell(element, budget, f"sheet '{name}', row {row_number + 1}")
            times = _count(element.get(f"{_TABLE}number-columns-repeated"))
            if cell != _EMPTY and len(cells) + times > limits.columns:
                _too_wide(name, row_number + 1, limits)
            cells.extend([cell] * min(times, limits.columns))
            element.clear()
        elif tag == f"{_TABLE}table-row" and cells is not None:
            filled = _trim(cells)
            if filled:
                for offset in range(repeat):
                    budget.spend(len(filled), f"sheet '{name}', row {row_number + 1}")
                    rows.append((row_number + 1 + offset, filled))
            row_number += repeat
            cells = None
            element.clear()
        elif tag == f"{_TABLE}table":
            yield Sheet(name, tuple(rows))
            element.clear()


def _ods_cell(element: Element, budget: _Budget, place: str) -> SheetCell:
    day = element.get(f"{_OFFICE}date-value", "")[:10]
    formula = element.get(f"{_TABLE}formula", "")
    text = "\n".join("".join(part.itertext()) for part in element.findall(f"{_TEXT}p"))
    if not text and not day and not formula:
        return _EMPTY
    return SheetCell(budget.text(text, place), day, formula[:400])


def _count(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() else 1


def _trim(cells: list[SheetCell]) -> tuple[SheetCell, ...]:
    while cells and cells[-1] == _EMPTY:
        cells.pop()
    return tuple(cells)


def _too_wide(sheet: str, row: int, limits: Limits) -> None:
    raise UnreadableFileError(
        found=f"more than {limits.columns} columns",
        expected="a table of inspections",
        advice="Check what this file is.",
        place=f"sheet '{sheet}', row {row}",
    )


def xlsx_sheets(archive: zipfile.ZipFile, limits: Limits) -> Iterator[Sheet]:
    """Every worksheet of an Office Open XML workbook with its filled rows."""
    budget = _Budget(limits)
    names = set(archive.namelist())
    strings = _shared_strings(archive, budget) if "xl/sharedStrings.xml" in names else []
    date_styles = _date_styles(archive) if "xl/styles.xml" in names else frozenset()
    targets = _targets(archive)
    first_day, sheets = date(1899, 12, 30), []
    for event, element in _events(archive, "xl/workbook.xml"):
        if event == "end" and element.tag == f"{_MAIN}workbookPr":
            if element.get("date1904") in ("1", "true"):
                first_day = date(1904, 1, 1)
        elif event == "end" and element.tag == f"{_MAIN}sheet":
            sheets.append((element.get("name", ""), element.get(f"{_REL}id", "")))
    for name, key in sheets:
        target = targets.get(key, "")
        if target not in names:
            continue
        rows: list[tuple[int, tuple[SheetCell, ...]]] = []
        number = 0
        for event, element in _events(archive, target):
            if event != "end" or element.tag != f"{_MAIN}row":
                continue
            number = _count(element.get("r")) if element.get("r") else number + 1
            cells: list[SheetCell] = []
            for position, item in enumerate(element.findall(f"{_MAIN}c")):
                column = _column(item.get("r", ""), position)
                if column >= limits.columns:
                    _too_wide(name, number, limits)
                cells.extend([_EMPTY] * (column - len(cells)))
                place = f"sheet '{name}', row {number}"
                cells.append(_xlsx_cell(item, strings, date_styles, first_day, budget, place))
            filled = _trim(cells)
            if filled:
                budget.spend(len(filled), f"sheet '{name}', row {number}")
                rows.append((number, filled))
            element.clear()
        yield Sheet(name, tuple(rows))


def _xlsx_cell(
    item: Element,
    strings: list[str],
    date_styles: frozenset[int],
    first_day: date,
    budget: _Budget,
    place: str,
) -> SheetCell:
    kind = item.get("t", "n")
    formula_element = item.find(f"{_MAIN}f")
    formula = (formula_element.text or "shared formula") if formula_element is not None else ""
    value = item.findtext(f"{_MAIN}v") or ""
    day = ""
    if kind == "s":
        index = int(value) if value.isascii() and value.isdigit() else -1
        text = strings[index] if 0 <= index < len(strings) else ""
    elif kind == "inlineStr":
        text = "".join(part.text or "" for part in item.iter(f"{_MAIN}t"))
    else:
        text = value
        if kind == "n" and value and _count(item.get("s")) in date_styles and item.get("s"):
            try:
                moved = first_day + timedelta(days=int(float(value)))
                day = moved.isoformat()
            except (ValueError, OverflowError):
                day = ""
    if not text and not formula:
        return _EMPTY
    return SheetCell(budget.text(text, place), day, formula[:400])


def _column(reference: str, position: int) -> int:
    letters = re.match(r"[A-Z]{1,3}", reference)
    if not letters:
        return position
    number = 0
    for letter in letters.group():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _shared_strings(archive: zipfile.ZipFile, budget: _Budget) -> list[str]:
    strings = []
    for event, element in _events(archive, "xl/sharedStrings.xml"):
        if event == "end" and element.tag == f"{_MAIN}si":
            text = "".join(part.text or "" for part in element.iter(f"{_MAIN}t"))
            strings.append(budget.text(text, "shared strings"))
            budget.spend(1, "shared strings")
            element.clear()
    return strings


def _date_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """Indexes of cell styles whose number format shows a day."""
    custom: set[int] = set()
    found: set[int] = set()
    inside = False
    index = 0
    for event, element in _events(archive, "xl/styles.xml"):
        if element.tag == f"{_MAIN}cellXfs":
            inside = event == "start"
        elif event == "start" and element.tag == f"{_MAIN}xf" and inside:
            number = _count(element.get("numFmtId"))
            if number in _DATE_FORMAT_IDS or number in custom:
                found.add(index)
            index += 1
        elif event == "end" and element.tag == f"{_MAIN}numFmt":
            code = re.sub(r'\[[^\]]*\]|"[^"]*"|\\.', "", element.get("formatCode", "")).lower()
            if "d" in code and "y" in code:
                custom.add(_count(element.get("numFmtId")))
    return frozenset(found)


def _targets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Relation id → path inside the archive; targets outside the archive are left out."""
    targets = {}
    for event, element in _events(archive, "xl/_rels/workbook.xml.rels"):
        if event == "end" and element.get("Id") and element.get("TargetMode") != "External":
            path = element.get("Target", "")
            joined = path.lstrip("/") if path.startswith("/") else posixpath.join("xl", path)
            targets[element.get("Id", "")] = posixpath.normpath(joined)
    return targets
