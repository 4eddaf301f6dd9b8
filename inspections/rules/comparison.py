"""Comparing two judgements: up, down, same, first, or not comparable and why.

Two judgements can be compared when both were given on the same scale of grades and the later
area carries on the earlier one: they are the same area of one framework, or a chain of
recorded continuations leads from one to the other and every link of it says "same" (or only
the name changed). A link that says the area was split, merged or ended breaks the comparison
but explains it. Which area carries on which is data; nothing here knows a framework by name.

Grades are ordinal: ``order`` 1 is the best of its scale, a larger number is worse. The number
of steps tells how far a grade moved on its scale and is never averaged.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from inspections.vocabulary import Continuation as LinkKind

Area = tuple[str, str]
"""An area of a framework: (framework code, area code)."""


class ChangeKind(StrEnum):
    """What became of a judgement since the one before it."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    FIRST = "first"
    NOT_COMPARABLE = "not_comparable"


COMPARABLE_LINKS = frozenset({LinkKind.SAME, LinkKind.RENAMED})


class ComparisonError(ValueError):
    """The record of grades or of continuations contradicts itself."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One judgement: the area, and the grade with its place on its scale (1 = best)."""

    framework: str
    area: str
    scale: str
    grade: str
    order: int

    @property
    def key(self) -> Area:
        return (self.framework, self.area)


@dataclass(frozen=True, slots=True)
class Link:
    """How one area carries on another. ``later`` is None for an area that ended."""

    earlier: Area
    later: Area | None
    kind: LinkKind
    note: str = ""


@dataclass(frozen=True, slots=True)
class Links:
    """All recorded continuations, looked up by the earlier area."""

    by_earlier: Mapping[Area, tuple[Link, ...]]

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str, str | None, str | None, str, str]]) -> "Links":
        """Build from (earlier framework, earlier area, later framework, later area, kind, note).

        The later framework and area are empty or None where the area ended. Raises
        ComparisonError for an unknown kind, and for a later area that is missing where the
        kind needs one or present where the area ended.
        """
        by_earlier: dict[Area, list[Link]] = {}
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

    def chain(self, earlier: Area, later: Area) -> tuple[Link, ...] | None:
        """The links that lead from ``earlier`` to ``later``, oldest first; None if none do.

        Of several chains one whose every link is comparable comes first, then the shortest.
        An area is joined to itself by the empty chain.
        """
        for usable in (COMPARABLE_LINKS, frozenset(LinkKind)):
            found = self._search(earlier, later, usable)
            if found is not None:
                return found
        return None

    def ending(self, area: Area) -> Link | None:
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
        self, earlier: Area, later: Area, usable: frozenset[LinkKind]
    ) -> tuple[Link, ...] | None:
        queue: deque[tuple[Area, tuple[Link, ...]]] = deque([(earlier, ())])
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
class Change:
    """How a judgement moved.

    ``steps``: places on the scale, positive = better, 0 = same, None where the kind is first
    or not comparable. ``reason`` is a sentence without a full stop, empty unless the kind is
    first or not comparable.
    """

    kind: ChangeKind
    steps: int | None = None
    reason: str = ""


def compare(previous: Judged | None, current: Judged | None, links: Links) -> Change:
    """Compare a judgement with the one before it.

    ``previous`` None: the first judgement. ``current`` None: not judged this time, with the
    reason recorded for the area's end where there is one. Both None is a mistake of the
    caller and raises ComparisonError.
    """
    if current is None:
        if previous is None:
            raise ComparisonError("nothing to compare: found neither judgement, expected one")
        ending = links.ending(previous.key)
        reason = (ending.note or "the judgement was ended") if ending else "not judged this time"
        return Change(ChangeKind.NOT_COMPARABLE, None, reason)
    if previous is None:
        return Change(ChangeKind.FIRST, None, "not judged before")
    chain = links.chain(previous.key, current.key)
    if chain is None:
        return Change(
            ChangeKind.NOT_COMPARABLE,
            None,
            "a different subject: this area does not carry on the earlier one",
        )
    breaks = [link for link in chain if link.kind not in COMPARABLE_LINKS]
    if breaks:
        return Change(ChangeKind.NOT_COMPARABLE, None, "; ".join(map(_break_reason, breaks)))
    if previous.scale != current.scale:
        return Change(ChangeKind.NOT_COMPARABLE, None, "the two grades belong to different scales")
    steps = previous.order - current.order
    if (steps == 0) != (previous.grade == current.grade):
        raise ComparisonError(
            f"scale {current.scale}: found grades {previous.grade} (place {previous.order}) and "
            f"{current.grade} (place {current.order}), expected one place for each grade"
        )
    if steps > 0:
        return Change(ChangeKind.UP, steps)
    return Change(ChangeKind.DOWN, steps) if steps < 0 else Change(ChangeKind.SAME, 0)


def _break_reason(link: Link) -> str:
    if link.note:
        return link.note
    if link.kind is LinkKind.SPLIT:
        return "the earlier area was split"
    return "earlier areas were merged into one"


@dataclass(frozen=True, slots=True)
class Pair:
    """A judgement and the one it is set beside; at least one of the two is there."""

    previous: Judged | None
    current: Judged | None
    change: Change


def pair(
    previous: Sequence[Judged],
    current: Sequence[Judged],
    links: Links,
    lanes: Mapping[Area, frozenset[str]],
) -> tuple[Pair, ...]:
    """Set every judgement of an inspection beside its counterpart in the inspection before.

    The counterpart is the earlier area that leads here by the best chain: comparable before
    broken, short before long. Where no chain leads here, an earlier area shown in the same
    ``lane`` stands beside it, so that the reader sees that the two are not comparable; an area
    without either is judged for the first time. Judgements of the earlier inspection that
    nothing carries on follow at the end, with ``current`` None. In the order of ``current``.
    """
    used: set[Area] = set()
    pairs: list[Pair] = []
    for judged in current:
        counterpart = _counterpart(judged, previous, links, lanes)
        if counterpart is not None:
            used.add(counterpart.key)
        pairs.append(Pair(counterpart, judged, compare(counterpart, judged, links)))
    carried_on = used | {
        old.key for old in previous for new in current if links.chain(old.key, new.key) is not None
    }
    pairs.extend(
        Pair(old, None, compare(old, None, links)) for old in previous if old.key not in carried_on
    )
    return tuple(pairs)


def _counterpart(
    judged: Judged,
    previous: Sequence[Judged],
    links: Links,
    lanes: Mapping[Area, frozenset[str]],
) -> Judged | None:
    ranked: list[tuple[tuple[int, int, int], Judged]] = []
    for old in previous:
        chain = links.chain(old.key, judged.key)
        if chain is not None:
            broken = sum(link.kind not in COMPARABLE_LINKS for link in chain)
            ranked.append(((0, broken, len(chain)), old))
        elif lanes.get(old.key, frozenset()) & lanes.get(judged.key, frozenset()):
            ranked.append(((1, 0, 0), old))
    return min(ranked, key=lambda item: item[0])[1] if ranked else None
