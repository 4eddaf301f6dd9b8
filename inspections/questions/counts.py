"""How much does the record hold?"""

from dataclasses import dataclass
from datetime import date

from inspections.record import Record
from inspections.vocabulary import Checked


@dataclass(frozen=True, slots=True)
class RecordCounts:
    """Public facts only; no council that is to come. `both`: inspections compared with Ofsted's
    workbook and its report."""

    councils: int
    inspections: int
    judgements: int
    visits: int
    unknown_days: int
    both: int
    interventions: int


def record_counts(record: Record, day: date) -> RecordCounts:
    return RecordCounts(
        councils=sum(not row.opens_after(day) for row in record.councils),
        inspections=len(record.inspections),
        judgements=sum(len(row.judgements) for row in record.inspections),
        visits=len(record.visits),
        unknown_days=sum(row.start_date is None for row in record.inspections),
        both=sum(row.checked == Checked.BOTH for row in record.inspections),
        interventions=len(record.interventions),
    )
