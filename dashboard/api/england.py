"""The API's answers about all councils: grades held, changes, windows."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Annotated, Literal

from ninja import Router
from pydantic import Field

from dashboard.api.request import (
    AnswerBasis,
    CodeText,
    CouncilText,
    DayText,
    Paged,
    RequestRefusedError,
    listing,
    row_model,
)
from dashboard.england.changes import CHANGE, ChangeLine
from dashboard.england.changes_chart import USUAL_DAYS
from dashboard.england.findings import FINDING, FindingLine
from dashboard.england.statistics import BY_GRADE, StatisticsLine, lines_by_grade
from dashboard.england.upcoming_chart import WINDOW
from dashboard.state.address import HELP
from inspections.framework_rows import Lane
from inspections.questions import statistics as statistics_query
from inspections.questions import upcoming as upcoming_query
from inspections.questions.among import Among
from inspections.questions.changes import Direction, every_council
from inspections.questions.findings import Narrowed, documents
from inspections.questions.findings import findings as findings_in
from inspections.questions.positions import ofsteds_rule
from inspections.questions.published import releases
from inspections.questions.waits import Upcoming
from inspections.rules.position import PublishedBy, Reading
from inspections.rules.windows import WindowStatus
from inspections.vocabulary import CouncilKind, Region

router = Router()


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


class FindingFilter(EnglandFilter):
    council: CouncilText
    theme: CodeText
    said: Annotated[
        str, Field("", description="Words of a point, where the site holds Ofsted's sentences.")
    ]
    document: Annotated[
        Literal["inspection", "focused_visit", "assurance_visit"] | None,
        Field(None, description="Reports of inspections, or letters of a kind of visit."),
    ]
    lane: CodeText
    grade: Annotated[CodeText, Field(None, description="Given by the inspection in the lane.")]
    published_from: DayText
    published_to: DayText
    only_priority_actions: bool = False


def lane_of(
    asked: AnswerBasis[StatisticFilter] | AnswerBasis[ChangeFilter] | AnswerBasis[FindingFilter],
) -> Lane:
    """The lane of a code, help and protection without one; refuses an unknown code."""
    return asked.book.lane(
        asked.code("lane", [row.code for row in asked.book.choosable_lanes]) or HELP
    )


@listing(router, "/statistics", StatisticFilter, row_model("Statistic", BY_GRADE), BY_GRADE)
def statistics(asked: AnswerBasis[StatisticFilter]) -> Iterable[StatisticsLine]:
    """How many councils hold each grade, by judgement area, region, kind or framework."""
    given, day = asked.given, asked.day
    reading: Reading = PublishedBy(day)
    if given.reading == "ofsted":
        reading = ofsteds_rule(asked.record, day, releases(asked.record).get(day))
    found = statistics_query.statistics(
        asked.record,
        by=given.by,
        lane=lane_of(asked),
        reading=reading,
        among=Among(given.regions, given.region or "", given.kind or ""),
    )
    return lines_by_grade(found, asked.book)


@listing(router, "/changes", ChangeFilter, row_model("Change", CHANGE), CHANGE)
def changes(asked: AnswerBasis[ChangeFilter]) -> Iterable[ChangeLine]:
    """What became of each council's grade between two days; the later one is `as_at`."""
    given, later = asked.given, asked.record.told_to(asked.day)
    earlier = asked.day_of("since") or later - timedelta(days=USUAL_DAYS)
    if earlier > later:
        raise RequestRefusedError("since", str(earlier), f"a day no later than {later}")
    lane, among = lane_of(asked), Among("", given.region or "", given.kind or "")
    return (
        ChangeLine(row, lane, earlier, later)
        for row in every_council(asked.record, lane, earlier, later)
        if among.has(row.council) and (not given.direction or row.direction == given.direction)
    )


@listing(router, "/windows", WindowFilter, row_model("Window", WINDOW), WINDOW)
def windows(asked: AnswerBasis[WindowFilter]) -> Iterable[Upcoming]:
    """When each council's next full inspection may begin: history, not a schedule."""
    given = asked.given
    return upcoming_query.upcoming(
        asked.record,
        asked.day,
        among=Among("", given.region or "", given.kind or ""),
        status=given.status or "",
        sort=upcoming_query.NAME,
    ).rows


FindingOut = row_model("Finding", FINDING)


@listing(router, "/findings", FindingFilter, FindingOut, FINDING)
def findings(asked: AnswerBasis[FindingFilter]) -> Iterable[FindingLine]:
    """What inspectors asked for, point by point, newest report or letter first."""
    given = asked.given
    theme = asked.code("theme", [row.code for row in asked.record.themes])
    grades = list(dict.fromkeys(grade.key for grade in asked.book.grades.values()))
    which = Narrowed(
        among=Among("", given.region or "", given.kind or ""),
        council=asked.council(given.council).slug if given.council else "",
        kind=given.document or "",
        lane=lane_of(asked).code,
        grade=asked.code("grade", grades),
        first=asked.day_of("published_from"),
        last=asked.day_of("published_to"),
    )
    rows = [row for row in documents(asked.record, asked.day) if which.has(row)]
    found = findings_in(
        rows, theme=theme, is_priority_only=given.only_priority_actions, said=given.said
    )
    return [FindingLine(row.asked.council, row.asked.event, row.point) for row in found]
