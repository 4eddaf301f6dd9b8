"""The record's facts as frozen rows with plain values: one row for one thing in the world.

Pure, and below every rule. The frameworks they are judged by: framework_rows.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from inspections.framework_rows import Area, Framework, Grade
from inspections.vocabulary import AliasScheme, DatePrecision, PointKind, StatedPrecision


@dataclass(frozen=True, slots=True)
class Judgement:
    """The grade given to one area in one inspection."""

    area: Area
    grade: Grade
    note: str = ""


OF_BODIES = (AliasScheme.DISTRICT, AliasScheme.TRUST)


class OtherBody(NamedTuple):
    """A district or a trust for which a council answers; `kind` as in `AliasScheme`."""

    kind: str
    name: str
    note: str
    source_text: str


@dataclass(frozen=True, slots=True)
class Council:
    """A council's life. `closed_date` is its last day; None for unknown or still to come.

    `is_continuing_record`: a legal successor whose inspection record Ofsted carries on
    unbroken. `aliases` are (scheme, value), `bodies` those that lead to it; relatives and
    neighbours are council ids, the nearest neighbour first.
    """

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
    aliases: tuple[tuple[str, str], ...] = ()
    bodies: tuple[OtherBody, ...] = ()
    predecessors: tuple[int, ...] = ()
    successors: tuple[int, ...] = ()
    neighbours: tuple[int, ...] = ()

    def existed_on(self, day: date) -> bool:
        """Whether the council counts on the day."""
        return not self.opens_after(day) and not self.closed_by(day)

    def opens_after(self, day: date) -> bool:
        """Whether the council's first day is still to come."""
        return not self.is_continuing_record and bool(self.opened_date and self.opened_date > day)

    def closed_by(self, day: date) -> bool:
        """Whether the council's last day is over."""
        return self.closed_date is not None and self.closed_date < day


@dataclass(frozen=True, slots=True)
class Inspection:
    """One full inspection with its judgements in the order of printing."""

    id: int
    council_id: int
    reference: str
    framework: Framework
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
    judgements: tuple[Judgement, ...] = ()

    @property
    def event_date(self) -> date:
        """The first day on site, or the publication date where that is unknown."""
        return self.start_date or self.publication_date

    @property
    def days_to_publication(self) -> int | None:
        """Days from the last day on site to publication; None where the last day is unknown."""
        return (self.publication_date - self.end_date).days if self.end_date else None

    @property
    def overall(self) -> Judgement | None:
        return next((row for row in self.judgements if row.area.is_overall), None)

    @property
    def inadequate(self) -> tuple[Judgement, ...]:
        """The inadequate judgements in areas that a page can be switched to."""
        return tuple(
            row for row in self.judgements if row.grade.is_inadequate and row.area.is_chosen
        )

    def in_lane(self, lane: str) -> Judgement | None:
        """The judgement shown in a lane: one given to the lane alone before a combined one."""
        found = None
        for row in self.judgements:
            area = row.area
            if lane in area.lane_codes and (not found or len(area.lanes) < len(found.area.lanes)):
                found = row
        return found


@dataclass(frozen=True, slots=True)
class Visit:
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

    def is_public_by(self, day: date) -> bool:
        """Was the visit known to the public by the day?

        One whose publication date is not recorded counts from its last known day on, or once
        its month is over where only that is known: the day on which its letter appeared
        cannot be said. One without any date is never known.
        """
        if self.publication_date is not None:
            return self.publication_date <= day
        if self.end_date is not None:
            return self.end_date <= day
        if self.start_date is None:
            return False
        if self.start_precision == DatePrecision.MONTH:
            return self.start_date < day.replace(day=1)
        return self.start_date <= day


Event = Inspection | Visit


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody said of a council's services; see the model for each field."""

    council_id: int
    reference: str
    kind: str
    stated_date: date
    stated_precision: str
    said_by: str
    what: str
    value: str
    unit: str
    expected_event: str
    expected_from_date: date | None
    expected_to_date: date | None
    outcome: str
    source_text: str
    source_url: str
    notes: str


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """What a council says it does about one point, where it made that public; see the model."""

    council_id: int
    event_reference: str
    number: int
    owner_role: str
    due_date: date | None
    state: str
    evidence: str
    updated_date: date


@dataclass(frozen=True, slots=True)
class Intervention:
    """A step of the Department for Education's; see the model for each field."""

    council_id: int
    reference: str
    kind: str
    taken_date: date
    taken_precision: str
    what: str
    source_text: str
    source_url: str

    def is_public_by(self, day: date) -> bool:
        """From its day on; once its month or year is over where only that is known."""
        if self.taken_precision == StatedPrecision.YEAR:
            return self.taken_date.year < day.year
        if self.taken_precision == StatedPrecision.MONTH:
            return self.taken_date < day.replace(day=1)
        return self.taken_date <= day


@dataclass(frozen=True, slots=True)
class Comment:
    """A council's own words beside its inspection; see the model for each field."""

    inspection_id: int
    text: str
    said_by: str
    said_date: date
    source_url: str


@dataclass(frozen=True, slots=True)
class Source:
    """A document, list or page from which facts were read."""

    id: int
    key: str
    kind: str
    title: str
    publisher: str
    url: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A source that says what the record says of one event. `place`: sheet, page or row."""

    source: Source
    place: str


@dataclass(frozen=True, slots=True)
class Theme:
    """What inspectors ask for, in one of some thirty groups; see the model for each field."""

    code: str
    name: str
    short_name: str
    order: int
    definition: str
    belongs_elsewhere: str
    question_1: str
    question_2: str
    version: int


@dataclass(frozen=True, slots=True)
class Point:
    """One thing asked for in a report or letter: where it stands and what it is about.

    `number` from 1, areas for priority action first; `themes` are codes in the themes' order;
    `page` is None where it was typed here; `basis` one of ThemeBasis. `text`: the sentence as
    printed, empty where it is not held here.
    """

    number: int
    kind: str
    page: int | None
    themes: tuple[str, ...]
    basis: str
    themes_version: int
    text: str

    @property
    def is_priority_action(self) -> bool:
        return self.kind == PointKind.PRIORITY


@dataclass(frozen=True, slots=True)
class Correction:
    """A change of a published fact. `kind`, `area` and `field` are keys, never labels.

    `kind`: one of CorrectedKind. `council_id` None: no council owns the fact, such as a
    framework. `area`: of a judgement, its code. `reference`: of the event or statement, empty
    for the council itself, else the key of the row among its kind (`four_grades good`).
    `subject_date`: the event's day when it was corrected. `old` and `new` are values in words.
    """

    id: int
    council_id: int | None
    kind: str
    reference: str
    area: str
    field: str
    subject_date: date | None
    old: str
    new: str
    reason: str
    source: str
    corrected_at: datetime
    was_ofsteds: bool


@dataclass(frozen=True, slots=True)
class UnreadReport:
    """A full inspection that took place and whose judgements are not known here."""

    id: int
    council_id: int
    start_date: date
    kind: str
    publication_date: date
    report_url: str

    @property
    def event_date(self) -> date:
        return self.start_date
