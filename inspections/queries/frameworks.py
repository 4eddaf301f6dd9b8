"""Which frameworks, areas, lanes and grades are there?"""

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
    grades = {
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
    }
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
