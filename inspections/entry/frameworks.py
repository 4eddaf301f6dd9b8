"""One form for a new framework, copied from the last one; and one to end a framework alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from inspections import actions
from inspections.entry.days import typed_day
from inspections.entry.fields import Field
from inspections.entry.publishing import public_page
from inspections.entry.reorganising import by_field, spelt
from inspections.models import (
    AreaContinuation,
    Framework,
    GradeScale,
    Inspection,
    Judgement,
    JudgementArea,
    Lane,
    User,
)
from inspections.people.guard import FRAMEWORKS, SEE, needs, person
from inspections.people.unsent import keeps, typed
from inspections.store.rows import read_record
from inspections.vocabulary import Checked, Continuation, InspectionKind

MOST_AREAS = 20
AS_BEFORE, OWN_ROW = "", "+"
NEEDED = ("name", "short", "source", "reason")


@dataclass
class Area:
    """One line of the form. `before`: the area of the last framework that it goes on from."""

    official: str
    short: str
    before: JudgementArea | None
    lanes: list[Lane]
    is_own_row: bool = False


@dataclass
class Plan:
    """What is to be written. `left_out`: why an area of the last framework ends, by its code."""

    last: Framework
    name: str = ""
    short: str = ""
    day: date | None = None
    scale: GradeScale | None = None
    areas: list[Area] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    source: str = ""
    reason: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return slugify(self.short).replace("-", "_")[:40]

    @property
    def is_done(self) -> bool:
        """Was it written before, by a first press of the button?"""
        held = Framework.objects.filter(code=self.code).first()
        return held is not None and held.in_force_from == self.day


def last_framework() -> Framework | None:
    return Framework.objects.filter(is_whole_service=True).order_by("-in_force_from").first()


def copied(last: Framework) -> dict[str, str]:
    """The form as it is first shown: the last framework's areas, each going on as before."""
    areas = list(last.areas.order_by("order"))
    found = {"count": str(len(areas)), "scale": last.scale.code}
    for n, area in enumerate(areas):
        found |= {f"official-{n}": area.official_name, f"short-{n}": area.short_name}
        found |= {f"before-{n}": area.code, f"lane-{n}": AS_BEFORE}
    return found


def read_plan(last: Framework, given: Mapping[str, str]) -> Plan:
    plan = Plan(last)
    for name in NEEDED:
        setattr(plan, name, _plain(given, name))
        if not _plain(given, name):
            plan.errors[name] = "This is needed."
    plan.day = typed_day(given.get("day", ""))
    if plan.day is None:
        plan.errors["day"] = "Expected a day, such as 1 April 2027."
    elif plan.day <= last.in_force_from:
        plan.errors["day"] = f"{last} began on {spelt(last.in_force_from)}: expected a later day."
    if Framework.objects.filter(code=plan.code).exists():
        plan.errors["short"] = f"{plan.short} is on record already."
    plan.scale = GradeScale.objects.filter(code=given.get("scale", "")).first()
    if plan.scale is None:
        plan.errors["scale"] = "Choose one of the scales on record."
    for n in range(count(given)):
        if _plain(given, f"official-{n}") or _plain(given, f"short-{n}"):
            _read_area(plan, given, n)
    if not plan.areas:
        plan.errors["official-0"] = "Name at least one area."
    _ask_what_is_left_out(plan, given)
    return plan


def count(given: Mapping[str, str]) -> int:
    text = given.get("count", "")
    return min(int(text), MOST_AREAS) if text.isdigit() and len(text) < 3 else 0


def _plain(given: Mapping[str, str], name: str) -> str:
    return " ".join(given.get(name, "").split())[:200]


def _read_area(plan: Plan, given: Mapping[str, str], n: int) -> None:
    short = _plain(given, f"short-{n}")
    official = _plain(given, f"official-{n}")
    before = plan.last.areas.filter(code=given.get(f"before-{n}", "")).first()
    lane = given.get(f"lane-{n}", AS_BEFORE)
    lanes = list(before.lanes.all()) if before and lane == AS_BEFORE else []
    lanes = lanes or list(Lane.objects.filter(code=lane))
    area = Area(official or short, short or official[:60], before, lanes, lane == OWN_ROW)
    taken = {held.code for other in plan.areas for held in other.lanes}
    codes = {slugify(other.short) for other in plan.areas}
    if slugify(area.short) in codes:
        plan.errors[f"short-{n}"] = f"{area.short} stands twice."
    if not lanes and not area.is_own_row:
        plan.errors[f"lane-{n}"] = f"Say in which row of the charts {area.short} stands."
    elif both := sorted(row.name for row in lanes if row.code in taken):
        plan.errors[f"lane-{n}"] = (
            f"{', '.join(both)}: another area stands in this row. "
            "Give one of them a row of its own."
        )
    plan.areas.append(area)


def _ask_what_is_left_out(plan: Plan, given: Mapping[str, str]) -> None:
    goes_on = {area.before.pk for area in plan.areas if area.before}
    for area in plan.last.areas.exclude(pk__in=goes_on).order_by("order"):
        why = _plain(given, f"left-{area.code}")
        plan.left_out[area.code] = why
        if not why:
            plan.errors[f"left-{area.code}"] = f"{area.short_name} is left out: say why it ends."


