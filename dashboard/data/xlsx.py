"""Excel workbooks, by openpyxl."""

import io
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from dashboard.data.document import Cell, Document

BOLD = Font(bold=True)


def as_xlsx(document: Document) -> bytes:
    """A sheet `About` with the head and the meaning of columns, then a sheet a table.

    Texts are typed as texts, so that none is taken for a formula.
    """
    book = Workbook(write_only=True)
    about = book.create_sheet("About")
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 26, 90

    def cell(sheet: object, value: Cell, *, is_bold: bool = False) -> WriteOnlyCell:
        if isinstance(value, str):
            made = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("�", value))
            made.data_type = "s"
        elif isinstance(value, datetime):  # a sheet's moments have no zone
            made = WriteOnlyCell(sheet, value=value.isoformat())
        else:
            made = WriteOnlyCell(sheet, value=value)
        if is_bold:
            made.font = BOLD
        return made

    about.append([cell(about, document.title, is_bold=True)])
    for label, value in document.head:
        about.append([cell(about, label, is_bold=True), cell(about, value)])
    for table in document.tables:
        about.append([])
        about.append([cell(about, f"Columns of {table.name}", is_bold=True)])
        for column in table.columns:
            about.append([cell(about, column.name), cell(about, column.meaning)])
        sheet = book.create_sheet(table.name.replace("_", " "))
        sheet.freeze_panes = "A2"
        sheet.append([cell(sheet, column.name, is_bold=True) for column in table.columns])
        for row in table.cells():
            sheet.append([cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
