"""Every number that a briefing prints is one that a page shows, part by part."""

import html
import re
from datetime import date

import pytest
from django.test import Client
from pypdfium2 import PdfDocument

from dashboard.council.pack.content import PackState, pack
from dashboard.state.opening import Opening
from inspections.store import current_record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record"), pytest.mark.once]
DAY = date(2026, 8, 22)
NUMBER = re.compile(r"\d[\d,.]*\d|\d")
COUNCIL = "/councils/{}/"
# Which pages show the numbers of each part; "events": those of its inspections and visits.
PAGES = {
    "asked-for": ("events",),
    "since": ("events",),
    "figures": (f"{COUNCIL}context/",),
    "said": ("/england/expected/?council={}&everything=1",),
    "dates": (COUNCIL, "events"),
    "rose": (COUNCIL,),
}
# Of the title, the licence and the law, which the page of the briefing says too.
ALWAYS = {"3.0", "2006", "137", "2007", "462", "2007/462"}


def numbers_in(text: str) -> set[str]:
    return {found.replace(",", "") for found in NUMBER.findall(text)}


def printed(content: bytes) -> str:
    document = PdfDocument(content)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return text


@pytest.mark.parametrize(
    ("slug", "day"),
    [
        *((slug, DAY) for slug in ("luton", "leeds", "slough", "kent", "isles-of-scilly")),
        *((slug, DAY) for slug in ("thurrock", "birmingham")),
        # With a newer report that is not read here.
        *((slug, date(2026, 9, 1)) for slug in ("dudley", "hertfordshire")),
    ],
)
def test_every_number_of_a_briefing_stands_on_the_page_of_its_part(
    client: Client, slug: str, day: date
) -> None:
    record = current_record()
    council = record.council_by_slug[slug]
    made = pack(
        Opening(record, record, PackState(as_at=day, words="officers"), (), day, day, "/"), council
    )
    shown: dict[str, set[str]] = {}

    def on(address: str) -> set[str]:
        if address not in shown:
            joined = f"{address}{'&' if '?' in address else '?'}as_at={day}"
            page = html.unescape(client.get(joined).content.decode())
            shown[address] = numbers_in(
                re.sub(r"<(style|script).*?</\1>", " ", page, flags=re.DOTALL)
            )
        return shown[address]

    events = [
        f"/councils/{slug}/{kind}/{row.reference}/"
        for kind, rows in (
            ("inspections", record.inspections_of(council.id, day)),
            ("visits", record.visits_of(council.id, day)),
        )
        for row in rows
    ]
    everything: set[str] = set()
    for section in made.sections:
        addresses = [
            one
            for page in PAGES[section.key]
            for one in (events if page == "events" else [page.format(slug)])
        ]
        found = set().union(*map(on, addresses))
        everything |= found
        told = numbers_in(" ".join((*section.lines, section.note)))
        assert told - found - ALWAYS == set(), section.title
    everything |= on(COUNCIL.format(slug)) | on(f"/councils/{slug}/grades/")
    everything |= set().union(*map(on, [PAGES["figures"][0].format(slug), *events]))
    everything |= on(PAGES["said"][0].format(slug))
    themes = " ".join(f"{row.question_1} {row.question_2}" for row in record.themes)
    text = printed(client.get(f"/councils/{slug}/briefing.pdf?as_at={day}&for=officers").content)
    told = text[: text.index("This briefing as a page")]
    listed = {str(number) for number in range(1, 9)}  # the questions' own numbers
    left = numbers_in(told) - everything - numbers_in(themes) - ALWAYS - listed
    links = numbers_in(" ".join(f"{row.source} {row.address}" for row in made.questions))
    assert left - links - numbers_in(made.stands) == set()
