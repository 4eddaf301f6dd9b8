"""Reads frameworks, areas, lanes, grades and continuations from the tables."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.apps import apps

from inspections.framework_rows import Area, FrameworkBook, Links
from inspections.framework_rows import Framework as FrameworkRow
from inspections.framework_rows import Grade as GradeRow
from inspections.framework_rows import Lane as LaneRow
from inspections.models import (
    AreaContinuation,
    Framework,
    Grade,
    GradeScale,
    JudgementArea,
    Lane,
)
from inspections.store.history import as_known

AREA_FIELDS = (
    "framework__code", "code", "official_name", "short_name", "order", "is_overall", "is_part",
)  # fmt: skip
LANE_FIELDS = (
    "lanes__code", "lanes__name", "lanes__short_name", "lanes__order", "lanes__is_overall",
    "lanes__is_core", "lanes__is_leaders", "lanes__is_practice",
)  # fmt: skip
FRAMEWORK_FIELDS = (
    "framework_id", "framework__code", "framework__name", "framework__short_name",
    "framework__scale__code", "framework__in_force_from", "framework__in_force_to",
    "framework__is_whole_service", "framework__notes",
)  # fmt: skip
GRADE_FIELDS = ("pk", "code", "name", "letter", "order", "colour")
GRADE_FLAGS = ("is_inadequate", "is_good_or_better")


def told_apart(
    grades: dict[int, GradeRow], frameworks: Iterable[FrameworkRow]
) -> dict[int, GradeRow]:
    """The grades with their places, and keys and titles of their own where scales share them.

    The scale of the earliest framework of the whole service keeps the plain ones, so that an
    address goes on to mean what it has meant when a framework with a scale of its own is added.
    """
    names: dict[str, str] = {}
    for row in sorted(frameworks, key=lambda row: (not row.is_whole_service, row.in_force_from)):
        names.setdefault(row.scale, row.short_name)
    order = {scale: place for place, scale in enumerate(names)}

    def place_of(item: tuple[int, GradeRow]) -> tuple[int, str, int]:
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
    """Everything about frameworks with areas; as this site held it at `known`.

    Three queries for now, eight for an earlier moment.
    """
    return _book(*(_rows_now() if known is None else _rows_then(known)))


Line = Sequence[Any]


def _rows_now() -> tuple[list[Line], list[Line], list[Line]]:
    """Areas by lane with their frameworks; grades; continuations."""
    areas = JudgementArea.objects.order_by("framework__in_force_from", "order")
    return (
        list(areas.values_list("pk", *AREA_FIELDS, *LANE_FIELDS, *FRAMEWORK_FIELDS)),
        list(Grade.objects.values_list(*GRADE_FIELDS, "scale__code", *GRADE_FLAGS)),
        list(
            AreaContinuation.objects.order_by("pk").values_list(
                "earlier__framework__code",
                "earlier__code",
                "later__framework__code",
                "later__code",
                "kind",
                "note",
            )
        ),
    )


def _rows_then(known: datetime) -> tuple[list[Line], list[Line], list[Line]]:
    """The same from the kept history, which has no joins: they are made here."""
    scales = dict(as_known(GradeScale, known).values_list("id", "code"))
    frameworks = {row.id: row for row in as_known(Framework, known)}
    lanes = {row.id: row for row in as_known(Lane, known)}
    areas = {row.id: row for row in as_known(JudgementArea, known)}
    given: dict[int, list[Lane]] = defaultdict(list)
    kept = apps.get_model("inspections", "HistoricalJudgementArea_lanes").objects.filter(
        history_id__in=[row.history_id for row in areas.values()]
    )
    for area, lane in kept.values_list("judgementarea_id", "lane_id"):
        if lane in lanes:
            given[area].append(lanes[lane])
    lines = [
        (area.id, *_area_cells(area, framework), *_lane_cells(lane),
         *_framework_cells(framework, scales))
        for area in areas.values()
        if (framework := frameworks.get(area.framework_id))
        for lane in given.get(area.id) or [None]
    ]  # fmt: skip
    lines.sort(key=lambda line: (line[1 + len(AREA_FIELDS) + len(LANE_FIELDS) + 5], line[5]))
    grades = [
        (row.id, row.code, row.name, row.letter, row.order, row.colour,
         scales.get(row.scale_id, ""), row.is_inadequate, row.is_good_or_better)
        for row in as_known(Grade, known)
    ]  # fmt: skip
    named = {
        area.id: (frameworks[area.framework_id].code, area.code)
        for area in areas.values()
        if area.framework_id in frameworks
    }
    links = [
        (*named[row.earlier_id], *named.get(row.later_id, (None, None)), row.kind, row.note)
        for row in as_known(AreaContinuation, known)
        if row.earlier_id in named and (row.later_id is None or row.later_id in named)
    ]
    return lines, grades, links


def _area_cells(area: JudgementArea, framework: Framework) -> Line:
    own = (area.code, area.official_name, area.short_name, area.order, area.is_overall)
    return (framework.code, *own, area.is_part)


def _lane_cells(lane: Lane | None) -> Line:
    return tuple(
        getattr(lane, name.removeprefix("lanes__")) if lane else None for name in LANE_FIELDS
    )


def _framework_cells(row: Framework, scales: dict[int, str]) -> Line:
    return (
        row.id, row.code, row.name, row.short_name, scales.get(row.scale_id, ""),
        row.in_force_from, row.in_force_to, row.is_whole_service, row.notes,
    )  # fmt: skip


def _book(lines: list[Line], grade_lines: list[Line], links: list[Line]) -> FrameworkBook:
    lanes: dict[str, LaneRow] = {}
    area_lanes: dict[int, list[LaneRow]] = {}
    found: dict[int, tuple] = {}
    first_lane = len(AREA_FIELDS) + 1
    first_framework = first_lane + len(LANE_FIELDS)
    for line in lines:
        found[line[0]] = (line[1:first_lane], line[first_framework:])
        if line[first_lane] is not None:
            row = LaneRow(*line[first_lane:first_framework])
            area_lanes.setdefault(line[0], []).append(lanes.setdefault(row.code, row))
    areas: dict[int, Area] = {}
    by_framework: dict[tuple, list[Area]] = {}
    for pk, (area, framework) in found.items():
        held = sorted(area_lanes.get(pk, ()), key=lambda lane: lane.order)
        areas[pk] = Area(*area, tuple(held))
        by_framework.setdefault(tuple(framework), []).append(areas[pk])
    frameworks = {
        pk: FrameworkRow(*values, tuple(held)) for (pk, *values), held in by_framework.items()
    }
    grades = told_apart({pk: GradeRow(*values) for pk, *values in grade_lines}, frameworks.values())
    return FrameworkBook(
        frameworks=frameworks,
        areas=areas,
        grades=grades,
        lanes=tuple(sorted(lanes.values(), key=lambda lane: lane.order)),
        links=Links.of(links),
        area_lanes={
            area.key: frozenset(lane.code for lane in area.lanes) for area in areas.values()
        },
    )
