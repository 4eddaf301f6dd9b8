"""To which day visits are complete, told beside what rests on none having been found."""

from collections.abc import Iterable, Mapping
from datetime import date

from dashboard import words
from inspections.country_rows import Coverage
from inspections.rows import Council
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
            by_span.setdefault(_span(held, first, last), []).append(
                CoverageKind.label_of(kind).lower()
            )
    spans = sorted(by_span.items(), key=lambda item: -len(item[1]))
    told = []
    for place, (span, names) in enumerate(spans):
        who = "visits" if place == 0 and len(names) > 1 else words.listing(names)
        told.append(f"{who} are complete {span}" if place == 0 else f"{who} {span}")
    return ", ".join(told)


def existed_to(council: Council, day: date) -> date:
    """The day, or the last of a council that was gone by then."""
    return min(day, council.closed_date or day)


def _span(held: Coverage, first: date, last: date) -> str:
    """Only what of the record's days is asked about: nothing of what comes after the last."""
    begins, ends = held.complete_from_date, held.complete_to_date
    if begins and last < begins:
        return f"only from {words.day(begins)}"
    told = [f"from {words.day(begins)}"] if begins and first < begins else []
    return " ".join(told + ([f"to {words.day(ends)}"] if ends < last else []))
