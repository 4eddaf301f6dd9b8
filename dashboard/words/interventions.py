"""The government's steps in a council, in words."""

from dataclasses import dataclass
from datetime import date

from dashboard import words
from inspections.record import Record
from inspections.rows import Council, Intervention
from inspections.vocabulary import InterventionKind, StatedPrecision

NOT_COLLECTED = (
    "Steps of the Department for Education are not collected: the record has those that a report "
    "of Ofsted's or another source at hand names. Where none stands, there may have been some."
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: when, what it was, and where that can be read."""

    when: str
    kind: str
    what: str
    source: str
    url: str


def steps(council: Council, record: Record, day: date) -> list[Step]:
    """Those known to the public by the day, oldest first."""
    return [step(row) for row in record.interventions_of(council.id, day)]


def step(row: Intervention) -> Step:
    kind = InterventionKind.label_of(row.kind)
    return Step(when(row), kind, row.what, row.source_text, row.source_url)


def when(row: Intervention) -> str:
    """`1 October 2015`, `October 2014` or `2013`, as exactly as it is known."""
    if row.taken_precision == StatedPrecision.YEAR:
        return str(row.taken_date.year)
    if row.taken_precision == StatedPrecision.MONTH:
        return words.month(row.taken_date)
    return words.day(row.taken_date)