@actions.together()
def write(plan: Plan, *, by: User) -> Framework:
    """All of it or nothing. Raises ValidationError where a rule of the record refuses it."""
    actions.wait_for_turn()
    assert plan.day is not None  # noqa: S101 - read_plan has told its lack
    last_day = plan.day - timedelta(days=1)
    if plan.last.in_force_to is None or plan.last.in_force_to > last_day:
        end(plan.last, last_day, reason=plan.reason, source=plan.source, by=by)
    new = Framework(
        code=plan.code, name=plan.name, short_name=plan.short, scale=plan.scale,
        in_force_from=plan.day, is_whole_service=True, notes=f"Source: {plan.source}",
    )  # fmt: skip
    actions.record(new, by=by, reason=plan.reason)
    parts = [area.before.pk for area in plan.areas if area.before]
    for order, area in enumerate(plan.areas, start=1):
        lanes = [_new_lane(area, by, plan.reason)] if area.is_own_row else area.lanes
        judged = JudgementArea(
            framework=new, code=slugify(area.short).replace("-", "_")[:40], order=order,
            official_name=area.official, short_name=area.short,
            is_overall=any(lane.is_overall for lane in lanes),
            is_part=bool(area.before and area.before.is_part),
        )  # fmt: skip
        actions.record(judged, by=by, reason=plan.reason, lists={"lanes": lanes})
        if area.before:
            kind, note = _goes_on(area, parts.count(area.before.pk) > 1, last_day)
            link = AreaContinuation(earlier=area.before, later=judged, kind=kind, note=note)
            actions.record(link, by=by, reason=plan.reason)
    for code, why in plan.left_out.items():
        earlier = plan.last.areas.get(code=code)
        ended = AreaContinuation(earlier=earlier, kind=Continuation.ENDED, note=why)
        actions.record(ended, by=by, reason=plan.reason)
    return new


def _new_lane(area: Area, by: User, reason: str) -> Lane:
    """Right after all others; what it is taken for is as in the area it goes on from."""
    like = area.before.lanes.first() if area.before else None
    highest = Lane.objects.aggregate(most=Max("order"))["most"] or 0
    lane = Lane(
        code=slugify(area.short).replace("-", "_")[:40], name=area.short[:80],
        short_name=area.short[:40], order=highest + 1, is_core=True,
        is_practice=bool(like and like.is_practice), is_leaders=bool(like and like.is_leaders),
    )  # fmt: skip
    actions.record(lane, by=by, reason=reason)
    return lane


def _goes_on(area: Area, is_split: bool, last_day: date) -> tuple[str, str]:
    assert area.before is not None  # noqa: S101 - asked before
    before, until = area.before.short_name, f"{last_day:%B %Y}"
    if is_split:
        return Continuation.SPLIT, f"{before} was one judgement until {until}"
    if slugify(area.short) == slugify(before) and area.official == area.before.official_name:
        return Continuation.SAME, ""
    return Continuation.RENAMED, f"called {before} until {until}"


def end(last: Framework, day: date, *, reason: str, source: str, by: User) -> None:
    """Its last day; refused where an inspection under it began later."""
    changes = {"in_force_to": day}
    actions.correct(last, changes=changes, reason=reason, by=by, source_text=source)


def look(plan: Plan, by: User) -> SafeString | None:
    """The page of a council with invented grades under the new framework; nothing is kept.

    None where a rule refuses the framework: `plan.errors` says which.
    """
    assert plan.day is not None  # noqa: S101 - as above
    with transaction.atomic():
        try:
            new = write(plan, by=by)
            held = Inspection.objects.public().whole_service().order_by("-publication_date")
            example = held.first()
            if example is None:
                return SafeString()
            first = max(plan.day, example.publication_date) + timedelta(days=7)
            invented = Inspection.objects.create(
                council=example.council, framework=new, kind=InspectionKind.STANDARD,
                reference=f"{first}", start_date=first, end_date=first + timedelta(days=11),
                publication_date=first + timedelta(days=60), checked=Checked.ENTERED,
            )  # fmt: skip
            grades = list(new.scale.grades.order_by("order"))
            for n, area in enumerate(new.areas.order_by("order")):
                grade = grades[n % len(grades)]
                Judgement.objects.create(inspection=invented, area=area, grade=grade)
            day = invented.publication_date
            page = public_page(example.council, record=read_record(None), day=day)
            return mark_safe(page)  # noqa: S308 - what the public view made
        except ValidationError as error:
            plan.errors |= by_field(error)
            return None
        finally:
            transaction.set_rollback(True)


