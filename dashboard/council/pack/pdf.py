"""A briefing as a tagged PDF (PDF/UA-1): at most two sides, always the same bytes."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pypdfium2
import typst
from django.conf import settings

from dashboard.charted.pictures import qr
from dashboard.council.pack.content import Pack

TEMPLATE = Path(__file__).with_name("briefing.typ")
FONTS = typst.Fonts(
    include_system_fonts=False, font_paths=[str(settings.BASE_DIR / "static" / "fonts")]
)
SIDES = 2
PUBLISHER = "Made from Ofsted's published inspections (Open Government Licence v3.0)"
EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'


def pdf(made: Callable[[int], Pack]) -> bytes:
    """The briefing on at most two sides: `made` gives one with at most so many lines a section."""
    for most_lines in (14, 10, 8, 6, 5, 4, 3, 2):
        content = _set(made(most_lines))
        if pages_of(content) <= SIDES:
            return content
    raise ValueError("found a briefing of more than two sides with two lines a section")


def pages_of(content: bytes) -> int:
    document = pypdfium2.PdfDocument(content)
    try:
        return len(document)
    finally:
        document.close()


def _set(pack: Pack) -> bytes:
    told = {
        **{name: getattr(pack, name) for name in ("stands", "sentences", "before", "now", "link")},
        "title": f"Briefing: {pack.council}, children's services",
        "publisher": PUBLISHER,
        "grades": [[row.area, row.before, row.now, row.change] for row in pack.grades],
        "chart_says": pack.chart_says,
        "sections": [asdict(section) for section in pack.sections],
        "questions": [asdict(question) for question in pack.questions],
        "ofsted_page": pack.ofsted_page,
        "is_for_officers": pack.is_for_officers,
    }
    inputs = {
        "pack": json.dumps(told),
        "chart": pack.chart or EMPTY,
        "qr": qr(pack.link, "svg").decode(),
    }
    return typst.compile(
        TEMPLATE.read_bytes(),
        sys_inputs=inputs,
        font_paths=FONTS,
        format="pdf",
        pdf_standards="ua-1",
    )
