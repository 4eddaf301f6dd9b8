"""Rows that are of no one council: what the record covers, official figures, polling days,
exceptions. Frozen, with plain values, as in rows.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from inspections.rows import Source


@dataclass(frozen=True, slots=True)
class OfficialFigure:
    """A published number with the question it answers; codes as tuples and sets."""

    key: str
    measure: str
    as_at_date: date
    from_date: date | None
    cut_off_date: date | None
    earlier_cut_off_date: date | None
    reading: str
    region_scheme: str
    region: str
    lane: str
    frameworks: frozenset[str]
    kinds: frozenset[str]
    grades: tuple[str, ...]
    movement: str
    value: Decimal
    unit: str
    is_official: bool
    source: Source
    our_value: Decimal | None
    difference: str


@dataclass(frozen=True, slots=True)
class PollingDay:
    """An election before which Ofsted publishes no reports on councils."""

    polling_date: date
    name: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """The days between which the record is complete for one kind of fact, by a source.

    `complete_from_date` None: from the first on record.
    """

    kind: str
    complete_from_date: date | None
    complete_to_date: date
    note: str
    source_text: str

    def covers(self, first: date, last: date) -> bool:
        """Is the record complete for every day from the first to the last?"""
        begins = self.complete_from_date
        return (begins is None or begins <= first) and last <= self.complete_to_date


@dataclass(frozen=True, slots=True)
class RuleException:
    """A recorded exception: this subject may break this rule, for this reason."""

    rule: str
    subject: str
    reason: str
    source_text: str
