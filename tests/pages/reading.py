"""Reads from a page's HTML what a reader would see."""

import re
from html import unescape

TAG = re.compile(r"<[^>]*>")
SPACE = re.compile(r"\s+")
HIDDEN = re.compile(r'<span class="vh">.*?</span>')


def text_of(html: str) -> str:
    """The words of a piece of HTML, those for screen readers included."""
    return SPACE.sub(" ", unescape(TAG.sub(" ", html))).strip()


def main_of(html: str) -> str:
    """The words between the header and the footer."""
    return text_of(html[html.index("<main") : html.index("</main>")])


def rows_of(html: str, name: str) -> list[list[str]]:
    """The cells of a table's body, as HTML; the table by its first class."""
    return _rows(rf'<table class="{name}(?: [^"]*)?"[^>]*>.*?<tbody>(.*?)</tbody>', html)


def table_of(html: str, caption: str) -> list[list[str]]:
    """The cells of the body of the table under a chart, as HTML; the table by its caption."""
    return _rows(rf"<caption[^>]*>{caption}</caption>.*?<tbody>(.*?)</tbody>", html)


def _rows(pattern: str, html: str) -> list[list[str]]:
    table = re.search(pattern, html, re.S)
    return [
        re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", row, re.S)
        for row in re.findall(r"<tr\b[^>]*>(.*?)</tr>", table[1] if table else "", re.S)
    ]


def letters_of(html: str) -> str:
    """The letters of the marks, parted by spaces; a hatched one has a star: `G I RI*`."""
    marks = re.findall(r'<span class="mark ([^"]*)"[^>]*>([^<]*)<', html)
    return " ".join(letter + "*" * ("together" in look) for look, letter in marks)


def slugs_of(html: str) -> list[str]:
    """The councils listed on /councils/, in the order of the page."""
    return [
        re.search(r'href="/councils/([^/"]*)/', cells[0])[1] for cells in rows_of(html, "councils")
    ]
