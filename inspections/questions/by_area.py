"""What do some councils hold on a day, area by area?"""

from collections.abc import Iterable, Sequence

from inspections.figure_rows import AreaHeld
from inspections.framework_rows import Grade, Lane
from inspections.questions.positions import Position
from inspections.questions.statistics import CouncilGroup, Counting
from inspections.record import Record
from inspections.rows import Council
from inspections.rules.lanes import counted_in_lane


def by_area(
    record: Record, held: Sequence[Position], marked: Council | None = None
) -> tuple[list[tuple[Lane, CouncilGroup]], tuple[AreaHeld, ...], tuple[Grade, ...]]:
    """The counts of each core area as tables have them, as pictures do, and every grade counted."""
    counting, groups, areas = Counting(record), [], []
    for lane in record.book.lanes:
        if not lane.is_core:
            continue
        group, names = CouncilGroup(lane.code), dict[str, list[str]]()
        stood = ""
        for row in held:
            counting.add(group, lane.code, row.latest)
            if judged := counted_in_lane(row.latest, lane.code, counting.counted_as):
                names.setdefault(judged.grade.key, []).append(row.council.short_name)
                stood = judged.grade.key if row.council == marked else stood
        groups.append((lane, group))
        areas.append(_drawn(lane, group, names.items(), stood))
    return groups, tuple(areas), record.book.scales({mark.scale for mark in counting.marks})


def _drawn(
    lane: Lane, group: CouncilGroup, names: Iterable[tuple[str, list[str]]], stood: str
) -> AreaHeld:
    return AreaHeld(
        lane.short_name,
        dict(group.by_grade),
        group.combined + group.not_judged,
        group.not_inspected,
        {key: tuple(councils) for key, councils in names},
        stood,
    )
