"""One form for a reorganisation: the councils that end, the day, those that take their place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from selectolax.lexbor import LexborHTMLParser

from inspections import actions
from inspections.entry.days import typed_day
from inspections.entry.fields import EntryField
from inspections.entry.forms import council_called
from inspections.entry.publishing import public_page
from inspections.importers.wording.dates import spelt
from inspections.models import Council, CouncilAlias, User
from inspections.models.council import CODES
from inspections.people.guard import COUNCILS, SEE, needs, person
from inspections.people.unsent import keeps, typed
from inspections.store.rows import read_record
from inspections.vocabulary import AliasScheme, CouncilKind

MOST_NEW = 12
SHAPES = {
    "ons_code": (r"E\d{8}", "E and eight digits, such as E06000066"),
    "dfe_code": (r"\d{3}", "three digits"),
    "ofsted_urn": (r"\d{5,10}", "five to ten digits"),
}
DISTRICT = AliasScheme.DISTRICT


@dataclass
class ReorganisationPlan:
    """What is to be written: `new` not saved yet, each with its districts. `errors` by field."""

    ends: list[Council] = field(default_factory=list)
    day: date | None = None
    new: list[tuple[Council, list[str]]] = field(default_factory=list)
    source: str = ""
    reason: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def is_done(self) -> bool:
        """Was all of it written before, by a first press of the button?"""
        held = {
            row.slug for old in self.ends for row in old.successors.filter(opened_date=self.day)
        }
        return bool(held) and held == {row.slug for row, _ in self.new}


def read_plan(given: Mapping[str, str]) -> ReorganisationPlan:
    plan = ReorganisationPlan(
        source=given.get("source", "").strip(), reason=given.get("reason", "").strip()
    )
    for name in ("source", "reason"):
        if not given.get(name, "").strip():
            plan.errors[name] = "This is needed: readers see it."
    _read_ends(plan, given.get("ends", ""))
    plan.day = typed_day(given.get("day", ""))
    if plan.day is None:
        plan.errors["day"] = "Expected a day, such as 1 April 2027."
    for n in range(_count(given)):
        if given.get(f"name-{n}", "").strip():
            _read_new(plan, given, n)
    if not plan.new:
        plan.errors.setdefault("name-0", "Name at least one council.")
    _place_districts(plan)
    if plan.errors and plan.is_done:
        plan.errors.clear()
    return plan


def _count(given: Mapping[str, str]) -> int:
    text = given.get("count", "2")
    return min(int(text), MOST_NEW) if text.isdigit() and len(text) < 3 else 2


def listed(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]


def _read_ends(plan: ReorganisationPlan, text: str) -> None:
    for name in listed(text):
        council = council_called(name)
        if council is None:
            plan.errors["ends"] = f'No council is called "{name}".'
        elif council not in plan.ends:
            plan.ends.append(council)
    if not plan.ends:
        plan.errors.setdefault("ends", "Name at least one council.")
    for council in plan.ends:
        if council.closed_date:
            plan.errors["ends"] = f"{council} has a last day already: {spelt(council.closed_date)}."


def _read_new(plan: ReorganisationPlan, given: Mapping[str, str], n: int) -> None:
    name = " ".join(given[f"name-{n}"].split())
    short = " ".join(given.get(f"short_name-{n}", "").split()) or name.removesuffix(" Council")
    codes = {code: given.get(f"{code}-{n}", "").strip().upper() for code in CODES}
    like = plan.ends[0] if plan.ends else Council()
    council = Council(
        slug=slugify(short), name=name, short_name=short, kind=given.get(f"kind-{n}", ""),
        ons_region=like.ons_region, ofsted_region=like.ofsted_region, opened_date=plan.day, **codes,
    )  # fmt: skip
    named = Q(name__iexact=name) | Q(short_name__iexact=short) | Q(slug=council.slug)
    if Council.objects.filter(named).exists() or council.slug in {row.slug for row, _ in plan.new}:
        plan.errors[f"name-{n}"] = f"{short} is on record already."
    for code, (shape, expected) in SHAPES.items():
        if codes[code] and not re.fullmatch(shape, codes[code]):
            plan.errors[f"{code}-{n}"] = f'"{codes[code]}": expected {expected}, or nothing.'
        elif codes[code] and (held := _holder(code, codes[code])):
            plan.errors[f"{code}-{n}"] = f"{codes[code]} is or was {held}'s."
    plan.new.append((council, listed(given.get(f"districts-{n}", ""))))


def _holder(code: str, value: str) -> Council | None:
    today = Q(**{code: value})
    return Council.objects.filter(today | Q(aliases__scheme=code, aliases__value=value)).first()


def _place_districts(plan: ReorganisationPlan) -> None:
    """Every district of those that end goes to one new council, where its districts are known."""
    held = set(
        CouncilAlias.objects.filter(council__in=plan.ends, scheme=DISTRICT).values_list(
            "value", flat=True
        )
    )
    known, placed = {value.lower(): value for value in held}, set()
    for n, (_, districts) in enumerate(plan.new):
        for place, name in enumerate(districts):
            districts[place] = name = known.get(name.lower(), name)
            if held and name not in held:
                plan.errors[f"districts-{n}"] = f"{name} is no district of those that end."
            elif name in placed:
                plan.errors[f"districts-{n}"] = f"{name} stands twice."
            placed.add(name)
    if left := sorted(held - placed):
        last = f"districts-{max(len(plan.new) - 1, 0)}"
        plan.errors.setdefault(last, f"Not placed yet: {', '.join(left)}.")


@actions.together()
def write(plan: ReorganisationPlan, *, by: User) -> None:
    """All of it or nothing. Raises ValidationError where a rule of the record refuses it."""
    assert plan.day is not None  # noqa: S101 - read_plan has told its lack
    actions.wait_for_turn()
    last_day = plan.day - timedelta(days=1)
    for council in plan.ends:
        for events in (council.inspections, council.visits):
            event = events.filter(start_date__gte=plan.day).first()
            if event and event.start_date:
                raise ValidationError({"day": f"{event} began on {spelt(event.start_date)}."})
        actions.correct(
            council, changes={"closed_date": last_day}, reason=plan.reason, by=by,
            source_text=plan.source,
        )  # fmt: skip
    for council, districts in plan.new:
        actions.record(council, by=by, reason=plan.reason, lists={"predecessors": plan.ends})
        for name in districts:
            alias = CouncilAlias(
                council=council, scheme=DISTRICT, value=name, source_text=plan.source
            )
            actions.record(alias, by=by, reason=plan.reason)


@actions.together()
def take_back(ended: Council, *, reason: str, by: User) -> None:
    """Undoes a reorganisation that is still to come: what was to begin goes, what was to end
    stays. Raises ValidationError where anything has been entered of a new council."""
    actions.wait_for_turn()
    new = list(ended.successors.filter(opened_date__gt=timezone.localdate()))
    if not new:
        raise ValidationError(f"Nothing is to come in place of {ended}.")
    for council in Council.objects.filter(successors__in=new).distinct():
        actions.correct(council, changes={"closed_date": None}, reason=reason, by=by)
    for council in new:
        entered = [council.inspections, council.visits, council.corrections]
        if any(rows.exists() for rows in entered):
            raise ValidationError(f"{council} has facts or corrections of its own: correct it.")
        actions.withdraw(council, reason=reason, by=by)


def told(plan: ReorganisationPlan) -> list[str]:
    """What will stand on record, in words: in the future tense until the day."""
    assert plan.day is not None  # noqa: S101 - as above
    last, is_to_come = plan.day - timedelta(days=1), plan.day > timezone.localdate()
    ends, begins = ("is to be", "is to begin") if is_to_come else ("was", "began")
    said = [f"{row}: its last day {ends} {spelt(last)}. Its record stays." for row in plan.ends]
    for council, districts in plan.new:
        unknown = [name for code, name in CODES.items() if not getattr(council, code)]
        said.append(
            f"{council.name} {begins} on {spelt(plan.day)}"
            + (f", for {', '.join(districts)}" if districts else "")
            + (f". Not known yet: {', '.join(unknown)}" if unknown else "")
            + ". It inherits no grades."
        )
    return said


def _look(plan: ReorganisationPlan, by: User) -> list[tuple[str, str]]:
    """What each council's page will say; nothing is kept."""
    with transaction.atomic():
        try:
            write(plan, by=by)
            record = read_record(None)
            councils = [*plan.ends, *(row for row, _ in plan.new)]
            return [(str(row), _first_words(public_page(row, record=record))) for row in councils]
        except ValidationError as error:
            plan.errors |= by_field(error)
            return []
        finally:
            transaction.set_rollback(True)


