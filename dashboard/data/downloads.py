"""Full downloads of the record, the data dictionary, and a council's page as one file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboard.data import tables as record_tables
from dashboard.data.archive import DEFINITIONS, frameworks_of, metadata, readme, zipped
from dashboard.data.columns import FACTS
from dashboard.data.described import csv_answer
from dashboard.data.document import Document
from dashboard.data.package import as_json, described
from dashboard.data.sqlite import as_sqlite
from dashboard.data.text import csv_table
from dashboard.data.writers import WRITERS
from dashboard.http.answers import asks
from dashboard.http.files import attached
from dashboard.state.address import PlainState
from dashboard.state.opening import Opening, opening

RECORD_SUFFIXES = ("json", "zip", "sqlite")


@asks(PlainState)
@require_safe
def record(request: HttpRequest, suffix: str) -> HttpResponse:
    """The whole public record in one file, as at the clocks of the address."""
    start = opening(request)
    document = record_tables.document(start)
    if suffix == "sqlite":
        content, kind = as_sqlite(document), "application/vnd.sqlite3"
    elif suffix == "zip":
        content, kind = record_zip(document, start), "application/zip"
    else:
        kind, write = WRITERS[suffix]
        content = write(document)
    return attached(content, kind, document.file_name(suffix))


def record_zip(document: Document, start: Opening) -> bytes:
    """Every table as CSV, with the data dictionary."""
    files = {f"{table.name}.csv": csv_table(table).encode() for table in document.tables}
    files["metadata.json"] = metadata(
        document,
        definitions=DEFINITIONS,
        frameworks=frameworks_of(start.book, start.day),
        version=start.now.version,
    )
    files["datapackage.json"] = as_json(described(document, start, lambda name: f"{name}.csv"))
    files["readme.txt"] = readme(document, [*files, "readme.txt"])
    return zipped(files)


@asks(PlainState)
@require_safe
def table(request: HttpRequest, name: str) -> HttpResponse:
    """One table of the record as CSV, or what describes it."""
    start = opening(request)
    one = record_tables.document(start, {name})
    stem = f"{name.replace('_', '-')}-as-at-{start.day}"
    document = Document(f"{one.title}: {name}", stem, one.head, one.tables)
    return csv_answer(document, start)


@asks(PlainState)
@require_safe
def dictionary(request: HttpRequest) -> HttpResponse:
    context = opening(request).context(
        "Data dictionary", tables=record_tables.TABLES, facts=FACTS.values()
    )
    return render(request, "dashboard/dictionary.html", context)
