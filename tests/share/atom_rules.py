"""What RFC 4287 asks of a feed, as far as the feeds of this site go; anything else is refused.

`problems` returns a sentence for each rule that is broken, with the section of the RFC.
"""

import re
from collections import Counter
from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree as Tree

NS = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
ONCE, AT_MOST_ONCE, ANY = (1, 1), (0, 1), (0, 10_000)
FEED = {
    "id": ONCE, "title": ONCE, "updated": ONCE, "link": ANY, "author": ANY, "category": ANY,
    "contributor": ANY, "generator": AT_MOST_ONCE, "icon": AT_MOST_ONCE, "logo": AT_MOST_ONCE,
    "rights": AT_MOST_ONCE, "subtitle": AT_MOST_ONCE, "entry": ANY,
}  # fmt: skip
ENTRY = {
    "id": ONCE, "title": ONCE, "updated": ONCE, "link": ANY, "author": ANY, "category": ANY,
    "contributor": ANY, "content": AT_MOST_ONCE, "published": AT_MOST_ONCE,
    "rights": AT_MOST_ONCE, "source": AT_MOST_ONCE, "summary": AT_MOST_ONCE,
}  # fmt: skip
PERSON = {"name": ONCE, "uri": AT_MOST_ONCE, "email": AT_MOST_ONCE}
ATTRIBUTES = {
    "feed": {f"{XML}lang"},
    "link": {"rel", "type", "href", "hreflang", "title", "length"},
    "category": {"term", "scheme", "label"},
    "title": {"type"}, "summary": {"type"}, "rights": {"type"}, "subtitle": {"type"},
}  # fmt: skip
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
MEDIA_TYPE = re.compile(r"[^\s/;]+/[^\s/;]+(;.+)?")


def problems(content: bytes, address: str) -> list[str]:
    """The broken rules of a feed that was asked for at `address`, the whole one."""
    found: list[str] = []
    if not content.startswith(b'<?xml version="1.0" encoding="utf-8"?>'):
        found.append("no declaration of XML 1.0 in UTF-8")
    feed = Tree.fromstring(content)
    if feed.tag != f"{NS}feed":
        return [*found, f"the root is {feed.tag} (4.1.1)"]
    _parts(feed, FEED, "feed", found)
    order = [_name(child) for child in feed]
    if "entry" in order and set(order[order.index("entry") :]) != {"entry"}:
        found.append("metadata follows the entries (4.1.1)")
    entries = feed.findall(f"{NS}entry")
    for place, entry in enumerate(entries):
        _entry(entry, f"entry {place}", found, is_signed=feed.find(f"{NS}author") is not None)
    if not entries and feed.find(f"{NS}author") is None:
        found.append("neither feed nor entries have an author (4.1.1)")
    ids = Counter(entry.findtext(f"{NS}id") for entry in entries)
    found += [f"{name} is the id of {n} entries (4.1.1)" for name, n in ids.items() if n > 1]
    own = [link.get("href") for link in feed.findall(f"{NS}link") if link.get("rel") == "self"]
    if own != [address]:
        found.append(f"links to itself as {own}, was asked for at {address} (4.1.1)")
    if feed.findtext(f"{NS}id") in ids:
        found.append("an entry has the feed's id (4.2.6)")
    moments = [_moment(entry.findtext(f"{NS}updated")) for entry in entries]
    if moments != sorted(moments, reverse=True):
        found.append("entries are not newest first")
    if entries and _moment(feed.findtext(f"{NS}updated")) != max(moments):
        found.append("the feed's date is not that of its newest entry")
    return found


def _name(node: Tree.Element) -> str:
    return node.tag.removeprefix(NS)


def _entry(entry: Tree.Element, where: str, found: list[str], *, is_signed: bool) -> None:
    _parts(entry, ENTRY, where, found)
    if entry.find(f"{NS}author") is None and not is_signed:
        found.append(f"{where} has no author (4.1.2)")
    links = entry.findall(f"{NS}link")
    if entry.find(f"{NS}content") is None and not any(
        link.get("rel", "alternate") == "alternate" for link in links
    ):
        found.append(f"{where} has neither content nor an alternate link (4.1.2)")
    published = entry.findtext(f"{NS}published")
    if published and _moment(entry.findtext(f"{NS}updated")) < _moment(published):
        found.append(f"{where} was updated before it was published (4.2.9, 4.2.15)")


def _parts(
    node: Tree.Element, allowed: dict[str, tuple[int, int]], where: str, found: list[str]
) -> None:
    """Which elements, how often, with which attributes and what in them."""
    counts = Counter(_name(child) for child in node)
    for name in counts.keys() - allowed.keys():
        found.append(f"{where} holds {name}")
    for name, (least, most) in allowed.items():
        if not least <= counts[name] <= most:
            found.append(f"{where} has {counts[name]} of {name}")
    if (node.text or "").strip() or any((child.tail or "").strip() for child in node):
        found.append(f"{where} holds loose text")
    alternates = Counter(
        (link.get("type"), link.get("hreflang"))
        for link in node.findall(f"{NS}link")
        if link.get("rel", "alternate") == "alternate"
    )
    if any(n > 1 for n in alternates.values()):
        found.append(f"{where} has two alternate links of one type (4.1)")
    for child in node:
        _part(child, f"{where}, {_name(child)}", found)


def _part(node: Tree.Element, where: str, found: list[str]) -> None:
    name, text = _name(node), node.text or ""
    for attribute in node.attrib.keys() - ATTRIBUTES.get(name, set()):
        found.append(f"{where} has the attribute {attribute}")
    if name in {"updated", "published"} and not MOMENT.fullmatch(text):
        found.append(f"{where}: {text!r} is no date of RFC 3339 (3.3)")
    if name in {"id", "icon", "logo", "uri"} and not is_address(text):
        found.append(f"{where}: {text!r} is no whole address (4.2.6)")
    if name in {"title", "rights", "summary", "subtitle"}:
        if node.get("type", "text") not in {"text", "html"}:
            found.append(f"{where}: type {node.get('type')} (3.1.1)")
        if len(node) or not text.strip():
            found.append(f"{where} is empty or holds elements (3.1.1.1)")
    if name == "link":
        if not is_address(node.get("href", "")):
            found.append(f"{where}: href {node.get('href')!r} (4.2.7.1)")
        if node.get("rel", "alternate") not in {"alternate", "self", "related", "via"}:
            found.append(f"{where}: rel {node.get('rel')} (4.2.7.2)")
        if node.get("type") and not MEDIA_TYPE.fullmatch(node.get("type", "")):
            found.append(f"{where}: type {node.get('type')} (4.2.7.3)")
    if name == "category" and not (node.get("term") and is_address(node.get("scheme", ""))):
        found.append(f"{where}: term {node.get('term')!r} (4.2.2)")
    if name in {"author", "contributor"}:
        _parts(node, PERSON, where, found)
        if not (node.findtext(f"{NS}name") or "").strip():
            found.append(f"{where} has no name (3.2.1)")


def is_address(text: str) -> bool:
    """A whole IRI with nothing in it that RFC 3987 leaves out."""
    parts = urlsplit(text)
    is_clean = not re.search(r"[\s<>\"{}|\\^`]|%(?![0-9A-Fa-f]{2})", text)
    return bool(parts.scheme and parts.netloc and is_clean)


def _moment(text: str | None) -> datetime:
    """What cannot be read has been told of already, and counts as the first moment."""
    if not MOMENT.fullmatch(text or ""):
        return datetime.min.replace(tzinfo=UTC)
    return datetime.fromisoformat((text or "").replace("Z", "+00:00"))
