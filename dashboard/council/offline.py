"""A council's page in one file that opens without a network."""

import base64
import mimetypes
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from dashboard import words
from dashboard.charted.views import attached
from dashboard.council.council import CouncilState
from dashboard.council.council import context as context_of
from dashboard.http.of_council import of_council
from dashboard.state.opening import Opening
from inspections.questions.council import council_answer
from inspections.rows import Council

URL_IN_CSS = re.compile(r"url\(['\"]?([^)'\"]+)['\"]?\)")


def static_text(name: str) -> str:
    """A static file's text, from its source or from where it was collected."""
    found = finders.find(name) or Path(settings.STATIC_ROOT) / name
    return Path(found).read_text(encoding="utf-8")


@of_council(CouncilState)
def offline(request: HttpRequest, start: Opening, row: Council) -> HttpResponse:
    """A council's page in one file that opens without a network: no script, styles within.

    The same page as online; links lead back to the site by whole addresses.
    """
    answer = council_answer(start.record, row, start.day)
    # Drawn apart: what is drawn for the page online names that page's address.
    context = start.context(**context_of(answer, start)) | {"share": None, "draw": None}
    page = render_to_string("dashboard/council.html", context)
    content = alone(page, address=settings.SITE_URL + start.state.url(f"/councils/{row.slug}/"))
    name = f"{row.slug}-as-at-{start.day}.html"
    return attached(content.encode(), "text/html; charset=utf-8", name)


def alone(page: str, *, address: str) -> str:
    """The page with its styles inside, without scripts, and with whole addresses in links."""
    paper = f"@media print {{{static_text('css/print.css')}}}"
    styles = URL_IN_CSS.sub(_inside, f"{static_text('css/site.css')}\n{paper}")
    page = re.sub(r"<script\b.*?</script>", "", page, flags=re.DOTALL)
    page = re.sub(r"<link rel=\"(icon|stylesheet|alternate)\"[^>]*>\n?", "", page)
    page = re.sub(r"(href|action)=\"/(?!/)", rf'\1="{settings.SITE_URL}/', page)
    note = (
        f'<p class="banner">Saved on {words.day(timezone.localdate())}, a copy of '
        f'<a href="{address}">{address}</a>: what came later is not in it.</p>'
    )
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
