"""Figures beside inspections in words: how high, where they stand, and what is usual."""

from dashboard import words
from inspections.measure_rows import Measure
from inspections.questions.context import Beside, Measured, Outside, Spread, Usual
from inspections.rules.band import BandStanding

WHERE = {
    BandStanding.ABOVE: "above its neighbours",
    BandStanding.BELOW: "below its neighbours",
    BandStanding.WITHIN: "within its neighbours’ band",
    BandStanding.UNKNOWN: "",
}
OF_A_RANK = {
    **WHERE,
    BandStanding.ABOVE: "less deprived than its neighbours",
    BandStanding.BELOW: "more deprived than its neighbours",
}


def where(row: Measured) -> str:
    """Where the newest figure stands, in words; empty where that cannot be said."""
    return (OF_A_RANK if row.measure.is_rank else WHERE)[row.standing]


def newest(row: Measured) -> str:
    """`28.9%`, `45th of 296`, or why there is none."""
    latest = row.latest
    if latest.value is None:
        return words.no_amount(latest.symbol)
    of = f" of {row.out_of}" if row.measure.is_rank and row.out_of else ""
    return words.amount(latest.value, row.measure) + of


def band_words(row: Beside | Spread, measure: Measure) -> str:
    """`7.8% to 20.9%`; empty without a band."""
    if row.band is None:
        return ""
    low, high = (words.amount(value, measure) for value in (row.band.low, row.band.high))
    return f"{low} to {high}"


def short(measure: Measure) -> str:
    """A measure's short name within a sentence."""
    name = measure.short_name.split(" (")[0]
    return name[:1].lower() + name[1:]


def outside_words(found: Outside, name: str) -> str:
    """Which measures stand outside the band, those above and below apart."""
    compared = words.count(found.compared, "measure")
    if not found.compared:
        return f"No figure of {name} can be set beside those of its neighbours by this day."
    if not found.stand_out:
        return f"{name} is within the band of its ten statistical neighbours on all {compared}."
    parts = [
        f"{label} on {words.listing([f'{short(row.measure)} ({newest(row)})' for row in rows])}"
        for label, rows in (("above it", found.above), ("below it", found.below))
        if rows
    ]
    outside_on = f"{len(found.stand_out)} of {compared}"
    return (
        f"{name} stands outside the band of its ten statistical neighbours on {outside_on}: "
        f"{'; '.join(parts)}."
    )


def usual_words(found: Usual | None) -> str:
    """What is usual, so that a count is not taken for a finding."""
    if found is None:
        return ""
    return f"Half of all councils stand outside on {found.middle:g} or more."


def figure_words(value: float | None, symbol: str, measure: Measure) -> str:
    """The figure as readers write it, or why there is none."""
    return words.no_amount(symbol) if value is None else words.amount(value, measure)
