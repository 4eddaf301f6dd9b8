"""The record: every published fact, held in memory for one version and one moment.

A `Record` is frozen and belongs to one pair: a version of the record, and the moment `known`
whose state it shows (None: now). Every question is a pure function of a Record and a day;
what a question works out may be remembered on the Record, and nowhere else. `inspections.store`
reads Records from the tables.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sized
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from threading import Lock
from typing import Any, TypeVar, cast

from cachetools import LRUCache

from inspections.country_rows import Coverage, OfficialFigure, PollingDay, RuleException
from inspections.framework_rows import FrameworkBook
from inspections.measure_rows import MeasureBook
from inspections.rows import (
    Citation,
    Comment,
    Correction,
    Council,
    Event,
    Inspection,
    Intervention,
    PlannedAction,
    Point,
    Statement,
    Theme,
    UnreadReport,
    Visit,
)
from inspections.rules.clock import Clock
from inspections.rules.position import place_in_time
from inspections.vocabulary import CoverageKind

Answer = TypeVar("Answer")
Text = TypeVar("Text", bound=str)
NOTHING = object()
EventKey = tuple[str, int]
"""An event's table, `inspection` or `visit`, and its primary key."""
ABOUT = timedelta(60)
"""Two full inspections of one council are further apart."""
MOST_REMEMBERED = 50_000
"""Rows in the answers kept on one Record; those asked for longest ago go first."""
MOST_DRAWN = 6_000_000
"""Characters of pictures and rows of tables kept on one Record, in the same way."""


