"""What a workbook's column headers mean. Pure.

Headers are recognised by their words, never by their place. A header that means nothing known
makes its table unreadable: it is better to ask than to skip a column that matters.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ...records import Problems
from ..readers.pages import Sheet, SheetCell
from ..rules import ReadingRules
from ..wording.text import folded

_FIXED = (
    ("link", r"(?:ofsted |report )?(?:(?:web ?)?link|web ?(?:page|site)|url)(?: .*)?"),
    (
        "code",
        r"(?:ons(?: area)?|gss|area|(?:local authority|la)(?: area| ons| gss))(?: gss| ons)? code",
    ),
    ("la_code", r"(?:dfe )?(?:local authority|la|dfe) (?:code|number|no)"),
    ("urn", r"(?:local authority |la |ofsted )?urn"),
    (
        "name",
        r"(?:local authority|council|la|authority)(?: la)?(?: name)?|"
        r"name of (?:the )?(?:local authority|council)",
    ),
    ("region", r"(?:ofsted|la|local authority)?(?: ?phase)? ?region"),
    ("other_region", r"(?:government office|ons|gor|former ofsted|statistical) region"),
    ("status", r"(?:local authority|la) status"),
    ("council_type", r"(?:la|local authority) (?:authority )?type|type of (?:local )?authority"),
    (
        "start",
        r"inspection(?: or)? ?visit(?: start)? date|(?:inspection )?start date(?: of .*)?|"
        r"inspection date|date of inspection(?: ?(?:or )?visit)?|visit date|"
        r"(?:latest|most recent) (?:full )?inspection(?: start)? date|inspection start|"
        r"date of (?:the )?(?:latest|most recent) (?:full )?inspection|date inspection started|"
        r"first day of (?:the )?inspection|inspection first day",
    ),
    ("end", r"(?:inspection )?end date(?: of .*)?"),
    (
        "published",
        r"(?:report )?publication date|date (?:report )?(?:of publication|published)|"
        r"published(?: date| on)?",
    ),
    ("type", r"(?:inspection|event)(?: or)? ?(?:visit )?type|type of (?:inspection|visit)(?: .*)?"),
    ("number", r"(?:inspection|event)(?: visit)? (?:number|id|reference)"),
    ("notes", r"notes?|comments?"),
    ("theme", r"(?:visit )?theme(?: of visit)?|visit topic"),
)
_SHORT_AREAS = {
    # Workbooks to 2024 shorten the first area's name.
    "impact of leaders": "leaders",
    "help and protection": "help_and_protection",
    "children in care": "in_care",
    "children in care and care leavers": "in_care_and_care_leavers",
    "care leavers": "care_leavers",
    "overall effectiveness": "overall",
    "overall effectiveness grade": "overall",
    "overall effectiveness judgement": "overall",
    "overall effectiveness oe": "overall",
    "overall judgement": "overall",
    "overall grade": "overall",
    "latest overall effectiveness": "overall",
    "impact of leaders on social work practice": "leaders",
    "children who need help and protection": "help_and_protection",
}
_NOTE_MARK = re.compile(r"(?i)\[(?:note )?\d{1,2}\]")
"""The government's marks of notes in tables: "Inspection date [note 2]"."""
HEADER_ROWS = 12
"""Rows after the sheet's first in which a table's header may stand; titles come before it."""


@dataclass(frozen=True)
class SheetTable:
    """One table of a sheet: what each column means, and its rows."""

    sheet: str
    header_row: int
    columns: dict[int, str]
    rows: tuple[tuple[int, tuple[SheetCell, ...]], ...]

    def place(self, row: int) -> str:
        return f"sheet '{self.sheet}', row {row}"


def without_note_mark(text: str) -> str:
    return _NOTE_MARK.sub("", text).strip()


def column_meaning(header: str, rules: ReadingRules) -> str | None:
    """``link``, ``name``, …, or ``area:<code>``; ``None`` where the header means nothing known."""
    text = folded(without_note_mark(header))
    for key, pattern in _FIXED:
        if re.fullmatch(pattern, text):
            return key
    bare = re.sub(r"^(?:the )?", "", text)
    if bare in _SHORT_AREAS:
        return f"area:{_SHORT_AREAS[bare]}"
    codes = {
        area.code
        for framework in rules.frameworks
        for area in framework.areas
        if re.sub(r"^the ", "", folded(area.official_name)) == bare
    }
    return f"area:{codes.pop()}" if len(codes) == 1 else None


def is_header(cells: Sequence[SheetCell]) -> bool:
    """A row with a column for the council's name and at least four headers in all."""
    texts = [folded(without_note_mark(cell.text)) for cell in cells if cell.text]
    names = [text for text in texts if re.fullmatch(dict(_FIXED)["name"], text)]
    return len(names) == 1 and len(texts) >= 4


def find_tables(sheet: Sheet, rules: ReadingRules, problems: Problems) -> list[SheetTable]:
    """The tables of a sheet of plain headers (not of the wide history)."""
    starts = [i for i, (_, cells) in enumerate(sheet.rows) if is_header(cells)]
    tables: list[SheetTable] = []
    for start, end in zip(starts, [*starts[1:], len(sheet.rows)], strict=True):
        number, cells = sheet.rows[start]
        columns: dict[int, str] = {}
        for index, cell in enumerate(cells):
            if not cell.text:
                continue
            meaning = column_meaning(cell.text, rules)
            if meaning is not None and meaning not in columns.values():
                columns[index] = meaning
                continue
            problems.refuse(
                f"sheet '{sheet.name}', row {number}", "columns",
                f'two columns that mean "{meaning}"'
                if meaning
                else f'the column "{cell.text[:80]}"',
                "only columns whose meaning is known, once each",
                "If Ofsted has a new column, teach it to workbook_columns.py.",
            )  # fmt: skip
        tables.append(SheetTable(sheet.name, number, columns, tuple(sheet.rows[start + 1 : end])))
    return tables
