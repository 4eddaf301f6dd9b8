"""The files in which data leaves the site: one document, written in each format.

`WRITERS` maps a suffix to its content type and its writer.
"""

from collections.abc import Callable

from dashboard.data.document import Document
from dashboard.data.ods import as_ods
from dashboard.data.text import as_csv, as_json


def as_xlsx(document: Document) -> bytes:
    """An Excel workbook. openpyxl is imported when one is asked for: it slows every start."""
    from dashboard.data import xlsx

    return xlsx.as_xlsx(document)


WRITERS: dict[str, tuple[str, Callable[[Document], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "json": ("application/json; charset=utf-8", as_json),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", as_ods),
}
