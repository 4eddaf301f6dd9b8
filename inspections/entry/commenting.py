"""What a council says of an inspection: entered by staff, corrected as any fact, taken away."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from inspections import actions
from inspections.entry.facts import fields_of, understood, value_of
from inspections.entry.reorganising import by_field
from inspections.models import CouncilComment, Inspection
from inspections.people.guard import ENTER, needs, person
from inspections.people.unsent import keeps, typed

SENT = "Sent by the council"


@needs(ENTER)
@keeps
def comment(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """The form of a new one; of one that is on record, its end."""
    event = get_object_or_404(Inspection, council__slug=slug, reference=reference)
    held = CouncilComment.objects.filter(inspection=event).first()
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            _take_away(request, held) if held else _write(request, event)
            return redirect(event)
        except ValidationError as error:
            errors = by_field(error)
    given = typed(request)
    fields = [
        replace(row, value=given.get(row.name, ""), error=errors.get(row.name, ""))
        for row in fields_of(CouncilComment())
    ]
    shown = {"event": event, "held": held, "fields": fields, "errors": errors, "given": given}
    return render(request, "entry/comment.html", shown, status=400 if errors else 200)


def _write(request: HttpRequest, event: Inspection) -> None:
    names = [row.name for row in fields_of(CouncilComment())]
    told = {name: understood(name, request.POST.get(name, "")) for name in names}
    values = {name: value_of(name, text) for name, text in told.items()}
    new = CouncilComment(inspection=event, **values)
    actions.record(new, by=person(request), reason=SENT)


def _take_away(request: HttpRequest, held: CouncilComment) -> None:
    reason = request.POST.get("reason", "").strip()
    actions.withdraw(held, reason=reason, by=person(request))