def told(plan: Plan) -> list[str]:
    """What will stand on record, in words."""
    assert plan.day is not None  # noqa: S101 - as above
    last_day = plan.day - timedelta(days=1)
    said = [f"{plan.last}: last day {spelt(last_day)}.", f"{plan.short}: from {spelt(plan.day)}."]
    parts = [area.before.pk for area in plan.areas if area.before]
    for area in plan.areas:
        if area.before is None:
            said.append(f"{area.short}: new, judged for the first time.")
            continue
        kind, note = _goes_on(area, parts.count(area.before.pk) > 1, last_day)
        why = f" ({note})" if note else ""
        said.append(f"{area.short}: {Continuation.label_of(kind).lower()}{why}.")
    names = dict(plan.last.areas.values_list("code", "short_name"))
    return said + [f"{names[code]}: ends. {why}." for code, why in plan.left_out.items()]


def _fields(last: Framework, given: Mapping[str, str], errors: Mapping[str, str]) -> list[Field]:
    scales = tuple(GradeScale.objects.values_list("code", "name"))
    lines: list[tuple[str, str, str, tuple[tuple[str, str], ...]]] = [
        ("name", "Name in full", "As Ofsted prints it.", ()),
        ("short", "Short name", "For the bands of a chart.", ()),
        ("day", "First day", f"{last} then ends on the day before.", ()),
        ("scale", "Grades", "A scale that is not here yet is made behind Maintenance.", scales),
        ("source", "Source: document, page or address", "Readers see it.", ()),
        ("reason", "Reason, as readers will see it", "", ()),
    ]
    return [_field(given, errors, *line) for line in lines]


def _area_fields(
    last: Framework, given: Mapping[str, str], errors: Mapping[str, str], n: int
) -> list[Field]:
    before, lanes = last.areas.order_by("order"), Lane.objects.all()
    goes_on = (("", "Nothing: it is new"), *before.values_list("code", "short_name"))
    rows = ((AS_BEFORE, "As before"), *lanes.values_list("code", "name"), (OWN_ROW, "Its own"))
    split = "Twice the same: it is split."
    return [
        _field(given, errors, f"short-{n}", "Short name", "Both names empty: it is dropped."),
        _field(given, errors, f"official-{n}", "Name as printed in the reports"),
        _field(given, errors, f"before-{n}", "Goes on from", split, goes_on),
        _field(given, errors, f"lane-{n}", "Row of the charts", "", rows),
    ]


def _field(
    given: Mapping[str, str],
    errors: Mapping[str, str],
    name: str,
    label: str,
    hint: str = "",
    options: tuple[tuple[str, str], ...] = (),
) -> Field:
    value, error = given.get(name, ""), errors.get(name, "")
    return Field(name, label, value, options=options, hint=hint, error=error)


@needs(SEE, to_change=FRAMEWORKS)
@keeps
def framework(request: HttpRequest) -> HttpResponse:
    """The form, what it comes to in words and on an example page, one press that saves it all."""
    last = last_framework()
    if last is None:
        return render(request, "entry/framework.html", {})
    given, page = copied(last) | typed(request).dict(), None
    plan = Plan(last)
    if "end" in request.POST:
        plan.errors = _end(request, last, given)
        if not plan.errors:
            return redirect("entry:framework")
    elif "another" in request.POST:
        given["count"] = str(min(count(given) + 1, MOST_AREAS))
    elif request.method == "POST" and "change" not in given:
        plan = read_plan(last, given)
        if "save" in given and plan.is_done:
            return redirect("entry:framework")
        if not plan.errors and "save" in given:
            try:
                write(plan, by=person(request))
            except ValidationError as error:
                plan.errors |= by_field(error)
            else:
                return redirect("entry:framework")
        elif not plan.errors:
            page = look(plan, person(request))
    errors = plan.errors
    names = dict(last.areas.values_list("code", "short_name"))
    shown = {
        "last": last,
        "given": [row for row in given.items() if row[0] not in {"csrfmiddlewaretoken", "check"}],
        "fields": _fields(last, given, errors),
        "areas": [_area_fields(last, given, errors, n) for n in range(count(given))],
        "left_out": [
            _field(given, errors, f"left-{code}", f"{names[code]} is left out: why does it end?")
            for code in plan.left_out
        ],
        "ending": [
            _field(given, errors, name, label)
            for name, label in (
                ("end_day", "Last day"), ("end_source", "Source"), ("end_reason", "Reason"),
            )
        ],
        "count": count(given),
        "errors": errors,
        "page": page,
        "told": told(plan) if page is not None else [],
        "may_change": person(request).has_perms(FRAMEWORKS),
    }  # fmt: skip
    return render(request, "entry/framework.html", shown, status=400 if errors else 200)


def _end(request: HttpRequest, last: Framework, given: Mapping[str, str]) -> dict[str, str]:
    """Ends the framework alone; what is wrong by field."""
    day = typed_day(given.get("end_day", ""))
    errors = {} if day else {"end_day": "Expected a day, such as 31 March 2027."}
    reason, source = _plain(given, "end_reason"), _plain(given, "end_source")
    for name, text in (("end_reason", reason), ("end_source", source)):
        if not text:
            errors[name] = "This is needed: readers see it."
    if errors or day is None:
        return errors
    try:
        end(last, day, reason=reason, source=source, by=person(request))
    except ValidationError as error:
        return {"end_day": " ".join(error.messages)}
    return {}
