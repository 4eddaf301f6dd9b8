"""Atom feeds (RFC 4287): what has been published, and what has been corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.xmlutils import SimplerXMLGenerator

MOST = 50
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FeedEntry:
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


class _Feed(Atom1Feed):
    """Django's feed, with what it has no words for."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else self.feed["changed"]

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """The permanent identifiers too: a scheme is the table of the dictionary about them."""
        super().add_item_elements(handler, item)
        schemes = (("councils", "ONS code"), ("inspections", "Reference"))
        for (table, label), term in zip(schemes, item["named"], strict=True):
            if term:
                scheme = f"{settings.SITE_URL}/data/dictionary/#{table}"
                words = {"scheme": scheme, "term": term, "label": f"{label} {term}"}
                handler.addQuickElement("category", "", words)


def feed(
    *,
    title: str,
    about: str = "",
    path: str,
    page: str,
    entries: Sequence[FeedEntry],
    changed: datetime,
) -> bytes:
    """The newest fifty entries. `about` is its subtitle; `changed` dates a feed without entries."""
    site = settings.SITE_URL
    made = _Feed(
        title=_text(title),
        link=site + page,
        description="",
        subtitle=_text(about) or None,
        language="en-GB",
        author_name="Children's services inspections",
        feed_url=site + path,
        feed_guid=site + path,
        feed_copyright="Contains public sector information of Ofsted licensed under the Open "
        "Government Licence v3.0",
        changed=changed,
    )
    newest = sorted(entries, key=lambda entry: (entry.updated, entry.published or NEVER))
    for entry in reversed(newest[-MOST:]):
        made.add_item(
            title=_text(entry.title),
            link=site + entry.path,
            description=escape(_text(entry.summary)),  # Django tells readers that it is HTML
            unique_id=site + entry.path + entry.fragment,
            pubdate=entry.published,
            updateddate=entry.updated,
            named=entry.named,
        )
    return made.writeString("utf-8").encode()


def _text(value: str) -> str:
    """Without the control characters that XML has no way to write."""
    return "".join(c if c.isprintable() or c in "\n\t" else "�" for c in value)