def _first_words(page: str) -> str:
    """What a council's page says of its end or its beginning."""
    found = LexborHTMLParser(page).css("p.notice, p.sentence")
    return " ".join(found[0].text().split()) if found else ""


def by_field(error: ValidationError) -> dict[str, str]:
    if hasattr(error, "error_dict"):
        return {name: " ".join(found) for name, found in error.message_dict.items()}
    return {"": " ".join(error.messages)}


def _fields(given: Mapping[str, str], errors: Mapping[str, str], n: int | None) -> list[EntryField]:
    """The form's lines: those of the whole, or those of the new council `n`."""
    kinds = tuple(CouncilKind.choices())
    lines: list[tuple[str, str, str, tuple[tuple[str, str], ...]]] = [
        ("ends", "Councils that end", "Any name they are known by, parted by commas.", ()),
        ("day", "First day of those that take their place", "As in 1 April 2027.", ()),
        ("source", "Source: document, page or address", "Readers see it.", ()),
        ("reason", "Reason, as readers will see it", "", ()),
    ]
    if n is not None:
        lines = [
            ("name", "Name in full", "As in East Surrey Council.", ()),
            ("short_name", "Short name", "Empty: the name without Council.", ()),
            ("kind", "Kind", "", kinds),
            ("districts", "Districts that it takes over", "Parted by commas.", ()),
            *((code, name, "Empty until it is known.", ()) for code, name in CODES.items()),
        ]
    found = []
    for name, label, hint, options in lines:
        key = name if n is None else f"{name}-{n}"
        value = given.get(key, CouncilKind.UNITARY if name == "kind" else "")
        error = errors.get(key, "")
        found.append(EntryField(key, label, value, options=options, hint=hint, error=error))
    return found


