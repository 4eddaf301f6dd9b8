"""The two duties that start with an inspection report, counted in working days.

Law: the council publishes the report within 30 working days of receiving it (SI 2007/462,
under section 137(4) of the Education and Inspections Act 2006) and sends a written statement
of the action it will take within 70 working days of receipt (SI 2007/462 as cited by councils
and by Ofsted's 2016 handbook). A working day is any day but Saturday, Sunday, Christmas Day,
Good Friday or a bank holiday in England and Wales.

Two things are not on public record, so every deadline carries one day of doubt: the day of
receipt (the day of publication stands for it) and whether the day after receipt is counted as
the first day. Kirklees' report was published on 25 November 2016; the count from the day after
ends on 8 March 2017, the council's own paper gave 9 March 2017.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

ACTION_PLAN_WORKING_DAYS = 70
PUBLICATION_WORKING_DAYS = 30
COVERED_YEARS = range(2007, 2100)
"""Years of deadlines that can be counted: the regulations are of 2007; the holiday rules that
the ``holidays`` package holds for the far future are guesses that a proclamation can change."""

SATURDAY = 5


class OutOfRangeError(ValueError):
    """A count that leaves the years for which bank holidays are known."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a duty.

    ``due_date``: counting the working day after receipt as the first. ``latest_date``: the
    next working day, the last day if receipt was a day later or the count started a day later.
    """

    due_date: date
    latest_date: date

    def is_past(self, today: date) -> bool:
        """True once even the later of the two days is over."""
        return today > self.latest_date


def action_plan_deadline(received_date: date) -> Deadline:
    """Last day for the statement of proposed action: 70 working days after receipt."""
    return deadline(received_date, ACTION_PLAN_WORKING_DAYS)


def publication_deadline(received_date: date) -> Deadline:
    """Last day for the council's own publication of the report: 30 working days after receipt."""
    return deadline(received_date, PUBLICATION_WORKING_DAYS)


@lru_cache(maxsize=4096)  # each report is asked for many times: pages, calendars, files
def deadline(received_date: date, working_days: int) -> Deadline:
    """The deadline ``working_days`` (1 or more) after ``received_date``.

    Raises ValueError for a count below 1 and OutOfRangeError outside COVERED_YEARS.
    """
    if working_days < 1:
        raise ValueError(f"working days: found {working_days}, expected 1 or more")
    days = _working_days_after(received_date)
    for _ in range(working_days):
        due_date = next(days)
    return Deadline(due_date, latest_date=next(days))


def is_working_day(day: date) -> bool:
    """Is it a working day within the meaning of SI 2007/462?"""
    return day.weekday() < SATURDAY and day not in _bank_holidays(day.year)


def _working_days_after(day: date) -> Iterator[date]:
    while True:
        day += timedelta(days=1)
        if is_working_day(day):
            yield day


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    """Bank holidays of the year in England and in Wales, moved and one-off days included.

    Christmas Day and Good Friday, which the law names beside them, are in the list.
    """
    if year not in COVERED_YEARS:
        raise OutOfRangeError(
            f"bank holidays of {year}: expected a year from "
            f"{COVERED_YEARS.start} to {COVERED_YEARS.stop - 1}"
        )
    import holidays  # Here, because importing it slows every start of the site.

    return frozenset(
        day
        for nation in ("ENG", "WLS")
        for day in holidays.country_holidays("GB", subdiv=nation, years=year)
    )
