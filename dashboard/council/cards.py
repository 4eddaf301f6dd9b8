"""The judgements that a council holds, each with the one before it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from dashboard import words
from dashboard.words import presenters
from inspections.framework_rows import Lane
from inspections.questions.positions import Position
from inspections.rows import Inspection
from inspections.rules.comparison import ChangeKind, Pair

NO_MARK = SafeString()


@dataclass(frozen=True, slots=True)
class GradeCard:
    """`RI → G` by marks, the grade's name, the months of both, the change in words. Where the two
    cannot be compared no arrow joins them: `change` says with what it cannot, `why` for what
    reason."""

    title: str
    before: SafeString
    now: SafeString
    grade: str
    when: str
    change: str
    why: str


def cards(position: Position, lanes: Sequence[Lane]) -> list[GradeCard]:
    """A card for each judgement of a core area, in the order of the lanes."""
    latest = position.latest
    if latest is None:
        return []
    pairs = {pair.current.area.key: pair for pair in position.pairs if pair.current}
    areas = {row.area.key: lane for lane in reversed(lanes) if (row := latest.in_lane(lane.code))}
    places = [lane.code for lane in lanes]
    ordered = sorted(areas.items(), key=lambda item: places.index(item[1].code))
    return [_card(pairs[key], latest, lane.code) for key, lane in ordered]


def _card(pair: Pair, latest: Inspection, lane: str, title: str = "") -> GradeCard:
    judged, before, since = pair.current, pair.previous, pair.since
    assert judged is not None  # noqa: S101 - pairs of the latest inspection have a judgement
    month = words.month(latest.event_date)
    is_apart = pair.change.kind is ChangeKind.NOT_COMPARABLE
    is_same = pair.change.kind is ChangeKind.SAME
    said = "the same" if is_same else words.change(pair.change, None)
    when = f"{words.month(since.event_date)} → {month}" if since and not is_apart else month
    apart = "Not comparable:"
    if before and since:
        apart = f"Not comparable with {words.month(since.event_date)} ({before.grade.letter}):"
    return GradeCard(
        title=title or judged.area.short_name,
        before=presenters.letter_mark(before, lane, label="Before")
        if before and not is_apart
        else NO_MARK,
        now=presenters.letter_mark(judged, lane, label=judged.area.short_name),
        grade=judged.grade.name,
        when=presenters.marked(latest, when),
        change=apart if is_apart else words.begun(said),
        why=pair.change.reason if is_apart else "",
    )


def overall_card(position: Position) -> GradeCard | None:
    """The overall grade of the newest inspection, where it gave one; never one made from the
    others, and none of an earlier inspection, which would look like the present one."""
    for pair in position.pairs:
        if pair.current and pair.current.area.is_overall and position.latest:
            return _card(pair, position.latest, "overall", "Overall effectiveness")
    return None
