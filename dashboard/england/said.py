"""What was said of a figure, beside what was published, in words."""

from dataclasses import dataclass

from dashboard import words
from dashboard.state.opening import Opening
from inspections.measure_rows import Measure
from inspections.questions.context import Beside, Spread
from inspections.questions.said_figures import SaidFigure, said_figure, said_figures
from inspections.rows import Council, Statement

APART = (
    "What was said and what is published differ in day and definition: they stand side by side and "
    "are no series. Published: by whom each measure names."
)


@dataclass(frozen=True, slots=True)
class SaidRow:
    """One statement; `stated` is its value in words, `published` a sentence for each period."""

    said: Statement
    measure: Measure
    published: tuple[str, ...]


def rows(council: Council, start: Opening) -> list[SaidRow]:
    return [told(row) for row in said_figures(start.record, council.id, start.day)]


def told(found: SaidFigure) -> SaidRow:
    own = zip(found.own, found.out_of, strict=False)
    return SaidRow(
        found.said,
        found.measure,
        (
            *(_own(one, out_of, found.measure) for one, out_of in own),
            *(_spread(one, found) for one in found.spread),
        ),
    )


def beside(said: Statement, start: Opening) -> str:
    """The published figures in one line; empty where the statement is of none."""
    found = said_figure(start.record, said, start.day)
    return " ".join(told(found).published) if found else ""


def _own(one: Beside, out_of: int | None, measure: Measure) -> str:
    assert one.value is not None  # noqa: S101 - periods without a figure are left out
    of = f" of {out_of}" if out_of else ""
    england = one.england
    average = f" (England {words.amount(england, measure)})" if england is not None else ""
    when = measure.period_of(one.year)
    return f"{words.amount(one.value, measure)}{of} {when}{average}."


def _spread(one: Spread, found: SaidFigure) -> str:
    """`On 30 September 2019 12 of 151 councils had 25.0% to 30.0%, 100 less and 39 more.`"""
    measure, low, high = found.measure, found.low, found.high
    values = [value for _, value in one.figures]
    less, more = sum(value < low for value in values), sum(value > high for value in values)
    when = measure.period_of(one.year)
    span = words.amount(low, measure)
    if high != low:
        span = f"{span} to {words.amount(high, measure)}"
    said = (
        f"{when[0].upper()}{when[1:]} {one.share_between(low, high)} of {len(values)} councils had "
        f"{span}, {less} less and {more} more"
    )
    if one.band:
        band = [words.amount(value, measure) for value in (one.band.low, one.band.high)]
        said += f"; half {words.amount(one.band.middle, measure)} or less, "
        said += f"eight in ten {band[0]} to {band[1]}"
    return f"{said}."
