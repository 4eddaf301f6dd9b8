"""What does each council hold on a day: its latest full inspection, and the one before?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from inspections.queries import events
from inspections.rows import (
    Clock,
    CouncilRow,
    FrameworkBook,
    InspectionRow,
    JudgementRow,
    Position,
)
from inspections.rules import comparison


def pairs_of(
    book: FrameworkBook, latest: InspectionRow, previous: InspectionRow | None
) -> tuple[comparison.Pair, ...]:
    """Each judgement of an inspection beside its counterpart in the one before."""
    return comparison.pair(
        [row.judged for row in previous.judgements] if previous else [],
        [row.judged for row in latest.judgements],
        book.links,
        book.area_lanes,
    )


def by_council(rows: Iterable[InspectionRow]) -> dict[int, list[InspectionRow]]:
    """Inspections by council id, in the order given (oldest first)."""
    grouped: dict[int, list[InspectionRow]] = defaultdict(list)
    for row in rows:
        grouped[row.council_id].append(row)
    return grouped


def positions(
    book: FrameworkBook,
    clock: Clock,
    *,
    councils: Iterable[CouncilRow],
    inspections: Iterable[InspectionRow],
    with_pairs: bool = False,
) -> list[Position]:
    """The position of every council that exists on the day, in the order of `councils`.

    Only whole-service inspections count. New councils inherit nothing.
    """
    grouped = by_council(row for row in inspections if row.framework.is_whole_service)
    found = []
    for council in councils:
        if not council.existed_on(clock.as_at):
            continue
        held = grouped.get(council.id, [])
        latest = held[-1] if held else None
        previous = held[-2] if len(held) > 1 else None
        pairs = pairs_of(book, latest, previous) if with_pairs and latest else ()
        found.append(Position(council, latest, previous, pairs))
    return found


def national_positions(
    book: FrameworkBook, clock: Clock, *, with_pairs: bool = False
) -> list[Position]:
    """The position of every existing council, in three queries."""
    return positions(
        book,
        clock,
        councils=events.councils(),
        inspections=events.inspections(book, clock, whole_service_only=True),
        with_pairs=with_pairs,
    )


def counted_in_lane(
    inspection: InspectionRow | None, lane: str, counted_as: Mapping[comparison.Area, str]
) -> JudgementRow | None:
    """The judgement that counts for a lane, by `held.counted_lanes`; None where there is none.

    Ofsted's figures for children in care include the combined judgement of 2018 to 2022; those
    for care leavers include neither that nor the graded part of the framework before.
    """
    judged = inspection.judgements if inspection else ()
    return next((row for row in judged if counted_as.get(row.area.key) == lane), None)
