"""What do inspectors ask for in England: theme by theme, in which reports, of which councils?

A document is a report or letter whose points are on record. Shares are of documents, so that a
report with many points counts no more than one with few.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from inspections.framework_rows import Lane
from inspections.questions.among import EVERY, Among
from inspections.questions.asked_for import is_read
from inspections.questions.journeys import journeys_in_lane
from inspections.questions.search import folded
from inspections.record import Record
from inspections.rows import Council, Event, Inspection, Point, Theme, Visit
from inspections.rules.comparison import ChangeKind
from inspections.vocabulary import Word


class By(Word):
    """What documents are grouped by."""

    YEAR = "year", "year of publication"
    GRADE = "grade", "grade"
    AREA = "area", "area below good"
    REGION = "region", "region"
    KIND = "kind", "kind of report or letter"


INSPECTION = "inspection"
"""The kind of a document that is the report of an inspection; a visit has its own kind."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One document: whose, which event, and its points, which may be none."""

    council: Council
    event: Event
    points: tuple[Point, ...]

    @property
    def published(self) -> date | None:
        """Of a letter whose publication date is not recorded, the visit's day."""
        return self.event.publication_date or self.event.event_date

    @property
    def kind(self) -> str:
        return INSPECTION if isinstance(self.event, Inspection) else self.event.kind

    @property
    def themes(self) -> frozenset[str]:
        return frozenset(theme for point in self.points for theme in point.themes)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which documents are asked about; empty for all. `lane` and `grade`: of inspections that
    gave this grade (its key) in this lane. `first`, `last`: days of publication."""

    among: Among = EVERY
    council: str = ""
    kind: str = ""
    lane: str = ""
    grade: str = ""
    first: date | None = None
    last: date | None = None

    def has(self, row: Asked) -> bool:
        if not self.among.has(row.council) or self.council not in {"", row.council.slug}:
            return False
        if self.kind not in {"", row.kind}:
            return False
        if self.grade and self.grade != _grade_in(row.event, self.lane):
            return False
        day = row.published
        return not (
            (self.first and (day is None or day < self.first))
            or (self.last and (day is None or day > self.last))
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """One point with its document."""

    asked: Asked
    point: Point


@dataclass(frozen=True, slots=True)
class ThemeGroup:
    """Documents of a year, grade, area, region or kind, and in how many each theme is raised."""

    key: str
    documents: int
    raised: Mapping[str, int]

    def share(self, theme: str) -> float | None:
        """Share (0-1) of the documents that raise the theme; None without a document."""
        return self.raised.get(theme, 0) / self.documents if self.documents else None


@dataclass(frozen=True, slots=True)
class ToldBefore:
    """What councils had been told in inspections that gave the lowest grade in a lane.

    By whether the next full inspection gave a better grade there, the same again, or has not
    come: `rose`, `stayed`, `waiting`. `risen` are the rises with what was said then, newest
    first. Inspections whose points are not on record are left out and counted in `unread`.
    """

    lane: Lane
    rose: ThemeGroup
    stayed: ThemeGroup
    waiting: ThemeGroup
    risen: tuple["ToldRise", ...]
    unread: int


@dataclass(frozen=True, slots=True)
class ToldRise:
    """A council that rose from inadequate: what it had been told, and the inspection after."""

    asked: Asked
    later: Inspection
    days: int


def documents(record: Record, day: date) -> tuple[Asked, ...]:
    """Every report and letter public by the day whose points are on record, newest first."""

    def made() -> tuple[Asked, ...]:
        events: list[Event] = [
            *(row for row in record.inspections if row.publication_date <= day),
            *(row for row in record.visits if row.is_public_by(day)),
        ]
        found = [
            Asked(record.council(row.council_id), row, record.points_of(row))
            for row in events
            if is_read(record, row)
        ]
        found.sort(key=lambda row: (row.council.short_name, row.event.reference))
        return tuple(sorted(found, key=lambda row: row.published or date.min, reverse=True))

    return record.remember(("documents", day), made)


def findings(
    rows: Iterable[Asked],
    *,
    theme: str = "",
    is_priority_only: bool = False,
    said: str = "",
) -> list[Finding]:
    """The points of some documents, in their order, that raise the theme and hold the words.

    Words are looked for in the sentences that the record holds: each must begin a word there.
    """
    wanted = folded(said).split()
    if said.strip() and not wanted:
        return []
    return [
        Finding(row, point)
        for row in rows
        for point in row.points
        if (not theme or theme in point.themes)
        and (not is_priority_only or point.is_priority_action)
        and (not wanted or _holds(point.text, wanted))
    ]


def _holds(text: str, wanted: list[str]) -> bool:
    if not text:
        return False
    padded = f" {folded(text)}"
    return all(f" {word}" in padded for word in wanted)


def holds_sentences(record: Record) -> bool:
    """Does the record hold a sentence of any point, so that words can be looked for?"""
    return record.remember(
        "holds sentences",
        lambda: any(point.text for points in record.points.values() for point in points),
    )


def groups(record: Record, rows: Iterable[Asked], by: str, lane: Lane | None) -> list[ThemeGroup]:
    """The documents by what `by` says. Of those that belong nowhere there is no group.

    Years newest first; grades, areas and the rest in their own order. `lane`: the one whose
    grades are meant where documents are grouped by grade.
    """
    keys_of: dict[str, Callable[[Asked], Iterable[str]]] = {
        By.YEAR: lambda row: [str(row.published.year)] if row.published else [],
        By.GRADE: lambda row: filter(None, [_grade_in(row.event, lane.code if lane else "")]),
        By.AREA: partial(_areas_below_good, record),
        By.REGION: lambda row: [row.council.ons_region],
        By.KIND: lambda row: [row.kind],
    }
    sizes: Counter[str] = Counter()
    raised: dict[str, Counter[str]] = {}
    for row in rows:
        for key in keys_of[by](row):
            sizes[key] += 1
            raised.setdefault(key, Counter()).update(row.themes)
    order = _order(record, by)
    found = [ThemeGroup(key, sizes[key], raised[key]) for key in sizes]
    found.sort(key=lambda row: order.get(row.key, len(order)))
    return sorted(found, key=lambda row: row.key, reverse=True) if by == By.YEAR else found


def whole(rows: Iterable[Asked]) -> ThemeGroup:
    """All of the documents as one group."""
    kept = list(rows)
    raised: Counter[str] = Counter()
    for row in kept:
        raised.update(row.themes)
    return ThemeGroup("", len(kept), raised)


def by_frequency(record: Record, group: ThemeGroup) -> list[Theme]:
    """The themes that the group's documents raise, the most frequent first."""
    found = [theme for theme in record.themes if group.raised.get(theme.code)]
    return sorted(found, key=lambda theme: -group.raised[theme.code])


