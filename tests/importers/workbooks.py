"""Writes small workbooks as .ods and .xlsx, by hand, in the shapes Ofsted's have."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

Value = str | date | None
Sheets = Mapping[str, Sequence[Sequence[Value]]]

_ODS_HEAD = (
    '<?xml version="1.0"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    "<office:body><office:spreadsheet>"
)
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_REL = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def write_ods(path: Path, sheets: Sheets) -> Path:
    parts = [_ODS_HEAD]
    for name, rows in sheets.items():
        parts.append(f"<table:table table:name={quoteattr(name)}>")
        for row in rows:
            parts.append("<table:table-row>")
            parts += [_ods_cell(value) for value in row]
            parts.append(
                '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
            )
        parts.append(
            '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/>'
            "</table:table-row></table:table>"
        )
    parts.append("</office:spreadsheet></office:body></office:document-content>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "".join(parts))
    return path


def _ods_cell(value: Value) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, date):
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{value}">'
            f"<text:p>{value:%d/%m/%Y}</text:p></table:table-cell>"
        )
    formula = ""
    if value.startswith("="):
        formula, value = f" table:formula={quoteattr('of:' + value)}", "Ofsted webpage"
    return (
        f'<table:table-cell office:value-type="string"{formula}>'
        f"<text:p>{escape(value)}</text:p></table:table-cell>"
    )


def write_xlsx(path: Path, sheets: Sheets, *, extra: Mapping[str, bytes] | None = None) -> Path:
    """Dates are numbers with a date style; ``extra`` adds members (macros, links)."""
    entries, relations = [], []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for index, (name, rows) in enumerate(sheets.items(), start=1):
            entries.append(f'<sheet name={quoteattr(name)} sheetId="{index}" r:id="rId{index}"/>')
            relations.append(
                f'<Relationship Id="rId{index}" Target="worksheets/sheet{index}.xml"/>'
            )
            body = "".join(
                f'<row r="{number}">{_xlsx_row(number, row)}</row>'
                for number, row in enumerate(rows, start=1)
            )
            archive.writestr(
                f"xl/worksheets/sheet{index}.xml",
                f"<worksheet {_MAIN}><sheetData>{body}</sheetData></worksheet>",
            )
        archive.writestr(
            "xl/workbook.xml",
            f"<workbook {_MAIN} {_REL}><sheets>{''.join(entries)}</sheets></workbook>",
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f"{''.join(relations)}</Relationships>",
        )
        archive.writestr(
            "xl/styles.xml",
            f'<styleSheet {_MAIN}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
            "</styleSheet>",
        )
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return path


def _xlsx_row(number: int, row: Sequence[Value]) -> str:
    cells = []
    for column, value in enumerate(row):
        reference = f"{chr(65 + column)}{number}"
        if isinstance(value, date):
            days = (value - date(1899, 12, 30)).days
            cells.append(f'<c r="{reference}" s="1"><v>{days}</v></c>')
        elif value and value.startswith("="):
            cells.append(f'<c r="{reference}" t="str"><f>{escape(value[1:])}</f><v>Webpage</v></c>')
        elif value:
            cells.append(f'<c r="{reference}" t="inlineStr"><is><t>{escape(value)}</t></is></c>')
    return "".join(cells)


LINK = '=HYPERLINK("https://reports.ofsted.example/provider/44/1","Ofsted webpage")'
RI = "Requires improvement to be good"

AS_AT_2025 = (
    ("Local authority inspection judgements as at 31 March 2025",),
    ("This worksheet contains one table.",),
    (
        "Web link",
        "Local authority area code",
        "Local authority name",
        "Ofsted region",
        "Inspection date",
        "Publication date",
        "Overall effectiveness",
        "The impact of leaders on social work practice with children and families",
        "The experiences and progress of children who need help and protection",
        "The experiences and progress of children in care",
        "The experiences and progress of care leavers",
    ),
    (
        LINK, "E99000001", "Exampleshire", "South East",
        date(2024, 6, 10), date(2024, 7, 23), "Good", "Good", RI, "Outstanding", "Inadequate",
    ),
    (
        LINK, "E99000002", "Northbridge", "North West",
        date(2021, 7, 5), date(2021, 8, 20), RI, "Good", RI, RI, None,
    ),
)  # fmt: skip
IN_YEAR_2023 = (
    ("Local authority in-year activity 2022-23",),
    (),
    (),
    (
        "Web link", "Local authority name", "Ofsted region", "Inspection/Visit date",
        "Inspection/Visit type", "Overall effectiveness", "Impact of leaders",
        "Experiences and progress of children who need help and protection",
        "Experiences and progress of children in care",
        "Experiences and progress of care leavers", "Visit Theme",
    ),
    (
        LINK, "Exampleshire", "South East", "04/05/2022", "ILACS Focused Visit",
        None, None, None, None, None, "Front door",
    ),
    (
        LINK, "Northbridge", "North West", "06/02/2023", "ILACS Short Inspection",
        "Good", "Good", "Good", RI, "Outstanding", None,
    ),
    (
        LINK, "Northbridge", "North West", "01/06/2022", "LA Monitoring visit",
        None, None, None, None, None, "Children in care",
    ),
)  # fmt: skip
HISTORY_2025 = (
    ("ILACS inspection history from 2018-2025",),
    (
        "Web link", "Local authority area code", "Local authority name",
        "Local authority status", "Ofsted region", "Inspection date", "Publication date",
        "Inspection type", "Overall effectiveness",
        "The impact of leaders on social work practice with children and families",
        "The experiences and progress of children who need help and protection",
        "The experiences and progress of children in care",
        "The experiences and progress of care leavers",
    ),
    (
        LINK, "E99000001", "Exampleshire", "Current", "South East", date(2019, 5, 13),
        date(2019, 7, 1), "ILACS Standard Inspection", "Good", "Good", "Good", RI, None,
    ),
    (
        LINK, "E99000001", "Exampleshire", "Current", "South East", date(2024, 6, 10),
        date(2024, 7, 23), "ILACS Short Inspection", "Good", "Good", RI, "Outstanding",
        "Inadequate",
    ),
)  # fmt: skip
_WIDE_HEADER = (
    "Web link", "Local authority name", "LA region", "LA Authority Type",
    "Safeguarding & Looked After Children (SLAC) Inspection publication date",
    "SLAC Safeguarding Overall effectiveness (OE)",
    "SLAC Looked After Children Overall Effectiveness (OE)",
    "Single Inspection of LA Children's Services (SIF) First SIF publication date",
    "First SIF Overall Judgement (OE)",
    "First SIF children who need help and protection",
    "First SIF children looked after and achieving permanence",
    "First SIF CLA Sub: Adoption Performance",
    "First SIF CLA Sub: Experiences and progress of care leavers",
    "First SIF leadership, management and governance",
    "LSCB Overall Effectiveness",
    "ILACS framework inspection type", "ILACS framework publication date",
    "ILACS framework overall effectiveness", "ILACS framework impact of leaders",
    "ILACS framework experiences and progress of children who need help and protection",
    "ILACS framework experiences and progress of children in care and care leavers",
)  # fmt: skip
WIDE_HISTORY = (
    ("LA inspections 2009-2022",),
    ("Table 10",),
    _WIDE_HEADER,
    (
        LINK, "Exampleshire", "South East", "Shire County", date(2012, 7, 27), "Good", RI,
        date(2014, 7, 7), RI, RI, "Good", "Good", "Good", RI, "Inadequate",
        "ILACS Standard Inspection", date(2019, 7, 1), "Good", "Good", "Good", RI,
    ),
    ("Table 11: authorities that exist no longer",),
    _WIDE_HEADER,
    (
        LINK, "Oldtown", "South West", "Unitary", date(2011, 4, 8), "Good", "Good",
        date(2014, 6, 30), RI, RI, RI, "-", "Good", RI, RI, None, None, None, None, None, None,
    ),
)  # fmt: skip
