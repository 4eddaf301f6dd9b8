"""Every page of the site: one address for each view, found by following the site's own links."""

import re
import urllib.error
import urllib.request
from functools import cache
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve

# What is measured and shown: the four kinds of page that most readers see.
MAIN_PAGES = {
    "England": "/",
    "Councils": "/councils/",
    "A council": "/councils/luton/",
    "An inspection": "/councils/luton/inspections/2026-01-19/",
}
EMPTY_VIEW = "/empty-view-of-the-bench/"  # these two only in tools/bench_urls.py
SPENT_VIEW = "/spent-by-the-bench/"
HREF = re.compile(r"<a\b[^>]*?\bhref=\"([^\"]*)\"")
# States that no link leads to: a search without and with results, a mangled link, errors.
FURTHER = (
    "/councils/?q=zzzz",
    "/councils/?q=east",
    "/councils/?page=%00&region=nowhere&q=luton",
    "/no-such-page/",
    "/councils/no-such-council/",
)


def _html(address: str) -> str:
    """The page's HTML, also of an error page; empty for any other kind of file."""
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310
            found: Any = answer
            text = answer.read() if _is_html(answer) else b""
    except urllib.error.HTTPError as error:
        found = error
        text = error.read() if _is_html(error) else b""
    return text.decode(found.headers.get_content_charset() or "utf-8")


def _is_html(answer: Any) -> bool:
    """A page to look at; a file to keep is none, whatever it is made of."""
    is_file = "attachment" in answer.headers.get("Content-Disposition", "")
    return answer.headers.get_content_type() == "text/html" and not is_file


def _view_of(path: str) -> str | None:
    """The name of the view behind a path, None where there is none."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return None


@cache
def every_page(site: str) -> tuple[str, ...]:
    """Paths on the site: `/`, one page of each public view that links lead to, further states."""
    found: dict[str | None, str] = {_view_of("/"): "/"}
    waiting, pages = ["/"], []
    while waiting:
        page = waiting.pop(0)
        html = "" if "." in page.partition("?")[0] else _html(site + page)  # luton.png is a file
        if html:
            pages.append(page)
        for href in HREF.findall(html):
            target = urlsplit(urljoin(site + page, unescape(href)))
            name = _view_of(target.path) if f"{target.scheme}://{target.netloc}" == site else None
            if name is None or name in found or name.startswith("admin:"):
                continue
            found[name] = target.path + (f"?{target.query}" if target.query else "")
            waiting.append(found[name])
    return (*pages, *FURTHER)
