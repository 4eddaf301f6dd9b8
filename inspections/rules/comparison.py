"""Comparing two judgements: up, down, same, first, or not comparable and why.

Two judgements can be compared when both were given on the same scale of grades and the later
area carries on the earlier one: they are the same area of one framework, or a chain of
recorded continuations leads from one to the other and every link of it says "same" (or only
the name changed). A link that says the area was split, merged or ended breaks the comparison
but explains it. Which area carries on which is data; nothing here knows a framework by name.

Grades are ordinal: ``order`` 1 is the best of its scale, a larger number is worse. The number
of steps tells how far a grade moved on its scale and is never averaged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from inspections.framework_rows import COMPARABLE_LINKS, AreaKey, ComparisonError, Link, Links
from inspections.rows import Inspection, Judgement
from inspections.vocabulary import Continuation as LinkKind


class ChangeKind(StrEnum):
    """What became of a judgement since the one before it."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    FIRST = "first"
    NOT_COMPARABLE = "not_comparable"


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


def compare(previous: Judgement | None, current: Judgement | None, links: Links) -> Change:
    """Compare a judgement with the one before it.

    ``previous`` None: the first judgement. ``current`` None: not judged this time, with the
    reason recorded for the area's end where there is one. Both None is a mistake of the
    caller and raises ComparisonError.
    """
    if current is None:
        if previous is None:
            raise ComparisonError("nothing to compare: found neither judgement, expected one")
        ending = links.ending(previous.area.key)
        reason = (ending.note or "the judgement was ended") if ending else "not judged this time"
        return Change(ChangeKind.NOT_COMPARABLE, None, reason)
    if previous is None:
        return Change(ChangeKind.FIRST, None, "not judged before")
    chain = links.chain(previous.area.key, current.area.key)
    if chain is None:
        return Change(
            ChangeKind.NOT_COMPARABLE,
            None,
            "a different subject: this area does not carry on the earlier one",
        )
    breaks = [link for link in chain if link.kind not in COMPARABLE_LINKS]
    if breaks:
        return Change(ChangeKind.NOT_COMPARABLE, None, "; ".join(map(_break_reason, breaks)))
    before, now = previous.grade, current.grade
    if before.scale != now.scale:
        return Change(ChangeKind.NOT_COMPARABLE, None, "the two grades belong to different scales")
    steps = before.order - now.order
    if (steps == 0) != (before.code == now.code):
        raise ComparisonError(
            f"scale {now.scale}: found grades {before.code} (place {before.order}) and "
            f"{now.code} (place {now.order}), expected one place for each grade"
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
    """A judgement and the one it is set beside; at least one of the two is there.

    ``since``: the inspection that gave ``previous``; None without one.
    """

    previous: Judgement | None
    current: Judgement | None
    change: Change
    since: Inspection | None = None


def pair(
    current: Inspection,
    earlier: Sequence[Inspection],
    links: Links,
    lanes: Mapping[AreaKey, frozenset[str]],
) -> tuple[Pair, ...]:
    """Set every judgement of an inspection beside its counterpart in those before.

    ``earlier``: the council's earlier inspections, oldest first. The counterpart is the area
    that leads here by a recorded chain in the latest inspection that has one; there the best
    chain: comparable before broken, short before long. Where no chain leads here from any, the
    latest area shown in the same lane stands beside it, so that the reader sees that the two are
    not comparable; an area without either is judged for the first time.
    Judgements of the last inspection that nothing carries on follow at the end, with
    ``current`` None. In the order of printing.
    """
    last = earlier[-1] if earlier else None
    used: set[AreaKey] = set()
    pairs: list[Pair] = []
    for judged in current.judgements:
        before, since = _counterpart(judged, earlier, links, lanes)
        if before is not None:
            used.add(before.area.key)
        pairs.append(Pair(before, judged, compare(before, judged, links), since))
    for old in last.judgements if last else ():
        goes_on = any(
            links.chain(old.area.key, new.area.key) is not None for new in current.judgements
        )
        if not (goes_on or old.area.key in used):
            pairs.append(Pair(old, None, compare(old, None, links), last))
    return tuple(pairs)


def _counterpart(
    judged: Judgement,
    earlier: Sequence[Inspection],
    links: Links,
    lanes: Mapping[AreaKey, frozenset[str]],
) -> tuple[Judgement | None, Inspection | None]:
    for inspection in reversed(earlier):
        ranked = []
        for old in inspection.judgements:
            chain = links.chain(old.area.key, judged.area.key)
            if chain is not None:
                broken = sum(link.kind not in COMPARABLE_LINKS for link in chain)
                ranked.append(((broken, len(chain)), old))
        if ranked:
            return min(ranked, key=lambda item: item[0])[1], inspection
    shown = lanes.get(judged.area.key, frozenset())
    for inspection in reversed(earlier):
        for old in inspection.judgements:
            if lanes.get(old.area.key, frozenset()) & shown:
                return old, inspection
    return None, None
