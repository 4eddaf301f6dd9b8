"""Atom feeds (RFC 4287): what has been published, and what has been corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings

MOST = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; `path` is its page and, with the site, its permanent identifier.

    `published` is None where the day is not that of a publication. `named` are the council's
    ONS code and the reference of the inspection or visit, empty where there is none.
    """

    path: str
    title: str
    summary: str
    updated: datetime
    published: datetime | None = None
    fragment: str = ""
    named: tuple[str, str] = ("", "")


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
            f"<updated>{_moment(entry.updated)}</updated>{_published(entry)}"
            f"<link rel='alternate' type='text/html' href={quoteattr(address)}/>"
            f"{_categories(entry)}"
            f"<summary>{_text(entry.summary)}</summary></entry>"
        )
    return "\n".join([*parts, "</feed>\n"]).encode()


def _published(entry: Entry) -> str:
    return f"<published>{_moment(entry.published)}</published>" if entry.published else ""


def _categories(entry: Entry) -> str:
    """The permanent identifiers; each scheme is the table of the dictionary that explains it."""
    dictionary = f"{settings.SITE_URL}/data/dictionary/"
    schemes = (("councils", "ONS code"), ("inspections", "Reference"))
    return "".join(
        f"<category scheme={quoteattr(f'{dictionary}#{table}')} term={quoteattr(term)} "
        f"label={quoteattr(f'{label} {term}')}/>"
        for (table, label), term in zip(schemes, entry.named, strict=True)
        if term
    )


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(value: str) -> str:
    """Escaped, without the control characters that XML has no way to write."""
    return escape("".join(c if c.isprintable() or c in "\n\t" else "�" for c in value))
