"""To which day visits are complete, told beside what rests on none having been found."""

from collections.abc import Iterable, Mapping
from datetime import date

from dashboard import words
from inspections.rows import Coverage
from inspections.vocabulary import CoverageKind, VisitKind

VISITS = tuple(VisitKind)


def complete(
    coverage: Mapping[str, Coverage], first: date, last: date, kinds: Iterable[str] = VISITS
) -> str:
    """`visits are complete to 31 March 2025, joint targeted area inspections to 28 February 2025`.

    Told of the kinds whose record is not complete from the first day to the last; empty without
    any. The most that share their days are called visits, a kind that stands alone by its name.
    """
    by_span: dict[str, list[str]] = {}
    for kind in kinds:
        held = coverage.get(kind)
        if held is not None and not held.covers(first, last):
            by_span.setdefault(_span(held, first), []).append(CoverageKind.label_of(kind).lower())
    spans = sorted(by_span.items(), key=lambda item: -len(item[1]))
    told = []
    for place, (span, names) in enumerate(spans):
        who = "visits" if place == 0 and len(names) > 1 else words.listing(names)
        told.append(f"{who} are complete {span}" if place == 0 else f"{who} {span}")
    return ", ".join(told)


def _span(held: Coverage, first: date) -> str:
    ends = f"to {words.day(held.complete_to_date)}"
    begins = held.complete_from_date
    return f"from {words.day(begins)} {ends}" if begins and first < begins else ends