def latest_raising(rows: Iterable[Asked], theme: str) -> tuple[list[Asked], int]:
    """Of each council its newest document among these: those that raise the theme, by name,
    and how many councils there are. `rows` newest first."""
    newest: dict[int, Asked] = {}
    for row in rows:
        newest.setdefault(row.council.id, row)
    raising = [row for row in newest.values() if theme in row.themes]
    return sorted(raising, key=lambda row: row.council.short_name), len(newest)


def told(record: Record, day: date, lane: Lane, among: Among = EVERY) -> ToldBefore:
    """What was asked of councils judged inadequate in the lane, and what the next one gave."""
    read = {row.event.id: row for row in documents(record, day) if row.kind == INSPECTION}
    rose: list[Asked] = []
    stayed: list[Asked] = []
    waiting: list[Asked] = []
    risen, unread = [], 0
    for journey in journeys_in_lane(record, day, lane):
        if not (journey.judgement.grade.is_inadequate and among.has(journey.council)):
            continue
        asked = read.get(journey.inspection.id)
        if asked is None:
            unread += 1
            continue
        change = journey.change(record.book)
        if journey.later is None or change is None:
            waiting.append(asked)
        elif change.kind is ChangeKind.UP:
            rose.append(asked)
            risen.append(ToldRise(asked, journey.later, journey.days))
        elif change.kind is ChangeKind.SAME:
            stayed.append(asked)
    return ToldBefore(lane, whole(rose), whole(stayed), whole(waiting), tuple(risen), unread)


def _grade_in(event: Event, lane: str) -> str:
    """The key of the grade that an inspection gave in the lane; empty for none, or a visit."""
    judged = event.in_lane(lane) if isinstance(event, Inspection) else None
    return judged.grade.key if judged else ""


def _areas_below_good(record: Record, row: Asked) -> list[str]:
    """The lanes of a page in which an inspection gave less than good; none for a visit."""
    if isinstance(row.event, Visit):
        return []
    return [
        lane.code
        for lane in record.book.choosable_lanes
        if (judged := row.event.in_lane(lane.code)) and not judged.grade.is_good_or_better
    ]


def _order(record: Record, by: str) -> dict[str, int]:
    """The place of each key in a list; of keys that are sorted by themselves none."""
    keys: Iterable[str] = ()
    if by == By.GRADE:
        grades = sorted(record.book.grades.values(), key=lambda grade: grade.place)
        keys = [grade.key for grade in grades]
    elif by == By.AREA:
        keys = [lane.code for lane in record.book.choosable_lanes]
    elif by == By.REGION:
        keys = sorted({row.ons_region for row in record.councils})
    elif by == By.KIND:
        keys = [INSPECTION]
    return {key: place for place, key in enumerate(keys)}
