"""Atom feeds (RFC 4287): what has been published, and what has been corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings

MOST = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; `path` is its page and, with the site, its permanent identifier."""

    path: str
    title: str
    summary: str
    updated: datetime
    fragment: str = ""


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def feed(*, title: str, path: str, page: str, entries: Sequence[Entry], changed: datetime) -> bytes:
    """The newest fifty entries. `changed` dates a feed without entries."""
    site = settings.SITE_URL
    newest = sorted(entries, key=lambda entry: entry.updated, reverse=True)[:MOST]
    updated = newest[0].updated if newest else changed
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
        'xml:lang="en-GB">',
        f"<id>{escape(site + path)}</id>",
        f"<title>{_text(title)}</title>",
        f"<updated>{_moment(updated)}</updated>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(site + path)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(site + page)}/>',
        "<author><name>Children's services inspections</name></author>",
        "<rights>Contains public sector information of Ofsted licensed under the Open "
        "Government Licence v3.0</rights>",
    ]
    for entry in newest:
        address = site + entry.path
        parts.append(
            f"<entry><id>{escape(address + entry.fragment)}</id>"
            f"<title>{_text(entry.title)}</title>"
            f"<updated>{_moment(entry.updated)}</updated>"
            f"<link rel='alternate' type='text/html' href={quoteattr(address)}/>"
            f"<summary>{_text(entry.summary)}</summary></entry>"
        )
    return "\n".join([*parts, "</feed>\n"]).encode()


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(value: str) -> str:
    """Escaped, without the control characters that XML has no way to write."""
    return escape("".join(c if c.isprintable() or c in "\n\t" else "�" for c in value))
