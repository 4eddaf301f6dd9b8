"""What takes the place of a council, or is to: in the future tense until the day."""

from datetime import date, timedelta

from dashboard import words
from inspections.rows import Council

DAY = timedelta(days=1)


def first_day_without(council: Council, today: date) -> date | None:
    """The day on which the council is to be gone; None where it is not, or is gone already."""
    last = council.closed_date
    return last + DAY if last and not council.closed_by(today) else None


def to_be_replaced(council: Council, successors: tuple[Council, ...], today: date) -> str:
    """`Surrey is to be replaced on 1 April 2027 by East Surrey (Elmbridge) and …`, or empty."""
    day = first_day_without(council, today)
    if day is None:
        return ""
    by = words.listing([_with_districts(row) for row in successors])
    what = f"replaced on {words.day(day)} by {by}" if by else f"abolished on {words.day(day)}"
    return f"{council.short_name} is to be {what}. Until then it answers for children's services."


def to_begin(council: Council, predecessors: tuple[Council, ...], today: date) -> str:
    """The first line of a council that does not exist yet; empty for any other."""
    if not council.opens_after(today):
        return ""
    said = f"{council.short_name} is to begin on {words.day(council.opened_date)}"
    districts, before = _districts(council), words.listing([row.short_name for row in predecessors])
    if before:
        said += f" in place of {before}" + (f", for {districts}" if districts else "")
        said += f". Until then {before} {'answers' if len(predecessors) == 1 else 'answer'} there"
    return f"{said}. Grades are not inherited."


def source(councils: tuple[Council, ...]) -> str:
    """Where that is said, as far as it is on record."""
    return next((body.source_text for row in councils for body in row.bodies), "")


def _districts(council: Council) -> str:
    return words.listing([body.name for body in council.bodies if body.kind == "district"])


def _with_districts(council: Council) -> str:
    districts = _districts(council)
    return f"{council.short_name} ({districts})" if districts else council.short_name
