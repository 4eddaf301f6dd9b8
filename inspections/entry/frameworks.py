"""A new framework, copied from the last one: what is typed, what it comes to, and writing it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from inspections import actions
from inspections.entry import scales
from inspections.entry.days import typed_day
from inspections.entry.publishing import public_page
from inspections.entry.reorganising import by_field, listed
from inspections.importers.wording.dates import spelt
from inspections.models import (
    AreaContinuation,
    Framework,
    Grade,
    GradeScale,
    Inspection,
    Judgement,
    JudgementArea,
    Lane,
    User,
)
from inspections.store.rows import read_record
from inspections.vocabulary import Checked, Continuation, InspectionKind

MOST_AREAS = 20
AS_BEFORE, OWN_ROW = "", "+"
NEEDED = ("name", "short", "source", "reason")


@dataclass
class AreaLine:
    """One line of the form. `befores`: the areas of the last framework that it goes on from."""

    official: str
    short: str
    befores: list[JudgementArea]
    lanes: list[Lane]
    is_own_row: bool = False


@dataclass
class FrameworkPlan:
    """What is to be written. `grades`: those of a new scale. `left_out`: why an area of the last
    framework ends, by its code."""

    last: Framework
    name: str = ""
    short: str = ""
    day: date | None = None
    scale: GradeScale | None = None
    grades: list[Grade] = field(default_factory=list)
    areas: list[AreaLine] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    source: str = ""
    reason: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return slugify(self.short).replace("-", "_")[:40]

    @property
    def goes_on(self) -> list[int]:
        """The ids of the last framework's areas that go on, one that is split as often as it is."""
        return [row.pk for area in self.areas for row in area.befores]

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
    found = {"count": str(len(areas)), "scale": last.scale.code} | scales.copied(last.scale)
    for n, area in enumerate(areas):
        found |= {f"official-{n}": area.official_name, f"short-{n}": area.short_name}
        found |= {f"before-{n}": area.code, f"lane-{n}": AS_BEFORE}
    return found


def read_plan(last: Framework, given: Mapping[str, str]) -> FrameworkPlan:
    plan = FrameworkPlan(last)
    for name in NEEDED:
        setattr(plan, name, plain(given, name))
        if not plain(given, name):
            plan.errors[name] = "This is needed."
    plan.day = typed_day(given.get("day", ""))
    if plan.day is None:
        plan.errors["day"] = "Expected a day, such as 1 April 2027."
    elif plan.day <= last.in_force_from:
        plan.errors["day"] = f"{last} began on {spelt(last.in_force_from)}: expected a later day."
    if Framework.objects.filter(code=plan.code).exists():
        plan.errors["short"] = f"{plan.short} is on record already."
    if given.get("scale") == scales.NEW:
        plan.scale, plan.grades = scales.read(given, plan.errors)
    else:
        plan.scale = GradeScale.objects.filter(code=given.get("scale", "")).first()
    if plan.scale is None:
        plan.errors["scale"] = "Choose one of the scales on record."
    for n in range(count(given)):
        if plain(given, f"official-{n}") or plain(given, f"short-{n}"):
            _read_area(plan, given, n)
    if not plan.areas:
        plan.errors["official-0"] = "Name at least one area."
    _ask_what_is_left_out(plan, given)
    return plan


def count(given: Mapping[str, str]) -> int:
    text = given.get("count", "")
    return min(int(text), MOST_AREAS) if text.isdigit() and len(text) < 3 else 0


def plain(given: Mapping[str, str], name: str) -> str:
    return " ".join(given.get(name, "").split())[:200]


def _read_area(plan: FrameworkPlan, given: Mapping[str, str], n: int) -> None:
    short = plain(given, f"short-{n}")
    official = plain(given, f"official-{n}")
    befores = list(plan.last.areas.filter(code=given.get(f"before-{n}", "")))
    named = {row.short_name.lower(): row for row in plan.last.areas.all()}
    for name in listed(given.get(f"also-{n}", "")):
        also = named.get(name.lower())
        if also is None:
            expected = ", ".join(row.short_name for row in named.values())
            plan.errors[f"also-{n}"] = f'"{name}": expected short names among {expected}.'
        elif also not in befores:
            befores.append(also)
    lane = given.get(f"lane-{n}", AS_BEFORE)
    held = {row.code: row for before in befores for row in before.lanes.all()}
    lanes = list(held.values()) if lane == AS_BEFORE else list(Lane.objects.filter(code=lane))
    area = AreaLine(official or short, short or official[:60], befores, lanes, lane == OWN_ROW)
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


def _ask_what_is_left_out(plan: FrameworkPlan, given: Mapping[str, str]) -> None:
    for area in plan.last.areas.exclude(pk__in=plan.goes_on).order_by("order"):
        why = plain(given, f"left-{area.code}")
        plan.left_out[area.code] = why
        if not why:
            plan.errors[f"left-{area.code}"] = f"{area.short_name} is left out: say why it ends."