class Memory:
    """What was made, up to a size in all; what was asked for longest ago is forgotten first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.lock = Lock()
        self.held: LRUCache[Hashable, Any] = LRUCache(most, getsizeof=_size)

    def get(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """What is held under the key, else what is made now."""
        with self.lock:
            found = self.held.get(key, NOTHING)
        if found is NOTHING:
            found = make()
            if _size(found) <= self.most:
                with self.lock:
                    self.held[key] = found
        return cast(Answer, found)


def _size(answer: object) -> int:
    """Characters or rows; what is neither counts for a few."""
    return len(answer) + 1 if isinstance(answer, Sized) else 50


def event_key(event: Event) -> EventKey:
    return ("inspection" if isinstance(event, Inspection) else "visit", event.id)


@dataclass(frozen=True, kw_only=True)
class Record:
    """Everything that is public. Councils by short name; events oldest first.

    `identity` differs whenever anything that pages show may differ; a restored backup has
    another one too. `complete_to_date`: the last day that the shipped record says it covers.
    `revisions`: how often each event (by its key) or statement (by council and reference) has
    been changed since it was recorded, `written` when it first came here and when it last
    changed. `withdrawn`: events taken off the public pages. `comments`: councils' own, by the
    inspection's id.
    """

    identity: str
    version: int
    known: datetime | None
    changed_at: datetime | None
    as_at_date: date | None
    compiled_date: date | None
    book: FrameworkBook
    councils: tuple[Council, ...] = ()
    inspections: tuple[Inspection, ...] = ()
    visits: tuple[Visit, ...] = ()
    withdrawn: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    comments: Mapping[int, Comment] = field(default_factory=dict)
    planned: tuple[PlannedAction, ...] = ()
    citations: Mapping[EventKey, tuple[Citation, ...]] = field(default_factory=dict)
    themes: tuple[Theme, ...] = ()
    points: Mapping[EventKey, tuple[Point, ...]] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    figures: tuple[OfficialFigure, ...] = ()
    counted_late: Mapping[date, frozenset[int]] = field(default_factory=dict)
    polling_days: tuple[PollingDay, ...] = ()
    unread: tuple[UnreadReport, ...] = ()
    clock: Clock = field(default_factory=Clock)
    revisions: Mapping[Hashable, int] = field(default_factory=dict)
    written: Mapping[Hashable, tuple[datetime, datetime]] = field(default_factory=dict)
    coverage: Mapping[str, Coverage] = field(default_factory=dict)
    measures: MeasureBook = field(default_factory=MeasureBook)
    exceptions: tuple[RuleException, ...] = ()
    _remembered: "Memory" = field(
        default_factory=lambda: Memory(MOST_REMEMBERED), repr=False, compare=False
    )
    _drawn: "Memory" = field(default_factory=lambda: Memory(MOST_DRAWN), repr=False, compare=False)
    _compared: "Memory" = field(
        default_factory=lambda: Memory(MOST_REMEMBERED), repr=False, compare=False
    )

    def __post_init__(self) -> None:
        events = sorted(self.inspections, key=place_in_time)
        object.__setattr__(self, "inspections", tuple(events))
        visits = sorted(
            self.visits,
            key=lambda row: (row.event_date or date.min, row.reference, row.council_id, row.id),
        )
        object.__setattr__(self, "visits", tuple(visits))

    def known_then(self, moment: datetime) -> "Record":
        """The same facts as those of an earlier moment, since which nothing has changed."""
        remembered, drawn = Memory(MOST_REMEMBERED), Memory(MOST_DRAWN)
        return replace(self, known=moment, _remembered=remembered, _drawn=drawn)

    def changed_here(self, event: Event) -> datetime | None:
        """When the event came to this site, or a fact of it was last corrected here."""
        first, _ = self.written.get(event_key(event), (None, None))
        corrected = self._corrected.get((event.council_id, event.reference))
        return max(filter(None, (first, corrected)), default=None)

    def written_last(self, event: Event) -> datetime | None:
        """When anything of the event was last written, corrected or not."""
        last = self.written.get(event_key(event), (None, None))[1]
        return max(filter(None, (last, self.changed_here(event))), default=None)

    @cached_property
    def _corrected(self) -> Mapping[tuple[int | None, str], datetime]:
        """The newest correction of each event."""
        return {
            (row.council_id, row.reference): row.corrected_at for row in reversed(self.corrections)
        }

    def remember(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """The answer of a question, worked out once for this Record. `key` names question and
        day; what is made must never be changed by those who are given it."""
        return self._remembered.get(key, make)

    def compare(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """As `remember`, for what is made of the councils and their figures alone."""
        return self._compared.get(key, make)

    def following(self, before: "Record") -> "Record":
        """This record, with what was made of the councils and their figures where the record
        `before` it has the same: most changes are of one inspection."""
        if (self.councils, self.measures) != (before.councils, before.measures):
            return self
        return replace(self, measures=before.measures, _compared=before._compared)

    def draw(self, key: Hashable, make: Callable[[], Text]) -> Text:
        """A piece of a page, such as a picture, made once for this Record. `key` names the piece
        and all that it depends on besides the Record."""
        return self._drawn.get(key, make)

    @cached_property
    def known_to(self) -> date | None:
        """The day to which full inspections are complete: by the coverage on record, else as
        the shipped record says, else the newest publication date held."""
        covered = self.coverage.get(CoverageKind.INSPECTIONS)
        if covered:
            return covered.complete_to_date
        newest = max((row.publication_date for row in self.inspections), default=None)
        return self.as_at_date or newest

    def seen_to(self, day: date, kind: str = CoverageKind.INSPECTIONS) -> date:
        """The last day, up to `day`, to which somebody has looked for this kind of fact. What is
        said not to have happened is said to this day; without coverage on record, to `day`."""
        covered = self.coverage.get(kind)
        return min(day, covered.complete_to_date) if covered else day

    def told_to(self, day: date) -> date:
        """The day up to which full inspections are told: the record's end, or the newest report
        that somebody has entered since. What is held on it is held by all that is on record."""

        def made() -> date:
            published = (row.publication_date for row in self.full_inspections(day))
            return max([self.seen_to(day), *published])

        return self.remember(("told to", day), made)

    def unread_by(self, day: date) -> dict[int, UnreadReport]:
        """By council: its newest report that was out by the day and is not read here yet, where
        the record holds no full inspection of about those days or later."""

        def made() -> dict[int, UnreadReport]:
            found = {row.council_id: row for row in self.unread if row.publication_date <= day}
            return {
                council_id: row
                for council_id, row in found.items()
                if not any(
                    held.event_date > row.start_date - ABOUT
                    for held in self.full_inspections_of(council_id, day)
                )
            }

        return self.remember(("unread", day), made)

    @property
    def is_empty(self) -> bool:
        return not self.councils

    @cached_property
    def council_by_id(self) -> Mapping[int, Council]:
        return {row.id: row for row in self.councils}

    @cached_property
    def council_by_slug(self) -> Mapping[str, Council]:
        return {row.slug: row for row in self.councils}

    def council(self, pk: int) -> Council:
        """The council of a primary key; raises KeyError where there is none."""
        return self.council_by_id[pk]

    def councils_on(self, day: date) -> list[Council]:
        """The councils that exist on the day, by short name."""
        return [row for row in self.councils if row.existed_on(day)]

    def tells_of(self, coming: date | None, day: date) -> bool:
        """Whether a page of the day tells what comes on another. What is to come after the day on
        which the record ends is told from that day on: before it nobody knew."""
        return not (coming and self.known_to and day < self.known_to < coming)

    @cached_property
    def _inspections(self) -> Mapping[int, tuple[Inspection, ...]]:
        return _by_council(self.inspections)

    @cached_property
    def _full(self) -> Mapping[int, tuple[Inspection, ...]]:
        return _by_council(row for row in self.inspections if row.framework.is_whole_service)

    @cached_property
    def _visits(self) -> Mapping[int, tuple[Visit, ...]]:
        return _by_council(self.visits)

    @cached_property
    def _statements(self) -> Mapping[int, tuple[Statement, ...]]:
        return _by_council(self.statements)

    def inspections_of(self, council_id: int, day: date = date.max) -> tuple[Inspection, ...]:
        """A council's inspections published by the day, oldest first."""
        own = self._inspections.get(council_id, ())
        return tuple(row for row in own if row.publication_date <= day)

    def full_inspections_of(self, council_id: int, day: date = date.max) -> tuple[Inspection, ...]:
        """Those of the whole service, which alone decide what is in force."""
        own = self._full.get(council_id, ())
        return tuple(row for row in own if row.publication_date <= day)

    def full_inspections(self, day: date = date.max) -> list[Inspection]:
        """Every council's, oldest first."""
        return [
            row
            for row in self.inspections
            if row.framework.is_whole_service and row.publication_date <= day
        ]

    def visits_of(self, council_id: int, day: date = date.max) -> tuple[Visit, ...]:
        """A council's visits known to the public by the day, oldest first."""
        return tuple(row for row in self._visits.get(council_id, ()) if row.is_public_by(day))

    def statements_of(self, council_id: int, day: date = date.max) -> tuple[Statement, ...]:
        """What was said about a council by the day, in order."""
        own = self._statements.get(council_id, ())
        return tuple(row for row in own if row.stated_date <= day)

    @cached_property
    def _interventions(self) -> Mapping[int, tuple[Intervention, ...]]:
        return _by_council(self.interventions)

    def interventions_of(self, council_id: int, day: date = date.max) -> tuple[Intervention, ...]:
        """The government's steps in a council known to the public by the day, oldest first."""
        own = self._interventions.get(council_id, ())
        return tuple(row for row in own if row.is_public_by(day))

    @cached_property
    def _planned(self) -> Mapping[int, tuple[PlannedAction, ...]]:
        return _by_council(self.planned)

    def planned_of(self, council_id: int) -> tuple[PlannedAction, ...]:
        """A council's own register, where it is public; by report or letter and number."""
        return self._planned.get(council_id, ())

    @cached_property
    def theme_by_code(self) -> Mapping[str, Theme]:
        return {row.code: row for row in self.themes}

    def points_of(self, event: Event) -> tuple[Point, ...]:
        """What inspectors asked for in an event's report or letter, as far as it is on record."""
        return self.points.get(event_key(event), ())

    def events_of(self, council_id: int, day: date = date.max) -> list[Event]:
        """A council's inspections and visits, oldest first; those without any day stand first."""
        rows: list[Event] = [
            *self.inspections_of(council_id, day),
            *self.visits_of(council_id, day),
        ]
        return sorted(rows, key=lambda row: (row.event_date or date.min, row.reference))

    def event(self, council_id: int, reference: str) -> Event | None:
        """The published event of an address, whatever its days."""
        own: list[Event] = [
            *self._inspections.get(council_id, ()), *self._visits.get(council_id, ()),
        ]  # fmt: skip
        return next((row for row in own if row.reference == reference), None)

    def withdrawn_event(self, council_id: int, reference: str) -> Event | None:
        """The withdrawn event of an address."""
        for row in self.withdrawn:
            if row.council_id == council_id and row.reference == reference:
                return row
        return None


OfCouncil = TypeVar("OfCouncil", Inspection, Visit, Statement, Intervention, PlannedAction)


def _by_council(rows: Iterable[OfCouncil]) -> Mapping[int, tuple[OfCouncil, ...]]:
    """By council id, in the order given."""
    found: dict[int, list[OfCouncil]] = defaultdict(list)
    for row in rows:
        found[row.council_id].append(row)
    return {council: tuple(held) for council, held in found.items()}
