"""Frameworks as frozen rows: grades, lanes, areas and how one area carries on another.

Pure, and below every rule. Grades are ordinal: order 1 is the best of a scale.
"""

from collections import deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from inspections.vocabulary import Continuation as LinkKind

AreaKey = tuple[str, str]
"""An area of a framework: (framework code, area code)."""
COMPARABLE_LINKS = frozenset({LinkKind.SAME, LinkKind.RENAMED})


class ComparisonError(ValueError):
    """The record of grades or of continuations contradicts itself."""


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade as it is shown. Order 1 is the best of its scale.

    `official_name` is as printed in the reports. `key` names it in counts, files and addresses:
    its code, and its scale too where an earlier scale has a grade of the same code. `title` is its
    name, told apart in the same way. `place` is for lists: scale by scale in the order of their
    frameworks, best first in each.
    """

    code: str
    name: str
    letter: str
    order: int
    colour: str
    scale: str = ""
    is_inadequate: bool = False
    is_good_or_better: bool = False
    official_name: str = field(default="", compare=False)
    key: str = ""
    title: str = ""
    place: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", self.key or self.code)
        object.__setattr__(self, "title", self.title or self.name)
        object.__setattr__(self, "place", self.place or self.order)

    def __hash__(self) -> int:
        """Grades are counted by the thousand; one key is of one scale."""
        return hash((self.scale, self.key))


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of a chart over time, and an area that a page can be switched to."""

    code: str
    name: str
    short_name: str
    order: int
    is_overall: bool
    is_core: bool
    is_leaders: bool = False
    is_practice: bool = False

    @property
    def initials(self) -> str:
        """`HP` for Help and protection: a head over a column of letters. `Ov` for Overall, as an O
        is a grade."""
        if self.is_overall:
            return self.short_name[:2]
        small = {"and", "in", "of"}
        return "".join(word[0].upper() for word in self.short_name.split() if word not in small)


NO_LANE = Lane("none", "Any area", "Any area", 0, False, False)


@dataclass(frozen=True, slots=True)
class Area:
    """What is graded under a framework. `lanes` in their order; the first is its own lane."""

    framework: str
    code: str
    official_name: str
    short_name: str
    order: int
    is_overall: bool
    is_part: bool
    lanes: tuple[Lane, ...]
    lane_codes: frozenset[str] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lane_codes", frozenset(lane.code for lane in self.lanes))

    @property
    def key(self) -> AreaKey:
        return (self.framework, self.code)

    @property
    def is_combined(self) -> bool:
        return len(self.lanes) > 1

    @property
    def is_of_leaders(self) -> bool:
        return any(lane.is_leaders for lane in self.lanes)

    @property
    def is_of_practice(self) -> bool:
        """Is it what children experience, judged by itself and not as a part of another area?"""
        return not self.is_part and any(lane.is_practice for lane in self.lanes)

    @property
    def is_chosen(self) -> bool:
        """Is it in a lane that a page can be switched to?"""
        return any(lane.is_core or lane.is_overall for lane in self.lanes)


@dataclass(frozen=True, slots=True)
class Framework:
    """The rules of a time: its areas in the order of printing, its scale of grades."""

    code: str
    name: str
    short_name: str
    scale: str
    in_force_from: date
    in_force_to: date | None
    is_whole_service: bool
    notes: str
    areas: tuple[Area, ...]
    next_due_year: int | None = None
    next_due_source: str = ""

    @property
    def title(self) -> str:
        """`Rules of 2018: ILACS 2018`, so that its own name is no riddle."""
        return f"Rules of {self.in_force_from.year}: {self.short_name}"

    def is_in_force(self, day: date) -> bool:
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    @property
    def has_overall(self) -> bool:
        return any(area.is_overall for area in self.areas)


@dataclass(frozen=True, slots=True)
class Link:
    """How one area carries on another. `later` is None for an area that ended."""

    earlier: AreaKey
    later: AreaKey | None
    kind: LinkKind
    note: str = ""


