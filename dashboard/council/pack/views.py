"""The briefing's page and its two files."""

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dashboard.charted.views import attached
from dashboard.council.grades import beside
from dashboard.council.pack.content import SECTIONS, Pack, PackState, pack
from dashboard.council.pack.pdf import pdf
from dashboard.http.of_council import of_council
from dashboard.state.opening import Opening
from dashboard.words.presenters import feeds_of
from inspections.rows import Council

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TITLES = {
    "grades": "Grades",
    "chart": "Chart",
    "asked-for": "What inspectors asked for",
    "since": "Letters since the report",
    "figures": "Figures that stand out",
    "said": "What was said, and what came",
    "dates": "Duties and dates",
    "rose": "Who rose from here",
    "questions": "Questions worth asking",
}


@of_council(PackState)
def page(request: HttpRequest, start: Opening, council: Council) -> HttpResponse:
    made = pack(start, council)
    state: PackState = start.state
    path = f"/councils/{council.slug}/briefing"
    context = start.context(
        council=council,
        atom=feeds_of(council),
        pack=made,
        chart=beside(start, council).chart if made.chart else None,
        sections=[
            (key, TITLES[key], not state.sections or key in state.sections) for key in SECTIONS
        ],
        files={name: state.url(f"{path}.{name}") for name in ("pdf", "docx")},
        preview=replace(
            start.preview(
                f"Briefing: {council.short_name}, children's services",
                " ".join(made.sentences),
                council,
            ),
            url=settings.SITE_URL + state.url(f"{path}/"),
        ),
    )
    return render(request, "dashboard/briefing.html", context)


@of_council(PackState)
def pdf_file(request: HttpRequest, start: Opening, council: Council) -> HttpResponse:

    def made(most_lines: int) -> Pack:
        return pack(start, council, most_lines=most_lines)

    return attached(pdf(made), "application/pdf", f"{council.slug}-briefing-{start.day}.pdf")


@of_council(PackState)
def word_file(request: HttpRequest, start: Opening, council: Council) -> HttpResponse:
    """The Word file. python-docx is imported when one is asked for: it slows every start."""
    from dashboard.council.pack.word import docx

    content = docx(pack(start, council, most_lines=6))
    return attached(content, WORD, f"{council.slug}-briefing-{start.day}.docx")
