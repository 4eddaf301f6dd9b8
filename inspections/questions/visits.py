"""Which visits have there been: of what kind, on what topic, to whom, and what was asked for?"""

from dataclasses import dataclass
from datetime import date

from inspections.questions.among import EVERY, Among
from inspections.questions.asked_for import is_read
from inspections.record import Record
from inspections.rows import Council, Point, Visit


@dataclass(frozen=True, slots=True)
class Visited:
    """One visit with what it asked for; `points` None where they are not on record."""

    council: Council
    visit: Visit
    points: tuple[Point, ...] | None

    @property
    def topics(self) -> tuple[str, ...]:
        return tuple(code for code in self.visit.topic_codes.split("|") if code)

    @property
    def themes(self) -> frozenset[str]:
        return frozenset(theme for point in self.points or () for theme in point.themes)


@dataclass(frozen=True, slots=True)
class WhichVisits:
    """Empty for all. `first`, `last`: days of the visit itself. `theme`: raised by it."""

    among: Among = EVERY
    council: str = ""
    kind: str = ""
    topic: str = ""
    theme: str = ""
    first: date | None = None
    last: date | None = None
    has_priority: bool = False

    def has(self, row: Visited) -> bool:
        visit, day = row.visit, row.visit.event_date
        return (
            self.among.has(row.council)
            and self.council in {"", row.council.slug}
            and self.kind in {"", visit.kind}
            and (not self.topic or self.topic in row.topics)
            and (not self.theme or self.theme in row.themes)
            and (not self.has_priority or bool(visit.priority_actions))
            and not (self.first and (day is None or day < self.first))
            and not (self.last and (day is None or day > self.last))
        )


def visits(record: Record, day: date, which: WhichVisits) -> list[Visited]:
    """Those known to the public by the day, newest first; one without any day stands last."""

    def made() -> tuple[Visited, ...]:
        found = [
            Visited(
                record.council(row.council_id),
                row,
                record.points_of(row) if is_read(record, row) else None,
            )
            for row in record.visits
            if row.is_public_by(day)
        ]
        found.sort(key=lambda row: (row.council.short_name, row.visit.reference))
        return tuple(sorted(found, key=lambda row: row.visit.event_date or date.min, reverse=True))

    return [row for row in record.remember(("visits", day), made) if which.has(row)]