@actions.together()
def write(plan: FrameworkPlan, *, by: User) -> Framework:
    """All of it or nothing. Raises ValidationError where a rule of the record refuses it."""
    actions.wait_for_turn()
    assert plan.day is not None  # noqa: S101 - read_plan has told its lack
    last_day = plan.day - timedelta(days=1)
    if plan.last.in_force_to is None or plan.last.in_force_to > last_day:
        end(plan.last, last_day, reason=plan.reason, source=plan.source, by=by)
    if plan.scale and plan.grades:
        scales.write(plan.scale, plan.grades, by=by, reason=plan.reason)
    new = Framework(
        code=plan.code, name=plan.name, short_name=plan.short, scale=plan.scale,
        in_force_from=plan.day, is_whole_service=True, notes=f"Source: {plan.source}",
    )  # fmt: skip
    actions.record(new, by=by, reason=plan.reason)
    for order, area in enumerate(plan.areas, start=1):
        lanes = [_new_lane(area, by, plan.reason)] if area.is_own_row else area.lanes
        judged = JudgementArea(
            framework=new, code=slugify(area.short).replace("-", "_")[:40], order=order,
            official_name=area.official, short_name=area.short,
            is_overall=any(lane.is_overall for lane in lanes),
            is_part=bool(area.befores) and all(row.is_part for row in area.befores),
        )  # fmt: skip
        actions.record(judged, by=by, reason=plan.reason, lists={"lanes": lanes})
        kind, note = _goes_on(plan, area)
        for before in area.befores:
            link = AreaContinuation(earlier=before, later=judged, kind=kind, note=note)
            actions.record(link, by=by, reason=plan.reason)
    for code, why in plan.left_out.items():
        earlier = plan.last.areas.get(code=code)
        ended = AreaContinuation(earlier=earlier, kind=Continuation.ENDED, note=why)
        actions.record(ended, by=by, reason=plan.reason)
    return new


def _new_lane(area: AreaLine, by: User, reason: str) -> Lane:
    """Right after all others; what it is taken for is as in the area it goes on from."""
    like = Lane.objects.filter(areas__in=area.befores).order_by("order").first()
    highest = Lane.objects.aggregate(most=Max("order"))["most"] or 0
    lane = Lane(
        code=slugify(area.short).replace("-", "_")[:40], name=area.short[:80],
        short_name=area.short[:40], order=highest + 1, is_core=True,
        is_practice=bool(like and like.is_practice), is_leaders=bool(like and like.is_leaders),
    )  # fmt: skip
    actions.record(lane, by=by, reason=reason)
    return lane


def _goes_on(plan: FrameworkPlan, area: AreaLine) -> tuple[str, str]:
    """How it goes on from those before it; nothing where it is new."""
    assert plan.day is not None  # noqa: S101 - as above
    until = f"{plan.day - timedelta(days=1):%B %Y}"
    names = [row.short_name for row in area.befores]
    if not names:
        return "", ""
    before = " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
    if len(names) > 1:
        return Continuation.MERGED, f"{before} were judged apart until {until}"[:250]
    if plan.goes_on.count(area.befores[0].pk) > 1:
        return Continuation.SPLIT, f"{before} was one judgement until {until}"
    if (slugify(area.short), area.official) == (slugify(before), area.befores[0].official_name):
        return Continuation.SAME, ""
    return Continuation.RENAMED, f"called {before} until {until}"


def end(last: Framework, day: date, *, reason: str, source: str, by: User) -> None:
    """Its last day; refused where an inspection under it began later."""
    changes = {"in_force_to": day}
    actions.correct(last, changes=changes, reason=reason, by=by, source_text=source)


def look(plan: FrameworkPlan, by: User) -> SafeString | None:
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


def told(plan: FrameworkPlan) -> list[str]:
    """What will stand on record, in words."""
    assert plan.day is not None  # noqa: S101 - as above
    last_day = plan.day - timedelta(days=1)
    said = [f"{plan.last}: last day {spelt(last_day)}.", f"{plan.short}: from {spelt(plan.day)}."]
    if plan.grades:
        said.append(f"{plan.scale}, best first: {', '.join(map(str, plan.grades))}. These grades "
                    f"cannot be set beside those of {plan.last.scale}.")  # fmt: skip
    for area in plan.areas:
        kind, note = _goes_on(plan, area)
        if not kind:
            said.append(f"{area.short}: new, judged for the first time.")
            continue
        why = f" ({note})" if note else ""
        said.append(f"{area.short}: {Continuation.label_of(kind).lower()}{why}.")
    names = dict(plan.last.areas.values_list("code", "short_name"))
    return said + [f"{names[code]}: ends. {why}." for code, why in plan.left_out.items()]
