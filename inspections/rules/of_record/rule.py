"""What a rule of the record is, and what it looks at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from inspections.framework_rows import Framework
from inspections.rows import Council, Event, Inspection, Visit
from inspections.vocabulary import Word


class RuleBasis(Word):
    """What a rule rests on."""

    OFSTED = "ofsted", "Ofsted's own text"
    RECORD = "record", "what the record is"
    MEASURED = "measured", "measured on past inspections, not a rule of Ofsted's"


@dataclass(frozen=True)
class Rows:
    """The public record: every council, published inspection and visit, every framework.

    `today` is the day that nothing may lie after; `as_at` the day to which the record is
    complete, on which every existing council should have been inspected.
    """

    councils: tuple[Council, ...]
    frameworks: tuple[Framework, ...]
    inspections: tuple[Inspection, ...]
    visits: tuple[Visit, ...]
    predecessors: dict[int, tuple[int, ...]]
    today: date
    as_at: date

    @cached_property
    def council(self) -> dict[int, Council]:
        return {row.id: row for row in self.councils}

    @property
    def events(self) -> Iterator[Event]:
        yield from self.inspections
        yield from self.visits

    @cached_property
    def inspections_of(self) -> dict[int, list[Inspection]]:
        """Council id → its inspections, oldest first."""
        held: dict[int, list[Inspection]] = {row.id: [] for row in self.councils}
        for row in sorted(self.inspections, key=lambda row: row.event_date):
            held[row.council_id].append(row)
        return held


Broken = Iterator[tuple[Event | Council, str]]
"""What breaks a rule, and the sentence that says how; once for each event or council."""


@dataclass(frozen=True)
class RuleBreach:
    """A fact that breaks a rule. `subject` is `<council's slug> <reference>`."""

    rule: str
    council: str
    subject: str
    sentence: str


@dataclass(frozen=True)
class RecordRule:
    """`sentence` says what holds, `source` where that is from (for a measured one, with n)."""

    name: str
    sentence: str
    basis: RuleBasis
    source: str
    find: Callable[[Rows], Broken]

    def findings(self, rows: Rows) -> Iterator[RuleBreach]:
        for broken, sentence in self.find(rows):
            if isinstance(broken, Council):
                council, reference = broken, ""
            else:
                council, reference = rows.council[broken.council_id], broken.reference
            yield RuleBreach(
                rule=self.name,
                council=council.short_name,
                subject=f"{council.slug} {reference}".strip(),
                sentence=sentence,
            )


def precise_start(event: Event) -> date | None:
    """The first day, where it is known to the day."""
    if isinstance(event, Visit) and event.start_precision != "day":
        return None
    return event.start_date


def last_day(event: Event) -> date | None:
    """The last day on site that is known."""
    return event.end_date or precise_start(event)
