"""What machines that look through the site are told: where to look, and which pages there are."""

from datetime import timedelta
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from dashboard.http.answers import asks
from dashboard.state.address import PlainState
from dashboard.state.lists import PAGES
from dashboard.state.menu import MENU
from dashboard.state.opening import opening

KEEP_OUT = ("/admin/", "/entry/", "/embed/", "/compare/")
"""Not for everybody, the same charts again, and more comparisons than anybody could read."""
OF_A_COUNCIL = ("", "grades/", "asked-for/", "context/", "briefing/")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt, RFC 9309."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in KEEP_OUT), ""]
    lines.append(f"Sitemap: {settings.SITE_URL}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """security.txt, RFC 9116: where a weakness of the site is reported."""
    contact = settings.CONTACT_EMAIL
    lines = [
        f"Contact: {f'mailto:{contact}' if contact else f'{settings.SITE_URL}/report/'}",
        f"Expires: {timezone.now() + timedelta(days=90):%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@asks(PlainState)
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The main pages, each council's and those of each inspection and visit that is public, as
    sitemaps.org describes it."""
    start = opening(request)
    changed = f"{start.now.changed_at:%Y-%m-%d}" if start.now.changed_at else ""
    paths = [path for _, path, place in MENU if not place]
    paths += [path for _, path, _, _ in PAGES]
    now = start.now
    for council in now.councils:
        references = [row.reference for row in now.inspections_of(council.id, start.day)]
        references += [row.reference for row in now.visits_of(council.id, start.day)]
        parts = (*OF_A_COUNCIL, *(f"inspections/{one}/" for one in references))
        paths += [f"/councils/{council.slug}/{part}" for part in parts]
    last = f"<lastmod>{changed}</lastmod>" if changed else ""
    urls = "".join(
        f"<url><loc>{escape(settings.SITE_URL + path)}</loc>{last}</url>\n"
        for path in dict.fromkeys(paths)
        if not path.startswith(KEEP_OUT)
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n'
    )
    return HttpResponse(text, content_type="application/xml")
