"""The API's answers about all councils: grades held, changes, windows."""

from datetime import timedelta
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from dashboard.address import HELP
from dashboard.api.request import (
    ERRORS,
    Asked,
    CodeText,
    DayText,
    Paged,
    RefusedError,
    page_model,
    row_model,
)
from dashboard.data.tables import OF_COUNCIL, Count, Day
from dashboard.data.writers import Column
from dashboard.england.changes_chart import USUAL_DAYS
from inspections.framework_rows import Lane
from inspections.questions import changes as changes_query
from inspections.questions import statistics as statistics_query
from inspections.questions import upcoming as upcoming_query
from inspections.questions.among import Among
from inspections.questions.changes import Direction, Held
from inspections.questions.positions import ofsteds_rule
from inspections.questions.published import releases
from inspections.questions.statistics import Group, Statistics
from inspections.rules.position import OfstedRule, PublishedBy, Reading
from inspections.rules.windows import WindowStatus
from inspections.vocabulary import CouncilKind, Region

router = Router()
Share = float | None
Text = str | None

STATISTIC = (
    Column("by", "What a group is: area, region, kind or framework"),
    Column("group", "Code of the group; empty: councils not yet inspected, by framework"),
    Column("lane", "Code of the lane whose grades are counted"),
    Column("grade", "Code of the grade; empty where no council of the group holds one", Text),
    Column("councils", "Councils of the group that hold it", int),
    Column("with_a_grade", "Councils of the group with a grade: the share's denominator", int),
    Column("share", "Share (0-1) of those with a grade; empty without any", Share),
    Column(
        "judged_together", "Judged there with another area or as a part of one, not counted", int
    ),
    Column("not_judged", "Inspected, but not judged in this area", int),
    Column("not_yet_inspected", "Councils that the reading counts no inspection for", int),
    Column("cut_off", "By Ofsted's own rule: the last publication date that counts", Day),
)
CHANGE = (
    *OF_COUNCIL,
    Column("lane", "Code of the lane compared"),
    Column("direction", "What became of the grade between the two days"),
    Column("steps", "Places on the scale, positive is better; empty: not compared", Count),
    Column("reason", "Why it was not compared; empty where it was"),
    Column("earlier_day", "The earlier day", Day),
    Column("earlier_inspection", "Reference of the inspection in force then", Text),
    Column("earlier_start_date", "Its first day on site", Day),
    Column("earlier_grade", "Code of the grade held then", Text),
    Column("later_day", "The later day", Day),
    Column("later_inspection", "Reference of the inspection in force then", Text),
    Column("later_start_date", "Its first day on site", Day),
    Column("later_grade", "Code of the grade held then", Text),
)
WINDOW = (
    *OF_COUNCIL,
    Column("inspection", "Reference of the last full inspection"),
    Column("start_date", "Its first day on site; empty where it is not recorded", Day),
    Column("publication_date", "Day on which its report was published", Day),
    Column("outcome", "Kind of outcome that the wait began with; empty: not known"),
    Column("status", "What can be said of the wait: estimated, past, beyond, unknown; or empty"),
    Column("earliest_date", "10th percentile of waits after such an outcome", Day),
    Column("likeliest_date", "50th percentile, the median", Day),
    Column("latest_date", "90th percentile; empty: the cases show no end", Day),
    Column("share_waiting", "Share (0-1) of cases that waited longer", Share),
    Column("cases", "Waits that the window rests on", int),
    Column("events", "Those of them that ended in an inspection", int),
    Column("is_pooled", "Whether they are waits after any kind of outcome", bool),
    Column("seen_from", "The first day of what the window rests on", Day),
    Column("seen_to", "The last day of what it rests on; reports come two months later", Day),
    Column("known_to", "The day by which the record was read, for which the window is told", Day),
)
StatisticOut = row_model("Statistic", STATISTIC)
ChangeOut = row_model("Change", CHANGE)
WindowOut = row_model("Window", WINDOW)


class EnglandFilter(Paged):
    region: Region | None = None
    kind: CouncilKind | None = None


class StatisticFilter(EnglandFilter):
    by: Annotated[
        Literal["area", "region", "kind", "framework"], Field("area", description="A row for each.")
    ]
    lane: CodeText
    reading: Annotated[
        Literal["published", "ofsted"],
        Field("published", description="Published by the day, or Ofsted's own rule."),
    ]
    regions: Annotated[
        Literal["ofsted", "ons"], Field("ofsted", description="Whose regions are meant.")
    ]


