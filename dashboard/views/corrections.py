"""The public log of corrections."""

from dataclasses import replace
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboard import cards, words
from dashboard.state import CorrectionsState, Notice
from dashboard.views.common import Opening, opening
from inspections.queries.corrections import LoggedCorrection, corrections
from inspections.queries.council import find_council
from inspections.rows import Clock, CouncilRow


def asked(start: Opening) -> tuple[list[LoggedCorrection], CouncilRow | None]:
    """The corrections that the address asks for, and its council, if it names one."""
    slug = start.state.council
    council = find_council(slug)[0] if slug else None
    ids = [council.id] if council else None
    return corrections(council_ids=ids, known=start.clock.known), council


def by_record_alone(start: Opening) -> Opening:
    """The log has one clock, the moment of the record; a day of publication is named as ignored."""
    day = start.state.as_at
    if day is None:
        return start
    reason = "a correction is of the record, so the log goes by the moment known alone"
    return replace(
        start,
        state=start.state.but(as_at=None),
        clock=Clock(start.today, start.clock.known),
        notices=(*start.notices, Notice("as_at", str(day), reason)),
    )


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    given = opening(request, CorrectionsState)
    start = by_record_alone(given)
    found, council = asked(start)
    notices = start.notices
    if start.state.council and council is None:
        reason = "no council has this address, so all corrections are shown"
        notices = (*notices, Notice("council", start.state.council, reason))
    context = start.context(
        found=found,
        council=council,
        councils=sorted(
            {(row.council_slug, row.council_name) for row in corrections(known=start.clock.known)}
        ),
        preview=cards.preview(cards.corrections(found, council), start),
        keep=given.keep,
        clocks=parse_qsl(given.clocks.query()),
        is_past=False,  # the page says itself by which moment it goes
        known_words=words.moment(start.clock.known) if start.clock.known else "",
        atom=[("Corrections", start.state.url("/corrections.atom"))],
    )
    return render(request, "dashboard/corrections.html", context | {"notices": notices})
