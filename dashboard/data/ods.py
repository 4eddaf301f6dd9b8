"""OpenDocument spreadsheets: a zip of four small XML files, written by hand.

Why no library: decision record 7. The format needed here is one page of ISO/IEC 26300.
"""

import io
import re
import zipfile
from datetime import date, datetime
from xml.sax.saxutils import escape, quoteattr

from dashboard.data.document import Cell, Document

KIND = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" '
    'office:version="1.3"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
MANIFEST = (
    f"{HEAD}<manifest:manifest "
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
    'manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
STYLES = f"{HEAD}<office:document-styles {NAMES}><office:styles/></office:document-styles>"
AUTOMATIC = (
    "<office:automatic-styles>"
    '<number:date-style style:name="day"><number:year number:style="long"/>'
    "<number:text>-</number:text>"
    '<number:month number:style="long"/><number:text>-</number:text>'
    '<number:day number:style="long"/></number:date-style>'
    '<style:style style:name="d" style:family="table-cell" style:data-style-name="day"/>'
    '<style:style style:name="b" style:family="table-cell">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    "</office:automatic-styles>"
)
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_ods(document: Document) -> bytes:
    """A sheet `About` with the head and the meaning of columns, then a sheet a table."""
    about: list[list[tuple[Cell, str]]] = [[(document.title, "b")]]
    about += [[(label, "b"), (value, "")] for label, value in document.head]
    sheets = []
    for table in document.tables:
        about.append([])
        about.append([(f"Columns of {table.name}", "b")])
        about += [[(column.name, ""), (column.meaning, "")] for column in table.columns]
        lines: list[list[tuple[Cell, str]]] = [[(column.name, "b") for column in table.columns]]
        lines += [[(cell, "") for cell in row] for row in table.cells()]
        sheets.append(_sheet(table.name.replace("_", " "), lines))
    body = _sheet("About", about) + "".join(sheets)
    content = (
        f"{HEAD}<office:document-content {NAMES}>{AUTOMATIC}<office:body>"
        f"<office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        # The kind of file stands first and uncompressed, so that it can be told by its bytes. A
        # ZipInfo has no clock: the same document is the same bytes.
        archive.writestr(zipfile.ZipInfo("mimetype"), KIND, zipfile.ZIP_STORED)
        parts = {"META-INF/manifest.xml": MANIFEST, "styles.xml": STYLES, "content.xml": content}
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _sheet(name: str, lines: list[list[tuple[Cell, str]]]) -> str:
    rows = "".join(
        "<table:table-row>"
        + ("".join(_cell(value, style) for value, style in line) or "<table:table-cell/>")
        + "</table:table-row>"
        for line in lines
    )
    return f"<table:table table:name={quoteattr(name)}><table:table-column/>{rows}</table:table>"


def _cell(value: Cell, style: str) -> str:
    look = f' table:style-name="{style}"' if style else ""
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, bool):
        kind = f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
        text = str(value).upper()
        return f"<table:table-cell{look} {kind}><text:p>{text}</text:p></table:table-cell>"
    if isinstance(value, int | float):
        kind = f'office:value-type="float" office:value="{value}"'
        return f"<table:table-cell{look} {kind}><text:p>{value}</text:p></table:table-cell>"
    if isinstance(value, date) and not isinstance(value, datetime):
        kind = f'table:style-name="d" office:value-type="date" office:date-value="{value}"'
        return f"<table:table-cell {kind}><text:p>{value}</text:p></table:table-cell>"
    text = escape(FORBIDDEN.sub("�", str(value)))
    kind = 'office:value-type="string"'
    return f"<table:table-cell{look} {kind}><text:p>{text}</text:p></table:table-cell>"
