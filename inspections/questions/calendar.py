"""What stands in a council's calendar: its events, and how often each has changed?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from inspections.questions.expectations import Expectation, expectations_of
from inspections.questions.waits import Upcoming, windows
from inspections.record import Record, event_key
from inspections.rows import Council, Event, Inspection, UnreadReport, Visit


@dataclass(frozen=True, slots=True)
class CouncilCalendar:
    """Everything of one council that has a day. `changes`: how often each fact has changed,
    by event's key or statement's reference; `version` stands for the window's. `unread`: a newer
    inspection whose report is out and not read here."""

    council: Council
    inspections: tuple[Inspection, ...]
    visits: tuple[Visit, ...]
    statements: tuple[Expectation, ...]
    window: Upcoming | None
    unread: UnreadReport | None
    changes: Mapping[object, int]
    version: int
    record: Record

    def changes_of(self, event: Event) -> int:
        return self.changes.get(event_key(event), 0)

    def stamp_of(self, event: Event) -> datetime | None:
        """When the event was last written; None where no history of it is kept."""
        return self.record.written_last(event)

    def stamp_of_statement(self, reference: str) -> datetime | None:
        found = self.record.written.get(("statement", self.council.id, reference))
        return found[1] if found else None


def council_calendar(record: Record, council: Council, day: date) -> CouncilCalendar:
    return CouncilCalendar(
        council=council,
        inspections=record.inspections_of(council.id, day),
        visits=record.visits_of(council.id, day),
        statements=expectations_of(record, council.id, day)[0],
        window=windows(record, day).get(council.id),
        unread=record.unread_by(day).get(council.id),
        changes={
            (key[2] if isinstance(key, tuple) and key[0] == "statement" else key): number
            for key, number in record.revisions.items()
            if not (isinstance(key, tuple) and key[0] == "statement" and key[1] != council.id)
        },
        version=record.version,
        record=record,
    )
