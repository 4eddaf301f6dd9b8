"""What did somebody say of a figure that is published too, and what was published?

A statement is paired with a measure by its unit and a word of what was said. A council's own
count and a published figure differ in day and definition, so they are told side by side and
never drawn as one series.
"""

import re
from dataclasses import dataclass
from datetime import date

from inspections.measure_rows import Measure
from inspections.questions.context import Beside, Measured, Spread, context, spreads
from inspections.record import Record
from inspections.rows import Statement

PAIRS = (
    ("percent", "agenc", "agency_rate"),
    ("percent", "turnover", "turnover_rate"),
    ("percent", "vacan", "vacancy_rate"),
    ("cases per social worker", "caseload", "caseload"),
    ("children", "children in care", "children_in_care"),
    ("rank", "deprivation", "deprivation_rank"),
)
"""Beginning of the unit, a word of what was said, code of the measure."""
OF_OTHERS = re.compile(r"\b(?:most|other) councils\b|\ban? (?:outstanding|good) council\b")
VALUE = re.compile(r"(?P<low>\d+(?:\.\d+)?)(?:-(?P<high>\d+(?:\.\d+)?))?")


@dataclass(frozen=True, slots=True)
class SaidFigure:
    """A figure that was stated, from `low` to `high`, and those published for the time: of the
    period last over on its day, and of the next.

    `own`: the council's own; `spread`: over all councils, where the statement is about others.
    """

    said: Statement
    measure: Measure
    low: float
    high: float
    own: tuple[Beside, ...] = ()
    spread: tuple[Spread, ...] = ()
    out_of: tuple[int | None, ...] = ()


def said_figures(record: Record, council_id: int, day: date) -> tuple[SaidFigure, ...]:
    """A council's statements by the day that can be set beside published figures, in order."""
    found = (said_figure(record, row, day) for row in record.statements_of(council_id, day))
    return tuple(row for row in found if row)


def said_figure(record: Record, row: Statement, day: date) -> SaidFigure | None:
    """None where no number was stated, no measure is of that kind, or nothing was published."""
    measure, value = _measure(record, row), VALUE.fullmatch(row.value)
    if measure is None or value is None:
        return None
    low = float(value["low"])
    high = float(value["high"] or low)
    if OF_OTHERS.search(row.what):
        spread = [one for one in spreads(record, measure, day) if one.figures]
        near = _around([measure.day_of(one.year) for one in spread], row.stated_date)
        found = SaidFigure(row, measure, low, high, spread=tuple(spread[at] for at in near))
        return found if near else None
    measured: list[Measured] = list(
        context(record, record.council(row.council_id), day, [measure.code])
    )
    periods = [one for one in measured[0].periods if one.value is not None] if measured else []
    near = _around([measure.day_of(one.year) for one in periods], row.stated_date)
    own = tuple(periods[at] for at in near)
    out_of = tuple(record.measures.out_of(measure, one.year) for one in own)
    return SaidFigure(row, measure, low, high, own=own, out_of=out_of) if own else None


def _measure(record: Record, row: Statement) -> Measure | None:
    said = row.what.lower()
    for unit, word, code in PAIRS:
        if row.unit.startswith(unit) and word in said:
            return record.measures.measure(code)
    return None


def _around(days: list[date], stated: date) -> list[int]:
    """The places of the last day up to the stated one and of the first after it."""
    before = [at for at, day in enumerate(days) if day <= stated]
    after = [at for at, day in enumerate(days) if day > stated]
    return before[-1:] + after[:1]