@needs(SEE, to_change=COUNCILS)
@keeps
def reorganise(request: HttpRequest) -> HttpResponse:
    """The form, its answers in words, and one press that writes it all."""
    given = typed(request).dict()
    plan, pages, count = ReorganisationPlan(), [], _count(given)
    if "another" in request.POST:
        count = min(count + 1, MOST_NEW)
    elif request.method == "POST" and "change" not in given:
        plan = read_plan(given)
        if "save" in given and not plan.errors:
            if plan.is_done:
                return redirect("entry:reorganise")
            try:
                write(plan, by=person(request))
            except ValidationError as error:
                plan.errors |= by_field(error)
            else:
                return redirect("entry:reorganise")
        elif not plan.errors:
            pages = _look(plan, person(request))
    shown = {
        "given": [row for row in given.items() if row[0] not in {"csrfmiddlewaretoken", "check"}],
        "fields": _fields(given, plan.errors, None),
        "new": [_fields(given, plan.errors, n) for n in range(count)],
        "count": count,
        "errors": plan.errors,
        "pages": pages,
        "told": told(plan) if pages else [],
        "to_come": _to_come(),
        "may_change": person(request).has_perms(COUNCILS),
    }
    status = 400 if plan.errors else 200
    return render(request, "entry/reorganise.html", shown, status=status)


def _to_come() -> list[tuple[Council, list[Council]]]:
    """Councils that end, each with those that take its place on a day to come."""
    ending = Council.objects.filter(successors__opened_date__gt=timezone.localdate()).distinct()
    return [(row, list(row.successors.all())) for row in ending]


@needs(COUNCILS)
@keeps
def undo_reorganisation(request: HttpRequest, slug: str) -> HttpResponse:
    council = get_object_or_404(Council, slug=slug)
    reason, error = typed(request).get("reason", "").strip(), ""
    if request.method == "POST":
        try:
            if not reason:
                raise ValidationError("Say why it is taken back.")
            take_back(council, reason=reason, by=person(request))
            return redirect("entry:reorganise")
        except ValidationError as refused:
            error = " ".join(refused.messages)
    new = council.successors.all()
    shown = {"council": council, "error": error, "new": new, "reason": reason}
    return render(request, "entry/unreorganise.html", shown, status=400 if error else 200)
