"""What questions hand back: frozen rows with plain values, never models."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from inspections.rules.comparison import Area, Judged, Links, Pair


@dataclass(frozen=True, slots=True)
class Clock:
    """The two clocks of every question.

    `as_at`: only what had been published by that day. `known`: the record as this site
    held it at that moment; None is now.
    """

    as_at: date
    known: datetime | None = None


@dataclass(frozen=True, slots=True)
class GradeMark:
    """A grade as it is shown. Order 1 is the best of its scale.

    `key` names it in counts, files and addresses: its code, and its scale too where an earlier
    scale has a grade of the same code. `title` is its name, told apart in the same way.
    `place` is for lists: scale by scale in the order of their frameworks, best first in each.
    """

    code: str
    name: str
    letter: str
    order: int
    colour: str
    scale: str = ""
    is_inadequate: bool = False
    is_good_or_better: bool = False
    key: str = ""
    title: str = ""
    place: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", self.key or self.code)
        object.__setattr__(self, "title", self.title or self.name)
        object.__setattr__(self, "place", self.place or self.order)


@dataclass(frozen=True, slots=True)
class LaneRow:
    """A row of a chart over time, and an area that a page can be switched to."""

    code: str
    name: str
    short_name: str
    order: int
    is_overall: bool
    is_core: bool
    is_leaders: bool = False
    is_practice: bool = False


NO_LANE = LaneRow("none", "Any area", "Any area", 0, False, False)


@dataclass(frozen=True, slots=True)
class AreaRow:
    """What is graded under a framework. `lanes` in their order; the first is its own lane."""

    framework: str
    code: str
    official_name: str
    short_name: str
    order: int
    is_overall: bool
    is_part: bool
    lanes: tuple[LaneRow, ...]
    lane_codes: frozenset[str] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lane_codes", frozenset(lane.code for lane in self.lanes))

    @property
    def key(self) -> Area:
        return (self.framework, self.code)

    @property
    def is_combined(self) -> bool:
        return len(self.lanes) > 1


@dataclass(frozen=True, slots=True)
class FrameworkRow:
    code: str
    name: str
    short_name: str
    scale: str
    in_force_from: date
    in_force_to: date | None
    is_whole_service: bool
    notes: str
    areas: tuple[AreaRow, ...]

    @property
    def has_overall(self) -> bool:
        return any(area.is_overall for area in self.areas)


@dataclass(frozen=True, slots=True)
class FrameworkBook:
    """Every framework, area, lane, grade and continuation, by primary key and by code."""

    frameworks: dict[int, FrameworkRow]
    areas: dict[int, AreaRow]
    grades: dict[int, GradeMark]
    lanes: tuple[LaneRow, ...]
    links: Links
    area_lanes: dict[Area, frozenset[str]]

    def lane(self, code: str) -> LaneRow:
        """The lane of a code; where there is none, the first that can be chosen.

        An empty record has no lane at all and gives one that nothing is judged in.
        """
        first = next(iter(self.choosable_lanes), NO_LANE)
        return next((lane for lane in self.lanes if lane.code == code), first)

    @property
    def choosable_lanes(self) -> tuple[LaneRow, ...]:
        """The areas a page can be switched to: the core ones, and overall."""
        return tuple(lane for lane in self.lanes if lane.is_core or lane.is_overall)

    def scale(self, code: str) -> tuple[GradeMark, ...]:
        """The grades of a scale, best first."""
        found = (grade for grade in self.grades.values() if grade.scale == code)
        return tuple(sorted(found, key=lambda grade: grade.order))

    def scales(self, codes: Collection[str]) -> tuple[GradeMark, ...]:
        """The grades of some scales in the order of their places."""
        found = (grade for grade in self.grades.values() if grade.scale in codes)
        return tuple(sorted(found, key=lambda grade: grade.place))

    def grade_keys(self, key: str) -> list[int]:
        """The primary keys of the grade that is named so; empty where there is none."""
        return [pk for pk, grade in self.grades.items() if grade.key == key]

    @property
    def in_order(self) -> tuple[FrameworkRow, ...]:
        return tuple(sorted(self.frameworks.values(), key=lambda row: row.in_force_from))

    def without_overall_since(self, framework: FrameworkRow) -> date:
        """The first day of the frameworks of the whole service that judge without an overall
        grade, counted back from this one."""
        since = framework.in_force_from
        for row in reversed(self.in_order):
            if row.is_whole_service and row.in_force_from <= framework.in_force_from:
                if row.has_overall:
                    break
                since = row.in_force_from
        return since


@dataclass(frozen=True, slots=True)
class JudgementRow:
    area: AreaRow
    grade: GradeMark

    @property
    def judged(self) -> Judged:
        return Judged(
            self.area.framework, self.area.code, self.grade.scale, self.grade.code, self.grade.order
        )


@dataclass(frozen=True, slots=True)
class CouncilRow:
    id: int
    slug: str
    name: str
    short_name: str
    ons_code: str
    dfe_code: str
    ofsted_urn: str
    kind: str
    ons_region: str
    ofsted_region: str
    opened_date: date | None
    closed_date: date | None
    is_continuing_record: bool
    website: str
    notes: str

    def existed_on(self, day: date) -> bool:
        """Whether the council counts on the day; see `Council.is_continuing_record`."""
        has_opened = self.is_continuing_record or not self.opened_date or self.opened_date <= day
        return has_opened and not self.closed_by(day)

    def closed_by(self, day: date) -> bool:
        """Whether the council's last day is over."""
        return self.closed_date is not None and self.closed_date < day


