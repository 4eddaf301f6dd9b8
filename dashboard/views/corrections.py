"""The public log of corrections."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboard import cards
from dashboard.state import CorrectionsState, Notice
from dashboard.views.common import Opening, opening
from inspections.queries.corrections import LoggedCorrection, corrections
from inspections.queries.council import find_council
from inspections.rows import CouncilRow


def asked(start: Opening) -> tuple[list[LoggedCorrection], CouncilRow | None]:
    """The corrections that the address asks for, and its council, if it names one."""
    slug = start.state.council
    council = find_council(slug)[0] if slug else None
    ids = [council.id] if council else None
    return corrections(council_ids=ids, known=start.clock.known), council


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    start = opening(request, CorrectionsState)
    found, council = asked(start)
    notices = start.notices
    if start.state.council and council is None:
        reason = "no council has this address, so all corrections are shown"
        notices = (*notices, Notice("council", start.state.council, reason))
    context = start.context(
        found=found,
        council=council,
        councils=sorted({(row.council_slug, row.council_name) for row in corrections()}),
        preview=cards.preview(cards.corrections(found, council), start),
        atom=[("Corrections", start.state.url("/corrections.atom"))],
    )
    return render(request, "dashboard/corrections.html", context | {"notices": notices})
