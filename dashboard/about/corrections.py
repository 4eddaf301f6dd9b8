"""The public log of corrections."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl

import plotly.graph_objects as go
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dashboard import words
from dashboard.charted.card import Card, preview
from dashboard.charted.card_picture import card_picture
from dashboard.charts import card as drawing
from dashboard.http.answers import asks
from dashboard.state.address import Notice, ViewState, param, read_council
from dashboard.state.controls import Field
from dashboard.state.opening import Opening, opening, told
from inspections.figure_rows import CardLine
from inspections.questions.corrections import Logged, corrections
from inspections.rows import Council
from inspections.vocabulary import CorrectedKind


@dataclass(frozen=True, kw_only=True)
class CorrectionsState(ViewState):
    council: str | None = param(read_council)


def asked(start: Opening) -> tuple[list[Logged], Council | None]:
    """The corrections that the address asks for, and its council, if it names one."""
    slug = start.state.council
    council = start.council(slug)[0] if slug else None
    ids = [council.id] if council else None
    return corrections(start.record, ids, names=start.now), council


def by_record_alone(start: Opening) -> Opening:
    """The log has one clock, the moment of the record; a day of publication is named as ignored."""
    day = start.state.as_at
    if day is None:
        return start
    reason = "a correction is of the record, so the log goes by the moment known alone"
    alone = replace(start, state=start.state.but(as_at=None), day=start.today)
    return told(alone, Notice("as_at", str(day), reason))


@asks(CorrectionsState)
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    given = opening(request, CorrectionsState)
    start = by_record_alone(given)
    found, council = asked(start)
    notices = start.notices
    if start.state.council and council is None:
        reason = "no council has this address, so all corrections are shown"
        notices = (*notices, Notice("council", start.state.council, reason))
    shown: list[dict[str, Any]] = [
        {
            "entry": row.entry,
            "heading": row.heading,
            "path": path_of(row),
            "field": words.field(row.entry.field, row.entry.kind),
            "change": words.corrected(row.entry.old, row.entry.new),
        }
        for row in found
    ]
    context = start.context(
        sentence=sentence(found, council),
        parts=[
            ("here", "Corrected on this site", [r for r in shown if not r["entry"].was_ofsteds]),
            ("ofsted", OFSTEDS, [r for r in shown if r["entry"].was_ofsteds]),
        ],
        council=council,
        field=Field(
            "council",
            "Council",
            sorted(
                {
                    (row.council.slug, row.council.short_name)
                    for row in corrections(start.record, names=start.now)
                    if row.council
                }
            ),
            "all councils",
            current=council.slug if council else "",
        ),
        preview=preview(card(found, council), start),
        keep=given.keep,
        clocks=parse_qsl(given.clocks.query()),
        is_past=False,  # the page says itself by which moment it goes
        known_words=words.moment(start.known) if start.known else "",
        atom=[("Corrections", start.state.url("/corrections.atom"))],
    )
    return render(request, "dashboard/corrections.html", context | {"notices": notices})


OFSTEDS = "Errors in Ofsted's own publications, put right here"


def sentence(found: Sequence[Logged], council: Council | None) -> str:
    """How many facts of this site were corrected, and how many errors of Ofsted's are not here."""
    of = f" of {council.short_name}" if council else ""
    ofsteds = sum(row.entry.was_ofsteds for row in found)
    own = len(found) - ofsteds
    said = f"Nothing that this site published{of} has been corrected."
    if own:
        said = f"{words.count(own, 'correction')} of what this site published{of}."
    if not ofsteds:
        return said
    errors = f"{words.count(ofsteds, 'error')} in Ofsted's own publications"
    return f"{said} {errors} {'is' if ofsteds == 1 else 'are'} put right here."


def path_of(row: Logged) -> str:
    """The page of what was corrected; empty where it has none."""
    if row.council is None:
        return ""
    if row.entry.kind == CorrectedKind.STATEMENT:
        return f"/england/expected/?council={row.council.slug}&everything=1"
    event = f"inspections/{row.entry.reference}/" if row.is_of_event else ""
    return f"/councils/{row.council.slug}/{event}"


def card(found: Sequence[Logged], council: Council | None) -> Card:
    whose = f" of {council.short_name}" if council else ""

    def figure() -> go.Figure:
        rows = [
            CardLine(
                row.council.short_name if row.council else "The record",
                note=f"{row.subject}, {words.field(row.entry.field, row.entry.kind)}: "
                f"{words.corrected(row.entry.old, row.entry.new)}",
            )
            for row in found
        ]
        return drawing.lines(rows)

    return Card(f"Corrections{whose}", sentence(found, council), "/corrections/", figure)


@asks(CorrectionsState)
@require_safe
def picture(request: HttpRequest) -> HttpResponse:
    return card_picture(
        request, CorrectionsState, lambda start: card(*asked(by_record_alone(start)))
    )
