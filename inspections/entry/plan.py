"""A council's own register of its action plan: what is done about each point, for its officers."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from inspections import actions, store
from inspections.entry.days import typed_day
from inspections.entry.forms import EntryField, council_called
from inspections.models import ActionPlan, Council, PlannedAction
from inspections.people.guard import PLAN, SWITCH, needs, person
from inspections.people.unsent import keeps, typed
from inspections.rows import Event, Inspection, Point
from inspections.vocabulary import ActionState, OwnerRole

UPDATED = "Register of the action plan updated"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A point, and what the register says of it; None where nothing yet."""

    event: Event
    point: Point
    themes: str
    action: PlannedAction | None


@require_safe
@needs(PLAN)
def choose(request: HttpRequest) -> HttpResponse:
    """Asks for a council; leads to its register."""
    text = request.GET.get("council", "").strip()
    council = council_called(text)
    if council:
        return redirect("entry:plan", council.slug)
    error = f'No council is called "{text}".' if text else ""
    return render(request, "entry/plan_choose.html", {"error": error, "what": text})


@require_safe
@needs(PLAN)
def register(request: HttpRequest, slug: str) -> HttpResponse:
    council = get_object_or_404(Council, slug=slug)
    plan = ActionPlan.objects.filter(council=council).first()
    shown = {
        "council": council,
        "lines": lines_of(council),
        "is_public": bool(plan and plan.is_public),
        "may_switch": request.user.has_perms(SWITCH),
    }
    return render(request, "entry/plan.html", shown)


def lines_of(council: Council) -> list[PlanLine]:
    """The points of the newest full report on record, and of the letters since."""
    record = store.current_record()
    full = [row for row in record.full_inspections_of(council.pk) if record.points_of(row)]
    first = full[-1].event_date if full else None
    events = [
        row
        for row in record.events_of(council.pk)
        if record.points_of(row)
        and (first is None or (row.event_date is not None and row.event_date >= first))
    ]
    held = {
        (row.event_reference, row.number): row
        for row in PlannedAction.objects.filter(council=council)
    }
    names = {theme.code: theme.short_name for theme in record.themes}
    return [
        PlanLine(
            event,
            point,
            "; ".join(names[code] for code in point.themes),
            held.get((event.reference, point.number)),
        )
        for event in events
        for point in record.points_of(event)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PLAN)
@keeps
def action(request: HttpRequest, slug: str, reference: str, number: int) -> HttpResponse:
    """The form of one point."""
    council = get_object_or_404(Council, slug=slug)
    key = (reference, number)
    line = next(
        (row for row in lines_of(council) if (row.event.reference, row.point.number) == key), None
    )
    if line is None:
        raise Http404(f"{reference}, point {number}")
    errors: dict[str, str] = {}
    if request.method == "POST":
        errors = save(request, council, line)
        if not errors:
            return redirect("entry:plan", council.slug)
    given = typed(request) or as_typed(line.action)
    shown = {
        "council": council,
        "line": line,
        "is_inspection": isinstance(line.event, Inspection),
        "fields": fields(given, errors),
        "evidence": given.get("evidence", ""),
        "evidence_error": errors.get("evidence", ""),
        "errors": list(errors.values()),
    }
    return render(request, "entry/plan_action.html", shown, status=400 if errors else 200)


def as_typed(held: PlannedAction | None) -> dict[str, str]:
    if held is None:
        return {"state": ActionState.NOT_BEGUN}
    due = f"{held.due_date.day} {held.due_date:%B %Y}" if held.due_date else ""
    return {"owner_role": held.owner_role, "due_date": due, "state": held.state,
            "evidence": held.evidence}  # fmt: skip


def fields(given: Any, errors: dict[str, str]) -> list[EntryField]:
    roles = (("", "Choose a role"), *OwnerRole.choices())
    return [
        EntryField("owner_role", "Owner's role", given.get("owner_role", ""), roles,
              hint="A role, never a person's name.", error=errors.get("owner_role", "")),
        EntryField("due_date", "Due", given.get("due_date", ""),
              hint="As in 27 November 2026; empty where none is set.",
              error=errors.get("due_date", "")),
        EntryField("state", "State", given.get("state", ""), tuple(ActionState.choices()),
              error=errors.get("state", "")),
    ]  # fmt: skip


def save(request: HttpRequest, council: Council, line: PlanLine) -> dict[str, str]:
    """What is wrong by field; empty where it was written."""
    due_text = request.POST.get("due_date", "").strip()
    due = typed_day(due_text)
    if due_text and due is None:
        return {"due_date": f'Due: found "{due_text}", expected a day as in 27 November 2026.'}
    values = {
        "owner_role": request.POST.get("owner_role", ""),
        "due_date": due,
        "state": request.POST.get("state", ""),
        "evidence": request.POST.get("evidence", "").strip().replace("\r\n", "\n"),
        "updated_date": timezone.localdate(),
    }
    try:
        if line.action:
            actions.correct(line.action, changes=values, reason=UPDATED, by=person(request))
        else:
            new = PlannedAction(
                council=council, event_reference=line.event.reference, number=line.point.number,
                **values,
            )  # fmt: skip
            actions.record(new, by=person(request), reason=UPDATED)
    except ValidationError as error:
        return {
            name: f"{name.replace('_', ' ').capitalize()}: {' '.join(told)}"
            for name, told in error.message_dict.items()
        }
    return {}


@require_POST
@needs(SWITCH)
def switch(request: HttpRequest, slug: str) -> HttpResponse:
    """Makes the register public, or takes it off the public pages."""
    council = get_object_or_404(Council, slug=slug)
    is_public = request.POST.get("public") == "yes"
    reason = "Register made public" if is_public else "Register taken off the public pages"
    held = ActionPlan.objects.filter(council=council).first()
    if held:
        actions.correct(held, changes={"is_public": is_public}, reason=reason, by=person(request))
    else:
        new = ActionPlan(council=council, is_public=is_public)
        actions.record(new, by=person(request), reason=reason)
    return redirect("entry:plan", council.slug)
