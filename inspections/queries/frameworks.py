"""Which frameworks, areas, lanes and grades are there?"""

from collections.abc import Iterable
from dataclasses import replace

from inspections.models import AreaContinuation, Grade, JudgementArea
from inspections.rows import AreaRow, FrameworkBook, FrameworkRow, GradeMark, LaneRow
from inspections.rules.comparison import Links

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


def told_apart(
    grades: dict[int, GradeMark], frameworks: Iterable[FrameworkRow]
) -> dict[int, GradeMark]:
    """The grades with their places, and keys and titles of their own where scales share them.

    The scale of the earliest framework of the whole service keeps the plain ones, so that an
    address goes on to mean what it has meant when a framework with a scale of its own is added.
    """
    names: dict[str, str] = {}
    for row in sorted(frameworks, key=lambda row: (not row.is_whole_service, row.in_force_from)):
        names.setdefault(row.scale, row.short_name)
    order = {scale: place for place, scale in enumerate(names)}

    def place_of(item: tuple[int, GradeMark]) -> tuple[int, str, int]:
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


def framework_book() -> FrameworkBook:
    """Everything about frameworks with areas, in three queries whatever their number."""
    lanes: dict[str, LaneRow] = {}
    area_lanes: dict[int, list[LaneRow]] = {}
    found: dict[int, tuple] = {}
    first_lane = len(AREA_FIELDS) + 1
    first_framework = first_lane + len(LANE_FIELDS)
    for line in JudgementArea.objects.order_by("framework__in_force_from", "order").values_list(
        "pk", *AREA_FIELDS, *LANE_FIELDS, *FRAMEWORK_FIELDS
    ):
        found[line[0]] = (line[1:first_lane], line[first_framework:])
        if line[first_lane] is not None:
            row = LaneRow(*line[first_lane:first_framework])
            area_lanes.setdefault(line[0], []).append(lanes.setdefault(row.code, row))
    areas: dict[int, AreaRow] = {}
    by_framework: dict[tuple, list[AreaRow]] = {}
    for pk, (area, framework) in found.items():
        held = sorted(area_lanes.get(pk, ()), key=lambda lane: lane.order)
        areas[pk] = AreaRow(*area, tuple(held))
        by_framework.setdefault(framework, []).append(areas[pk])
    frameworks = {
        pk: FrameworkRow(*values, tuple(held)) for (pk, *values), held in by_framework.items()
    }
    grades = told_apart(
        {
            pk: GradeMark(*values)
            for pk, *values in Grade.objects.values_list(
                "pk",
                "code",
                "name",
                "letter",
                "order",
                "colour",
                "scale__code",
                "is_inadequate",
                "is_good_or_better",
            )
        },
        frameworks.values(),
    )
    links = Links.of(
        AreaContinuation.objects.values_list(
            "earlier__framework__code",
            "earlier__code",
            "later__framework__code",
            "later__code",
            "kind",
            "note",
        )
    )
    return FrameworkBook(
        frameworks=frameworks,
        areas=areas,
        grades=grades,
        lanes=tuple(sorted(lanes.values(), key=lambda lane: lane.order)),
        links=links,
        area_lanes={
            area.key: frozenset(lane.code for lane in area.lanes) for area in areas.values()
        },
    )
