"""A CSV as one plain table, and beside it what it holds, as CSV on the Web (W3C) has it."""

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from dashboard.data.document import LICENCE_URL, SOURCE, Column, Document, Table, head_of
from dashboard.data.text import as_csv
from dashboard.http.files import attached, named
from dashboard.state.opening import Opening

METADATA = "-metadata.json"  # after the address of the CSV
KIND = "application/csvm+json"
TERMS = {"As at": "dc:valid", "Known": "schema:version", "Source": "dc:source"}
ELSEWHERE = {*TERMS, "Licence"}


def csv_answer(document: Document, start: Opening) -> HttpResponse:
    """The first table as CSV or, by the suffix of the address, what describes it."""
    path = start.path.removesuffix(METADATA)
    if path != start.path:
        body = json.dumps(description(document, start, path), ensure_ascii=False, indent=1)
        return named(f"{body}\n", KIND, document.file_name("csv") + METADATA)
    response = attached(as_csv(document), "text/csv; charset=utf-8", document.file_name("csv"))
    beside = settings.SITE_URL + start.state.url(path + METADATA)
    response.headers["Link"] = f'<{beside}>; rel="describedby"; type="{KIND}"'
    response.headers["Access-Control-Expose-Headers"] = "Link"
    return response


def page_csv(
    name: str,
    columns: tuple[Column, ...],
    rows: Iterable[Any],
    start: Opening,
    *,
    source: str = SOURCE,
) -> HttpResponse:
    """The rows of a page as CSV, or what describes them."""
    page = start.path.split(".csv")[0] + "/"
    document = Document(
        title=f"Inspections of children's services in England: {name.replace('-', ' ')}",
        stem=f"{name}-as-at-{start.day}",
        head=head_of(start, page, source=source),
        tables=(Table(name, columns, tuple(rows)),),
    )
    return csv_answer(document, start)


def description(document: Document, start: Opening, path: str) -> dict[str, Any]:
    """Title, licence, source, both clocks and columns of the CSV at the path."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": settings.SITE_URL + start.state.url(path),
        "dc:title": document.title,
        "dc:license": {"@id": LICENCE_URL},
        **{TERMS[label]: value for label, value in document.head if label in TERMS},
        "rdfs:comment": [
            f"{label}: {value}" for label, value in document.head if label not in ELSEWHERE
        ],
        "tableSchema": {
            "columns": [
                {"name": row.name, "titles": row.name, "dc:description": row.meaning}
                for row in document.tables[0].columns
            ]
        },
    }