class ChangeFilter(EnglandFilter):
    since: Annotated[DayText, Field(None, description="The earlier day; a year before as_at.")]
    lane: CodeText
    direction: Direction | None = None


class WindowFilter(EnglandFilter):
    status: WindowStatus | None = None


def lane_of(asked: Asked, code: str | None) -> Lane:
    """The lane of a code, help and protection without one; refuses an unknown code."""
    asked.code("lane", [row.code for row in asked.book.choosable_lanes])
    return asked.book.lane(code or HELP)


@router.get("/statistics", response={200: page_model("Statistics", StatisticOut), **ERRORS})
def statistics(request: HttpRequest, given: Query[StatisticFilter]) -> Any:
    """How many councils hold each grade, by judgement area, region, kind or framework."""
    asked = Asked(request, given)
    day = asked.day
    reading: Reading = PublishedBy(day)
    if given.reading == "ofsted":
        reading = ofsteds_rule(asked.record, day, releases(asked.record).get(day))
    found = statistics_query.statistics(
        asked.record,
        by=given.by,
        lane=lane_of(asked, given.lane),
        reading=reading,
        among=Among(given.regions, given.region or "", given.kind or ""),
    )
    lines = [line for group in found.groups for line in statistic_lines(found, group)]
    return asked.page(STATISTIC, sorted(lines, key=lambda line: line[1]))


def statistic_lines(found: Statistics, group: Group) -> list[tuple]:
    """A line for each grade of the group, one without a grade where none is held."""
    reading = found.reading
    rest = (
        group.combined, group.not_judged, group.not_inspected,
        reading.cut_off if isinstance(reading, OfstedRule) else None,
    )  # fmt: skip
    lane = group.key if found.by == statistics_query.AREA else found.lane.code
    head = (found.by, group.key, lane)
    if not group.graded:
        return [(*head, None, 0, 0, None, *rest)]
    return [
        (*head, grade.key, group.by_grade[grade.key], group.graded,
         group.by_grade[grade.key] / group.graded, *rest)
        for grade in found.grades
    ]  # fmt: skip


@router.get("/changes", response={200: page_model("Changes", ChangeOut), **ERRORS})
def changes(request: HttpRequest, given: Query[ChangeFilter]) -> Any:
    """What became of each council's grade between two days; the later one is `as_at`."""
    asked = Asked(request, given)
    later = asked.day
    earlier = asked.day_of("since") or later - timedelta(days=USUAL_DAYS)
    if earlier > later:
        raise RefusedError("since", str(earlier), f"a day no later than {later}")
    lane = lane_of(asked, given.lane)
    among = Among("", given.region or "", given.kind or "")
    moved = changes_query.every_council(asked.record, lane, earlier, later)
    lines = [
        (
            row.council.ons_code, row.council.slug, lane.code,
            row.direction.value, row.change.steps if row.change else None,
            row.change.reason if row.change else "",
            earlier, *held_cells(row.earlier), later, *held_cells(row.later),
        )
        for row in moved
        if among.has(row.council) and (not given.direction or row.direction == given.direction)
    ]  # fmt: skip
    return asked.page(CHANGE, lines)


def held_cells(row: Held | None) -> tuple:
    if row is None:
        return (None, None, None)
    held = row.inspection
    return (held.reference, held.start_date, row.grade.code if row.grade else None)


@router.get("/windows", response={200: page_model("Windows", WindowOut), **ERRORS})
def windows(request: HttpRequest, given: Query[WindowFilter]) -> Any:
    """When each council's next full inspection may begin: history, not a schedule."""
    asked = Asked(request, given)
    found = upcoming_query.upcoming(
        asked.record,
        asked.day,
        among=Among("", given.region or "", given.kind or ""),
        status=given.status or "",
        sort=upcoming_query.NAME,
    )
    lines = [
        (
            row.council.ons_code, row.council.slug, row.inspection.reference, row.wait.start_date,
            row.wait.publication_date, row.wait.standing, row.window.status,
            row.window.earliest_date, row.window.median_date, row.window.latest_date,
            row.window.share_waiting, row.window.cases, row.window.events,
            row.window.is_pooled, row.window.memory_from_date, row.window.seen_to_date,
            row.window.as_at,
        )
        for row in found.rows
    ]  # fmt: skip
    return asked.page(WINDOW, lines)
