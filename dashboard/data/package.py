"""The record's tables as a Frictionless data package, and as schema.org/Dataset.

https://specs.frictionlessdata.io/tabular-data-package/
"""

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from dashboard.data import tables
from dashboard.data.document import LICENCE, LICENCE_URL, SOURCE, STATISTICS, Column, Document
from dashboard.http.answers import asks
from dashboard.http.files import named
from dashboard.state.address import PlainState
from dashboard.state.opening import Opening, opening

NAME = "inspections-of-childrens-services-in-england"
ABOUT = (
    "What Ofsted's inspectors have judged in every council's children's services in England, "
    "when, what came in between, what they asked for, and published figures beside it."
)
TYPES = {
    str: "string", datetime | None: "datetime", date | None: "date", bool | None: "boolean",
    int | None: "integer", float | None: "number",
}  # fmt: skip
DIALECT = {
    "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True,
    "header": True,
}  # fmt: skip
LICENCES = [{"name": "OGL-UK-3.0", "title": LICENCE, "path": LICENCE_URL}]


def described(document: Document, start: Opening, path_of: Callable[[str], str]) -> dict[str, Any]:
    """The package of a document's tables, each a CSV at `path_of` its name."""
    found = {
        "profile": "tabular-data-package",
        "name": NAME,
        "title": document.title,
        "description": f"{ABOUT} {start.coverage}".strip(),
        "homepage": settings.SITE_URL + start.state.url("/data/"),
        "version": str(start.now.version),
        "licenses": LICENCES,
        "sources": [{"title": SOURCE}, {"title": STATISTICS}],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": table.name,
                "path": path_of(table.name),
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": DIALECT,
                "schema": {"fields": [_field(column) for column in table.columns]},
            }
            for table in document.tables
        ],
    }
    if start.now.changed_at:
        found["created"] = start.now.changed_at.isoformat()
    return found


def _field(column: Column) -> dict[str, str]:
    kind = TYPES[column.holds.type]
    return {
        "name": column.name, "title": column.label, "description": column.meaning, "type": kind
    }  # fmt: skip


def as_json(found: dict[str, Any]) -> bytes:
    return json.dumps(found, ensure_ascii=False, indent=1).encode() + b"\n"


@asks(PlainState)
@require_safe
def datapackage(request: HttpRequest) -> HttpResponse:
    """`datapackage.json`: the tables that the data page offers, as at the clocks."""
    start = opening(request)
    found = described(tables.document(start), start, lambda name: _table_url(start, name))
    return named(as_json(found).decode(), "application/json", "datapackage.json")


def _table_url(start: Opening, name: str) -> str:
    return settings.SITE_URL + start.state.url(f"/data/{name}.csv")


def dataset(start: Opening) -> SafeString:
    """The record as schema.org/Dataset. No browser runs a block of this type."""
    site, record = settings.SITE_URL, start.now
    days = [row.event_date for row in record.inspections if row.event_date]
    kinds = {"zip": "application/zip", "json": "application/json",
             "sqlite": "application/vnd.sqlite3"}  # fmt: skip
    found = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": "Inspections of children's services in England",
        "description": ABOUT,
        "url": f"{site}/data/",
        "license": LICENCE_URL,
        "isAccessibleForFree": True,
        "version": str(record.version),
        "spatialCoverage": {"@type": "Place", "name": "England"},
        "creditText": f"{SOURCE}; figures: {STATISTICS}",
        "keywords": ["Ofsted", "ILACS", "children's social care", "inspection", "England"],
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind,
             "contentUrl": f"{site}/data/record.{suffix}"}
            for suffix, kind in kinds.items()
        ],
    }  # fmt: skip
    if record.changed_at:
        found["dateModified"] = record.changed_at.isoformat()
    if days:
        found["temporalCoverage"] = f"{min(days)}/{record.known_to or max(days)}"
    block = json_script(found).replace("application/json", "application/ld+json", 1)
    return SafeString(block)
