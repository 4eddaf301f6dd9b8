"""Full downloads of the record, the data dictionary, and a council's page as one file."""

import base64
import mimetypes
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from dashboard import council_page, record_tables
from dashboard.formats import WRITERS, Document
from dashboard.formats.archive import frameworks_of, metadata, readme, zipped
from dashboard.formats.sqlite import as_sqlite
from dashboard.formats.text import csv_table
from dashboard.views.charts import DEFINITIONS, attached
from dashboard.views.common import Opening, opening
from inspections.queries.council import council_answer, find_council

RECORD_SUFFIXES = ("json", "zip", "sqlite")


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
    files = {f"{table.name}.csv": csv_table(table).encode("utf-8-sig") for table in document.tables}
    files["metadata.json"] = metadata(
        document,
        definitions=DEFINITIONS,
        frameworks=frameworks_of(start.book, start.clock.as_at),
        version=start.record.version,
    )
    files["readme.txt"] = readme(document, [*files, "readme.txt"])
    return zipped(files)


@require_safe
def table(request: HttpRequest, name: str) -> HttpResponse:
    """One table of the record as CSV."""
    start = opening(request)
    whole = record_tables.document(start)
    chosen = next(table for table in whole.tables if table.name == name)
    stem = f"{name.replace('_', '-')}-as-at-{start.clock.as_at}"
    document = Document(f"{whole.title}: {name}", stem, whole.head, (chosen,))
    kind, write = WRITERS["csv"]
    return attached(write(document), kind, document.file_name("csv"))


@require_safe
def dictionary(request: HttpRequest) -> HttpResponse:
    context = opening(request).context(tables=record_tables.TABLES)
    return render(request, "dashboard/dictionary.html", context)


URL_IN_CSS = re.compile(r"url\(['\"]?([^)'\"]+)['\"]?\)")


def static_text(name: str) -> str:
    """A static file's text, from its source or from where it was collected."""
    found = finders.find(name) or Path(settings.STATIC_ROOT) / name
    return Path(found).read_text(encoding="utf-8")


@require_safe
def offline(request: HttpRequest, slug: str) -> HttpResponse:
    """A council's page in one file that opens without a network: no script, styles within.

    The same page as online; links lead back to the site by whole addresses.
    """
    start = opening(request)
    row, is_slug = find_council(slug, start.clock)
    if row is None:
        raise Http404(slug)
    if not is_slug:
        return HttpResponsePermanentRedirect(start.state.url(f"/councils/{row.slug}/offline.html"))
    answer = council_answer(row, start.book, start.clock, complete_to=start.record.as_at_date)
    context = start.context(**council_page.context(answer, start)) | {"share": None}
    page = render_to_string("dashboard/council.html", context)
    content = alone(page, address=settings.SITE_URL + start.state.url(f"/councils/{row.slug}/"))
    name = f"{row.slug}-as-at-{start.clock.as_at}.html"
    return attached(content.encode(), "text/html; charset=utf-8", name)


def alone(page: str, *, address: str) -> str:
    """The page with its styles inside, without scripts, and with whole addresses in links."""
    styles = "\n".join(static_text(name) for name in ("css/site.css", "css/charts.css"))
    styles = URL_IN_CSS.sub(_inside, styles)
    page = re.sub(r"<script\b.*?</script>", "", page, flags=re.DOTALL)
    page = re.sub(r"<link rel=\"(icon|stylesheet|alternate)\"[^>]*>\n?", "", page)
    page = re.sub(r"<p class=\"tools\">.*?</p>", "", page, flags=re.DOTALL)
    page = re.sub(r"(href|action)=\"/(?!/)", rf'\1="{settings.SITE_URL}/', page)
    note = f'<p class="banner">Saved copy of <a href="{address}">{address}</a>.</p>'
    page = page.replace("</head>", f"<style>{styles}</style></head>", 1)
    return page.replace('<nav class="crumbs"', f'{note}<nav class="crumbs"', 1)


def _inside(found: re.Match[str]) -> str:
    """A file named in a style sheet as a data address."""
    name = found[1]
    if name.startswith("data:"):
        return found[0]
    path = finders.find(name.removeprefix("../").removeprefix("/static/"))
    if path is None:
        return "none"
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return f"url(data:{kind};base64,{base64.b64encode(Path(path).read_bytes()).decode()})"
