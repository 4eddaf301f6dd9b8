"""Reads frameworks, areas, lanes, grades and continuations from the tables."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from django.apps import apps

from inspections import models
from inspections.framework_rows import Area, Framework, FrameworkBook, Grade, Lane, Links
from inspections.store.history import Line, as_known, lines


def told_apart(grades: dict[int, Grade], frameworks: Iterable[Framework]) -> dict[int, Grade]:
    """The grades with their places, and keys and titles of their own where scales share them.

    The scale of the earliest framework of the whole service keeps the plain ones, so that an
    address goes on to mean what it has meant when a framework with a scale of its own is added.
    """
    names: dict[str, str] = {}
    for row in sorted(frameworks, key=lambda row: (not row.is_whole_service, row.in_force_from)):
        names.setdefault(row.scale, row.short_name)
    order = {scale: place for place, scale in enumerate(names)}

    def place_of(item: tuple[int, Grade]) -> tuple[int, str, int]:
        grade = item[1]
        return (order.get(grade.scale, len(order)), grade.scale, grade.order)

    keys: set[str] = set()
    titles: set[str] = set()
    found = {}
    for place, (pk, grade) in enumerate(sorted(grades.items(), key=place_of), start=1):
        key = grade.code if grade.code not in keys else f"{grade.code}_{grade.scale}"
        title = grade.name
        if title in titles:
            title = f"{grade.name} ({names.get(grade.scale, grade.scale)})"
        found[pk] = replace(grade, key=key, title=title, place=place)
        keys.add(key)
        titles.add(title)
    return found


def framework_book(known: datetime | None) -> FrameworkBook:
    """Everything about frameworks with areas; as this site held it at `known`. Seven queries."""
    scales = dict(as_known(models.GradeScale, known).values_list("id", "code"))
    given = lines(Framework, as_known(models.Framework, known).order_by("in_force_from"))
    areas = {
        pk: Area(**{**line, "framework": given[line["framework"]]["code"]}, lanes=lanes)
        for pk, line, lanes in _areas(known, given)
    }
    own: dict[str, list[Area]] = defaultdict(list)
    for area in areas.values():
        own[area.framework].append(area)
    frameworks = {
        pk: Framework(
            **{**line, "scale": scales.get(line["scale"], "")}, areas=tuple(own[line["code"]])
        )
        for pk, line in given.items()
        if line["code"] in own
    }
    grades = {
        pk: Grade(**{**line, "scale": scales.get(line["scale"], "")})
        for pk, line in lines(Grade, as_known(models.Grade, known)).items()
    }
    shown = {lane for area in areas.values() for lane in area.lanes}
    return FrameworkBook(
        frameworks=frameworks,
        areas=areas,
        grades=told_apart(grades, frameworks.values()),
        lanes=tuple(sorted(shown, key=lambda lane: lane.order)),
        links=_links(areas, known),
        area_lanes={area.key: area.lane_codes for area in areas.values()},
    )


def _areas(
    known: datetime | None, frameworks: dict[int, Line]
) -> Iterator[tuple[int, Line, tuple[Lane, ...]]]:
    """Framework by framework in the order of printing: id, cells of the row, lanes."""
    table = as_known(models.JudgementArea, known)
    if known is None:
        links = models.JudgementArea.lanes.through.objects.all()
    else:
        kept = apps.get_model("inspections", "HistoricalJudgementArea_lanes")
        links = kept.objects.filter(history_id__in=list(table.values_list("history_id", flat=True)))
    lanes = {pk: Lane(**line) for pk, line in lines(Lane, as_known(models.Lane, known)).items()}
    given: dict[int, list[Lane]] = defaultdict(list)
    for area, lane in links.values_list("judgementarea_id", "lane_id"):
        if lane in lanes:
            given[area].append(lanes[lane])
    found = sorted(lines(Area, table).items(), key=lambda item: item[1]["order"])
    for framework in frameworks:
        for pk, line in found:
            if line["framework"] == framework:
                yield pk, line, tuple(sorted(given[pk], key=lambda row: row.order))


def _links(areas: dict[int, Area], known: datetime | None) -> Links:
    found = as_known(models.AreaContinuation, known).order_by("id")
    return Links.of(
        (*areas[earlier].key, *(areas[later].key if later else (None, None)), kind, note)
        for earlier, later, kind, note in found.values_list("earlier", "later", "kind", "note")
        if earlier in areas and (later is None or later in areas)
    )