@dataclass(frozen=True, slots=True)
class Links:
    """All recorded continuations, looked up by the earlier area."""

    by_earlier: Mapping[AreaKey, tuple[Link, ...]]
    _chains: dict[tuple[AreaKey, AreaKey], tuple[Link, ...] | None] = field(
        default_factory=dict, repr=False, compare=False
    )

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str, str | None, str | None, str, str]]) -> "Links":
        """Build from (earlier framework, earlier area, later framework, later area, kind, note).

        The later framework and area are empty or None where the area ended. Raises
        ComparisonError for an unknown kind, and for a later area that is missing where the
        kind needs one or present where the area ended.
        """
        by_earlier: dict[AreaKey, list[Link]] = {}
        for earlier_framework, earlier_area, later_framework, later_area, kind, note in rows:
            earlier = (earlier_framework, earlier_area)
            try:
                link_kind = LinkKind(kind)
            except ValueError:
                expected = ", ".join(LinkKind)
                raise ComparisonError(
                    f"continuation of {earlier_framework} {earlier_area}: "
                    f"found kind {kind!r}, expected one of {expected}"
                ) from None
            later = (later_framework, later_area) if later_framework and later_area else None
            if (later is None) != (link_kind is LinkKind.ENDED):
                raise ComparisonError(
                    f"continuation of {earlier_framework} {earlier_area}: kind {kind!r} "
                    f"with later area {later_framework!r} {later_area!r}; an area that ended "
                    "has none and every other continuation has one"
                )
            by_earlier.setdefault(earlier, []).append(Link(earlier, later, link_kind, note))
        return cls({earlier: tuple(links) for earlier, links in by_earlier.items()})

    def chain(self, earlier: AreaKey, later: AreaKey) -> tuple[Link, ...] | None:
        """The links that lead from `earlier` to `later`, oldest first; None if none do.

        Of several chains one whose every link is comparable comes first, then the shortest.
        An area is joined to itself by the empty chain. Each pair of areas is searched once.
        """
        pair = earlier, later
        if pair not in self._chains:
            best = self._search(earlier, later, COMPARABLE_LINKS)
            every = frozenset(LinkKind)
            self._chains[pair] = self._search(earlier, later, every) if best is None else best
        return self._chains[pair]

    def ending(self, area: AreaKey) -> Link | None:
        """The link that says the area, or what carries it on unchanged, ended; else None."""
        queue, seen = deque([area]), {area}
        while queue:
            for link in self.by_earlier.get(queue.popleft(), ()):
                if link.kind is LinkKind.ENDED:
                    return link
                if link.kind in COMPARABLE_LINKS and link.later and link.later not in seen:
                    seen.add(link.later)
                    queue.append(link.later)
        return None

    def _search(
        self, earlier: AreaKey, later: AreaKey, usable: frozenset[LinkKind]
    ) -> tuple[Link, ...] | None:
        queue: deque[tuple[AreaKey, tuple[Link, ...]]] = deque([(earlier, ())])
        seen = {earlier}
        while queue:
            area, chain = queue.popleft()
            if area == later:
                return chain
            for link in self.by_earlier.get(area, ()):
                if link.kind in usable and link.later and link.later not in seen:
                    seen.add(link.later)
                    queue.append((link.later, (*chain, link)))
        return None


@dataclass(frozen=True, slots=True)
class FrameworkBook:
    """Every framework, area, lane, grade and continuation, by primary key and by code."""

    frameworks: Mapping[int, Framework]
    areas: Mapping[int, Area]
    grades: Mapping[int, Grade]
    lanes: tuple[Lane, ...]
    links: Links
    area_lanes: Mapping[AreaKey, frozenset[str]]

    def lane(self, code: str) -> Lane:
        """The lane of a code; where there is none, the first that can be chosen.

        An empty record has no lane at all and gives one that nothing is judged in.
        """
        first = next(iter(self.choosable_lanes), NO_LANE)
        return next((lane for lane in self.lanes if lane.code == code), first)

    @property
    def choosable_lanes(self) -> tuple[Lane, ...]:
        """The areas a page can be switched to: the core ones, and overall."""
        return tuple(lane for lane in self.lanes if lane.is_core or lane.is_overall)

    def scale(self, code: str) -> tuple[Grade, ...]:
        """The grades of a scale, best first."""
        found = (grade for grade in self.grades.values() if grade.scale == code)
        return tuple(sorted(found, key=lambda grade: grade.order))

    def scales(self, codes: Collection[str]) -> tuple[Grade, ...]:
        """The grades of some scales in the order of their places."""
        found = (grade for grade in self.grades.values() if grade.scale in codes)
        return tuple(sorted(found, key=lambda grade: grade.place))

    def grade(self, key: str) -> Grade | None:
        """The grade that is named so; None where there is none."""
        return next((grade for grade in self.grades.values() if grade.key == key), None)

    @property
    def in_order(self) -> tuple[Framework, ...]:
        return tuple(sorted(self.frameworks.values(), key=lambda row: row.in_force_from))

    def next_due(self, day: date) -> Framework | None:
        """The last framework, where it is announced that another follows this year or later."""
        last = next(reversed(self.in_order), None)
        due = last.next_due_year if last else None
        return last if due and due >= day.year else None

    def without_overall_since(self, framework: Framework) -> date:
        """The first day of the frameworks of the whole service that judge without an overall
        grade, counted back from this one."""
        since = framework.in_force_from
        for row in reversed(self.in_order):
            if row.is_whole_service and row.in_force_from <= framework.in_force_from:
                if row.has_overall:
                    break
                since = row.in_force_from
        return since
