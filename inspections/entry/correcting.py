"""Finding what is published, correcting it, and settling what differs: by field, never silently."""

from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from inspections.entry.facts import PLAIN, Event, Plain, apply, fields_of, understood
from inspections.entry.fields import EntryField, as_typed
from inspections.entry.forms import council_called, councils_like
from inspections.entry.publishing import expected_host, host_of, ofsteds_hosts
from inspections.importers.disagreements import disagreements
from inspections.importers.shipped.conflicts import settle as settle_shipped
from inspections.models import Conflict, Correction, Council, Inspection, Reading, Visit
from inspections.people.guard import ENTER, FRAMEWORKS, SEE, SETTLE, needs, person
from inspections.people.unsent import keeps, typed

MOST = 100
Outcome = Conflict.Outcome

ADDRESSES = {"report_url", "letter_url"}


@require_safe
@needs(SEE)
def find(request: HttpRequest) -> HttpResponse:
    """A council by any name or code, then everything about it that is published."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:100]
    council = council_called(text) if text else None
    councils = Council.objects.none() if council else councils_like(text)
    events: list[Event] = []
    if council:
        events = [*council.inspections.all(), *council.visits.all()]
        events.sort(key=lambda row: str(row.start_date or row.publication_date), reverse=True)
    shown = {"q": text, "council": council, "councils": councils, "events": events}
    return render(request, "entry/find.html", shown)


@needs(ENTER)
@keeps
def correct(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """Field by field. What somebody else changed since the form was opened is shown beside mine
    and what stood before, to be chosen by field."""
    event = _event(slug, reference)
    parts: list[tuple[str, Plain]] = [("point", row) for row in event.points.all()]
    parts += [("source", row.source) for row in event.citations.select_related("source")]
    if isinstance(event, Inspection) and person(request).has_perms(FRAMEWORKS):
        parts.append(("framework", event.framework))
    return _corrected(request, event, parts)


@needs(ENTER)
@keeps
def correct_fact(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """A point, a source, a council or a framework, in the same way."""
    if kind not in PLAIN:
        raise Http404(kind)
    model, _ = PLAIN[kind]
    if not person(request).has_perm(f"inspections.change_{model._meta.model_name}"):
        raise PermissionDenied
    fact: Any = get_object_or_404(model, pk=number)
    return _corrected(request, fact, [])


def _corrected(
    request: HttpRequest, event: Event | Plain, parts: list[tuple[str, Plain]]
) -> HttpResponse:
    """The form of a fact, and what came of it. `parts`: what is corrected on a form of its own."""
    fields, given = fields_of(event), typed(request)
    now = {row.name: row.value for row in fields}
    was = {name: given.get(f"was:{name}", value) for name, value in now.items()}
    is_inspection = isinstance(event, Inspection)
    shown: dict[str, Any] = {"event": event, "parts": parts, "has_comment": is_inspection}
    shown |= {name: given.get(name, "") for name in ("reason", "source")}
    errors: dict[str, str] = {}
    clashes: list[Clash] = []
    if request.method == "POST":
        errors, clashes, changes = _compared(request, fields)
        if not errors and not clashes:
            if not changes:
                errors = {"": "Nothing is changed yet."}
            elif not shown["reason"].strip():
                errors = {"reason": "Say why it is corrected."}
            else:
                errors = _written(event, changes, shown, request)
                if not errors:
                    return redirect("entry:corrections")
    chosen = {clash.field.name for clash in clashes}
    shown["fields"] = [
        replace(row, value=given.get(row.name, row.value), error=errors.pop(row.name, ""))
        for row in fields
        if row.name not in chosen
    ]
    was |= {name: now[name] for name in chosen}
    shown |= {"errors": errors, "clashes": clashes, "was": was.items()}
    status = 409 if clashes else 400 if request.method == "POST" else 200
    return render(request, "entry/correct.html", shown, status=status)


@dataclass(frozen=True)
class Clash:
    """One field that two people changed; values as they are shown, `field` as it is now."""

    field: EntryField
    before: str
    mine: str

    def _shown(self, value: str) -> str:
        return dict(self.field.options).get(value) or as_typed(value) or "nothing"

    @property
    def told(self) -> list[tuple[str, str, str]]:
        """Value, whose it is, how it reads: to be chosen from."""
        return [
            (self.mine, "Mine", self._shown(self.mine)),
            (self.field.value, "Theirs", self._shown(self.field.value)),
            (self.before, "As before", self._shown(self.before)),
        ]


def _compared(
    request: HttpRequest, fields: list[EntryField]
) -> tuple[dict[str, str], list[Clash], dict[str, str]]:
    """What was not understood, what two changed, what I changed alone."""
    errors: dict[str, str] = {}
    clashes, changes = [], {}
    for row in fields:
        if row.name not in request.POST:
            continue
        before = request.POST.get(f"was:{row.name}", row.value)
        try:
            mine = understood(row.name, request.POST[row.name])
        except ValidationError as error:
            errors[row.name] = " ".join(error.messages)
            continue
        if mine in (before, row.value):
            continue
        if row.name in ADDRESSES and mine and host_of(mine) not in ofsteds_hosts():
            errors[row.name] = f'"{mine}": {expected_host()}'
        elif before != row.value:
            clashes.append(Clash(row, before, mine))
        else:
            changes[row.name] = mine
    return errors, clashes, changes


def _written(
    event: Event | Plain, changes: dict[str, str], shown: dict[str, Any], request: HttpRequest
) -> dict[str, str]:
    """Writes; what a rule of the record refuses, by field."""
    who = person(request)
    try:
        apply(event, changes, reason=shown["reason"], source=shown["source"][:300], by=who)
    except ValidationError as error:
        if hasattr(error, "error_dict"):
            return {name: " ".join(told) for name, told in error.message_dict.items()}
        return {"": " ".join(error.messages)}
    return {}


def _event(slug: str, reference: str) -> Event:
    for model in (Inspection, Visit):
        found = model.objects.filter(council__slug=slug, reference=reference).first()
        if found:
            return found
    raise Http404(reference)


# What differs, and what was corrected


@require_safe
@needs(SEE)
def corrections(request: HttpRequest) -> HttpResponse:
    """What waits for a choice, from the shipped record and from imports; then what was made."""
    made = Correction.objects.select_related("council", "corrected_by").order_by("-corrected_at")
    shown = {
        "open": open_differences(),
        "made": made[:MOST],
        "may_settle": person(request).has_perms(SETTLE),
    }
    return render(request, "entry/corrections.html", shown)


def open_differences() -> list[dict[str, Any]]:
    """One list, whoever says something else than the record."""
    shipped = [
        {
            "kind": "shipped", "number": row.pk, "what": f"{row.table}: {row.key}",
            "field": row.field or "the whole row", "mine": row.held, "theirs": row.shipped,
            "before": _before(row), "whose": f"the shipped record of {row.release_date}",
        }
        for row in Conflict.objects.filter(outcome=Outcome.OPEN)[:MOST]
    ]  # fmt: skip
    imported = [
        {
            "kind": "import", "number": row.reading, "what": row.event, "field": row.fact,
            "mine": row.recorded, "theirs": row.told, "before": "", "whose": row.source,
        }
        for row in disagreements()[:MOST]
    ]  # fmt: skip
    return [*shipped, *imported]


def _before(row: Conflict) -> str:
    """What stood there before a person changed it, by the corrections log."""
    slug, _, rest = row.key.partition(" ")
    logged = Correction.objects.filter(
        council__slug=slug, event_reference=rest.split(" ")[0], field=row.field
    )
    last = logged.order_by("-corrected_at").first()
    return last.old if last else ""


@require_POST
@needs(SETTLE)
def settle(request: HttpRequest) -> HttpResponse:
    """Keeps the record's value, or takes the other. A second press finds nothing to settle."""
    takes = request.POST.get("choice") == "theirs"
    number = request.POST.get("number", "")
    number = number if number.isdigit() and len(number) < 12 else "0"
    try:
        if request.POST.get("kind") == "import":
            _settle_import(request, int(number), takes=takes)
        elif conflict := Conflict.objects.filter(pk=number, outcome=Outcome.OPEN).first():
            outcome = Outcome.TAKEN if takes else Outcome.KEPT
            settle_shipped(conflict, outcome, by=person(request))
    except ValidationError as error:
        told = {"error": " ".join(error.messages), "open": open_differences(), "may_settle": True}
        return render(request, "entry/corrections.html", told, status=400)
    return redirect("entry:corrections")


def _settle_import(request: HttpRequest, number: int, *, takes: bool) -> None:
    reading = get_object_or_404(Reading, pk=number)
    event = reading.inspection or reading.visit
    if reading.settled_at or event is None:
        return
    if takes:
        title = reading.source.title
        apply(
            event, {reading.fact: reading.value}, by=person(request), source=title,
            reason=f"Taken from {title}",
        )  # fmt: skip
    reading.settled_at, reading.settled_by = timezone.now(), person(request)
    reading.save()
