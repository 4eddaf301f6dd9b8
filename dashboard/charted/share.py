"""What the share panel of a chart offers: links, citations, snippets, files."""

import re
from dataclasses import dataclass
from html import escape

from django.conf import settings

from dashboard import words
from dashboard.charted.kind import Shown

SITE = "Children's services inspections"
FILES = (
    ("csv", "CSV"),
    ("xlsx", "Excel"),
    ("ods", "OpenDocument"),
    ("json", "JSON"),
    ("zip", "ZIP with picture and definitions"),
)
EMBED_HEIGHT = 620  # px, until the embed says its own


@dataclass(frozen=True)
class Share:
    """Addresses are whole ones. `latest` moves with the record; `pinned` keeps both clocks."""

    title: str
    latest: str
    pinned: str
    image: str
    image_path: str
    vector: str
    files: tuple[tuple[str, str], ...]
    panel: str
    table: str
    present: str
    qr_svg: str
    qr_png: str
    cite_short: str
    cite_full: str
    cite_bibtex: str
    snippet_height: str
    snippet_frame: str
    snippet_link: str


def whole(path: str) -> str:
    return settings.SITE_URL + path


def pinned_state(start):
    """The state with both clocks: today's day, and the moment the record last changed."""
    state = start.state
    return state.pinned(state.as_at or start.today, state.known or start.now.changed_at)


def with_more(url: str, more: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}{more}"


def share(shown: Shown) -> Share:
    start, stem = shown.start, shown.kind.stem(shown.council)
    state = start.state
    pinned = whole(pinned_state(start).url(f"{stem}/"))
    latest = whole(state.but(as_at=None, known=None).url(f"{stem}/"))
    embed = whole(shown.path("/").replace("/", "/embed/", 1))
    title = shown.title
    frame = (
        f'<iframe src="{escape(embed)}" title="{escape(title)}" loading="lazy" '
        f'width="100%" height="{EMBED_HEIGHT}" style="border:0"></iframe>'
    )
    return Share(
        title=title,
        latest=latest,
        pinned=pinned,
        image=whole(shown.path(".png")),
        image_path=shown.path(".png"),
        vector=whole(shown.path(".svg")),
        files=tuple((label, shown.path(f".{suffix}")) for suffix, label in FILES),
        panel=shown.path("/share/"),
        table=f"{shown.path()}#table-{shown.kind.slug}",
        present=with_more(shown.path("/"), "present=1"),
        qr_svg=shown.path(".qr.svg"),
        qr_png=shown.path(".qr.png"),
        cite_short=f"{title}, {words.within(shown.as_at)}. {SITE}. {pinned}",
        cite_full=cite_full(shown, pinned),
        cite_bibtex=cite_bibtex(shown, pinned),
        snippet_height=f"{frame}\n{HEIGHT_SCRIPT.replace('ORIGIN', settings.SITE_URL)}",
        snippet_frame=frame,
        snippet_link=(
            f'<a href="{escape(pinned)}"><img src="{escape(whole(pinned_png(shown)))}" '
            f'alt="{escape(f"{title}. {shown.sentence}")}" width="1200"></a>'
        ),
    )


# Listens to the frames of this site only, and sets nothing but a height.
HEIGHT_SCRIPT = (
    "<script>addEventListener('message',function(e){"
    "if(e.origin!=='ORIGIN'||!e.data||e.data.type!=='inspections-height')return;"
    "document.querySelectorAll('iframe').forEach(function(f){"
    "if(f.contentWindow===e.source)f.height=Math.min(Math.max(+e.data.height||0,100),4000)})"
    "})</script>"
)


def pinned_png(shown: Shown) -> str:
    return pinned_state(shown.start).url(f"{shown.kind.stem(shown.council)}.png")


def cite_full(shown: Shown, pinned: str) -> str:
    """Names Ofsted's latest report shown, where its address is recorded, and this page; of
    figures that are not Ofsted's, their publishers."""
    today = words.day(shown.start.today)
    reports = shown.answer.reports
    ofsted = shown.kind.entry.cites or "Ofsted, inspection reports of children's services"
    if reports and not shown.kind.entry.cites:
        last = reports[-1]
        ofsted = (
            f"Ofsted, report on children's services in {shown.place}, "
            f"published {words.day(last.publication_date)}"
        )
        if last.report_url:
            ofsted += f", {last.report_url}"
    here = f"“{shown.title}”, {SITE}, {words.within(shown.as_at)}, {pinned} (seen on {today})"
    return f"{ofsted}. Shown in: {here}."


def cite_bibtex(shown: Shown, pinned: str) -> str:
    key = re.sub(r"[^a-z0-9]+", "-", shown.stem)
    after = shown.kind.entry.cites or "Ofsted's inspection reports"
    title = shown.title.replace("{", "(").replace("}", ")").replace("&", r"\&")
    return (
        f"@misc{{{key},\n"
        f"  title = {{{title}}},\n"
        f"  howpublished = {{{SITE}}},\n"
        f"  year = {{{shown.start.day.year}}},\n"
        f"  note = {{{shown.as_at}; after {after}}},\n"
        f"  url = {{{pinned}}},\n"
        f"  urldate = {{{shown.start.today}}}\n"
        "}"
    )