@dataclass(frozen=True, slots=True)
class InspectionRow:
    """One full inspection with its judgements in the order of printing."""

    id: int
    council_id: int
    reference: str
    framework: FrameworkRow
    kind: str
    start_date: date | None
    end_date: date | None
    has_two_periods: bool
    publication_date: date
    lead_inspector: str
    improvement_points: int | None
    report_url: str
    checked: str
    notes: str
    judgements: tuple[JudgementRow, ...] = field(default=())

    @property
    def event_date(self) -> date:
        """The first day on site, or the publication date where that is unknown."""
        return self.start_date or self.publication_date

    @property
    def days_to_publication(self) -> int | None:
        """Days from the last day on site to publication; None where the last day is unknown."""
        return (self.publication_date - self.end_date).days if self.end_date else None

    @property
    def overall(self) -> JudgementRow | None:
        return next((row for row in self.judgements if row.area.is_overall), None)

    def in_lane(self, lane: str) -> JudgementRow | None:
        """The judgement shown in a lane: one given to the lane alone before a combined one."""
        found = [row for row in self.judgements if lane in row.area.lane_codes]
        return min(found, key=lambda row: len(row.area.lanes), default=None)


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One visit. It has no grade."""

    id: int
    council_id: int
    reference: str
    kind: str
    start_date: date | None
    start_precision: str
    end_date: date | None
    publication_date: date | None
    topic: str
    topic_codes: str
    priority_actions: int | None
    improvement_points: int | None
    sequence: int | None
    lead_inspector: str
    letter_url: str
    confidence: str
    notes: str

    @property
    def event_date(self) -> date | None:
        return self.start_date or self.publication_date


@dataclass(frozen=True, slots=True)
class Position:
    """A council with its latest full inspection at a date, and the one before."""

    council: CouncilRow
    latest: InspectionRow | None
    previous: InspectionRow | None
    pairs: tuple[Pair, ...] = ()


@dataclass(frozen=True)
class GradeSpan:
    """What one lane held from one inspection to the next (``end`` None: still held).

    ``grade`` None: the inspection did not grade this lane. ``is_combined``: judged together
    with another area (named in ``note``), so one judgement fills two lanes.
    """

    lane: str
    lane_name: str
    grade: GradeMark | None
    start: date
    end: date | None
    area_name: str = ""
    is_combined: bool = False
    framework_name: str = ""
    inspection_ref: str = ""
    note: str = ""


@dataclass(frozen=True)
class FrameworkBand:
    """The years in which inspections followed one framework (``end`` None: in force)."""

    name: str
    start: date
    end: date | None = None


@dataclass(frozen=True)
class VisitMark:
    """A visit, which has no grade. ``precision`` is "day" or "month" (day unknown)."""

    kind: str
    kind_name: str
    day: date
    precision: str = "day"
    ref: str = ""
    topic: str = ""


@dataclass(frozen=True)
class Window:
    """When a next inspection has usually come, measured on other councils. Not a schedule."""

    earliest: date
    likeliest: date
    latest: date


@dataclass(frozen=True)
class GradesOverTime:
    """One council's grades by lane, with the visits between them.

    ``lanes`` are (code, name) from top to bottom; ``today`` is the day the record is seen at
    or the council's last day, and ``today_name`` what the picture calls it.
    """

    council_name: str
    lanes: tuple[tuple[str, str], ...]
    spans: tuple[GradeSpan, ...]
    bands: tuple[FrameworkBand, ...]
    visits: tuple[VisitMark, ...]
    today: date
    window: Window | None = None
    today_name: str = "today"


@dataclass(frozen=True)
class GradesHeld:
    """How many councils held each grade in one area at each period's last day.

    ``periods``, ``counts`` (grade code to number of councils), ``not_inspected`` and
    ``no_longer_given`` (the area was not graded any more) have the same length.
    ``grades`` are best first. ``ungraded``: councils inspected without a grade of their
    own in the area. ``ends``: the last day on which the area was graded.
    """

    area_name: str
    periods: tuple[date, ...]
    grades: tuple[GradeMark, ...]
    counts: tuple[dict[str, int], ...]
    not_inspected: tuple[int, ...]
    no_longer_given: tuple[bool, ...]
    ungraded: tuple[int, ...] = ()
    ends: date | None = None
