"""What does each council hold on a day: its latest full inspection, and the one before?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from inspections.record import Record
from inspections.rows import Council, Inspection, UnreadReport
from inspections.rules.comparison import Pair, pair
from inspections.rules.position import OfstedRule, PublishedBy, counted, usual_cut_off


@dataclass(frozen=True, slots=True)
class Position:
    """A council with its inspection in force on a day, and the full inspection before.

    `unread`: a newer one whose report is out and whose judgements are not known here.
    """

    council: Council
    latest: Inspection | None
    previous: Inspection | None
    pairs: tuple[Pair, ...] = ()
    unread: UnreadReport | None = None

    @property
    def last_begun(self) -> date | None:
        """The first day of the last full inspection, read or not; None before the first."""
        if self.unread:
            return self.unread.start_date
        return self.latest.event_date if self.latest else None


def pairs_of(record: Record, inspection: Inspection, day: date) -> tuple[Pair, ...]:
    """Each judgement of an inspection beside its counterpart in those before.

    Of those published by the day: one that began before may come out after it.
    """
    own = record.inspections_of(inspection.council_id, day)
    earlier = own[: own.index(inspection)]
    return pair(inspection, earlier, record.book.links, record.book.area_lanes)


def position_of(
    record: Record, council: Council, day: date, *, with_pairs: bool = False
) -> Position:
    """One council's position. New councils inherit nothing."""
    held = counted(record.full_inspections_of(council.id), PublishedBy(day))
    latest = held[-1] if held else None
    pairs = pairs_of(record, latest, day) if with_pairs and latest else ()
    before = held[-2] if len(held) > 1 else None
    return Position(council, latest, before, pairs, record.unread_by(day).get(council.id))


def last_overall(record: Record, council: Council, day: date) -> Inspection | None:
    """The newest full inspection that gave an overall grade; none is ever made of other grades."""
    held = counted(record.full_inspections_of(council.id), PublishedBy(day))
    return next((row for row in reversed(held) if row.overall), None)


def positions(
    record: Record, day: date, councils: Iterable[Council] | None = None
) -> list[Position]:
    """The position of every council that exists on the day, in their order."""
    if councils is None:
        return record.remember(
            ("positions", day),
            lambda: [position_of(record, row, day) for row in record.councils_on(day)],
        )
    return [position_of(record, row, day) for row in councils if row.existed_on(day)]


def ofsteds_rule(record: Record, day: date, cut_off: date | None = None) -> OfstedRule:
    """Ofsted's reading of a day with the inspections that it counted late."""
    late = record.counted_late.get(day, frozenset())
    return OfstedRule(day, cut_off or usual_cut_off(day), late)
