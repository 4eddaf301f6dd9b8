"""One form for a new framework with its grades; and one to end a framework alone."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from inspections.entry import scales
from inspections.entry.days import typed_day
from inspections.entry.fields import EntryField
from inspections.entry.frameworks import (
    AS_BEFORE,
    MOST_AREAS,
    OWN_ROW,
    FrameworkPlan,
    copied,
    count,
    end,
    last_framework,
    look,
    plain,
    read_plan,
    told,
    write,
)
from inspections.entry.reorganising import by_field
from inspections.models import Framework, GradeScale, Lane
from inspections.people.guard import FRAMEWORKS, SEE, needs, person
from inspections.people.unsent import keeps, typed


def _fields(
    last: Framework, given: Mapping[str, str], errors: Mapping[str, str]
) -> list[EntryField]:
    known = (*GradeScale.objects.values_list("code", "name"), (scales.NEW, "A new scale, below"))
    lines: list[tuple[str, str, str, tuple[tuple[str, str], ...]]] = [
        ("name", "Name in full", "As Ofsted prints it.", ()),
        ("short", "Short name", "For the bands of a chart.", ()),
        ("day", "First day", f"{last} then ends on the day before.", ()),
        ("scale", "Grades", "", known),
        ("source", "Source: document, page or address", "Readers see it.", ()),
        ("reason", "Reason, as readers will see it", "", ()),
    ]
    return [_field(given, errors, *line) for line in lines]


def _area_fields(
    last: Framework, given: Mapping[str, str], errors: Mapping[str, str], n: int
) -> list[EntryField]:
    before, lanes = last.areas.order_by("order"), Lane.objects.all()
    goes_on = (("", "Nothing: it is new"), *before.values_list("code", "short_name"))
    rows = ((AS_BEFORE, "As before"), *lanes.values_list("code", "name"), (OWN_ROW, "Its own"))
    split = "Twice the same: it is split."
    return [
        _field(given, errors, f"short-{n}", "Short name", "Both names empty: it is dropped."),
        _field(given, errors, f"official-{n}", "Name as printed in the reports"),
        _field(given, errors, f"before-{n}", "Goes on from", split, goes_on),
        _field(given, errors, f"also-{n}", "Also goes on from", "Merged: short names, by commas."),
        _field(given, errors, f"lane-{n}", "Row of the charts", "", rows),
    ]


def _grade_fields(given: Mapping[str, str], errors: Mapping[str, str], n: int) -> list[EntryField]:
    colours = tuple((code, code.replace("-", " ").capitalize()) for code in scales.COLOURS)
    return [
        _field(given, errors, f"grade-{n}", "Name", "Empty: it is dropped."),
        _field(given, errors, f"printed-{n}", "As printed in the reports", "Empty: its name."),
        _field(given, errors, f"letter-{n}", "Letters of its mark", "One to three."),
        _field(given, errors, f"colour-{n}", "Colour", "Each has its own.", colours),
        _field(given, errors, f"stands-{n}", "Counts as", "", scales.STANDS),
    ]


def _field(
    given: Mapping[str, str],
    errors: Mapping[str, str],
    name: str,
    label: str,
    hint: str = "",
    options: tuple[tuple[str, str], ...] = (),
) -> EntryField:
    value, error = given.get(name, ""), errors.get(name, "")
    return EntryField(name, label, value, options=options, hint=hint, error=error)


@needs(SEE, to_change=FRAMEWORKS)
@keeps
def framework(request: HttpRequest) -> HttpResponse:
    """The form, what it comes to in words and on an example page, one press that saves it all."""
    last = last_framework()
    if last is None:
        return render(request, "entry/framework.html", {})
    given, page = copied(last) | typed(request).dict(), None
    plan = FrameworkPlan(last)
    if "end" in request.POST:
        plan.errors = _end(request, last, given)
        if not plan.errors:
            return redirect("entry:framework")
    elif "another" in request.POST:
        given["count"] = str(min(count(given) + 1, MOST_AREAS))
    elif "grade" in request.POST:
        given["grades"] = str(scales.count(given) + 1)
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
        "grades": [_grade_fields(given, errors, n) for n in range(scales.count(given))],
        "scale_name": _field(given, errors, "scale-name", "Name of the scale", "Of a new one."),
        "is_new_scale": given.get("scale") == scales.NEW,
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
    reason, source = plain(given, "end_reason"), plain(given, "end_source")
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
