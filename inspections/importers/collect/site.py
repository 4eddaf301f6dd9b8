"""What Ofsted's pages say: councils on the list, documents on a council's page. Pure.

As public tools read the site in 2026; nobody promises that it stays so. A page that does not look
as described raises LayoutError, so that a new layout is never taken for "nothing new".
"""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from inspections.importers.wording.dates import read_day
from inspections.vocabulary import CoverageKind

ROWS_A_PAGE = 100
"""The most that the list gives at once."""

_NUMBER = re.compile(r"/provider/(?:[^?#]*/)?(\d+)/?$")
_FILE = re.compile(r"/v1/file/(\d+)/?$")
_PRINTED_DAY = re.compile(r"\b\d{1,2} [a-z]+ \d{4}\b", re.IGNORECASE)
_KINDS = (
    (r"joint targeted|joint inspection|\bjtai\b", CoverageKind.JTAI),
    (r"focused visit", CoverageKind.FOCUSED),
    (r"monitoring visit", CoverageKind.MONITORING),
    (r"assurance visit", CoverageKind.ASSURANCE),
    (
        r"inspection of (?:local authority )?(?:children|services for children)|"
        r"children.{0,3}s services inspection|single inspection|\bilacs\b|"
        r"(?:safeguarding|child protection|looked after children).{0,60}inspection",
        CoverageKind.INSPECTIONS,
    ),
)


class LayoutError(Exception):
    """A page does not look as described. Carries what a person needs to see what changed.

    `not_after`: the day of the link above the one that cannot be read, as the newest stand first.
    """

    def __init__(self, *, found: str, expected: str) -> None:
        super().__init__(f"found {found}; expected {expected}")
        self.found = found
        self.expected = expected
        self.not_after: date | None = None


@dataclass(frozen=True)
class Provider:
    """A council's page on Ofsted's site; `number` is its Ofsted number."""

    number: str
    url: str


@dataclass(frozen=True)
class Listed:
    """One document on a council's page: its address, kind as listed, day on Ofsted's site."""

    url: str
    kind_text: str
    publication_date: date

    @property
    def kind(self) -> CoverageKind | None:
        """The kind of event that the listed words mean; None for what this record does not keep."""
        words = self.kind_text.lower()
        return next((kind for pattern, kind in _KINDS if re.search(pattern, words)), None)


def list_url(site: str, start: int) -> str:
    """The address of the list of councils' children's services, from row `start` on."""
    query = [("q", ""), ("location", ""), ("lat", ""), ("lon", ""), ("radius", "")]
    query += [("level_1_types", "3"), ("level_2_types[]", "12")]
    query += [("start", str(start)), ("rows", str(ROWS_A_PAGE))]
    return f"{site}/search?{urlencode(query, safe='[]')}"


def providers(html: str, url: str) -> list[Provider]:
    """The councils of a page of the list, once each, in its order; a page past the end has none."""
    found: dict[str, Provider] = {}
    for link in LexborHTMLParser(html).css("a[href]"):
        address = urljoin(url, link.attributes.get("href") or "")
        if match := _NUMBER.search(urlsplit(address).path):
            found.setdefault(match[1], Provider(match[1], address))
    return list(found.values())


def documents(html: str, url: str, files_host: str) -> tuple[list[Listed], list[LayoutError]]:
    """The documents of a council's page, and the links among them that cannot be read.

    Raises LayoutError where the page has no link to a document at all.
    """
    links = LexborHTMLParser(html).css("a.publication-link")
    if not links:
        raise LayoutError(
            found="a page without one a.publication-link",
            expected="the council's reports, each linked so",
        )
    found: dict[str, Listed] = {}
    unread = []
    above = None
    for link in links:
        address = urljoin(url, link.attributes.get("href") or "")
        try:
            listed = _listed(link, address, files_host)
        except LayoutError as error:
            error.not_after = above
            unread.append(error)
            continue
        if listed:
            above = listed.publication_date
            found.setdefault(listed.url, listed)
    return list(found.values()), unread


def _listed(link: LexborNode, address: str, files_host: str) -> Listed | None:
    """The document of one link; None for what is no PDF."""
    parts = urlsplit(address)
    if parts.netloc != files_host or not _FILE.search(parts.path):
        raise LayoutError(
            found=f"a document at {address[:200]}", expected=f"https://{files_host}/v1/file/…"
        )
    hidden = link.css_first("span.nonvisual")
    words = " ".join((hidden.text() if hidden else "").split())
    if not words:
        raise LayoutError(
            found=f"no span.nonvisual in the link to {address[:200]}",
            expected="the kind, the day of publication and the word pdf",
        )
    match = _PRINTED_DAY.search(words)
    day = read_day(match[0]) if match else None
    if match is None or day is None:
        raise LayoutError(
            found=f'"{words[:200]}" for {address[:200]}',
            expected='the kind and a day, such as "focused visit - 10 march 2026, pdf"',
        )
    if not re.search(r"\bpdf\b", words, re.IGNORECASE):
        return None
    rest = f"{words[: match.start()]} {words[match.end() :]}"
    kind = re.sub(r"\bpdf\b", " ", rest, flags=re.IGNORECASE)
    kind = re.sub(r"\s+", " ", kind).strip(" -–—,;:|·")
    return Listed(f"{parts.scheme}://{parts.netloc}{parts.path}", kind, day)
